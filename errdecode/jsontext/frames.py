"""The open brackets of a lenient reading, and what they are worth once closed."""

from __future__ import annotations

from typing import TypeAlias

from errdecode.model import JSON, Tree
from errdecode.model.record import NamedTuple

Children: TypeAlias = "dict[str, Tree] | list[Tree] | None"

_LISTS = frozenset(
    {"set", "frozenset", "list", "tuple", "deque", "dict_values", "dict_keys", "Set"}
)
_PAIRS = frozenset({"OrderedDict", "dict", "dict_items", "Map"})


class Node(NamedTuple):
    """A value and where it stands."""

    value: JSON
    start: int
    """First character, 0-based."""
    end: int
    children: Children = None
    bare: bool = False
    """True for words without quotes."""


class Outcome(NamedTuple):
    """What a closed frame is worth."""

    value: JSON
    children: Children
    repair: str | None = None
    own_text: bool = False
    """True when the value is the text of the frame itself: a call whose meaning is not known."""


class Frame:
    """An open `{`, `[` or `(`, the latter with the name of a call before it."""

    __slots__ = (
        "bracket",
        "commas",
        "dangling",
        "due",
        "held",
        "items",
        "key",
        "key_place",
        "keyed",
        "members",
        "name",
        "places",
        "start",
        "trees",
    )

    def __init__(self, bracket: str, start: int, name: str | None = None) -> None:
        self.bracket = bracket
        self.start = start
        self.name = name
        self.keyed = bracket == "{"
        """True when a value is followed by a colon."""
        self.held: Node | None = None
        """In a keyed frame: read, but not known yet to be a name."""
        self.key: str | None = None
        """The name whose colon was seen and whose value is awaited."""
        self.key_place = (0, 0)
        self.due = False
        """A comma is due: a value was read."""
        self.dangling: int | None = None
        """Where the comma stands that was the last thing read."""
        self.commas = 0
        self.items: list[JSON] = []
        self.trees: list[Tree] = []
        self.members: dict[str, JSON] = {}
        self.places: dict[str, Tree] = {}

    def close(self) -> Outcome:
        """Tell the value of the frame's content."""
        if self.bracket == "(":
            return self._close_call() if self.name is not None else self._close_tuple()
        if not self.keyed:
            return Outcome(self.items, self.trees)
        if not self.items:
            return Outcome(self.members, self.places)
        if self.members:
            return self._close_mixed()
        if len(self.items) == 1 and isinstance(self.items[0], dict):
            return Outcome(self.items[0], self.trees[0].children, "doubled-braces")
        return Outcome(self.items, self.trees, "sets")

    def _close_mixed(self) -> Outcome:
        """An object in which some names have no value."""
        for item, tree in zip(self.items, self.trees, strict=True):
            if isinstance(item, str) and item not in self.members:
                self.members[item] = None
                self.places[item] = Tree(tree.end, tree.end, (tree.start, tree.end))
        return Outcome(self.members, self.places, "missing-values")

    def _close_tuple(self) -> Outcome:
        if len(self.items) == 1 and not self.commas:
            return Outcome(self.items[0], self.trees[0].children)
        return Outcome(self.items, self.trees, "tuples")

    def _close_call(self) -> Outcome:
        """A call is worth its only argument, its named arguments, or its own text."""
        name = (self.name or "").rpartition(".")[2]
        items, members = self.items, self.members
        if members and not items:
            return Outcome(members, self.places, "calls")
        if members or (not items and name not in _LISTS | _PAIRS):
            return Outcome(None, None, "calls", own_text=True)
        if not items:
            return Outcome({}, {}, "calls") if name in _PAIRS else Outcome([], [], "calls")
        if name in _PAIRS and len(items) == 1:
            return self._pairs() or Outcome(items[0], self.trees[0].children, "calls")
        if name == "defaultdict" and isinstance(items[-1], dict):
            return Outcome(items[-1], self.trees[-1].children, "calls")
        if len(items) == 1:
            return Outcome(items[0], self.trees[0].children, "calls")
        return Outcome(None, None, "calls", own_text=True)

    def _pairs(self) -> Outcome | None:
        """OrderedDict([('a', 1), ...]) is an object; None when its argument is no list of pairs."""
        pairs, trees = self.items[0], self.trees[0].children
        if not isinstance(pairs, list) or not isinstance(trees, list):
            return None
        members: dict[str, JSON] = {}
        places: dict[str, Tree] = {}
        for pair, tree in zip(pairs, trees, strict=True):
            if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[0], str):
                return None
            if not isinstance(tree.children, list):
                return None
            name, value = tree.children
            members[pair[0]] = pair[1]
            places[pair[0]] = value._replace(key=(name.start, name.end))
        return Outcome(members, places, "calls")
