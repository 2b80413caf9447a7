"""The catalog at run time: the compiled index with overlays over it; look-up by id.

`index` finds or makes the compiled files, `store` reads their lines.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from os import PathLike, fspath

from errdecode.catalog.index import (
    IndexFile,
    built_in,
    open_index,
    overlay_index,
    overlays,
    say_faults,
)
from errdecode.catalog.store import Store
from errdecode.clue import Codes, Seen, cost_of, describe
from errdecode.clue.gate import Gate, Glance, glance, opens, unpack_gate
from errdecode.errors import CatalogError, UsageError
from errdecode.format import Clue, Format
from errdecode.format.packed import as_array, as_object, unpack_clue, unpack_format
from errdecode.model import JSON, FormatName, Note
from errdecode.model.record import NamedTuple

KNOWLEDGE = "http-status"


class ShapeEntry:
    """One line of the detection index; what few responses come to see is opened when they do."""

    def __init__(self, line: JSON) -> None:
        entry = as_object(line)
        self._entry = entry
        self.format = str(entry["format"])
        self.name = str(entry["name"])
        self.codes = Codes(frozenset(map(str, as_array(entry["codes"]))), bool(entry["fold"]))
        self.weight = float(str(entry["weight"]))
        """Bits of the required clues together."""
        self.body_weight = float(str(entry["body_weight"]))
        """Bits of those of them that are about the body: what they are worth without a head."""
        self.extends = None if entry["extends"] is None else str(entry["extends"])
        self.yields = bool(entry["yields"])
        """It stands back for every other format that can be claimed."""
        self.required = _clues(entry["required"])
        self.order = sorted(range(len(self.required)), key=lambda at: cost_of(self.required[at]))
        """The required clues by what it takes to check them: mostly the first one fails."""

    @cached_property
    def supporting(self) -> tuple[tuple[Clue, float], ...]:
        """Each with its bits."""
        pairs = map(as_array, as_array(self._entry["supporting"]))
        return tuple((unpack_clue(clue), float(str(weight))) for clue, weight in pairs)

    @cached_property
    def excluding(self) -> tuple[Clue, ...]:
        """One that holds rules the shape out."""
        return _clues(self._entry["excluding"])

    @cached_property
    def success(self) -> tuple[Clue, ...]:
        """When all hold, the response says that there is no error."""
        return _clues(self._entry["success"])

    @cached_property
    def own(self) -> frozenset[int]:
        """Which of the required and then the supporting clues are not inherited."""
        return frozenset(int(str(at)) for at in as_array(self._entry["own"]))

    @cached_property
    def claims(self) -> tuple[str, ...]:
        """The required and then the supporting clues in words."""
        return tuple(describe(clue) for clue in (*self.required, *(c for c, _ in self.supporting)))


class _Line(NamedTuple):
    """Where a shape stands in its layer, and what it asks to be opened."""

    number: int
    """In the order of the files, 0-based."""
    format: str
    place: JSON
    gate: Gate


class _Layer:
    """One compiled index: its formats by id, its shapes by the sign that tells most of them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.formats = as_object(store.head["formats"])
        """The place of each format's entry."""
        self._buckets = as_object(store.head["buckets"])
        self._opened: dict[str, list[_Line]] = {}
        self._shapes: dict[int, ShapeEntry] = {}

    def lines(self, shown: Glance) -> list[_Line]:
        """The shapes whose gates a response opens, in the order of the files."""
        keys = {f"kind {shown.kind}", "", *shown.signs} & self._buckets.keys()
        lines = (line for key in keys for line in self._bucket(key) if opens(line.gate, shown))
        found = {line.number: line for line in lines}
        return [found[number] for number in sorted(found)]

    def all_lines(self) -> list[_Line]:
        """Every shape, in the order of the files."""
        found = {line.number: line for key in self._buckets for line in self._bucket(key)}
        return [found[number] for number in sorted(found)]

    def success_lines(self) -> list[_Line]:
        """The shapes of formats that know how to say that there is no error."""
        return [_line(entry) for entry in as_array(self.store.head["success"])]

    def _bucket(self, key: str) -> list[_Line]:
        if key not in self._opened:
            bucket = as_array(self.store.read(self._buckets[key]))
            self._opened[key] = [_line(entry) for entry in bucket]
        return self._opened[key]

    def open(self, line: _Line) -> ShapeEntry:
        """A shape as a whole."""
        if line.number not in self._shapes:
            self._shapes[line.number] = ShapeEntry(self.store.read(line.place))
        return self._shapes[line.number]


def _line(entry: JSON) -> _Line:
    number, format, place, *gate = as_array(entry)
    return _Line(int(str(number)), str(format), place, unpack_gate(gate))


