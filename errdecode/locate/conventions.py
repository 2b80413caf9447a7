"""Writes the names of missing members as the payload writes the others that the server names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from errdecode.locate.repair import split_place
from errdecode.locate.spelling import split_words
from errdecode.model import Body, Diagnostic, Location, Repair
from errdecode.pointer import build, parse, resolve

_MOST_MEMBERS = 50
"""Names of one object that must fit a convention."""
_LONGEST_SHOWN = 60
"""Characters of a name that a reason repeats."""
_REASON = "the payload writes names such as `{}` otherwise"


def follow_conventions(diagnostics: Sequence[Diagnostic], body: Body) -> list[Diagnostic]:
    """Write the names of members that are not there as the payload writes its own.

    Where all names that the server names and the payload has are the server's in one other
    convention, what is missing is meant in that one, too. Only in JSON, and only if one convention
    alone fits: else names stay as the server writes them.
    """
    if body.kind != "json":
        return list(diagnostics)
    pairs = dict.fromkeys(pair for one in diagnostics for pair in _read_pairs(one))
    differing = [own for sent, own in pairs if sent != own and len(own) <= _LONGEST_SHOWN]
    if not differing:
        return list(diagnostics)
    fitting = [form for form in _FORMS if all(form(sent) == own for sent, own in pairs)]
    return [_restyle(one, body, fitting, differing[0]) for one in diagnostics]


def _read_pairs(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    """The names that the server and the payload have for the same members.

    Not of a member that the server misses though another name of it is there: it reads that one
    otherwise.
    """
    missing = _is_missed(diagnostic)
    for place in filter(_is_in_body, diagnostic.locations):
        sent = parse(place.pointer).tokens or ()
        own, size = (sent, len(sent)) if place.found and not missing else ((), 0)
        if not place.found and len(place.repairs) == 1:
            repair = place.repairs[0]
            own = split_place(repair.pointer)
            size = len(split_place(place.nearest or "")) if not repair.found else len(own)
            size = size if not (missing and repair.found) else 0
        if len(own) == len(sent):
            pairs = zip(sent[:size], own[:size], strict=True)
            yield from ((name, other) for name, other in pairs if not name.isdecimal())


def _is_missed(diagnostic: Diagnostic) -> bool:
    """Whether the server misses what it names."""
    from errdecode.correct.absence import says_missing

    return says_missing(diagnostic.problem.detail, diagnostic.problem.title) is True


def _is_in_body(place: Location) -> bool:
    return place.document == "request.body" and not place.basis


def _restyle(
    diagnostic: Diagnostic, body: Body, forms: Sequence[Callable[[str], str]], example: str
) -> Diagnostic:
    """A problem whose member is not there, with the name that it has in the payload's manner."""
    from errdecode.correct import correct

    if not _is_missed(diagnostic):
        return diagnostic
    places = [_rename(place, body, forms, example) for place in diagnostic.locations]
    if places == list(diagnostic.locations):
        return diagnostic
    patch = correct(diagnostic.problem, places, body)
    return diagnostic._replace(locations=tuple(places), patch=patch)


def _rename(
    place: Location, body: Body, forms: Sequence[Callable[[str], str]], example: str
) -> Location:
    """A place where a member is missing, under its name in the payload's manner."""
    repair = place.repairs[0] if place.repairs else None
    if place.found or not _is_in_body(place) or len(place.repairs) > 1 or (repair and repair.found):
        return place
    *above, sent = split_place(repair.pointer if repair else place.pointer) or ("",)
    parent = resolve(body.value, above)
    if not parent.found or not isinstance(parent.value, dict):
        return place
    names = list(parent.value)[:_MOST_MEMBERS]
    wanted = {form(sent) for form in forms if all(form(name) == name for name in names)}
    name = wanted.pop() if len(wanted) == 1 else sent
    if name == sent or name in parent.value:
        return place
    pointer = build((*above, name))
    reason = _REASON.format(example)
    own = Repair(pointer, "convention", reason, None, None, found=False)
    return place._replace(repairs=(repair._replace(pointer=pointer) if repair else own,))


def _camel(name: str) -> str:
    first, *others = split_words(name) or [""]
    return first + "".join(map(str.capitalize, others))


def _pascal(name: str) -> str:
    return "".join(map(str.capitalize, split_words(name)))


def _snake(name: str) -> str:
    return "_".join(split_words(name))


def _kebab(name: str) -> str:
    return "-".join(split_words(name))


_FORMS = (_camel, _pascal, _snake, _kebab)
