"""Looks for the literals of signals one by one: for little input, as only what stands in it has to
be compiled."""

from __future__ import annotations

from errdecode.scan.engines.interface import Companions, Data
from errdecode.scan.engines.ways import Way, starts_of
from errdecode.scan.signals import Signals


class Literals:
    """Finds signal lines with `find`."""

    def __init__(self, signals: Signals) -> None:
        self._ways: dict[tuple[bytes, int], list[Way]] = {}
        """By what is looked for, and where the literal stands in it."""
        for signal in signals.items:
            way = Way(signal)
            for start in starts_of(signal, len(signal.literal)):
                self._ways.setdefault((start + signal.literal, len(start)), []).append(way)

    def lines(self, data: Data, end: int) -> list[int]:
        """Where the lines begin that bear a signal; see `Engine`."""
        found: set[int] = set()
        for (text, before), ways in self._ways.items():
            at = data.find(text, 0, end)
            if at >= 0:
                _add(data, end, found, text, before, ways, at)
        return sorted(found)


def _add(
    data: Data, end: int, found: set[int], text: bytes, before: int, ways: list[Way], at: int
) -> None:
    """Add the lines in which a signal of some ways stands, from the first place of its text on."""
    near = [Companions(data, end) for _ in ways]
    start, stop = 0, -1
    while at >= 0:
        if at > stop:
            start = data.rfind(b"\n", stop + 1, at) + 1 or stop + 1
            stop = data.find(b"\n", at, end)
            stop = end if stop < 0 else stop
        line = start, stop
        if start in found or any(
            way.stands(data, at + before, line, seen) for way, seen in zip(ways, near, strict=True)
        ):
            found.add(start)
            at = stop
        at = data.find(text, at + 1, end)
