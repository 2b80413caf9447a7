"""Strings within strings: where a quoted one ends, and what one says without its escapes."""

from __future__ import annotations

_LONGEST = 1 << 16


def string_end(text: str, start: int, quote: str, level: int) -> int:
    """Find the end of a string's content that starts at `start`; -1: it is cut off, or endless.

    `level` counts the backslashes before the opening quote: 0 in JSON, 1 in JSON within a JSON
    string.
    """
    limit = start + _LONGEST
    at = text.find(quote, start, limit)
    while at >= 0:
        slashes = at
        while slashes > start and text[slashes - 1] == "\\":
            slashes -= 1
        if (at - slashes) % (2 * (level + 1)) == level:
            return at - level
        at = text.find(quote, at + 1, limit)
    return -1


def decode_string(content: str, level: int) -> str:
    """Undo the escapes of a JSON string that is quoted `level` backslashes deep (0, 1, 3, 7)."""
    if "\\" not in content:
        return content
    import json

    depth = level
    while depth >= 0:
        try:
            decoded = json.loads(f'"{content}"', strict=False)
        except ValueError:
            return content
        content = decoded if isinstance(decoded, str) else content
        depth = (depth - 1) // 2 if depth else -1
    return content


def decode_percent(content: str) -> str:
    """Undo the escapes of a URL; a plus sign stays."""
    if "%" not in content:
        return content
    from urllib.parse import unquote

    return unquote(content)


def decode_form(content: str) -> str:
    """Undo the escapes of a form or query, where a plus sign is a blank."""
    return decode_percent(content.replace("+", " "))


def decode_xml(content: str) -> str:
    """Undo the character references of XML text."""
    if "&" not in content:
        return content
    from html import unescape

    return unescape(content)
