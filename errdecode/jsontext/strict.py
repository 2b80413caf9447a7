"""Strict JSON (RFC 8259) through the standard library's C scanner, with its surprises taken out."""

from __future__ import annotations

import json
from itertools import accumulate

from errdecode.jsontext.reading import NESTING, Reading, name_duplicate, read_decimal, read_integer
from errdecode.model import JSON, Note
from errdecode.regex import expression

_START = expression(r'[ \t\n\r]*[\[{"\-0-9tfn]')
_OTHERS = bytes(set(range(256)) - set(b'"[]{}'))
_IN_STRINGS = expression(rb'"[^"]*"')
_STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_PEELS = 3


def read_strict(text: str) -> Reading | None:
    """Read strict JSON; None when damaged, nested too deeply, or with names padded with blanks.

    Unlike `json.loads`: NaN and Infinity are damage, a repeated name is noted, and no number raises
    or becomes infinite.
    """
    if not _START.match(text) or is_deep(text):
        return None
    for integers in (False, True):
        hooks = _Hooks(integers=integers)
        try:
            value = hooks.decoder.decode(text)
        except (json.JSONDecodeError, RecursionError):
            return None
        except ValueError:  # an integer is too long for Python: once more, with the slower hook
            continue
        if any(name != name.strip() and name.strip() for name in hooks.names):
            return None
        return Reading(value, hooks.notes())
    return None


def is_deep(text: str, limit: int = NESTING) -> bool:
    """Tell whether brackets nest deeper than `limit`; linear in the text, cheap when flat."""
    if text.count("[") + text.count("{") <= limit:
        return False
    marks = text.encode("utf-8", "surrogatepass").replace(b"\\\\", b"").replace(b'\\"', b"")
    marks = _IN_STRINGS.sub(b"", marks.translate(None, _OTHERS).replace(b'""', b""))
    peeled = marks
    for _ in range(_PEELS):  # each round takes away two levels at most, and most of a flat text
        peeled = peeled.replace(b"{}", b"").replace(b"[]", b"")
    if peeled.count(b"[") + peeled.count(b"{") <= limit - 2 * _PEELS:
        return False
    return max(accumulate(_STEP.get(mark, 0) for mark in marks), default=0) > limit


class _Hooks:
    """What the decoder calls back, and what it saw."""

    def __init__(self, *, integers: bool) -> None:
        self.names: set[str] = set()
        self.repeated: str | None = None
        self.numbers = 0
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self.gather,
            parse_constant=_refuse,
            parse_float=self.decimal,
            parse_int=self.integer if integers else int,
        )

    def gather(self, pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
        """Make an object of its members; the last one of a repeated name counts."""
        members = dict(pairs)
        self.names.update(members)
        if len(members) != len(pairs) and self.repeated is None:
            self.repeated = _find_repeated([name for name, _ in pairs])
        return members

    def decimal(self, text: str) -> float | str:
        """Read a float and count those that overflow."""
        value = read_decimal(text)
        self.numbers += isinstance(value, str)
        return value

    def integer(self, text: str) -> int | str:
        """Read an integer and count those that are too long."""
        value = read_integer(text)
        self.numbers += isinstance(value, str)
        return value

    def notes(self) -> tuple[Note, ...]:
        """What the reader should know about the value."""
        notes = []
        if self.repeated is not None:
            notes.append(name_duplicate(self.repeated))
        if self.numbers:
            many = f"{self.numbers} numbers are" if self.numbers > 1 else "a number is"
            notes.append(Note("limit", f"{many} too large to compute with and kept as text"))
        return tuple(notes)


def _find_repeated(names: list[str]) -> str:
    """Find the first name that stands more than once."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    raise ValueError("no name is repeated")


def _refuse(name: str) -> JSON:
    """NaN and the infinities are not JSON (RFC 8259, section 6)."""
    raise json.JSONDecodeError("not a JSON number", name, 0)
