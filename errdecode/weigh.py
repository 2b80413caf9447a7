"""How much a clue is worth: bits, by how few other families' responses and ordinary documents
satisfy it.

A format must not grade itself, so catalog files carry no weights. Each family counts once, by the
share of its examples that satisfy the clue; each document of the fixed background counts as a
family of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log2
from typing import NamedTuple

from errdecode.clue import Codes, Seen, check
from errdecode.format import Clue

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


Share = tuple[Seen, float]
"""A response and how much it counts: families count once, however many examples they have."""


def weigh_required(required: Sequence[Clue], id: str, codes: Codes, reference: Reference) -> float:
    """Bits that the whole conjunction is worth: listing more clues than needed earns nothing."""
    if not required:
        return 0.0
    others = others_than(id, reference)
    count = _sum(_satisfying(required, others, codes))
    return round(log2((_total(reference) + 1) / (count + 0.5)), 2)


def weigh_supporting(
    clues: Sequence[Clue],
    required: Sequence[Clue],
    id: str,
    codes: Codes,
    reference: Reference,
) -> list[float]:
    """Bits that each supporting clue adds where the required ones hold already.

    With `n` others that satisfy the required clues, `m` of which satisfy this one as well, and the
    clue's share `r` among all others: log2((n + 1) / (m + r)), so that an empty sample falls back
    to the clue's own rarity.
    """
    others = others_than(id, reference)
    like = _satisfying(required, others, codes)
    weights = []
    for clue in clues:
        share = (_sum(_satisfying([clue], others, codes)) + 0.5) / (_total(reference) + 1)
        both = _sum(_satisfying([clue], like, codes))
        bits = log2((_sum(like) + 1) / (both + share))
        weights.append(round(max(0.0, min(MOST[place_of(clue)], bits)), 2))
    return weights


def others_than(id: str, reference: Reference) -> list[Share]:
    """Every response of other families and of the background, with its share."""
    own = reference.roots.get(id, id)
    shares = [
        (seen, 1 / len(examples))
        for family, examples in reference.families.items()
        if family != own
        for seen in examples
    ]
    return shares + [(seen, 1.0) for seen in reference.background]


def place_of(clue: Clue) -> str:
    """The word of the place that a clue is about."""
    return next(name for name in MOST if getattr(clue, name) not in (None, ()))


def _satisfying(clues: Sequence[Clue], others: list[Share], codes: Codes) -> list[Share]:
    return [one for one in others if _satisfies(clues, one[0], codes)]


def _satisfies(clues: Sequence[Clue], seen: Seen, codes: Codes) -> bool:
    """All clues hold. A status or media type that is not known is passed over; without a header
    block or a URL, a clue on one of their parts does not hold: such parts are rare.
    """
    held = False
    for clue in clues:
        matched = check(clue, seen, codes).matched
        if matched is False or (matched is None and not (clue.status or clue.media_type)):
            return False
        held = held or bool(matched)
    return held


def _total(reference: Reference) -> int:
    return len(reference.families) + len(reference.background)


def _sum(shares: list[Share]) -> float:
    return sum(share for _, share in shares)
