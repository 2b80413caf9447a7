"""What carries a log line: Docker's and Kubernetes' own words around it, and lines they broke."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.scan.cut.views import View, part, unescape_json

Buffer = bytes | bytearray
"""The bytes of a window."""

LIMIT = 256 << 10
"""Bytes of a line that are read, and of a document over several lines."""
MOST_PIECES = 64
"""Pieces of one line that a carrier broke."""
_CRI = expression(
    rb"\d{4}-\d\d-\d\dT[0-9:.]{8,20}(?:Z|[+-]\d\d:\d\d) (stdout|stderr) ([FP])(?::\w+)* ?"
)
"""kubernetes/design-proposals-archive, kubelet-cri-logging: time, stream, tags, content."""
_DOCKER = expression(rb'\{"log":"((?:[^"\\]|\\.)*+)"')
MEMBERS = ("MESSAGE", "message", "msg", "log", "textPayload", "line")
"""Members of a record that hold a line of what a program printed."""
_RECORD = expression(
    rb'(?<!\\)"(' + "|".join(MEMBERS).encode() + rb')"\s?:\s?"((?:[^"\\]|\\.)*+)"', re.DOTALL
)
_STREAM = expression(rb'"stream":"(\w+)"')


class Line(NamedTuple):
    """A line of a log, without its end."""

    start: int
    end: int
    raw: bytes


class Carried(NamedTuple):
    """A line as its carrier took it."""

    carrier: str
    """plain, docker, cri or record."""
    content: View
    whole: bool = True
    """False: the carrier broke the line, and the next one of its stream goes on with it."""
    stream: bytes = b""
    """Of a record, the member that holds the line."""


def line_at(data: Buffer, start: int) -> Line:
    """The line that begins at a place; of a longer one than LIMIT only its beginning."""
    end = data.find(b"\n", start, start + LIMIT)
    if end < 0:
        end = min(len(data), start + LIMIT)
    raw = bytes(data[start:end])
    return Line(start, end, raw)


def line_before(data: Buffer, start: int) -> Line | None:
    """The line before the one that begins at a place; None at the beginning, or if it is long."""
    if start <= 0:
        return None
    end = start - 1
    lowest = max(0, end - LIMIT)
    begin = data.rfind(b"\n", lowest, end) + 1
    if begin == 0 and lowest > 0:
        return None
    return Line(begin, end, bytes(data[begin:end]))


def open_line(line: Line) -> Carried:
    """Take the content of a line out of what its carrier wrote around it."""
    raw, view = line.raw, View(line.raw, line.start)
    if raw[:8] == b'{"log":"':
        end = raw.find(b'","stream":"')  # as Docker itself writes it
        content = unescape_json(view, 8, end) if end >= 0 else None
        if content is None and (found := _DOCKER.match(raw)):
            end = found.end(1)
            content = unescape_json(view, 8, end)
        if content is not None:
            whole = content.text.endswith(b"\n")
            stop = len(content.text) - whole
            stream = _STREAM.search(raw, end)
            return Carried("docker", part(content, 0, stop), whole, stream[1] if stream else b"")
    cri = _CRI.match(raw) if raw[:1].isdigit() else None
    if cri:
        content = part(view, cri.end(), len(raw))
        return Carried("cri", content, cri[2] == b"F", cri[1])
    return Carried("plain", view)


def open_record(line: Line) -> Carried | None:
    """Take what a program printed out of a line that is a JSON record of it; None for any other."""
    found = _RECORD.search(line.raw) if line.raw[:1] == b"{" else None
    content = unescape_json(View(line.raw, line.start), *found.span(2)) if found else None
    if found is None or content is None:
        return None
    stop = len(content.text) - content.text.endswith(b"\n")
    return Carried("record", part(content, 0, stop), stream=found[1])


def open_like(line: Line, carried: Carried) -> Carried:
    """Take the content of a line out of what carries it, if that is what carries another one."""
    record = open_record(line) if carried.carrier == "record" else None
    return record if record and record.stream == carried.stream else open_line(line)


def join(views: Sequence[View], between: bytes = b"") -> View:
    """Put texts together to one, which knows where each of its bytes stands."""
    starts, at = [], 0
    for view in views:
        starts.append(at)
        at += len(view.text) + len(between)

    def way(place: int) -> int:
        number = max(0, bisect_right(starts, place) - 1)
        view = views[number]
        return view.locate(min(place - starts[number], len(view.text)))

    return View(between.join(view.text for view in views), views[0].locate(0), way)


def _is_whole(raw: bytes) -> bool:
    """Whether a line is surely not broken, at a glance."""
    if raw[:8] == b'{"log":"':
        return b'\\n","stream"' in raw
    return not raw[:1].isdigit() or b" P " not in raw[:60]


class Mended(NamedTuple):
    """A line that its carrier broke, in one piece again."""

    content: View
    start: int
    end: int
    """In the log's bytes: from the first piece to the end of the last one."""


def mend(data: Buffer, line: Line, carried: Carried) -> Mended | None:
    """Put a broken line together again; None when it is not broken."""
    pieces, first, last = [carried.content], line, line
    before: Line | None = line
    for _ in range(MOST_PIECES):
        before = line_before(data, before.start) if before else None
        if before is None or _is_whole(before.raw):
            break
        opened = open_line(before)
        if opened.carrier != carried.carrier:
            break
        if opened.stream == carried.stream:
            if opened.whole:
                break
            pieces.insert(0, opened.content)
            first = before
    whole, after = carried.whole, line
    for _ in range(MOST_PIECES):
        if whole or after.end >= len(data):
            break
        after = line_at(data, after.end + 1)
        opened = open_line(after)
        if opened.carrier != carried.carrier:
            break
        if opened.stream == carried.stream:
            pieces.append(opened.content)
            whole, last = opened.whole, after
    if len(pieces) == 1:
        return None
    return Mended(join(pieces), first.start, last.end)
