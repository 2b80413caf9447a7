"""Windows over a range of a content: one buffer, slid forward, with context on both sides.

A window owns the bodies whose first byte stands in it; a range owns what its windows own. Since a
body begins at most `reach` from the line that gives it away, and nothing further than `reach` from
that line is looked at, a window shows twice as much around itself, and what is found does not hang
on where windows and ranges meet.

A line of a quarter of `reach` or more, which is the most that is read of a line, is seen in pieces,
cut where the offset is a multiple of that: so all parts of it are read, wherever a range begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from errdecode.model.record import NamedTuple
from errdecode.scan.cut.unfinished import LONGEST, find_unfinished
from errdecode.scan.sources import Content

REACH = 1 << 20
"""Bytes around a line in which its bodies stand."""
WINDOW = 8 << 20
"""Bytes that a full window owns."""
_BEHIND, _AHEAD = 2, 3  # times `reach`
PIECE = 1 << 20
"""Bytes that are read and searched at once, while they are in the processor's cache."""
_LONG = 4  # the part of `reach` that makes a line long; its pieces have that length
_OVERLAP = 16  # the part of `reach` by which such pieces overlap

LOOKS = 100
"""Looks at a stream that has nothing new, before a document without an end is taken for all there
is of it: four or five to a second."""

_NEWLINE = 0x0A

Find = Callable[[bytearray, int, int], list[int]]
"""Finds the lines that bear a signal: data, start and end of whole lines -> where they start."""


class Span(NamedTuple):
    """Bytes of a content; an end of None is where the content ends."""

    start: int = 0
    end: int | None = None


class Measures(NamedTuple):
    """How many bytes a window owns, how far a body may be from its line, how many are searched at
    once. The first and the last change no result."""

    window: int = WINDOW
    reach: int = REACH
    piece: int = PIECE


class Window(NamedTuple):
    """A part of a content with what stands around it."""

    data: bytearray
    """Valid until the next window is asked for."""
    base: int
    """The offset of the data's first byte in the content."""
    start: int
    """The first byte it owns, as an offset in the content."""
    end: int
    lines: list[int]
    """Where lines that bear a signal start in `data`, sorted; some outside of what it owns."""
    last: bool
    """Whether the range ends with it."""
    settled: bool = True
    """False: the stream was idle, and what follows right behind it is not known."""


def read_windows(
    content: Content,
    span: Span,
    find: Find,
    *,
    limit: int | None = None,
    measures: Measures | None = None,
    buffer: bytearray | None = None,
) -> Iterator[Window | None]:
    """The windows of a range; None when a stream has nothing new for now.

    `content` stands at `first_byte(span)`; nothing behind byte `limit` is read. A window of
    a stream that is idle ends with the last whole line that is no part of a document
    still being written. `buffer` may be one used before.
    """
    buffer = bytearray() if buffer is None else buffer
    slide = _Slide(content, span, find, limit, measures or Measures(), buffer)
    while not slide.ended:
        idle = slide.fill()
        window = slide.window(idle=idle)
        yield window
        if window:
            slide.advance(window)


def first_byte(span: Span, reach: int = REACH) -> int:
    """The offset from which a range is read."""
    return max(0, span.start - _BEHIND * reach)