class Catalog:
    """A compiled index and its overlays; formats are opened when they are asked for."""

    def __init__(self, stores: Iterable[Store]) -> None:
        """`stores`: the compiled indexes, weakest first."""
        self._layers = [_Layer(store) for store in stores]
        self._opened: dict[str, Format] = {}
        self.notes: list[Note] = []

    def __contains__(self, id: str) -> bool:
        return any(id in layer.formats for layer in self._layers)

    def ids(self) -> list[str]:
        """Ids of all formats, without the knowledge that is never a format."""
        known = {id for layer in self._layers for id in layer.formats}
        return sorted(id for id in known if self._entry(id)["kind"] != "knowledge")

    def _layer_of(self, id: str) -> _Layer:
        """The strongest layer that has a format."""
        return next(layer for layer in reversed(self._layers) if id in layer.formats)

    def _entry(self, id: str) -> dict[str, JSON]:
        layer = self._layer_of(id)
        return as_object(layer.store.read(layer.formats[id]))

    def name(self, id: str) -> FormatName:
        """What a report says of a format."""
        entry = self._entry(id)
        folder = self._layer_of(id).store.folder
        return FormatName(
            id,
            str(entry["name"]),
            str(entry["kind"]),
            str(entry["documentation"]),
            None if folder is None else os.path.join(folder, str(entry["source"])),
        )

    def fails_by_status(self, id: str) -> bool:
        """Whether the format's errors come with a failing status, and never with another one."""
        return bool(self._entry(id)["by_status"])

    def family(self, id: str) -> str:
        """The id at the root of what a format extends; its own when it extends nothing."""
        seen = {id}
        while (parent := str(self._entry(id)["extends"])) in self and parent not in seen:
            id = parent
            seen.add(id)
        return id

    def shapes(self, seen: Seen) -> Iterator[ShapeEntry]:
        """The shapes that a response may have."""
        shown = glance(seen)
        return self._open_all(lambda layer: layer.lines(shown))

    def all_shapes(self) -> Iterator[ShapeEntry]:
        """The whole detection index."""
        return self._open_all(_Layer.all_lines)

    def success_shapes(self) -> Iterator[ShapeEntry]:
        """The shapes of formats that know how to say that there is no error."""
        return self._open_all(_Layer.success_lines)

    def _open_all(self, lines: Callable[[_Layer], list[_Line]]) -> Iterator[ShapeEntry]:
        """Open shapes of each layer, without those of formats that a stronger layer replaces."""
        only = len(self._layers) == 1
        for layer in self._layers:
            for line in lines(layer):
                if only or self._layer_of(line.format) is layer:
                    yield layer.open(line)

    def format(self, id: str) -> Format:
        """All of one format but its examples. Raises `UsageError` with near names for an unknown
        id."""
        if id not in self:
            raise UsageError(f"there is no format {id!r} in the catalog", self.near(id))
        if id not in self._opened:
            details = self._layer_of(id).store.read(self._entry(id)["place"])
            self._opened[id] = unpack_format(details)
        return self._opened[id]

    def near(self, id: str) -> str:
        """What to do about an unknown id."""
        from difflib import get_close_matches

        close = get_close_matches(id, self.ids(), 3, 0.65)
        if close:
            return f"did you mean {' or '.join(close)}? `errdecode formats` lists them all"
        return "`errdecode formats` lists them all"


def _clues(packed: JSON) -> tuple[Clue, ...]:
    return tuple(unpack_clue(clue) for clue in as_array(packed))


def open_catalog(folder: str | PathLike[str] | None = None) -> Catalog:
    """Open the built-in catalog with the user's overlays over it.

    `folder` (`--catalog`) over $ERRDECODE_CATALOG over $XDG_CONFIG_HOME/errdecode/catalog. Raises
    `CatalogError` when the built-in files or those of `folder` are wrong; faults of other overlays
    become notes, and the file is left out.
    """
    notes: list[Note] = []
    files = [built_in()]
    for overlay, asked in overlays(None if folder is None else fspath(folder)):
        file, faults = overlay_index(overlay)
        if faults and asked:
            raise CatalogError(say_faults(faults), "`errdecode catalog check` lists all faults")
        for name in dict.fromkeys(fault.file for fault in faults):
            told = say_faults([fault for fault in faults if fault.file == name], 1)
            notes.append(Note("catalog", f"left out of the catalog: {told}"))
        files.append(file)
    catalog = _opened(tuple(files))
    catalog.notes = notes
    return catalog


@lru_cache(maxsize=2)
def _opened(files: tuple[IndexFile, ...]) -> Catalog:
    """The catalog of some indexes, weakest first; a program that decodes much opens it once."""
    return Catalog([open_index(file) for file in files])
