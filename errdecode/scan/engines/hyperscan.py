"""The engine over Hyperscan: all signals in one pass, at the speed of memory. Needs its package."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from errdecode.scan.engines.interface import Companions, Data, Engine
from errdecode.scan.signals import Signal, Signals, Start
from errdecode.scan.signals.model import escape

if TYPE_CHECKING:
    import hyperscan

_LONGEST_START = 80
"""Bytes that the start of a rare signal has at the most."""
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


class _Way(NamedTuple):
    """What is left to see about a hit, which is a rare literal without what it stands in."""

    size: int
    """Bytes before the hit's end, behind which the start must stand."""
    before: re.Pattern[bytes]
    behind: re.Pattern[bytes]


class Hyperscan:
    """Finds signal lines with a database of all signals, in block mode.

    Most formats are told by a name or a text that hardly stands anywhere. Of these only the literal
    is in the database, which keeps it small; what stands around a hit is seen to here.
    """

    name = "hyperscan"

    def __init__(self, signals: Signals) -> None:
        self._database, self._marks = compile_signals(signals)

    def lines(self, data: Data, end: int) -> list[int]:
        """Where the lines begin that bear a signal; see `Engine`."""
        hits: list[tuple[int, int]] = []
        put = hits.append

        def see(number: int, _start: int, stop: int, _flags: int, _context: object) -> None:
            put((stop, number))

        with memoryview(data) as view, view[:end] as part:
            self._database.scan(part, match_event_handler=see)  # type: ignore[type-var]  # any buffer
        hits.sort()
        return self._find_lines(data, end, hits)

    def _find_lines(self, data: Data, end: int, hits: list[tuple[int, int]]) -> list[int]:
        """The lines of hits: places where an expression ends, and its number; in order."""
        lines: list[int] = []
        near = Companions(data, end)
        start, stop, found = 0, -1, False
        for at, number in hits:
            if at > stop:
                start = data.rfind(b"\n", stop + 1, at) + 1 or stop + 1
                stop = data.find(b"\n", at, end)
                stop = end if stop < 0 else stop
            elif found:
                continue
            mark = self._marks[number]
            if mark is None:
                found = True
            elif isinstance(mark, bytes):
                found = near.near(mark, start, stop, at)
            else:
                found = _look(mark, data, at, start, stop)
            if found:
                lines.append(start)
        return lines


def _look(ways: Sequence[_Way], data: Data, at: int, start: int, stop: int) -> bool:
    """Whether a rare literal that ends at `at` stands as one of its signals asks."""
    for way in ways:
        first = at - way.size
        if way.behind.match(data, at, stop) and way.before.search(
            data, max(start, first - _LONGEST_START), first
        ):
            return True
    return False


_Mark = None | bytes | list[_Way]
"""What an expression of the database asks for besides: nothing, a companion, or a closer look."""


@lru_cache(maxsize=4)
def compile_signals(signals: Signals) -> tuple[hyperscan.Database, list[_Mark]]:
    """The database of some signals, and what each of its expressions asks for besides.

    Remembered, as it takes a while.
    """
    import hyperscan

    patterns: list[bytes] = []
    marks: list[_Mark] = []
    rare: dict[bytes, list[_Way]] = {}
    for signal in signals.items:
        if signal.rare:
            for literal, before in _literals(signal):
                behind = re.compile(signal.rest, re.MULTILINE)
                way = _Way(len(signal.literal), _STARTS[before], behind)
                rare.setdefault(literal, []).append(way)
            continue
        patterns += signal.spellings
        marks += [signal.companion or None] * len(signal.spellings)
    for literal, ways in rare.items():
        patterns.append(escape(literal))
        marks.append(ways)
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    flags = [hyperscan.HS_FLAG_MULTILINE] * len(patterns)
    database.compile(expressions=patterns, ids=list(range(len(patterns))), flags=flags)
    return database, marks


def _literals(signal: Signal) -> list[tuple[bytes, Start]]:
    """What to look for, for a rare signal, and what must stand before it.

    Where the start is a few bytes, they are looked for with it.
    """
    if signal.start is Start.INDENT:
        return [(blank + signal.literal, signal.start) for blank in _INDENTS]
    is_long = signal.start is Start.QUOTE and len(signal.literal) >= _LONG_ENOUGH
    if signal.start not in _SOLID or is_long:
        return [(signal.literal, signal.start)]
    return [(start + signal.literal, Start.NONE) for start in _SOLID[signal.start]]


_SOLID = {
    Start.QUOTE: (b'"', b"'", b"\\x22"),
    Start.BRACE: (b"{",),
    Start.NONE: (b"",),
    Start.TAG: (b"<", b"\\u003c", b"\\u003C"),
}
"""Starts that are a few bytes as they are."""
_LONG_ENOUGH = 9
"""Bytes of a literal that needs nothing before it to stand in few places."""
_INDENTS = (b"  ", b"\t")
