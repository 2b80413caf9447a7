"""The request that an error in a log answers: found in the same file, and never without a reason.

By the request id that both bear, else by the trace id, else because it is the last one before the
error to the same path; what the error's own record says of its request comes before all.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from errdecode.model import Request, Text
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.scan.cut.carriers import Buffer
from errdecode.scan.dialogues import find_payload
from errdecode.scan.model import Sighting
from errdecode.scan.requests import Found, read_request

NEAR = 200
"""Lines above an error in which the request to the same path is looked for."""
ROOM = 256 << 10
"""Bytes of a line on each side of a body that are looked at."""
NEARBY = 16 << 10
"""The same while a log is scanned."""
SHORT = 3
"""Characters below which an id may be any word."""
_NAMED = ("", *"=:[(\"'")
_MASK = "•"
_IDENTIFIED = expression(r"(?i)\b(?:req(?:uest)?|trace|correlation)[-_ ]?id\b")
_PLAIN = expression(r"[A-Za-z0-9._~-]+")
"""A part of a path that is written the same way wherever it stands."""


class Joined(NamedTuple):
    """A request, and why it is taken for the error's."""

    request: Request
    reason: str
    above: int
    """How many lines above the error it stands; 0: in the error's own."""
    line: str = ""
    """The line it stands in."""


class _Line(NamedTuple):
    above: int
    text: str


def find_request(
    data: Buffer,
    start: int,
    end: int,
    sighting: Sighting,
    low: int = 0,
    most: int | None = None,
) -> Joined | None:
    """Find the request of an error whose body stands between two bytes of a part of its file.

    Lines that stand above the part, or above byte `low` of it, are out of reach; of those with an
    id, `most` are looked at. What the error's own context says of method and URL completes what is
    found.
    """
    line = data.rfind(b"\n", low, start) + 1 or low
    room = ROOM if most is None else NEARBY
    own = own_line(data, start, end, low, room)
    context = sighting.context
    found = _in_record(own, _decode(data, max(line, start - room), start))
    if found and found.payload:
        return _joined(found, sighting, "it stands in the error's own record", own)
    for name, id in (("request id", context.request_id), ("trace id", context.trace_id)):
        bare = (id or "").strip(":;,.")
        if bare and _MASK not in bare:
            lines = islice(_lines_with(data, _bytes(bare), low, line), most)
            joined = _by_id(lines, name, bare, sighting)
            if joined:
                return joined
    near = _nearest(data, low, line, sighting) or _right_above(data, low, line, sighting)
    if near:
        return near
    if found:
        return _joined(found, sighting, "the error's own record names it", own)
    return None


def own_line(data: Buffer, start: int, end: int, low: int, room: int) -> _Line:
    """The line in which a body stands, or all of them that it reaches over; of longer ones so many
    bytes on each side of it."""
    low = max(low, start - room)
    stop = data.find(b"\n", end, end + room)
    begin = data.rfind(b"\n", low, start) + 1 or low
    return _Line(0, _decode(data, begin, stop if stop >= 0 else min(len(data), end + room)))


def _read(line: str) -> Found | None:
    """What a line above tells of a request; lines of moderate length are remembered."""
    return _read_often(line) if len(line) <= 4096 else read_request(line)


@lru_cache(maxsize=2048)
def _read_often(line: str) -> Found | None:
    return read_request(line)


def _in_record(own: _Line, before: str) -> Found | None:
    """What the record that bears the error says of the request."""
    whole = own.text.lstrip().startswith("{")
    return read_request(own.text if whole else before, answered=True)


def _lines_above(data: Buffer, low: int, end: int) -> Iterator[_Line]:
    """The lines above a byte at which a line begins, the nearest first."""
    above = 0
    while end > low:
        start = data.rfind(b"\n", low, end - 1) + 1 or low
        above += 1
        yield _Line(above, _decode(data, start, end - 1))
        end = start


def _lines_with(data: Buffer, word: bytes, low: int, end: int) -> Iterator[_Line]:
    """Those of the lines above that hold a word."""
    above, before = 0, end
    while (at := data.rfind(word, low, before)) >= 0:
        start = data.rfind(b"\n", low, at) + 1 or low
        above += data.count(b"\n", start, before)
        yield _Line(above, _decode(data, start, data.find(b"\n", at, end)))
        before = start


