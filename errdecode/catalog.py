"""The catalog at run time: the compiled index with overlays over it; look-up by id."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from os import PathLike, fspath
from typing import NamedTuple

from errdecode.clue import Codes, Seen
from errdecode.errors import CatalogError, UsageError
from errdecode.format import Clue, Format
from errdecode.gate import Gate, glance, opens, unpack_gate
from errdecode.index import built_in, overlay_index, overlays, say_faults
from errdecode.model import JSON, FormatName, Note
from errdecode.packed import as_array, as_object, unpack_clue, unpack_format

KNOWLEDGE = "http-status"


class ShapeEntry(NamedTuple):
    """One line of the detection index, opened."""

    format: str
    name: str
    codes: Codes
    weight: float
    """Bits of the required clues together."""
    body_weight: float
    """Bits of those of them that are about the body: what they are worth without a head."""
    required: tuple[Clue, ...]
    supporting: tuple[tuple[Clue, float], ...]
    """Each with its bits."""
    excluding: tuple[Clue, ...]
    success: tuple[Clue, ...]
    extends: str | None
    own: frozenset[int]
    """Which of the required and then the supporting clues are not inherited."""


class _Line(NamedTuple):
    """Where a shape stands in the index, and what it asks to be opened."""

    layer: int
    says_success: bool
    place: list[JSON]
    gate: Gate


class Catalog:
    """A compiled index and its overlays; formats are opened when they are asked for."""

    def __init__(self, layers: list[tuple[dict[str, JSON], bytes, int]]) -> None:
        """`layers`, weakest first: the index's head, the whole index, and where its details
        begin."""
        self._layers = layers
        self._opened: dict[str, Format] = {}
        self._where: dict[str, int] = {}
        for at, (head, _, _) in enumerate(layers):
            self._where.update(dict.fromkeys(as_object(head["formats"]), at))
        self._shapes: dict[int, ShapeEntry] = {}
        self._lines = [  # without those of formats that a stronger layer replaces
            _Line(at, bool(entry[1]), as_array(entry[2]), unpack_gate(*entry[3:]))  # type: ignore[arg-type]
            for at, (head, _, _) in enumerate(layers)
            for entry in map(as_array, as_array(head["shapes"]))
            if self._where[str(entry[0])] == at
        ]
        self.notes: list[Note] = []

    def __contains__(self, id: str) -> bool:
        return id in self._where

    def ids(self) -> list[str]:
        """Ids of all formats, without the knowledge that is never a format."""
        return sorted(id for id in self._where if self._entry(id)["kind"] != "knowledge")

    def _entry(self, id: str) -> dict[str, JSON]:
        head, _, _ = self._layers[self._where[id]]
        return as_object(as_object(head["formats"])[id])

    def name(self, id: str) -> FormatName:
        """What a report says of a format."""
        entry = self._entry(id)
        source = entry["source"]
        return FormatName(
            id,
            str(entry["name"]),
            str(entry["kind"]),
            str(entry["documentation"]),
            None if source is None else str(source),
        )

    def family(self, id: str) -> str:
        """The id at the root of what a format extends; its own when it extends nothing."""
        seen = {id}
        while (parent := str(self._entry(id)["extends"])) in self._where and parent not in seen:
            id = parent
            seen.add(id)
        return id

    def shapes(self, seen: Seen) -> Iterator[ShapeEntry]:
        """The shapes that a response may have."""
        shown = glance(seen)
        for at, line in enumerate(self._lines):
            if opens(line.gate, shown):
                yield self._open_shape(at, line)

    def all_shapes(self) -> Iterator[ShapeEntry]:
        """The whole detection index."""
        for at, line in enumerate(self._lines):
            yield self._open_shape(at, line)

    def success_shapes(self) -> Iterator[ShapeEntry]:
        """The shapes of formats that know how to say that there is no error."""
        for at, line in enumerate(self._lines):
            if line.says_success:
                yield self._open_shape(at, line)

    def _open_shape(self, at: int, line: _Line) -> ShapeEntry:
        if at not in self._shapes:
            self._shapes[at] = _shape_entry(as_object(self._read(line.layer, line.place)))
        return self._shapes[at]

    def _read(self, layer: int, place: list[JSON]) -> JSON:
        """One line of a layer's index."""
        _, data, begin = self._layers[layer]
        start, length = (int(str(number)) for number in place)
        line: JSON = json.loads(data[begin + start : begin + start + length])
        return line

    def format(self, id: str) -> Format:
        """All of one format but its examples. Raises `UsageError` with near names for an unknown
        id."""
        if id not in self._where:
            raise UsageError(f"there is no format {id!r} in the catalog", self.near(id))
        if id not in self._opened:
            place = as_array(self._entry(id)["place"])
            self._opened[id] = unpack_format(self._read(self._where[id], place))
        return self._opened[id]

    def near(self, id: str) -> str:
        """What to do about an unknown id."""
        from difflib import get_close_matches

        close = get_close_matches(id, self.ids(), 3, 0.65)
        if close:
            return f"did you mean {' or '.join(close)}? `errdecode formats` lists them all"
        return "`errdecode formats` lists them all"


def _shape_entry(entry: dict[str, JSON]) -> ShapeEntry:
    return ShapeEntry(
        str(entry["format"]),
        str(entry["name"]),
        Codes(frozenset(map(str, as_array(entry["codes"]))), bool(entry["fold"])),
        float(str(entry["weight"])),
        float(str(entry["body_weight"])),
        _clues(entry["required"]),
        tuple(
            (unpack_clue(clue), float(str(weight)))
            for clue, weight in map(as_array, as_array(entry["supporting"]))
        ),
        _clues(entry["excluding"]),
        _clues(entry["success"]),
        None if entry["extends"] is None else str(entry["extends"]),
        frozenset(int(str(at)) for at in as_array(entry["own"])),
    )


def _clues(packed: JSON) -> tuple[Clue, ...]:
    return tuple(unpack_clue(clue) for clue in as_array(packed))


def open_catalog(folder: str | PathLike[str] | None = None) -> Catalog:
    """Open the built-in catalog with the user's overlays over it.

    `folder` (`--catalog`) over $ERRDECODE_CATALOG over $XDG_CONFIG_HOME/errdecode/catalog. Raises
    `CatalogError` when the built-in files or those of `folder` are wrong; faults of other overlays
    become notes, and the file is left out.
    """
    notes: list[Note] = []
    indexes = [built_in()]
    for overlay, asked in overlays(None if folder is None else fspath(folder)):
        data, faults = overlay_index(overlay)
        if faults and asked:
            raise CatalogError(say_faults(faults), "`errdecode catalog check` lists all faults")
        for file in dict.fromkeys(fault.file for fault in faults):
            told = say_faults([fault for fault in faults if fault.file == file], 1)
            notes.append(Note("catalog", f"left out of the catalog: {told}"))
        indexes.append(data)
    catalog = _opened(tuple(indexes))
    catalog.notes = notes
    return catalog


@lru_cache(maxsize=2)
def _opened(indexes: tuple[bytes, ...]) -> Catalog:
    """The catalog of some indexes, weakest first; a program that decodes much opens it once."""
    return Catalog([_layer(data) for data in indexes])


def _layer(data: bytes) -> tuple[dict[str, JSON], bytes, int]:
    end = data.index(b"\n")
    return as_object(json.loads(data[:end])), data, end + 1
