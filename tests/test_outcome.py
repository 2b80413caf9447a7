"""The laws of the outcome: was it an error at all?"""

from __future__ import annotations

import pytest

from errdecode.body import read_body
from errdecode.model import Candidate, Detection, Exchange, Failure, Response, Text
from errdecode.outcome import decide_outcome

NONE = Detection(None)
SHAPED = Detection(Candidate("x", "body", "certain", 9.0))
FORCED = Detection(Candidate("x", "", None, 0.0), forced=True)


def outcome(
    status: int | None, content: str = "", detection: Detection = NONE, success: bool = False
) -> str:
    """The outcome of a response."""
    exchange = Exchange("body", Text(content), response=Response(status, None, (), Text(content)))
    return decide_outcome(exchange, read_body(Text(content)), detection, success)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, "success"),
        (204, "success"),
        (226, "success"),
        (101, "success"),
        (100, "unknown"),
        (103, "unknown"),
        (301, "redirect"),
        (304, "redirect"),
        (400, "error"),
        (404, "error"),
        (503, "error"),
        (599, "error"),
        (None, "unknown"),
    ],
)
def test_the_status_decides_without_a_format(status: int | None, expected: str) -> None:
    """2xx and 101 are success, 3xx a redirect, 4xx and 5xx an error; other 1xx are no answer."""
    assert expected == outcome(status)


@pytest.mark.parametrize("status", [None, 200, 302, 404])
def test_a_recognised_error_is_one_at_any_status(status: int | None) -> None:
    """Errors come in 200s, too."""
    assert "error" == outcome(status, "{}", SHAPED)


@pytest.mark.parametrize(
    ("status", "expected"), [(None, "success"), (200, "success"), (301, "success"), (400, "error")]
)
def test_success_said_in_the_body(status: int | None, expected: str) -> None:
    """A documented "ok" is success, unless the status is an error's."""
    assert expected == outcome(status, '{"status": "ok"}', NONE, success=True)


@pytest.mark.parametrize(
    ("status", "expected"), [(None, "error"), (401, "error"), (200, "success")]
)
def test_a_forced_format_without_its_shape(status: int | None, expected: str) -> None:
    """The user who names a format has an error at hand, unless the status says otherwise."""
    assert expected == outcome(status, "denied", FORCED)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"error": "bad"}', "error"),
        ('{"errors": [1]}', "error"),
        ('{"success": false}', "error"),
        ('{"success": "false", "message": "OK"}', "error"),
        ('{"status": "FAIL"}', "error"),
        ('{"errorCode": 7}', "error"),
        ("<fault><a>1</a></fault>", "error"),
        ('{"error": null, "data": 1}', "unknown"),
        ('{"errors": []}', "unknown"),
        ('{"error": false}', "unknown"),
        ('{"name": "error"}', "unknown"),
        ("an error occurred", "unknown"),
        ("[]", "unknown"),
    ],
)
def test_without_a_status_the_body_speaks(content: str, expected: str) -> None:
    """A body that calls itself an error is one; empty members named so are not."""
    assert expected == outcome(None, content)


@pytest.mark.parametrize(
    "content",
    [
        '{"success": true, "id": 7}',
        '{"ok": "true", "status": "OK"}',
        '{"errorCode": 0}',
        '{"code": 0, "message": "success", "data": null}',
        '{"code": 200, "message": "OK"}',
        '{"code": "0000", "msg": ""}',
        '{"errorCode": "00", "errorMessage": "OK"}',
        '{"meta": {"code": 201}, "data": []}',
        '{"status": "ok", "message": "One boat was moored"}',
        '{"status": "ok", "data": {"failed": 0, "errors": [], "error_code": 200, "success": true}}',
        '{"success": true, "failover": "on", "data": {"default": 7}}',
        "OK",
        '"success"',
        "Pong!\n",
    ],
)
def test_success_in_usual_words(content: str) -> None:
    """Without a status, a body that says that all is well is a success."""
    assert "success" == outcome(None, content)


