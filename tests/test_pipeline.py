"""The laws of the pipeline: what a capture becomes, whatever is in it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from errdecode.errors import InputError, UsageError
from errdecode.model import Report
from errdecode.pipeline import decode
from errdecode.source import input_span


def one(data: bytes | str, **options: object) -> Report:
    """The only report of a capture."""
    (report,) = decode(data, **options)  # type: ignore[arg-type]
    return report


def http(status: str, body: str = "", **fields: str) -> str:
    """An HTTP response as text."""
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return "\r\n".join([*lines, "", body])


def kinds(report: Report) -> set[str]:
    """The kinds of a report's notes."""
    return {note.kind for note in report.notes}


def test_the_library_face() -> None:
    """`from errdecode import decode, explain` gives the functions, whatever was imported before."""
    code = (
        "import errdecode.pipeline, errdecode.model\n"
        "from errdecode import decode, explain\n"
        "from errdecode import decode as again\n"
        "assert decode is again\n"
        "print(decode(b'{}')[0].outcome, explain('404')[0].status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert ("unknown 404\n", "") == (done.stdout, done.stderr)


BODY = '{"status": "error", "errors": {"code": "user_not_found"}}'


def test_bytes_and_text_are_the_same() -> None:
    """Bytes in any charset and text give the same answer."""
    answers = [
        one(data).diagnostics[0].problem
        for data in (BODY, BODY.encode(), b"\xef\xbb\xbf" + BODY.encode(), BODY.encode("utf-16"))
    ]

    assert [answers[0]] * 4 == answers
    assert ("USER_NOT_FOUND", "user_not_found") == answers[0][:2]


def test_binary_cannot_be_read() -> None:
    """Bytes that are no text are the one input that cannot be read."""
    with pytest.raises(InputError):
        decode(b"\x89PNG\r\n\x1a\n\0\0\0\r")
    with pytest.raises(InputError):
        decode("{}", request=b"\0\1\2")


def test_an_unknown_format_is_a_usage_error() -> None:
    """A format that the catalog lacks is told, with near ones."""
    with pytest.raises(UsageError):
        decode(BODY, format="sesionm")


# ---------------------------------------------------------------- outcomes


@pytest.mark.parametrize(
    ("data", "outcome", "format"),
    [
        (http("200 OK", BODY), "error", "sessionm"),
        (http("200 OK", '{"status": "ok", "user": {"id": 1}}'), "success", None),
        ('{"status": "ok", "user": {"id": 1}}', "success", None),
        (http("200 OK", '{"id": 1}'), "success", None),
        (http("204 No Content"), "success", None),
        (http("301 Moved", Location="https://example.com/"), "redirect", None),
        (http("304 Not Modified"), "redirect", None),
        (http("101 Switching Protocols"), "success", None),
        (http("404 Not Found"), "error", None),
        (http("502 Bad Gateway", "<html><title>502</title></html>"), "error", None),
        ('{"id": 1}', "unknown", None),
        ("curl -X POST https://api.example.com/ -d '{}'", "no-response", None),
    ],
)
def test_outcomes(data: str, outcome: str, format: str | None) -> None:
    """Errors come in 200s, success may be said in a body, and a redirect is none."""
    report = one(data)

    assert (outcome, format) == (report.outcome, report.format and report.format.id)
    assert bool(report.diagnostics) == (outcome == "error")


def test_a_batch_in_a_success() -> None:
    """Of a batch in an HTTP 200 each failed operation is a problem; the rest follows from it."""
    operation = {"method": "put", "object": {"type": "asset", "id": "1"}, "success": False}
    errors = [
        {"type": "INVALID_VALUE", "title": "Invalid value", "detail": "for field 'make'."},
        {"type": "BATCH_ABORTED", "title": "Aborted"},
        {"type": "BATCH_ABORTED", "title": "Aborted"},
    ]
    content = json.dumps({"operations": [{**operation, "error": error} for error in errors]})
    request = json.dumps({"operations": [{"method": "put", "object": {"make": 7}}]})
    report = one(http("200 OK", content), request=request)

    assert ["cause", "consequence", "consequence"] == [d.problem.role for d in report.diagnostics]
    assert [None, 0, 0] == [d.problem.caused_by for d in report.diagnostics]
    assert ("/operations/0/object/make", 7) == (
        report.diagnostics[0].locations[0].pointer,
        report.diagnostics[0].locations[0].value,
    )


def test_deleting_what_is_absent_is_harmless() -> None:
    """A delete of an object that is not there has what it wanted."""
    failed = {"method": "delete", "object": {"type": "asset", "id": "1"}, "success": False}
    error = {"type": "OBJECT_NOT_FOUND", "title": "Object not found."}
    report = one(http("200 OK", json.dumps({"operations": [{**failed, "error": error}]})))

    assert ["harmless"] == [d.problem.role for d in report.diagnostics]


def test_an_empty_body_leaves_the_status() -> None:
    """Without a body the status is explained, by HTTP, or by the format the user names."""
    report = one(http("404 Not Found"))
    named = one(http("404 Not Found"), format="journeyapps")
    explanation = report.diagnostics[0].explanation

    assert explanation is not None
    assert "http-status" == explanation.source
    assert 3 == len(named.diagnostics[0].alternatives)
    assert named.diagnostics[0].explanation is None


def test_a_refusal_in_plain_text() -> None:
    """A 401 in plain text is read under a forced format, by its status."""
    data = http("401 Unauthorized", "HTTP Basic: Access denied.", Content_Type="text/plain")
    explanation = one(data, format="journeyapps").diagnostics[0].explanation

    assert explanation is not None
    assert "catalog" == explanation.source


def test_a_page_declared_as_json() -> None:
    """A page of a gateway is a page, whatever it is declared as; a note says so."""
    page = "<!DOCTYPE html><html><title>502 Bad Gateway</title></html>"
    report = one(http("502 Bad Gateway", page, Content_Type="application/json"))

    assert report.body is not None
    assert "html" == report.body.kind
    assert "media-type-conflict" in kinds(report)


def test_documented_damage_is_read() -> None:
    """No-break spaces and unquoted names are repaired, and the repair is noted."""
    spaces = '{\n\u00a0\u00a0"status": "error",\n\u00a0\u00a0"errors": {"code": "not_found"}\n}'
    bare = '{ error: { message: "MVNO account not found", code: "mvnoAccount", status: 404 } }'
    found = [one(spaces), one(bare)]

    assert ["sessionm", "telecomx"] == [report.format and report.format.id for report in found]
    assert all("lenient-json" in kinds(report) for report in found)


# ---------------------------------------------------------------- what the user adds


def test_a_given_status_is_noted() -> None:
    """A status from the user is a note; against the response's own it is a conflict."""
    alone = one('{"message": "x"}', status=409)
    against = one(http("400 Bad Request", "{}"), status=409)

    assert alone.exchange.response is not None
    assert 409 == alone.exchange.response.status
    assert {"given"} == kinds(alone) - {"status-conflict"}
    assert {"given", "status-conflict"} <= kinds(against)


def test_the_body_may_contradict_the_head() -> None:
    """Where the body's own status is another one, both are shown."""
    body = '{"message": "Too many requests are updating this session", "StatusCode": 409}'
    report = one(http("400 Bad Request", body))

    assert "status-conflict" in kinds(report)


def test_a_timeout_has_no_answer() -> None:
    """Without any answer the problem is just that, and reconciling comes first."""
    report = one("", timeout=True)
    known = one("", timeout=True, method="GET")

    assert ("no-response", "reconcile-first") == (
        report.outcome,
        report.diagnostics[0].retry.verdict,
    )
    assert "later" == known.diagnostics[0].retry.verdict
    assert "no-response" in kinds(report)


def test_method_and_url_are_taken() -> None:
    """The request's method and URL may be given; they count as if they were captured."""
    report = one(http("502 Bad Gateway"), method="POST", url="https://api.example.com/v1")

    assert report.exchange.request is not None
    assert "POST" == report.exchange.request.method
    assert "reconcile-first" == report.diagnostics[0].retry.verdict


def test_a_host_is_evidence() -> None:
    """A URL from the user speaks for the format whose host it is."""
    body = '{"message": "HMAC signature mismatch."}'
    bare, hosted = one(body), one(body, url="https://demo.talon.one/v1/sessions")

    assert bare.detection.best is not None
    assert hosted.detection.best is not None
    assert hosted.detection.best.score > bare.detection.best.score


POINTED = (
    '{"message": "invalid", "errors": [{"title": "Invalid type", "details": "no", '
    '"source": {"pointer": "/attributes/Name"}}]}'
)


def test_the_payload_comes_from_the_capture_or_the_user() -> None:
    """The fault is found in the request of the pasted command, or in the one that is given."""
    payload = '{"attributes": {"Name": false}}'
    command = f"$ curl -X PUT https://demo.talon.one/v1/x -d '{payload}'\n{POINTED}\n"
    pasted, given_ = one(command), one(POINTED, request=payload)

    for report in (pasted, given_):
        (location,) = report.diagnostics[0].locations

        assert (True, False) == (location.found, location.value)
    (location,) = pasted.diagnostics[0].locations
    assert location.text is not None
    span = input_span(location.text, location.start, location.end)
    assert "false" == command[span.start.offset : span.end.offset]


def test_a_missing_request_is_hinted_at() -> None:
    """A pointer without a request suggests the option that adds one."""
    assert any("--request" in hint for hint in one(POINTED).hints)
    assert not any("--request" in hint for hint in one(POINTED, request="{}").hints)


def test_the_three_kinds_of_empty_pointer() -> None:
    """`""` is the whole payload, null and an absent one are none."""
    template = '{{"message": "m", "errors": [{{"title": "t", "source": {{{}}}}}]}}'
    whole, parameter = (
        one(template.format(source), request='{"a": 1}').diagnostics[0]
        for source in ('"pointer": ""', '"parameter": "sort"')
    )

    assert {"a": 1} == whole.locations[0].value
    assert ((), "sort") == (parameter.locations, parameter.problem.parameter)


# ---------------------------------------------------------------- several responses


def test_earlier_responses_are_kept() -> None:
    """The last response is the answer, the earlier ones stay in the report."""
    data = http("100 Continue") + http("301 Moved", Location="/b") + http("404 Not Found", "{}")
    report = one(data)

    assert [100, 301] == [response.status for response in report.exchange.earlier]
    assert report.exchange.response is not None
    assert 404 == report.exchange.response.status


def test_several_exchanges() -> None:
    """Several commands with their output are several reports, in order."""
    data = (
        f"$ curl https://api.example.com/1\n{BODY}\n"
        "$ curl https://api.example.com/2\n"
        '{"message": "HMAC signature mismatch."}\n'
    )
    reports = decode(data)

    assert [("sessionm", 0), ("talonone", 1)] == [
        (report.format and report.format.id, report.number) for report in reports
    ]


def test_request_id_and_date() -> None:
    """What a ticket asks for comes from the fields, or from the body."""
    fielded = one(http("500 x", "{}", X_Request_Id="abc", Date="Sun, 22 Nov 2026 08:00:00 GMT"))
    bodied = one(http("500 x", '{"request_id": "def", "message": "a b"}'))

    assert ("abc", "Sun, 22 Nov 2026 08:00:00 GMT") == (fielded.request_id, fielded.date)
    assert ("def", None) == (bodied.request_id, bodied.date)
    assert one('{"": "no id"}').request_id is None


def test_an_unknown_code_of_a_known_format() -> None:
    """A code that the documentation lacks is shown as the format's, not taken for another one."""
    report = one('{"status": "error", "errors": {"code": "card_is_blue"}}')

    assert report.format is not None
    assert ("sessionm", "card_is_blue") == (report.format.id, report.diagnostics[0].problem.code)


def test_nothing_generic_is_passed_off_as_documented() -> None:
    """What no documented format covers is marked as unverified."""
    report = one(http("400 Bad Request", '{"oops": {"code": "E42", "message": "it is odd"}}'))

    assert report.format is None
    assert [("E42", True)] == [(d.problem.code, d.problem.unverified) for d in report.diagnostics]


def test_a_request_takes_nothing_from_the_answer() -> None:
    """The place of a missing member is the same with the request and without it."""
    body = '{"errorMessages": [], "errors": {"summary": "You must specify a summary."}}'
    alone, sent = one(body), one(body, request='{"fields": {"sumary": "x"}}')

    assert "/fields/summary" == alone.diagnostics[0].problem.pointer
    assert "/fields/summary" == sent.diagnostics[0].problem.pointer
    assert ("sumary",) == sent.diagnostics[0].locations[0].suggestions
