"""HAR files (version 1.2): each failing entry as an exchange, each text with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice

from errdecode.capture.fields import MOST_FIELDS
from errdecode.capture.terminal import MOST
from errdecode.jsontext import place
from errdecode.model import JSON, Exchange, Field, Note, Request, Response, Text
from errdecode.regex import expression
from errdecode.source import Builder, cut, to_root

_ESCAPE = expression(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)"
)
_ERROR = expression(
    r'"(?:errors?|error_code|errorCode|error_message|fault|exception)"\s*:\s*+'
    r'(?!null|\[\s*\]|false|"")'
    r'|"(?:success|ok|succeeded)"\s*:\s*+"?false|"status"\s*:\s*+"(?:error|fail)',
    re.I,
)
"""What may tell of an error in a body, whatever its status."""
_BASE64 = expression(r"[A-Za-z0-9+/=]+")
_FINE = 1_000_000  # escapes or base64 characters up to which each one keeps its own place
_LIMIT = 64 << 20  # bytes of a decompressed body


def read_har(text: Text) -> list[Exchange] | None:
    """Read the entries of a HAR file that may have failed; None when the text is no HAR file.

    Those with status 400 or more, or 0, which is no answer, and those whose body looks like an
    error: whether it is one is for its reader to tell.
    """
    found = place(text.value, ("log", "entries"))
    if found is None or text.value[found.start] != "[":
        return None
    failed, doubtful = [], []
    for number, (entry, value) in enumerate(_items(cut(text, found.start, found.end))):
        response = value.get("response") if isinstance(value, dict) else None
        if not isinstance(response, dict):
            continue
        status = response.get("status")
        if isinstance(status, int) and (status >= 400 or status <= 0):
            failed.append((number, entry))
        elif _looks_wrong(response):
            doubtful.append((number, entry))
    kept = sorted((failed + doubtful)[:MOST], key=lambda one: one[0])
    return [_read_entry(text, entry, number) for number, entry in kept]


def _looks_wrong(response: dict[str, JSON]) -> bool:
    content = response.get("content")
    body = content.get("text") if isinstance(content, dict) else None
    return isinstance(body, str) and _ERROR.search(body, 0, 100_000) is not None


def read_entry(text: Text, at: int) -> Exchange | None:
    """Read the entry of a HAR file that stands around a character, whether it failed or not."""
    found = place(text.value, ("log", "entries"))
    if found is None:
        return None
    for number, (entry, _) in enumerate(_items(cut(text, found.start, found.end))):
        _, start, end = to_root(entry, 0, len(entry.value))
        if start <= at < end:
            return _read_entry(text, entry, number)
    return None


def _read_entry(text: Text, entry: Text, number: int) -> Exchange:
    _, start, end = to_root(entry, 0, len(entry.value))
    sent, received = _child(entry, "request"), _child(entry, "response")
    request = _read_request(sent, number) if sent else None
    if received is None:
        return Exchange("har", text, start, end, request)
    response, notes = _read_response(received)
    if not response.status:
        failed = _plain(_child(received, "_error"))
        said = (
            f"the browser recorded no answer: {failed}"
            if failed
            else "the browser recorded no answer"
        )
        return Exchange("har", text, start, end, request, notes=(*notes, Note("no-response", said)))
    return Exchange("har", text, start, end, request, response, notes=notes)


def _read_request(sent: Text, number: int) -> Request:
    body = _string(_child(sent, "postData", "text")) or _read_form(sent)
    described = f"the postData of entry {number + 1} in the HAR file" if body else ""
    return Request(
        _plain(_child(sent, "method")),
        _string(_child(sent, "url")),
        _with_media_type(_read_headers(sent), _string(_child(sent, "postData", "mimeType"))),
        body,
        described,
    )


def _read_form(sent: Text) -> Text | None:
    """The fields of a form, which a HAR file has instead of the text (HAR 1.2, `postData`); of a
    file its name."""
    from errdecode.capture.clients.multipart import write_fields

    params = _child(sent, "postData", "params")
    fields = []
    for item, _ in islice(_items(params), MOST_FIELDS) if params else ():
        name = _string(_child(item, "name"))
        value = _string(_child(item, "value")) or _string(_child(item, "fileName"))
        if name and name.value:
            fields.append((name, value or cut(name, 0, 0)))
    return write_fields(sent, fields)


def _read_response(received: Text) -> tuple[Response, tuple[Note, ...]]:
    number = _child(received, "status")
    status = (
        int(number.value) if number and number.value.isdecimal() and len(number.value) < 5 else None
    )
    body = _string(_child(received, "content", "text"))
    notes: tuple[Note, ...] = ()
    if body and _plain(_child(received, "content", "encoding")) == "base64":
        body, notes = _decode(body)
    reason = _plain(_child(received, "statusText")) or None
    kind = _string(_child(received, "content", "mimeType"))
    return Response(status, reason, _with_media_type(_read_headers(received), kind), body), notes


def _with_media_type(headers: tuple[Field, ...], kind: Text | None) -> tuple[Field, ...]:
    """The fields of a message, with the media type of its content where they do not tell it."""
    known = any(field.name.lower() == "content-type" for field in headers)
    if known or kind is None or not kind.value:
        return headers
    return (*headers, Field("Content-Type", kind))


def _read_headers(message: Text) -> tuple[Field, ...]:
    """Read the fields of a message, without HTTP/2's pseudo fields (RFC 9113, section 8.3)."""
    headers = _child(message, "headers")
    fields = []
    for item, _ in islice(_items(headers), MOST_FIELDS) if headers else ():
        name, value = _plain(_child(item, "name")), _string(_child(item, "value"))
        if name and value and not name.startswith(":"):
            fields.append(Field(name, value))
    return tuple(fields)


