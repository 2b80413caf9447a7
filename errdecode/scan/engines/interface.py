"""What an engine is, and what it needs to look for two signals that belong together."""

from __future__ import annotations

import re
from typing import Protocol

from errdecode.scan.signals import NEAR

Data = bytes | bytearray


class Engine(Protocol):
    """Finds signal lines in bytes; keeps nothing between two calls."""

    name: str

    def lines(self, data: Data, end: int) -> list[int]:
        """Where the lines begin that bear a signal: offsets in `data[:end]`, in order.

        What stands before the first line break is a line, and what stands behind the last one.
        """


class Companions:
    """Whether what a signal asks for besides stands near it, on the same line.

    Made for one pass over one buffer: what was found empty is not searched again, so that a line of
    a hundred megabytes with a million signals is read once.
    """

    def __init__(self, data: Data, end: int) -> None:
        self._data = data
        self._end = end
        self._empty: dict[bytes, int] = {}

    def near(self, companion: bytes, start: int, stop: int, at: int) -> bool:
        """Whether it stands between `start` and `stop` of a line, near `at`; `at` never falls."""
        first = max(start, at - NEAR, self._empty.get(companion, 0))
        last = min(stop, at + NEAR)
        if re.compile(companion).search(self._data, first, last):
            return True
        self._empty[companion] = max(first, last - _LONGEST)
        return False


_LONGEST = 64
"""Bytes that a companion has at the most."""
