"""Where a log holds a JSON document that is too long to be read as a whole: in a line without end,
or over lines that go on with one another.

Told for each piece of the log, from the two pieces before it to the one behind it and no further,
so that it does not hang on where windows and ranges meet. A piece begins where the offset in the
content is a multiple of PIECE.
"""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.scan.cut.brackets import NOTHING, PREFIX, Outline, outline
from errdecode.scan.cut.carriers import LIMIT, Buffer

PIECE = LIMIT
"""Bytes of a piece, and the most that a document has which is read as a whole."""
_BREAK = expression(rb"\n(?<![{\[,]\n)(?<![{\[,]\r\n)(?<![{\[,] \n)(?<!\n\n)\s{0,64}+(?=[^\s}\],])")
"""A line break that ends a document: no bracket is opened before it and none is closed behind it,
nor does a comma stand there."""

_QUOTE = 0x22
_SEEN = 80
"""Bytes behind a line break that tell whether it is one of these, and some more."""


class Stretch(NamedTuple):
    """A part of a piece that belongs to a long document; all are places in the data."""

    start: int
    end: int
    before: Outline
    """Of the part of the document that stands in the piece before."""
    own: Outline
    after: Outline
    """Of the part of the document that stands in the piece behind it."""
    most: int
    """Up to where the document goes on, as far as the data is known."""
    piece: int = PIECE


class Stretches:
    """Finds the long documents in the data of a window; remembers the outlines of pieces."""

    def __init__(self, data: Buffer, base: int, piece: int = PIECE) -> None:
        """`base` is where the data begins in the content, which it shows for three pieces
        more than are asked for, on both sides."""
        self._data, self._base, self._piece = data, base, piece
        self._outlines: dict[tuple[int, int, bool | None], Outline | None] = {}

    def between(self, start: int, end: int) -> Iterator[Stretch]:
        """The parts of long documents in the pieces in which two places of the data stand, and in
        all between them, in order."""
        first = (self._base + max(start, 0)) // self._piece
        last = (self._base + min(end, len(self._data)) - 1) // self._piece
        goes_on = self._goes_on(first * self._piece - self._base)
        for number in range(first, last + 1):
            at = number * self._piece - self._base
            went_on, goes_on = goes_on, self._goes_on(at + self._piece)
            if went_on or goes_on:
                yield from self._in_piece(at)
                self._forget(at)

    def _goes_on(self, at: int) -> bool:
        """Whether it looks as if a long document were around a place, told by its line."""
        if not 0 < at < len(self._data):
            return False
        after = self._data.find(b"\n", at, at + self._piece)
        before = self._data.rfind(b"\n", max(0, at - self._piece), at)
        if after < 0 or before < 0 or after - before > self._piece:
            return True
        return not (_BREAK.match(self._data, after) and _BREAK.match(self._data, before))

    def _forget(self, at: int) -> None:
        """Forget outlines of pieces that no piece from a place on asks for any more."""
        for key in [one for one in self._outlines if one[1] <= at - self._piece]:
            del self._outlines[key]

    def _in_piece(self, at: int) -> Iterator[Stretch]:
        """The parts of long documents in the piece that begins at a place."""
        low = max(0, at - 2 * self._piece)
        high = min(len(self._data), at + 2 * self._piece)
        found = _BREAK.finditer(self._data, max(0, low - 1), high + _SEEN)
        breaks = [one.start() for one in found if one.start() < high]
        for number, (begin, stop) in enumerate(
            zip((low, *(one + 1 for one in breaks)), (*breaks, high), strict=True)
        ):
            if stop - begin <= self._piece or stop <= at or begin >= at + self._piece:
                continue
            begins = number > 0 or self._base + low == 0
            known = _Known(begin, stop, begins, stop < high)
            first = self._outline(known, at - 2 * self._piece, None)
            before = self._outline(known, at - self._piece, first)
            own = self._outline(known, at, before)
            after = self._outline(known, at + self._piece, own)
            if own and any(one and one.bears_brackets() for one in (before, own, after)):
                start, end = max(begin, at), min(stop, at + self._piece)
                around = before or NOTHING, own, after or NOTHING
                yield Stretch(start, end, *around, stop, self._piece)

    def _outline(self, known: _Known, at: int, before: Outline | None) -> Outline | None:
        """The outline of what a document has of a piece.

        Where there is little of it, or most of it is a text, `before`, the outline of the piece
        before, says whether it begins in one.
        """
        start, end = max(known.begin, at), min(known.stop, at + self._piece)
        if start >= end:
            return None
        found = None
        if before is None or end - start >= self._piece // 4:
            found = self._outline_alone(known, at, None)
        if found is None and before and start == at:
            inside = before.end < at and self._data[before.end] == _QUOTE
            found = self._outline_alone(known, at, inside)
        return found

    def _outline_alone(self, known: _Known, at: int, inside: bool | None) -> Outline | None:
        start, end = max(known.begin, at), min(known.stop, at + self._piece)
        if (start, end, inside) not in self._outlines:
            self._outlines[start, end, inside] = outline(
                self._data,
                start,
                end,
                inside=inside,
                words=known.begins and known.begin > at - PREFIX,
                ends=(known.ends or end == len(self._data)) and known.stop <= at + self._piece,
            )
        return self._outlines[start, end, inside]


class _Known(NamedTuple):
    """How far a document goes, as far as the pieces tell that are looked at."""

    begin: int
    stop: int
    begins: bool
    """Whether it begins there, and not before."""
    ends: bool
