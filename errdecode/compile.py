"""Compile a folder of catalog files into one checked index; gather located faults; weigh the clues.

The index is one file: a first line of JSON with what detection needs of every format, then one line of JSON with the
rest of each format, read on demand by its byte range.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from errdecode.clue import Codes, Seen, fold_code, is_on_body
from errdecode.format import Clue, Detect, Extract, Format, Shape
from errdecode.model import JSON
from errdecode.schema import Fault, read_format
from errdecode.schema import Path as KeyPath
from errdecode.weigh import Reference, weigh_clue, weigh_required

VERSION = 1
"""Of the index's layout; another one is compiled anew."""


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


def load_file(file: Path) -> tuple[Loaded | None, list[LocatedFault]]:
    """Read one catalog file; None with its faults, all of them, when it is wrong."""
    try:
        text = file.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as fault:
        return None, [LocatedFault(file, 1, f"cannot be read: {fault}")]
    except tomllib.TOMLDecodeError as fault:
        return None, [LocatedFault(file, _toml_line(str(fault)), f"no TOML: {fault}")]
    format, faults = read_format(data)
    if format is not None:
        faults = [*check_format(format, file.stem)]
    located = [LocatedFault(file, find_line(text, f.path), _say(f)) for f in faults]
    return (Loaded(file, format) if format and not faults else None), located


def load_folder(folder: Path) -> tuple[list[Loaded], list[LocatedFault]]:
    """Read all `*.toml` of a folder, in the order of their names; wrong files are left out and told."""
    loaded, faults = [], []
    for file in sorted(folder.glob("*.toml")):
        one, wrong = load_file(file)
        faults += wrong
        if one:
            loaded.append(one)
    return loaded, faults


def _toml_line(message: str) -> int:
    """The line that tomllib names in its message."""
    digits = message.rpartition("(at line ")[2].partition(",")[0]
    return int(digits) if digits.isdecimal() else 1


def _say(fault: Fault) -> str:
    where = ".".join(str(part) for part in fault.path)
    return f"{where}: {fault.message}" if where else fault.message


def find_line(text: str, path: KeyPath) -> int:
    """The line (1-based) of a TOML file on which a key path stands, or the nearest table above it."""
    lines = text.split("\n")
    at, prefix = 0, ""
    for part in path:
        if isinstance(part, int):
            headers = [i for i, line in enumerate(lines) if line.strip().startswith(f"[[{prefix}]]")]
            if part < len(headers):
                at = headers[part]
            continue
        header = prefix + "." + part if prefix else part
        prefix = header
        for i in range(at, len(lines)):
            line = lines[i].strip()
            if line.startswith((f"[{header}]", f"[[{header}]]")) or _assigns(line, part):
                at = i
                break
    return at + 1


def _assigns(line: str, key: str) -> bool:
    """Whether a line gives the key a value, at its start or inside an inline table."""
    start = line.partition("=")[0].strip()
    return start == key or start.endswith("." + key) or f"{{ {key} =" in line or f", {key} =" in line


# ---------------------------------------------------------------- what a file must hold beyond its shape


def check_format(format: Format, stem: str) -> Iterable[Fault]:
    """Yield what is wrong with a file that fits the vocabulary."""
    if format.id != stem:
        yield Fault(("id",), f"the id {format.id!r} is not the file's name {stem!r}")
    if format.kind != "knowledge":
        if not format.examples:
            yield Fault((), "there is no example; every format is tested by its own")
        for at, shape in enumerate(shapes_of(format)):
            if not (format.detect.required or shape.required or format.extends):
                yield Fault(("shapes", at), "no required clue: this shape would fit everything")
    for place, clues in _all_clues(format):
        for at, clue in enumerate(clues):
            yield from (Fault((*place, at), text) for text in _check_clue(clue))
    yield from _check_codes(format)


def _all_clues(format: Format) -> Iterable[tuple[KeyPath, Sequence[Clue]]]:
    for word in ("required", "supporting", "excluding", "success"):
        yield ("detect", word), getattr(format.detect, word)
    for at, shape in enumerate(format.shapes):
        yield ("shapes", at, "required"), shape.required
        yield ("shapes", at, "supporting"), shape.supporting


_PLACES = ("at", "header", "host", "path", "status", "media_type", "body", "text", "failure", "any")


