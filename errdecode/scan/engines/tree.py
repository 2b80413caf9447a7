"""Many literals as one expression: a tree in which `re` decides byte by byte, not one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable

Branch = tuple[bytes, bytes]
"""A literal, and the expression that follows it."""


def alternatives(branches: Iterable[Branch]) -> bytes:
    """An expression that finds what any branch finds, by common beginnings.

    Deep only where literals differ, so never deeper than the longest literal's forks.
    """
    given = sorted(dict.fromkeys(branches))
    ends = [rest for literal, rest in given if not literal]
    forks: dict[int, list[Branch]] = {}
    for literal, rest in given:
        if literal:
            forks.setdefault(literal[0], []).append((literal, rest))
    ways = [_fork(fork) for fork in forks.values()] + ends
    return ways[0] if len(ways) == 1 else b"(?:" + b"|".join(ways) + b")"


def _fork(branches: list[Branch]) -> bytes:
    """Branches with the same first byte: what they have in common, and then what differs."""
    first, last = branches[0][0], branches[-1][0]
    size = next(
        (at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b),
        min(len(first), len(last)),
    )
    return re.escape(first[:size]) + alternatives((text[size:], rest) for text, rest in branches)
