"""Finds lines and columns that a server names: in the body, or in a text inside it such as a query.

Parsers name the place at which they gave up, each in its own words and counting: `PARSERS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from errdecode.body import place
from errdecode.model import Body, Location, Problem, Text
from errdecode.model.record import NamedTuple
from errdecode.pointer import parse, resolve
from errdecode.regex import expression

_LONGEST_TEXT = 2000
"""Characters of a message in which a place is looked for."""
_LONGEST_WORD = 40
"""Characters of a word that is marked as a whole."""
_LINE_END = expression(r"\r\n|\r|\n")
_WORD = expression(r"\$?\w+|\S", re.ASCII)
"""A name, with the sign that marks a variable in GraphQL and elsewhere."""
_BEFORE = expression(r"\w*\Z", re.ASCII)
_PARSING = expression(
    r"pars|syntax|json|xml|yaml|graphql|malformed|deseriali[sz]|unexpected|unterminated"
    r"|invalid char|not well-formed|decod|mapping|BytePosition|\(char [0-9]",
    re.I,
)
_FAULT = expression(  # V8, Jackson and Go; V8 before 2022; Newtonsoft.Json
    r"(?:token|character) \(?'([^']{1,40}|')'|token (\S+) in JSON"
    r"|(?:value|encountered): (\S)\. Path"
)
"""The sign or word at which a parser says that it gave up."""
_EXCERPT = expression(r", (\.\.\.)?\"(.{1,60})\"(\.\.\.)? is not valid JSON", re.DOTALL)
"""How V8 shows a place since 2022: ten characters before it, it, and nine behind it."""
_AROUND = 10


class Counting(NamedTuple):
    """How a parser names a place: its words, and what it counts from."""

    words: str
    """A regular expression with the groups `line` and `column`, or `offset`."""
    first: int = 1
    """What the first line and the first column are called, or the first character."""
    unit: str = ""
    """The encoding whose code units are counted; empty: characters."""


PARSERS = (
    # V8: "in JSON at position 42 (line 2 column 10)"
    Counting(r"in JSON at position (?P<offset>\d{1,9})", 0, "utf-16-le"),
    # System.Text.Json: "Path: $.a | LineNumber: 2 | BytePositionInLine: 10."
    Counting(
        r"LineNumber: (?P<line>\d{1,9}) \| BytePositionInLine: (?P<column>\d{1,9})", 0, "utf-8"
    ),
    # Newtonsoft.Json: "Path 'a', line 2, position 10."
    Counting(r"line (?P<line>\d{1,9}), position (?P<column>\d{1,9})"),
    # Jackson "line: 2, column: 10", Gson, serde, Python, yacc: "line 2 column 10"
    Counting(r"line:? ?(?P<line>\d{1,9})[,;]? (?:and )?col(?:umn)?:? ?(?P<column>\d{1,9})"),
    # Go's SyntaxError.Offset, the bytes read: "badly-formed JSON (at position 42)"
    Counting(r"badly-formed JSON \(at (?:position|character) (?P<offset>\d{1,9})", 1, "utf-8"),
    # Python "(char 42)", others "at offset 42"
    Counting(r"\b(?:at (?:position|offset|index|character)|char) (?P<offset>\d{1,9})", 0),
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


def index_of_text(problem: Problem, body: Body) -> int | None:
    """A pointer that is one number, into a text that is no list: FastAPI's `["body", 15]`."""
    number = (problem.pointer or "").removeprefix("/")
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
    for said in (problem.detail, problem.title):
        told = _read_place(said[:_LONGEST_TEXT], text.value) if said else None
        if told:
            yield _at(text, told[0], "", described, told[1])
            return


def _read_place(said: str, text: str) -> tuple[int, str] | None:
    """The place that a message names, and what that rests on."""
    if not _PARSING.search(said):
        return None
    for parser in PARSERS:
        match = re.search(parser.words, said, re.I)
        if match:
            at = _counted(parser, match, text)
            basis = f"{_say(parser, match)}, as the message says"
            return None if at is None else (_snap(said, text, at), basis)
    at = _excerpted(said, text)
    return None if at is None else (at, "the part of the text that the message quotes")


def _counted(parser: Counting, match: re.Match[str], text: str) -> int | None:
    """The character that a match names; None when the text has no such place."""
    groups = match.groupdict()
    start = 0
    if groups.get("line"):
        begin = _line_start(text, int(groups["line"]) - parser.first)
        if begin is None:
            return None
        start = begin
    count = max(0, int(groups.get("offset") or groups["column"]) - parser.first)
    at = start + _characters(text, start, count, parser.unit)
    if groups.get("offset"):
        return at if at <= len(text) else None
    return min(at, _line_stop(text, start))


def _characters(text: str, start: int, count: int, unit: str) -> int:
    """How many characters of a text take so many code units, from `start` on."""
    piece = text[start : start + count]
    if not unit or piece.isascii():
        return count
    data, size = piece.encode(unit, "replace"), count * (2 if unit.startswith("utf-16") else 1)
    return len(data[:size].decode(unit, "ignore")) if size <= len(data) else count


def _say(parser: Counting, match: re.Match[str]) -> str:
    """A place in words, its numbers as the message has them."""
    groups = match.groupdict()
    unit = "byte" if parser.unit == "utf-8" else "character" if groups.get("offset") else "column"
    if groups.get("offset"):
        return f"{unit} {int(groups['offset'])}, counted from {parser.first}"
    counted = "" if parser.first else ", counted from 0"
    return f"line {int(groups['line'])}, {unit} {int(groups['column'])}{counted}"


def _snap(said: str, text: str, at: int) -> int:
    """The place itself, or the one beside it where the sign that the message quotes stands.

    Parsers name the sign they gave up at, or the one behind it.
    """
    match = _FAULT.search(said)
    fault = match[match.lastindex or 0] if match else ""
    near = (at, at - 1, at + 1, at - len(fault), at - 2)
    places = (one for one in near if fault and one >= 0 and text.startswith(fault, one))
    return next(places, at)


def _excerpted(said: str, text: str) -> int | None:
    """The place that V8 shows by an excerpt, if that stands once in the text.

    An excerpt without dots before it is the text's beginning.
    """
    match = _EXCERPT.search(said)
    if not match:
        return None
    start = text.find(match[2])
    if start < 0 or text.find(match[2], start + 1) >= 0 or (start and not match[1]):
        return None
    if match[1]:
        at = start + _characters(text, start, _AROUND, "utf-16-le")
        return at if at <= len(text) else None
    fault = _FAULT.search(said)
    at = max(0, len(match[2]) - _AROUND) if match[3] else text.find(fault[1] or "") if fault else 0
    return _snap(said, text, at)


def offset_of(text: str, line: int, column: int) -> int | None:
    """The character at a line and column, all 0-based; None when the text has no such line.

    A column beyond the line's end is its end: parsers often name the place behind the last
    character.
    """
    start = _line_start(text, line)
    return None if start is None else min(start + max(0, column), _line_stop(text, start))


def _line_start(text: str, line: int) -> int | None:
    """The first character of a line, both 0-based; None when there is no such line."""
    if line <= 0:
        return 0
    line = min(line, len(text) + 1)
    end = next(islice(_LINE_END.finditer(text), line - 1, line), None)
    return end.end() if end else None


def _line_stop(text: str, start: int) -> int:
    """The end of the line that begins at `start`, its line break not included."""
    stop = _LINE_END.search(text, start)
    return stop.start() if stop else len(text)


def _at(text: Text, at: int, pointer: str, described: str, basis: str) -> Location:
    """The word or sign at a place; at the end of the text the last one."""
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
