"""The errors that programs print with all that they hold: a stack, and behind its last line the
members of the object, as `util.inspect` of Node.js writes them."""

from __future__ import annotations

from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.scan.cut.carriers import (
    LIMIT,
    Buffer,
    Carried,
    Line,
    join,
    line_at,
    line_before,
    open_like,
)
from errdecode.scan.cut.cutouts import Cutout
from errdecode.scan.cut.json_values import MISSING
from errdecode.scan.cut.views import View

_REACH = LIMIT // 4
"""Bytes of what a program prints of an error."""
_MOST_LINES = 2000
_MOST_ABOVE = 120
"""Lines of message and stack above the members."""
_GOES_ON = (b" ", b"\t", b"}", b"]")
"""What a line begins with that is none of the first."""
_STACK = expression(rb"[ \t]{1,8}at \S")
_RAISED = expression(rb"(?:Error|Exception)\b")
_MEMBER = expression(rb"[ \t]{1,8}(?:['\"\[$]|\w)[^\n]{0,200}:")
_OPENS, _CLOSES = b" {", b"}"


class _Printed(NamedTuple):
    """What a program printed of an error, line by line."""

    lines: tuple[tuple[Line, View], ...]
    """Each with its content."""
    whole: bool
    """Whether the object is closed."""


class Prints:
    """Finds what was printed around lines, which are asked for in order; tells each once."""

    def __init__(self, data: Buffer) -> None:
        self._data = data
        self._done = -1
        self._last: tuple[int, Line | None] = -1, None
        """The line that was asked for last, and the first one of what it belongs to."""

    def around(self, line: Line, carried: Carried) -> Cutout | None:
        """The error that a line is a part of; None where there is none, or it was told before."""
        first = self._first(line, carried)
        if first is None or first.start <= self._done:
            return None
        self._done = first.start
        found = self._read(first, carried)
        if found is None or not found.whole or found.lines[-1][0].end < line.end:
            return None
        view = join([content for _, content in found.lines], b"\n")
        return Cutout(view, "print", MISSING, True, "lines", first.start)

    def unclosed(self, line: Line, carried: Carried) -> int | None:
        """Where an error begins that a line does not end."""
        first = self._first(line, carried)
        found = self._read(first, carried) if first else None
        return first.start if first and found and not found.whole else None

    def _first(self, line: Line, carried: Carried) -> Line | None:
        """The first of the lines of which this one is another, by their indentation."""
        known, top = self._last
        lowest = max(0, line.start - _REACH)
        at: Line | None = line
        for _ in range(_MOST_LINES):
            if at is None or at.start < lowest:
                at = None
                break
            if at.start == known:
                at = top
                break
            if not open_like(at, carried).content.text.startswith(_GOES_ON):
                break
            at = line_before(self._data, at.start)
        else:
            at = None
        self._last = line.start, at
        return at

    def _read(self, first: Line, carried: Carried) -> _Printed | None:
        """What begins with a line: none without a stack or a name that says error, or where
        something else stands among its lines."""
        lines: list[tuple[Line, View]] = []
        line, opened = first, 0
        while len(lines) < _MOST_LINES and line.end - first.start <= _REACH:
            own = open_like(line, carried)
            text = own.content.text
            if own.carrier != carried.carrier or (lines and not text.startswith(_GOES_ON)):
                return None
            lines.append((line, own.content))
            if opened:
                if text.startswith(_CLOSES):
                    return _Printed(tuple(lines), True)
                if len(lines) == opened + 1 and not _MEMBER.match(text):
                    return None
            elif text.rstrip().endswith(_OPENS):
                if not (_STACK.match(text) if line is not first else _RAISED.search(text)):
                    return None
                opened = len(lines)
            elif len(lines) > _MOST_ABOVE:
                return None
            if line.end + 1 >= len(self._data):
                return _Printed(tuple(lines), False) if opened else None
            line = line_at(self._data, line.end + 1)
        return None
