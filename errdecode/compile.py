"""Compile a folder of catalog files into one checked index; gather located faults; weigh the clues.

The index is one file: a first line of JSON with what detection needs of every format, then one
line of JSON with the rest of each format, read on demand by its byte range.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from errdecode.clue import Codes, Seen, fold_code, is_on_body
from errdecode.format import Clue, Code, Detect, Extract, Format, Shape
from errdecode.house import House, build_houses
from errdecode.model import JSON
from errdecode.packed import pack
from errdecode.rules import add_blanks, check_format
from errdecode.schema import Fault, read_format
from errdecode.schema import Path as KeyPath
from errdecode.toml_lines import DEEPEST, line_at, read_lines
from errdecode.weigh import Reference, weigh_required, weigh_supporting

VERSION = 1
"""Of the index's layout; another one is compiled anew."""
TOO_DEEP = "nested too deep"


class LocatedFault(NamedTuple):
    """A fault and its place in a catalog file."""

    file: Path
    line: int
    """1-based."""
    message: str


class Loaded(NamedTuple):
    """A catalog file that fits the vocabulary."""

    file: Path
    format: Format


class Parsed(NamedTuple):
    """A catalog file that is TOML."""

    file: Path
    data: dict[str, JSON]
    lines: dict[KeyPath, int]
    """Where each key and item stands, 1-based."""

    def locate(self, fault: Fault) -> LocatedFault:
        """Put a fault into words, with its line."""
        where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in fault.path)
        said = f"{where[1:]}: {fault.message}" if where else fault.message
        return LocatedFault(self.file, line_at(self.lines, fault.path), said)


def parse_file(file: Path) -> Parsed | LocatedFault:
    """Read a file's TOML, or say why it cannot be read."""
    try:
        data = file.read_bytes()
    except OSError as fault:
        return LocatedFault(file, 1, f"cannot be read: {fault.strerror}")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        return LocatedFault(file, line, "this is not UTF-8; save the file in that encoding")
    try:
        table = tomllib.loads(text)
    except RecursionError:
        return LocatedFault(file, 1, TOO_DEEP)
    except ValueError as fault:  # TOMLDecodeError, or an integer of more digits than Python reads
        return LocatedFault(file, _toml_line(str(fault), text), f"no TOML: {fault}")
    lines = read_lines(text)
    deepest = max(lines, key=len)
    if len(deepest) > DEEPEST:
        return LocatedFault(file, lines[deepest], TOO_DEEP)
    return Parsed(file, table, lines)


def load_file(file: Path) -> tuple[Loaded | None, list[LocatedFault]]:
    """Read one catalog file; None with its faults when it is wrong."""
    parsed = parse_file(file)
    if isinstance(parsed, LocatedFault):
        return None, [parsed]
    format, faults = read_format(parsed.data)
    if format is not None:
        faults += check_format(format, file.stem)
    faults = add_blanks(parsed.data, faults)
    located = [parsed.locate(fault) for fault in faults]
    return (Loaded(file, format) if format and not faults else None), located


def list_files(folder: Path) -> list[Path]:
    """The catalog files of a folder by name; hidden ones are an editor's."""
    return sorted(file for file in folder.glob("*.toml") if not file.name.startswith("."))


def load_folder(folder: Path) -> tuple[list[Loaded], list[LocatedFault]]:
    """Read all `*.toml` of a folder in the order of their names; wrong ones are left out, told."""
    loaded, faults = [], []
    for file in list_files(folder):
        one, wrong = load_file(file)
        faults += wrong
        if one:
            loaded.append(one)
    return loaded, faults


def _toml_line(message: str, text: str) -> int:
    """The line that tomllib names in its message."""
    if message.endswith("(at end of document)"):
        return text.rstrip().count("\n") + 1
    digits = message.rpartition("(at line ")[2].partition(",")[0]
    return int(digits) if digits.isdecimal() else 1


def shapes_of(format: Format) -> tuple[Shape, ...]:
    """The format's shapes; without any of its own, the one that `[detect]` describes."""
    return format.shapes or (Shape(),)


# ---------------------------------------------------------------- the index


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
    reference = reference._replace(roots={id: family_of(id, formats) for id in formats})
    whole = {one.format.id: inherit(one.format, formats) for one in loaded}
    details = [(_dump(_details(format)) + "\n").encode() for format in whole.values()]
    entries: dict[str, JSON] = {}
    offset = 0
    for one, line in zip(loaded, details, strict=True):
        entries[one.format.id] = {
            **_entry(one.format),
            "offset": offset,
            "length": len(line),
            "source": str(one.file) if overlay else None,
        }
        offset += len(line)
    shapes: list[JSON] = [
        _shape(format, formats[id], shape, reference)
        for id, format in whole.items()
        if format.kind != "knowledge"
        for shape in shapes_of(format)
    ]
    head = _dump({"version": VERSION, "formats": entries, "shapes": shapes})
    return head.encode() + b"\n" + b"".join(details)


def _dump(value: JSON) -> str:
    return json.dumps(value, separators=(",", ":"))


def _entry(format: Format) -> dict[str, JSON]:
    """What the index says of a format without opening its details."""
    return {
        "name": format.name,
        "kind": format.kind,
        "documentation": format.documentation,
        "extends": format.extends,
    }


