"""The engine of the standard library alone: one pass of `re` for each first byte of a signal, or
for little input, one of `find` for each literal.

`re` runs through bytes fastest when an expression begins with one byte as it is; then a tree of
literals decides. Bytes that are rare in the buffer are looked for with `find`, which is faster yet;
quotes, of which logs are full, in an image of the buffer: see `openers`. What may stand anywhere is
found in one pass for it all: see `anchors`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from errdecode.scan.engines.anchors import anchor_of, anchored
from errdecode.scan.engines.interface import Companions, Data
from errdecode.scan.engines.literals import Literals
from errdecode.scan.engines.openers import Openers, to_image
from errdecode.scan.engines.tree import alternatives
from errdecode.scan.signals import Signal, Signals, Start

LITTLE = 400_000
"""Bytes in which literals are found before the expressions are compiled that find them at once."""
_PROBE = 1 << 16
_RARE = 300
"""A first byte is rare when it stands in fewer than one of so many bytes of the buffer's probe."""
_SELDOM = 600
"""The same for quotes."""
_QUOTE = rb"[\"']"
_PATIENCE = 1000
"""Places at which a search for a rare byte may stop in vain, beside those that were expected."""

_Search = Callable[[Data, int, int], "re.Match[bytes] | None"]


class _Pass:
    """All signals that begin with the same bytes; compiled when those bytes are seen."""

    def __init__(self, first: bytes, members: list[tuple[bytes, Signal]]) -> None:
        self.first = first
        """What they begin with, as it is; empty for those that may stand anywhere."""
        self._members = members

    @cached_property
    def all(self) -> re.Pattern[bytes]:
        """One expression for them all; a group that takes part says: a companion is asked for."""
        return _join(self.first, self._members)

    @cached_property
    def openers(self) -> Openers:
        """Where to look, for signals behind a quote."""
        return Openers(signal for _, signal in self._members)

    @cached_property
    def plain(self) -> re.Pattern[bytes] | None:
        """Those of them without a companion."""
        plain = [member for member in self._members if not member[1].companion]
        return _join(self.first, plain) if plain else None

    @cached_property
    def paired(self) -> tuple[tuple[re.Pattern[bytes], bytes], ...]:
        """The others, each with its companion."""
        paired = [member for member in self._members if member[1].companion]
        return tuple((_join(self.first, [one]), one[1].companion) for one in paired)


class Stdlib:
    """Finds signal lines."""

    name = "stdlib"

    def __init__(self, signals: Signals, little: int = LITTLE) -> None:
        self._signals = signals
        self._little = little

    @cached_property
    def _literals(self) -> Literals:
        return Literals(self._signals)

    @cached_property
    def _passes(self) -> tuple[_Pass, ...]:
        return tuple(_plan(self._signals.items))

    def lines(self, data: Data, end: int) -> list[int]:
        """Where the lines begin that bear a signal; see `Engine`."""
        if end <= self._little:
            self._little -= end
            return self._literals.lines(data, end)
        self._little = 0
        found: set[int] = set()
        for one in self._passes:
            if one.first == b"\n" and data[:1] != b"\n":
                first = b"\n" + data[: (data.find(b"\n", 0, end) + 1 or end + 1) - 1]
                found.update([0] if one.all.match(first) else [])
        for one in self._passes:
            _run(one, data, end, found)
        return sorted(found)


def _run(one: _Pass, data: Data, end: int, found: set[int]) -> None:
    """Add the lines in which a signal of one pass stands."""
    if not one.first:
        _add(one, data, end, found, one.all.search)
        return
    if one.first != b'"':
        if data.find(one.first, 0, end) >= 0:
            plain: _Search = one.all.search
            _add(one, data, end, found, _jumping(one, one.first, data, end, plain) or plain)
        return
    search = _opened_search(one)
    if data.count(b'"', 0, min(end, _PROBE)) * _SELDOM > min(end, _PROBE):
        _add(one, data, end, found, search)
        return
    for quote in (b'"', b"'"):
        _add(one, data, end, found, _jumping(one, quote, data, end, search) or search)


