"""Where in a body the generic reading found what it read: the places that `[extract]` names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errdecode.authoring.samples import Sample
from errdecode.extract.generic import read_generically
from errdecode.extract.places import part_named
from errdecode.model import JSON, Body, Problem
from errdecode.model.record import NamedTuple
from errdecode.patterns import scalar
from errdecode.pointer import array_index, build, parse
from errdecode.regex import expression

WORDS = ("code", "title", "detail", "status", "help", "pointer", "parameter", "request_id")
"""The words of `[extract]` that are looked for."""
_REQUEST_IDS = frozenset(
    "requestid xrequestid traceid correlationid transactionid errorid incidentid logid ticket"
    " ticketid referenceid debugid eventid supportid".split()
)
_CODE_NAMES = ("id", "code", "key", "kind", "type", "reason", "name", "error")
"""Endings of names under which codes stand, unless they are identifiers."""
_SCREAMING = expression("[A-Z]+_[A-Z_]+")
_COMPOUND = expression("[A-Z_]{3,}|[A-Za-z]+[._-][A-Za-z._-]+|[A-Z]?[a-z]+[A-Z][A-Za-z]+")
"""How codes are written, and nothing that bears a number of its own."""
_LONGEST_CODE = 80
_INNER_POINTERS = ("pointer", "path", "field", "property", "propertypath", "attribute")
_MOST = 200
"""Problems that are looked at in one response."""


class Place(NamedTuple):
    """Where something stands, and what."""

    at: str
    """As `[extract]` has it: from the item, or `#/...` from the root."""
    value: JSON
    take: str | None = None
    """`name`: the item's own name is meant."""


class Reading(NamedTuple):
    """One problem of a sample."""

    each: str
    """The pattern that leads to its item; empty: the body itself."""
    places: dict[str, Place]


class _Step(NamedTuple):
    """An object or value on the way to an item."""

    at: str
    """Its pattern from the root."""
    value: JSON


def find_readings(sample: Sample) -> list[Reading]:
    """Read a sample generically, and find where everything stood that was read."""
    found = []
    for problem in _read(sample.body)[:_MOST]:
        steps = _walk(sample, problem)
        if steps:
            found.append(_reading(sample, problem, steps))
    return found


def _read(body: Body) -> list[Problem]:
    """Read a body; where nothing is found, the arrays of objects in it, whatever their name."""
    problems = [p for p in read_generically(body) if p.code or p.detail or p.title]
    if problems or not isinstance(body.value, dict):
        return problems
    for name, member in body.value.items():
        if isinstance(member, list) and any(isinstance(item, dict) for item in member):
            at, inner = pattern_step("", name), read_generically(body._replace(value=member))
            problems += (problem._replace(origin=at + problem.origin) for problem in inner)
    return problems


def pattern_step(pattern: str, name: str) -> str:
    """The pattern of a member."""
    return pattern + build((name,))


def plain(name: str) -> str:
    """A member's name without case and separators."""
    return re.sub("[^a-z0-9]", "", name.lower())


def _walk(sample: Sample, problem: Problem) -> list[_Step]:
    """The values on the way to what a problem was read from, the root first."""
    tokens = parse(problem.origin).tokens or ()
    value, at = sample.body.value, ""
    steps = [_Step(at, value)]
    listed = "" if sample.body.kind == "xml" else "/*"
    for number, token in enumerate((*tokens, None)):
        only = value[0] if isinstance(value, list) and len(value) == 1 else None
        if isinstance(value, list) and isinstance(only, dict) and not _is_index(token, value):
            value, at = only, at + listed  # a step that the generic reading leaves out
            steps[-1] = _Step(at, value)
        if token is None:
            return steps
        if isinstance(value, list) and _is_index(token, value):
            value, at = value[int(token)], at + listed
        elif isinstance(value, dict) and token in value:
            value = value[token]
            last = number == len(tokens) - 1
            named = last and problem.pointer_as_sent == token and not isinstance(value, dict)
            at = f"{at}/*" if named else pattern_step(at, token)
        else:
            return []
        steps.append(_Step(at, value))
    return steps


def _is_index(token: str | None, items: list[JSON]) -> bool:
    return token is not None and array_index(token, len(items)) is not None


def _reading(sample: Sample, problem: Problem, steps: list[_Step]) -> Reading:
    item = steps[-1]
    if isinstance(item.value, dict):
        return Reading(item.at, dict(_find_members(sample, problem, steps)))
    inner = "/*" if isinstance(item.value, list) and sample.body.kind != "xml" else ""
    places = {"detail": Place("", problem.detail)}
    if problem.pointer_as_sent:
        places["pointer"] = Place("", problem.pointer_as_sent, "name")
    for word, place in _find_around(problem, steps[:-1]):
        places.setdefault(word, place)
    return Reading(item.at + inner, places)


