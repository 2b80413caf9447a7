"""A header whose status line was not copied."""

from __future__ import annotations

from errdecode.capture.fields import FIELD_LINE, field_value, read_fields, read_head
from errdecode.capture.terminal import trim
from errdecode.model import Exchange, Note, Response, Text
from errdecode.source import cut

_WELL_KNOWN = frozenset(
    {
        "accept-ranges",
        "access-control-allow-origin",
        "age",
        "allow",
        "alt-svc",
        "cache-control",
        "cf-ray",
        "connection",
        "content-encoding",
        "content-language",
        "content-length",
        "content-type",
        "date",
        "etag",
        "expires",
        "grpc-status",
        "keep-alive",
        "last-modified",
        "location",
        "pragma",
        "proxy-authenticate",
        "retry-after",
        "server",
        "set-cookie",
        "status",
        "strict-transport-security",
        "transfer-encoding",
        "vary",
        "via",
        "www-authenticate",
        "x-amzn-requestid",
        "x-content-type-options",
        "x-correlation-id",
        "x-frame-options",
        "x-powered-by",
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-request-id",
        ":status",
    }
)


def read_header_block(text: Text, start: int, end: int) -> Exchange | None:
    """Read a header without its status line; None unless two of its fields are well known.

    The status is taken from a `Status` or `:status` field, where there is one.
    """
    value = text.value
    begin = start + len(value[start:end]) - len(value[start:end].lstrip())
    if not FIELD_LINE.match(value, begin, min(end, begin + 100)):
        return None
    head = read_head(value, begin, end)
    fields = read_fields(text, head.lines)
    if sum(field.name.lower() in _WELL_KNOWN for field in fields) < 2 or not head.proper:
        return None
    trimmed = trim(value, head.end, end)
    status = (field_value(fields, ":status") or field_value(fields, "status") or "")[:3]
    notes = (*trimmed.notes, Note("no-status-line", "the header has no status line"))
    number = int(status) if status.isdecimal() and len(status) == 3 else trimmed.status
    response = Response(number, None, fields, cut(text, head.end, trimmed.end))
    return Exchange("http", text, begin, end, None, response, (), None, notes)
