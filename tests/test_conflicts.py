"""The laws of signals in conflict: told where two of them cannot both be true, and only there."""

from __future__ import annotations

import json

import pytest

from errdecode.model import JSON
from errdecode.pipeline import decode

KINDS = {"status-conflict", "error-in-success", "media-type-conflict"}
PROBLEM = "application/problem+json"
TELECOMX: JSON = {"error": {"code": "userId", "message": "User not found"}}
GENERIC: JSON = {"error": {"message": "There is no such teapot"}}
RPC: JSON = {"jsonrpc": "2.0", "error": {"code": -32601, "message": "Method not found"}, "id": 1}
GRAPHQL: JSON = {"errors": [{"message": "Cannot brew", "path": ["pot"]}], "data": {"pot": None}}
JWT: JSON = {"code": "PGRST301", "message": "JWT invalid", "details": None, "hint": None}
ENTRY: JSON = {
    "sys": {"type": "Error", "id": "NoSuchTeapot"},
    "message": "There is no such teapot",
    "requestId": "7a7",
}
ITEMS: JSON = {
    "took": 1,
    "errors": True,
    "items": [
        {"index": {"_id": "1", "status": 201}},
        {"index": {"_id": "2", "status": 400, "error": {"type": "x", "reason": "no"}}},
    ],
}


def notes(status: int, body: JSON | str, media: str = "application/json") -> list[tuple[str, str]]:
    """The conflicts that are noted on a response."""
    text = body if isinstance(body, str) else json.dumps(body)
    (report,) = decode(f"HTTP/1.1 {status} X\r\nContent-Type: {media}\r\n\r\n{text}")
    return [(note.kind, note.message) for note in report.notes if note.kind in KINDS]


@pytest.mark.parametrize(
    ("status", "body", "media", "kind", "says"),
    [
        (200, GENERIC, "application/json", "error-in-success", "200"),
        (201, GENERIC, "application/json", "error-in-success", "201"),
        (200, JWT, "application/json", "status-conflict", "401 for PGRST301"),
        (500, JWT, "application/json", "status-conflict", "401 for PGRST301"),
        (200, {"error": {"code": "userId", "status": 404, "message": "User not found"}},
         "application/json", "status-conflict", "the body says 404"),
        (500, {"type": "about:blank", "title": "Gone", "status": 410}, PROBLEM,
         "status-conflict", "the body says 410"),
        (500, {"status": "OK", "results": []}, "application/json", "status-conflict",
         "that there is no error"),
        (500, "<html><body><h1>Oops</h1></body></html>", "application/json",
         "media-type-conflict", "HTML"),
        (500, GENERIC, "text/html", "media-type-conflict", "JSON"),
    ],
)  # fmt: skip
def test_what_contradicts_is_noted(
    status: int, body: JSON | str, media: str, kind: str, says: str
) -> None:
    """One note, which names both sides."""
    ((found, message),) = notes(status, body, media)

    assert kind == found
    assert says in message


@pytest.mark.parametrize(
    ("status", "body", "media"),
    [
        (404, GENERIC, "application/json"),
        (401, JWT, "application/json"),
        (200, RPC, "application/json"),
        (200, GRAPHQL, "application/json"),
        (200, ITEMS, "application/json"),
        (207, {"responses": [{"status": 404}]}, "application/json"),
        (410, {"type": "about:blank", "title": "Gone", "status": 410}, PROBLEM),
        (200, {"id": 7, "name": "Earl Grey"}, "application/json"),
        (502, "<html><body><h1>502 Bad Gateway</h1></body></html>", "text/html"),
        (500, "out of tea", "text/plain"),
    ],
)
def test_what_agrees_is_not(status: int, body: JSON | str, media: str) -> None:
    """Nothing is noted where all signals agree, nor where a format has its errors in any status or
    in the items of an answer."""
    assert [] == notes(status, body, media)


def test_a_problem_document_with_several_problems() -> None:
    """Its status is that of the whole response, however many problems it lists."""
    errors: JSON = [{"detail": "no", "pointer": "#/a"}, {"detail": "nor", "pointer": "#/b"}]
    body: JSON = {"type": "https://example.com/invalid", "title": "T", "status": 422}
    assert isinstance(body, dict)
    found = notes(500, {**body, "errors": errors}, PROBLEM)

    assert [("status-conflict", "the response's status is 500, the body says 422")] == found
    assert [] == notes(422, {**body, "errors": errors}, PROBLEM)


@pytest.mark.parametrize(
    ("status", "body", "noted"),
    [
        (200, json.dumps(ENTRY), True),
        (404, json.dumps(ENTRY), False),
        (200, '{"ok": false, "error": "channel_not_found"}', False),
        (200, '{"error": {"message": "No such boat"}}', True),
    ],
)
def test_an_error_in_a_success(status: int, body: str, noted: bool) -> None:
    """It is noted where no format is known, or the format's errors come with failing statuses."""
    (report,) = decode(f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n\r\n{body}")

    assert noted == ("error-in-success" in [note.kind for note in report.notes])


def test_success_explains_no_error() -> None:
    """What HTTP says of a 200 is no explanation of an error that came with it."""
    (report,) = decode('HTTP/1.1 200 OK\r\n\r\n{"error": {"message": "No such boat"}}')

    assert [("cause", None)] == [(d.problem.role, d.explanation) for d in report.diagnostics]


def test_a_status_that_may_be_wrong() -> None:
    """Where it is not known whether a body is an error, the note does not say that it is one."""
    (report,) = decode('HTTP/1.1 200 OK\r\n\r\n{"code": 40001, "msg": "the rope is torn"}')
    notes = [(note.kind, "may tell" in note.message) for note in report.notes]

    assert ("unknown", [("error-in-success", True)]) == (report.outcome, notes)


def test_the_format_that_a_status_speaks_against() -> None:
    """It is named, but not claimed."""
    body = '{"title": "No such berth", "status": 404, "detail": "There is no berth 7."}'
    (report,) = decode(f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{body}")
    named = [note.message for note in report.notes if note.kind == "error-in-success"]

    assert ("unknown", None, 1) == (report.outcome, report.format, len(named))
    assert "RFC 9457" in named[0]
