"""Where a value stands in the bytes of a JSON text."""

from __future__ import annotations

import json
import re

from errdecode.jsontext import place
from errdecode.regex import expression
from errdecode.scan.cut.json_values import as_text

Path = tuple[str | int, ...]
"""Names and indices (0-based) that lead to a value."""

_BLANK = expression(rb"[ \t\n\r]*+:[ \t\n\r]*+")
_TOKEN = expression(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]', re.DOTALL)
_scan = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode
_LAST: dict[str, tuple[bytes, str]] = {}
"""The text that was searched last, and its characters: `place` goes on where it was in them."""


def find_span(text: bytes, path: Path) -> tuple[int, int] | None:
    """Where a value begins and ends in a JSON text, in bytes; None when it cannot be told."""
    if not path:
        blank = len(text) - len(text.lstrip())
        return blank, len(text.rstrip())
    start = _find_by_name(text, path[-1])
    if start is not None:
        try:
            return start, _scan(text.decode("latin-1"), start)[1]
        except (ValueError, RecursionError):
            return None
    value = _characters(text)
    found = place(value, [str(token) for token in path])
    if found is None:
        return None
    if value.isascii():
        return found.start, found.end
    encoding = "utf-8" if len(value) != len(text) else "latin-1"
    before = len(value[: found.start].encode(encoding, "surrogatepass"))
    return before, before + len(value[found.start : found.end].encode(encoding, "surrogatepass"))


def _characters(text: bytes) -> str:
    known = _LAST.get("text")
    if known is None or known[0] is not text:
        known = _LAST["text"] = text, as_text(text)
    return known[1]


def path_to(text: str, at: int) -> Path:
    """The way to the value of a JSON text in which a character stands."""
    path: list[str | int] = []
    name = ""
    for token in _TOKEN.finditer(text):
        if token.end() > at:
            break
        match token[0]:
            case "{":
                path.append("")
            case "[":
                path.append(0)
            case "}" | "]":
                del path[-1:]
            case ",":
                if path and isinstance(path[-1], int):
                    path[-1] += 1
            case ":":
                path[-1:] = [_scan(name, 0)[0]] if name else []
            case _:
                name = token[0]
    return tuple(path)


def _find_by_name(text: bytes, name: str | int) -> int | None:
    """Where the value of a member begins whose name stands in a text only once.

    A quotation mark that no backslash precedes begins or ends a string; with a colon behind it the
    string is a name.
    """
    if not isinstance(name, str) or not name.isascii() or "\\" in name or '"' in name:
        return None
    quoted = b'"' + name.encode() + b'"'
    at = text.find(quoted)
    if at < 0 or text.find(quoted, at + 1) >= 0 or text[at - 1 : at] == b"\\":
        return None
    colon = _BLANK.match(text, at + len(quoted))
    return colon.end() if colon else None