def _add(one: _Pass, data: Data, end: int, found: set[int], search: _Search) -> None:
    """Add the lines in which a search finds something, and its companion is near."""
    near = Companions(data, end)
    at, start, stop = 0, 0, -1
    while (hit := search(data, at, end)) is not None:
        last = hit.end() - 1
        if last >= stop:
            start = data.rfind(b"\n", stop + 1, last) + 1 or stop + 1
            stop = data.find(b"\n", last, end)
            stop = end if stop < 0 else stop
        paired = hit.lastindex is not None
        if paired and not _is_paired(one, data, hit.start(), (start, stop), near):
            at = hit.start() + 1
            continue
        found.add(start)
        at = stop


def _jumping(one: _Pass, first: bytes, data: Data, end: int, other: _Search) -> _Search | None:
    """A search that jumps from one first byte to the next; None where there are many of them.

    It goes on as the other one where more of them follow than expected.
    """
    probe = min(end, _PROBE)
    quoted = one.first == b'"'
    if data.count(first, 0, probe) * (_SELDOM if quoted else _RARE) > probe:
        return None
    match = one.all.match
    left = _PATIENCE + end // (_SELDOM if quoted else _RARE)

    def search(data: Data, at: int, end: int) -> re.Match[bytes] | None:
        nonlocal left
        while left:
            at = data.find(first, at, end)
            if at < 0:
                return None
            closing = quoted and at and data[at - 1 : at].isalnum()
            if not closing and (hit := match(data, at, end)) is not None:
                return hit
            at += 1
            left -= 1
        return other(data, at, end)

    return search


def _opened_search(one: _Pass) -> _Search:
    """A search that jumps from one opening quote that a signal may follow to the next."""
    match, find = one.all.match, one.openers.find
    images: list[Data] = []

    def search(data: Data, at: int, end: int) -> re.Match[bytes] | None:
        if at == 0 and (hit := match(data, 0, end)):
            return hit
        images[:] = images or [to_image(data)]
        while (at := find(images[0], at, end)) >= 0:
            if (hit := match(data, at, end)) is not None:
                return hit
            at += 1
        return None

    return search


def _is_paired(one: _Pass, data: Data, at: int, line: tuple[int, int], near: Companions) -> bool:
    """Whether a signal begins there that asks for no companion, or for one that is near.

    `line` is where the line starts and stops.
    """
    start, stop = line
    if one.plain and one.plain.match(data, at, stop):
        return True
    for pattern, companion in one.paired:
        hit = pattern.match(data, at, stop)
        if hit and near.near(companion, start, stop, hit.end()):
            return True
    return False


def _plan(signals: Iterable[Signal]) -> Iterator[_Pass]:
    """Sort signals by the bytes that they begin with."""
    groups: dict[bytes, list[tuple[bytes, Signal]]] = {}
    for signal in signals:
        if signal.start is Start.NONE:
            common = anchor_of(signal.literal) is None
            groups.setdefault(signal.literal if common else b"", []).append((b"", signal))
            continue
        for start in signal.start.value:
            first, rest = (b'"', b"") if start.endswith(_QUOTE) else _split(start)
            groups.setdefault(first, []).append((rest, signal))
    for first, members in groups.items():
        yield _Pass(first, members)


def _split(start: bytes) -> tuple[bytes, bytes]:
    """The first byte of what a start looks like, as it is, and the rest as an expression."""
    if start[:1] == b"^":
        return b"\n", start[1:]
    return (start[1:2], start[2:]) if start[:1] == b"\\" else (start[:1], start[1:])


def _join(first: bytes, members: list[tuple[bytes, Signal]]) -> re.Pattern[bytes]:
    """One expression for signals that begin with the same bytes, those of one kind together."""
    kinds: dict[bytes, list[tuple[bytes, bytes]]] = {}
    for rest, signal in members:
        literal, behind = signal.literal, signal.rest + (b"()" if signal.companion else b"")
        if signal.start is Start.NONE:
            literal, behind = (b"", behind) if first else anchored(literal, behind)
        kinds.setdefault(rest, []).append((literal, behind))
    ways = [rest + alternatives(branches) for rest, branches in kinds.items()]
    head = _QUOTE if first == b'"' else re.escape(first)
    return re.compile(head + b"(?:" + b"|".join(ways) + b")", re.MULTILINE)
