"""The fields of a multipart form, written as those of a plain one: the parts themselves a client
makes up."""

from __future__ import annotations

from collections.abc import Iterable

from errdecode.capture.dialects.pieces import concatenate
from errdecode.model import Note, Text
from errdecode.regex import expression
from errdecode.source import Builder, cut

NOTE = Note(
    "multipart",
    "the request is multipart/form-data; its fields are shown as name=value, its files by name",
)

_MODIFIER = expression(r"\s*;\s*(?:type|filename|headers|encoder)\s*=")
"""What stands behind the value of curl's -F (https://curl.se/docs/manpage.html#-F)."""
_SPECIAL = expression(r"[%&+]")
"""What means something else in a form."""


def write_fields(ancestor: Text, fields: Iterable[tuple[Text, Text]]) -> Text | None:
    """Write names and values as `a=b&c=d`, only what would be misread escaped; None without any."""
    pieces: list[Text | str] = []
    for name, value in fields:
        pieces += ["&"] if pieces else []
        pieces += [_escape(name), "=", _escape(value)]
    return concatenate(ancestor, pieces) if pieces else None


def split_field(argument: Text, *, literal: bool) -> tuple[Text, Text] | None:
    """Split `name=value;type=...` into name and value; None when it has no name.

    `literal`: the value goes to the end. Names of files keep their `@` or `<`.
    """
    equals = argument.value.find("=")
    if equals < 1:
        return None
    modifier = None if literal else _MODIFIER.search(argument.value, equals + 1)
    end = modifier.start() if modifier else len(argument.value)
    return cut(argument, 0, equals), cut(argument, equals + 1, end)


def _escape(text: Text) -> Text:
    if not _SPECIAL.search(text.value):
        return text
    builder = Builder(text)
    at = 0
    for match in _SPECIAL.finditer(text.value):
        builder.copy(at, match.start())
        builder.put(f"%{ord(match[0]):02X}", match.start(), match.end())
        at = match.end()
    builder.copy(at, len(text.value))
    return builder.text()