def _items(array: Text) -> Iterator[tuple[Text, JSON]]:
    """The items of a JSON array, each cut out and read."""
    decode = json.JSONDecoder().raw_decode
    value = array.value
    at = _skip(value, 1)
    while value[:1] == "[" and at < len(value) and value[at] != "]":
        try:
            item, end = decode(value, at)
        except (ValueError, RecursionError):
            return
        yield cut(array, at, end), item
        at = _skip(value, end)


def _skip(value: str, at: int) -> int:
    while at < len(value) and value[at] in " \t\r\n,":
        at += 1
    return at


def _child(parent: Text, *names: str) -> Text | None:
    """Cut a member's value out of a JSON text, as it is written."""
    found = place(parent.value, names)
    return cut(parent, found.start, found.end) if found else None


def _plain(literal: Text | None) -> str | None:
    text = _string(literal)
    return text.value if text else None


def _string(literal: Text | None) -> Text | None:
    """Undo the escapes of a JSON string (RFC 8259, section 7); None when it is no string."""
    if literal is None or literal.value[:1] != '"':
        return None
    if "\\" not in literal.value:
        return cut(literal, 1, len(literal.value) - 1)
    builder = Builder(literal)
    if literal.value.count("\\") > _FINE:
        builder.put(json.loads(literal.value), 0, len(literal.value))
        return builder.text()
    at = 1
    for escape in _ESCAPE.finditer(literal.value, 1, len(literal.value) - 1):
        builder.copy(at, escape.start())
        builder.put(json.loads(f'"{escape[0]}"'), escape.start(), escape.end())
        at = escape.end()
    builder.copy(at, len(literal.value) - 1)
    return builder.text()


def _decode(body: Text) -> tuple[Text, tuple[Note, ...]]:
    """Decode a base64 body, and gzip in it.

    Polly.js writes an array with the base64 of each network chunk; brackets and quotes are skipped.
    """
    import binascii

    blocks = [found.span() for found in _BASE64.finditer(body.value)]
    try:
        pieces = [binascii.a2b_base64(body.value[start:end]) for start, end in blocks]
        data = b"".join(pieces)
    except binascii.Error:
        return body, (_no_text("the body is said to be base64, but it is not"),)
    notes = (Note("base64", "the body was decoded from base64"),)
    if data[:2] == b"\x1f\x8b":
        return _inflate(body, data, notes)
    try:
        value = data.decode()
    except UnicodeDecodeError:
        return body, (_no_text("the body is base64 of binary data"),)
    builder = Builder(body)
    if len(value) > _FINE:
        builder.put(value, 0, len(body.value))
        return builder.text(), notes
    places = [
        start + at // 3 * 4
        for (start, _), piece in zip(blocks, pieces, strict=True)
        for at in range(len(piece))
    ]
    at = 0
    for character in value:
        last = at + len(character.encode()) - 1
        builder.put(character, places[at], min(places[last] + 4, len(body.value)))
        at = last + 1
    return builder.text(), notes


def _no_text(reason: str) -> Note:
    return Note("base64", f"{reason}; it is shown as it is")


def _inflate(body: Text, data: bytes, notes: tuple[Note, ...]) -> tuple[Text, tuple[Note, ...]]:
    import zlib

    try:
        value = zlib.decompressobj(47).decompress(data, _LIMIT).decode()
    except (zlib.error, UnicodeDecodeError):
        return body, (_no_text("the body is base64 of binary data"),)
    builder = Builder(body)
    builder.put(value, 0, len(body.value))
    return builder.text(), (
        *notes,
        Note("gzip", "the body was decompressed; its places are those of the whole"),
    )
