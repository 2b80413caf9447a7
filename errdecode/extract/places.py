"""Reads where a problem says that the fault lies: a pointer, the part of the request it is about,
lines and columns in a text of it, the part of the response that could not be given."""

from __future__ import annotations

from errdecode.clue import search
from errdecode.extract.reads import Found, Item, Source, read_first
from errdecode.format import Extract
from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.pointer import Tokens, build, parse, read_pointer, resolve

MOST_POSITIONS = 20
"""Lines and columns that are read for one problem."""
PARTS = {
    "body": "body requestbody request payload json data form formdata",
    "query": "query querystring queryparameter queryparam search searchparams url parameter",
    "path": "path params pathparameter pathparam uri route",
    "header": "header headers requestheader",
    "cookie": "cookie cookies",
}
"""The parts of a request (OpenAPI's `in`), each with the words that frameworks have for it,
in lower case without separators. `params` are the path's in Express, Fastify and celebrate."""
_PART_OF = {word: part for part, words in PARTS.items() for word in words.split()}


class Places(NamedTuple):
    """Where a problem says that it lies, as members of `model.Problem`."""

    members: dict[str, JSON | tuple[tuple[int, int], ...]]
    used: set[Tokens]
    """What was read for it in the item."""


def read_places(source: Source, item: Item) -> Places:
    """Read all that an item says of the place of its fault."""
    extract = source.extract
    pointer = read_first(source, item, extract.pointer, blank=True)
    part = read_first(source, item, extract.in_)
    positions = read_first(source, item, extract.positions, whole=True)
    response = read_first(source, item, extract.response_pointer)
    response = response if response and _has_answered(source, item) else None
    found = [one for one in (pointer, part, positions, response) if one]
    used = {one.place for one in found if one.place is not None and not one.read.template}
    below = pointer.below if pointer else None
    members = _pointer(extract, pointer) if pointer else {}
    if below and below.place is not None and not below.read.template:
        used.add(below.place)
    members["branches"] = extract.pointer_branches
    members = _in_part(extract, members, part.text if part else None, pointer)
    if positions:
        members["positions"] = _positions(positions.value)
        members["positions_in"] = extract.positions_in or ""
    if response:
        members["response_pointer"] = _response_pointer(extract, response)
    return Places(members, used)


def part_named(word: str) -> str | None:
    """The part of a request that a framework's word names: `querystring` is the query."""
    return _PART_OF.get(word.lower().replace("_", "").replace("-", "").replace(" ", ""))


def _pointer(
    extract: Extract, found: Found, *, blank: bool = False
) -> dict[str, JSON | tuple[tuple[int, int], ...]]:
    """A pointer, converted from its dialect; None when it cannot be read. An empty text is a place,
    the whole body, as a JSON Pointer alone (RFC 6901, section 5); elsewhere it names none, unless
    `blank`."""
    if found.below:
        return _begin(extract, found, found.below)
    promised = (
        found.read.dialect
        or ("json-pointer" if found.read.template else extract.pointer_dialect)
        or "json-pointer"
    )
    if found.value == "" and promised != "json-pointer" and not blank:
        return {}
    parsed, other = read_pointer(found.value, promised), None
    if parsed.tokens is None:
        from errdecode.pointer.written import read_as_written

        other = read_as_written(found.value)
    parsed, dialect = other or (parsed, promised)
    sent = "/".join(map(str, found.value)) if isinstance(found.value, list) else found.text
    return {
        "pointer": None
        if parsed.tokens is None
        else (extract.pointer_base or "") + build(parsed.tokens),
        "pointer_as_sent": str(found.sent) if found.read.assumes else sent,
        "dialect": dialect,
        "promised": promised if other else None,
        "heuristic": found.read.heuristic,
        "assumes": found.read.assumes,
    }


def _begin(
    extract: Extract, found: Found, below: Found
) -> dict[str, JSON | tuple[tuple[int, int], ...]]:
    """A pointer behind its beginning; nothing where either cannot be read. It is told in one, as
    none of both was sent so."""
    begun = _pointer(extract, below, blank=True)
    members = _pointer(extract._replace(pointer_base=None), found._replace(below=None))
    start, rest = begun.get("pointer"), members.get("pointer")
    if not isinstance(start, str) or not isinstance(rest, str):
        return {}
    written = begun if members["dialect"] == "json-pointer" else members
    return {
        "pointer": start + rest,
        "pointer_as_sent": start + rest,
        "dialect": written["dialect"],
        "heuristic": bool(begun["heuristic"] or members["heuristic"]),
        "assumes": members["assumes"] or begun["assumes"],
    }


def _in_part(
    extract: Extract,
    members: dict[str, JSON | tuple[tuple[int, int], ...]],
    part: str | None,
    found: Found | None,
) -> dict[str, JSON | tuple[tuple[int, int], ...]]:
    """Turn a pointer into another part of the request than the body into that part's name."""
    named = part_named(part) if part else None
    pointer = members.get("pointer")
    tokens = parse(pointer).tokens or () if isinstance(pointer, str) else ()
    if extract.pointer_head and tokens and part_named(tokens[0]):
        named, tokens = part_named(tokens[0]), tokens[1:]
        members["pointer"] = build(tokens)
    if named == "body" and (found or extract.parameter):
        members["parameter_in"] = named
    if named in (None, "body"):
        return members
    if found and tokens:
        branches = extract.pointer_branches
        inner = [name for name in tokens[1:] if not (branches and search(branches, name))]
        name = ".".join((tokens[0], *inner))
        members.update(pointer=None, **{"header" if named == "header" else "parameter": name})
    if named != "header":
        members["parameter_in"] = named
    return members


def _positions(value: JSON) -> tuple[tuple[int, int], ...]:
    """Lines and columns out of an object or an array of objects."""
    items = value if isinstance(value, list) else [value]
    read = (_position(item) for item in items[:MOST_POSITIONS])
    return tuple(position for position in read if position)


def _position(item: JSON) -> tuple[int, int] | None:
    if not isinstance(item, dict):
        return None
    line, column = item.get("line"), item.get("column", item.get("col", 1))
    if isinstance(line, bool) or isinstance(column, bool):
        return None
    if isinstance(line, int) and isinstance(column, int) and line > 0 and column > 0:
        return line, column
    return None


def _has_answered(source: Source, item: Item) -> bool:
    """Whether there is what `response_pointer` counts from: without `data` nothing was carried out
    (GraphQL, section 7.1.2), and a path leads through the request's own document. A problem that
    stands alone, and a list of them, do not show it."""
    base = parse(source.extract.response_base or "").tokens or ()
    shows = bool(item.place) and isinstance(source.body.value, dict)
    return not shows or resolve(source.body.value, base).found


def _response_pointer(extract: Extract, found: Found) -> str | None:
    parsed = read_pointer(found.value, found.read.dialect or "json-pointer")
    return None if parsed.tokens is None else (extract.response_base or "") + build(parsed.tokens)