def _bytes(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")


def _decode(data: Buffer, start: int, end: int) -> str:
    return bytes(data[start:end]).decode("utf-8", "replace")


def _by_id(lines: Iterator[_Line], name: str, id: str, sighting: Sighting) -> Joined | None:
    """What the lines with the same id tell of a request: the nearest of each, put together."""
    method = url = payload = place = None
    for line in lines:
        if not _bears(line.text, id):
            continue
        found = _read(line.text)
        if found is None or not _may_be(found, sighting):
            continue
        if place is None or (payload is None and found.payload):
            place = line
        method, url = method or found.method, url or found.url
        payload = payload or found.payload
        if payload and url:
            break
    if place is None:
        return None
    reason = f"it bears the same {name}, {id}, {_above(place)}"
    return _joined(Found(method, url, payload), sighting, reason, place)


def _nearest(data: Buffer, low: int, end: int, sighting: Sighting) -> Joined | None:
    """The last request before the error to the same path that is not told to be answered."""
    if not sighting.context.url:
        return None
    for line in _lines_near(data, low, end, _parts(sighting.context.url)[1]):
        found = _read(line.text)
        if found and found.url and not found.answered and _may_be(found, sighting):
            path = _parts(found.url)[1]
            reason = f"it is the last request to {path} before the error, {_above(line)}"
            if found.payload is None:
                found = found._replace(payload=_below(data, low, end, line))
            return _joined(found, sighting, reason, line)
    return None


def _below(data: Buffer, low: int, end: int, line: _Line) -> Text | None:
    """What was sent, where a request is told line by line."""
    start = end
    for _ in range(line.above):
        start = data.rfind(b"\n", low, max(low, start - 1)) + 1 or low
    payload = find_payload(data, start, end)
    return None if payload is None else Text(payload.decode("utf-8", "replace"))


def _right_above(data: Buffer, low: int, end: int, sighting: Sighting) -> Joined | None:
    """The request in the very line above an error of which nothing says whose it is: a request with
    an id is another's."""
    context = sighting.context
    if context.url or context.request_id or context.trace_id:
        return None
    for line in islice(_lines_above(data, low, end), 1):
        found = None if _IDENTIFIED.search(line.text) else _read(line.text)
        if found and found.url and found.method and not found.answered:
            reason = "it stands in the line above, and the error names no other"
            return _joined(found, sighting, reason, line)
    return None


def _lines_near(data: Buffer, low: int, end: int, path: str) -> Iterator[_Line]:
    """The lines right above a byte in which a path may stand."""
    last = path.rpartition("/")[2]
    if not _PLAIN.fullmatch(last):
        yield from islice(_lines_above(data, low, end), NEAR)
        return
    start = end
    for _ in range(NEAR):
        start = data.rfind(b"\n", low, max(low, start - 1)) + 1 or low
    yield from _lines_with(data, _bytes(last), start, end)


def _joined(found: Found, sighting: Sighting, reason: str, line: _Line) -> Joined:
    context = sighting.context
    method, url = found.method or context.method, found.url or context.url
    described = f"the request in line {sighting.place.line - line.above:,} of the log"
    request = Request(method, Text(url) if url else None, (), found.payload, described)
    return Joined(request, reason, line.above, line.text)


def _bears(text: str, id: str) -> bool:
    """Whether an id stands in a line, and not as a part of a longer one.

    One that is so short that it may be any word has to stand behind a name, in brackets, or first.
    """
    at = text.find(id)
    while at >= 0:
        before, after = text[max(0, at - 1) : at], text[at + len(id) : at + len(id) + 1]
        named = len(id) >= SHORT or before in _NAMED
        if named and not any(c.isalnum() or c in "-_" for c in before + after):
            return True
        at = text.find(id, at + 1)
    return False


def _may_be(found: Found, sighting: Sighting) -> bool:
    """Whether nothing that is known of both requests tells them apart."""
    context = sighting.context
    if found.method and context.method and found.method.upper() != context.method.upper():
        return False
    if not (found.url and context.url):
        return True
    (host, path), (other, same) = _parts(found.url), _parts(context.url)
    return path == same and (not host or not other or host == other)


def _parts(url: str) -> tuple[str, str]:
    """Host and path of a URL or of its path."""
    rest = url.partition("?")[0].partition("#")[0]
    if "://" not in rest:
        return "", rest.rstrip("/") or "/"
    host, _, path = rest.partition("://")[2].partition("/")
    return host.rpartition("@")[2].lower(), "/" + path.rstrip("/")


def _above(line: _Line) -> str:
    return "1 line above" if line.above == 1 else f"{line.above:,} lines above"
