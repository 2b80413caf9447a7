"""JSON values in bytes: the whole text at once, or from a place on; where a damaged one ends."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from errdecode.jsontext.reading import NESTING
from errdecode.jsontext.strict import read_strict
from errdecode.model.record import NamedTuple
from errdecode.regex import expression

if TYPE_CHECKING:
    from collections.abc import Callable

    from errdecode.model import JSON

_ODD = expression(
    rb"[:\[,][ \t\r\n]*+-?(?:[0-9]{20}|9[0-9]{18}|[0-9.]++[eE]|NaN|Infinity)"
    rb"|\\u[dD][89a-fA-F]"
)
"""What readers of JSON disagree about: long integers, exponents, lone surrogates, no numbers."""
_OPENS = (b"{", b"[")
_SHALLOW = 2 * NESTING
"""Bytes of a value that is not too deep, whatever is in it."""
_LONGEST_WORD = 8
"""Bytes of what is no text, no number and no bracket in JSON: a word, half a character's escape."""
_MARK = expression(rb'["{}\[\]\']')
_DOUBLE = expression(rb'(?:[^"\\]|\\.)*+"', re.DOTALL)
_SINGLE = expression(rb"(?:[^'\\]|\\.)*+'", re.DOTALL)


class Missing:
    """Stands for a value that is not there; null is one that is."""


MISSING = Missing()


class Found(NamedTuple):
    """A value that was read from a place on."""

    value: JSON
    end: int
    """Behind its last byte, 0-based."""


def choose_loader() -> Callable[[bytes], JSON]:
    """The fastest reader of plain JSON that is installed: orjson, else the standard library."""
    try:
        from orjson import loads
    except ImportError:
        return json.loads
    loader: Callable[[bytes], JSON] = loads
    return loader


_load = choose_loader()


def load(raw: bytes) -> JSON | Missing:
    """Read a text that is one JSON value; what readers disagree about is read strictly.

    MISSING when it is damaged, or nested more deeply than the decoder reads.
    """
    if (
        raw[:1] in _OPENS
        and _ODD.search(raw) is None
        and raw.count(b"{") + raw.count(b"[") <= NESTING
    ):
        try:
            return _load(raw)
        except (ValueError, RecursionError):
            return MISSING
    reading = read_strict(as_text(raw))
    return MISSING if reading is None else reading.value


def as_text(raw: bytes) -> str:
    """Decode bytes as UTF-8, else as latin-1, in which every byte is a character."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _refuse(name: str) -> JSON:
    raise json.JSONDecodeError("no JSON number", name, 0)


_scan = json.JSONDecoder(parse_constant=_refuse).raw_decode


def load_at(raw: bytes, latin: str, at: int) -> Found | int:
    """Read the value that begins at a place; `latin` is the same text, decoded as latin-1.

    Where it cannot be read: the place up to which it could.
    """
    try:
        value, end = _scan(latin, at)
    except json.JSONDecodeError as error:
        return max(at + 1, min(error.pos, len(latin)))
    except (ValueError, RecursionError):
        return at + 1
    own = raw[at:end]
    if end - at < _SHALLOW and own[:1] in _OPENS and own.isascii() and _ODD.search(own) is None:
        return Found(value, end)
    read = load(own)
    return at + 1 if isinstance(read, Missing) else Found(read, end)


def is_cut_off(raw: bytes, at: int) -> bool:
    """Whether JSON that cannot be read from a place on may be the beginning of a longer text."""
    if at + _LONGEST_WORD > len(raw):
        return True
    return raw[at : at + 1] == b'"' and _DOUBLE.match(raw, at + 1) is None


def balance(raw: bytes, at: int) -> int | None:
    """Where the brackets opened at a place are closed again, quoted ones aside; None: nowhere.

    Damaged JSON and the values of programming languages end there; linear in the text.
    """
    depth, apostrophes = 0, False
    while mark := _MARK.search(raw, at):
        at = mark.end()
        match mark[0]:
            case b"{" | b"[":
                depth += 1
            case b"}" | b"]":
                depth -= 1
                if depth <= 0:
                    return at
            case b'"':
                closed = _DOUBLE.match(raw, at)
                if closed is None:
                    return None
                at = closed.end()
            case _ if not apostrophes:
                closed = _SINGLE.match(raw, at)
                apostrophes = closed is None
                at = closed.end() if closed else at
    return None
