"""`curl --trace-ascii` and `curl --trace` dumps, the bytes put together again from their lines.

The layout is that of `dump` in curl's src/tool_cb_dbg.c: an offset, then up to 64 characters, or
16 bytes in hexadecimal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from errdecode.capture.fields import (
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
from errdecode.model import Exchange, Failure, Note, Request, Response, Text
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.source import Builder

_BLOCK = expression(
    r"^(?:[\d:.]{8,18} )?(?:\[[\dx]{1,9}-[\dx]{1,9}\] )?"
    r"(?:(?P<way>=>|<=) (?:Send|Recv) (?P<kind>header|data|SSL data), "
    r"(?P<size>\d{1,18}) bytes \(0x[0-9a-f]{1,16}\)"
    r"|== Info:(?P<info>[^\r\n]*)|curl: \((?P<code>\d{1,3})\) ?(?P<failed>[^\r\n]*))",
    re.M,
)
_LINE = expression(r"([0-9a-f]{4,16}): ?")
_MOST_LINES = 500_000
_HEXADECIMAL = expression(r"[0-9a-f]{2} ")
_LOSSY = Note(
    "trace-ascii",
    "--trace-ascii writes a dot for what it cannot show; those between JSON's parts are read as "
    "line breaks",
)


class _Block(NamedTuple):
    """One block of a dump: its heading, and its lines as (offset, first character, end)."""

    heading: re.Match[str]
    lines: list[tuple[int, int, int]]
    end: int


class _Transfer:
    """One request with its answers, while the blocks are put together."""

    def __init__(self, text: Text, start: int) -> None:
        self.start = self.end = start
        self.sent = Builder(text)
        self.sent_data = Builder(text)
        self.rounds: list[tuple[Builder, Builder]] = []
        self.status: int | None = None
        self.again = False
        self.encrypted = False
        self.lossy = False
        self.failure: Failure | None = None


def read_trace(text: Text, start: int, end: int) -> list[Exchange]:
    """Read the transfers of a dump between two characters of a text."""
    transfers = [_Transfer(text, start)]
    for block in _blocks(text.value, start, end):
        _take(text, transfers, block)
        transfers[-1].end = block.end
    return [_finish(transfer, text) for transfer in transfers]


def _blocks(value: str, start: int, end: int) -> Iterator[_Block]:
    count = 0
    for heading in _BLOCK.finditer(value, start, end):
        if count > _MOST_LINES:
            return
        at = line_end(value, heading.end(), end)[1]
        lines: list[tuple[int, int, int]] = []
        while heading["way"] and at < end and (line := _LINE.match(value, at, end)):
            stop, at = line_end(value, line.start(), end)
            lines.append((int(line[1], 16), min(line.end(), stop), stop))
        count += 1 + len(lines)
        yield _Block(heading, lines, at)


def _take(text: Text, transfers: list[_Transfer], block: _Block) -> None:
    now = transfers[-1]
    heading = block.heading
    if heading["info"] is not None:
        now.again = now.again or "Issue another request" in heading["info"]
        now.encrypted = now.encrypted or "TLS" in heading["info"] or "SSL" in heading["info"]
    elif heading["code"]:
        now.failure = Failure("curl", int(heading["code"]), heading["failed"].strip() or None)
    elif heading["way"] == "=>" and heading["kind"] == "header":
        if not now.rounds or now.again or _goes_on(now, _dumped(text, block)):
            now.sent, now.sent_data, now.again = Builder(text), Builder(text), False
        else:
            now = _Transfer(text, heading.start())
            transfers.append(now)
        _dump(now.sent, block)
    elif heading["kind"] == "data" and heading["way"] == "=>":
        now.lossy |= _dump(now.sent_data, block)
    elif heading["kind"] == "header":
        line = STATUS_LINE.match(_dumped(text, block).value)
        if not now.rounds or line:
            now.rounds.append((Builder(text), Builder(text)))
            now.status = int(line[2]) if line else None
        _dump(now.rounds[-1][0], block)
    elif heading["kind"] == "data":
        if not now.rounds:
            now.rounds.append((Builder(text), Builder(text)))
        now.lossy |= _dump(now.rounds[-1][1], block)


def _dumped(text: Text, block: _Block) -> Text:
    builder = Builder(text)
    _dump(builder, block)
    return builder.text()


def _goes_on(now: _Transfer, sent: Text) -> bool:
    request = _read_sent(sent, "https")
    return request is not None and is_continuation(
        now.status, _read_sent(now.sent.text(), "https"), request
    )


def _dump(builder: Builder, block: _Block) -> bool:
    """Add a block's bytes to a text; True for characters, of which some may have become dots."""
    value = builder.parent.value
    size = int(block.heading["size"])
    if block.lines and all(_is_hexadecimal(value, line, size) for line in block.lines):
        _dump_bytes(builder, block, size)
        return False
    for number, (offset, start, stop) in enumerate(block.lines):
        builder.copy(start, stop)
        last = number + 1 == len(block.lines)
        following = size if last else block.lines[number + 1][0]
        if following - offset - (stop - start) == 2:  # CR LF stood here
            builder.put("\r\n", stop, stop if last else block.lines[number + 1][1])
    return True


