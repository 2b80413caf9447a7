"""The laws of exchanges that the errors of HTTP clients carry."""

from __future__ import annotations

import json
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode import decode
from errdecode.body import read_body
from errdecode.model import JSON, Exchange, Text
from errdecode.nested.client_errors import read_client_error
from errdecode.source import to_root

ANSWER = {"message": "no boat", "errors": {"name": ["The name field is required."]}}


def carried(text: str) -> list[Exchange]:
    """What a text carries."""
    source = Text(text)
    return list(read_client_error(Exchange("body", source), read_body(source)))


def printed(value: JSON) -> str:
    """An error as Node prints it behind a stack; JSON is one way to write an object."""
    shown = json.dumps(value, indent=2)
    return f"Error: it failed\n    at send (/srv/a.js:1:2) {shown}\n\nNode.js v20.1.0\n"


@pytest.mark.parametrize(
    "error",
    [
        {"response": {"status": 422, "data": ANSWER}, "config": {"url": "https://a.example/b"}},
        {"response": {"status": 422, "body": json.dumps(ANSWER), "url": "https://a.example/b"}},
        {
            "response": {"statusCode": 422, "body": ANSWER},
            "options": {"uri": "https://a.example/b"},
        },
        {"status": 422, "res": {"text": json.dumps(ANSWER)}, "req": {"url": "https://a.example/b"}},
        {"status": 422, "error": ANSWER, "ok": False, "url": "https://a.example/b"},
        {"status": 422, "error": ANSWER, "headers": {}, "url": "https://a.example/b"},
    ],
)
@pytest.mark.parametrize("write", [json.dumps, printed])
def test_what_was_answered_and_asked_for(error: JSON, write: object) -> None:
    """However a library names them, status, body and address are found, as JSON and printed."""
    text = write(error)  # type: ignore[operator]  # both take what is written
    first = carried(text)[0]

    assert first.response
    assert first.response.body
    assert first.request
    assert first.request.url
    assert 422 == first.response.status
    assert ANSWER == json.loads(first.response.body.value)
    assert "https://a.example/b" == first.request.url.value


def test_places_lead_to_the_input() -> None:
    """The body and the payload are known by where they stand in what was pasted."""
    error = {
        "config": {
            "method": "post",
            "url": "/b",
            "baseURL": "https://a.example/v1/",
            "data": '{"x": 1}',
        },
        "response": {"status": 400, "data": {"code": "bad"}, "headers": {"x-request-id": "q7"}},
    }
    text = json.dumps(error)
    first = carried(text)[0]

    assert first.request
    assert first.request.body
    assert first.request.url
    assert ("POST", "https://a.example/v1/b") == (first.request.method, first.request.url.value)
    _, start, end = to_root(first.request.body, 0, len(first.request.body.value))
    assert '{"x": 1}' == json.loads(f'"{text[start:end]}"')
    assert first.response
    assert ["q7"] == [field.value.value for field in first.response.headers]


@pytest.mark.parametrize(
    "body",
    [
        {"status": 404, "error": {"code": "gone"}},
        {"statusCode": 404, "message": "no", "data": {"id": 7}},
        {"response": {"status": 200}},
        {"response": {"data": {"id": 7}}},
        {"response": {"status": True, "data": {"id": 7}}},
        {"status": 404, "headers": [], "error": {"code": "gone"}},
        [{"response": {"status": 404, "data": ANSWER}}],
    ],
)
def test_what_servers_answer_carries_nothing(body: JSON) -> None:
    """A body that is itself what was answered is no client's error."""
    assert [] == carried(json.dumps(body))


def test_a_printed_object_stands_for_itself() -> None:
    """Libraries copy members into their errors: where nothing is told apart, it is the object."""
    [only] = carried(printed({"code": "auth/user-not-found", "customData": {}}))

    assert only.response
    assert only.response.body
    assert "auth/user-not-found" == json.loads(only.response.body.value)["code"]


def test_a_documented_body_is_left_as_it_is() -> None:
    """What is known as it stands is not taken apart."""
    problem = {"title": "enum", "details": "no", "source": {"pointer": "/a"}}
    body = {"message": "The submitted data was invalid", "errors": [problem]}
    [report] = decode(json.dumps({**body, "response": {"status": 404, "data": ANSWER}}))

    assert report.format
    assert "talonone" == report.format.id


NAMES = st.sampled_from(
    "response res status statusCode data body text error headers config request url ok".split()
)
VALUES: st.SearchStrategy[JSON] = st.recursive(
    st.none() | st.booleans() | st.integers(0, 700) | st.sampled_from(["", "{", '{"a": 1}', "x"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(VALUES, st.booleans())
def test_any_object_is_read(value: JSON, shown: bool) -> None:
    """Whatever stands under these names, nothing is raised, and places stay within the text."""
    text = printed(value) if shown else json.dumps(value)
    for exchange in carried(text):
        assert exchange.response
        if exchange.response.body:
            _, start, end = to_root(exchange.response.body, 0, len(exchange.response.body.value))
            assert 0 <= start <= end <= len(text)


def test_hostile_texts_take_no_time() -> None:
    """Braces at the ends of very many lines are looked at once each."""

    def taken(lines: int) -> float:
        text = "Error: a {\n" + "  x { \n b {\n" * lines
        began = process_time()
        carried(text)
        return process_time() - began

    taken(10)
    assert taken(40_000) < 40 * max(taken(4_000), 0.005)


@pytest.mark.parametrize(
    "text",
    [
        "User {\n  id: 7,\n  name: 'ann',\n  status: 404\n}\n",
        json.dumps({"id": 7, "response": {"status": 500, "headers": {}}}),
    ],
)
def test_what_nobody_raised_is_no_error(text: str) -> None:
    """An object that a program printed of itself, or a record of an answer, is none."""
    assert [] == carried(text)


def test_a_record_may_hold_the_error() -> None:
    """Loggers write the error as a member; an address may be an object of its own."""
    error = {
        "options": {"method": "POST", "url": {"href": "https://a.example/b"}},
        "response": {"statusCode": 422, "body": json.dumps(ANSWER)},
    }
    first = carried(json.dumps({"level": 50, "msg": "no boat", "err": error}))[0]

    assert first.response
    assert first.request
    assert first.request.url
    assert (422, "https://a.example/b") == (first.response.status, first.request.url.value)


@pytest.mark.parametrize("said", ["", "Unauthorized"])
def test_a_status_without_a_document_is_the_answers(said: str) -> None:
    """An error that a client printed behind words tells the status, whatever was answered."""
    error = {"response": {"error": said, "status": 401, "headers": {}}, "request": {"query": "{a}"}}
    (report,) = decode(f"ClientError: it failed (Code: 401): {json.dumps(error)}\n")

    assert report.exchange.response is not None
    assert ("error", 401) == (report.outcome, report.exchange.response.status)
