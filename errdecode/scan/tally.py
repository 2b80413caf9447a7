"""What a scan counts: groups of errors and what could not be read; small, masked and mergeable.

The tallies of any parts of a log, merged in any order, are equal to the tally of the whole.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable
from typing import TypeVar

from errdecode.scan.fault import Fault, Key, hide_key, key_of
from errdecode.scan.frames import TOO_MANY, Crowd
from errdecode.scan.masking import hide_often
from errdecode.scan.model import Group, Place, Sighting, Unreadable
from errdecode.scan.sample import fingerprint

LISTED = 100
"""Unreadable candidates that are kept; all are counted."""
GROUPS = 1000
"""Groups that are kept apart; what more there are is counted by what messages share."""
SPARE = 250
"""Groups above the limit that may wait to be put together."""
TOGETHER = 4096
"""Errors that are counted at once."""

_Counted = TypeVar("_Counted", int, str)
_Rank = tuple[bool, bool, int]


class Tally:
    """Errors counted by group; it holds no secret, and may leave the process it was made in."""

    __slots__ = (
        "_at_hand",
        "_waiting",
        "_worst",
        "crowd",
        "errors",
        "groups",
        "listed",
        "show_secrets",
        "unreadable",
    )

    def __init__(self, *, show_secrets: bool = False) -> None:
        self.show_secrets = show_secrets
        self.errors = 0
        self.groups: dict[_Rank, Fault] = {}
        """By rank: what a group is kept for, and a fingerprint of its key as it was sent."""
        self.crowd = Crowd()
        """The groups of the last ranks, when there are too many."""
        self.unreadable = 0
        self.listed: list[Unreadable] = []
        """The first ones, by place."""
        self._at_hand: dict[Key, Fault] = {}
        self._waiting: list[Sighting] = []
        """Errors that are to be counted; they are not masked, and never leave."""
        self._worst: _Rank | None = None
        """The last rank that is kept, once there are as many groups as may be."""

    def add(self, item: Sighting | Unreadable) -> None:
        """Count an error, or what could not be read."""
        if isinstance(item, Unreadable):
            self.unreadable += 1
            self._list(item, masked=self.show_secrets)
            return
        self.errors += 1
        self._waiting.append(item)
        if len(self._waiting) >= TOGETHER:
            self.sort_in()

    def merge(self, other: Tally) -> Tally:
        """Add all that another tally counted; returns this one."""
        self.sort_in()
        other.sort_in()
        self.errors += other.errors
        self.unreadable += other.unreadable
        for item in other.listed:
            self._list(item, masked=True)
        self.crowd.merge(other.crowd)
        for rank, fault in other.groups.items():
            if rank in self.groups:
                self.groups[rank].merge(fault)
            else:
                self.groups[rank] = fault.copy()
        self._trim()
        return self

    def shift(self, lines: int) -> None:
        """Let all places stand so many lines further down: the tally of a part of a file."""
        for fault in self.faults():
            fault.shift(lines)
        self.listed = [
            item._replace(place=item.place._replace(line=item.place.line + lines))
            for item in self.listed
        ]

    def faults(self) -> list[Fault]:
        """The groups: the most frequent first, then by when they began and what they are."""
        self.sort_in()
        return sorted((*self.groups.values(), *self.crowd.faults()), key=_order)

    def __getstate__(self) -> tuple[object, ...]:
        """All but what is at hand: it is keyed by what was sent, secrets included."""
        self.sort_in()
        return (
            self.show_secrets,
            self.errors,
            self.groups,
            self.crowd,
            self.unreadable,
            self.listed,
        )

    def __setstate__(self, state: tuple[object, ...]) -> None:
        """Take up what another process counted."""
        names = ("show_secrets", "errors", "groups", "crowd", "unreadable", "listed")
        for name, value in zip(names, state, strict=True):
            setattr(self, name, value)
        self._at_hand, self._worst, self._waiting = {}, None, []
        self._trim()

    def sort_in(self) -> None:
        """Count the errors that wait, those of a group together; whatever is asked does so."""
        groups: dict[Key, list[Sighting]] = {}
        for item in self._waiting:
            key = key_of(item)
            if key in groups:
                groups[key].append(item)
            else:
                groups[key] = [item]
        self._waiting.clear()
        for key, items in groups.items():
            fault = self._at_hand.get(key) or self._fault(key)
            fault.add(items, show_secrets=self.show_secrets)
        self._trim()

    def _fault(self, key: Key) -> Fault:
        """The group of a key, which is made if need be."""
        rank = _rank(key)
        fault = self.groups.get(rank)
        if fault is None:
            if len(self.groups) > GROUPS + SPARE:
                self._trim()
            shown = key if self.show_secrets else hide_key(key)
            if self._worst is not None and rank > self._worst:
                return self.crowd.group(shown)
            fault = self.groups[rank] = Fault(shown)
        self._at_hand[key] = fault
        return fault

    def _trim(self) -> None:
        """Keep no more groups apart than may be: those of the first ranks."""
        if len(self.groups) > GROUPS:
            for rank in sorted(self.groups)[GROUPS:]:
                self.crowd.take_in(self.groups.pop(rank))
            self._at_hand.clear()
        if len(self.groups) == GROUPS:
            self._worst = max(self.groups)
        self.crowd.trim()

    def _list(self, item: Unreadable, *, masked: bool) -> None:
        if len(self.listed) < LISTED or item.place < self.listed[-1].place:
            if not masked:
                item = item._replace(reason=hide_often(item.reason))
            insort(self.listed, item, key=_place)
            del self.listed[LISTED:]


def merge(tallies: Iterable[Tally], *, show_secrets: bool = False) -> Tally:
    """One tally of many."""
    whole = Tally(show_secrets=show_secrets)
    for tally in tallies:
        whole.merge(tally)
    return whole


def finish(tally: Tally, name_of: Callable[[str], str] | None = None) -> tuple[Group, ...]:
    """The groups as they are shown, numbered, with what follows from what.

    `name_of` gives what people call a format, by its id.
    """
    from errdecode.scan.cascade import find_links

    faults = settle(tally)
    links = find_links(faults)
    return tuple(
        freeze(fault, number, name_of)._replace(
            follows=tuple(f"group {link.cause}: {link.reason}" for link in links.get(number, ())),
            causes=tuple(link.cause for link in links.get(number, ())),
        )
        for number, fault in enumerate(faults, 1)
    )


def settle(tally: Tally) -> list[Fault]:
    """The groups as they are shown: those whose messages differ in names alone are one.

    The tally stays as it is.
    """
    from errdecode.scan.mining import merge_alike

    tally.sort_in()
    telling, rest = tally.crowd.settle()
    return sorted((*merge_alike((*tally.groups.values(), *telling)), *rest), key=_order)


def freeze(fault: Fault, number: int, name_of: Callable[[str], str] | None = None) -> Group:
    """One group; `number` is 1-based."""
    format, code, pointer, message = fault.key
    best = fault.exemplars[0]
    statuses, verdicts = _by_count(fault.statuses), _by_count(fault.verdicts)
    return Group(
        number,
        format,
        name_of(format) if format and name_of else None,
        code,
        pointer,
        message,
        None if message == TOO_MANY else best.title,
        statuses[0][0] if statuses else None,
        verdicts[0][0] if len(verdicts) == 1 else "unknown",
        _only(fault, "actor"),
        fault.count,
        fault.first,
        fault.last,
        fault.times.freeze(),
        tuple(fault.exemplars),
        fault.files.count(),
        varied=tuple(_variety(fault)),
        statuses=statuses,
        verdicts=verdicts,
    )


def _by_count(counts: dict[_Counted, int]) -> tuple[tuple[_Counted, int], ...]:
    """Values with how many there are of each, the most frequent first."""
    return tuple(sorted(sorted(counts.items()), key=lambda one: -one[1]))


def _only(fault: Fault, name: str) -> str | None:
    """The value of a member, where all errors of a group that have one have the same."""
    values = fault.varied[name].values() if name in fault.varied else []
    return values[0] if len(values) == 1 else None


def _variety(fault: Fault) -> Iterable[tuple[str, str]]:
    """What differed among the errors of a group, in words."""
    for name, counts in (
        ("status", _by_count(fault.statuses)),
        ("verdict", _by_count(fault.verdicts)),
    ):
        if len(counts) > 1:
            yield name, ", ".join(f"{value} in {count:,}" for value, count in counts)
    for name, sample in sorted(fault.varied.items()):
        if len(sample.kept) > 1:
            shown = " · ".join(sorted(sample.values()))
            yield name, f"{shown} · and more" if sample.dropped else shown


def _rank(key: Key) -> _Rank:
    """What is kept first when there are too many: what is documented, and what bears a code."""
    spelled = "\0".join("" if part is None else f"={part}" for part in key)
    return (key.format is None, key.code is None, fingerprint(spelled))


def _order(fault: Fault) -> tuple[int, bool, float, tuple[str, ...], Place | None]:
    spelled = tuple("" if part is None else f"={part}" for part in fault.key)
    first = fault.exemplars[0].place if fault.exemplars else None
    return (-fault.count, fault.first is None, fault.first or 0.0, spelled, first)


def _place(item: Unreadable) -> tuple[str, int, int]:
    return item.place
