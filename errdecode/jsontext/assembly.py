"""What a lenient reading has put together: the open brackets, and where each value belongs."""

from __future__ import annotations

from errdecode.jsontext.frames import Children, Frame, Node
from errdecode.jsontext.repairs import Origin, Repairs
from errdecode.model import JSON, Tree


class Assembly:
    """Puts values into the brackets they stand in; the reader finds the values.

    `root` and `end` tell what was read and how far once the first bracket is closed; `sense` and
    `nonsense` weigh the characters that were understood as JSON against those that were not.
    """

    def __init__(self, text: str, start: int, origin: Origin | None = None) -> None:
        self.text = text
        self.at = self.start = start
        self.origin = origin
        self.repairs = Repairs()
        self.stack: list[Frame] = []
        self.open = {"{": 0, "[": 0, "(": 0}
        self.sense = 0
        self.nonsense = 0
        self.named = False
        """True when some member of an object was read."""
        self.root: tuple[JSON, Tree] | None = None
        self.end = start

    def push(self, frame: Frame) -> None:
        """Open a bracket."""
        self.stack.append(frame)
        self.open[frame.bracket] += 1

    def cut(self) -> None:
        """Close all brackets where the text ends."""
        self.repairs.add("truncated", len(self.text))
        while self.stack:
            self.finish(len(self.text), cut=True)

    def finish(self, end: int, *, cut: bool = False) -> None:
        """Take the innermost frame off the stack and put its value where it belongs."""
        frame = self.stack.pop()
        self.open[frame.bracket] -= 1
        if frame.held and cut:
            self.nonsense += len(str(frame.held.value)) if frame.held.bare else 0
        elif frame.held:
            self.keep_lone(frame)
        if frame.key is not None and not cut:
            self.miss_value(frame, end)
        if frame.dangling is not None and not cut:
            self.repairs.add("trailing-commas", frame.dangling)
        outcome = frame.close()
        if outcome.repair:
            self.repairs.add(outcome.repair, frame.start)
        value = self.text[frame.start : end] if outcome.own_text else outcome.value
        if self.stack:
            self.put(Node(value, frame.start, end, outcome.children))
        else:
            self.root = (value, self._tree(frame.start, end, None, outcome.children))
            self.end = end

    def put(self, node: Node) -> None:
        """Place a value in the innermost frame: a member's value, an item, perhaps a name."""
        frame = self.stack[-1]
        if frame.keyed and frame.held and frame.key is None:
            self.repairs.add("missing-colons", node.start)
            if frame.held.bare or node.bare:
                self.nonsense += 8 + 2 * (frame.held.end - frame.held.start)
            self.name_held(frame)
        if frame.key is not None:
            self._add_member(frame, node)
            return
        if frame.due:
            self.repairs.add("missing-commas", node.start)
        frame.dangling = None
        if frame.keyed:
            frame.held = node
            frame.due = False
        else:
            frame.items.append(node.value)
            frame.trees.append(self._tree(node.start, node.end, None, node.children))
            frame.due = True

    def _add_member(self, frame: Frame, node: Node) -> None:
        key = frame.key or ""
        if key in frame.members and self.repairs.duplicate is None:
            self.repairs.duplicate = key
        frame.members[key] = node.value
        frame.places[key] = self._tree(node.start, node.end, frame.key_place, node.children)
        frame.key = None
        frame.due, frame.dangling = True, None
        self.named = True

    def name_held(self, frame: Frame) -> None:
        """Make a name of the value that is held."""
        held = frame.held
        if held is None:
            return
        frame.held = None
        key = held.value if isinstance(held.value, str) else self.text[held.start : held.end]
        stripped = key.strip()
        if stripped and stripped != key:
            self.repairs.add("padded-key", held.start)
            key = stripped
        if held.bare or not isinstance(held.value, str):
            self.repairs.add("unquoted-keys", held.start)
            self.sense += len(key) if held.bare else 0
        frame.key = key
        frame.key_place = (held.start, held.end)

    def keep_lone(self, frame: Frame) -> None:
        """Keep a value that no colon follows: an item of a set, or a name without a value."""
        held = frame.held
        if held is None:
            return
        frame.held = None
        frame.items.append(held.value)
        frame.trees.append(self._tree(held.start, held.end, None, held.children))
        if held.bare:
            self.nonsense += held.end - held.start

    def miss_value(self, frame: Frame, at: int) -> None:
        """Give null to a name whose value is missing."""
        self.repairs.add("missing-values", at)
        self._add_member(frame, Node(None, at, at))

    def _tree(self, start: int, end: int, key: tuple[int, int] | None, children: Children) -> Tree:
        """A place in the text the user gave."""
        if self.origin is None:
            return Tree(start, end, key, children)
        return Tree(*self.origin(start, end), self.origin(*key) if key else None, children)
