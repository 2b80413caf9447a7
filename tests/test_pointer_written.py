"""The laws of pointers that are not in the dialect they should be in, from response to frame."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdecode.model import JSON, Report
from errdecode.pipeline import decode
from errdecode.pointer import build
from errdecode.pointer.written import is_xpath, read_as_written

ORDER = "<order><item sku='a'><qty>1</qty></item><item sku='b'><qty>-1</qty></item></order>"
JSON_ORDER = '{"items": [{"price": 1}, {"price": "abc"}], "name": ""}'


def answer(sent: JSON, payload: str, generic: bool = False) -> Report:
    """Decode an answer that points into a payload, in a documented format or in none."""
    problem: dict[str, JSON] = {"detail": "must be positive", "pointer": sent}
    if generic:
        body: dict[str, JSON] = {"code": "BAD_QTY", "message": "must be positive", "pointer": sent}
    else:
        body = {"type": "about:blank", "title": "Bad", "status": 400, "errors": [problem]}
    media = "application/json" if generic else "application/problem+json"
    text = f"HTTP/1.1 400 Bad Request\nContent-Type: {media}\n\n{json.dumps(body)}"
    (report,) = decode(text, request=payload)
    return report


def marked(report: Report) -> str | None:
    """What the first place of the first problem marks."""
    place = report.diagnostics[0].locations[0]
    return place.text.value[place.start : place.end] if place.found and place.text else None


@pytest.mark.parametrize(
    ("sent", "pointer", "dialect"),
    [
        ("items[1].price", "/items/1/price", "dotted"),
        ("$.items[1].price", "/items/1/price", "jsonpath"),
        ("items/1/price", "/items/1/price", "json-pointer"),
        ("name", "/name", "dotted"),
    ],
)
def test_a_pointer_without_a_slash_is_read_as_it_is_written(
    sent: str, pointer: str, dialect: str
) -> None:
    """What should be a JSON Pointer and cannot be one is read in its own dialect, with a note."""
    report = answer(sent, JSON_ORDER)
    problem = report.diagnostics[0].problem

    assert (pointer, sent, dialect, "json-pointer") == (
        problem.pointer,
        problem.pointer_as_sent,
        problem.dialect,
        problem.promised,
    )
    assert marked(report) in ('"abc"', '""')
    assert any(sent in note.message for note in report.notes if note.kind == "assumption")


@pytest.mark.parametrize(
    "sent", ["the price of item 1", "https://example.com/a", "/a~b", "a~2", "?page", "items[", ""]
)
def test_what_is_no_path_stays_as_it_is(sent: str) -> None:
    """Sentences, addresses and faulty pointers are not read as something else."""
    assert all(note.kind != "assumption" for note in answer(sent, JSON_ORDER).notes)


@pytest.mark.parametrize("generic", [True, False])
@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("/order/item[2]/qty", "<qty>-1</qty>"),
        ("/order[1]/item[1]/qty[1]", "<qty>1</qty>"),
        ("//item[2]/@sku", "b"),
        ("/o:order/o:item[2]", "<item sku='b'><qty>-1</qty></item>"),
    ],
)
def test_what_points_into_xml_is_an_xpath(sent: str, expected: str, generic: bool) -> None:
    """A pointer that is written like an XPath is one, if the request is XML; a note says so."""
    report = answer(sent, ORDER, generic)

    assert expected == marked(report)
    assert any("XPath" in note.message for note in report.notes if note.kind == "assumption")


def test_plain_paths_into_xml_need_no_note() -> None:
    """What a JSON Pointer can say of XML is left as it is."""
    report = answer("/order/item/1/qty", ORDER)

    assert "<qty>-1</qty>" == marked(report)
    assert all(note.kind != "assumption" for note in report.notes)


def test_a_json_payload_has_no_xpaths() -> None:
    """Brackets belong to the names of a JSON Pointer into JSON."""
    report = answer("/a[1]/b", '{"a[1]": {"b": true}}')

    assert "true" == marked(report)
    assert "json-pointer" == report.diagnostics[0].problem.dialect


@given(st.text(max_size=40) | st.text(alphabet="/[]@:.$'1aé#~", max_size=30))
def test_any_text_is_read_or_refused(sent: str) -> None:
    """No text breaks the guess, and what is read has tokens."""
    read = read_as_written(sent)

    assert read is None or isinstance(build(read[0].tokens or ()), str)
    assert is_xpath(sent) in (True, False)
