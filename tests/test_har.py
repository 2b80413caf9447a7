"""HAR files: the failing entries, with the places of their texts."""

from __future__ import annotations

import base64
import gzip
import json

import pytest
from exchanges import body_of
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.capture import read_exchanges
from errdecode.capture.har import read_har
from errdecode.model import JSON, Text
from errdecode.pipeline import decode
from errdecode.source import to_root


def entry(status: int, content: dict[str, JSON], sent: str | None = None) -> JSON:
    """One entry of a HAR file."""
    request: dict[str, JSON] = {
        "method": "POST",
        "url": "https://api.example.com/v1/x",
        "headers": [{"name": ":authority", "value": "x"}, {"name": "Accept", "value": "*/*"}],
    }
    if sent is not None:
        request["postData"] = {"mimeType": "application/json", "text": sent}
    return {
        "request": request,
        "response": {
            "status": status,
            "statusText": "Bad",
            "headers": [{"name": "Content-Type", "value": "application/json"}],
            "content": content,
        },
    }


def har(*entries: JSON) -> Text:
    """A HAR file of these entries."""
    return Text(json.dumps({"log": {"version": "1.2", "entries": list(entries)}}, indent=1))


@settings(max_examples=60)
@given(st.text(max_size=30), st.text(max_size=30))
def test_texts_read_back_with_their_places(body: str, sent: str) -> None:
    """Bodies are those that were recorded; each character maps to its own escape in the file."""
    source = har(entry(200, {"text": "{}"}), entry(422, {"text": body}, sent))
    [exchange] = read_exchanges(source)

    assert exchange.kind == "har"
    assert body_of(exchange) == body
    assert exchange.request is not None
    assert exchange.request.body is not None
    assert exchange.request.body.value == sent
    for at, character in enumerate(sent):
        root, start, end = to_root(exchange.request.body, at, at + 1)
        assert root is source
        assert json.loads(f'"{source.value[start:end]}"') == character


def test_the_parts_of_an_entry_are_read() -> None:
    """Method, URL, status, reason and fields are the entry's; pseudo fields are left out."""
    [exchange] = read_exchanges(har(entry(400, {"text": "{}"})))
    request, response = exchange.request, exchange.response

    assert request is not None
    assert response is not None
    assert (request.method, [one.name for one in request.headers]) == ("POST", ["Accept"])
    assert (response.status, response.reason) == (400, "Bad")
    assert [one.value.value for one in response.headers] == ["application/json"]


def test_base64_is_decoded() -> None:
    """A base64 body is decoded, gzip in it too; each character maps to its block of four."""
    data = '{"é": 1}'.encode()
    plain = base64.b64encode(data).decode()
    packed = json.dumps([base64.b64encode(gzip.compress(data)).decode()])
    source = har(
        entry(400, {"text": plain, "encoding": "base64"}),
        entry(400, {"text": packed, "encoding": "base64"}),
    )
    first, second = read_exchanges(source)

    assert body_of(first) == body_of(second) == '{"é": 1}'
    assert first.response is not None
    assert first.response.body is not None
    _, start, end = to_root(first.response.body, 0, 1)
    assert source.value[start:end] == plain[:4]
    assert [note.kind for note in second.notes] == ["base64", "gzip"]


def test_an_entry_without_an_answer_says_so() -> None:
    """Status 0 is no answer."""
    [exchange] = read_exchanges(har(entry(0, {})))

    assert exchange.response is None
    assert [note.kind for note in exchange.notes] == ["no-response"]


def test_errors_in_bodies_are_taken() -> None:
    """An entry whose body looks like an error is read, whatever its status."""
    good, bad = entry(200, {"text": '{"errors": []}'}), entry(200, {"text": '{"errors": [1]}'})

    assert [body_of(one) for one in read_exchanges(har(good, bad))] == ['{"errors": [1]}']
    assert [one.kind for one in read_exchanges(har(good))] == ["body"]


DENIED = '{"data": null, "errors": [{"message": "no", "path": ["a"], "extensions": {}}]}'
SPEAKS_OF_ERRORS = '{"id": 7, "rules": [{"name": "a", "error": "none"}]}'


