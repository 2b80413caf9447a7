"""`--output short`: one line per cause, each with its place in the input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

ANSWER = "HTTP/1.1 404 Not Found\n\n"
CALL = "$ curl -i https://api.example.com/tides\n"


@pytest.mark.parametrize(
    ("paste", "lines"),
    [
        ("gone", [""]),
        ('{"error": "a"}', [""]),
        ('{"error": "a"}\n{"error": "b"}\n', [":1", ":2"]),
        (ANSWER, [":1"]),
        (CALL + ANSWER, [":1"]),
        (2 * (CALL + ANSWER) + CALL + "HTTP/1.1 204 No Content\n\n", [":1", ":4", ":7"]),
    ],
)
def test_every_line_has_its_place(run: Run, tmp_path: Path, paste: str, lines: list[str]) -> None:
    """What is cut out of a capture is found again by its line; a body alone needs none."""
    file = tmp_path / "paste.txt"
    file.write_text(paste, encoding="utf-8")
    shown = run("-o", "short", str(file)).out.splitlines()

    assert [line.removeprefix(str(file)).partition(": ")[0] for line in shown] == lines


@pytest.mark.parametrize(
    ("pointer", "shown"), [("#/mast/0", "(/mast/0)"), ("#/a%20b", "(/a b)"), ("", "Faulty - ")]
)
def test_pointers_are_written_alike(run: Run, tmp_path: Path, pointer: str, shown: str) -> None:
    """A single pointer is an RFC 6901 one, as the pattern of several is."""
    errors = [{"detail": "is wrong", "pointer": pointer}, {"detail": "no", "pointer": "#/b"}]
    body = {"type": "https://example.com/faulty", "title": "Faulty", "status": 422}
    file = tmp_path / "body.json"
    file.write_text(json.dumps({**body, "errors": errors}), encoding="utf-8")
    first, second = run("-o", "short", str(file)).out.splitlines()

    assert shown in first
    assert "(/b)" in second


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("/tides/tide[2]/height", "/tides/tide[2]/height"),
        ("/tides/tide[1]/@quay", "/tides/tide[1]/@quay"),
        ("/tides/tide[3]/height", "/tides/tide[3]/height"),
        ("/tides/0/tide/1/height/0", "/tides/tide[2]/height"),
    ],
)
def test_places_in_xml_are_written_as_xpaths(
    run: Run, tmp_path: Path, sent: str, shown: str
) -> None:
    """A place in XML is the server's own path, or one in XPath, and none of the view as JSON."""
    payload, answer = tmp_path / "tides.xml", tmp_path / "answer.json"
    tides = "<tide quay='1'><height>2</height></tide><tide><height>low</height></tide>"
    payload.write_text(f"<tides>{tides}</tides>", encoding="utf-8")
    error = {"detail": "no number", "pointer": sent}
    body = {"type": "about:blank", "title": "Invalid", "status": 422, "errors": [error]}
    answer.write_text(json.dumps(body), encoding="utf-8")
    line = ["--request", str(payload), str(answer)]
    where = run(*line).out.partition("  where   ")[2].partition("\n")[0]

    assert shown == where
    assert f"({shown})" in run("-o", "short", *line).out


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ('{"status": "failed"}', "status: failed"),
        ('{"success": false}', "success: false"),
        ('{"errors": {"berths": 3}}', "the body says no more"),
    ],
)
def test_a_status_of_success_is_no_title_of_an_error(
    run: Run, tmp_path: Path, body: str, title: str
) -> None:
    """Where the status says that all went well, the body's own denial is the title."""
    answer = tmp_path / "answer.http"
    head = "HTTP/1.1 200 OK\nContent-Type: application/json\n\n"
    answer.write_text(f"{head}{body}", encoding="utf-8")

    assert f"error: {title} [" in run("-o", "short", str(answer)).out
