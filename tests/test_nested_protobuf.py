"""The laws of damaged and hostile messages on the wire: read as far as they go, and told."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wire import any_of, encode, message, status, varint

from errdecode.nested.grpc import (
    read_status_details,
)
from errdecode.nested.protobuf import read_message

FEW = settings(max_examples=150, deadline=None)


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
