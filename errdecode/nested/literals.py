"""A document in the string literal of a programming language, as a debugger or a log shows it."""

from __future__ import annotations

import json

from errdecode.jsontext.guards import LITERAL
from errdecode.model import Text
from errdecode.nested.strings import open_string
from errdecode.regex import expression
from errdecode.source import Builder, cut

_UTF8 = expression(
    "[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}",
)
"""The bytes of one character (RFC 3629), each as the character of its number."""


def open_literal(text: Text) -> Text | None:
    """Open a text that is one literal such as `b'{"a": "caf\\xc3\\xa9"}'`, or a shell's `'…'`.

    Escapes are undone unless that leaves no JSON and the plain characters are some: a shell knows
    none. The bytes of a bytes literal are read as UTF-8. None when the text is something else.
    """
    literal = LITERAL.match(text.value)
    if literal is None:
        return None
    start, end = literal.start("prefix"), literal.end("literal")
    opened = open_string(text, start, end)
    if opened is not None and "b" in literal["prefix"].lower():
        return _join_bytes(opened)
    if opened is None or literal["prefix"] or "\\" not in text.value or _is_json(opened.value):
        return opened
    plain = cut(text, start + 1, end - 1)
    return plain if _is_json(plain.value) else opened


def _join_bytes(opened: Text) -> Text:
    """Put bytes together to the characters that they encode; others stay as they are."""
    if opened.value.isascii():
        return opened
    builder, at = Builder(opened), 0
    for match in _UTF8.finditer(opened.value):
        try:
            character = match[0].encode("latin-1").decode("utf-8")
        except UnicodeDecodeError:
            continue
        builder.copy(at, match.start())
        builder.put(character, match.start(), match.end())
        at = match.end()
    builder.copy(at, len(opened.value))
    return builder.text()


def _is_json(value: str) -> bool:
    try:
        json.loads(value)
    except (ValueError, RecursionError):
        return False
    return True
