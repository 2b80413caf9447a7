"""What a response must show before a shape is opened at all: a cheap test before all clues.

A gate never closes on a response that the shape's required clues hold for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from errdecode.clue import Seen
from errdecode.format import Clue
from errdecode.model import JSON

STRUCTURED = frozenset(("json", "xml", "form"))
"""Kinds of bodies in which `at` leads somewhere."""


class Gate(NamedTuple):
    """What the required clues of a shape ask for, as far as it can be told at a glance."""

    names: frozenset[str] = frozenset()
    """Names that the body bears at its top, in folded case."""
    either: tuple[frozenset[str], ...] = ()
    """Of these sets of names one at least is there; empty: nothing is asked."""
    kinds: frozenset[str] = frozenset()
    """Kinds of bodies it can be; empty: any."""
    fields: frozenset[str] = frozenset()
    """Fields of the response, in lower case, when it shows a head."""


class Glance(NamedTuple):
    """What gates look at in a response."""

    names: frozenset[str]
    kind: str
    fields: frozenset[str] | None


def gate_of(required: Sequence[Clue]) -> Gate:
    """The gate of a shape."""
    kinds = STRUCTURED if any(clue.at is not None for clue in required) else frozenset()
    for clue in required:
        if clue.body is not None:
            kinds = frozenset((clue.body,)) & (kinds or frozenset((clue.body,)))
    names = frozenset(name for clue in required for name in _names_of(clue))
    either: tuple[frozenset[str], ...] = ()
    for clue in required:
        sets = tuple(frozenset(_names_of(part)) for part in clue.any)
        if sets and all(sets) and (not either or len(sets) < len(either)):
            either = sets
    fields = frozenset(str(clue.header).lower() for clue in required if clue.header)
    return Gate(names, either, kinds, fields)


def glance(seen: Seen) -> Glance:
    """What gates look at."""
    value = seen.body.value
    names = frozenset(name.casefold() for name in value) if isinstance(value, dict) else frozenset()
    fields = None if seen.headers is None else frozenset(seen.headers)
    return Glance(names, seen.body.kind, fields)


def opens(gate: Gate, shown: Glance) -> bool:
    """Whether a shape may fit a response."""
    return (
        gate.names <= shown.names
        and (not gate.kinds or shown.kind in gate.kinds)
        and (not gate.either or any(names <= shown.names for names in gate.either))
        and (shown.fields is None or gate.fields <= shown.fields)
    )


def pack_gate(gate: Gate) -> list[JSON]:
    """A gate as the index stores it."""
    either: list[JSON] = [[*sorted(names)] for names in gate.either]
    return [[*sorted(gate.names)], either, [*sorted(gate.kinds)], [*sorted(gate.fields)]]


def unpack_gate(
    names: list[str], either: list[list[str]], kinds: list[str], fields: list[str]
) -> Gate:
    """A gate out of the index."""
    return Gate(
        frozenset(names), tuple(map(frozenset, either)), frozenset(kinds), frozenset(fields)
    )


def _names_of(clue: Clue) -> Iterable[str]:
    """Names that the body must bear at its top for a clue to hold.

    What may be an index or a pattern is no such name.
    """
    if clue.at == "":
        return [name.casefold() for name in clue.has]
    first = (clue.at or "").partition("/")[2].partition("/")[0]
    if not first or first.isdecimal() or first in ("*", "**"):
        return ()
    return (first.replace("~1", "/").replace("~0", "~").casefold(),)  # RFC 6901, section 4
