"""Finds where a missing member belongs from where its siblings stand: inside the same wrapper."""

from __future__ import annotations

from collections.abc import Sequence

from errdecode.locate.parents import put_into
from errdecode.locate.repair import split_place
from errdecode.model import Body, Diagnostic, Location, Repair
from errdecode.pointer import Tokens, build, parse, resolve, split_flat


def follow_siblings(diagnostics: Sequence[Diagnostic], body: Body) -> list[Diagnostic]:
    """Find the places of members that are not there, and what corrects that.

    Where the members that other problems name are all found in one wrapper that their pointers do
    not have, what is missing belongs into that one, too.
    """
    places = [_place_in_body(diagnostic) for diagnostic in diagnostics]
    wrapped = [place for place in places if place and place.repairs and place.repairs[0].found]
    wrappers = {_wrapper_of(place, body) for place in wrapped}
    wrapper = wrappers.pop() if len(wrappers) == 1 else ()
    outside = any(place and place.found and place.pointer for place in places)
    if not wrapper or outside or body.kind not in ("json", "form"):
        return list(diagnostics)
    reason = wrapped[0].repairs[0].reason
    return [
        _move(diagnostic, place, _put(place, body, wrapper, reason), body)
        if place and not (place.found or place.repairs) and place.nearest == ""
        else diagnostic
        for diagnostic, place in zip(diagnostics, places, strict=True)
    ]


def _move(diagnostic: Diagnostic, old: Location, new: Location, body: Body) -> Diagnostic:
    from errdecode.correct import correct

    places = tuple(new if place is old else place for place in diagnostic.locations)
    return diagnostic._replace(locations=places, patch=correct(diagnostic.problem, places, body))


def _place_in_body(diagnostic: Diagnostic) -> Location | None:
    own = (one for one in diagnostic.locations if one.document == "request.body" and not one.basis)
    return next(own, None)


def _wrapper_of(place: Location, body: Body) -> Tokens:
    """What stands before a pointer where it leads somewhere; nothing when it leads elsewhere."""
    sent, read = parse(place.pointer).tokens or (), split_place(place.repairs[0].pointer)
    if body.kind == "form":
        read = split_flat(read[0]) if read else ()
        read = read[:-1] if read[-1:] == ("*",) else read
    size = len(read) - len(sent)
    return read[:size] if place.repairs[0].kind == "wrapper" and read[size:] == sent else ()


def _put(place: Location, body: Body, wrapper: Tokens, reason: str) -> Location:
    """A place inside the wrapper; in a form, among the names that have it."""
    rest = parse(place.pointer).tokens or ()
    if body.kind == "form":
        name = wrapper[0] + "".join(f"[{token}]" for token in (*wrapper[1:], *rest))
        missing = Repair(build((name,)), "wrapper", reason, None, None, found=False)
        return place._replace(repairs=(missing,))
    value = resolve(body.value, wrapper).value
    return put_into(place, body, Repair(build(wrapper), "wrapper", reason, None, value), rest)