@pytest.mark.parametrize(
    "content",
    [
        '{"code": 0, "message": "There is no such berth"}',
        '{"code": 200, "message": "There is no such berth"}',
        '{"code": 1, "message": "OK"}',
        '{"status": 404, "message": "OK"}',
        '{"status": "ok", "boats": [{"success": false}, {"success": true}]}',
        '{"status": "ok", "meta": {"code": 500}}',
        '{"code": "0", "message": "OK", "sub_code": "BERTH_TAKEN", "sub_msg": "taken"}',
        '{"code": 0, "message": "success", "data": {"error": "no such berth"}}',
        '{"code": 0, "message": "success", "data": {"status": "failed"}}',
        '{"code": 0, "message": "success", "boat": {"ok": "False"}}',
        '{"status": "success", "data": {"succeeded": 0, "failed": 3}}',
        '{"status": 0, "request": "E_BERTH"}',
        '{"code": 0, "error_text": "There is no such berth"}',
        '{"message": "It is not OK"}',
        "OK, but not quite",
        "{}",
    ],
)
def test_doubtful_success_is_unknown(content: str) -> None:
    """Where something in the body says otherwise, nothing is claimed."""
    assert "unknown" == outcome(None, content)


@pytest.mark.parametrize(
    "content",
    [
        '{"id": 7, "status": "failed", "error": "no rope"}',
        '{"id": 7, "status": "error", "message": "There is no such berth"}',
        '{"id": 7, "success": false}',
        '{"status": "failed"}',
    ],
)
def test_a_failed_thing_that_says_more(content: str) -> None:
    """Beside an id a state is data; an error, a message or a flag is more than that."""
    assert "error" == outcome(200, content)


def test_an_error_in_a_success() -> None:
    """An undocumented body that calls itself an error is one even in a 200."""
    assert "error" == outcome(200, '{"success": false, "message": "no"}')


@pytest.mark.parametrize(
    "content",
    [
        '{"results": [{"success": true}, {"success": false, "error": {"code": "TORN"}}]}',
        '[{"id": 1, "success": true}, {"id": 2, "success": false, "errors": ["torn"]}]',
        '{"data": {"results": [{"ok": true}, {"ok": false, "message": "torn"}]}}',
        '{"results": [{"success": false, "code": "TORN"}]}',
        '[{"status": 200}, {"status": 404, "message": "no such boat"}]',
        '[{"code": 200, "body": "{}"}, {"code": 400, "body": "{\\"error\\": {\\"code\\": 7}}"}]',
        '{"code": 40001, "msg": "the rope is torn", "data": null}',
        '{"code": -7, "msg": "the rope is torn"}',
        '{"code": "E7", "message": "There is no such berth"}',
        '{"code": "BERTH_NOT_FOUND", "message": "berth 7"}',
        '{"code": 1, "msg": "泊位不存在"}',
        '{"errcode": 0, "errmsg": "no such berth"}',
        '{"result": "failure", "reason": "torn"}',
        '{"status": 0, "info": "INVALID_ROPE", "infocode": "10001"}',
        '{"status": false, "message": "There is no such berth"}',
        '{"status": 404, "title": "No such berth"}',
        '{"message": "Not Found"}',
        '{"meta": {"code": 400, "error_message": "torn"}, "data": null}',
        '{"response": {"status": "failed", "code": "E1", "text": "torn"}}',
        '{"response": {"status": {"code": 400, "message": "torn"}}}',
        '{"status": "ok", "result": {"error": "torn"}, "boats": [1]}',
        "<response><status>error</status><message>torn</message></response>",
        "<result><error><code>7</code></error></result>",
        "<html><head><title>404 Not Found</title></head><body><h1>No</h1></body></html>",
        "<html><head><title>Boats</title></head><body><h1>Unauthorized (401)</h1></body></html>",
        "Error: the rope is torn",
        "Forbidden",
    ],
)
def test_success_against_the_body(content: str) -> None:
    """Where the body is nothing but a failure, a status of success makes no success of it."""
    assert "unknown" == outcome(200, content)