def _details(format: Format) -> JSON:
    """All of a format but its examples, which the authoring tools read from the file itself."""
    return pack(format._replace(examples=(), counterexamples=()))


def inherit(format: Format, formats: dict[str, Format]) -> Format:
    """A format with the clues, extractor, shapes and codes of all that it extends."""
    chain = {format.id: format}
    while (parent := formats.get(format.extends or "")) and parent.id not in chain:
        chain[parent.id] = format = parent
    *children, whole = chain.values()
    for child in reversed(children):
        whole = _extend(whole, child)
    return whole


def _extend(parent: Format, child: Format) -> Format:
    own = {_keys(code) for code in child.codes}
    return child._replace(
        detect=Detect(*(a + b for a, b in zip(parent.detect, child.detect, strict=True))),
        extract=override(parent.extract, child.extract),
        shapes=child.shapes or parent.shapes,
        codes=child.codes + tuple(code for code in parent.codes if _keys(code) not in own),
    )


def _keys(code: Code) -> tuple[JSON, ...]:
    """What an entry is looked up by; a dialect's own replaces the inherited one."""
    return (code.code, code.status, code.message, code.operation, code.timeout)


def override(base: Extract, over: Extract) -> Extract:
    """An extractor whose words replace those of another, one by one."""
    default = Extract()
    changed = {
        name: value for name, value in over._asdict().items() if value != getattr(default, name)
    }
    return base._replace(**changed)


def _shape(format: Format, own: Format, shape: Shape, reference: Reference) -> JSON:
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
        "keys": _top_level_names(required),
        "codes": [*sorted(codes.values)] if uses_codes else [],
        "fold": codes.fold,
        "required": pack(required),
        "weight": weigh_required(required, format.id, codes, reference),
        "body_weight": weigh_required(
            [clue for clue in required if is_on_body(clue)], format.id, codes, reference
        ),
        "supporting": [
            [pack(clue), weight]
            for clue, weight in zip(
                supporting,
                weigh_supporting(supporting, required, format.id, codes, reference),
                strict=True,
            )
        ],
        "excluding": pack((*format.detect.excluding, *shape.excluding)),
        "success": pack(format.detect.success),
        "extends": format.extends,
        "own": [at for at, clue in enumerate([*required, *supporting]) if clue in owned],
    }


def codes_of(format: Format) -> Codes:
    """The format's codes, for clues that ask whether a value is one of them."""
    values = (code.code for code in format.codes if code.code is not None)
    return Codes(
        frozenset(fold_code(v) if format.fold_codes else v for v in values), format.fold_codes
    )


def _uses_codes(clue: Clue) -> bool:
    return clue.known or any(_uses_codes(part) for part in clue.any)


def _top_level_names(required: Iterable[Clue]) -> list[JSON]:
    """Names that the body must bear at its top, in folded case: a cheap test before all clues.

    What may be an index or a pattern is no such name.
    """
    names: set[str] = set()
    for clue in required:
        first = (clue.at or "").partition("/")[2].partition("/")[0]
        if first and not first.isdecimal() and first not in ("*", "**"):
            names.add(first.replace("~1", "/").replace("~0", "~"))  # RFC 6901, section 4
        elif clue.at == "":
            names.update(clue.has)
    return [*sorted({name.casefold() for name in names})]


def reference_of(loaded: Sequence[Loaded], background: Sequence[Seen]) -> Reference:
    """What clues are weighed against: the examples of every family, and the fixed background."""
    from errdecode.body import read_body
    from errdecode.clue import see
    from errdecode.example import content_type, exchange_of

    formats = {one.format.id: one.format for one in loaded}
    families: dict[str, list[Seen]] = {}
    for format in formats.values():
        for example in format.examples:
            exchange = exchange_of(example)
            text = exchange.response.body if exchange.response else None
            empty = exchange.source._replace(value="")
            body = read_body(text or empty, content_type(exchange))
            families.setdefault(family_of(format.id, formats), []).append(see(exchange, body))
    roots = {id: family_of(id, formats) for id in formats}
    return Reference(families, tuple(background), roots)


def family_of(id: str, formats: dict[str, Format]) -> str:
    """The id at the root of a format's `extends` chain; a family counts once with its dialects."""
    seen = {id}
    while (parent := formats[id].extends) in formats and parent not in seen:
        id = str(parent)
        seen.add(id)
    return id


def read_background(file: Path) -> list[Seen]:
    """The fixed background: ordinary documents that are in no documented error format."""
    from errdecode.body import read_body
    from errdecode.model import Text

    seen = []
    for entry in json.loads(file.read_text(encoding="utf-8")):
        content = entry["body"]
        text = content if isinstance(content, str) else json.dumps(content)
        body = read_body(Text(text), entry.get("media_type"))
        seen.append(Seen(body, entry.get("status"), body.media_type))
    return seen + [_see_house(house) for house in build_houses()]


def _see_house(house: House) -> Seen:
    from errdecode.body import read_body
    from errdecode.model import Text

    text = house.body if isinstance(house.body, str) else json.dumps(house.body)
    body = read_body(Text(text), house.headers["content-type"])
    return Seen(body, house.status, body.media_type, house.headers, house.host, "/v1/boats")
