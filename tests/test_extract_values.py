"""What single values of a response are read as: statuses, waits, ids, texts of pages."""

from __future__ import annotations

import pytest

from errdecode import decode
from errdecode.body import read_body
from errdecode.extract import (
    as_seconds,
    as_status,
    extract,
)
from errdecode.format import At, Extract, Format, Read, Regex
from errdecode.model import JSON, Exchange, Response, Text


@pytest.mark.parametrize(
    ("value", "expected"),
    [(404, 404), ("404", 404), (0, None), (600, None), ("4O4", None), (True, None), (4040, None)],
)
def test_statuses(value: JSON, expected: int | None) -> None:
    """A status is a number from 100 to 599, or its digits."""
    assert expected == as_status(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("30", 30.0), ("1.5s", 1.5), (" 2s ", 2.0), ("-1", None), ("soon", None), ("1e9", None)],
)
def test_seconds(text: str, expected: float | None) -> None:
    """Seconds are a number or a protobuf duration."""
    assert expected == as_seconds(text)


def test_the_id_in_a_text_is_the_ticket() -> None:
    """An id that an extractor reads out of a text is told as one read out of a body is."""
    said = "(Service: DynamoDb, Status Code: 400, Request ID: QUAY0A1B2C3D)"
    (report,) = decode(f"a.ResourceNotFoundException: no such table {said}")

    assert report.request_id == "QUAY0A1B2C3D"
    assert "request_id" not in report.diagnostics[0].problem.extensions


def test_a_page_is_read_without_its_references() -> None:
    """What a pattern finds in a page is what its reader sees; in a text `&amp;` is just that."""
    words = Extract(
        read="text", pattern=Regex("<pre>(?P<detail>[^<]+)"), detail=(Read(at=At("/detail")),)
    )
    format = Format("x", "X", "vendor", "https://docs.example.com", "2026-11-22", extract=words)
    said = []
    for page in ("<html><pre>a&#39;b &lt;c&gt;&nbsp;&amp;amp;</pre></html>", "x <pre>a &amp; b"):
        body = read_body(Text(page))
        said += extract(format, "body", Exchange("body", body.text, response=Response()), body)

    assert ["a'b <c> &amp;", "a &amp; b"] == [problem.detail for problem in said]


def test_a_piece_of_a_json_string_is_read_without_its_escapes() -> None:
    """What a pattern finds in JSON is what the string says; no piece of one stays as it is."""
    words = Extract(
        read="text", pattern=Regex("<(?P<detail>[^>]+)>"), detail=(Read(at=At("/detail")),)
    )
    format = Format("x", "X", "vendor", "https://docs.example.com", "2026-11-22", extract=words)
    body = read_body(Text(r"""{"a": "<\\w \u00e9 \"b\">", "c": ["<", "\\", ">"]}"""))
    found = extract(format, "body", Exchange("body", body.text, response=Response()), body)

    assert ['\\w é "b"', r'''", "\\", "'''] == [problem.detail for problem in found]