def outcomes(*entries: JSON) -> list[tuple[int, int | None, str]]:
    """The reports on a HAR file: number, status and outcome."""
    reports = decode(har(*entries).value)
    statuses = [one.exchange.response and one.exchange.response.status for one in reports]
    numbered = zip(reports, statuses, strict=True)
    return [(report.number, status, report.outcome) for report, status in numbered]


@pytest.mark.parametrize("body", [DENIED, '{"success": false}', '{"status": "failed", "a": 1}'])
def test_a_success_that_tells_of_an_error_stands_among_failures(body: str) -> None:
    """Each entry that failed is reported, in the order of the file."""
    good, bad = entry(200, {"text": SPEAKS_OF_ERRORS}), entry(422, {"text": '{"error": "x"}'})
    denied = entry(200, {"text": body})

    assert [(0, 422, "error"), (1, 200, "error")] == outcomes(good, bad, good, denied, good)
    assert [(0, 200, "error"), (1, 422, "error")] == outcomes(denied, bad)


JOB = '{"id": "b-7", "status": "failed", "error": "the rope was torn", "created": 1}'


@pytest.mark.parametrize("body", [JOB, '{"id": 7, "status": "failed"}', '{"error": "none"}'])
def test_things_in_a_failed_state_are_passed_over(body: str) -> None:
    """A job that was asked for and had failed is no failed request: others are reported."""
    job, bad = entry(200, {"text": body}), entry(422, {"text": '{"error": "x"}'})
    denied = entry(200, {"text": DENIED})

    assert [(0, 422, "error"), (1, 200, "error")] == outcomes(job, bad, job, denied)
    assert [(0, 200, "error")] == outcomes(job, denied, job)


def test_a_failed_thing_alone_is_told() -> None:
    """Where nothing else failed, the error of the job is what there is to tell."""
    assert [(0, 200, "error")] == outcomes(entry(200, {"text": JOB}))


def test_a_record_without_failures() -> None:
    """Where nothing failed, what was looked at is said to be no error."""
    good = entry(200, {"text": SPEAKS_OF_ERRORS})

    assert [(0, 200, "success"), (1, 200, "success")] == outcomes(good, good)


def test_what_only_looks_like_har_is_a_body() -> None:
    """Members named log and entries elsewhere do not make a HAR file."""
    source = Text('{"error": {"log": "x", "entries": 3}}')

    assert [one.kind for one in read_exchanges(source)] == ["body"]


def test_the_fields_of_a_form_are_what_was_sent() -> None:
    """A HAR file has a form's fields instead of its text; each keeps its place, a file its name."""
    params: list[JSON] = [
        {"name": "boat", "value": "Mara & co"},
        {"name": "deck", "fileName": "plan.pdf"},
        {"name": ""},
    ]
    post = {"mimeType": "application/x-www-form-urlencoded", "params": params}
    entry = {
        "request": {"method": "POST", "url": "https://a.example/", "postData": post},
        "response": {"status": 422},
    }
    text = json.dumps({"log": {"entries": [entry]}})
    [exchange] = read_har(Text(text)) or []

    assert exchange.request
    assert exchange.request.body
    assert "boat=Mara %26 co&deck=plan.pdf" == exchange.request.body.value
    _, start, end = to_root(exchange.request.body, 5, 16)
    assert "Mara & co" == text[start:end]


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "application/json"])
def test_the_media_type_of_what_was_sent(kind: str) -> None:
    """What was sent is read by the media type that stands beside it, where no field tells it."""
    post: JSON = {"mimeType": kind, "text": "berth=9"}
    answer: JSON = {"status": 422, "content": {"text": '{"errors": {"berth": ["is taken"]}}'}}
    sent: JSON = {"method": "POST", "url": "https://a.example/", "postData": post}
    (report,) = decode(har({"request": sent, "response": answer}).value)
    (location,) = report.diagnostics[0].locations

    assert (kind.endswith("urlencoded")) == location.found
