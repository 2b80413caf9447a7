"""The engine over Hyperscan: all signals in one pass, at the speed of memory. Needs its package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from errdecode.scan.engines.interface import Companions, Data, Engine
from errdecode.scan.engines.kept import open_database
from errdecode.scan.engines.ways import Way, starts_of
from errdecode.scan.signals import Signal, Signals
from errdecode.scan.signals.model import escape

if TYPE_CHECKING:
    import hyperscan

_BITS = 16
_MASK = (1 << _BITS) - 1
"""A hit is the place where an expression ends, shifted, and the expression's number."""
_LONGEST_LEAD = 80
"""Bytes that a lead has at the most."""


def open_hyperscan(signals: Signals) -> Engine | None:
    """The engine; None where the package is not installed or does not run on this processor."""
    try:
        return Hyperscan(signals)
    except (ImportError, OSError):
        return None


class Hyperscan:
    """Finds signal lines with a database of all signals, in block mode.

    Most formats are told by a name or a text that hardly stands anywhere. Of these only the literal
    is in the database, which keeps it small; what stands around a hit is seen to here.
    """

    name = "hyperscan"

    def __init__(self, signals: Signals) -> None:
        self._database, self._ways = compile_signals(signals)

    def lines(self, data: Data, end: int) -> list[int]:
        """Where the lines begin that bear a signal; see `Engine`."""
        last = data.rfind(b"\n", 0, end) + 1
        lines = self._find_lines(data, last, self._hits(data, last)) if last else []
        if last < end:  # the end of a line is looked for as its line break
            line = bytes(data[last:end]) + b"\n"
            found = self._find_lines(line, len(line), self._hits(line, len(line)))
            lines += [last + start for start in found]
        return lines

    def _hits(self, data: Data, end: int) -> list[int]:
        """Where an expression ends, with its number, in order."""
        hits: list[int] = []
        put = hits.append

        def see(number: int, _start: int, stop: int, _flags: int, _context: object) -> None:
            put(stop << _BITS | number)

        with memoryview(data) as view, view[:end] as part:
            self._database.scan(part, match_event_handler=see)  # type: ignore[type-var]  # any buffer
        hits.sort()
        return hits

    def _find_lines(self, data: Data, end: int, hits: list[int]) -> list[int]:
        """The lines of hits, which are in order."""
        lines: list[int] = []
        near = Companions(data, end)
        start, stop, found = 0, -1, False
        for hit in hits:
            at = hit >> _BITS
            if at - 1 > stop:
                start = data.rfind(b"\n", stop + 1, at - 1) + 1 or stop + 1
                stop = data.find(b"\n", at - 1, end)
            elif found:
                continue
            ways = self._ways[hit & _MASK]
            found = ways is None or _look(ways, data, at, (start, stop), near)
            if found:
                lines.append(start)
        return lines


def _look(
    ways: Sequence[Way], data: Data, at: int, line: tuple[int, int], near: Companions
) -> bool:
    """Whether a literal, with what leads on to `at`, stands as one of its signals asks."""
    start, _ = line
    for way in ways:
        first = data.rfind(way.literal, max(start, at - len(way.literal) - _LONGEST_LEAD), at)
        if first >= 0 and way.stands(data, first, line, near):
            return True
    return False


@lru_cache(maxsize=4)
def compile_signals(signals: Signals) -> tuple[hyperscan.Database, list[list[Way] | None]]:
    """The database of some signals, and for each of its expressions what is left to see.

    Remembered, as it takes a while. None: the expression is the whole signal.
    """
    whole: list[bytes] = []
    parts: dict[bytes, list[Way]] = {}
    for signal in signals.items:
        if not signal.leads:
            whole += signal.spellings
            continue
        way = Way(signal)
        for literal in _literals(signal):
            parts.setdefault(literal, []).append(way)
    database = open_database([*whole, *parts])
    return database, [*([None] * len(whole)), *parts.values()]


def _literals(signal: Signal) -> Iterator[bytes]:
    """What to look for, where only the leads of a signal are looked for."""
    for lead in signal.leads:
        literal = escape(signal.literal) + lead
        yield from (escape(start) + literal for start in starts_of(signal, len(literal)))
