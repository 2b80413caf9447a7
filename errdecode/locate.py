"""Find a problem in the caller's own request: from the pointer to the value and its place."""

from __future__ import annotations

from itertools import islice

from errdecode.body import place, read_body
from errdecode.model import JSON, Body, Location, Problem, Repair, Request
from errdecode.patterns import select_tokens
from errdecode.pointer import (
    Tokens,
    build,
    join_literal,
    read_pointer,
    resolve,
)
from errdecode.spelling import Names

MOST_SUGGESTIONS = 3
_MOST_COMPARED = 500
"""Names that are held against the one that is not there."""
_LONGEST = 100
"""Characters of a name that are compared: the time grows with their square."""


def read_request_body(request: Request | None) -> Body | None:
    """The request's body, parsed; None when the capture does not show one."""
    if request is None or request.body is None:
        return None
    declared = (f.value.value for f in request.headers if f.name.lower() == "content-type")
    return read_body(request.body, next(declared, None))


def locate(
    problem: Problem, body: Body | None, described: str = "", names: Names | None = None
) -> tuple[Location, ...]:
    """Follow a problem's pointer into the request's body; no locations without both of them.

    A pointer that leads nowhere is a location too: with the nearest parent there is, close names in
    it, and other readings of the pointer. `names` serves all problems of one payload.
    """
    if body is None or body.kind == "empty" or problem.pointer_as_sent is None:
        return ()
    parsed = read_pointer(
        problem.pointer_as_sent if problem.pointer is None else problem.pointer, _dialect(problem)
    )
    described = described or "the request body"
    if parsed.tokens is None:
        lost = Location("request.body", problem.pointer_as_sent, False, reason=parsed.reason)
        return (lost._replace(described=described),)
    tokens = _concrete(body, problem, parsed.tokens)
    location = _location(body, tokens, described)
    if not location.found and problem.assumes:
        return ()
    if not location.found:
        location = location._replace(repairs=_repairs(body, problem, tokens, names))
    return (location,)


def _repairs(
    body: Body, problem: Problem, tokens: Tokens, names: Names | None
) -> tuple[Repair, ...]:
    """Other readings of a pointer that leads nowhere, with their places."""
    from errdecode.echo import read_echoes
    from errdecode.repair import find_repairs, split_place

    placed = []
    for repair in find_repairs(body, tokens, read_echoes(problem), names):
        tree = place(body, split_place(repair.pointer))
        placed.append(repair._replace(start=tree.start, end=tree.end) if tree else repair)
    return tuple(placed)


def _dialect(problem: Problem) -> str:
    """Once converted, a pointer is RFC 6901 whatever it was written in."""
    return problem.dialect if problem.pointer is None else "json-pointer"


def _concrete(body: Body, problem: Problem, tokens: Tokens) -> Tokens:
    """The place that is meant: literal names before split ones and patterns.

    Of several places that a pattern reaches the first one is taken; the pattern itself when there
    is none.
    """
    if problem.dialect in ("dotted", "segments", "jsonpath"):
        sent = problem.pointer_as_sent or ""
        literal = isinstance(body.value, dict) and sent in body.value
        tokens = (sent,) if literal else join_literal(body.value, tokens)
    is_pattern = problem.dialect != "json-pointer" and not {"*", "**"}.isdisjoint(tokens)
    if resolve(body.value, tokens).found or not (body.kind == "xml" or is_pattern):
        return tokens
    is_xml = body.kind == "xml"
    found = select_tokens(body.value, tokens, fold=is_xml, lists=is_xml)
    return next((where for where, _ in found), tokens)


def _location(body: Body, tokens: Tokens, described: str) -> Location:
    resolution = resolve(body.value, tokens)
    existing = tokens[: resolution.depth]
    tree = place(body, existing)
    start, end = (tree.start, tree.end) if tree else (0, 0)
    location = Location(
        "request.body", build(tokens), resolution.found, text=body.text, start=start, end=end
    )
    location = location._replace(described=described)
    if resolution.found:
        return location._replace(value=resolution.value, key=tree.key if tree else None)
    return location._replace(
        nearest=build(existing),
        reason=resolution.reason,
        suggestions=_close_names(resolution.value, tokens[resolution.depth]),
    )


def _close_names(value: JSON, token: str) -> tuple[str, ...]:
    """Names in the nearest parent that the pointer may have meant."""
    if not isinstance(value, dict) or not value:
        return ()
    from difflib import get_close_matches

    plain: dict[str, list[str]] = {}
    for name in islice(value, _MOST_COMPARED):
        plain.setdefault(_plain(name[:_LONGEST]), []).append(name)
    close = get_close_matches(_plain(token[:_LONGEST]), list(plain), MOST_SUGGESTIONS, 0.7)
    return tuple(name for one in close for name in plain[one])[:MOST_SUGGESTIONS]


def _plain(name: str) -> str:
    """A name without letter case and separators: `zip_code` and `ZipCode` are close."""
    return name.casefold().replace("_", "").replace("-", "")
