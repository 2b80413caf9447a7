"""The laws of places that parsers tell in messages, each counting and showing them in its way."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode import decode
from errdecode.locate.parsers import read_place
from errdecode.model import JSON

FEW = settings(max_examples=150, deadline=None)
DAMAGED = '{\n  "name": "Swift",\n  "berth": Q7\n}'
AT = DAMAGED.index("Q7")


def told(message: str, text: str = DAMAGED, *, is_damaged: bool = True) -> int | None:
    """The character that a message tells."""
    place = read_place((None, message), text, is_damaged=is_damaged)
    return place.at if place else None


@pytest.mark.parametrize(
    "message",
    [
        "expected value at line 3 column 12",
        "invalid type: integer `7`, expected a string at line 3 column 12",
        "expected ',' or '}' after object value: 'Q7' at line 3 column 12",
        "proto: syntax error (line 3:12): invalid value Q7",
        'proto: (line 3:12): unknown field "berth"',
        "[3:12] failed to parse field [berth] of type [long]",
        "x_content_parse_exception: [3:12] [boat] unknown field [berth]",
        "JSON5: invalid character 'Q' at 3:12",
        "org.xml.sax.SAXParseException; lineNumber: 3; columnNumber: 12; mismatched",
        "FormatException: Unexpected character (at line 3, character 12)",
        f"FormatException: Unexpected character (at character {AT + 1})",
        "JSON syntax error on line 3, char 12",
        "xml: not well-formed (invalid token): line 3, column 11",
        f"parse error: expected number near offset {AT} of 'Q7'",
        f"json: invalid character 'Q' looking for beginning of value (offset {AT + 1})",
        f"unexpected byte at position {AT}: 0x51",
        f"invalid byte 0x51 at byte position {AT}",
        f'malformed JSON string, at character offset {AT} (before "Q7")',
    ],
)
def test_each_parser_counts_in_its_way(message: str) -> None:
    """All lead to the same sign, whatever they count and from where; no flag is needed for it."""
    assert told(message, is_damaged=False) == AT


@pytest.mark.parametrize(
    "message",
    [
        'syntax error at or near "Q7" at character 20',
        "invalid input syntax for type json at character 20",
        "Malformed SQL: unexpected token at line 1 column 3",
        "unknown field `berth` at position 2",
        "invalid type: the column at index 3",
        "invalid offset 20, unexpected",
        "The boat was refused at line 3 column 12",
    ],
)
def test_other_places_are_not_the_requests(message: str) -> None:
    """Databases count in their statements, lists in their items."""
    assert told(message, is_damaged=False) is None


def test_a_caret_points_below_what_stands_around_it() -> None:
    """protobuf shows twenty bytes on either side; what stands elsewhere tells nothing."""
    around = DAMAGED[AT - 20 : AT + 20]
    message = f"Invalid JSON payload received. Unexpected token.\n{around}\n{' ' * 20}^"

    assert AT == told(message, is_damaged=False)
    assert told(message, f"{DAMAGED}{around}", is_damaged=False) is None
    assert told(message, "{}", is_damaged=False) is None
    assert 6 == told("Invalid JSON payload.\n{'é': 7\n       ^", "{'é': 7", is_damaged=False)


VALUES: st.SearchStrategy[JSON] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text('ab\n\\"é', max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab"), inner, max_size=3),
    max_leaves=8,
)


@FEW
@given(VALUES, st.booleans())
def test_what_is_no_json_is_found_without_numbers(value: JSON, quoted: bool) -> None:
    """A message that tells no place means the first sign that does not belong there."""
    text = json.dumps({"a": value}, indent=1) + "\n§ {"
    message = "invalid character '§' after top-level value" if quoted else "Malformed JSON"

    assert text.index("§") == told(message, text)
    assert told(message, text, is_damaged=False) is None
    assert told(message.replace("§", "%") if quoted else "Wrong", text) is None


@pytest.mark.parametrize("text", ["{}", "[" * 100_000, "1" * 5000, "", "{"])
def test_any_text_is_endured(text: str) -> None:
    """JSON has no such place, and what cannot be read has one within it or none."""
    at = told("Invalid JSON", text)

    assert at is None or 0 <= at <= len(text)


# ---------------------------------------------------------------- whole answers


def mark(message: str, request: str) -> list[JSON]:
    """What is marked in a request for a message."""
    answer = json.dumps({"error": {"message": message}})
    (report,) = decode(answer, request=request, status=400)
    return [place.value for diagnostic in report.diagnostics for place in diagnostic.locations]


def test_a_request_that_is_no_json_shows_where() -> None:
    """Go names the sign alone, PHP nothing."""
    assert ["Q7"] == mark("invalid character 'Q' looking for beginning of value", DAMAGED)
    assert ["Q7"] == mark("Syntax error", DAMAGED)
    assert [] == mark("invalid character 'x' looking for beginning of value", DAMAGED)
    assert [] == mark("Syntax error", '{"a": 1}')


def test_a_place_behind_a_line_is_its_last_word() -> None:
    """Gson names the place behind the value."""
    assert ["Q7"] == mark("MalformedJsonException at line 3 column 14 path $.berth", DAMAGED)


def test_lines_of_one_document_among_several() -> None:
    """What an item of a bulk answer says of lines counts from its own document."""
    request = '{"index": {}}\n{"a": 1}\n{"index": {}}\n{"berth": {"length": "x"}}\n'
    error: JSON = {"type": "document_parsing_exception", "reason": "[1:22] failed to parse field"}
    ok: JSON = {"index": {"_index": "boats", "_id": "1", "status": 201}}
    bad: JSON = {"index": {"_index": "boats", "_id": "2", "status": 400, "error": error}}
    answer = json.dumps({"took": 3, "errors": True, "items": [ok, bad]})
    (report,) = decode(answer, request=request, status=200)
    places = [place for diagnostic in report.diagnostics for place in diagnostic.locations]

    assert [("/3", '"')] == [(place.pointer, place.value) for place in places]
