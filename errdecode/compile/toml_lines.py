"""On which line each key and item of a TOML file stands: `tomllib` gives values without places.

One pass over the pieces of a text that `tomllib` has accepted; whatever it would refuse is walked
all the same, and merely gives worse lines. Iterative: the depth of the values does not matter.
"""

from __future__ import annotations

import re
import tomllib

from errdecode.model.record import NamedTuple
from errdecode.regex import expression

Path = tuple[str | int, ...]

DEEPEST = 40
"""Keys and indices on the way to a value; no word of the vocabulary needs more than a few."""

_PIECE = expression(
    r'"""(?:\\.|(?!""").)*(?:"{3,5})?'  # two quotes may precede the closing three (TOML 1.0)
    r"|'''(?:(?!''').)*(?:'{3,5})?"
    r'|"(?:[^"\\\n]|\\.)*"?'
    r"|'[^'\n]*'?"
    r"|\#[^\n]*|\n|[ \t\r]+|[\[\]{},=.]"
    r"""|[^\s\[\]{},=.\#"']+|.""",
    re.DOTALL,
)


class _Open(NamedTuple):
    """An array or inline table whose end is still to come."""

    path: Path
    item: int | None
    """Index of the array's current item, 0-based; None for a table."""


class _Walk:
    """The state between two pieces."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {(): 1}
        self.table: Path = ()
        """The table whose header came last."""
        self.counts: dict[Path, int] = {}
        """Index of the last element of each array of tables, 0-based."""
        self.keys: list[str] = []
        """The parts of the key that is being read."""
        self.header = 0
        """How many brackets opened the header that is being read."""
        self.value: Path | None = None
        """The place of the value that is being read; None where a key is."""
        self.open: list[_Open] = []

    def take(self, piece: str, line: int) -> None:
        """Take a piece that is neither a comment nor blank."""
        if piece == "\n":
            self._end_line()
        elif self.header:
            self._read_header(piece, line)
        elif self.value is None:
            self._read_key(piece, line)
        else:
            self._read_value(piece, line)

    def _end_line(self) -> None:
        if not self.open:
            self.keys, self.value, self.header = [], None, 0

    def _read_header(self, piece: str, line: int) -> None:
        if piece == "[" and not self.keys:
            self.header = 2
        elif piece == "]":
            if self.keys:
                self._begin_table(line)
            self.keys = []
        elif piece != ".":
            self.keys.append(_key(piece))

    def _begin_table(self, line: int) -> None:
        """A header is complete: `[a.b]`, or `[[a.b]]` that adds an element."""
        path: Path = ()
        for number, part in enumerate(self.keys, 1):
            path = self._go(path, part, line)
            if self.header == 2 and number == len(self.keys):
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = self._go(path, self.counts[path], line)
        self.table = path

    def _go(self, path: Path, part: str | int, line: int) -> Path:
        """A step downwards; what is too deep counts as its parent."""
        if len(path) > DEEPEST:
            return path
        path = (*path, part)
        self.lines.setdefault(path, line)
        return path

    def _read_key(self, piece: str, line: int) -> None:
        if piece == "[" and not self.open and not self.keys:
            self.header = 1
        elif piece == "=":
            self.value = self._record_key(line)
            self.keys = []
        elif piece == "}":
            self._close()
        elif piece not in ".,":
            self.keys.append(_key(piece))

    def _record_key(self, line: int) -> Path:
        path = self.open[-1].path if self.open else self.table
        for part in self.keys:
            path = self._go(path, part, line)
        return path

    def _read_value(self, piece: str, line: int) -> None:
        if piece == ",":
            self._next_item()
        elif piece in "]}":
            self._close()
        else:
            self._begin_value(piece, line)

    def _begin_value(self, piece: str, line: int) -> None:
        path, top = self.value or (), self.open[-1] if self.open else None
        if top and top.item is not None:
            path = self._go(top.path, top.item, line)
        if piece == "[":
            self.open.append(_Open(path, 0))
            self.value = path
        elif piece == "{":
            self.open.append(_Open(path, None))
            self.value = None

    def _next_item(self) -> None:
        if self.open:
            path, item = self.open.pop()
            self.open.append(_Open(path, None if item is None else item + 1))
            self.value = None if item is None else path

    def _close(self) -> None:
        """An array or inline table ends, and is itself a value that has been read."""
        if self.open:
            self.value = self.open.pop().path
        self.keys = []


def read_lines(text: str) -> dict[Path, int]:
    """The line (1-based) on which each key, item and table begins, by its path from the root."""
    walk, line = _Walk(), 1
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece == "\n" or not (piece.startswith("#") or piece.isspace()):
            walk.take(piece, line)
        line += piece.count("\n")
    return walk.lines


def line_at(lines: dict[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing above it that is there.

    Where the file gives a single value for a list, the index 0 in the path is that value.
    """
    found: Path = ()
    for part in path:
        if (*found, part) in lines:
            found = (*found, part)
        elif part != 0:
            break
    return lines[found]


def _key(piece: str) -> str:
    """A key as TOML means it: quotes and escapes undone."""
    if piece[0] not in "\"'":
        return piece
    try:
        return next(iter(tomllib.loads(f"{piece} = 0")))
    except (tomllib.TOMLDecodeError, StopIteration):
        return piece.strip("\"'")
