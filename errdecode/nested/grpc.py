"""What gRPC sends in fields, and Connect and gateways in bodies: status, message, typed details.

https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md,
https://connectrpc.com/docs/protocol
"""

from __future__ import annotations

import re

from errdecode.model import JSON
from errdecode.regex import expression

_LONGEST = 1 << 20
"""Characters of base64 that are read."""
_MOST_DETAILS = 1000
_BLANKS = expression(r"\s+")
_BASE64 = expression(r"[A-Za-z0-9+/_-]+={0,2}\Z")
_ESCAPES = expression(r"(?:%[0-9A-Fa-f]{2})+")
_CONNECT = {"type", "value", "debug"}
_DURATION = "google.protobuf.Duration"  # its JSON has a `value` too, such as 15s


def read_status_details(value: str) -> JSON | None:
    """Read a `grpc-status-details-bin` field, a google.rpc.Status, as the JSON mapping has it.

    The base64 may be padded or not; of several values joined by commas the first one counts. The
    members `code`, `message` and `details` are always there, but for a damaged message, of which
    comes what could be read. None when that is nothing.
    """
    from errdecode.nested.details import read_status

    for part in value[:_LONGEST].split(",", 16)[:16]:
        data = _decode(part)
        detail = read_status(data) if data else None
        if detail and detail.members:
            bare: dict[str, JSON] = {"code": 0, "message": "", "details": []}
            whole = detail.complete or "code" in detail.members
            return {**bare, **detail.members} if whole else detail.members
    return None


def read_detail(detail: JSON) -> JSON | None:
    """Read a detail whose message is base64: `{"type": "google.rpc.BadRequest", "value": ...}`.

    So Connect writes it, and with `@type` for `type` some gateways. The result is what the JSON
    mapping of google.protobuf.Any has: `@type` and the message's members. None when it is no such
    detail, its type is not known, or nothing could be read.
    """
    from errdecode.nested.details import is_known, read_any

    if not isinstance(detail, dict):
        return None
    connect = "type" in detail and set(detail) <= _CONNECT
    url, value = detail.get("type" if connect else "@type"), detail.get("value")
    if not isinstance(url, str) or not isinstance(value, str) or not is_known(url):
        return None
    if not connect and (set(detail) != {"@type", "value"} or url.endswith(_DURATION)):
        return None
    data = _decode(value[:_LONGEST]) if value else b""
    read = read_any(url, data) if data is not None else None
    if read is None or read.complete:
        return read.members if read else None
    nothing = set(read.members) == {"@type", "value"}
    return None if nothing else {**read.members, "value": value}


def expand_details(document: JSON) -> JSON | None:
    """Write the details of an error out where they are base64; None when there are none.

    They stand in the member `details` of the document, or of its `error`. The document itself is
    left as it is; the result shares what does not change.
    """
    if not isinstance(document, dict):
        return None
    details = document.get("details")
    if isinstance(details, list):
        read = [read_detail(detail) for detail in details[:_MOST_DETAILS]]
        if any(detail is not None for detail in read):
            kept = [new or old for new, old in zip(read, details, strict=False)]
            return {**document, "details": [*kept, *details[_MOST_DETAILS:]]}
    error = document.get("error")
    inner = expand_details({"details": error.get("details")}) if isinstance(error, dict) else None
    if isinstance(inner, dict) and isinstance(error, dict):
        return {**document, "error": {**error, **inner}}
    return None


def decode_grpc_message(value: str) -> str:
    """Undo the percent-encoding of a `grpc-message` field: UTF-8, then RFC 3986, section 2.1.

    What is no such encoding stays as it was sent; the message is never lost.
    """
    return _ESCAPES.sub(_unescape, value) if "%" in value else value


def _unescape(match: re.Match[str]) -> str:
    escapes = match[0]
    parts, at = [], 0
    for char in bytes.fromhex(escapes.replace("%", "")).decode("utf-8", "surrogateescape"):
        kept = "\udc80" <= char <= "\udcff"  # a byte that is no UTF-8
        size = 1 if kept else len(char.encode())
        parts.append(escapes[at * 3 : (at + size) * 3] if kept else char)
        at += size
    return "".join(parts)


def _decode(value: str) -> bytes | None:
    """Decode base64 of either alphabet, padded or not, with blanks in it; None when it is none."""
    from binascii import a2b_base64

    digits = _BLANKS.sub("", value)
    if not _BASE64.match(digits):
        return None
    digits = digits.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        return a2b_base64(digits + "=" * (-len(digits) % 4))
    except ValueError:
        return None
