"""How far a scan came, on one line of standard error, when that is a terminal."""

from __future__ import annotations

import sys
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from errdecode.render.scan.words import size

if TYPE_CHECKING:
    from errdecode.scan.run import Progress

EVERY = 0.1
"""Seconds between two changes of the line."""


class ProgressLine:
    """Writes and rewrites the line; `clear` leaves no trace of it."""

    def __init__(self) -> None:
        self._next = monotonic() + EVERY
        self._width = 0

    def show(self, progress: Progress) -> None:
        """Write how far it came, unless that was just done."""
        now = monotonic()
        if now < self._next:
            return
        self._next = now + EVERY
        self._write(describe(progress))

    def clear(self) -> None:
        """Take the line away."""
        if self._width:
            self._write("")

    def _write(self, line: str) -> None:
        with suppress(OSError, ValueError):  # it is only a help
            sys.stderr.write(f"\r{line:<{self._width}}" + ("\r" if not line else ""))
            sys.stderr.flush()
        self._width = len(line)


def describe(progress: Progress) -> str:
    """`42 % of 1.0 GB, 510 MB/s, 3 s left`."""
    if progress.total is None:
        return f"{size(progress.done)}, {size(progress.rate)}/s"
    share = min(100, 100 * progress.done // progress.total) if progress.total else 100
    left = "" if progress.remaining is None else f", {_long(progress.remaining)} left"
    return f"{share} % of {size(progress.total)}, {size(progress.rate)}/s{left}"


def _long(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"


def is_wanted(*, quiet: bool) -> bool:
    """Whether there is somebody to see it."""
    return not quiet and sys.stderr.isatty()
