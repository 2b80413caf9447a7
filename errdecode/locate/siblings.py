"""Finds the members that problems name from where their siblings stand: inside the same wrapper."""

from __future__ import annotations

from collections.abc import Sequence

from errdecode.body import place as find_place
from errdecode.body.form import find_field
from errdecode.locate.parents import put_into
from errdecode.locate.repair import is_blank, split_place
from errdecode.model import Body, Diagnostic, Location, Repair
from errdecode.pointer import Tokens, build, parse, resolve, split_flat


def follow_siblings(diagnostics: Sequence[Diagnostic], body: Body) -> list[Diagnostic]:
    """Find the places of members that no reading of their pointers led to, and what corrects that.

    Where the members that other problems name are all found, or missed, in one wrapper that their
    pointers do not have, the others belong into that one, too. Where they may be in any of several,
    all of these are told.
    """
    places = [_place_in_body(diagnostic) for diagnostic in diagnostics]
    wrapped = [place for place in places if place and place.repairs]
    wrappers = _common_wrappers(wrapped, body)
    if not wrappers or () in wrappers or body.kind not in ("json", "form"):
        return list(diagnostics)
    outside = any(place and place.found and place.pointer for place in places)
    found = []
    for diagnostic, place in zip(diagnostics, places, strict=True):
        moved = None
        if place and not (place.found or place.repairs) and place.nearest == "":
            moved = _into_all(place, body, wrappers, diagnostic, outside=outside)
        found.append(_move(diagnostic, place, moved, body) if place and moved else diagnostic)
    return found


def _common_wrappers(places: list[Location], body: Body) -> dict[Tokens, str]:
    """The wrappers that the likeliest readings of all places have in common, with the reasons."""
    common: dict[Tokens, str] | None = None
    for place in places:
        confirmed = [one for one in place.repairs if one.confirmed]
        likely = confirmed or [one for one in place.repairs if one.confirmed is None]
        own = {_wrapper_of(place, one, body): one.reason for one in likely or place.repairs}
        common = own if common is None else {key: common[key] for key in common if key in own}
    return common or {}


def _into_all(
    place: Location,
    body: Body,
    wrappers: dict[Tokens, str],
    diagnostic: Diagnostic,
    *,
    outside: bool,
) -> Location | None:
    """A place inside the wrapper, or inside any of several; None where nothing speaks for it."""
    from errdecode.correct.absence import says_missing

    problem = diagnostic.problem
    missing = says_missing(problem.detail, problem.title)
    rest = parse(place.pointer).tokens or ()
    put = [_put(place, body, wrapper, rest, reason) for wrapper, reason in wrappers.items()]
    there = [one for one in put if one.repairs and one.repairs[0].found]
    if there:
        sent = missing is not True or is_blank(there[0].repairs[0].value)
        return there[0] if sent and len(there) == 1 else None
    begun = [one for one, wrapper in zip(put, wrappers, strict=True) if _has(body, wrapper, rest)]
    put = [one for one in begun or put if one.repairs]
    if missing is False or not put or (outside and not begun):
        return None
    if len(put) == 1:
        return put[0]
    return place._replace(repairs=tuple(repair for one in put for repair in one.repairs))


def _has(body: Body, wrapper: Tokens, rest: Tokens) -> bool:
    """Whether a wrapper has what a missing member belongs into: the beginning of its pointer."""
    holder = (*wrapper, *rest[:1])
    if len(rest) < 2:
        return False
    if body.kind == "form" and isinstance(body.value, dict):
        return any(split_flat(name)[: len(holder)] == holder for name in body.value)
    return resolve(body.value, holder).found


def _move(diagnostic: Diagnostic, old: Location, new: Location, body: Body) -> Diagnostic:
    from errdecode.correct import correct

    places = tuple(new if place is old else place for place in diagnostic.locations)
    return diagnostic._replace(locations=places, patch=correct(diagnostic.problem, places, body))


def _place_in_body(diagnostic: Diagnostic) -> Location | None:
    own = (one for one in diagnostic.locations if one.document == "request.body" and not one.basis)
    return next(own, None)


def _wrapper_of(place: Location, repair: Repair, body: Body) -> Tokens:
    """What stands before a pointer where it leads somewhere; nothing when it leads elsewhere."""
    sent, read = parse(place.pointer).tokens or (), split_place(repair.pointer)
    if body.kind == "form":
        read = split_flat(read[0]) if read else ()
        read = read[:-1] if read[-1:] == ("*",) else read
    size = len(read) - len(sent)
    return read[:size] if repair.kind == "wrapper" and read[size:] == sent else ()


def _put(place: Location, body: Body, wrapper: Tokens, rest: Tokens, reason: str) -> Location:
    """A place inside the wrapper: of the member, or of what it lacks there."""
    if body.kind == "form":
        return _put_into_form(place, body, wrapper, rest, reason)
    value = resolve(body.value, wrapper).value
    reached = resolve(value, rest)
    if reached.found:
        return _lead_to(place, body, (*wrapper, *rest), reason)
    parent = (*wrapper, *rest[: reached.depth])
    holder = Repair(build(parent), "wrapper", reason, None, reached.value)
    return put_into(place, body, holder, rest[reached.depth :])


def _put_into_form(
    place: Location, body: Body, wrapper: Tokens, rest: Tokens, reason: str
) -> Location:
    """A place among the names of a form that have the wrapper."""
    fields = body.value if isinstance(body.value, dict) else {}
    field = find_field(fields, (*wrapper, *rest)) or find_field(fields, (*wrapper, *rest, "*"))
    if field:
        return _lead_to(place, body, field, reason)
    name = wrapper[0] + "".join(f"[{token}]" for token in (*wrapper[1:], *rest))
    missing = Repair(build((name,)), "wrapper", reason, None, None, found=False)
    return place._replace(repairs=(missing,))


def _lead_to(place: Location, body: Body, tokens: Tokens, reason: str) -> Location:
    """A place that leads to a value."""
    tree = find_place(body, tokens)
    value = resolve(body.value, tokens).value
    found = Repair(build(tokens), "wrapper", reason, None, value)
    if tree:
        found = found._replace(start=tree.start, end=tree.end, key=tree.key)
    return place._replace(repairs=(found,))
