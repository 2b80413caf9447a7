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
from errdecode.scan.cut.views import View, part
from errdecode.scan.loggers import LONGEST, Logger, logger_before

_REACH = LIMIT // 4
"""Bytes of what a program prints of an error."""
_MOST_LINES = 2000
_MOST_ABOVE = 120
"""Lines of message and stack above the members."""
_GOES_ON = (b" ", b"\t", b"}", b"]")
"""What a line begins with that is none of the first."""
_STACK = expression(rb"[ \t]{1,8}at \S")
_STACKED = b"    at "
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
        found = self._read(first, carried) or self._read_behind(first, carried)
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
        first = self._walk_up(line, carried)
        self._last = line.start, first
        return first

    def _walk_up(self, line: Line, carried: Carried) -> Line | None:
        known, top = self._last
        lowest = max(0, line.start - _REACH)
        at: Line | None = line
        for _ in range(_MOST_LINES):
            if at is None or at.start < lowest:
                return None
            if at.start == known:
                return top
            if not open_like(at, carried).content.text.startswith(_GOES_ON):
                return at
            at = line_before(self._data, at.start)
        return None

    def _read_behind(self, first: Line, carried: Carried) -> _Printed | None:
        """The same where each line stands behind the words of a logger: what stands before the
        stack stands before all of them."""
        start = first.end + 1
        if carried.carrier == "docker" or start >= len(self._data):
            return None
        raw = line_at(self._data, start).raw
        stack = raw.find(_STACKED, 1, LONGEST)
        logger = logger_before(self._data, start, start + stack) if stack > 0 else None
        begin = self._content(first, carried, logger, raw[:stack]) if logger else None
        if begin is None or begin.text.startswith(_GOES_ON):
            return None
        return self._read(first, carried, logger, raw[:stack])

    def _content(
        self, line: Line, carried: Carried, logger: Logger | None, before: bytes
    ) -> View | None:
        """What a line says; None where something else stands before it than is expected."""
        own = open_like(line, carried)
        if own.carrier != carried.carrier:
            return None
        if logger is None:
            return own.content
        said = logger.behind(self._data, line.start)
        blanks = len(before) - len(before.rstrip())
        if said is None or said[:blanks].strip():
            return None
        size = len(own.content.text)
        return part(own.content, min(size, size - len(said) + blanks), size)

    def _read(
        self, first: Line, carried: Carried, logger: Logger | None = None, before: bytes = b""
    ) -> _Printed | None:
        """What begins with a line: none without a stack or a name that says error, or where
        something else stands among its lines."""
        lines: list[tuple[Line, View]] = []
        line, opened = first, 0
        while len(lines) < _MOST_LINES and line.end - first.start <= _REACH:
            content = self._content(line, carried, logger, before)
            if content is None or (lines and not content.text.startswith(_GOES_ON)):
                return None
            text = content.text
            lines.append((line, content))
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
