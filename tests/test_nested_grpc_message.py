"""The laws of `grpc-message`: percent-encoded text comes back, and none is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.nested.grpc import (
    decode_grpc_message,
)

FEW = settings(max_examples=150, deadline=None)


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
