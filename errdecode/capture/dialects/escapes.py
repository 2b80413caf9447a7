"""ANSI-C escapes as bash's $'…', `echo -e` and printf formats know them (Bash manual, section
3.1.2.4).
"""

from __future__ import annotations

import re

from errdecode.model import Text
from errdecode.regex import expression
from errdecode.source import Builder

_SIMPLE = {
    "a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "n": "\n", "r": "\r",
    "t": "\t", "v": "\v", "\\": "\\", "'": "'", '"': '"', "?": "?",
}  # fmt: skip
_ESCAPE = expression(
    r"\\(?:x(?P<hex>[0-9A-Fa-f]{1,2})|u(?P<short>[0-9A-Fa-f]{1,4})|U(?P<long>[0-9A-Fa-f]{1,8})"
    r"|(?P<octal>[0-7]{1,3})|c(?P<control>[@-_a-z])|(?P<simple>[abeEfnrtv\\'\"?]))"
)
_LOW = expression(r"\\u([dD][c-fC-F][0-9A-Fa-f]{2})")


def copy_unescaped(builder: Builder, start: int, end: int) -> None:
    """Copy the parent's characters `start` up to `end` with their escapes undone.

    Unknown ones stay as they are.
    """
    value = builder.parent.value
    while start < end:
        at = value.find("\\", start, end)
        if at < 0:
            break
        builder.copy(start, at)
        start = _put_escape(builder, at, end)
    builder.copy(start, end)


def unescape(text: Text) -> Text:
    """Undo the escapes of a whole text."""
    builder = Builder(text)
    copy_unescaped(builder, 0, len(text.value))
    return builder.text()


def _put_escape(builder: Builder, at: int, end: int) -> int:
    """Add what the escape at `at` stands for; returns the place behind it."""
    value = builder.parent.value
    match = _ESCAPE.match(value, at, end)
    if match is None:
        after = min(at + 2, end)
        builder.copy(at, after)
        return after
    kind, digits = match.lastgroup, match[match.lastgroup or 0]
    if kind == "simple":
        builder.put(_SIMPLE[digits], at, match.end())
    elif kind == "control":
        builder.put(chr(ord(digits.upper()) & 0x1F), at, match.end())
    elif kind in ("hex", "octal"):
        return _put_bytes(builder, at, end)
    else:
        return _put_character(builder, int(digits, 16), match, end)
    return match.end()


def _put_character(builder: Builder, code: int, match: re.Match[str], end: int) -> int:
    """Add a character named by its number; browsers write one beyond U+FFFF as two surrogates."""
    low = _LOW.match(match.string, match.end(), end) if 0xD800 <= code < 0xDC00 else None
    if low:
        code = 0x10000 + ((code - 0xD800) << 10) + int(low[1], 16) - 0xDC00
    after = low.end() if low else match.end()
    valid = code < 0x110000 and not 0xD800 <= code < 0xE000
    builder.put(chr(code) if valid else "\ufffd", match.start(), after)
    return after


def _put_bytes(builder: Builder, at: int, end: int) -> int:
    """Add the character that one to four byte escapes in a row spell in UTF-8.

    A NUL, which no argument holds, vanishes.
    """
    value, data, after = builder.parent.value, bytearray(), at
    wanted = 1
    while len(data) < wanted:
        match = _ESCAPE.match(value, after, end)
        if match is None or match.lastgroup not in ("hex", "octal"):
            break
        data.append(int(match[match.lastgroup], 16 if match.lastgroup == "hex" else 8) & 0xFF)
        after = match.end()
        if len(data) == 1:
            wanted = 1 + (data[0] >= 0xC0) + (data[0] >= 0xE0) + (data[0] >= 0xF0)
            first = after
    character = data.decode("utf-8", "replace")
    if len(character) != 1:
        character, after = "\ufffd", first
    builder.put(character.replace("\0", ""), at, after)
    return after