@pytest.mark.parametrize(
    "content",
    [
        '{"code": 20000, "message": "moored", "data": {"id": 7}}',
        '{"code": "MOORED", "message": "The boat was moored successfully"}',
        '{"code": 201, "message": "Created"}',
        '{"message": "The boat was moored."}',
        '{"id": "b-7", "state": "failed", "berth": 4}',
        '{"id": 7, "result": "FAILURE", "number": 12}',
        '{"data": {"id": 7, "status": "failed", "length": 5}}',
        '{"kind": "Pod", "status": {"phase": "Failed", "message": "no memory was left"}}',
        '{"result": {"code": "000.100", "description": "It was done"}, "id": "8a"}',
        '{"total": 2, "failed": 1, "runs": [{"state": "ok"}, {"state": "failed"}]}',
        '{"checks": [{"name": "rope", "success": true}, {"name": "sail", "success": false}]}',
        '[{"url": "https://example.com/a", "status": 200}, {"url": "/b", "status": 404}]',
        '[{"code": 212, "name": "New York"}, {"code": 404, "name": "Atlanta"}]',
        '[{"code": "DE", "description": "Germany"}, {"code": "FR", "description": "France"}]',
        '{"last_response": {"code": 404, "message": "Not Found"}, "active": true}',
        "<order><id>7</id><status>failed</status></order>",
        "<html><head><title>Error handling</title></head><body><h1>404 boats</h1></body></html>",
        "404",
    ],
)
def test_data_of_failures_is_a_success(content: str) -> None:
    """A status, a flag or a code beside data is data, too."""
    assert "success" == outcome(200, content)


ORDINARY = [
    '{"errno": 0, "errmsg": "no error"}',
    '{"errorCode": 0, "errorMessage": "No error"}',
    '{"error_code": "0", "error_description": "none"}',
    '{"errorText": "", "errorCode": "E0000"}',
    '{"errcode": 0, "errmsg": "the boat is moored"}',
    '{"err": 0, "msg": "no error"}',
    '{"errorCode": "NONE", "data": []}',
    '{"error": "none"}',
    '{"error": "no", "status": "ok"}',
    '{"error": {"code": 0, "message": "Success"}}',
    '{"errors": {"count": 0}}',
    '{"code": "00000", "msg": "all is ok", "data": null}',
    '{"code": "MAIL_SENT", "message": "Mail sent"}',
    '{"code": "CREATED", "message": "The berth was created, missing parts were filled in"}',
    '{"code": "ACCEPTED", "message": "queued"}',
    '{"code": "QUEUED", "message": "Your list of boats is being prepared"}',
    '{"code": 1000, "message": "Request accepted"}',
    '{"code": 20000, "message": "Fetched", "data": []}',
    '{"code": 1, "msg": "操作完成", "time": "7"}',
    '{"code": "S0001", "message": "Approved"}',
    '{"status": "accepted", "code": "A1", "message": "Queued for delivery"}',
    '{"status": "ok", "code": 40001, "message": "Fetched"}',
    '{"code": "HARBOUR", "message": "Enjoy 10% off"}',
    '{"code": "407123", "message": "Your code"}',
    '{"code": "PLAN_STARTED", "message": "You will not be charged without any error"}',
    '{"message": "Error: none"}',
    '{"id": 7, "status": "failed"}',
    '[{"code": 404, "message": "Not Found"}, {"code": 500, "message": "Internal Server Error"}]',
    "<response><errorCode>0</errorCode><errorText>none</errorText></response>",
    "<html><head><title>Boats</title></head><body><h1>Gone</h1></body></html>",
    "<html><head><title>Forbidden Bay</title></head><body><h1>Gone</h1></body></html>",
    "<html><head><title>Error</title></head><body><h1>Errors at sea</h1></body></html>",
    "Error rate: 0.1%",
    "Error code: 0",
    "exception: none",
    "Error: 3 boats",
    "gone",
]


@pytest.mark.parametrize("content", ORDINARY)
def test_an_ordinary_success_is_not_doubted(content: str) -> None:
    """Where a body may as well be one of success, a status of success decides."""
    assert "success" == outcome(200, content)


def test_an_error_but_for_its_status() -> None:
    """What would be in an error format with another status is no success for having this one."""
    body = read_body(Text(""))
    answered = Exchange("http", Text(""), response=Response(200))

    assert "unknown" == decide_outcome(answered, body, NONE, False, like_error=True)
    assert "success" == decide_outcome(answered, body, NONE, True, like_error=True)


def test_no_response() -> None:
    """Without a response, or with a client's failure in place of one, there is none."""
    request_only = Exchange("command", Text(""))
    failed = request_only._replace(failure=Failure("curl", 28))
    answered = failed._replace(response=Response(404))
    body = read_body(Text(""))

    assert ["no-response", "no-response", "error"] == [
        decide_outcome(exchange, body, NONE, False) for exchange in (request_only, failed, answered)
    ]
