"""The laws of gRPC's fields: typed details read off the wire, in whatever form they come."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wire import any_of, encode, message, status

from errdecode.model import JSON
from errdecode.nested.grpc import (
    expand_details,
    read_detail,
    read_status_details,
)

FEW = settings(max_examples=150, deadline=None)
WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest"


def details_of(value: str) -> JSON:
    """The details of a status."""
    read = read_status_details(value)
    assert isinstance(read, dict)
    return read["details"]


@pytest.mark.parametrize(
    ("name", "data", "members"),
    [
        (
            "ErrorInfo",
            message(
                (1, "API_DISABLED"),
                (2, "example.com"),
                (3, message((1, "zone"), (2, "b"))),
                (3, message((1, "empty"))),
            ),
            {
                "reason": "API_DISABLED",
                "domain": "example.com",
                "metadata": {"zone": "b", "empty": ""},
            },
        ),
        ("RetryInfo", message((1, message((1, 1), (2, 500_000_000)))), {"retryDelay": "1.5s"}),
        ("RetryInfo", message((1, b"")), {"retryDelay": "0s"}),
        ("RetryInfo", message((1, message((1, -2), (2, -1)))), {"retryDelay": "-2.000000001s"}),
        (
            "DebugInfo",
            message((1, "main.go:7"), (1, "lib.go:9"), (2, "boom")),
            {"stackEntries": ["main.go:7", "lib.go:9"], "detail": "boom"},
        ),
        (
            "QuotaFailure",
            message(
                (
                    1,
                    message(
                        (1, "project:x"),
                        (2, "Too many"),
                        (3, "api.example.com"),
                        (4, "api.example.com/reads"),
                        (5, "ReadsPerMinute"),
                        (6, message((1, "region"), (2, "west"))),
                        (7, 10),
                        (8, 20),
                    ),
                )
            ),
            {
                "violations": [
                    {
                        "subject": "project:x",
                        "description": "Too many",
                        "apiService": "api.example.com",
                        "quotaMetric": "api.example.com/reads",
                        "quotaId": "ReadsPerMinute",
                        "quotaDimensions": {"region": "west"},
                        "quotaValue": "10",
                        "futureQuotaValue": "20",
                    }
                ]
            },
        ),
        (
            "PreconditionFailure",
            message((1, message((1, "TOS"), (2, "example.com"), (3, "Not accepted")))),
            {
                "violations": [
                    {"type": "TOS", "subject": "example.com", "description": "Not accepted"}
                ]
            },
        ),
        (
            "BadRequest",
            message(
                (
                    1,
                    message(
                        (1, "a.b"),
                        (2, "is wrong"),
                        (3, "WRONG"),
                        (4, message((1, "de"), (2, "falsch"))),
                    ),
                )
            ),
            {
                "fieldViolations": [
                    {
                        "field": "a.b",
                        "description": "is wrong",
                        "reason": "WRONG",
                        "localizedMessage": {"locale": "de", "message": "falsch"},
                    }
                ]
            },
        ),
        (
            "RequestInfo",
            message((1, "r-1"), (2, "opaque")),
            {"requestId": "r-1", "servingData": "opaque"},
        ),
        (
            "ResourceInfo",
            message((1, "book"), (2, "b/1"), (3, "me"), (4, "gone")),
            {"resourceType": "book", "resourceName": "b/1", "owner": "me", "description": "gone"},
        ),
        (
            "Help",
            message((1, message((1, "Docs"), (2, "https://example.com/docs")))),
            {"links": [{"description": "Docs", "url": "https://example.com/docs"}]},
        ),
        (
            "LocalizedMessage",
            message((1, "fr"), (2, "raté")),
            {"locale": "fr", "message": "raté"},
        ),
    ],
)
def test_standard_details(name: str, data: bytes, members: dict[str, JSON]) -> None:
    """Every standard message is written as the JSON mapping has it, wherever it is sent."""
    full = f"google.rpc.{name}"
    expected = {"@type": f"type.googleapis.com/{full}", **members}
    connect = {"type": full, "value": encode(data), "debug": {}}
    gateway = {"@type": f"type.googleapis.com/{full}", "value": base64.b64encode(data).decode()}

    assert [expected] == details_of(status(any_of(full, data)))
    assert [expected, expected] == [read_detail(connect), read_detail(gateway)]


@FEW
@given(st.integers(-(2**31), 2**31 - 1), WORDS, st.lists(st.tuples(WORDS, WORDS), max_size=3))
def test_a_status_comes_back(code: int, text: str, violations: list[tuple[str, str]]) -> None:
    """What a status was made of is read back, in any base64."""
    items = [(1, message((1, field), (2, why))) for field, why in violations]
    detail = any_of("google.rpc.BadRequest", message(*items))
    data = message((1, code), (2, text), (3, detail))
    read = [{"field": field, "description": why} for field, why in violations]
    members: dict[str, JSON] = {"@type": BAD_REQUEST}
    if read:
        members["fieldViolations"] = list(read)
    expected = {"code": code, "message": text, "details": [members]}

    for sent in (encode(data), base64.b64encode(data).decode(), f" {encode(data)}, AAAA"):
        assert expected == read_status_details(sent)
    assert expected == read_status_details(base64.urlsafe_b64encode(data).decode())


def test_unknown_details_keep_their_bytes() -> None:
    """A type that is not known keeps its bytes, and so does one with unknown or damaged fields."""
    other = {"@type": "type.googleapis.com/example.Other", "value": "CAE="}
    newer = message((1, "X"), (9, "y"))
    cut_off = message((1, "X"), (2, "example.com"))[:-3]
    found = details_of(
        status(
            any_of("example.Other", b"\x08\x01"),
            any_of("google.rpc.ErrorInfo", newer),
            any_of("google.rpc.ErrorInfo", cut_off),
        )
    )
    kind = "type.googleapis.com/google.rpc.ErrorInfo"

    assert [
        other,
        {"@type": kind, "reason": "X", "value": base64.b64encode(newer).decode()},
        {"@type": kind, "reason": "X", "value": base64.b64encode(cut_off).decode()},
    ] == found


def test_what_is_unknown_stays_as_sent() -> None:
    """A detail whose message is not all known keeps its base64 as it was sent."""
    sent = encode(message((1, "X"), (9, "yy")))

    assert {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "X", "value": sent} == (
        read_detail({"type": "google.rpc.ErrorInfo", "value": sent})
    )


@pytest.mark.parametrize(
    "detail",
    [
        None,
        "google.rpc.BadRequest",
        {"type": "example.Other", "value": "CAE"},
        {"type": "google.rpc.BadRequest"},
        {"type": "google.rpc.BadRequest", "value": "no base64!"},
        {"type": "google.rpc.BadRequest", "value": "/w"},
        {"type": "google.rpc.BadRequest", "value": "CAE", "code": 7},
        {"@type": BAD_REQUEST, "fieldViolations": []},
        {"@type": "type.googleapis.com/google.protobuf.Duration", "value": "15s"},
    ],
)
def test_other_details_are_left_alone(detail: JSON) -> None:
    """What is no detail in base64, or cannot be read as one, is not touched."""
    assert read_detail(detail) is None


def test_details_are_expanded_in_place() -> None:
    """An error's details are written out; all else, and the document itself, stays."""
    sent = {"type": "google.rpc.ErrorInfo", "value": encode(message((1, "X")))}
    error: dict[str, JSON] = {"code": "not_found", "details": [sent, "other"]}
    read = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "X"}
    before = json.dumps(error)

    assert {"code": "not_found", "details": [read, "other"]} == expand_details(error)
    assert {"error": {"code": "not_found", "details": [read, "other"]}} == (
        expand_details({"error": error})
    )
    assert before == json.dumps(error)


@pytest.mark.parametrize("document", [None, [], {}, {"details": [1]}, {"error": {"details": {}}}])
def test_nothing_to_expand(document: JSON) -> None:
    """A document without such details is told by None."""
    assert expand_details(document) is None
