"""From a captured text to exchanges: bodies, messages, transcripts, commands, HAR."""

from __future__ import annotations

from errdecode.model import Exchange, Note, Response, Text
from errdecode.source import cut, to_root

_ESCAPES = Note("terminal-escapes", "a terminal's colours were taken out of the capture")
_LIMIT = Note("limit", "only the first exchanges of the capture are read; for a log there is scan")
_BEHIND_BODY = (
    "curl",
    "wget",
    "\nHTTP/",
    "\n< ",
    "\n> ",
    "\n* ",
    "* Connection #",
    "% Total",
    "]$ ",
    "]# ",
    "\n$ ",
    "\x1b",
    "\ufeff",
)
"""What a text that begins like JSON or XML may hold and be more than a body."""


def read_exchanges(text: Text) -> list[Exchange]:
    """Read the exchanges of a capture, at least one; never raises.

    A text that begins and ends like JSON or markup, and holds no sign of more, is a body at once.
    """
    value = text.value
    body = [Exchange("body", text, 0, len(value), response=Response(body=cut(text, 0, len(value))))]
    first, last = _ends(value)
    if first in ("{", "[") and '"entries"' in value and '"log"' in value:
        from errdecode.capture.har import read_har

        entries = read_har(text)
        if entries is not None:
            return entries or body
    if (first, last) in (("{", "}"), ("[", "]")) and not any(
        sign in value for sign in _BEHIND_BODY
    ):
        from errdecode.capture.plain import read_documents

        return read_documents(text, 0, len(value)) or body
    if (
        first == "<"
        and last == ">"
        and value.lstrip()[1:2] not in (" ", "\r", "\n")
        and not any(sign in value for sign in _BEHIND_BODY)
    ):
        return body
    return _read_capture(text) or body


def _ends(value: str) -> tuple[str, str]:
    """The first and the last character of a text that are no white space."""
    first, last = value[:4096].lstrip()[:1], value[-4096:].rstrip()[-1:]
    return first or value.lstrip()[:1], last or value.rstrip()[-1:]


def _read_capture(text: Text) -> list[Exchange]:
    from errdecode.capture.output import read_capture
    from errdecode.capture.terminal import MOST, clean

    cleaned = clean(text)
    found = [_place(exchange, text) for exchange in read_capture(cleaned)[: MOST + 1]]
    if found and cleaned is not text and "\x1b" in text.value:
        if len(found) == 1 and found[0].kind == "body" and _ends(cleaned.value)[0] not in "{[<":
            return []  # a bare text stays as it is, whatever a terminal would make of it
        found[0] = found[0]._replace(notes=(*found[0].notes, _ESCAPES))
    if len(found) > MOST:
        del found[MOST:]
        found[-1] = found[-1]._replace(notes=(*found[-1].notes, _LIMIT))
    return found


def _place(exchange: Exchange, text: Text) -> Exchange:
    """Give the range of an exchange in the capture itself."""
    _, start, end = to_root(exchange.source, exchange.start, exchange.end)
    notes = exchange.notes
    if len(exchange.earlier) > 1000 or _is_long_header(exchange):
        notes += (
            Note("limit", "only the first answers, and the first fields of a header, are read"),
        )
    return exchange._replace(source=text, start=start, end=end, notes=notes)


def _is_long_header(exchange: Exchange) -> bool:
    from errdecode.capture.fields import MOST_FIELDS

    return exchange.response is not None and len(exchange.response.headers) == MOST_FIELDS
