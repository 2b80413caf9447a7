"""How far a scan came, how fast it is, and how long it will take."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from errdecode.model.record import NamedTuple

Clock = Callable[[], float]
"""Seconds from any moment on."""


class Progress(NamedTuple):
    """How far a scan came."""

    done: int
    """Bytes read, as stored."""
    total: int | None
    """None where that is not known: a stream."""
    rate: float
    """Bytes in a second, since the start."""
    remaining: float | None
    """Seconds."""


class Meter:
    """Counts what was done and tells it."""

    def __init__(
        self,
        total: int | None,
        show: Callable[[Progress], None] | None,
        *,
        clock: Clock = monotonic,
    ) -> None:
        self._total, self._show, self._clock = total, show, clock
        self._began = clock()
        self.done = 0

    def tell(self, done: int) -> None:
        """Take note of how many bytes are done."""
        self.done = done
        if self._show:
            self._show(self.progress())

    def progress(self) -> Progress:
        """How far it came by now."""
        seconds = self.seconds()
        rate = self.done / seconds if seconds > 0 else 0.0
        left = None if self._total is None or not rate else max(self._total - self.done, 0) / rate
        return Progress(self.done, self._total, rate, left)

    def seconds(self) -> float:
        """Seconds since the start."""
        return self._clock() - self._began

    def said(self) -> str:
        """How far it came, in words."""
        if not self._total:
            return f"after {size_in_words(self.done)}"
        share = min(100, 100 * self.done // self._total)
        return f"after {size_in_words(self.done)} of {size_in_words(self._total)} ({share} %)"


def size_in_words(count: int) -> str:
    """A number of bytes as people say it: `1.2 GB`, in powers of ten."""
    number, unit = float(count), "bytes"
    for name in ("kB", "MB", "GB", "TB"):
        if number < 999.5:
            break
        number, unit = number / 1000, name
    return f"{count} bytes" if unit == "bytes" else f"{number:.1f} {unit}"
