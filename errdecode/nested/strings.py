"""The contents of a JSON string as a text of its own, mapped back through its escapes."""

from __future__ import annotations

import re

from errdecode.model import Text
from errdecode.regex import expression
from errdecode.source import Builder, cut

_CLOSING = {
    **{quote: quote for quote in "\"'`"},
    **dict.fromkeys("“”„", '“”"'),
    **dict.fromkeys("‘’‚", "‘’'"),
}
"""Which quotes end a string that begins with a quote."""
_OPENING = expression(rf"([uUbBrRfFL@]{{0,2}})([{''.join(_CLOSING)}])")
_ESCAPE = expression(
    r"\\(?:u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|u(?P<four>[0-9a-fA-F]{4})|x(?P<two>[0-9a-fA-F]{2})|U(?P<eight>[0-9a-fA-F]{8})"
    r"|u\{(?P<braced>[0-9a-fA-F]{1,6})\}|(?P<cut>(?:u[0-9a-fA-F]{0,3})?\Z)|(?P<char>[^ux]))",
    re.DOTALL,
)
_MEANING = {
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "0": "\0",
    "\n": "",
    **{char: char for char in "\"\\/'`"},
}
_FINE = 1_000_000
"""Escapes up to which each one keeps its own place."""


def open_string(text: Text, start: int, end: int) -> Text | None:
    """Open the JSON string that stands at `start` (0-based) up to `end`, quotes included.

    Each character of the result is mapped to the escape it was written as (RFC 8259, section 7).
    Strings of damaged JSON are read as `jsontext` reads them: any quotes, raw line breaks, a
    prefix such as `b`, escapes of Python and JavaScript, the closing quote cut off. None when
    there is no string.
    """
    match = _OPENING.match(text.value, start, end)
    if not match:
        return None
    begin = match.end()
    raw = "r" in match[1].lower()
    closed = _is_closed(text.value, begin, end, match[2], raw=raw)
    stop = end - 1 if closed else end
    if raw or text.value.find("\\", begin, stop) < 0:
        return cut(text, begin, stop)
    if text.value.count("\\", begin, stop) > _FINE:
        return _open_coarsely(text, begin, stop)
    return _undo_escapes(text, begin, stop, closed=closed)


def _is_closed(value: str, begin: int, end: int, quote: str, *, raw: bool) -> bool:
    """Tell whether the last character is the closing quote, and not an escaped one."""
    last = value[end - 1]
    if end <= begin or last not in _CLOSING[quote]:
        return False
    content = value[begin : end - 1]
    return raw or last not in "\"'`" or (len(content) - len(content.rstrip("\\"))) % 2 == 0


def _undo_escapes(text: Text, begin: int, stop: int, *, closed: bool) -> Text:
    """Undo every escape; what no language knows stays as it is."""
    builder = Builder(text)
    at = begin
    for escape in _ESCAPE.finditer(text.value, begin, stop):
        meaning = _read_escape(escape, closed=closed)
        if meaning is not None:
            builder.copy(at, escape.start())
            builder.put(meaning, escape.start(), escape.end())
            at = escape.end()
    builder.copy(at, stop)
    opened = builder.text()
    if not closed and "\ud800" <= opened.value[-1:] <= "\udbff":  # half of a pair is left out
        return opened._replace(value=opened.value[:-1])
    return opened


def _read_escape(escape: re.Match[str], *, closed: bool) -> str | None:
    """What an escape means; None when it is none."""
    if escape["high"]:
        high, low = int(escape["high"], 16), int(escape["low"], 16)
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    digits = escape["four"] or escape["two"] or escape["eight"] or escape["braced"]
    if digits:
        return chr(int(digits, 16)) if int(digits, 16) < 0x110000 else None
    if escape["cut"] is not None:
        return None if closed else ""
    return _MEANING.get(escape["char"])


def _open_coarsely(text: Text, begin: int, stop: int) -> Text | None:
    """Open a string of very many escapes; all its characters stand for the whole of it."""
    import json

    try:
        value = json.loads(text.value[begin - 1 : stop + 1], strict=False)
    except ValueError:
        return None
    builder = Builder(text)
    builder.put(value if isinstance(value, str) else "", begin, stop)
    return builder.text()
