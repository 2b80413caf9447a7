"""The errors of one group, counted: what is kept of them is small, masked, and the same in whatever
order they come."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import nsmallest
from typing import TypeVar

from errdecode.model.record import NamedTuple
from errdecode.scan.histogram import LATEST, Timeline, usable
from errdecode.scan.masking import hide, hide_often, hide_sighting
from errdecode.scan.model import Sighting
from errdecode.scan.sample import Sample, fingerprint, quick_hash
from errdecode.scan.templates import VARIES, join, words_of

_Counted = TypeVar("_Counted")

EXEMPLARS = 3
IDS = 128
"""Request ids, and trace ids, that are kept of a group."""
FILES = 4096
"""Files of a group that are told apart; above it, their number is an estimate."""
VALUES = 4
"""Different values that are kept of each member that may vary within a group."""


class Key(NamedTuple):
    """What errors of one group have in common."""

    format: str | None
    code: str | None
    pointer: str | None
    message: str | None
    """Only where there is no code."""


class Mark(NamedTuple):
    """When and where an id was first met; marks of one group are compared as they stand."""

    time: float
    """Infinite when the log does not say."""
    file: str
    offset: int


def key_of(sighting: Sighting) -> Key:
    """The key of a sighting's group; where an error says nothing, what its status means."""
    message = (sighting.message or sighting.title) if sighting.code is None else None
    return Key(sighting.format, sighting.code, sighting.pointer, message)


class Fault:
    """The errors of one group."""

    __slots__ = (
        "count",
        "exemplars",
        "files",
        "first",
        "key",
        "last",
        "requests",
        "statuses",
        "times",
        "traces",
        "varied",
        "verdicts",
    )

    def __init__(self, key: Key) -> None:
        self.key = key
        """Masked."""
        self.count = 0
        self.first: float | None = None
        self.last: float | None = None
        self.times = Timeline()
        self.exemplars: list[Sighting] = []
        """Masked, the most complete first."""
        self.files: Sample[str] = Sample(FILES)
        self.statuses: dict[int, int] = {}
        self.verdicts: dict[str, int] = {}
        self.requests: Sample[Mark] = Sample(IDS)
        self.traces: Sample[Mark] = Sample(IDS)
        self.varied: dict[str, Sample[str]] = {}

    def add(self, sightings: Sequence[Sighting], *, show_secrets: bool = False) -> None:
        """Count some sightings, at least one: the more at once, the faster."""
        self.count += len(sightings)
        contexts = [one.context for one in sightings]
        times = [t for c in contexts if (t := c.time) is not None and 0 <= t < LATEST]
        if times:
            self.first = _either(min, self.first, min(times))
            self.last = _either(max, self.last, max(times))
            self.times.add(times)
        statuses = [s for one in sightings if (s := one.status) is not None and 100 <= s <= 599]
        _add_counts(self.statuses, Counter(statuses))
        _add_counts(self.verdicts, Counter([one.verdict for one in sightings]))
        for file in {one.place.file for one in sightings}:
            self.files.add(fingerprint(file), "")
        _note_ids(
            self.requests, [(c.request_id, one) for c, one in zip(contexts, sightings, strict=True)]
        )
        _note_ids(
            self.traces, [(c.trace_id, one) for c, one in zip(contexts, sightings, strict=True)]
        )
        for name, values in _members(sightings):
            self._note(name, values, show_secrets=show_secrets)
        self._offer(sightings, show_secrets=show_secrets)

    def merge(self, other: Fault) -> None:
        """Add the errors of another tally's same group."""
        self.key = min(self.key, other.key, key=_spelling)
        self.count += other.count
        self.first = _either(min, self.first, other.first)
        self.last = _either(max, self.last, other.last)
        self.times.merge(other.times)
        _add_counts(self.statuses, other.statuses)
        _add_counts(self.verdicts, other.verdicts)
        self.files.merge(other.files)
        self.requests.merge(other.requests)
        self.traces.merge(other.traces)
        for name, sample in other.varied.items():
            self.varied.setdefault(name, Sample(VALUES)).merge(sample)
        for sighting in other.exemplars:
            insort(self.exemplars, sighting, key=_rank)
        del self.exemplars[EXEMPLARS:]

    def copy(self) -> Fault:
        """The same group; what is added to the one is not in the other."""
        new = Fault(self.key)
        new.merge(self)
        return new

    def take_in(self, other: Fault) -> None:
        """Add a group that differs in its message: what all share of it remains."""
        own = self.key
        self.merge(other)
        self.key = own
        if "message" not in other.varied:
            self.note("message", other.key.message)
        self.widen(other.key.message)

    def widen(self, message: str | None) -> None:
        """Keep of this group's message what it shares with another one, masked too."""
        shared = join(words_of(self.key.message or ""), words_of(message or ""))
        self.key = self.key._replace(message=" ".join(shared) or VARIES)

    def note(self, name: str, value: str | None) -> None:
        """Take note of a value of a member, masked, in which the errors of this group differ."""
        if value:
            self.varied.setdefault(name, Sample(VALUES)).add(quick_hash(value), value)

    def shift(self, lines: int) -> None:
        """Let all places stand so many lines further down."""
        self.exemplars = [
            one._replace(place=one.place._replace(line=one.place.line + lines))
            for one in self.exemplars
        ]

    def _note(self, name: str, values: set[str | None], *, show_secrets: bool) -> None:
        sample = self.varied.get(name)
        for value in values:
            if not value:
                continue
            if sample is None:
                sample = self.varied[name] = Sample(VALUES)
            key = quick_hash(value)
            if sample.wants(key):
                sample.add(key, value if show_secrets else hide_often(value))

    def _offer(self, sightings: Sequence[Sighting], *, show_secrets: bool) -> None:
        """Take those for exemplars that are better than what there is."""
        if len(self.exemplars) == EXEMPLARS:
            worst = self.exemplars[-1]
            least, before = worst.completeness, worst.place
            sightings = [
                one
                for one in sightings
                if one.completeness >= least and (one.completeness > least or one.place < before)
            ]
        for one in nsmallest(EXEMPLARS, sightings, key=_rank):
            shown = one if show_secrets else hide_sighting(one)
            insort(self.exemplars, _with_usable_time(shown), key=_rank)
        del self.exemplars[EXEMPLARS:]


