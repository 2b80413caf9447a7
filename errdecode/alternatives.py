"""Tells which problems are alternatives: a value may be of several types, and fits none of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from errdecode.model import Diagnostic, Note, Problem
from errdecode.pointer import Tokens, parse

_MOST_TOLD = 5
"""Alternatives of one value, and places of one alternative, that a note names."""
_MOST_NOTES = 10
_LONGEST_SHOWN = 60
"""Characters of a pointer or name that a note repeats."""

_Alternatives = dict[str, list[str]]
"""By the step that tells them from one another: where their problems lie."""


def say_alternatives(diagnostics: Sequence[Diagnostic]) -> Iterator[Note]:
    """That the problems of one alternative alone have to be put right; a note for each value."""
    unions: dict[tuple[str, Tokens], _Alternatives] = {}
    for diagnostic in diagnostics:
        found = read_alternative(diagnostic)
        if found:
            union, branch = found
            places = unions.setdefault(union, {}).setdefault(branch, [])
            place = _show(diagnostic.problem)
            if place not in places:
                places.append(place)
    several = [alternatives for alternatives in unions.values() if len(alternatives) > 1]
    for alternatives in several[:_MOST_NOTES]:
        yield Note("alternatives", f"it is enough to put one of these right: {_list(alternatives)}")


def read_alternative(diagnostic: Diagnostic) -> tuple[tuple[str, Tokens], str] | None:
    """The value that has alternatives, and which of them a problem is about.

    As the answer says it, or as the request does: its pointer had a branch, which was left out.
    """
    problem = diagnostic.problem
    if problem.pointer is None and not problem.parameter and not problem.header:
        return None
    tokens = parse(problem.pointer or "").tokens or ()
    if problem.one_of:
        union, _, branch = problem.one_of.rpartition("/")
        in_answer = union.startswith("/")  # where each value has alternatives of its own
        return (union, () if in_answer else _to_item(tokens)), branch
    left = (one for place in diagnostic.locations for one in place.repairs if one.kind == "branch")
    own = next((parse(repair.pointer).tokens or () for repair in left), None)
    if own is None:
        return None
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(tokens, own, strict=False))
    shared = sum(1 for _ in alike)
    return ("", tokens[:shared]), tokens[shared]


def _to_item(tokens: Tokens) -> Tokens:
    """A place as far as the item that it is in: each of a list has alternatives of its own."""
    last = max((at for at, token in enumerate(tokens) if token.isdecimal()), default=-1)
    return tokens[: last + 1]


def _list(alternatives: _Alternatives) -> str:
    """The places of each alternative."""
    shown = [_join(places) for places in list(alternatives.values())[:_MOST_TOLD]]
    more = len(alternatives) - len(shown)
    return "; or ".join(shown) + (f"; or {more} more" if more else "")


def _join(places: list[str]) -> str:
    shown = places[:_MOST_TOLD]
    more = len(places) - len(shown)
    return " and ".join([*shown, *[f"{more} more"] * (more > 0)])


def _show(problem: Problem) -> str:
    """A place in a sentence, cut where it is long."""
    if problem.pointer is not None:
        return f"`{_cut(problem.pointer)}`" if problem.pointer else "the whole body"
    if problem.parameter:
        part = problem.parameter_in or "query"
        kind = "" if part == "body" else "cookie " if part == "cookie" else f"{part} parameter "
        return f"{kind}`{_cut(problem.parameter)}`"
    return f"header field `{_cut(problem.header or '')}`"


def _cut(name: str) -> str:
    return f"{name[:_LONGEST_SHOWN]}…" if len(name) > _LONGEST_SHOWN else name
