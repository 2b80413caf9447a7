"""Which kind of text a place stands in: each has its own members, and room for a new one."""

from __future__ import annotations

from errdecode.model import Location
from errdecode.regex import expression

_PARTS = {
    "request.query": "url",
    "request.path": "url",
    "request.header": "field",
    "request.cookie": "field",
}
_HEAD = 1_000
"""Characters by which a form is told."""
_BLANK = " \t\r\n\ufeff\u200b\u00a0"
_FORM = expression(r"\s*[^\s=&<{\[\"'][^\s=&<{\"']*=\S*\s*\Z")


def is_part(location: Location) -> bool:
    """Whether a place is in a URL or a field of the head, which are one line each."""
    return location.document in _PARTS


def kind_of(location: Location) -> str:
    """Tell json, xml, form, url or field.

    A body tells it itself, without Content-Type: what is neither markup nor `name=value&...` is
    JSON, however damaged.
    """
    if location.document in _PARTS:
        return _PARTS[location.document]
    value = location.text.value if location.text else ""
    if value[:_HEAD].lstrip(_BLANK).startswith("<"):
        return "xml"
    return "form" if _FORM.match(value[:_HEAD]) or _is_pair(value, location.key) else "json"


def _is_pair(value: str, key: tuple[int, int] | None) -> bool:
    """Whether a name stands in a form, which may have blanks that should have been escaped."""
    if key is None or value[key[1] : key[1] + 1] != "=":
        return False
    return value[max(0, key[0] - 1) : key[0]].strip() in ("", "&")