def _add_counts(counts: dict[_Counted, int], more: Mapping[_Counted, int]) -> None:
    for value, count in more.items():
        counts[value] = counts.get(value, 0) + count


def _note_ids(sample: Sample[Mark], found: list[tuple[str | None, Sighting]]) -> None:
    for id, one in found:
        if id:
            key = quick_hash(id)
            if key <= sample.top or sample.wants(key):
                time = usable(one.context.time)
                sample.add(key, Mark(float("inf") if time is None else time, *one.place[:2]))


def hide_key(key: Key) -> Key:
    """Mask what a key says."""
    return Key(key.format, hide(key.code), hide(key.pointer), hide(key.message))


def _members(sightings: Sequence[Sighting]) -> Iterator[tuple[str, set[str | None]]]:
    """What may differ among the errors of a group: each value once."""
    if sightings[0].code is not None:
        yield "message", {one.message for one in sightings}
    yield "title", {one.title for one in sightings}
    requests = {(one.context.method, one.context.url) for one in sightings}
    paths = {(method, url and url.partition("?")[0]) for method, url in requests}
    yield "request", {" ".join(filter(None, pair)) for pair in paths}
    yield "level", {one.context.level for one in sightings}
    yield "wrapper", {one.wrapper for one in sightings}
    yield "confidence", {one.confidence for one in sightings}
    yield "actor", {one.actor for one in sightings}


def _rank(sighting: Sighting) -> tuple[int, str, int]:
    return (-sighting.completeness, sighting.place.file, sighting.place.offset)


def _with_usable_time(sighting: Sighting) -> Sighting:
    context = sighting.context
    return sighting._replace(context=context._replace(time=usable(context.time)))


def _spelling(key: Key) -> tuple[str, ...]:
    return tuple("" if part is None else f"={part}" for part in key)


def _either(
    choose: Callable[[float, float], float], one: float | None, other: float | None
) -> float | None:
    if one is None or other is None:
        return other if one is None else one
    return choose(one, other)