def _find_members(
    sample: Sample, problem: Problem, steps: list[_Step]
) -> Iterator[tuple[str, Place]]:
    """The places of what was read out of an object."""
    item = steps[-1].value
    assert isinstance(item, dict)  # noqa: S101  # the caller has looked
    taken: set[str] = set()
    for word, text in _texts(problem):
        name = _member(item, text, taken, word)
        if name is not None:
            taken.add(name)
            yield word, Place(pattern_step("", name), _value(item[name]))
        else:
            around = next((p for w, p in _find_around(problem, steps[:-1]) if w == word), None)
            if around:
                yield word, around
    if problem.code_as_sent is None:
        yield from _find_code(item, taken)
    yield from _find_pointer(item, problem, taken)
    found = _find_request_id(sample, steps)
    if found:
        yield "request_id", found


def _find_code(item: dict[str, JSON], taken: set[str]) -> Iterator[tuple[str, Place]]:
    """A code under a name that generic reading does not trust, such as `id`: by how it is
    written."""
    for name, member in item.items():
        value = _value(member)
        if name not in taken and isinstance(value, str) and len(value) < _LONGEST_CODE:
            telling = plain(name).endswith(_CODE_NAMES)
            if _SCREAMING.fullmatch(value) or (telling and _COMPOUND.fullmatch(value)):
                taken.add(name)
                yield "code", Place(pattern_step("", name), value)
                return


def _texts(problem: Problem) -> Iterator[tuple[str, str]]:
    """What was read of a problem, as text, by the word of `[extract]`."""
    values = (
        ("code", problem.code_as_sent),
        ("detail", problem.detail),
        ("title", problem.title),
        ("status", problem.status),
        ("help", problem.help),
    )
    for word, value in values:
        if value is not None and not (word == "status" and str(value) == problem.code_as_sent):
            yield word, str(value)


def _find_around(problem: Problem, steps: list[_Step]) -> Iterator[tuple[str, Place]]:
    """What an item took over from the objects around it; inside a list no place can be named."""
    for word, text in _texts(problem):
        for step in reversed(steps):
            if isinstance(step.value, dict) and "/*" not in step.at:
                name = _member(step.value, text, set(), word)
                if name is not None:
                    value = _value(step.value[name])
                    yield word, Place(f"#{pattern_step(step.at, name)}", value)
                    break


def _member(value: dict[str, JSON], text: str, taken: set[str], word: str) -> str | None:
    """The member that says a text; of several, one whose name says what it is."""
    names = [
        name
        for name, member in value.items()
        if name not in taken and _is_text(_value(member)) and str(_value(member)) == text
    ]
    telling = [name for name in names if word in plain(name)]
    return next(iter(telling or names), None)


def _value(member: JSON) -> JSON:
    """What a member says; XML has a list around it."""
    only = member[0] if isinstance(member, list) and len(member) == 1 else member
    said = scalar(only)
    return said if _is_text(said) else member


def _is_text(value: JSON) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _find_pointer(
    item: dict[str, JSON], problem: Problem, taken: set[str]
) -> Iterator[tuple[str, Place]]:
    """The member that says where the fault lies: beside the message, or in an object of its own."""
    for name, member in item.items():
        sent = "/".join(map(str, member)) if isinstance(member, list) else _value(member)
        if name not in taken and problem.pointer_as_sent and sent == problem.pointer_as_sent:
            yield "pointer", Place(pattern_step("", name), member)
            return
        headed = isinstance(member, list) and len(member) > 1 and part_named(str(member[0]))
        if headed and plain(name) == "loc":
            yield "pointer", Place(pattern_step("", name), member)
            return
    for name, member in item.items():
        if isinstance(member, dict):
            for inner, value in member.items():
                at = pattern_step(pattern_step("", name), inner)
                if plain(inner) in _INNER_POINTERS and _is_path(value):
                    yield "pointer", Place(at, value)
                elif plain(inner) == "parameter" and isinstance(value, str):
                    yield "parameter", Place(at, value)


def _is_path(value: JSON) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(part, str | int) for part in value)
    return isinstance(value, str) and value != "" and " " not in value and "://" not in value


def _find_request_id(sample: Sample, steps: list[_Step]) -> Place | None:
    """The id that support asks for: in the item, around it, or in an object beside it."""
    for step in (*reversed(steps), *_beside(steps[0])):
        if isinstance(step.value, dict) and "/*" not in step.at:
            for name, member in step.value.items():
                value = _value(member)
                if plain(name) in _REQUEST_IDS and _is_text(value) and value != "":
                    return Place(f"#{pattern_step(step.at, name)}", value)
    return None


def _beside(root: _Step) -> Iterator[_Step]:
    if isinstance(root.value, dict):
        for name, member in root.value.items():
            if isinstance(member, dict):
                yield _Step(pattern_step(root.at, name), member)
