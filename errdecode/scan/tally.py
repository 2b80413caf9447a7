"""What a scan counts: groups of errors and what could not be read; small, masked and mergeable.

The tallies of any parts of a log, merged in any order, are equal to the tally of the whole.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable

from errdecode.scan.fault import Fault, Key, hide_key, key_of
from errdecode.scan.frames import Frame, frame_of
from errdecode.scan.frames import Rank as FrameRank
from errdecode.scan.masking import hide_often
from errdecode.scan.model import Group, Place, Sighting, Unreadable
from errdecode.scan.sample import fingerprint
from errdecode.scan.templates import says_enough, words_of

LISTED = 100
"""Unreadable candidates that are kept; all are counted."""
GROUPS = 1000
"""Groups that are kept apart; of what more there are, messages of one frame are one group."""
SPARE = 250
"""Groups above the limit that may wait to be put together."""
ROOM = 2000
"""Groups that frames of messages may have; what more there are is one group for each format."""
TOGETHER = 4096
"""Errors that are counted at once."""
TOO_MANY = "… (too many different messages to tell them apart)"

_Rank = tuple[bool, bool, int]


class Tally:
    """Errors counted by group; it holds no secret, and may leave the process it was made in."""

    __slots__ = (
        "_at_hand",
        "_cutoff",
        "_waiting",
        "_worst",
        "errors",
        "frames",
        "groups",
        "listed",
        "rest",
        "show_secrets",
        "unreadable",
    )

    def __init__(self, *, show_secrets: bool = False) -> None:
        self.show_secrets = show_secrets
        self.errors = 0
        self.groups: dict[_Rank, Fault] = {}
        """By rank: what a group is kept for, and a fingerprint of its key as it was sent."""
        self.frames: dict[FrameRank, Frame] = {}
        """The messages of the last ranks, when there are too many groups."""
        self.rest: dict[str | None, Fault] = {}
        """Those of the last frames, when there are too many of these too, by format."""
        self.unreadable = 0
        self.listed: list[Unreadable] = []
        """The first ones, by place."""
        self._at_hand: dict[Key, Fault] = {}
        self._waiting: list[Sighting] = []
        """Errors that are to be counted; they are not masked, and never leave."""
        self._worst: _Rank | None = None
        """The last rank that is kept, once there are as many groups as may be."""
        self._cutoff: FrameRank | None = None
        """The first frame that was not kept, once there is no more room."""

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
        lump(other.rest.values(), self.rest)
        if other._cutoff is not None:
            self._cut(other._cutoff)
        for place, theirs in other.frames.items():
            frame = self._frame(place)
            if frame is not None:
                frame.merge(theirs)
            else:
                lump(theirs.groups.values(), self.rest)
        for rank, fault in other.groups.items():
            if rank in self.groups:
                self.groups[rank].merge(fault)
            else:
                self.groups[rank] = fault.copy()
        self._keep(GROUPS)
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
        framed = [fault for frame in self.frames.values() for fault in frame.groups.values()]
        return sorted((*self.groups.values(), *framed, *self.rest.values()), key=_order)

    def __getstate__(self) -> tuple[object, ...]:
        """All but what is at hand: it is keyed by what was sent, secrets included."""
        self.sort_in()
        return (
            self.show_secrets,
            self.errors,
            self.groups,
            self.frames,
            self.rest,
            self.unreadable,
            self.listed,
            self._cutoff,
        )

    def __setstate__(self, state: tuple[object, ...]) -> None:
        """Take up what another process counted."""
        names = ("show_secrets", "errors", "groups", "frames", "rest", "unreadable", "listed")
        for name, value in zip((*names, "_cutoff"), state, strict=True):
            setattr(self, name, value)
        self._at_hand, self._worst, self._waiting = {}, None, []
        self._keep(GROUPS)

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
        self._keep(GROUPS)

    def _fault(self, key: Key) -> Fault:
        """The group of a key, which is made if need be."""
        rank = _rank(key)
        fault = self.groups.get(rank)
        if fault is None:
            self._keep(GROUPS + SPARE)
            shown = key if self.show_secrets else hide_key(key)
            if self._worst is not None and rank > self._worst:
                return self._common(shown)
            fault = self.groups[rank] = Fault(shown)
        self._at_hand[key] = fault
        return fault

    def _common(self, key: Key) -> Fault:
        """The group for what is not kept apart, by its masked key."""
        frame = self._frame(frame_of(key))
        if frame is not None:
            return frame.group(key)
        rest = rest_of(key.format, self.rest)
        if key.code is None:
            rest.note(key.message)
        return rest

    def _put_away(self, fault: Fault) -> None:
        """Add a group that is not kept apart to one for what is not."""
        frame = self._frame(frame_of(fault.key))
        if frame is not None:
            frame.take_in(fault)
        else:
            lump((fault,), self.rest)

    def _frame(self, rank: FrameRank | None) -> Frame | None:
        """The frame of a rank, which is made if need be; None when there is no room for it."""
        if rank is None or (self._cutoff is not None and rank >= self._cutoff):
            return None
        if rank not in self.frames:
            self.frames[rank] = Frame(rank)
        return self.frames[rank]

    def _cut(self, cutoff: FrameRank) -> None:
        """Keep no frame from a rank on."""
        self._cutoff = cutoff if self._cutoff is None else min(self._cutoff, cutoff)
        for rank in [rank for rank in self.frames if rank >= self._cutoff]:
            lump(self.frames.pop(rank).groups.values(), self.rest)

    def _keep(self, most: int) -> None:
        """Put the groups of the last ranks together when there are too many."""
        if len(self.groups) > most:
            for rank in sorted(self.groups)[GROUPS:]:
                self._put_away(self.groups.pop(rank))
            self._at_hand.clear()
        if len(self.groups) == GROUPS:
            self._worst = max(self.groups)
        if most == GROUPS:
            room = 0
            for rank in sorted(self.frames):
                room += self.frames[rank].room
                if room > ROOM:
                    self._cut(rank)
                    break

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
    rest = {format: fault.copy() for format, fault in tally.rest.items()}
    apart = list(tally.groups.values())
    for fault in (one for frame in tally.frames.values() for one in frame.groups.values()):
        if says_enough(words_of(fault.key.message or "")):
            apart.append(fault)
        else:
            lump((fault,), rest)
    return sorted((*merge_alike(apart), *rest.values()), key=_order)


def rest_of(format: str | None, rest: dict[str | None, Fault]) -> Fault:
    """The group for all of a format that nothing else tells apart."""
    if format not in rest:
        rest[format] = Fault(Key(format, None, None, TOO_MANY))
    return rest[format]


def lump(faults: Iterable[Fault], rest: dict[str | None, Fault]) -> None:
    """Add groups to those for all of their formats."""
    for fault in faults:
        whole = rest_of(fault.key.format, rest)
        own = whole.key
        whole.merge(fault)
        whole.key = own
        if fault.key.code is None and "message" not in fault.varied:
            whole.note(fault.key.message)


def freeze(fault: Fault, number: int, name_of: Callable[[str], str] | None = None) -> Group:
    """One group; `number` is 1-based."""
    format, code, pointer, message = fault.key
    best = fault.exemplars[0]
    return Group(
        number,
        format,
        name_of(format) if format and name_of else None,
        code,
        pointer,
        message,
        best.title,
        max(fault.statuses, key=lambda one: (fault.statuses[one], -one), default=None),
        best.verdict,
        best.actor,
        fault.count,
        fault.first,
        fault.last,
        fault.times.freeze(),
        tuple(fault.exemplars),
        fault.files.count(),
        varied=tuple(_variety(fault)),
    )


def _variety(fault: Fault) -> Iterable[tuple[str, str]]:
    """What differed among the errors of a group, in words."""
    if len(fault.statuses) > 1:
        counts = sorted(fault.statuses.items(), key=lambda one: (-one[1], one[0]))
        yield "status", ", ".join(f"{status} in {count:,}" for status, count in counts)
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
