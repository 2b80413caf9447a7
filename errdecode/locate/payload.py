"""Follows a pointer into a body: to the value and its place, or to the nearest parent there is."""

from __future__ import annotations

from itertools import islice

from errdecode.body import place
from errdecode.body.form import find_field
from errdecode.locate.spelling import Names, close_names
from errdecode.model import JSON, Body, Location, Problem, Repair
from errdecode.patterns import select_tokens
from errdecode.pointer import (
    DIALECTS,
    Tokens,
    build,
    parse,
    read_pointer,
    resolve,
    settle,
)

MOST_PLACES = 100
"""Places of one pattern."""
_PATTERNS = frozenset(("*", "**"))
"""Tokens that stand for any item or member, and for any depth."""
_LONGEST_SHOWN = 60
"""Characters of a pattern that a reason repeats."""


def locate_in_body(
    problem: Problem, body: Body, described: str, names: Names | None = None
) -> list[Location]:
    """Follow a problem's pointer into the request's body."""
    parsed = read_pointer(
        problem.pointer_as_sent if problem.pointer is None else problem.pointer, _dialect(problem)
    )
    if parsed.tokens is None:
        sent = problem.pointer_as_sent or ""
        lost = Location("request.body", sent, False, reason=parsed.reason, described=described)
        return [lost]
    reached = _concrete(body, problem, parsed.tokens)
    locations = [_location(body, tokens, described) for tokens in reached]
    first = locations[0]
    if not first.found and problem.assumes:
        if _is_missing_there(problem, first):
            return [first]
        first = first._replace(repairs=_repairs(body, problem, reached[0], names))
        return [first] if _is_respelled(first) else []
    if not first.found:
        locations[0] = _read_otherwise(first, body, problem, reached[0], names)
    return locations


def _is_missing_there(problem: Problem, lost: Location) -> bool:
    """Whether a place that was read by assumption is that of a member which the server misses: the
    object that would hold it is there."""
    from errdecode.correct.absence import says_missing

    inside = (lost.reason or "").startswith("there is no member")
    parent, _, name = lost.pointer.rpartition("/")
    is_near = inside and lost.nearest == parent and name not in _PATTERNS
    return is_near and says_missing(problem.detail, problem.title) is True


def _is_respelled(lost: Location) -> bool:
    """Whether the payload has the place in one other spelling."""
    if len(lost.repairs) != 1:
        return False
    (other,) = lost.repairs
    return other.found and other.confirmed is not False and other.kind in ("case", "convention")


def _read_otherwise(
    lost: Location, body: Body, problem: Problem, tokens: Tokens, names: Names | None
) -> Location:
    """A place that is not there, with what else its pointer may mean."""
    meant = _without_branches(lost, body, problem, tokens, names)
    if meant:
        return meant
    lost = lost._replace(repairs=_repairs(body, problem, tokens, names))
    if not _PATTERNS.isdisjoint(tokens):
        return lost._replace(reason=_no_match(problem))
    if lost.repairs or body.kind != "json":
        return lost
    from errdecode.correct.absence import says_missing
    from errdecode.locate.parents import find_parent

    missing = says_missing(problem.detail, problem.title) is True
    return find_parent(lost, body, tokens, names, missing=missing)


def _without_branches(
    lost: Location, body: Body, problem: Problem, tokens: Tokens, names: Names | None
) -> Location | None:
    """What a pointer means whose segments may be branches of unions."""
    if problem.branches is None or body.kind != "json":
        return None
    from errdecode.correct.absence import says_missing
    from errdecode.locate.branches import leave_branches
    from errdecode.locate.echo import read_echoes

    missing = says_missing(problem.detail, problem.title) is True
    echoes = read_echoes(problem)
    return leave_branches(lost, body, tokens, problem.branches, echoes, names, missing=missing)


def _no_match(problem: Problem) -> str:
    sent = problem.pointer_as_sent or ""
    return f"nothing matches {sent if len(sent) <= _LONGEST_SHOWN else sent[:_LONGEST_SHOWN] + '…'}"


def locate_in_response(pointer: str, body: Body) -> list[Location]:
    """Follow a pointer into the body of the response, as far as it leads."""
    tokens = parse(pointer).tokens
    if tokens is None or body.kind not in ("json", "xml", "form"):
        return []
    location = _location(body, tokens, "the response body")
    return [location._replace(document="response.body", suggestions=())]


def _repairs(
    body: Body, problem: Problem, tokens: Tokens, names: Names | None
) -> tuple[Repair, ...]:
    """Other readings of a pointer that leads nowhere, with their places."""
    from errdecode.correct.absence import says_missing
    from errdecode.locate.echo import read_echoes
    from errdecode.locate.repair import find_repairs, split_place

    echoes = read_echoes(problem)
    if isinstance(resolve(body.value, tokens).value, str):
        from errdecode.locate.inside import find_inside

        inside = find_inside(body, tokens, problem.dialect, echoes)
        if inside:
            return inside
    placed = []
    # what only follows from another fault is not missing: ASP.NET so names the body it cannot read
    missing = says_missing(problem.detail, problem.title) if problem.role == "cause" else None
    for repair in find_repairs(body, tokens, echoes, names, missing=missing):
        tree = place(body, split_place(repair.pointer))
        if tree:
            repair = repair._replace(start=tree.start, end=tree.end, key=tree.key)
        placed.append(repair)
    return tuple(placed)


def _dialect(problem: Problem) -> str:
    """Once converted, a pointer is RFC 6901 whatever it was written in."""
    return problem.dialect if problem.pointer is None else "json-pointer"


def _concrete(body: Body, problem: Problem, tokens: Tokens) -> list[Tokens]:
    """The places that are meant, at least one: literal names before split ones and patterns.

    A pattern stands for all places that it reaches, and for itself when there is none.
    """
    if problem.dialect != "json-pointer":
        tokens = _settle(body, problem.pointer_as_sent or "", tokens, problem.dialect)
    is_xml = body.kind == "xml"
    is_pattern = not _PATTERNS.isdisjoint(tokens)
    if resolve(body.value, tokens).found or not (is_xml or is_pattern):
        return [tokens]
    found = select_tokens(body.value, tokens, fold=is_xml, lists=is_xml)
    places = [where for where, _ in islice(found, MOST_PLACES if is_pattern else 1)]
    return places or [tokens]


def _settle(body: Body, sent: str, tokens: Tokens, dialect: str) -> Tokens:
    """Prefer names as they stand in the payload over split ones; a form's names are flat."""
    if isinstance(body.value, dict):
        if sent in body.value:
            return (sent,)
        if body.kind == "form":
            literal = read_pointer(sent, dialect).literal if DIALECTS[dialect].from_one else None
            field = find_field(body.value, literal or tokens)
            if field is not None:
                return field
    return settle(body.value, tokens, dialect)


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
    is_cut = any(note.kind == "truncated" for note in body.notes)
    cut_off = " before the payload is cut off" if is_cut and end == len(body.text.value) else ""
    return location._replace(
        nearest=build(existing),
        reason=f"{resolution.reason}{cut_off}",
        suggestions=_close_names(resolution.value, tokens[resolution.depth]),
    )


def _close_names(value: JSON, token: str) -> tuple[str, ...]:
    """Names in the nearest parent that the pointer may have meant."""
    return close_names(value, token) if isinstance(value, dict) else ()
