"""When errors happened: counts in spans of time whose widths are powers of two, so that any two
meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import isfinite

from errdecode.model.record import NamedTuple
from errdecode.scan.model import Histogram

MOST = 64
"""Spans of a histogram that have errors, and of an axis."""
_FEW, _SOME = 100, 10
"""An axis may leave out one error of so many, and one where there are so many."""
_MUCH = 8
"""How much longer it would be with them, at least."""
LATEST = 2.0**36
"""Seconds; what claims to be later than the year 4100 is no time."""


def usable(time: float | None) -> float | None:
    """A time between 1970 and 4100, or None."""
    if time is None or not isfinite(time) or not 0 <= time < LATEST:
        return None
    return time


class Timeline:
    """Counts errors in spans; how wide they are depends on the times alone.

    The width is the smallest power of two of seconds, from one up, with which `MOST` spans have all
    errors; so the order in which errors are added does not matter, and one that is far away from
    all others does not blur them.
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
        return Histogram(1 << self.exponent, tuple(sorted(self.counts.items())))

    def _fit(self) -> None:
        """Make the spans as wide as they have to be."""
        spans, more = set(self.counts), 0
        while len(spans) > MOST:
            spans = {span >> 1 for span in spans}
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
    outside: int = 0
    """Errors at times so far from the others that the axis leaves them out."""

    @property
    def end(self) -> float:
        """Where the last span ends."""
        return self.start + self.width * self.spans


def align(
    histograms: Sequence[Histogram | None], most: int = MOST, *, whole: bool = False
) -> Axis | None:
    """Put histograms on one axis of `most` spans at the most; None when none has a time.

    Unless the `whole` time is asked for, an axis that a few errors would make much longer, such as
    those of a clock that was not set, is drawn without them.
    """
    known = [one for one in histograms if one is not None]
    if not known:
        return None
    width = max(one.width for one in known)
    total = Counter[int]()
    for one in known:
        total.update(_widened(one, width))
    spans = sorted(total)
    first, last = spans[0], spans[-1]
    if last - first >= most and not whole:
        first, last = _main_part(spans, total)
    outside = sum(count for span, count in total.items() if not first <= span <= last)
    rows = [_widened(one, width) if one else None for one in histograms]
    fold = 0
    while (last >> fold) - (first >> fold) >= most:
        fold += 1
    start, length = first >> fold, (last >> fold) - (first >> fold) + 1
    drawn = tuple(_row(row, (first, last), fold, length) if row else () for row in rows)
    width <<= fold
    return Axis(float(start * width), float(width), length, drawn, outside)


def add_up(rows: Iterable[Sequence[int]]) -> tuple[int, ...]:
    """The sum of the rows of an axis, span by span."""
    return tuple(sum(column) for column in zip(*(row for row in rows if row), strict=True))


def _main_part(spans: list[int], total: Counter[int]) -> tuple[int, int]:
    """The first and the last span of the shortest part that holds all errors but one of a hundred,
    or but one of ten and more, and of what is near it; all of them, if that is not much shorter."""
    errors = total.total()
    left = errors - max(errors // _FEW, int(errors >= _SOME))
    best = whole = spans[0], spans[-1]
    begin = held = 0
    for span in spans:
        held += total[span]
        while held - total[spans[begin]] >= left:
            held -= total[spans[begin]]
            begin += 1
        if held >= left and span - spans[begin] < best[1] - best[0]:
            best = spans[begin], span
    length = best[1] - best[0] + 1
    near = [span for span in spans if best[0] - length <= span <= best[1] + length]
    longer = (whole[1] - whole[0]) / (near[-1] - near[0] + 1)
    return (near[0], near[-1]) if longer >= _MUCH else whole


def _widened(one: Histogram, width: int) -> dict[int, int]:
    """The counts of a histogram in wider spans."""
    ratio = width // one.width
    counts: dict[int, int] = {}
    for span, count in one.spans:
        counts[span // ratio] = counts.get(span // ratio, 0) + count
    return counts


def _row(counts: dict[int, int], ends: tuple[int, int], fold: int, length: int) -> tuple[int, ...]:
    """Counts between two spans, both included, as an axis draws them."""
    row = [0] * length
    for span, count in counts.items():
        if ends[0] <= span <= ends[1]:
            row[(span >> fold) - (ends[0] >> fold)] += count
    return tuple(row)
