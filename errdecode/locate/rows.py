"""Finds the item of the request that a problem is about, where a batch is answered item by item.

The items of both are matched by an id or an index that the answer repeats, by whatever else it
repeats that no two items of the request have in common, or else by their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from errdecode.extract.aims import bare_name
from errdecode.model import JSON, Body, Problem
from errdecode.model.record import NamedTuple
from errdecode.patterns import split_pattern
from errdecode.pointer import Tokens, array_index, build, parse, resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeGuard

_INDICES = frozenset("index itemindex rowindex".split())
_IDS = frozenset(
    "id itemid key ref reference referenceid externalid clientid customid correlationid".split()
)
"""Members that tell one item from the others, by their bare names."""
_SAYING = frozenset(
    "code errorcode errcode type errortype status statuscode state result reason message msg detail"
    " title error errors description severity level kind category count total success ok".split()
)
"""Members that say of an item what happened, and tell it from no other."""
_DEEPEST = 3
"""Objects around the items of a request."""
_MOST_LISTS = 20
_MOST_MEMBERS = 100
"""Members of one object that are looked into, and of an item that may tell it."""
_IN_ORDER = "The items of the answer are taken to be in the order of the request."
_FROM_ZERO = "The indices in the answer are taken to count from 0."


class Mark(NamedTuple):
    """What tells an item of the answer from the others."""

    name: str
    value: str | int


class _Rows(NamedTuple):
    """The items of a request, and how those of its answer are matched with them."""

    base: Tokens
    values: list[JSON]
    first: int
    """The index that the answer has for the first one."""
    is_sure: bool
    """No other number can be meant by it."""
    order: dict[Tokens, int]
    """By the places of all items of the answer, where there are as many."""
    named: dict[str, dict[str, int | None]]
    """By a member's name and its value: the item that alone has it; filled as names are met."""
    names: dict[str, str]
    """The members of the first item, by their bare names."""
    apart: dict[str, bool]
    """By a member's name: whether each item has one, with a value of its own."""


def identify(problem: Problem, answer: JSON) -> Mark | None:
    """What an item of the answer, in which a problem was read, bears to be told by: an index or an
    id; None without one, or where the id is the problem's code."""
    items = reversed(_items_around(problem, answer))
    marks = (_mark_of(item, problem, names) for item in items for names in (_INDICES, _IDS))
    return next((mark for mark in marks if mark), None)


def _items_around(problem: Problem, answer: JSON) -> list[JSON]:
    """The items of lists that a problem was read in, from the outermost on."""
    value, items = answer, []
    for token in split_pattern(problem.origin):
        inner: JSON = None
        if isinstance(value, list):
            index = array_index(token, len(value))
            inner = None if index is None else value[index]
            items.append(inner)
        elif isinstance(value, dict):
            inner = value.get(token)
        value = inner
    return items


def _mark_of(item: JSON, problem: Problem, names: frozenset[str]) -> Mark | None:
    if not isinstance(item, dict):
        return None
    for name, value in item.items():
        if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
            continue
        if bare_name(name) in names and str(value) not in (problem.code, problem.code_as_sent):
            return Mark(name, value)
    return None


def place_in_rows(
    problems: list[Problem],
    marks: Sequence[Mark | None],
    body: Body,
    items: Sequence[Tokens],
    answer: JSON = None,
) -> list[Problem]:
    """Let problems lie in the items of the request that they are about, where that is known.

    `marks` tell the items of the problems from others, `items` are the places of all items of the
    `answer`, failed or not. What leads to a value as it was sent stays as it is.
    """
    if body.kind != "json" or not any(map(_is_open, problems)):
        return problems
    shared = _place_by_shares(problems, marks, _find_lists(body.value), answer, body.value)
    found = _find_rows(body)
    if found is None:
        return shared
    base, values = found
    indices = [at for mark in marks if mark and (at := _index_of(mark)) is not None]
    first = int(len(values) in indices and 0 not in indices)
    order = {place: at for at, place in enumerate(items)} if len(items) == len(values) else {}
    rows = _Rows(base, values, first, bool(first) or 0 in indices, order, {}, _names(values), {})
    return [
        _place(problem, mark, rows, body.value) if _is_open(problem) and own is problem else own
        for problem, mark, own in zip(problems, marks, shared, strict=True)
    ]


def _place_by_shares(
    problems: list[Problem],
    marks: Sequence[Mark | None],
    lists: Sequence[_Rows],
    answer: JSON,
    payload: JSON,
) -> list[Problem]:
    """Let problems lie in the only item of any list that has what their own item repeats."""
    placed = []
    for problem, mark in zip(problems, marks, strict=True):
        open_ = _is_open(problem) and (mark is None or _index_of(mark) is None)
        items = _items_around(problem, answer) if open_ and lists else []
        found = {(rows.base, at) for rows in lists for at in _shared(problem, items, rows)}
        if len(found) == 1:
            base, at = found.pop()
            problem = _put(problem, (*base, str(at)), None, payload)
        placed.append(problem)
    return placed


