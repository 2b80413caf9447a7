"""The places in the JSON output: true, and in the user's own input."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

from hypothesis import given, settings
from hypothesis import strategies as st
from reports import ANY_JSON, ERROR, Decode, objects_at, report_of, reports_of, same

from errdecode.source import read_text

CAPTURES = Path(__file__).parent / "captures"

# ---------------------------------------------------------------- every capture


def test_places_are_where_they_say(capture: str, decode_capture: Decode) -> None:
    """A span's offset, line and column name the same place; what it cuts out is the value. It is a
    part of the exchange, or of what the paste assigned to a variable before."""
    data = (CAPTURES / capture).read_bytes()
    for report in reports_of(decode_capture(capture, "--json", "--show-secrets").out):
        assigned = any(note["kind"] == "assigned" for note in report["notes"])
        for location in objects_at("problems/*/locations/*", report):
            place, whole = location["input_span"], report["input"]["span"]
            if place is None:
                continue

            assert place == span_of(data, place["start"]["offset"], place["end"]["offset"])
            assert assigned or whole["start"]["offset"] <= place["start"]["offset"]
            assert place["end"]["offset"] <= whole["end"]["offset"]
            assert stands_for(cut(data, place), location["value"])


def test_own_places_are_where_they_say(capture: str, decode_capture: Decode) -> None:
    """The same holds for the place in the request body, whose text is part of the output."""
    for report in reports_of(decode_capture(capture, "--json", "--show-secrets").out):
        for location in objects_at("problems/*/locations/*", report):
            place = location["span"]
            if place is None or location["document"] != "request.body":
                continue
            data = report["request"]["body"]["text"].encode()

            assert place == span_of(data, place["start"]["offset"], place["end"]["offset"])
            assert stands_for(cut(data, place), location["value"])


def test_masks_move_nothing(capture: str, decode_capture: Decode) -> None:
    """With its secrets masked, a report has the same places as without."""
    masked = reports_of(decode_capture(capture, "--json").out)
    shown = reports_of(decode_capture(capture, "--json", "--show-secrets").out)
    place = "problems/*/locations/*/input_span"

    assert [list(objects_at(place, one)) for one in masked] == [
        list(objects_at(place, one)) for one in shown
    ]


def span_of(data: bytes, start: int, end: int) -> dict[str, Any]:
    """Work out the places of a range of bytes anew, by splitting what stands before it."""
    return {"start": position_of(data, start), "end": position_of(data, end)}


def position_of(data: bytes, offset: int) -> dict[str, int]:
    """Work out line and column of a byte."""
    text = read_text(data)
    assert text is not None
    before = data[text.head : offset].decode(text.encoding)
    lines = re.split(r"\r\n|\r|\n", before)
    return {"line": len(lines), "column": len(lines[-1]) + 1, "offset": offset}


def cut(data: bytes, place: dict[str, Any]) -> str:
    """Cut a place out of an input."""
    text = read_text(data)
    assert text is not None
    return data[place["start"]["offset"] : place["end"]["offset"]].decode(text.encoding)


def stands_for(cut: str, value: Any) -> bool:
    """Whether a piece of an input is a value: as JSON, or as a text, as in XML and forms."""
    if isinstance(value, str) and value in (cut, unquote_plus(cut)):
        return True
    try:
        return same(json.loads(cut), value)
    except json.JSONDecodeError:
        return isinstance(value, dict | list) or str(value) in cut


# ---------------------------------------------------------------- any payload


def test_request_from_elsewhere_has_no_place_in_the_input() -> None:
    """A payload of its own file has spans in itself, none in the input."""
    report = report_of(ERROR, request='{"attributes":\n{"Name": "é", "B": 1}}')
    (location,) = objects_at("problems/*/locations/*", report)

    assert location["span"]["start"] == {"line": 2, "column": 10, "offset": 24}
    assert location["span"]["end"] == {"line": 2, "column": 13, "offset": 28}
    assert location["input_span"] is None


def test_lines_and_columns_count_in_a_masked_text() -> None:
    """In the text of the report, which is decoded and masked, line and column lead to the value;
    the offset is that of the bytes that were read."""
    payload = '\ufeff{"é": "日",\n "password": "söme wörds 日", "attributes": {"Name": 12}}'
    data = payload.encode("utf-16-le")
    report = report_of(ERROR, request=data)
    (location,) = objects_at("problems/*/locations/*", report)
    start, end = location["span"]["start"], location["span"]["end"]
    line = report["request"]["body"]["text"].split("\n")[start["line"] - 1]

    assert "söme" not in line
    assert "12" == line[start["column"] - 1 : end["column"] - 1]
    assert "12" == data[start["offset"] : end["offset"]].decode("utf-16-le")


@settings(max_examples=60, deadline=None)
@given(ANY_JSON, st.text(st.characters(codec="utf-8")), st.booleans(), st.sampled_from((None, 2)))
def test_spans_cut_the_value(value: object, before: str, ascii: bool, indent: int | None) -> None:
    """Whatever the payload, the span of a value holds that value."""
    payload = {"b": before, "attributes": {"": before, "Name": value}, "n": [before]}
    text = json.dumps(payload, ensure_ascii=ascii, indent=indent)
    report = report_of(ERROR, masked=False, request=text)
    (location,) = objects_at("problems/*/locations/*", report)

    assert same(json.loads(cut(text.encode(), location["span"])), value)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8")), st.booleans(), st.sampled_from((None, 2)))
def test_spans_cut_the_value_out_of_a_paste(value: str, ascii: bool, indent: int | None) -> None:
    """The payload of a pasted command has its place in the paste."""
    text = json.dumps({"attributes": {"Name": value}}, ensure_ascii=ascii, indent=indent)
    paste = f"$ curl -d {shlex.quote(text)} https://api.example.com/orders\n{ERROR}\n"
    report = report_of(paste, masked=False)
    (location,) = objects_at("problems/*/locations/*", report)
    quoted = cut(paste.encode(), location["input_span"])

    assert json.loads(quoted.replace("'\"'\"'", "'")) == value
