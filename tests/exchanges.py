"""Captures read in a line, for the tests of how each kind of them is read."""

from __future__ import annotations

from errdecode.capture import read_exchanges
from errdecode.model import Exchange, Text


def read(value: str) -> list[Exchange]:
    """Read a capture given as a string."""
    return read_exchanges(Text(value))


def body_of(exchange: Exchange) -> str | None:
    """The body of an exchange's answer."""
    return exchange.response.body.value if exchange.response and exchange.response.body else None
