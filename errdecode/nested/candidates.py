"""The strings of a body that may hold another body, told cheaply, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from errdecode.model import JSON, Body
from errdecode.model.record import NamedTuple
from errdecode.nested.base64text import promises_text
from errdecode.nested.prose import may_embed
from errdecode.pointer import Tokens
from errdecode.regex import expression

DEPTH = 6
"""Levels of arrays and objects, or of XML elements, that are searched."""

_MOST_VALUES = 2_000
_HINT = expression(
    r"""\\(?:"|u0022)|[\[{]\s?\x27|"(?:\\[nrt]|\s)*+(?:[\[{<]|\\u003[cC]|[A-Za-z0-9+/_-]{16})"""
)
"""An escaped quote, a single one behind a bracket, a string that begins like a body or base64."""
_LITERAL = expression(r"[bBuU]?[rR]?['\"](?:\\[nrt]|\s)*+[{\[<]")
_NAMES = frozenset(
    "body cause causedby content data description detail details error errordescription "
    "errordetails errormessage errorresponse errors exception fault innererror innerexception "
    "inner message messages msg original originalerror payload raw reason response responsebody "
    "responsedata responsetext result text upstream upstreamerror".split()
)
"""Members that nested errors stand in, in lower case, without `_` and `-`."""


def may_nest(body: Body) -> bool:
    """Tell at a glance whether a body may hold another one."""
    value = body.text.value
    if body.kind == "json":
        return body.tree is not None or _HINT.search(value) is not None
    if body.kind == "text":
        return not value.isspace()
    return body.kind in ("xml", "form")


class Candidate(NamedTuple):
    """A string that may hold a body; they sort by how likely they do."""

    rank: int
    """0: the whole body; 1: a member named as errors name them; 2: another."""
    depth: int
    prose: bool
    number: int
    """In the order in which they were met."""
    tokens: Tokens
    value: str


def list_candidates(body: Body) -> Iterator[Candidate]:
    """Walk through a body breadth-first and yield the strings that may hold another."""
    levels = 2 * DEPTH + 1 if body.kind == "xml" else DEPTH  # an element is an item of a list
    values: list[tuple[Tokens, JSON]] = [((), body.value)]
    for number, (tokens, value) in enumerate(values):  # grows while it is read
        if isinstance(value, str):
            if promises(value):
                prose = value.lstrip()[:1] not in ("{", "[", '"', "<")
                rank = 2 - _is_named(tokens) if tokens else 0
                yield Candidate(rank, len(tokens), prose, number, tokens, value)
        elif len(tokens) < levels:
            room = _MOST_VALUES - len(values)
            if isinstance(value, dict):
                values += [((*tokens, name), value[name]) for name in islice(value, room)]
            elif isinstance(value, list):
                values += [((*tokens, str(i)), item) for i, item in enumerate(value[:room])]


def _is_named(tokens: Tokens) -> bool:
    """Tell whether a member, or the array it is an item of, is named as errors name them."""
    names = (token for token in reversed(tokens) if not token.isdecimal() and token != "#text")
    return next(names, "").casefold().replace("_", "").replace("-", "") in _NAMES


def promises(value: str) -> bool:
    """Tell cheaply whether a string may hold a body."""
    head = value[:64].lstrip()
    if len(value) < 2 or not head:
        return False
    if head[0] in '{[<"\x1f' or head[:2] in ("x\x01", "x\x9c", "x\xda", "x\x5e"):
        return True
    if may_embed(value) or _LITERAL.match(head):
        return True
    return promises_text(head)
