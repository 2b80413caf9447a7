"""How much a clue is worth: bits, by how few other families' responses and ordinary documents
satisfy it.

A format must not grade itself, so catalog files carry no weights. Each family counts once, by the
share of its examples that satisfy the clue; each document of the fixed background counts as a
family of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from math import log2

from errdecode.clue import Codes, Seen, check, reach
from errdecode.clue.gate import STRUCTURED
from errdecode.format import Clue
from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.patterns import scalar, split_pattern
from errdecode.pointer import type_name

MOST = {
    "at": 3.0,  # a clue on the body is rarely independent of the shape it stands in
    "text": 3.0,
    "body": 3.0,
    "any": 3.0,
    "media_type": 3.0,
    "path": 2.0,  # the reference shows too few paths to know how rare one is
    "status": 2.0,
    "header": 6.0,
    "host": 6.0,
    "failure": 6.0,
}
"""Bits that a supporting clue can add at the most, by its place."""


class Reference(NamedTuple):
    """The responses that clues are weighed against."""

    families: dict[str, list[Seen]]
    """Every family's examples, by the id of the family's root."""
    background: tuple[Seen, ...]
    roots: dict[str, str]
    """The family of each format."""


class _Held(NamedTuple):
    """Which responses satisfy a clue: sets of their numbers, as the bits of an integer."""

    yes: int
    open: int
    """Those that neither do nor do not, which a conjunction passes over."""


class Scale:
    """Weighs clues; each is held against each response once, and against few at all.

    Two formats often ask the same, and most responses cannot satisfy a clue: see `_Crowd`.
    """

    def __init__(self, reference: Reference) -> None:
        self._roots = reference.roots
        self._total = len(reference.families) + len(reference.background)
        self._seen: list[Seen] = []
        self._families: dict[str, tuple[int, int]] = {}
        """The responses of each family, and how many they are."""
        self._family_of: list[str] = []
        """The family of each response that is no ordinary document, by its number."""
        for family, examples in reference.families.items():
            first = len(self._seen)
            self._seen += examples
            self._families[family] = (_range(first, len(self._seen)), len(examples))
            self._family_of += [family] * len(examples)
        first = len(self._seen)
        self._seen += reference.background
        self._background = _range(first, len(self._seen))
        self._crowd = _Crowd(self._seen)
        self._known: dict[str, _Held] = {}

    def weigh_required(self, required: Sequence[Clue], id: str, codes: Codes) -> float:
        """Bits that the whole conjunction is worth: more clues than needed earn nothing."""
        if not required:
            return 0.0
        count = self._count(self._satisfying(required, codes), id)
        return round(log2((self._total + 1) / (count + 0.5)), 2)

    def weigh_supporting(
        self, clues: Sequence[Clue], required: Sequence[Clue], id: str, codes: Codes
    ) -> list[float]:
        """Bits that each supporting clue adds where the required ones hold already.

        With `n` others that satisfy the required clues, `m` of which satisfy this one as well, and
        the clue's share `r` among all others: log2((n + 1) / (m + r)), so that an empty sample
        falls back to the clue's own rarity.
        """
        like = self._satisfying(required, codes) if required else _range(0, len(self._seen))
        alike = self._count(like, id)
        weights = []
        for clue in clues:
            alone = self._satisfying([clue], codes)
            share = (self._count(alone, id) + 0.5) / (self._total + 1)
            bits = log2((alike + 1) / (self._count(like & alone, id) + share))
            weights.append(round(max(0.0, min(MOST[place_of(clue)], bits)), 2))
        return weights

    def _count(self, which: int, id: str) -> float:
        """How many of the responses there are beside the format's own family; families by share."""
        own = self._roots.get(id, id)
        examples = which & ~self._background
        if examples.bit_count() < len(self._families):
            families = dict.fromkeys(self._family_of[at] for at in _numbers(examples))
        else:
            families = dict.fromkeys(self._families)
        shares = (
            (which & members).bit_count() / size
            for family in families
            if family != own
            for members, size in (self._families[family],)
            if size
        )
        return sum(shares) + (which & self._background).bit_count()

    def _satisfying(self, clues: Sequence[Clue], codes: Codes) -> int:
        """The responses for which all clues hold, at least one of them for certain."""
        every, some = _range(0, len(self._seen)), 0
        for clue in clues:
            held = self._hold(clue, codes)
            every &= held.yes | held.open
            some |= held.yes
        return every & some

    def _hold(self, clue: Clue, codes: Codes) -> _Held:
        """Hold a clue against the responses.

        A status or media type that is not known is passed over; without a header block or a URL, a
        clue on one of their parts does not hold: such parts are rare.
        """
        key = f"{clue!r} {sorted(codes.values) if _asks_for_codes(clue) else ''}"
        if key not in self._known:
            yes = passed = 0
            for part in clue.any:
                yes |= self._hold(part, codes).yes
            for first, alike in self._crowd.groups(clue) if not clue.any else ():
                matched = check(clue, self._seen[first], codes).matched
                if matched:
                    yes |= alike
                elif matched is None and (clue.status or clue.media_type):
                    passed |= alike
            self._known[key] = _Held(yes, passed)
        return self._known[key]


