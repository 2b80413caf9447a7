"""HTTP messages as `curl -i`, HTTPie and documentation show them, alone or several in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, zip_longest

from errdecode.capture.chunked import dechunk
from errdecode.capture.fields import (
    ELISION,
    FIELD_LINE,
    REQUEST_LINE,
    STATUS_LINE,
    field_value,
    is_continuation,
    line_end,
    read_fields,
    read_head,
    read_request,
    read_response,
)
from errdecode.capture.terminal import MOST, trim
from errdecode.model import Exchange, Field, Note, Request, Response, Text
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.source import cut, end_of_bytes

_SHORT_BODY = 65536  # characters; a status line further behind a head is part of the body
_INDENT = expression(r"[ \t]{0,16}")
_BARE_REQUEST = expression(  # documentation: "POST /v1/items" or "GET https://...", no version
    r"(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) ((?:https?://|/)\S*)[ \t]*(?=\r?$)", re.M
)
_BOUNDARY = expression(
    r"(?<=[}\]>]\n)--\w[\w'()+,./:=?-]{4,68}\r?$|(?<=[}\]>]\r\n)--\w[\w'()+,./:=?-]{4,68}\r?$", re.M
)
_SYNTAX = Note(
    "message-syntax",
    "no blank line stands between header and body; the body is taken from the first line that is "
    "no field",
)
_GLUED = expression(r"[}\]>](?=HTTP/[\d.]{1,3} [1-5]\d\d[^\n]{0,80}\n[\w-]{1,60}:)")
"""The end of a body without a line end, and the head of the next answer."""
_ASKS = (401, 407)
"""Statuses that a client may answer by itself, with credentials."""
_EMPTY = Note("no-body", "left out what stands below the head: its Content-Length is 0")
_NEXT = Note("no-body", "left out what stands below the head: the next command and its output")
_COMMAND = expression(r"(?:\+{1,8}|[$❯➜]) [A-Za-z_./~][\w./~-]{0,80}(?:[ \r\n]|$)")
"""A command behind a prompt, or as a shell shows it before it runs it (`set -x`)."""


class _Message(NamedTuple):
    start: int
    end: int
    line: re.Match[str]
    fields: tuple[Field, ...]
    body: int
    """Where the body begins."""
    proper: bool
    part: bool
    """True for one behind another of a multipart body whose beginning is not captured."""


def read_messages(text: Text, start: int, end: int) -> list[Exchange]:
    """Read the HTTP messages between two characters of a text; empty when there are none.

    The last of several answers is the answer, the others stand in `earlier`; a request that is no
    continuation (a redirect followed, a challenge answered) begins a new exchange. What stands
    before the first message is left out.
    """
    found = list(islice(_messages(text, start, end), MOST))
    exchanges: list[Exchange] = []
    for message, following in zip_longest(found, found[1:]):
        last = following is None or following.part or not _answers(following.line)
        if _answers(message.line):
            _add_response(exchanges, text, message, last)
        else:
            _add_request(exchanges, text, message)
    return exchanges


def _answers(line: re.Match[str]) -> bool:
    """Whether a start line is a status line."""
    return line.re.pattern == STATUS_LINE.pattern


def _messages(text: Text, start: int, end: int) -> Iterator[_Message]:
    """Cut the range into messages, lazily: each begins where the one before it ends."""
    value = text.value
    line = _first_line(value, start, end)
    part = False
    while line is not None:
        begin = _begin_of(value, line, start)
        after = line_end(value, line.start(), end)[1]
        head = read_head(value, after, end, value[begin : line.start()])
        fields = read_fields(text, head.lines)
        following = _next_line(value, line, head.end, end, _content_length(fields))
        stop = end
        if following:
            stop = _begin_of(value, following, head.end)
        boundary = _find_boundary(value, head.end, stop, fields)
        if boundary:
            stop = boundary.start()
            following = next(_status_lines(value, boundary.end(), end), None)
        yield _Message(begin, stop, line, fields, head.end, head.proper, part)
        line, part = following, boundary is not None


def _begin_of(value: str, line: re.Match[str], low: int) -> int:
    """Where a start line's own line begins, or the start line itself behind a body's last brace."""
    begin = max(value.rfind("\n", low, line.start()) + 1, low)
    return line.start() if value[begin : line.start()].strip() else begin


def _content_length(fields: tuple[Field, ...]) -> int | None:
    length = field_value(fields, "content-length") or ""
    return int(length) if length.isdecimal() and len(length) < 16 else None


def _find_boundary(
    value: str, body: int, stop: int, fields: tuple[Field, ...]
) -> re.Match[str] | None:
    """The boundary behind a message that is a part of a batch (RFC 2046, section 5.1)."""
    if "\n--" not in value[body:stop]:
        return None
    if (field_value(fields, "content-type") or "").lower().startswith("multipart/"):
        return None
    return _BOUNDARY.search(value, body, stop)


def _first_line(value: str, start: int, end: int) -> re.Match[str] | None:
    """The first start line: a request line before all else, or a status line before a head."""
    at = start + len(value[start:end]) - len(value[start:end].lstrip())
    if request := REQUEST_LINE.match(value, at, end):
        return request
    request = _BARE_REQUEST.match(value, at, end)
    if request and any(_status_lines(value, request.end(), end)):
        return request
    for line in _status_lines(value, start, end):
        if line.start() == at or _head_follows(value, line, end):
            return line
    return None


def _status_lines(value: str, at: int, end: int) -> Iterator[re.Match[str]]:
    """Status lines, and request lines with a version, each at the start of a line or its indent."""
    while (found := value.find("HTTP/", at, end)) >= 0:
        begin = max(value.rfind("\n", at, found) + 1, at)
        if found > begin and _GLUED.match(value, found - 1, end):
            if line := STATUS_LINE.match(value, found, end):
                yield line
        elif begin == at and at and value[at - 1] != "\n":
            pass  # the rest of a line that was looked at before
        elif (indent := _INDENT.match(value, begin, end)) is not None:
            line = STATUS_LINE.match(value, indent.end(), end) or REQUEST_LINE.match(
                value, indent.end(), end
            )
            if line:
                yield line
        at = line_end(value, found, end)[1]


def _head_follows(value: str, line: re.Match[str], end: int) -> bool:
    """Tell whether a field, a blank line, dots, a start line or a body follows, or the end."""
    stop, at = line_end(value, line.start(), end)
    if at >= end:
        return True
    begin = at + len(value[at : at + 16]) - len(value[at : at + 16].lstrip(" \t"))
    stop, _ = line_end(value, begin, end)
    return (
        begin >= stop
        or value[begin] in "{[<"
        or any(kind.match(value, begin, stop) for kind in (FIELD_LINE, ELISION, STATUS_LINE))
    )


def _next_line(
    value: str, now: re.Match[str], body: int, end: int, length: int | None
) -> re.Match[str] | None:
    """The start line of the next message: right behind the head, or behind a short body.

    Behind an answer's body a field must follow it. One within its Content-Length, or in a part of
    a multipart body, belongs to the body.
    """
    answered = _answers(now)
    inside: int | None = None
    for line in _status_lines(value, body, end):
        begin = max(_begin_of(value, line, body), body)
        if not value[body:begin].strip():
            return line
        if begin - body > _SHORT_BODY:
            return None
        if inside is None:
            inside = _length_end(value, body, end, length)
        if begin + value.count("\n", body, begin) < inside:  # a paste may have lost the CRs
            continue
        if _in_part(value, body, begin):
            continue
        _, after = line_end(value, line.start(), end)
        stop, _ = line_end(value, after, end)
        if FIELD_LINE.match(value, after, stop) or ELISION.match(value, after, stop):
            return line
        if not answered and _answers(line) and _head_follows(value, line, end):
            return line
    return None


def _length_end(value: str, body: int, end: int, length: int | None) -> int:
    """Where a body of `length` bytes ends; `body` itself when the text holds fewer.

    A body that is not short ends behind every line that could be the next one.
    """
    if length is None or length > 4 * (end - body):
        return body
    if length > _SHORT_BODY:
        return body if length > end - body else end
    stop = end_of_bytes(value[body : min(end, body + length)], 0, length)
    return body + (stop or 0)


def _in_part(value: str, body: int, begin: int) -> bool:
    """Tell whether the head of a part, application/http say (RFC 9112, section 10.2), ends here."""
    head = value[max(body, begin - 1000) : begin].rstrip()
    return head[head.rfind("\n") + 1 :].lstrip().lower().startswith("content-")


def _add_response(exchanges: list[Exchange], text: Text, message: _Message, last: bool) -> None:
    """Add an answer to the exchange it belongs to; the one it had before moves to `earlier`."""
    response, notes = _finish(text, message, last)
    if not exchanges or message.part or _is_final(exchanges[-1].response):
        exchanges.append(Exchange("http", text, message.start))
    now = exchanges[-1]
    earlier = (*now.earlier, now.response) if now.response else now.earlier
    exchanges[-1] = now._replace(
        response=response, earlier=earlier, end=message.end, notes=now.notes + notes
    )


def _is_final(response: Response | None) -> bool:
    """Whether an answer is one that no other answer to the same request follows: an error with its
    document, but for what a client answers with credentials."""
    if response is None or (response.status or 0) < 400 or response.status in _ASKS:
        return False
    body = response.body.value if response.body else ""
    return body.lstrip()[:1] in ("{", "[", "<")


def _finish(text: Text, message: _Message, last: bool) -> tuple[Response, tuple[Note, ...]]:
    trimmed = trim(text.value, message.body, message.end)
    stop = trimmed.end if last else message.end
    notes = trimmed.notes if last else ()
    start, end = message.line.span()
    body = cut(text, message.body, stop)
    if not last and not body.value.strip():
        body = cut(text, message.body, message.body)
    if "chunked" in (field_value(message.fields, "transfer-encoding") or "").lower():
        body, more = dechunk(body)
        notes += more
    beside = body.value.strip() and _find_beside(message, body.value)
    if beside:
        return read_response(text, start, end, message.fields, cut(body, 0, 0)), (*notes, beside)
    if not message.proper and body.value.strip():
        notes += (_SYNTAX,)
    return read_response(text, start, end, message.fields, body), notes


def _find_beside(message: _Message, body: str) -> Note | None:
    """Tell of what stands below an answer's head and is no body of it; None where it is one.

    A document is one even where the length denies it: its field may have been written by hand.
    """
    shown = body[:_SHORT_BODY].lstrip()
    if shown[:1] in ("{", "[", "<"):
        return None
    if _content_length(message.fields) == 0:
        return _EMPTY
    return _NEXT if _COMMAND.match(shown) else None


def _add_request(exchanges: list[Exchange], text: Text, message: _Message) -> None:
    """Begin an exchange with a request, or go on with the one whose answer it follows."""
    request = read_request(text, message.line, message.fields, None)
    if text.value[message.body : message.end].strip():
        stop = message.body + len(text.value[message.body : message.end].rstrip())
        request = request._replace(
            body=cut(text, message.body, stop), described="the body of the HTTP request"
        )
    if exchanges and exchanges[-1].response:
        now = exchanges[-1]
        if _goes_on(now, request):
            exchanges[-1] = now._replace(request=request, end=message.end)
            return
    exchanges.append(Exchange("http", text, message.start, message.end, request))


def _goes_on(now: Exchange, request: Request) -> bool:
    status = now.response.status if now.response else None
    return status is not None and is_continuation(status, now.request, request)