def _find_lists(payload: JSON) -> list[_Rows]:
    """The lists of objects in a request, in objects alone."""
    found: list[_Rows] = []
    level: list[tuple[Tokens, JSON]] = [((), payload)]
    for _ in range(_DEEPEST + 1):
        inner: list[tuple[Tokens, JSON]] = []
        for place, value in level:
            if _is_rows(value) and len(found) < _MOST_LISTS:
                found.append(_Rows(place, value, 0, False, {}, {}, _names(value), {}))
            elif isinstance(value, dict):
                members = islice(value.items(), _MOST_MEMBERS)
                inner += [((*place, name), member) for name, member in members]
        level = inner[:_MOST_MEMBERS]
    return found


def _shared(problem: Problem, items: Sequence[JSON], rows: _Rows) -> set[int]:
    """The items of a request that have what the innermost item of the answer that repeats anything
    of them has: a member of which no two items have the same value."""
    for item in reversed(items):
        members = islice(item.items(), _MOST_MEMBERS) if isinstance(item, dict) else ()
        found = {
            at
            for name, value in members
            if bare_name(name) in rows.names and _may_tell(name, value, problem)
            for at in (_by_name(rows, name).get(str(value)),)
            if at is not None and _tells_apart(rows, name)
        }
        if found:
            return found
    return set()


def _names(values: list[JSON]) -> dict[str, str]:
    """The members of the first item, by their bare names."""
    first = values[0] if isinstance(values[0], dict) else {}
    return {bare_name(name): name for name in reversed(list(islice(first, _MOST_MEMBERS)))}


def _may_tell(name: str, value: JSON, problem: Problem) -> bool:
    """Whether a member of an item may tell it from others, and says nothing of what happened."""
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        return False
    plain = bare_name(name)
    codes = (problem.code, problem.code_as_sent)
    return plain not in _SAYING and plain not in _INDICES and str(value) not in codes


def _tells_apart(rows: _Rows, name: str) -> bool:
    """Whether every item of a request has a member of that name, each with a value of its own."""
    if name not in rows.apart:
        found = _by_name(rows, name)
        rows.apart[name] = len(found) == len(rows.values) and None not in found.values()
    return rows.apart[name]


def _is_rows(value: JSON) -> TypeGuard[list[JSON]]:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _find_rows(body: Body) -> tuple[Tokens, list[JSON]] | None:
    """The items of a request: the body itself, or the only array of objects in it."""
    value = body.value
    members = value.items() if isinstance(value, dict) else ()
    lists = [((), value)] if isinstance(value, list) else [((name,), v) for name, v in members]
    found = [(place, inner) for place, inner in lists if _is_rows(inner)]
    return found[0] if len(found) == 1 else None


def _is_open(problem: Problem) -> bool:
    """Whether it is not known where in the request a problem lies, or only by a guess."""
    elsewhere = problem.parameter or problem.header or problem.positions or problem.line
    if elsewhere or problem.response_pointer is not None:
        return False
    return problem.unverified or problem.pointer_as_sent is None


def _place(problem: Problem, mark: Mark | None, rows: _Rows, payload: JSON) -> Problem:
    """Let one problem lie in its item, or in the member of it that it names."""
    at, assumes = _row_of(problem, mark, rows)
    if at is None:
        return problem
    return _put(problem, (*rows.base, str(at)), assumes, payload)


def _put(problem: Problem, row: Tokens, assumes: str | None, payload: JSON) -> Problem:
    """Let a problem lie in an item, or in the member of it that it names."""
    tokens = parse(problem.pointer).tokens or () if problem.pointer is not None else ()
    if problem.pointer_as_sent is not None and resolve(payload, tokens).found:
        return problem
    place = (*row, *tokens)
    if assumes and not resolve(payload, place).found:
        place = row
    sent = problem.pointer_as_sent
    return problem._replace(
        pointer=build(place),
        pointer_as_sent=build(place) if sent is None else sent,
        dialect="json-pointer",
        promised=None,
        heuristic=True,
        assumes=assumes,
    )


def _row_of(problem: Problem, mark: Mark | None, rows: _Rows) -> tuple[int | None, str | None]:
    """Which item a problem is about, and what that takes for granted."""
    if mark is not None:
        index = _index_of(mark)
        if index is not None and 0 <= index - rows.first < len(rows.values):
            return index - rows.first, None if rows.is_sure else _FROM_ZERO
        at = _by_name(rows, mark.name).get(str(mark.value))
        if at is not None:
            return at, None
    tokens = split_pattern(problem.origin)
    sizes = range(len(tokens), -1, -1)
    at = next((rows.order[tokens[:size]] for size in sizes if tokens[:size] in rows.order), None)
    return at, _IN_ORDER if at is not None else None


def _by_name(rows: _Rows, name: str) -> dict[str, int | None]:
    """The items by the values of one of their members, `_id` for `id` where the first has that."""
    if name not in rows.named:
        found: dict[str, int | None] = {}
        first = rows.values[0]
        is_own = isinstance(first, dict) and name in first
        own = name if is_own else rows.names.get(bare_name(name), name)
        for at, row in enumerate(rows.values):
            value = row.get(own) if isinstance(row, dict) else None
            if isinstance(value, str | int):
                found[str(value)] = None if str(value) in found else at
        rows.named[name] = found
    return rows.named[name]


def _index_of(mark: Mark) -> int | None:
    """The number of an index; None for an id."""
    text = str(mark.value)
    return (
        int(text)
        if bare_name(mark.name) in _INDICES and text.isdecimal() and len(text) < 8
        else None
    )
