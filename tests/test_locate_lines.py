"""The laws of lines and columns: what a parser counts leads to the very sign that it means."""

from __future__ import annotations

import json

import pytest
from conftest import steps_of
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.body import read_body
from errdecode.locate import Sent, locate
from errdecode.locate.lines import offset_of
from errdecode.model import Location, Problem, Request, Text
from errdecode.source import position

FEW = settings(max_examples=200, deadline=None)


def find(problem: Problem, content: str) -> tuple[Location, ...]:
    """Locate a problem in a payload."""
    text = Text(content)
    return locate(problem, Sent(read_body(text), Request(body=text, described="the -d")))


def told(message: str, content: str) -> str:
    """What is marked for a message of a parser; empty when nothing is."""
    located = find(Problem(detail=message), content)
    return cut(located[0]) if located else ""


def cut(location: Location) -> str:
    """The text that a location marks, with a bar before it."""
    assert location.text is not None
    value = location.text.value
    before = value[max(0, location.start - 3) : location.start]
    return f"{before}|{value[location.start : location.end]}"


DAMAGED = '{\n  "name": "Swift",\n  "berth": Q7\n}'
WIDE = '{"name": "Søløven 🚀", "berth": Q7, "masts": 2, "crew": 9}'


@pytest.mark.parametrize(
    ("message", "content"),
    [
        ("Expecting value: line 3 column 12 (char 33)", DAMAGED),
        ("Invalid JSON (char 33)", DAMAGED),
        ("Unexpected token Q in JSON at position 33", DAMAGED),
        ("Unexpected token 'Q', ...\" \"berth\": Q7\n}\" is not valid JSON", DAMAGED),
        ("Unexpected token 'Q', ...\" \"berth\": Q7, \"masts\"... is not valid JSON", WIDE),
        ("Unexpected token Q in JSON at position 32", WIDE),  # UTF-16
        ("'Q' is an invalid start of a value. LineNumber: 2 | BytePositionInLine: 11.", DAMAGED),
        ("'Q' is an invalid start of a value. LineNumber: 0 | BytePositionInLine: 36.", WIDE),
        ("Request body contains badly-formed JSON (at position 34)", DAMAGED),
        ("body contains badly-formed JSON (at character 37)", WIDE),  # bytes, from 1
        ("JSON: Unrecognized token 'Q7': was expecting ... line: 3, column: 14]", DAMAGED),
        ("Unexpected character ('Q' (code 81)) ... line: 3, column: 13]", DAMAGED),
        ("Unexpected character encountered while parsing value: Q. Path 'berth', line 3,"
         " position 11.", DAMAGED),
        ("Unexpected character encountered while parsing value: Q. Path 'berth', line 3,"
         " position 12.", DAMAGED),
        ("Failed to parse the body as JSON: berth: expected value at line 3 column 12", DAMAGED),
        ("json: MalformedJsonException at line 3 column 12 path $.berth", DAMAGED),
        ("YAML parse error at line 3, column 12", DAMAGED),
        ("parse error: Syntax error on line 3, col 13", DAMAGED),
    ],
)  # fmt: skip
def test_parsers(message: str, content: str) -> None:
    """Each parser names a place in its own words and counting; all lead to the same word."""
    assert '": |Q7' == told(message, content)


@pytest.mark.parametrize(
    ("message", "marked"),
    [
        ("Unexpected token '<', \"<html>\" is not valid JSON", "|<"),
        ("Unexpected token 'h', \"<html>\" is not valid JSON", "<|html"),
        ("Unexpected token 'x', \"other\" is not valid JSON", ""),
        ("Unexpected token 'x', ...\"<html>\" is not valid JSON", ""),
    ],
)
def test_texts_that_v8_quotes_whole(message: str, marked: str) -> None:
    """A short text is quoted whole, so the sign tells where; another text tells nothing."""
    assert marked == told(message, "<html>")


def test_the_beginning_that_v8_quotes() -> None:
    """Of a long text that fails near its beginning, the beginning and ten signs are quoted."""
    content = '{"a": }{"name": "Swift the Second"}'
    message = 'Unexpected token \'}\', "{"a": }{"name": "... is not valid JSON'

    assert '": |}' == told(message, content)[-5:]


@pytest.mark.parametrize(
    ("message", "marked"),
    [
        ("JSON error at line 9 column 1", ""),
        ("JSON error at position 99", ""),
        ("badly-formed JSON (at position 999999999)", ""),
        ("JSON LineNumber: 999999999 | BytePositionInLine: 0.", ""),
        ("line 0, position 0: Unexpected character", "|{"),
        ("JSON error at line 1 column 999999999", "|}"),
        ("line 2 column 3", ""),  # nothing was parsed, as far as the message says
        ("Order 5 at position 3 was refused", ""),
        ("JSON", ""),
        ("", ""),
    ],
)
def test_places_that_are_not_there(message: str, marked: str) -> None:
    """Beyond the text nothing is marked, beyond a line its end; other words name no place."""
    assert marked == told(message, '{"a":}')[-2:]


def test_what_leads_somewhere_counts_more() -> None:
    """The message's place is only asked for when pointers lead nowhere."""
    problem = Problem("/a", pointer="/a", pointer_as_sent="/a", detail="JSON at position 0")

    assert ["/a"] == [one.pointer for one in find(problem, '{"a": 1}')]
    assert ["/a", ""] == [one.pointer for one in find(problem, '{"b": 1}')]


