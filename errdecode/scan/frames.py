"""Errors that are too many to be kept apart, counted by what their messages are likely to share.

Messages of one frame are told apart by their words in those places where few different ones stand.
How many there are in a place only grows, and with it what is put together; so the order in which
messages come does not matter, and the frames of any parts merge into those of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from errdecode.scan.fault import Fault, Key
from errdecode.scan.sample import fingerprint
from errdecode.scan.templates import Words, put, says_enough, words_of

SHORT = 3
"""Letters of the longest word that belongs to a frame."""
APART = (10, 10, 10, 5, 3, 2, 2)
"""By how many places vary: the most words that are told apart in each of them; where more places
vary, nothing is."""
MOST = 125
"""Groups of a frame at the most, by what is told apart."""
ROOM = 2000
"""Groups that all frames may have; what more there are is one group for each format."""
TOO_MANY = "… (too many different errors to tell them apart)"

_Rank = tuple[bool, int, int]
"""Of a frame: what is documented first, then by fingerprint; and how many words there are."""


class Crowd:
    """The errors of all groups that are not kept apart."""

    __slots__ = ("_cutoff", "formats", "frames")

    def __init__(self) -> None:
        self.frames: dict[_Rank, Frame] = {}
        self.formats: dict[str | None, Fault] = {}
        """What has no frame that is kept."""
        self._cutoff: _Rank | None = None
        """The first frame that is not kept, once there is no more room."""

    def group(self, key: Key) -> Fault:
        """The group in which errors of a masked key are counted."""
        frame = self._frame(key)
        if frame is not None:
            return frame.group(key)
        group = self._format(key.format)
        _note_key(group, key)
        return group

    def take_in(self, fault: Fault) -> None:
        """Add a group that is not kept apart any more."""
        frame = self._frame(fault.key)
        if frame is not None:
            frame.take_in(fault)
        else:
            self._lump(fault)

    def merge(self, other: Crowd) -> None:
        """Add what another one counted."""
        if other._cutoff is not None:
            self._cut(other._cutoff)
        for rank, frame in other.frames.items():
            if self._cutoff is None or rank < self._cutoff:
                self.frames.setdefault(rank, Frame(rank)).merge(frame)
            else:
                self._lump(*frame.groups.values())
        self._lump(*other.formats.values())

    def trim(self) -> None:
        """Keep no more frames than there is room for; those of the first ranks."""
        room = 0
        for rank in sorted(self.frames):
            room += self.frames[rank].room
            if room > ROOM:
                self._cut(rank)
                break

    def faults(self) -> Iterator[Fault]:
        """All groups."""
        for frame in self.frames.values():
            yield from frame.groups.values()
        yield from self.formats.values()

    def settle(self) -> tuple[list[Fault], list[Fault]]:
        """Groups whose messages say something, and one for all else of each format."""
        left = Crowd()
        left._lump(*self.formats.values())
        telling: list[Fault] = []
        for frame in self.frames.values():
            for fault in frame.groups.values():
                if says_enough(words_of(fault.key.message or "")):
                    telling.append(fault)
                else:
                    left._lump(fault)
        return telling, list(left.formats.values())

    def _frame(self, key: Key) -> Frame | None:
        """The frame of a group, which is made if need be; None when none is kept."""
        rank = _frame_of(key)
        if rank is None or (self._cutoff is not None and rank >= self._cutoff):
            return None
        if rank not in self.frames:
            self.frames[rank] = Frame(rank)
        return self.frames[rank]

    def _cut(self, cutoff: _Rank) -> None:
        """Keep no frame from a rank on."""
        self._cutoff = cutoff if self._cutoff is None else min(self._cutoff, cutoff)
        for rank in [rank for rank in self.frames if rank >= self._cutoff]:
            self._lump(*self.frames.pop(rank).groups.values())

    def _lump(self, *faults: Fault) -> None:
        """Add groups to those for all of their formats."""
        for fault in faults:
            group = self._format(fault.key.format)
            own = group.key
            group.merge(fault)
            group.key = own
            told = "message" in fault.varied
            _note_key(group, fault.key._replace(message=None) if told else fault.key)

    def _format(self, format: str | None) -> Fault:
        if format not in self.formats:
            self.formats[format] = Fault(Key(format, None, None, TOO_MANY))
        return self.formats[format]


def _note_key(group: Fault, key: Key) -> None:
    """Let a group of what is not kept apart show what another one is."""
    group.note("code", key.code)
    group.note("pointer", key.pointer)
    if key.code is None and key.message != TOO_MANY:
        group.note("message", key.message)


def _frame_of(key: Key) -> _Rank | None:
    """The frame of a group, told from its masked key; None for what has a code or no message.

    It is format, pointer, the number of words, and which short ones stand where. What varies are
    names, and names are long; the words of the grammar are short in every language (Zipf's law of
    abbreviation).
    """
    words = words_of(key.message or "")
    if key.code is not None or not words:
        return None
    frame = [word if len(word) <= SHORT and word == word.lower() else "" for word in words]
    pointer = "" if key.pointer is None else f"={key.pointer}"
    spelled = "\0".join((str(key.format), pointer, *frame))
    return (key.format is None, fingerprint(spelled), len(words))


class Frame:
    """The groups of one frame."""

    __slots__ = ("_seen", "_wild", "groups", "room")

    def __init__(self, rank: _Rank) -> None:
        self.groups: dict[Words, Fault] = {}
        """By their words, with `…` in the places where too many stand."""
        self._seen: list[set[str]] = [set() for _ in range(rank[-1])]
        """The words of each place, one more than are told apart at the most."""
        self._wild: tuple[int, ...] = ()
        """The places where too many words stand."""
        self.room = 1
        """How many groups there may be for all that is known; it only grows."""

    def group(self, key: Key) -> Fault:
        """The group for a masked key, which takes note of the message."""
        fault = self._at(key)
        fault.widen(key.message)
        fault.note("message", key.message)
        return fault

    def take_in(self, fault: Fault) -> None:
        """Add a group that was kept apart."""
        self._at(fault.key).take_in(fault)

    def merge(self, other: Frame) -> None:
        """Add the groups of the same frame of another tally."""
        self._note(zip(self._seen, other._seen, strict=True))
        for words, fault in other.groups.items():
            self._group(words, fault.key).take_in(fault)

    def _at(self, key: Key) -> Fault:
        words = words_of(key.message or "")
        self._note((seen, {word}) for seen, word in zip(self._seen, words, strict=True))
        return self._group(words, key)

    def _group(self, words: Words, key: Key) -> Fault:
        place = put(words, self._wild)
        if place not in self.groups:
            self.groups[place] = Fault(key)
        return self.groups[place]

    def _note(self, news: Iterator[tuple[set[str], set[str]]]) -> None:
        """Take note of the words that stand in each place, given with those seen there before."""
        changed = False
        for seen, words in news:
            fresh = words - seen if len(seen) <= APART[0] else ()
            if fresh:
                changed = True
                seen.update(sorted(fresh)[: APART[0] + 1 - len(seen)])
        if changed:
            self._settle()

    def _settle(self) -> None:
        """Put together what differs only where too many words stand."""
        self.room = min(MOST, prod(map(len, self._seen)))
        varying = sum(len(seen) > 1 for seen in self._seen)
        most = APART[varying] if varying < len(APART) else 1
        wild = tuple(place for place, seen in enumerate(self._seen) if len(seen) > most)
        if wild != self._wild:
            self._wild = wild
            groups = self.groups
            self.groups = {}
            for words, fault in groups.items():
                place = put(words, wild)
                if place in self.groups:
                    self.groups[place].take_in(fault)
                else:
                    self.groups[place] = fault
