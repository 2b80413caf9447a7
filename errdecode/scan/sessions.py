"""The exchange that a body in a session of curl or a HAR file belongs to, read as a capture."""

from __future__ import annotations

from codecs import BOM_UTF8

from errdecode.model import Exchange, Text
from errdecode.scan.cut.carriers import Buffer
from errdecode.scan.cut.commands import CLIENTS

BEFORE = 64 << 10
"""Bytes before a body in which its session may begin."""
NEAR = 3 << 10
"""Bytes in which most do."""


def find_near(data: Buffer, start: int, end: int) -> Exchange | None:
    """As `find_exchange`, and faster: from a few lines above, else from the last command before
    them, if there is one."""
    low = max(0, start - NEAR)
    near = find_exchange(data, start, end, data.find(b"\n", low) + 1 if low else 0)
    if near is None or not (near.request and near.start):
        far = max(0, start - BEFORE)
        named = max(data.rfind(client, far, low) for client in CLIENTS)
        if named >= 0:
            return find_exchange(data, start, end, data.rfind(b"\n", far, named) + 1) or near
    return near


def find_exchange(data: Buffer, start: int, end: int, low: int | None = None) -> Exchange | None:
    """The exchange whose answer's body stands between two bytes, or which is all that stands there.

    What is read begins with the first whole line of the last BEFORE bytes, or at byte `low`.
    """
    from errdecode.capture import read_exchanges

    first = max(0, start - BEFORE) if low is None else low
    if low is None and first:
        first = data.find(b"\n", first) + 1
    text = Text(_decode(data[first : end + 1]))
    at = len(_decode(data[first:start]))
    return next((found for found in read_exchanges(text) if _bears(found, at)), None)


def find_entry(data: Buffer, start: int) -> Exchange | None:
    """The exchange of a whole HAR file whose answer's body begins at a byte, or which stands there
    without one."""
    from errdecode.capture.har import read_entry

    first = len(BOM_UTF8) if data[: len(BOM_UTF8)] == BOM_UTF8 else 0
    at = len(_decode(data[first:start]))
    found = read_entry(Text(_decode(data[first:])), at)
    return found if found and _bears(found, at) else None


def _bears(exchange: Exchange, at: int) -> bool:
    """Whether an answer's body begins at a character; without a body, whether it stands there."""
    from errdecode.source import to_root

    body = exchange.response.body if exchange.response else None
    if body and body.value:
        return to_root(body, 0, 1)[1] == at
    return exchange.start <= at < exchange.end


def _decode(data: Buffer) -> str:
    return bytes(data).decode("utf-8", "replace")


def apart(exchange: Exchange) -> Exchange:
    """An exchange whose request is a text of its own: places in it count from its own first line,
    not from where the part of the log begins that was read."""
    request = exchange.request
    if request is None:
        return exchange
    body = None if request.body is None else Text(request.body.value)
    url = None if request.url is None else Text(request.url.value)
    return exchange._replace(request=request._replace(body=body, url=url))
