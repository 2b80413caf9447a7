"""The engine over Hyperscan: all signals in one pass, at the speed of memory. Needs its package."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from errdecode.scan.engines.interface import Companions, Data, Engine
from errdecode.scan.engines.kept import open_database
from errdecode.scan.signals import Signal, Signals, Start
from errdecode.scan.signals.model import escape

if TYPE_CHECKING:
    import hyperscan

_BITS = 16
_MASK = (1 << _BITS) - 1
"""A hit is the place where an expression ends, shifted, and the expression's number."""
_LONGEST_LEAD = 80
"""Bytes that a lead has at the most."""
_LONGEST_STARTS = {
    Start.NONE: 0,
    Start.BRACE: 1,
    Start.BRACKET: 1,
    Start.AMPERSAND: 1,
    Start.QUOTE: 4,
    Start.TAG: 6,
    Start.ELEMENT: 37,
    Start.INSIDE: 66,
    Start.LINE: 35,
    Start.INDENT: 98,
}
"""Bytes that the start of a signal has at the most."""
_STARTS = {
    start: re.compile(b"(?:" + b"|".join(start.value) + b")$", re.MULTILINE) for start in Start
}
"""What stands before a literal, up to it."""


def open_hyperscan(signals: Signals) -> Engine | None:
    """The engine; None where the package is not installed or does not run on this processor."""
    try:
        return Hyperscan(signals)
    except (ImportError, OSError):
        return None


class _Way:
    """What is left to see about a hit: a literal of a signal, with a lead."""

    def __init__(self, signal: Signal) -> None:
        self._signal = signal
        self.literal = signal.literal
        self.companion = signal.companion
        self.before = _STARTS[signal.start]
        self.size = _LONGEST_STARTS[signal.start]
        """Bytes that the start has at the most."""

    @cached_property
    def behind(self) -> re.Pattern[bytes]:
        """The literal and the rest; compiled when there is a hit, as most have none."""
        return re.compile(escape(self.literal) + self._signal.rest, re.MULTILINE)


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
    ways: Sequence[_Way], data: Data, at: int, line: tuple[int, int], near: Companions
) -> bool:
    """Whether a literal, with what leads on to `at`, stands as one of its signals asks."""
    start, stop = line
    for way in ways:
        first = data.rfind(way.literal, max(start, at - len(way.literal) - _LONGEST_LEAD), at)
        if first < 0 or not (hit := way.behind.match(data, first, stop)):
            continue
        if way.before.search(data, max(start, first - way.size), first) and (
            not way.companion or near.near(way.companion, start, stop, hit.end())
        ):
            return True
    return False


@lru_cache(maxsize=4)
def compile_signals(signals: Signals) -> tuple[hyperscan.Database, list[list[_Way] | None]]:
    """The database of some signals, and for each of its expressions what is left to see.

    Remembered, as it takes a while. None: the expression is the whole signal.
    """
    whole: list[bytes] = []
    parts: dict[bytes, list[_Way]] = {}
    for signal in signals.items:
        if not signal.leads:
            whole += signal.spellings
            continue
        way = _Way(signal)
        for literal in _literals(signal):
            parts.setdefault(literal, []).append(way)
    database = open_database([*whole, *parts])
    return database, [*([None] * len(whole)), *parts.values()]


def _literals(signal: Signal) -> Iterator[bytes]:
    """What to look for, where only the leads of a signal are looked for.

    Where the start is a few bytes, they are looked for with it, unless the rest is long.
    """
    for lead in signal.leads:
        literal = escape(signal.literal) + lead
        is_long = signal.start is Start.QUOTE and len(literal) >= _LONG_ENOUGH
        starts = (b"",) if is_long else _SOLID.get(signal.start, (b"",))
        yield from (escape(start) + literal for start in starts)


_SOLID = {
    Start.QUOTE: (b'"', b"'", b"\\x22"),
    Start.BRACE: (b"{",),
    Start.BRACKET: (b"[",),
    Start.AMPERSAND: (b"&",),
    Start.ELEMENT: (b"<", b":", b"\\u003c", b"\\u003C"),
    Start.TAG: (b"<", b"\\u003c", b"\\u003C"),
    Start.INDENT: (b"  ", b"\t"),
}
"""Starts that are a few bytes as they are."""
_LONG_ENOUGH = 9
"""Bytes of a literal that needs nothing before it to stand in few places."""
