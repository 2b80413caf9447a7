"""What is left to see about a literal that was found: whether it stands as a signal asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from errdecode.scan.engines.interface import Companions, Data
from errdecode.scan.signals import Signal, Start
from errdecode.scan.signals.model import escape

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
_SOLID = {
    Start.QUOTE: (b'"', b"'", b"\\x22"),
    Start.BRACE: (b"{",),
    Start.BRACKET: (b"[",),
    Start.AMPERSAND: (b"&",),
    Start.ELEMENT: (b"<", b":", b"\\u003c", b"\\u003C"),
    Start.TAG: (b"<", b"\\u003c", b"\\u003C"),
    Start.INDENT: (b"  ", b"\t"),
}
"""The last bytes of starts that end with a few bytes as they are."""
_LONG_ENOUGH = 9
"""Bytes of a literal that needs nothing before it to stand in few places."""


class Way:
    """A signal, to be looked at where its literal stands."""

    def __init__(self, signal: Signal) -> None:
        self._signal = signal
        self.literal = signal.literal
        self._before = _STARTS[signal.start]
        self._size = _LONGEST_STARTS[signal.start]

    @cached_property
    def _behind(self) -> re.Pattern[bytes]:
        """The literal and the rest; compiled when there is a hit, as most have none."""
        return re.compile(escape(self.literal) + self._signal.rest, re.MULTILINE)

    def stands(self, data: Data, at: int, line: tuple[int, int], near: Companions) -> bool:
        """Whether the signal is there, its literal at a byte; `line` is where the line starts and
        stops."""
        start, stop = line
        hit = self._behind.match(data, at, stop)
        if hit is None or not self._before.search(data, max(start, at - self._size), at):
            return False
        companion = self._signal.companion
        return not companion or near.near(companion, start, stop, hit.end())


def starts_of(signal: Signal, length: int) -> Iterator[bytes]:
    """What stands right before a literal and is looked for with it, which is of so many bytes: one
    of a few, or nothing."""
    is_long = signal.start is Start.QUOTE and length >= _LONG_ENOUGH
    yield from (b"",) if is_long else _SOLID.get(signal.start, (b"",))
