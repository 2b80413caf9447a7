"""Finds lines and columns that a server names: in the body, or in a text inside it such as a query.

Parsers name the place at which they gave up, each in its own words and counting: see `parsers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from errdecode.body import place
from errdecode.locate.offsets import offset_of
from errdecode.model import Body, Location, Problem, Text
from errdecode.pointer import parse, resolve
from errdecode.regex import expression

_LONGEST_WORD = 40
"""Characters of a word that is marked as a whole."""
_WORD = expression(r"\$?\w+|\S", re.ASCII)
"""A name, with the sign that marks a variable in GraphQL and elsewhere."""
_BEFORE = expression(r"\w*\Z", re.ASCII)


def locate_lines(
    problem: Problem, body: Body, described: str, found: Sequence[Location]
) -> list[Location]:
    """Find the lines and columns that a problem names; of its message only when nothing else led
    anywhere."""
    if problem.positions:
        return list(_named(problem, body, described))
    if any(location.found or location.repairs for location in found):
        return []
    return list(_told(problem, body, described))


def _named(problem: Problem, body: Body, described: str) -> Iterator[Location]:
    """The places of a problem's `positions`."""
    text, pointer = body.text, problem.positions_in
    if pointer:
        opened = _open(body, pointer)
        if opened is None:
            return
        text, described = opened, f"the text in {pointer} of {described}"
    for line, column in problem.positions:
        at = offset_of(text.value, line - 1, column - 1)
        if at is not None:
            yield _at(text, at, pointer, described, f"line {line}, column {column}")


def _open(body: Body, pointer: str) -> Text | None:
    """The text that a string of the body holds, its escapes undone."""
    tokens = parse(pointer).tokens
    if tokens is None or not isinstance(resolve(body.value, tokens).value, str):
        return None
    tree = place(body, tokens)
    if tree is None:
        return None
    if body.kind != "json":
        from errdecode.source import cut

        return cut(body.text, tree.start, tree.end)
    from errdecode.nested import open_string

    return open_string(body.text, tree.start, tree.end)


def index_of_text(problem: Problem, body: Body) -> int | None:
    """A pointer that is one number, into a text that is no list: FastAPI's `["body", 15]`; also
    where a format reads that as the whole body."""
    number = (problem.pointer or problem.pointer_as_sent or "").removeprefix("/")
    is_damaged = body.kind == "text" or bool(body.notes)
    if not is_damaged or isinstance(body.value, list) or not re.fullmatch("[0-9]{1,9}", number):
        return None
    return int(number) if int(number) <= len(body.text.value) else None


def _told(problem: Problem, body: Body, described: str) -> Iterator[Location]:
    """The place that the words of a parser name."""
    text = body.text
    number = index_of_text(problem, body)
    if number is not None:
        yield _at(text, number, "", described, f"character {number}, counted from 0")
        return
    from errdecode.locate.parsers import read_place

    is_damaged = body.kind == "text" or (body.kind == "json" and body.tree is not None)
    is_damaged = is_damaged and problem.pointer_as_sent is None
    told = read_place((problem.detail, problem.title), text.value, is_damaged=is_damaged)
    if told:
        yield _at(text, told.at, "", described, told.basis)


def _at(text: Text, at: int, pointer: str, described: str, basis: str) -> Location:
    """The word or sign at a place; at the end of the text the last one."""
    if text.value[at : at + 1] in ("\r", "\n"):
        at = max(len(text.value[:at].rstrip()) - 1, 0)  # behind the line: its last sign
    word = _WORD.match(text.value, at)
    start, end = word.span() if word else (at, at + 1)
    if word and word[0][0].isalnum():
        before = _BEFORE.search(text.value[max(0, at - _LONGEST_WORD) : at])
        start -= len(before[0]) if before else 0
    if end - start > _LONGEST_WORD:
        start, end = at, at + 1
    if start >= len(text.value):
        start = max(0, len(text.value.rstrip()) - 1)
        end = start + 1
    value = text.value[start:end]
    return Location(
        "request.body",
        pointer,
        True,
        value,
        text=text,
        start=start,
        end=end,
        described=described,
        basis=basis,
    )