def _check_clue(clue: Clue) -> Iterable[str]:
    places = [name for name in _PLACES if getattr(clue, name) not in (None, ())]
    if len(places) != 1:
        yield f"a clue names exactly one place of {', '.join(_PLACES)}; this one names {len(places)}"
    for part in clue.any:
        yield from _check_clue(part)


def _check_codes(format: Format) -> Iterable[Fault]:
    known = {code.code for code in format.codes}
    for at, code in enumerate(format.codes):
        if not code.title or not code.meaning:
            yield Fault(("codes", at), "title and meaning are needed")
        if not code.remedies and code.role is None:
            yield Fault(("codes", at), "at least one remedy is needed")
        for other in code.see_also:
            if other not in known:
                yield Fault(("codes", at, "see_also"), f"{other!r} is no code of this file")


def shapes_of(format: Format) -> tuple[Shape, ...]:
    """The format's shapes; without any of its own, the one that `[detect]` describes."""
    return format.shapes or (Shape(),)


# ---------------------------------------------------------------- the index


def compile_catalog(loaded: Sequence[Loaded], reference: Reference, overlay: bool = False) -> bytes:
    """Build the index of checked formats, their clues weighed against the reference."""
    formats = {one.format.id: one.format for one in loaded}
    whole = {id: inherit(format, formats) for id, format in formats.items()}
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


def pack(value: object) -> JSON:
    """A named tuple of the vocabulary as JSON, without the members that have their default."""
    if hasattr(value, "_fields"):
        defaults = value._field_defaults
        members = ((name, getattr(value, name)) for name in value._fields)
        return {n: pack(v) for n, v in members if n not in defaults or v != defaults[n]}
    if isinstance(value, tuple | list):
        return [pack(item) for item in value]
    if isinstance(value, dict):
        return {key: pack(item) for key, item in value.items()}
    return value  # type: ignore[return-value]  # scalars of the vocabulary are JSON


def _entry(format: Format) -> dict[str, JSON]:
    """What the index says of a format without opening its details."""
    return {
        "name": format.name,
        "kind": format.kind,
        "documentation": format.documentation,
        "extends": format.extends,
    }


def _details(format: Format) -> JSON:
    """All of a format but its examples, which only the authoring tools read, from the file itself."""
    return pack(format._replace(examples=(), counterexamples=()))


def inherit(format: Format, formats: dict[str, Format]) -> Format:
    """A format with what it inherits: clues, extractor, shapes and codes of the one it extends."""
    parent = formats.get(format.extends or "")
    if parent is None:
        return format
    parent = inherit(parent, formats)
    return format._replace(
        detect=Detect(*(a + b for a, b in zip(parent.detect, format.detect, strict=True))),
        extract=override(parent.extract, format.extract),
        shapes=format.shapes or parent.shapes,
        codes=format.codes + parent.codes,
    )


def override(base: Extract, over: Extract) -> Extract:
    """An extractor whose words replace those of another, one by one."""
    default = Extract()
    changed = {
        name: value
        for name, value in over._asdict().items()
        if value != getattr(default, name)
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
        "codes": sorted(codes.values) if uses_codes else [],
        "fold": codes.fold,
        "required": pack(required),
        "weight": weigh_required(required, format.id, codes, reference),
        "body_weight": weigh_required(
            [clue for clue in required if is_on_body(clue)], format.id, codes, reference
        ),
        "supporting": [
            [pack(clue), weigh_clue(clue, required, format.id, codes, reference)]
            for clue in supporting
        ],
        "excluding": pack(format.detect.excluding),
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
    """Names that the body must bear at its top, in folded case: a cheap test before any clue is walked."""
    names = {clue.at.split("/")[1].casefold() for clue in required if clue.at and not clue.any}
    for clue in required:
        if clue.at == "":
            names |= {name.casefold() for name in clue.has}
    return sorted(names - {"*", "**"})


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
            text = exchange.response.body if exchange.response else exchange.source._replace(value="")
            body = read_body(text or exchange.source, content_type(exchange))
            families.setdefault(family_of(format.id, formats), []).append(see(exchange, body))
    roots = {id: family_of(id, formats) for id in formats}
    return Reference(families, tuple(background), roots)


def family_of(id: str, formats: dict[str, Format]) -> str:
    """The id at the root of a format's `extends` chain; a family counts once, however many dialects it has."""
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
    return seen
