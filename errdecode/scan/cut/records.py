"""The records of a long JSON document, laid out like those of a log: each on a line of its own.

A record is an object or an array of at most a piece's length that stands in a longer one. Of an
object that is longer, the members that are not are a record, and so is each text of a longer array.
"""

from __future__ import annotations

from bisect import bisect_right

from errdecode.regex import expression
from errdecode.scan.cut.brackets import PREFIX, STRING
from errdecode.scan.cut.carriers import Buffer
from errdecode.scan.cut.stretches import PIECE, Stretch, Stretches

_TEXT = expression(STRING + rb'(?:(\s*+:)\s*+([^\s",:\[\]{}]++)?)?')
"""A text; or a name, and its value if that is a plain one."""
_DENSEST = 6
"""Bytes for each quote, on average, in what may hold texts that say something."""
_NAME = expression(rb'\A\s*+:\s*+"[^"\\]*+(?:(?:"\\|\\)[^"\\]*+)*+"')
"""A name and its colon, read backwards; more of it where the name holds backslashes."""
LONGEST_NAME = 1 << 10
"""Bytes of a member's name and of the blanks behind it."""
_BETWEEN = b", \t\r\n"
_NEAR = 64
"""More bytes than stand between two values of an array, as a rule."""
_SHORTEST = 12
"""Bytes of a text in an array that may say anything of an error."""
_QUOTE, _COMMA = b'",'


Unit = tuple[int, int, bool]
"""A part of a document that is a record: its two places in the data, and whether it is members of
an object, which lack its brackets."""


class Records:
    """Some records as the lines of a log, and where they stand in the data."""

    def __init__(self, data: Buffer, units: list[Unit]) -> None:
        lines = [_line_of(data, unit) for unit in units]
        self.text = bytearray(b"\n".join(lines))
        """The lines; none ends behind the last one."""
        self.starts: list[int] = []
        """Where each begins in the text."""
        self._origins = [start - members for start, _, members in units]
        at = 0
        for line in lines:
            self.starts.append(at)
            at += len(line) + 1

    def to_data(self, at: int) -> int:
        """The place in the data of a byte of the text."""
        number = bisect_right(self.starts, at) - 1
        return self._origins[number] + at - self.starts[number]


def _line_of(data: Buffer, unit: Unit) -> bytes:
    start, end, members = unit
    line = bytes(data[start:end])
    if b"\n" in line:
        line = line.replace(b"\n", b" ")
    return b"{" + line + b"}" if members else line


def records_of(data: Buffer, stretch: Stretch, begin: int, end: int) -> Records:
    """The records that begin in a stretch and have bytes between two places."""
    units = _Units(data, stretch).read()
    if begin > stretch.start or end < stretch.most:
        units = [unit for unit in units if unit[1] > begin and unit[0] < end]
    return Records(data, units)


def record_at(data: Buffer, base: int, at: int) -> tuple[bytes, int] | None:
    """The record of a long document that a place of the data stands in, and where in it; None for
    a place in none. `base`: see `Stretches`."""
    for stretch in Stretches(data, base).between(at - PIECE, at + LONGEST_NAME):
        for unit in _Units(data, stretch).read():
            start, end, members = unit
            if start - members <= at < end + members:
                return _line_of(data, unit), at - start + members
    return None


class _Units:
    """Reads the records that begin in a stretch."""

    def __init__(self, data: Buffer, stretch: Stretch) -> None:
        self._data, self._stretch = data, stretch
        self._units: list[Unit] = []
        self._run: tuple[int, int] | None = None
        """Members that follow one another and are not among the records yet."""
        self._name: int | None = None
        """Where the name begins whose value comes next."""

    def read(self) -> list[Unit]:
        """The records, in order."""
        own, data, stop = self._stretch.own, self._data, self._stretch.end
        at = own.first
        for start, end in elements(self._stretch):
            if end <= at:
                continue
            follows = start - at == 1 and data[at] == _COMMA and end - start > 1 and start < stop
            if follows and not self._run:  # the next one of an array, as a rule
                self._units.append((start, end, False))
                at = end
                continue
            if start > at:
                self._read_gap(at, start)
            if start >= stop:
                break
            at = end
            if end - start == 1:
                self._name = None
                self._flush()
            elif start >= own.first:
                self._take(start, end)
        else:
            goes_on = own.end >= stop or data[own.end] == _QUOTE
            self._read_gap(at, self._stretch.most if goes_on else own.end)
        self._flush()
        return self._units

    def _read_gap(self, start: int, end: int) -> None:
        """Take the texts, and the members with plain values, between two places."""
        if end - start < _NEAR and not self._data[start:end].strip(_BETWEEN):
            return
        if self._data.count(b'"', start, end) * _DENSEST > end - start + PREFIX:
            return
        for found in _TEXT.finditer(self._data, start, end):
            if found.start() >= self._stretch.end:
                return
            if found[2]:
                self._add_member(found.start(), found.end())
            elif found[1]:
                self._name = found.start()
            else:
                self._take(*found.span())

    def _take(self, start: int, end: int) -> None:
        """Take a value that is no longer than a record."""
        name, self._name = self._name, None
        if name is None:
            name = _name_before(self._data, start)
        if name is not None:
            self._add_member(name, end)
            return
        self._flush()
        if end - start >= _SHORTEST or self._data[start] != _QUOTE:
            self._units.append((start, end, False))

    def _add_member(self, name: int, end: int) -> None:
        """Take a member to those before it, or begin anew."""
        self._name = None
        if self._run and end - self._run[0] > self._stretch.piece:
            self._flush()
        self._run = (self._run[0] if self._run else name, end)

    def _flush(self) -> None:
        """Let the members that were taken be a record."""
        if self._run:
            self._units.append((*self._run, True))
        self._run = None


def _name_before(data: Buffer, at: int) -> int | None:
    """Where the name of a value begins, which may stand in the piece before; None for none."""
    if data[max(0, at - 64) : at].rstrip()[-1:] != b":":
        return None
    before = bytes(data[max(0, at - LONGEST_NAME) : at])
    found = _NAME.search(before[::-1])
    return at - found.end() if found else None


def elements(stretch: Stretch) -> list[tuple[int, int]]:
    """The largest values of at most a piece's length, and the brackets of all that is longer, which
    have a length of 1, in order: of a piece and of what begins in it and ends behind it."""
    own, after = stretch.own, stretch.after
    opens = list(stretch.before.opens)
    crossing: list[tuple[int, int]] = []
    long: list[int] = []
    for one in (own, after):
        for close in one.closes:
            opened = opens.pop() if opens else None
            if opened is not None and close - opened <= stretch.piece:
                crossing.append((opened, close))
            else:
                long += [close - 1] if opened is None else [opened, close - 1]
        opens += one.opens
    brackets = [(at, at + 1) for at in (*long, *opens)]
    spans = sorted((*own.values, *after.values[:1], *brackets, *crossing))
    return _outermost(spans) if crossing else spans


def _outermost(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without those that stand in another one."""
    outer: list[tuple[int, int]] = []
    for start, end in spans:
        if not outer or end > outer[-1][1]:
            outer.append((start, end))
    return outer
