"""What of a body an answer hangs on: a text as a whole, or what an expression finds in it."""

from __future__ import annotations

from functools import lru_cache

from errdecode.clue import search
from errdecode.model.record import NamedTuple
from errdecode.scan.reading.outline import Leaf

Leaves = list[str | int | float]
"""The texts and numbers of a body, as its outline has them."""
_MOST = 4000
"""Findings that are remembered."""


class Part(NamedTuple):
    """A part of what a body says."""

    number: int
    """Of the outline's leaf, 0-based."""
    pattern: str | None = None
    """Only what this finds, as `Read.matches` has it; none: all of the leaf."""

    def read(self, leaves: Leaves) -> str | int | float | None:
        """What stands there; None where the expression finds nothing."""
        said = leaves[self.number]
        return said if self.pattern is None else _find(self.pattern, str(said))


class LeafPart(NamedTuple):
    """A part, by the way to its leaf."""

    leaf: Leaf
    pattern: str | None


@lru_cache(maxsize=_MOST)
def _find(pattern: str, said: str) -> str | None:
    match = search(pattern, said)
    if match is None:
        return None
    found: str | None = match[1] if match.lastindex else match[0]
    return found
