"""The request that an error in a log answers: found in the same file, and never without a reason.

By the request id that both bear, else by the trace id, else because it is the last one before the
error to the same path; what the error's own record says of its request comes before all.
"""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.model import Request, Text
from errdecode.model.record import NamedTuple
from errdecode.scan.model import Sighting
from errdecode.scan.requests import Found, read_request

NEAR = 200
"""Lines above an error in which the request to the same path is looked for."""
_MASK = "•"


class Joined(NamedTuple):
    """A request, and why it is taken for the error's."""

    request: Request
    reason: str
    above: int
    """How many lines above the error it stands; 0: in the error's own."""


class _Line(NamedTuple):
    above: int
    text: str


def find_request(data: bytes, start: int, end: int, sighting: Sighting) -> Joined | None:
    """Find the request of an error whose body stands between two bytes of a part of its file.

    Lines that stand above the part are out of reach. What the error's own context says of method
    and URL completes what is found.
    """
    line = data.rfind(b"\n", 0, start) + 1
    stop = data.find(b"\n", end)
    own = _Line(0, data[line : stop if stop >= 0 else len(data)].decode("utf-8", "replace"))
    context = sighting.context
    found = _in_record(own, data[line:start].decode("utf-8", "replace"))
    if found and found.payload:
        return _joined(found, sighting, "it stands in the error's own record", 0)
    lines = list(_lines_above(data, line))
    for name, id in (("request id", context.request_id), ("trace id", context.trace_id)):
        bare = (id or "").strip(":;,.")
        if bare and _MASK not in bare:
            joined = _by_id(lines, name, bare, sighting)
            if joined:
                return joined
    near = _nearest(lines[:NEAR], sighting)
    if near:
        return near
    if found:
        return _joined(found, sighting, "the error's own record names it", 0)
    return None


def _in_record(own: _Line, before: str) -> Found | None:
    """What the record that bears the error says of the request."""
    whole = own.text.lstrip().startswith("{")
    return read_request(own.text if whole else before, answered=True)


def _lines_above(data: bytes, end: int) -> Iterator[_Line]:
    """The lines above a byte at which a line begins, the nearest first."""
    above = 0
    while end > 0:
        start = data.rfind(b"\n", 0, end - 1) + 1
        above += 1
        yield _Line(above, data[start : end - 1].decode("utf-8", "replace"))
        end = start


def _by_id(lines: list[_Line], name: str, id: str, sighting: Sighting) -> Joined | None:
    """What the lines with the same id tell of a request: the nearest of each, put together."""
    method = url = payload = place = None
    for line in lines:
        if not _bears(line.text, id):
            continue
        found = read_request(line.text)
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
    return _joined(Found(method, url, payload), sighting, reason, place.above)


def _nearest(lines: list[_Line], sighting: Sighting) -> Joined | None:
    """The last request before the error to the same path."""
    if not sighting.context.url:
        return None
    for line in lines:
        found = read_request(line.text)
        if found and found.url and _may_be(found, sighting):
            path = _parts(found.url)[1]
            reason = f"it is the last request to {path} before the error, {_above(line)}"
            return _joined(found, sighting, reason, line.above)
    return None


def _joined(found: Found, sighting: Sighting, reason: str, above: int) -> Joined:
    context = sighting.context
    method, url = found.method or context.method, found.url or context.url
    described = f"the request in line {sighting.place.line - above:,} of the log"
    request = Request(method, Text(url) if url else None, (), found.payload, described)
    return Joined(request, reason, above)


def _bears(text: str, id: str) -> bool:
    """Whether an id stands in a line, and not as a part of a longer one."""
    at = text.find(id)
    while at >= 0:
        around = text[max(0, at - 1) : at] + text[at + len(id) : at + len(id) + 1]
        if not any(c.isalnum() or c in "-_" for c in around):
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
