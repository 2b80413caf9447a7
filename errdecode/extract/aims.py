"""Where an item that no documented format covers says the fault lies: by the usual names of
members."""

from __future__ import annotations

import re

from errdecode.extract.places import part_named
from errdecode.model import JSON, Problem
from errdecode.patterns import scalar
from errdecode.pointer import build, parse, read_pointer

POINTERS = tuple(
    "pointer path loc field fieldname fieldpath param parameter property propertypath propertyname "
    "attribute attributename location target instancepath datapath paramname parametername "
    "source".split()
)
_HEADS = ("body", "query", "header")
_PARTS = ("in", "location", "source")
"""Members that may name the part of the request, beside one that says where in it."""
_PART_WORDS = frozenset("body query querystring params path header headers cookie cookies".split())
"""The words for the parts that are no likely names of members, as they stand there alone."""

Aim = dict[str, str | bool | None]
"""Members of `model.Problem`."""


def bare_name(name: str) -> str:
    """The name of a member without what houses write differently: case, `_` and `-`."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def read_aim(item: dict[str, JSON]) -> Aim:
    """Read a path as text, names and indices, or JSON:API's `source`; empty when it has none.

    Where the item names the part of the request, too, the place is one in that part.
    """
    plain = {bare_name(name): value for name, value in reversed(item.items())}
    parts = (_named_part(plain.get(name)) for name in _PARTS)
    return _in_other_part(_read_place(plain), next(filter(None, parts), None))


def _named_part(value: JSON) -> str | None:
    """The part of a request that is named in so many words."""
    return part_named(value) if isinstance(value, str) and value.lower() in _PART_WORDS else None


def _read_place(plain: dict[str, JSON]) -> Aim:
    """Read a place that nothing says the part of, but its own head."""
    for name in POINTERS:
        member = plain.get(name)
        if name in _PARTS and _named_part(member):
            continue
        if name == "source":
            return _read_source(member)
        value = scalar(member)
        if isinstance(value, str) and _is_path(value, name, plain):
            return read_path(value)
        if isinstance(value, list) and value and read_pointer(value, "segments").tokens:
            sent = "/".join(str(part) for part in value)
            if name == "loc" and len(value) > 1 and value[0] in _HEADS:
                return _in_part(str(value[0]), value[1:], sent)
            return _aim(value, sent, "segments")
    return {}


def doubt_path(aim: Aim, item: dict[str, JSON]) -> Aim:
    """A place that an error by itself has as its `path`, which is more often that of the URL."""
    sent = aim.get("pointer_as_sent")
    named = any(bare_name(name) == "path" and value == sent for name, value in item.items())
    if not named or not isinstance(sent, str) or not sent.startswith("/"):
        return aim
    return {**aim, "assumes": "the error's `path` is read as a place in the payload"}


def with_field(item: JSON) -> JSON:
    """An item whose `name` says where it lies, as RFC 9457's `invalid-params` have it."""
    if not isinstance(item, dict) or not isinstance(item.get("name"), str) or read_aim(item):
        return item
    return {"field" if name == "name" else name: value for name, value in item.items()}


def has_aim(problem: Problem) -> bool:
    """Whether a problem says where in the request it lies."""
    return bool(problem.pointer_as_sent or problem.parameter or problem.header)


def read_path(path: str) -> Aim:
    """Read a path in the dialect that it begins like."""
    if path.startswith(("/", "#/")):
        return _aim(path, path, "json-pointer")
    return _aim(path, path, "jsonpath" if path.startswith(("$.", "$[")) else "dotted")


def _read_source(source: JSON) -> Aim:
    """The `source` of JSON:API: a pointer, or the name of a parameter or of a field."""
    if not isinstance(source, dict):
        return {}
    for name in ("pointer", "parameter", "header"):
        value = source.get(name)
        if isinstance(value, str) and value:
            return read_path(value) if name == "pointer" else {name: value}
    return {}


def _is_path(value: str, name: str, plain: dict[str, JSON]) -> bool:
    """Whether a text may be a path into the body; beside a time stamp a path is the URL's.

    A location or a target with a hyphen, and no step in it, is a region or a host by its name.
    """
    if not value or " " in value or "://" in value:
        return False
    if name in ("location", "target") and "-" in value and not re.search(r"[/.\[$]", value):
        return False
    return not (name == "path" and value.startswith("/") and "timestamp" in plain)


def _in_part(part: str, inner: list[JSON], sent: str) -> Aim:
    """A place as FastAPI writes it: the part of the request comes first."""
    if part == "body":
        return {**_aim(inner, sent, "segments"), "parameter_in": part}
    name = ".".join(str(step) for step in inner)
    return {"header" if part == "header" else "parameter": name}


def _in_other_part(aim: Aim, part: str | None) -> Aim:
    """A pointer into another part of the request than the body as the name it has there."""
    pointer = aim.get("pointer")
    if part is None or not isinstance(pointer, str) or "parameter_in" in aim:
        return aim
    if part == "body":
        return {**aim, "parameter_in": part}
    name = ".".join(parse(pointer).tokens or ())
    return {"header": name} if part == "header" else {"parameter": name, "parameter_in": part}


def _aim(value: JSON, sent: str, dialect: str) -> Aim:
    tokens = read_pointer(value, dialect).tokens
    return {
        "pointer": None if tokens is None else build(tokens),
        "pointer_as_sent": sent,
        "dialect": dialect,
        "heuristic": True,
    }