class _Crowd:
    """Many responses, sorted by what they show: which of them may satisfy a clue, and which it
    cannot tell apart.

    Sets of responses are the bits of integers.
    """

    def __init__(self, seen: Sequence[Seen]) -> None:
        self._seen = seen
        self._named: dict[str, int] = {}
        """The responses whose bodies bear a name at any depth, by the name in folded case."""
        for at, one in enumerate(seen):
            for name in _names_in(one.body.value):
                self._named[name] = self._named.get(name, 0) | 1 << at
        self._sorted: dict[tuple[object, ...], dict[object, tuple[int, int]]] = {}

    def groups(self, clue: Clue) -> Iterable[tuple[int, int]]:
        """The responses that a clue may hold for, with those that are like them to it: the number
        of one, and the set."""
        place = place_of(clue)
        key = place, getattr(clue, place), clue.fold, _asks_for_content(clue)
        if place != "at":
            key = place, clue.header and clue.header.lower(), False, True
        if key not in self._sorted:
            self._sorted[key] = self._sort(clue, place)
        groups = self._sorted[key]
        if clue.has:
            named = self._bearing(clue.has)
            return [group for group in groups.values() if named >> group[0] & 1]
        if clue.host is not None:
            end = re.split(r"[*?\]]", clue.host.lower())[-1]
            return [group for host, group in groups.items() if host and str(host).endswith(end)]
        return groups.values()

    def _sort(self, clue: Clue, place: str) -> dict[object, tuple[int, int]]:
        """The responses that bear the names of a clue's place, by what it looks at in them."""
        groups: dict[object, tuple[int, int]] = {}
        for at in _numbers(self._bearing(split_pattern(clue.at or ""))):
            shown = _shown(self._seen[at], clue, place)
            first, alike = groups.get(shown, (at, 0))
            groups[shown] = first, alike | 1 << at
        return groups

    def _bearing(self, names: Iterable[str]) -> int:
        """The responses whose bodies bear all names, somewhere; what may be an index or a pattern
        is no name."""
        found = _range(0, len(self._seen))
        for name in names:
            if name not in ("*", "**") and not name.isdecimal():
                found &= self._named.get(name.casefold(), 0)
        return found


def _shown(seen: Seen, clue: Clue, place: str) -> object:
    """What a clue looks at in a response."""
    if place == "at":
        if seen.body.kind not in STRUCTURED:
            return None
        asks = _asks_for_content(clue)
        return tuple(_shown_by(value, asks) for _, value in reach(clue, seen.body))
    if place == "text":
        return seen.body.text.value
    if place == "body":
        return seen.body.kind
    if place == "header":
        return seen.headers is None, (seen.headers or {}).get(str(clue.header).lower())
    shown: object = getattr(seen, place)
    return shown


def _asks_for_content(clue: Clue) -> bool:
    """Whether a clue on the body asks for more than the types of values and the names in them."""
    return bool(clue.equals is not None or clue.in_ or clue.matches or clue.known or clue.namespace)


def _shown_by(value: JSON, asks_for_content: bool) -> object:
    """What a clue looks at in a value of the body."""
    said = scalar(value)
    names = frozenset(value) if isinstance(value, dict) else None
    return type_name(said), names, repr(value) if asks_for_content else None


def _names_in(value: JSON) -> set[str]:
    """The names of all members of all objects in a value, in folded case."""
    names: set[str] = set()
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            names.update(map(str.casefold, one))
            left += one.values()
        elif isinstance(one, list):
            left += one
    return names


def place_of(clue: Clue) -> str:
    """The word of the place that a clue is about."""
    return next(name for name in MOST if getattr(clue, name) not in (None, ()))


def _asks_for_codes(clue: Clue) -> bool:
    return clue.known or any(_asks_for_codes(part) for part in clue.any)


def _range(start: int, end: int) -> int:
    """The numbers from `start` up to `end`, as bits."""
    return (1 << end) - (1 << start)


def _numbers(bits: int) -> Iterator[int]:
    """The numbers of the bits that are set, in ascending order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
