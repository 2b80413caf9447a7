"""RFC 6901 itself, by the jsonpointer library: reference tokens read, written and followed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.regex import expression

Tokens = tuple[str, ...]
"""Reference tokens. `*` stands for any item or member, `**` for any depth, as in `patterns`."""

INDEX = expression("0|[1-9][0-9]{0,17}")
"""An array index (RFC 6901, section 4), of no more digits than any array needs."""
_LONGEST_SHOWN = 60
"""Characters of a reference token that a reason repeats."""


def build(tokens: Sequence[str]) -> str:
    """Write reference tokens as a pointer: `~` as `~0`, `/` as `~1` (RFC 6901, section 3)."""
    return "".join("/" + token.replace("~", "~0").replace("/", "~1") for token in tokens)


class Parsed(NamedTuple):
    """A pointer's reference tokens, or why it has none."""

    tokens: Tokens | None
    reason: str | None = None
    """For people; where it can, it names the fault's character, 1-based in the pointer as sent."""
    literal: Tokens | None = None
    """The tokens with their numbers as sent, where the dialect counts from 1: `tokens` count from 0
    for the arrays of a document, but the flat names of a form keep theirs (`Filter.1.Name`)."""


def parse(pointer: str) -> Parsed:
    """Read a pointer in its string form or its URI fragment form (RFC 6901, sections 3 and 6)."""
    if pointer == "":
        return Parsed(())
    import jsonpointer

    decoded = pointer
    if pointer.startswith("#"):
        from urllib.parse import unquote

        decoded = unquote(pointer[1:])
    try:
        return Parsed(tuple(jsonpointer.JsonPointer(decoded).parts))
    except jsonpointer.JsonPointerException:
        if not decoded.startswith("/"):
            return Parsed(None, "a JSON Pointer starts with a slash")
        reason = "a tilde in a JSON Pointer is followed by 0 or 1"
        fault = re.search("~(?![01])", pointer) if decoded is pointer else None
        where = f", unlike that at character {fault.end()}" if fault else ""
        return Parsed(None, reason + where)


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
        if INDEX.fullmatch(token):
            return f"{size}, there is no item {token}"
        return f"{shown} is no array index, and {size}"
    return f"{describe(value)} has no members"


def describe(value: JSON) -> str:
    """The JSON type of a value with its article: `an object`."""
    name = type_name(value)
    return name if value is None else f"{'an' if name[0] in 'aio' else 'a'} {name}"


def array_index(token: str, size: int) -> int | None:
    """The item of an array of `size` items that a token names; None when there is none."""
    if INDEX.fullmatch(token) and int(token) < size:
        return int(token)
    return None


def type_name(value: JSON) -> str:
    """The JSON type of a value, as JSON Schema names it."""
    if isinstance(value, bool):
        return "boolean"
    names = {str: "string", int: "integer", float: "number", list: "array", dict: "object"}
    return names.get(type(value), "null")
