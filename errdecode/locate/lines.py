"""Finds lines and columns that a server names: in the body, or in a text inside it such as a query.

Parsers name the place at which they gave up, each in its own words and counting: `PARSERS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from errdecode.body import place
from errdecode.model import Body, Location, Problem, Text
from errdecode.pointer import parse, resolve

_LONGEST_TEXT = 2000
"""Characters of a message in which a place is looked for."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_WORD = re.compile(r"\w+|\S", re.ASCII)
_PARSING = re.compile(
    r"pars|syntax|json|xml|yaml|graphql|malformed|deseriali[sz]|unexpected|unterminated"
    r"|invalid char|not well-formed|decod|mapping",
    re.I,
)


class Counting(NamedTuple):
    """How a parser names a place: its words, and what it counts from."""

    words: str
    """A regular expression with the groups `line` and `column`, or `offset`."""
    first_line: int = 1
    first_column: int = 1
    """What the first line and the first column are called; the first offset is always 0."""


PARSERS = (
    # System.Text.Json: "Path: $.a | LineNumber: 2 | BytePositionInLine: 10."
    Counting(r"LineNumber: (?P<line>\d{1,9}) \| BytePositionInLine: (?P<column>\d{1,9})", 0, 0),
    # Newtonsoft.Json: "Path 'a', line 2, position 10."
    Counting(r"line (?P<line>\d{1,9}), position (?P<column>\d{1,9})"),
    # Jackson "line: 2, column: 10", Gson, serde, Python, yacc: "line 2 column 10"
    Counting(r"line:? ?(?P<line>\d{1,9})[,;]? (?:and )?col(?:umn)?:? ?(?P<column>\d{1,9})"),
    # V8 "in JSON at position 42", Python "(char 42)", Go "at offset 42"
    Counting(r"\b(?:at (?:position|offset|index|character)|char) (?P<offset>\d{1,9})"),
)
"""The ways of common parsers, the most particular first."""


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


def _told(problem: Problem, body: Body, described: str) -> Iterator[Location]:
    """The place that the words of a parser name."""
    text = body.text
    number = _index_of_text(problem, body)
    if number is not None:
        yield _at(text, number, "", described, f"character {number}, counted from 0")
        return
    for said in (problem.detail, problem.title):
        if not said or not _PARSING.search(said[:_LONGEST_TEXT]):
            continue
        for parser in PARSERS:
            match = re.search(parser.words, said[:_LONGEST_TEXT], re.I)
            if match:
                at = _counted(parser, match, text.value)
                if at is not None:
                    yield _at(text, at, "", described, f"{match[0]}, as the message says")
                return


def _index_of_text(problem: Problem, body: Body) -> int | None:
    """A pointer that is one number, into a text that is no list: FastAPI's `["body", 15]`."""
    number = (problem.pointer or "").removeprefix("/")
    is_damaged = body.kind == "text" or bool(body.notes)
    if not is_damaged or isinstance(body.value, list) or not re.fullmatch("[0-9]{1,9}", number):
        return None
    return int(number) if int(number) <= len(body.text.value) else None


def _counted(parser: Counting, match: re.Match[str], text: str) -> int | None:
    groups = match.groupdict()
    if groups.get("offset"):
        at = int(groups["offset"])
        return at if at <= len(text) else None
    line = int(groups["line"]) - parser.first_line
    return offset_of(text, line, int(groups["column"]) - parser.first_column)


def offset_of(text: str, line: int, column: int) -> int | None:
    """The character at a line and column, all 0-based; None when the text has no such line.

    A column beyond the line's end is its end: parsers often name the place behind the last
    character.
    """
    at = 0
    for _ in range(line):
        end = _LINE_END.search(text, at)
        if end is None:
            return None
        at = end.end()
    stop = _LINE_END.search(text, at)
    return min(at + max(0, column), stop.start() if stop else len(text))


def _at(text: Text, at: int, pointer: str, described: str, basis: str) -> Location:
    """The word or sign at a place; at the end of the text the last one."""
    word = _WORD.match(text.value, at)
    start, end = word.span() if word else (at, at + 1)
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
