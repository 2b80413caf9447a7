"""What reading a JSON text gives, and the limits that strict and lenient reading share."""

from __future__ import annotations

from errdecode.model import JSON, Note, Tree
from errdecode.model.record import NamedTuple

NESTING = 200
"""Levels of arrays and objects that are read; what lies deeper stays as its text."""

DIGITS = 4300
"""Digits of the longest integer that becomes a number (Python's own limit for str <-> int)."""


class Reading(NamedTuple):
    """A JSON value, how it came about, and where its parts stand."""

    value: JSON
    notes: tuple[Note, ...] = ()
    tree: Tree | None = None
    """For lenient readings only; `walk.place` finds places in strict texts."""


def read_integer(digits: str) -> int | str:
    """Turn decimal digits into an integer; keep them as they are when there are more than 4300."""
    return int(digits) if len(digits.lstrip("+-")) <= DIGITS else digits


def read_decimal(text: str) -> float | str:
    """Turn a number with a fraction or exponent into a float; keep the text when it overflows."""
    value = float(text)
    return value if value - value == 0 else text


def name_duplicate(key: str) -> Note:
    """The note for a member name that stands more than once in one object (RFC 8259, section 4)."""
    shown = key if len(key) <= 60 else key[:59] + "…"
    return Note(
        "duplicate-key",
        f'the name "{shown}" stands more than once in an object; the last one counts',
    )
