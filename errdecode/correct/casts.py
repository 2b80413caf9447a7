"""Obvious conversions of a value into the type that was asked for."""

from __future__ import annotations

from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.pointer import type_name
from errdecode.regex import expression

_INTEGER = expression(r"-?(?:0|[1-9][0-9]{0,200})")
_NUMBER = expression(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,14})?")
_WRITTEN = expression(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_TRUTH = {"true": True, "false": False}
_PLACEHOLDERS: dict[str, JSON] = {
    "integer": 0, "number": 0, "boolean": False, "array": [], "object": {},
}  # fmt: skip


class Cast(NamedTuple):
    """A value in its new type."""

    value: JSON
    sure: bool
    """It says exactly the same."""


def cast(value: JSON, wanted: str, source: str) -> Cast | None:
    """Convert a value, which stands in its text as `source`; None when that is no plain matter."""
    if value is None:
        return None
    if wanted == "array":
        return Cast([value], sure=False)
    if isinstance(value, list):
        only = value[0] if len(value) == 1 else None
        fits = only is not None and type_name(only) in (wanted, *_narrower(wanted))
        return Cast(only, sure=False) if fits else None
    if wanted == "string":
        return _to_string(value, source)
    if wanted == "boolean":
        return _to_boolean(value)
    return _to_number(value, wanted) if wanted in ("integer", "number") else None


def placeholder(name: str, wanted: str | None) -> JSON:
    """A value for the user to replace, of the type that was asked for: `<name>` or an empty one."""
    return _PLACEHOLDERS.get(wanted or "string", f"<{name}>")


def _narrower(wanted: str) -> tuple[str, ...]:
    return ("integer",) if wanted == "number" else ()


def _to_string(value: JSON, source: str) -> Cast | None:
    if isinstance(value, bool):
        return Cast("true" if value else "false", sure=False)
    if isinstance(value, int | float):
        return Cast(source, sure=False) if _WRITTEN.fullmatch(source) else None
    return None


def _to_boolean(value: JSON) -> Cast | None:
    if isinstance(value, str):
        plain = value.strip().lower()
        return Cast(_TRUTH[plain], sure=plain == value) if plain in _TRUTH else None
    return Cast(bool(value), sure=False) if type(value) is int and value in (0, 1) else None


def _to_number(value: JSON, wanted: str) -> Cast | None:
    """Numbers of more digits than a double holds are left alone, except integers."""
    if isinstance(value, float):
        whole = abs(value) < 2**53 and value == int(value)
        return Cast(int(value), sure=False) if whole else None
    if not isinstance(value, str):
        return None
    plain = value.strip()
    if _INTEGER.fullmatch(plain) and plain != "-0":
        return Cast(int(plain), sure=plain == value)
    if wanted == "number" and _NUMBER.fullmatch(plain) and len(plain) <= 16:
        return Cast(float(plain), sure=plain == value)
    return None
