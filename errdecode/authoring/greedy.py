"""Over-greedy clues: they hold for so many other responses that they prove nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from errdecode.catalog import Catalog, ShapeEntry, open_catalog
from errdecode.catalog.index import built_in_folder
from errdecode.compile.schema import Fault
from errdecode.compile.schema import Path as Place
from errdecode.detect import CLAIM
from errdecode.errors import CatalogError
from errdecode.format import Clue, Format
from errdecode.format.packed import pack

LEAST_ADDED = 0.1
"""Bits that a supporting clue has to add in one shape at least."""


def open_beside(folder: Path) -> Catalog | None:
    """The catalog with the formats of a folder on top, as their clues are weighed; None when the
    folder has faults."""
    is_built_in = folder.resolve() == Path(built_in_folder()).resolve()
    try:
        return open_catalog(None if is_built_in else folder)
    except CatalogError:
        return None


def find_greedy(format: Format, catalog: Catalog) -> Iterator[Fault]:
    """Yield the shapes whose required clues are too common to claim a response, all of them
    together, and the supporting clues that hold wherever the required ones do."""
    entries = [entry for entry in catalog.all_shapes() if entry.format == format.id]
    for at, entry in enumerate(entries):
        if entry.weight < CLAIM:
            place: Place = ("shapes", at, "required") if format.shapes else ("detect", "required")
            yield Fault(place, f"{_say_common(entry.weight)}: ask for what no other format has")
    for at, clue in enumerate(format.detect.supporting):
        yield from _find_idle(clue, ("detect", "supporting", at), entries)
    for number, (shape, entry) in enumerate(zip(format.shapes, entries, strict=False)):
        for at, clue in enumerate(shape.supporting):
            yield from _find_idle(clue, ("shapes", number, "supporting", at), [entry])


def _say_common(bits: float) -> str:
    """How many other responses are alike, in words."""
    share = 2.0**-bits
    told = f"1 in {1 / share:.0f}" if share < 0.6 else "nearly all"
    return f"these clues hold for {told} of other formats' and ordinary responses"


def _find_idle(clue: Clue, place: Place, entries: list[ShapeEntry]) -> Iterator[Fault]:
    packed = pack(clue)
    pairs = [pair for entry in entries for pair in entry.supporting]
    weights = [bits for known, bits in pairs if pack(known) == packed]
    if weights and max(weights) < LEAST_ADDED:
        yield Fault(place, "this clue proves nothing: it holds wherever the required ones do")