def _is_hexadecimal(value: str, line: tuple[int, int, int], size: int) -> bool:
    offset, start, stop = line
    count = min(16, size - offset)
    return (
        count > 0
        and stop - start >= 3 * count
        and stop - start <= 48 + count
        and all(
            _HEXADECIMAL.match(value, at, stop + 1) for at in range(start, start + 3 * count, 3)
        )
    )


def _dump_bytes(builder: Builder, block: _Block, size: int) -> None:
    """Add bytes that were written in hexadecimal, UTF-8 characters put together from theirs."""
    value = builder.parent.value
    places = [
        at
        for offset, start, _ in block.lines
        for at in range(start, start + 3 * min(16, size - offset), 3)
    ]
    data = bytes(int(value[at : at + 2], 16) for at in places)
    at = 0
    for character in data.decode("utf-8", "replace"):
        length = 1 if character == "\ufffd" else len(character.encode())
        length = min(length, len(places) - at)
        if length <= 0:
            return
        builder.put(character, places[at], places[at + length - 1] + 2)
        at += length


def _finish(transfer: _Transfer, text: Text) -> Exchange:
    request = _read_sent(transfer.sent.text(), "https" if transfer.encrypted else "http")
    data = transfer.sent_data.text()
    notes: tuple[Note, ...] = ()
    if data.value:
        data, dots = _break_lines(data) if transfer.lossy else (data, False)
        notes += (_LOSSY,) if dots else ()
        request = (request or Request())._replace(
            body=data, described="the data sent, in the trace"
        )
    responses: list[Response] = []
    for head, content in transfer.rounds:
        response, more = _read_received(head.text(), content.text(), transfer.lossy)
        responses.append(response)
        notes += tuple(note for note in more if note not in notes)
    return Exchange(
        "curl",
        text,
        transfer.start,
        transfer.end,
        request,
        responses[-1] if responses else None,
        tuple(responses[:-1]),
        transfer.failure,
        notes,
    )


def _read_sent(sent: Text, scheme: str) -> Request | None:
    line = REQUEST_LINE.match(sent.value)
    if not line:
        return None
    head = read_head(
        sent.value, line_end(sent.value, line.end(), len(sent.value))[1], len(sent.value)
    )
    return read_request(sent, line, read_fields(sent, head.lines), scheme)


def _read_received(head: Text, body: Text, lossy: bool) -> tuple[Response, tuple[Note, ...]]:
    stop, after = line_end(head.value, 0, len(head.value))
    fields = read_fields(head, read_head(head.value, after, len(head.value)).lines)
    notes: tuple[Note, ...] = ()
    if "chunked" in (field_value(fields, "transfer-encoding") or "").lower():
        from errdecode.capture.chunked import dechunk

        body, notes = dechunk(body)
    body, dots = _break_lines(body) if lossy else (body, False)
    return read_response(head, 0, stop, fields, body), (*notes, _LOSSY) if dots else notes


def _break_lines(body: Text) -> tuple[Text, bool]:
    """Read the dots between the parts of a JSON text as the line breaks they stand for."""
    value = body.value
    if value.lstrip(". ")[:1] not in ("{", "[") or "." not in value:
        return body, False
    builder = Builder(body)
    at = 0
    quoted = False
    dots = False
    for found in re.finditer(r'\\.|"|\.', value):
        if found[0] == '"':
            quoted = not quoted
        elif found[0] == "." and not quoted and not _in_number(value, found.start()):
            builder.copy(at, found.start())
            builder.put("\n", found.start(), found.end())
            at = found.end()
            dots = True
    builder.copy(at, len(value))
    return builder.text(), dots


def _in_number(value: str, at: int) -> bool:
    return value[at - 1 : at].isdigit() and value[at + 1 : at + 2].isdigit()
