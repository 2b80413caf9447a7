"""How much a clue is worth: bits, by how few other families' responses and ordinary documents
satisfy it.

A format must not grade itself, so catalog files carry no weights. Each family counts once, by the
share of its examples that satisfy the clue; each document of the fixed background counts as a
family of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log2

from errdecode.clue import Codes, Seen, check
from errdecode.format import Clue
from errdecode.gate import Glance, gate_of, glance, opens
from errdecode.model.record import NamedTuple

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

    Two formats often ask the same, and most responses show at a glance that a clue cannot hold.
    """

    def __init__(self, reference: Reference) -> None:
        self._roots = reference.roots
        self._total = len(reference.families) + len(reference.background)
        self._seen: list[Seen] = []
        self._families: dict[str, tuple[int, int]] = {}
        """The responses of each family, and how many they are."""
        for family, examples in reference.families.items():
            first = len(self._seen)
            self._seen += examples
            self._families[family] = (_range(first, len(self._seen)), len(examples))
        first = len(self._seen)
        self._seen += reference.background
        self._background = _range(first, len(self._seen))
        self._glances: list[Glance] = [glance(seen) for seen in self._seen]
        self._bearing: dict[str, list[int]] = {}
        for at, shown in enumerate(self._glances):
            for sign in shown.signs:
                self._bearing.setdefault(sign, []).append(at)
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
        weights = []
        for clue in clues:
            alone = self._satisfying([clue], codes)
            share = (self._count(alone, id) + 0.5) / (self._total + 1)
            bits = log2((self._count(like, id) + 1) / (self._count(like & alone, id) + share))
            weights.append(round(max(0.0, min(MOST[place_of(clue)], bits)), 2))
        return weights

    def _count(self, which: int, id: str) -> float:
        """How many of the responses there are beside the format's own family; families by share."""
        own = self._roots.get(id, id)
        shares = (
            (which & members).bit_count() / size
            for family, (members, size) in self._families.items()
            if family != own and size
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
            for at in self._candidates(clue):
                matched = check(clue, self._seen[at], codes).matched
                if matched:
                    yes |= 1 << at
                elif matched is None and (clue.status or clue.media_type):
                    passed |= 1 << at
            self._known[key] = _Held(yes, passed)
        return self._known[key]

    def _candidates(self, clue: Clue) -> Iterator[int]:
        """The responses that a clue may hold for."""
        gate = gate_of([clue])
        if gate.signs:
            rarest = min((self._bearing.get(sign, []) for sign in gate.signs), key=len)
            return (at for at in rarest if opens(gate, self._glances[at]))
        return (at for at, shown in enumerate(self._glances) if opens(gate, shown))


def place_of(clue: Clue) -> str:
    """The word of the place that a clue is about."""
    return next(name for name in MOST if getattr(clue, name) not in (None, ()))


def _asks_for_codes(clue: Clue) -> bool:
    return clue.known or any(_asks_for_codes(part) for part in clue.any)


def _range(start: int, end: int) -> int:
    """The numbers from `start` up to `end`, as bits."""
    return (1 << end) - (1 << start)
