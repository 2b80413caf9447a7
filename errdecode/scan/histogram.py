"""When errors happened: counts in spans of time whose widths are powers of two, so that any two
meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import isfinite

from errdecode.model.record import NamedTuple
from errdecode.scan.model import Histogram

MOST = 64
"""Spans of a histogram."""
LATEST = 2.0**36
"""Seconds; what claims to be later than the year 4100 is no time."""


def usable(time: float | None) -> float | None:
    """A time between 1970 and 4100, or None."""
    if time is None or not isfinite(time) or not 0 <= time < LATEST:
        return None
    return time


class Timeline:
    """Counts errors in spans; how wide they are depends on the first and the last alone.

    The width is the smallest power of two of seconds, from one up, with which `MOST` spans reach
    from the first error to the last; so the order in which errors are added does not matter.
    """

    __slots__ = ("counts", "exponent")

    def __init__(self) -> None:
        self.exponent = 0
        self.counts: dict[int, int] = {}
        """The number of a span since 1970 to the errors in it."""

    def add(self, times: Iterable[float]) -> None:
        """Count errors at usable times."""
        exponent = self.exponent
        for span, count in Counter([int(time) >> exponent for time in times]).items():
            self.counts[span] = self.counts.get(span, 0) + count
        self._fit()

    def merge(self, other: Timeline) -> None:
        """Add the counts of another one."""
        exponent = max(self.exponent, other.exponent)
        self._widen(exponent)
        for span, count in other.counts.items():
            wide = span >> (exponent - other.exponent)
            self.counts[wide] = self.counts.get(wide, 0) + count
        self._fit()

    def freeze(self) -> Histogram | None:
        """The histogram; None when no error bore a time."""
        if not self.counts:
            return None
        first, last = min(self.counts), max(self.counts)
        width = float(1 << self.exponent)
        counts = tuple(self.counts.get(span, 0) for span in range(first, last + 1))
        return Histogram(first * width, width, counts)

    def _fit(self) -> None:
        """Make the spans as wide as they have to be."""
        if not self.counts:
            return
        first, last, more = min(self.counts), max(self.counts), 0
        while (last >> more) - (first >> more) >= MOST:
            more += 1
        self._widen(self.exponent + more)

    def _widen(self, exponent: int) -> None:
        if exponent == self.exponent:
            return
        wide: dict[int, int] = {}
        for span, count in self.counts.items():
            at = span >> (exponent - self.exponent)
            wide[at] = wide.get(at, 0) + count
        self.exponent, self.counts = exponent, wide


class Axis(NamedTuple):
    """Histograms on one time axis."""

    start: float
    """Seconds since 1970-01-01 UTC."""
    width: float
    """Seconds of a span, a power of two."""
    spans: int
    rows: tuple[tuple[int, ...], ...]
    """The counts of each histogram, one for each span; none at all for one that is None."""

    @property
    def end(self) -> float:
        """Where the last span ends."""
        return self.start + self.width * self.spans


def align(histograms: Sequence[Histogram | None], most: int = MOST) -> Axis | None:
    """Put histograms on one axis of `most` spans at the most; None when none has a time."""
    known = [one for one in histograms if one is not None]
    if not known:
        return None
    width = max(one.width for one in known)
    while _last(known, width) - _first(known, width) >= most:
        width *= 2
    first, last = _first(known, width), _last(known, width)
    spans = last - first + 1
    rows = tuple(_row(one, first, width, spans) if one else () for one in histograms)
    return Axis(first * width, width, spans, rows)


def add_up(rows: Iterable[Sequence[int]]) -> tuple[int, ...]:
    """The sum of the rows of an axis, span by span."""
    return tuple(sum(column) for column in zip(*(row for row in rows if row), strict=True))


def _first(known: list[Histogram], width: float) -> int:
    return min(int(one.start // width) for one in known)


def _last(known: list[Histogram], width: float) -> int:
    return max(int((one.start + one.width * (len(one.counts) - 1)) // width) for one in known)


def _row(one: Histogram, first: int, width: float, spans: int) -> tuple[int, ...]:
    row = [0] * spans
    for at, count in enumerate(one.counts):
        row[int((one.start + one.width * at) // width) - first] += count
    return tuple(row)
