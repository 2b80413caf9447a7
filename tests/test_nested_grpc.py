"""The laws of gRPC's fields: typed details read off the wire, hostile bytes endured."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.model import JSON
from errdecode.nested.grpc import (
    decode_grpc_message,
    expand_details,
    read_detail,
    read_status_details,
)
from errdecode.nested.protobuf import read_message

FEW = settings(max_examples=150, deadline=None)
WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest"


def varint(value: int) -> bytes:
    """A number in base 128."""
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def message(*fields: tuple[int, int | str | bytes]) -> bytes:
    """A message of numbered fields."""
    parts = []
    for number, value in fields:
        if isinstance(value, int):
            parts.append(varint(number << 3) + varint(value))
        else:
            data = value.encode() if isinstance(value, str) else value
            parts.append(varint(number << 3 | 2) + varint(len(data)) + data)
    return b"".join(parts)


def any_of(name: str, data: bytes) -> bytes:
    """A google.protobuf.Any."""
    return message((1, f"type.googleapis.com/{name}"), (2, data))


def encode(data: bytes) -> str:
    """Base64 without padding, as gRPC sends it."""
    return base64.b64encode(data).decode().rstrip("=")


def status(*details: bytes) -> str:
    """A google.rpc.Status as the field carries it."""
    fields = ((3, detail) for detail in details)
    return encode(message((1, 3), (2, "no good"), *fields))


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


@FEW
@given(st.binary(max_size=80), st.integers(0, 80))
def test_hostile_bytes_never_raise(data: bytes, cut: int) -> None:
    """Any bytes, and any beginning of a good status, are read as far as they go."""
    good = base64.b64decode(status(any_of("google.rpc.DebugInfo", message((1, "x")))) + "==")
    for sent in (data, good[:cut], good[:cut] + data, b"\x1a" + varint(len(data)) + data):
        read = read_status_details(encode(sent))

        assert read is None or isinstance(read, dict)
        json.dumps(read)


@pytest.mark.parametrize(
    "data",
    [
        b"\x08",  # no value
        b"\x08" + b"\xff" * 11,  # a number too long
        b"\x12\x7f",  # a length past the end
        b"\x12\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
        b"\x0c",  # the end of no group
        b"\x0b" * 200_000,  # groups in groups
        b"\x0b\x13\x0c\x14",  # groups that cross
        b"\x00\x00",  # number 0
        b"\x0f",  # wire type 7
        b"\x1a\x00" * 100_000,
    ],
)
def test_damaged_messages_are_told(data: bytes) -> None:
    """Damage of every kind ends the reading; what came before it is kept."""
    before = message((2, "kept"))
    read = read_message(before + data)

    assert (False, b"kept") == (read.complete, read.fields[0].value)
    found = read_status_details(encode(before + data))
    assert isinstance(found, dict)
    assert "kept" == found["message"]


def test_groups_are_skipped() -> None:
    """A group is one unknown field, whatever is in it."""
    read = read_message(b"\x4b\x08\x01\x53\x54\x4c" + message((2, "after")))

    assert (True, [9, 2]) == (read.complete, [field.number for field in read.fields])


def test_a_status_in_a_status_ends() -> None:
    """Messages of any type inside each other are followed a few levels and then kept as bytes."""
    data = message((1, 5))
    for _ in range(300):
        data = message((1, 5), (3, any_of("google.rpc.Status", data)))
    read = read_status_details(encode(data))
    depth = 0
    while isinstance(read, dict) and isinstance(read.get("details"), list) and read["details"]:
        read = read["details"][0]  # type: ignore[index]  # a list, as was just seen
        depth += 1

    assert (4, True) == (depth, isinstance(read, dict) and "value" in read)


@pytest.mark.parametrize("value", ["", "  ", "not base64!", "A", "=", ",", "/w"])
def test_no_status(value: str) -> None:
    """What is no base64 or holds nothing is no status."""
    assert read_status_details(value) is None


@FEW
@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_messages_come_back(text: str) -> None:
    """Percent-encoded UTF-8 is decoded to the text."""
    sent = "".join(
        chr(byte) if 0x20 <= byte <= 0x7E and byte != 0x25 else f"%{byte:02X}"
        for byte in text.encode()
    )

    assert text == decode_grpc_message(sent)


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ("plain", "plain"),
        ("100%", "100%"),
        ("50%zz %4", "50%zz %4"),
        ("%e2%82%AC and %fF%20", "€ and %fF "),
        ("%E2%82", "%E2%82"),
        ("%ed%a0%80", "%ed%a0%80"),
        ("already é", "already é"),
    ],
)
def test_invalid_escapes_are_kept(sent: str, message: str) -> None:
    """What is no escape, or no UTF-8, stays as it was sent."""
    assert message == decode_grpc_message(sent)


@FEW
@given(st.text("%0123456789abcdefABCDEF €", max_size=30))
def test_messages_are_never_lost(sent: str) -> None:
    """Any message is decoded or kept; without a percent sign it stays the same."""
    read = decode_grpc_message(sent)

    assert bool(sent) == bool(read)
    assert "%" in sent or sent == read