class _Slide:
    """A buffer slid over a content. Offsets are those of the content, unless said otherwise."""

    def __init__(
        self,
        content: Content,
        span: Span,
        find: Find,
        limit: int | None,
        measures: Measures,
        buffer: bytearray,
    ) -> None:
        size, reach, self._piece = measures
        self._content, self._find, self._reach = content, find, reach
        self._end = span.end
        self._base = self._filled = first_byte(span, reach)
        self._limit = _least(limit, None if span.end is None else span.end + _AHEAD * reach)
        self._start = span.start
        self._signals: list[int] = []
        self._over = False  # nothing more is read
        self.ended = False
        room = size + (_BEHIND + _AHEAD) * reach
        if self._limit is not None:
            room = min(room, max(self._limit - self._base, 0) + 1)
        self._buffer, self._room = buffer, room
        self._sought: int | None = 0 if self._base == 0 and span.start <= reach else None
        self._from = max(0, span.start - reach)  # the first line that matters starts here or later
        self._newline = self._base - 1  # the last one known
        self._known = self._looks = 0

    def fill(self) -> bool:
        """Read until the buffer is full or the content over, and search; True when idle."""
        while not self._over and (at := self._filled - self._base) < self._room:
            most = min(self._room - at, self._piece)
            if self._limit is not None:
                most = min(most, self._limit - self._filled)
            count = self._read(at, at + most) if most else 0
            if count is None:
                return True
            self._over = count == 0
            self._filled += count
            self._search()
        return False

    def _read(self, start: int, end: int) -> int | None:
        """Read into the buffer, which grows with what there is to read."""
        if len(self._buffer) < end:
            self._buffer.extend(bytes(end - len(self._buffer)))
        with memoryview(self._buffer) as view, view[start:end] as part:
            return self._content.readinto(part)

    def window(self, *, idle: bool) -> Window | None:
        """What is ready now."""
        end = self._filled if self._over else self._filled - _AHEAD * self._reach
        if idle:
            end = self._whole()
        if self._end is not None:
            end = min(end, self._end)
        end = max(end, self._start)
        last = self._over or end == self._end
        if end == self._start and not last:
            return None
        low, high = self._start - self._reach, end + self._reach
        base = self._base
        lines = [line - base for line in self._signals if low <= line < high]
        data = self._data(last=last)
        return Window(data, base, self._start, end, lines, last, not idle)

    def _whole(self) -> int:
        """The end of what is written in whole; behind a document that is not ended for long."""
        end = self._newline + 1
        if self._filled != self._known:
            self._known, self._looks = self._filled, 0
        self._looks += 1
        if self._looks > LOOKS:
            return end
        low = max(self._start, end - LONGEST)
        place = find_unfinished(bytes(self._buffer[low - self._base : end - self._base]))
        return end if place is None else low + place

    def _data(self, *, last: bool) -> bytearray:
        length = self._filled - self._base
        if length == len(self._buffer):
            return self._buffer
        if last:
            del self._buffer[length:]
            return self._buffer
        return self._buffer[:length]

    def advance(self, window: Window) -> None:
        """Let the next window begin where one ends."""
        self.ended = window.last
        self._start = window.end
        keep = max(self._start - _BEHIND * self._reach, self._base)
        if not self.ended and keep > self._base:
            with memoryview(self._buffer) as view:
                view[: self._filled - keep] = view[keep - self._base : self._filled - self._base]
            self._base = keep
            low = self._start - self._reach
            self._signals = [line for line in self._signals if line >= low]

    def _search(self) -> None:
        """Find the signals in all lines that are whole."""
        self._newline = max(self._newline, self._rfind(self._newline + 1, self._filled))
        if self._sought is None:
            self._sought = self._first_start()
        if self._sought is None:
            return
        end = self._filled if self._over else self._last_start()
        if end <= self._sought:
            return
        start, base = self._sought, self._base
        for stop in (*self._breaks(start, end), end):
            upto = stop
            if stop < self._filled and self._buffer[stop - 1 - base] != _NEWLINE:
                upto = min(stop + self._reach // _OVERLAP, self._filled)
                newline = self._buffer.find(b"\n", stop - base, upto - base)
                upto = upto if newline < 0 else base + newline + 1
            found = self._find(self._buffer, start - base, upto - base)
            self._signals += [base + at for at in found if base + at < stop]
            start = stop
        self._sought = end

    def _first_start(self) -> int | None:
        """Where the first line or piece starts that matters; None when that is not known yet."""
        newline = self._buffer.find(b"\n", self._from - 1 - self._base, self._filled - self._base)
        end = self._filled if newline < 0 else self._base + newline + 1
        for start in self._breaks(self._from - 1, end):
            return start
        return end if newline >= 0 or self._over else None

    def _last_start(self) -> int:
        """Where the last line or piece starts that is known; all before it are whole."""
        start = self._newline + 1
        long = self._reach // _LONG
        if self._filled - start < long:
            return start
        return max(start, (self._filled - self._reach // _OVERLAP) // long * long)

    def _breaks(self, start: int, end: int) -> Iterator[int]:
        """Where pieces of long lines start, between two offsets, both excluded."""
        long, base = self._reach // _LONG, self._base
        for at in range((start // long + 1) * long, end, long):
            newline = self._rfind(max(at - long, base), at)
            if newline < 0 and at >= long:
                yield at
                continue
            upto = newline + 1 + long
            if upto <= self._filled and self._buffer.find(b"\n", at - base, upto - base) < 0:
                yield at

    def _rfind(self, start: int, end: int) -> int:
        """The last newline between two offsets; -1 for none."""
        at = self._buffer.rfind(b"\n", start - self._base, end - self._base)
        return -1 if at < 0 else at + self._base


def _least(*numbers: int | None) -> int | None:
    return min((number for number in numbers if number is not None), default=None)
