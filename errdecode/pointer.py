"""JSON Pointers (RFC 6901): read, write and resolve them, in any dialect."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from errdecode.model import JSON

Tokens = tuple[str, ...]

_LONGEST_SHOWN = 60
"""Characters of a reference token that a reason repeats."""
_INDEX = re.compile("0|[1-9][0-9]{0,17}")
"""An array index (RFC 6901, section 4), of no more digits than any array needs."""


def build(tokens: Sequence[str]) -> str:
    """Write reference tokens as a pointer: `~` as `~0`, `/` as `~1` (RFC 6901, section 3)."""
    return "".join("/" + token.replace("~", "~0").replace("/", "~1") for token in tokens)


class Parsed(NamedTuple):
    """A pointer's reference tokens, or why it has none."""

    tokens: Tokens | None
    reason: str | None = None


def parse(pointer: str) -> Parsed:
    """Read a pointer in its string form or its URI fragment form (RFC 6901, sections 3 and 6)."""
    if pointer == "":
        return Parsed(())
    import jsonpointer

    if pointer.startswith("#"):
        from urllib.parse import unquote

        pointer = unquote(pointer[1:])
    try:
        return Parsed(tuple(jsonpointer.JsonPointer(pointer).parts))
    except jsonpointer.JsonPointerException:
        if not pointer.startswith("/"):
            return Parsed(None, "a JSON Pointer starts with a slash")
        return Parsed(None, "a tilde in a JSON Pointer is followed by 0 or 1")


class Resolution(NamedTuple):
    """Where the tokens of a pointer lead in a document."""

    found: bool
    value: JSON
    """The value found, or the deepest one on the way."""
    depth: int
    """How many tokens could be followed."""
    reason: str | None = None


def resolve(document: JSON, tokens: Sequence[str]) -> Resolution:
    """Follow the tokens one by one, as far as they lead.

    `-` is past the end of an array (RFC 6901, section 4).
    """
    import jsonpointer

    jsonpointer.VERBOSE_EXCEPTIONS = (
        False  # else each miss writes the whole document into a message
    )
    step = jsonpointer.JsonPointer("")
    for depth, token in enumerate(tokens):
        try:
            value = step.walk(document, token)
        except jsonpointer.JsonPointerException:
            return Resolution(False, document, depth, _why_not(document, token))
        if isinstance(value, jsonpointer.EndOfList):
            return Resolution(False, document, depth, _why_not(document, token))
        document = value
    return Resolution(True, document, len(tokens))


def _why_not(value: JSON, token: str) -> str:
    """Say why a token leads nowhere from a value."""
    shown = repr(token if len(token) <= _LONGEST_SHOWN else token[: _LONGEST_SHOWN - 1] + "…")
    if isinstance(value, dict):
        return f"there is no member {shown}"
    if isinstance(value, list):
        size = f"the array has {len(value)} item{'s' * (len(value) != 1)}"
        if token == "-":  # a reference token
            return f"'-' stands past the end: {size}"
        if _INDEX.fullmatch(token):
            return f"{size}, there is no item {token}"
        return f"{shown} is no array index, and {size}"
    return f"{_kind(value)} has no members"


def _kind(value: JSON) -> str:
    name = type_name(value)
    return name if value is None else f"{'an' if name[0] in 'aio' else 'a'} {name}"


def array_index(token: str, size: int) -> int | None:
    """The item of an array of `size` items that a token names; None when there is none."""
    if _INDEX.fullmatch(token) and int(token) < size:
        return int(token)
    return None


def type_name(value: JSON) -> str:
    """The JSON type of a value, as JSON Schema names it."""
    if isinstance(value, bool):
        return "boolean"
    names = {str: "string", int: "integer", float: "number", list: "array", dict: "object"}
    return names.get(type(value), "null")


# ---------------------------------------------------------------- dialects