def test_a_number_of_characters_is_no_pointer() -> None:
    """FastAPI's `["body", 33]` counts in a text that is no JSON; in a list it is an index."""
    problem = Problem(pointer="/33", pointer_as_sent="body/33", detail="JSON decode error")
    (location,) = find(problem, DAMAGED)

    assert ('": |Q7', True) == (cut(location), location.found)
    assert [False] == [one.found for one in find(problem, "[1, 2,]")]
    assert [False] == [one.found for one in find(problem, '{"a": 1}')]


# ---------------------------------------------------------------- lines and columns as numbers


@given(st.text("ab\n\r", max_size=12), st.data())
@FEW
def test_offsets_and_positions_agree(content: str, data: st.DataObject) -> None:
    """A place's line and column lead back to it, whatever ends the lines."""
    at = data.draw(st.integers(0, len(content)))
    if content[at - 1 : at + 1] == "\r\n" and at:
        at -= 1  # between the two there is no place
    place = position(Text(content), at)

    assert at == offset_of(content, place.line - 1, place.column - 1)


@given(st.text("ab \n\r🚀", max_size=12), st.integers(), st.integers())
@FEW
def test_any_line_and_column_is_endured(content: str, line: int, column: int) -> None:
    """A place is in the text, or there is none."""
    at = offset_of(content, line, column)

    assert at is None or 0 <= at <= len(content)


@given(
    st.text('ab7 "{}\n🚀', min_size=1, max_size=20),
    st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), min_size=1, max_size=5),
)
@FEW
def test_positions_mark_something(content: str, positions: list[tuple[int, int]]) -> None:
    """What is marked lies in the text, is never empty, and the place itself is in it."""
    for location in find(Problem(positions=tuple(positions)), content):
        assert location.found
        assert 0 <= location.start < location.end <= len(content)


def test_words_are_marked_whole() -> None:
    """A place inside a word means the word; a very long one is marked at the place alone."""
    places = find(Problem(positions=((1, 3), (1, 6), (1, 15))), "{ harbour(id:42) }")
    (variable,) = find(Problem(positions=((1, 7),)), "query($id: ID) { a(id: $id) }")
    (long,) = find(Problem(positions=((1, 500),)), "a" * 1000)

    assert ["harbour", "harbour", "42"] == [one.value for one in places]
    assert "$id" == variable.value
    assert (499, 500) == (long.start, long.end)


QUERY = 'query Q {\n  # café 🚀 "x"\n  harbour { nmae }\n}'


@pytest.mark.parametrize("ascii_", [True, False])
def test_positions_in_a_string(ascii_: bool) -> None:
    """Lines are those of the string once its escapes are undone; the map leads back to them."""
    content = json.dumps({"a": 1, "query": QUERY}, ensure_ascii=ascii_)
    problem = Problem(positions=((3, 13), (3, 3)), positions_in="/query")
    first, second = find(problem, content)

    assert ("{ |nmae", " |harbour") == (cut(first)[-7:], cut(second)[-9:])
    assert ("/query", "the text in /query of the -d") == (first.pointer, first.described)
    assert "line 3, column 13" == first.basis


@pytest.mark.parametrize(
    ("content", "place"),
    [('{"query": 5}', "/query"), ("{}", "/query"), ('{"query": "a"}', "no pointer"), ("7", "/q")],
)
def test_strings_that_are_not_there(content: str, place: str) -> None:
    """Positions in what is no string mark nothing."""
    assert () == find(Problem(positions=((1, 1),), positions_in=place), content)


def test_a_field_of_a_form_holds_lines() -> None:
    """In a form the text is marked as it was sent."""
    text = Text("a=1&query=harbour")
    sent = Sent(read_body(text, "application/x-www-form-urlencoded"), Request(body=text))
    (location,) = locate(Problem(positions=((1, 1),), positions_in="/query"), sent)

    assert "harbour" == location.value


# ---------------------------------------------------------------- hostile ones


def test_work_is_bounded() -> None:
    """Huge numbers and long texts cost calls by the place, not by the number."""
    content = "{\n" * 200_000
    positions = tuple((10**30 + at, 10**30) for at in range(20))
    sent = Sent(read_body(Text("x")), Request())
    body = read_body(Text("-"))._replace(text=Text(content))

    assert steps_of(locate, Problem(positions=positions), sent._replace(body=body)) < 2000


@given(st.text(max_size=80))
@FEW
def test_any_message_is_endured(words: str) -> None:
    """Whatever a message says around a number, there is a place or none."""
    for form in ("JSON {} at position 3", "Unexpected token '{}', \"{}\" is not valid JSON",
                 "json line {} column 2", "parse 'line 1, position 2' {}"):  # fmt: skip
        for location in find(Problem(detail=form.replace("{}", words)), '{"a": é🚀'):
            assert location.text is not None
            assert 0 <= location.start < location.end <= len(location.text.value)


@pytest.mark.parametrize("said", ["token '" * 9000, "line " * 9000, ', "' * 9000, "(char " * 9000])
def test_long_messages_are_read_in_part(said: str) -> None:
    """A message is searched up to a limit, in time that grows with its length."""
    assert () == find(Problem(detail=f"JSON {said}"), '{"a": é')
