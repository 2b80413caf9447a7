"""The lenient JSON reader: iterative, linear in the text, a note for every kind of repair."""

from __future__ import annotations

from errdecode.jsontext import lexer
from errdecode.jsontext.assembly import Assembly
from errdecode.jsontext.frames import Frame, Node
from errdecode.jsontext.reading import NESTING
from errdecode.jsontext.scalars import complete, read_scalar
from errdecode.jsontext.strings import QUOTES, scan_string
from errdecode.model import JSON

_OPENING = {"}": "{", "]": "[", ")": "("}
_COMMAS = ",;，；、"
_PREFIXES = frozenset({"u", "b", "r", "f", "U", "B", "R", "rb", "br", "L", "@"})
_DOTS = ".…"


class Reader(Assembly):
    """Reads one array or object out of a text that may be damaged.

    `text[start]` is `{` or `[`, or the name of a Python call that holds one.
    """

    def run(self) -> None:
        """Read until the first bracket is closed or the text ends."""
        text = self.text
        call = lexer.CALL.match(text, self.at)
        if call:
            self.push(Frame("(", self.at, call[0][:-1]))
            self.at = call.end()
        else:
            self._open(text[self.at])
        while self.stack:
            char = text[self.at : self.at + 1]
            if not "!" < char < "\x7f" or char in "/#":
                self.at = lexer.skip_blanks(text, self.at, self.repairs)
                char = text[self.at : self.at + 1]
            if not char:
                self.cut()
            elif char in QUOTES:
                self._string(self.at)
            elif char in _COMMAS:
                self._comma(char)
            elif char in "{[(":
                self._open(char)
            elif char in _OPENING:
                self._close(char)
            elif not self._colon():
                self._word()

    # ------------------------------------------------------------ brackets

    def _open(self, char: str) -> None:
        start = self.at
        if char == "[" and self._label():
            return
        elided = lexer.ELIDED.match(self.text, start) if char == "[" else None
        if elided and self.stack:
            self.repairs.add("elisions", start)
            self.at = elided.end()
            self.put(Node(elided[0], start, self.at))
        elif len(self.stack) >= NESTING:
            self.at, _ = lexer.skip_deep(self.text, start)
            self.repairs.add("limit", start)
            self.put(Node(self.text[start : self.at], start, self.at))
        else:
            self.push(Frame(char, start))
            self.at += 1

    def _close(self, char: str) -> None:
        """Close the nearest bracket that fits, and those that were forgotten in between."""
        opening = _OPENING[char]
        if not self.open[opening]:
            self._stray(1)
            return
        while self.stack[-1].bracket != opening:
            self.repairs.add("brackets", self.at)
            self.finish(self.at)
        self.at += 1
        self.finish(self.at)

    # ------------------------------------------------------------ marks

    def _comma(self, char: str) -> None:
        frame = self.stack[-1]
        if char != ",":
            self.repairs.add("separators", self.at)
        if frame.key is not None:
            self.miss_value(frame, self.at)
        elif frame.held:
            self.keep_lone(frame)
        elif not frame.due:
            self.repairs.add("doubled-commas", self.at)
        frame.due, frame.dangling = False, self.at
        frame.commas += 1
        self.at += 1

    def _colon(self) -> bool:
        """Read a mark that stands between a name and its value; False when there is none."""
        match = lexer.COLON.match(self.text, self.at)
        if not match:
            return False
        frame, mark = self.stack[-1], match[0]
        if not frame.keyed and frame.key is None and isinstance(self._last_item(frame), str):
            self._take_back(frame)
        if frame.held and frame.key is None:
            self.name_held(frame)
            if mark != ":":
                self.repairs.add("colons", self.at)
        elif mark == ":" and self.text[match.end() : match.end() + 1].isidentifier():
            self.repairs.add("ruby", self.at)
        else:
            self._stray(len(mark))
        self.at = match.end()
        return True

    def _last_item(self, frame: Frame) -> JSON:
        """The item that may be a name after all: of a call, or an array's first (`["a" => 1]`)."""
        fits = frame.due and (frame.bracket == "(" or len(frame.items) == 1)
        return frame.items[-1] if fits and frame.items else None

    def _take_back(self, frame: Frame) -> None:
        """Make a name of the last item; an array with names is an object."""
        tree, value = frame.trees.pop(), frame.items.pop()
        frame.held = Node(value, tree.start, tree.end)
        if frame.bracket == "[":
            frame.keyed = True
            self.repairs.add("brackets", frame.start)

    def _stray(self, length: int) -> None:
        self.repairs.add("strays", self.at)
        self.nonsense += 4 * length
        self.at += length

    # ------------------------------------------------------------ values

    def _string(self, quote: int, *, raw: bool = False) -> None:
        """Read the string whose quote is at `quote`; a prefix before it begins at `self.at`."""
        start = self.at
        scanned = scan_string(self.text, quote, self.repairs, raw=raw)
        self.at = scanned.end
        self.sense += scanned.end - start
        frame = self.stack[-1]
        if scanned.closed or not frame.keyed or frame.key is not None:
            self.put(Node(scanned.value, start, scanned.end))

    def _word(self) -> None:
        """Read what bears no quotes: a literal, a number, a call, a name, or prose."""
        start, text = self.at, self.text
        match = lexer.WORD.match(text, start)
        if not match:
            self._stray(1)
            return
        if self._label():
            return
        word, end = match[0], match.end()
        following = text[end : end + 1]
        if following and following in "\"'" and word in _PREFIXES:
            self.repairs.add("prefixes", start)
            self._string(end, raw="r" in word.lower())
        elif word.startswith(("...", "…")) and not word.strip(_DOTS):
            self._elide(end)
        elif word[0] == "<" and lexer.OBJECT.match(text, start):
            self._object(start)
        elif not self._scalar(word, end) and not self._call(word, end):
            self._bare(start, end)

    def _scalar(self, word: str, end: int) -> bool:
        frame = self.stack[-1]
        valued = frame.key is not None
        if end == len(self.text) and word == "-":
            self.at = end
            return True
        scalar = (complete(word) if end == len(self.text) else None) or read_scalar(word)
        if scalar is None or lexer.is_followed_by_words(self.text, end, valued):
            return False
        if valued and self.text[end : end + 1] in (":", "="):
            return False
        if scalar.repair:
            self.repairs.add(scalar.repair, self.at)
        self.sense += len(word)
        start, self.at = self.at, end
        self.put(Node(scalar.value, start, end))
        return True

    def _call(self, word: str, end: int) -> bool:
        """Open the frame of `Name(`, `new Name(` or step over the name in `Name{`."""
        text = self.text
        if word == "new":
            match = lexer.WORD.match(text, end + 1)
            end = match.end() if match else end
        if text[end : end + 1] == "(" and (word[0].isalpha() or word[0] in "_$"):
            name = text[self.at : end]
            if len(self.stack) >= NESTING:
                self.at = end
                self._open("(")
                return True
            self.push(Frame("(", self.at, name))
            self.at = end + 1
            return True
        if text[end : end + 1] == "{" and self._takes_value() and word[0].isalpha():
            self.repairs.add("objects", self.at)
            self.at = end
            return True
        return False

    def _takes_value(self) -> bool:
        """Whether a value may stand here, and no name."""
        frame = self.stack[-1]
        return frame.key is not None or not frame.keyed

    def _label(self) -> bool:
        """Step over what says of what class the object is that follows."""
        label = lexer.LABEL.match(self.text, self.at) if self.stack else None
        if label is None or not self._takes_value():
            return False
        self.repairs.add("objects", self.at)
        self.at = label.end()
        return True

    def _object(self, start: int) -> None:
        match = lexer.OBJECT.match(self.text, start)
        self.at = match.end() if match else start + 1
        self.repairs.add("objects", start)
        self.put(Node(self.text[start : self.at], start, self.at))

    def _elide(self, end: int) -> None:
        """Step over the `...` by which documentation leaves things out."""
        frame = self.stack[-1]
        self.repairs.add("elisions", self.at)
        self.at = end
        if frame.key is not None:
            self.put(Node(None, end, end))
        elif frame.held is None:
            frame.due, frame.dangling = True, None

    def _bare(self, start: int, end: int) -> None:
        """Read a name, or prose up to the next mark."""
        frame = self.stack[-1]
        if frame.keyed and frame.key is None:
            match = lexer.NAME.match(self.text, start)
            value = match[0].rstrip() if match and frame.held is None else self.text[start:end]
        elif frame.bracket == "(" and frame.key is None and self.text[end : end + 1] == "=":
            value = self.text[start:end]
        else:
            pattern = lexer.BARE_IN_CALL if self.open["("] else lexer.BARE
            match = pattern.match(self.text, start)
            value = match[0].rstrip() if match else self.text[start:end]
            self.repairs.add("unquoted-values", start)
            if frame.key is None:
                self.nonsense += len(value)
        self.at = start + len(value)
        self.put(Node(value, start, self.at, bare=True))
