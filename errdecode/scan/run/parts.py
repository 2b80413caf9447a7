"""The errors of a window: in its lines as they are, and in the records of long documents."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from errdecode.scan.cut.records import LONGEST_NAME, records_of
from errdecode.scan.cut.stretches import PIECE, Stretch, Stretches
from errdecode.scan.model import Place, Unreadable
from errdecode.scan.run.account import Item
from errdecode.scan.run.tools import Reads
from errdecode.scan.windows import REACH, Find, Window

_NEWLINE = 0x0A
_TANGLED = "brackets without end, and no document that could be read"


def read_window(window: Window, reader: Reads, find: Find, file: str) -> Iterator[Item]:
    """Read the errors whose first byte a window owns, in order; their lines are not used.

    Lines of long documents are no lines, also where they stand around what the window owns.
    """
    data, base, lines = window.data, window.base, window.lines
    begin, end = window.start - base, window.end - base
    low, at = 0, begin
    for stretch in Stretches(data, base).between(begin - REACH, end + REACH):
        high = bisect_left(lines, stretch.start, low)
        if at < min(stretch.start, end) and low < high:
            own = lines[low:high]
            yield from reader.read(
                data, own, base, file, at, min(stretch.start, end), whole=window.settled
            )
        low = bisect_left(lines, stretch.end, high)
        at = max(at, stretch.end)
        if stretch.own.tangled:
            yield from _read_tangled(window, lines[high:low], reader, file)
        elif begin < stretch.end + PIECE and stretch.start < end + LONGEST_NAME:
            yield from _read_records(window, stretch, reader, find, file)
    if at < end and low < len(lines):
        yield from reader.read(data, lines[low:], base, file, at, end, whole=window.settled)


def _read_tangled(window: Window, lines: list[int], reader: Reads, file: str) -> Iterator[Item]:
    """Tell of the pieces of long lines in which nothing can be read; read the other lines."""
    data, base = window.data, window.base
    begin, end = window.start - base, window.end - base
    short = []
    for line in lines:
        if (line == 0 or data[line - 1] == _NEWLINE) and data.find(b"\n", line, line + PIECE) >= 0:
            short.append(line)
        elif begin <= line < end:
            yield Unreadable(Place(file, base + line, 0), _TANGLED)
    if short:
        yield from reader.read(data, short, base, file, begin, end, whole=False)


def _read_records(
    window: Window, stretch: Stretch, reader: Reads, find: Find, file: str
) -> Iterator[Item]:
    """Read the errors in the records that begin in a part of a long document."""
    begin, end = window.start - window.base, window.end - window.base
    records = records_of(window.data, stretch, begin, end)
    text = records.text
    lines = find(text, 0, len(text)) if text else []
    if lines:
        for item in reader.read(text, lines, 0, file, 0, len(text), whole=False):
            at = records.to_data(item.place.offset)
            if begin <= at < end:
                yield item._replace(place=item.place._replace(offset=window.base + at))
