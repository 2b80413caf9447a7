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

from errdecode.clue import Codes, Seen, check, is_on_body
from errdecode.format import Clue

MOST_FOR_BODY = 3.0
"""Bits a supporting clue on the body can add: it is rarely independent of the shape it stands
in."""
MOST_FOR_HEAD = 6.0
"""Bits a supporting clue on host, headers, media type or path can add."""


class Reference(NamedTuple):
    """The responses that clues are weighed against."""

    families: dict[str, list[Seen]]
    """Every family's examples, by the id of the family's root."""
    background: tuple[Seen, ...]
    roots: dict[str, str]
    """The family of each format."""


def weigh_required(required: Sequence[Clue], id: str, codes: Codes, reference: Reference) -> float:
    """Bits that the whole conjunction is worth: listing more clues than needed earns nothing."""
    if not required:
        return 0.0
    return _bits(_count(required, id, codes, reference), reference)


def weigh_clue(
    clue: Clue, required: Sequence[Clue], id: str, codes: Codes, reference: Reference
) -> float:
    """Bits that a supporting clue adds where the required ones hold already.

    With `n` others that satisfy the required clues, `m` of which satisfy this one as well, and the
    clue's share `r` among all others: log2((n + 1) / (m + r)), so that an empty sample falls back
    to the clue's own rarity.
    """
    most = MOST_FOR_BODY if is_on_body(clue) or clue.body else MOST_FOR_HEAD
    total = len(reference.families) + len(reference.background)
    share = (_count([clue], id, codes, reference) + 0.5) / (total + 1)
    others = _count(required, id, codes, reference)
    both = _count([*required, clue], id, codes, reference)
    return round(max(0.0, min(most, log2((others + 1) / (both + share)))), 2)


def _bits(count: float, reference: Reference) -> float:
    total = len(reference.families) + len(reference.background)
    return round(log2((total + 1) / (count + 0.5)), 2)


def _count(clues: Sequence[Clue], id: str, codes: Codes, reference: Reference) -> float:
    """How many others satisfy all the clues: families by their share, background documents one
    by one."""
    own = reference.roots.get(id, id)
    others = [seen for family, seen in reference.families.items() if family != own]
    shares = [sum(_satisfies(clues, one, codes) for one in seen) / len(seen) for seen in others]
    return sum(shares) + sum(_satisfies(clues, one, codes) for one in reference.background)


def _satisfies(clues: Sequence[Clue], seen: Seen, codes: Codes) -> bool:
    """All clues that can be compared hold, and at least one can."""
    answers = [check(clue, seen, codes).matched for clue in clues]
    return False not in answers and True in answers
