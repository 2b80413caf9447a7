"""Writes the index: a head that is read at each start, then a line for each shape, each format and
each bucket of gates."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from errdecode.clue import is_on_body
from errdecode.clue.gate import Gate, gate_of, pack_gate
from errdecode.compile.dialects import codes_of, family_of, inherit, shapes_of
from errdecode.compile.files import Loaded
from errdecode.compile.weigh import Reference, Scale
from errdecode.format import Clue, Format, Shape
from errdecode.format.packed import pack
from errdecode.model import JSON

VERSION = 5
"""Of the index's layout; another one is compiled anew."""


def compile_catalog(
    loaded: Sequence[Loaded],
    reference: Reference,
    overlay: bool = False,
    known: Sequence[Loaded] = (),
) -> bytes:
    """Build the index of checked formats, their clues weighed against the reference.

    `known` are the formats of other catalogs that these may extend.
    """
    formats = {one.format.id: one.format for one in (*known, *loaded)}
    roots = {id: family_of(id, formats) for id in formats}
    scale = Scale(reference._replace(roots=roots))
    lines = _Lines()
    entries: dict[str, JSON] = {}
    gates: list[tuple[str, JSON, Gate]] = []
    success: list[JSON] = []
    for one in loaded:
        format = inherit(one.format, formats)
        source = one.file.name if overlay else None
        entry = {**_entry(one.format), "place": lines.add(_details(format)), "source": source}
        entries[format.id] = lines.add(entry)
        for shape in shapes_of(format) if format.kind != "knowledge" else ():
            line = _shape(format, one.format, shape, scale)
            required = [*format.detect.required, *shape.required]
            gate = gate_of(required, float(str(line["body_weight"])))
            place = lines.add(line)
            if format.detect.success:
                success.append([len(gates), format.id, place, *pack_gate(gate)])
            gates.append((format.id, place, gate))
    buckets: dict[str, JSON] = {key: lines.add(part) for key, part in _buckets(gates).items()}
    head: JSON = {"version": VERSION, "formats": entries, "buckets": buckets, "success": success}
    return b"".join([_dump(head).encode(), b"\n", *lines.lines])


def _buckets(gates: Sequence[tuple[str, JSON, Gate]]) -> dict[str, JSON]:
    """The gates by what a response has to show for one to open: the rarest sign it asks for, else
    a kind of body (`kind json`), else nothing."""
    asked = Counter(
        sign for _, _, gate in gates for signs in (gate.signs, *gate.either) for sign in signs
    )
    buckets: dict[str, list[JSON]] = {}
    for number, (id, place, gate) in enumerate(gates):
        for key in sorted(_keys(gate, asked)):
            entry: list[JSON] = [number, id, place, *pack_gate(gate)]
            buckets.setdefault(key, []).append(entry)
    return {**buckets}


def _keys(gate: Gate, asked: Counter[str]) -> set[str]:
    """Under which keys a gate is found, one of which every response that opens it has."""
    sets = [gate.signs] if gate.signs else gate.either
    if sets:
        return {min(signs, key=lambda sign: (asked[sign], sign)) for signs in sets}
    return {f"kind {kind}" for kind in gate.kinds} or {""}


class _Lines:
    """The lines behind the head, each found again by its place."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self.size = 0

    def add(self, value: JSON) -> list[JSON]:
        """Add a line; its first byte, counted from the end of the head, and its length."""
        line = (_dump(value) + "\n").encode()
        self.lines.append(line)
        place: list[JSON] = [self.size, len(line)]
        self.size += len(line)
        return place


def _dump(value: JSON) -> str:
    return json.dumps(value, separators=(",", ":"))


def _entry(format: Format) -> dict[str, JSON]:
    """What the index says of a format without opening its details."""
    return {
        "name": format.name,
        "kind": format.kind,
        "documentation": format.documentation,
        "extends": format.extends,
        "by_status": _fails_by_status(format),
    }


def _fails_by_status(format: Format) -> bool:
    """Whether all errors among the examples come with a status that says so."""
    statuses = {one.status for one in format.examples if one.outcome == "error" and one.status}
    return bool(statuses) and min(statuses) >= 400


def _details(format: Format) -> JSON:
    """All of a format but its examples, which the authoring tools read from the file itself."""
    return pack(format._replace(examples=(), counterexamples=()))


def _shape(format: Format, own: Format, shape: Shape, scale: Scale) -> dict[str, JSON]:
    """One line of the detection index."""
    codes = codes_of(format)
    required = [*format.detect.required, *shape.required]
    owned = [*own.detect.required, *own.detect.supporting]
    owned += [clue for shape in own.shapes for clue in (*shape.required, *shape.supporting)]
    supporting = [*format.detect.supporting, *shape.supporting]
    uses_codes = any(_uses_codes(clue) for clue in (*required, *supporting))
    return {
        "format": format.id,
        "name": shape.name,
        "codes": [*sorted(codes.values)] if uses_codes else [],
        "fold": codes.fold,
        "required": pack(required),
        "weight": scale.weigh_required(required, format.id, codes),
        "body_weight": scale.weigh_required(
            [clue for clue in required if is_on_body(clue)], format.id, codes
        ),
        "supporting": [
            [pack(clue), weight]
            for clue, weight in zip(
                supporting,
                scale.weigh_supporting(supporting, required, format.id, codes),
                strict=True,
            )
        ],
        "excluding": pack((*format.detect.excluding, *shape.excluding)),
        "success": pack(format.detect.success),
        "extends": format.extends,
        "yields": shape.yields,
        "own": [at for at, clue in enumerate([*required, *supporting]) if clue in owned],
    }


def _uses_codes(clue: Clue) -> bool:
    return clue.known or any(_uses_codes(part) for part in clue.any)
