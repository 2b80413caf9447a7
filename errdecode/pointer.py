"""JSON Pointers (RFC 6901): reading and writing them, resolving them, and the patterns of the catalog over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from errdecode.model import JSON

Tokens = tuple[str, ...]

MOST_VISITED = 200_000
"""How many values one `**` pattern looks at before it gives up."""


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
    """Follow the tokens one by one, as far as they lead; `-` is past the end of an array (RFC 6901, section 4)."""
    import jsonpointer

    jsonpointer.VERBOSE_EXCEPTIONS = False  # else each miss writes the whole document into a message
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
    if isinstance(value, dict):
        return f"there is no member {token!r}"
    if isinstance(value, list):
        size = f"the array has {len(value)} item{'s' * (len(value) != 1)}"
        if token == "-":
            return f"'-' stands past the end: {size}"
        if token.isdigit() and (token == "0" or token[0] != "0"):
            return f"{size}, there is no item {token}"
        return f"{token!r} is no array index, and {size}"
    return f"a {type_name(value)} has no members"


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
        return Parsed(None, f"a {type_name(sent)} is no pointer")
    return DIALECTS[dialect](str(sent))


def _segments(sent: list[JSON]) -> Parsed:
    """An array of member names and indices: Zod, Joi, GraphQL, FastAPI."""
    if any(isinstance(part, list | dict) for part in sent):
        return Parsed(None, "the path holds more than names and indices")
    return Parsed(tuple(str(part) for part in sent))


def _dotted(sent: str) -> Parsed:
    """`a.b[0].c`, `items[0][price]`, `addresses[].zip` (any item), `a['b c']`."""
    tokens: list[str] = []
    at = 0
    while at < len(sent):
        if sent[at] == "[":
            close = sent.find("]", at)
            if close < 0:
                return Parsed(None, "a bracket is not closed")
            inner = sent[at + 1 : close]
            if inner[:1] in ("'", '"') and inner[-1:] == inner[:1] and len(inner) > 1:
                inner = inner[1:-1]
            tokens.append(inner or "*")
            at = close + 1
        elif sent[at] == ".":
            at += 1
        else:
            end = min((i for i in (sent.find(".", at), sent.find("[", at)) if i >= 0), default=len(sent))
            tokens.append(sent[at:end])
            at = end
    return Parsed(tuple(tokens))


def _jsonpath(sent: str) -> Parsed:
    """`$.a[0]['b']`: a normalized path (RFC 9535, section 2.7) or its dotted shorthand."""
    return _dotted(sent.removeprefix("$"))


def _xpath(sent: str) -> Parsed:
    """`/a/b[1]`, `//name`, without predicates other than positions; prefixes are dropped, positions are 1-based."""
    tokens: list[str] = []
    for step in sent.replace("//", "/**/").strip("/").split("/"):
        name, _, position = step.partition("[")
        tokens.append(name.rpartition(":")[2])
        if position:
            number = position.rstrip("]")
            if not number.isdigit() or number == "0":
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
    """Prefer literal member names over split ones: `address.street` as one name, where an object bears it.

    At each object the longest run of tokens that is a member's name, joined by dots, is taken as one.
    """
    kept: list[str] = []
    at = 0
    while at < len(tokens):
        size = 1
        if isinstance(document, dict):
            most = min(len(tokens) - at, 32)
            size = next((n for n in range(most, 1, -1) if ".".join(tokens[at : at + n]) in document), 1)
        token = ".".join(tokens[at : at + size])
        kept.append(token)
        at += size
        if isinstance(document, dict):
            document = document.get(token)
        elif isinstance(document, list) and token.isdecimal() and int(token) < len(document):
            document = document[int(token)]
        else:
            document = None
    return tuple(kept)


# ---------------------------------------------------------------- patterns


def select(
    value: JSON, pattern: str, *, fold: bool = False, lists: bool = False
) -> Iterator[tuple[Tokens, JSON]]:
    """Yield the place and value of everything a catalog pattern reaches, in document order.

    `*` is any item or member, `**` any depth (itself included). `fold` compares names without regard to letter case;
    `lists` lets the pattern leave out steps over lists, as patterns into XML do.
    """
    return _select(value, split_pattern(pattern), (), fold, lists)


_split: dict[str, Tokens] = {}


def split_pattern(pattern: str) -> Tokens:
    """The tokens of a pattern, unescaped; remembered, as patterns come from the catalog."""
    if pattern not in _split:
        parts = pattern.split("/")[1:] if pattern else []
        _split[pattern] = tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)
    return _split[pattern]


def _select(
    value: JSON, tokens: Tokens, place: Tokens, fold: bool, lists: bool
) -> Iterator[tuple[Tokens, JSON]]:
    """Walk one token; recursion is as deep as the pattern is long (and one more per left-out list)."""
    if not tokens:
        if lists and isinstance(value, list):
            for index, item in enumerate(value):
                yield (*place, str(index)), item
        else:
            yield place, value
        return
    token, rest = tokens[0], tokens[1:]
    if token == "**":
        for deeper, found in _descend(value, place):
            yield from _select(found, rest, deeper, fold, lists)
    elif isinstance(value, dict):
        for name in _names(value, token, fold):
            yield from _select(value[name], rest, (*place, name), fold, lists)
    elif isinstance(value, list):
        if token == "*" and not lists:
            for index, item in enumerate(value):
                yield from _select(item, rest, (*place, str(index)), fold, lists)
        elif lists:
            for index, item in enumerate(value):
                if not isinstance(item, list):
                    yield from _select(item, tokens, (*place, str(index)), fold, lists)
        elif token.isdecimal() and int(token) < len(value):
            yield from _select(value[int(token)], rest, (*place, token), fold, lists)


def _names(value: dict[str, JSON], token: str, fold: bool) -> Iterator[str]:
    if token == "*":
        yield from list(value)
    elif token in value:
        yield token
    elif fold:
        wanted = token.casefold()
        yield from [name for name in value if name.casefold() == wanted]


def _descend(value: JSON, place: Tokens) -> Iterator[tuple[Tokens, JSON]]:
    """The value itself and all objects below it, in document order; lists are stepped over."""
    stack: list[tuple[Tokens, JSON]] = [(place, value)]
    for _ in range(MOST_VISITED):
        if not stack:
            return
        at, found = stack.pop()
        children: list[tuple[Tokens, JSON]] = []
        if isinstance(found, dict):
            yield at, found
            children = [((*at, name), child) for name, child in found.items()]
        elif isinstance(found, list):
            children = [((*at, str(index)), child) for index, child in enumerate(found)]
        elif at == place:
            yield at, found
        stack.extend(reversed(children))


def scalar(value: JSON) -> JSON:
    """What a value says: the text of an XML element, the first of a list of such, anything else as it is."""
    if isinstance(value, list) and value and isinstance(value[0], dict) and "#text" in value[0]:
        value = value[0]
    if isinstance(value, dict) and isinstance(value.get("#text"), str):
        return value["#text"]
    return value
