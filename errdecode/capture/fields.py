"""The head of an HTTP message: start line and fields (RFC 9112), each value with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from errdecode.model import Field, Request, Response, Text
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.source import Builder, cut

STATUS_LINE = expression(r"HTTP/(\d(?:\.\d)?)[ \t]+(\d{3})(?!\d)[ \t]*([^\r\n]*)")
REQUEST_LINE = expression(r"([A-Z][A-Z-]{2,15}) (\S+) HTTP/(\d(?:\.\d)?)[ \t]*(?=\r?$)", re.M)
FIELD_LINE = expression(r"(:?[!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:(?!//)")
ELISION = expression(
    r"[ \t]*(?:\[[ ]?\.{2,}[ ]?\]|<\.{2,}>|\.{2,}|[\[<]?…[\]>]?)[ \t]*(?=\r?$)", re.M
)

MOST_FIELDS = 200
"""Fields read of one head; the rest is left out, so that a hostile one costs little."""

_BODY_START = expression(r"[ \t]*(?:[{\[]|<[A-Za-z!?/])")


class Head(NamedTuple):
    """The header lines of a message, and where its body begins."""

    lines: tuple[tuple[int, int], ...]
    """Half-open ranges without line ends; continuation lines stand apart, as sent."""
    end: int
    """First character after the head and its blank line."""
    proper: bool
    """False when the body follows without the blank line."""


def read_head(value: str, at: int, end: int, indent: str = "") -> Head:
    """Read header lines from `at`, behind the start line, up to the blank line, or to what is none.

    Lines of dots, which documentation puts for what it leaves out, are skipped; `indent` is what
    a paste put before each line.
    """
    lines: list[tuple[int, int]] = []
    elided = False
    while at < end:
        begin = at + len(indent) if indent and value.startswith(indent, at) else at
        stop, after = line_end(value, at, end)
        begin = min(begin, stop)
        if not value[begin:stop].strip():
            return Head(tuple(lines), after, True)
        if ELISION.match(value, begin, stop):
            elided = True
        elif lines and value[begin] in " \t" and not _BODY_START.match(value, begin, stop):
            lines.append((begin, stop))  # obsolete line folding (RFC 9112, section 5.2)
        elif FIELD_LINE.match(value, begin, stop):
            lines.append((begin, stop))
            elided = False
        else:
            message = STATUS_LINE.match(value, begin, stop) or REQUEST_LINE.match(
                value, begin, stop
            )
            return Head(tuple(lines), at, elided or message is not None)
        at = after
    return Head(tuple(lines), end, True)


def line_end(value: str, at: int, end: int) -> tuple[int, int]:
    """Where the line that holds `at` stops, without LF or CRLF, and where the next one begins."""
    found = value.find("\n", at, end)
    if found < 0:
        return (end - 1 if end > at and value[end - 1] == "\r" else end), end
    return (found - 1 if found > at and value[found - 1] == "\r" else found), found + 1


def read_fields(text: Text, lines: Iterable[tuple[int, int]]) -> tuple[Field, ...]:
    """Read header lines as fields; folded values are joined by a space (RFC 9112, section 5.2)."""
    value = text.value
    found: list[tuple[str, list[tuple[int, int]]]] = []
    for start, stop in lines:
        named = FIELD_LINE.match(value, start, stop)
        if found and value[start : start + 1] in (" ", "\t"):
            found[-1][1].append(_strip(value, start, stop))
        elif named:
            if len(found) == MOST_FIELDS:
                break
            found.append((named[1], [_strip(value, named.end(), stop)]))
    return tuple(Field(name, _unfold(text, pieces)) for name, pieces in found)


def _strip(value: str, start: int, stop: int) -> tuple[int, int]:
    """Leave out the white space around a range."""
    piece = value[start:stop]
    lead = len(piece) - len(piece.lstrip())
    return start + lead, max(start + lead, start + len(piece.rstrip()))


def _unfold(text: Text, pieces: list[tuple[int, int]]) -> Text:
    if len(pieces) == 1:
        return cut(text, *pieces[0])
    builder = Builder(text)
    last: int | None = None
    for start, stop in pieces:
        if stop > start:
            if last is not None:
                builder.put(" ", last, start)
            builder.copy(start, stop)
            last = stop
    return builder.text()


def field_value(fields: Iterable[Field], name: str) -> str | None:
    """The value of the first field of that name (in lower case), or None."""
    return next((field.value.value for field in fields if field.name.lower() == name), None)


def read_response(
    text: Text, start: int, stop: int, fields: tuple[Field, ...], body: Text | None
) -> Response:
    """Build a response from the range of its status line; without one, the status stays unknown."""
    line = STATUS_LINE.match(text.value, start, stop)
    if not line:
        return Response(headers=fields, body=body)
    return Response(int(line[2]), line[3].strip() or None, fields, body)


def read_request(
    text: Text, line: re.Match[str], fields: tuple[Field, ...], scheme: str | None
) -> Request:
    """Build a request from its request line; the target is made absolute with the Host field.

    The scheme is taken from the target, else from `scheme`, else https is assumed.
    """
    start, stop = line.span(2)
    return Request(line[1], _absolute(text, start, stop, fields, scheme or "https"), fields)


def _absolute(text: Text, start: int, stop: int, fields: tuple[Field, ...], scheme: str) -> Text:
    """The URL of a target in origin form; others are left as they are (RFC 9112, section 3.2)."""
    host = next((field.value for field in fields if field.name.lower() == "host"), None)
    if (
        host is None
        or not text.value.startswith("/", start)
        or not host.runs
        or host.parent is not text
    ):
        return cut(text, start, stop)
    builder = Builder(text)
    builder.put(f"{scheme}://", start, start)
    begin = host.runs[0].origin
    builder.copy(begin, begin + len(host.value))
    builder.copy(start, stop)
    return builder.text()


def is_continuation(status: int | None, before: Request | None, now: Request) -> bool:
    """Tell whether a request goes on where an answer sent it: a redirect, a challenge, a tunnel.

    A challenge (401, 407) is answered with credentials, same target (RFC 9110, section 11.6).
    """
    if status is None or status < 200 or 300 <= status < 400:
        return True
    if before is not None and before.method == "CONNECT":
        return True
    if status not in (401, 407) or before is None or before.url is None or now.url is None:
        return False
    answer = "authorization" if status == 401 else "proxy-authorization"
    return before.url.value == now.url.value and field_value(now.headers, answer) is not None