def read_pointer(sent: JSON, dialect: str) -> Parsed:
    """Read a pointer that was written in one of `DIALECTS` into reference tokens."""
    if isinstance(sent, list):
        return _segments(sent)
    if isinstance(sent, bool) or not isinstance(sent, str | int):
        return Parsed(None, f"{_kind(sent)} is no pointer")
    return DIALECTS[dialect](str(sent))


def _segments(sent: list[JSON]) -> Parsed:
    """An array of member names and indices: Zod, Joi, GraphQL, FastAPI."""
    if any(isinstance(part, bool) or not isinstance(part, str | int) for part in sent):
        return Parsed(None, "the path holds more than names and indices")
    return Parsed(tuple(str(part) for part in sent))


_PIECE = re.compile(
    r"""(?P<dots>\.+)|(?P<name>[^.\[]+)
    |\[(?P<quote>['"])(?P<quoted>(?:[^'"\\]|\\.|(?!(?P=quote))['"])*)(?P=quote)\]
    |\[(?P<inner>[^\]]*)\]""",
    re.VERBOSE | re.DOTALL,
)


def _dotted(sent: str) -> Parsed:
    """`a.b[0].c`, `items[0][price]`, `addresses[].zip` (any item), `a['b c']`."""
    return _read_pieces(sent, "")


def _jsonpath(sent: str) -> Parsed:
    """`$.a[0]['b']`: a path of RFC 9535, normalized (section 2.7) or short; `..` is any depth."""
    parsed = _read_pieces(sent.removeprefix("$"), "**")
    if any(token.startswith("?") for token in parsed.tokens or ()):
        return Parsed(None, "filters in a JSONPath are not understood")
    return parsed


def _read_pieces(sent: str, deep: str) -> Parsed:
    """Split a path at dots and brackets; several dots in a row stand for the token `deep`."""
    tokens: list[str] = []
    at = 0
    while at < len(sent):
        piece = _PIECE.match(sent, at)
        if piece is None:
            return Parsed(None, "a bracket is not closed")
        at = piece.end()
        if piece["dots"]:
            tokens += [deep] * (deep != "" and len(piece["dots"]) > 1)
        elif piece["quoted"] is not None:
            tokens.append(re.sub(r"\\(.)", r"\1", piece["quoted"]))
        else:
            tokens.append(piece["name"] or piece["inner"] or "*")
    return Parsed(tuple(tokens))


def _xpath(sent: str) -> Parsed:
    """`/a/b[1]`, `//name`, without predicates other than positions.

    Prefixes are dropped; positions are 1-based.
    """
    tokens: list[str] = []
    for step in sent.replace("//", "/**/").strip("/").split("/"):
        name, _, position = step.partition("[")
        if name not in (".", "text()"):
            tokens.append(name.rpartition(":")[2])
        if position:
            number = position.removesuffix("]")
            if not _INDEX.fullmatch(number) or number == "0":
                return Parsed(None, "only positions are understood in an XPath predicate")
            tokens.append(str(int(number) - 1))
    return Parsed(tuple(tokens))


DIALECTS = {
    "json-pointer": parse,
    "dotted": _dotted,
    "jsonpath": _jsonpath,
    "segments": _dotted,
    "xpath": _xpath,
}
"""How a pointer may be written, by name; each reader turns it into reference tokens."""


def join_literal(document: JSON, tokens: Tokens) -> Tokens:
    """Prefer literal member names over split ones: `address.street` as one, if an object bears it.

    At each object the longest run of tokens that is a member's name, joined by dots, is taken as
    one.
    """
    kept: list[str] = []
    at = 0
    while at < len(tokens):
        size = 1
        if isinstance(document, dict):
            sizes = range(min(len(tokens) - at, 32), 1, -1)
            size = next((n for n in sizes if ".".join(tokens[at : at + n]) in document), 1)
        name = ".".join(tokens[at : at + size])
        kept.append(name)
        at += size
        if isinstance(document, dict):
            document = document.get(name)
        elif isinstance(document, list):
            index = array_index(name, len(document))
            document = None if index is None else document[index]
        else:
            document = None
    return tuple(kept)
