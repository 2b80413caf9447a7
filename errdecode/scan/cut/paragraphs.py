"""Words over several lines: what a client printed of an answer, a message that goes on."""

from __future__ import annotations

from errdecode.scan.cut.answers import BEGINS, is_behind
from errdecode.scan.cut.carriers import Buffer
from errdecode.scan.cut.cutouts import Cutout
from errdecode.scan.cut.json_values import MISSING
from errdecode.scan.cut.views import View

_MOST = 16
"""Lines of a paragraph."""
_REACH = 8 << 10
"""Bytes of a paragraph."""
_RECORD = (b'{"', b"<")


def find_paragraph(data: Buffer, cutout: Cutout) -> Cutout | None:
    """The words that a line of words stands among; None where it stands alone, or among many.

    They begin with a record of a log or behind an empty line, and go up to the next one.
    """
    if cutout.kind != "text" or cutout.how != "body" or cutout.start != cutout.line:
        return None
    if _is_apart(cutout.view.text):
        return None
    start = _begin(data, cutout.line)
    end = None if start is None else _end(data, cutout.end)
    if start is None or end is None or (start, end) == (cutout.start, cutout.end):
        return None
    if end - start > _REACH or data.count(b"\n", start, end) >= _MOST:
        return None
    view = View(bytes(data[start:end]).rstrip(), start)
    return Cutout(view, "text", MISSING, True, "body", start)


def _begin(data: Buffer, start: int) -> int | None:
    """Where the first line begins; None when it is far above."""
    lowest = max(0, start - _REACH)
    for _ in range(_MOST):
        if start == 0 or BEGINS.match(data, start):
            return start
        above = data.rfind(b"\n", lowest, start - 1) + 1
        if above == 0 and lowest:
            return None
        line = bytes(data[above:start])
        if _is_apart(line):
            return start
        start = above
    return None


def _end(data: Buffer, end: int) -> int | None:
    """Where the last line ends; None when it is far below."""
    highest = end + _REACH
    for _ in range(_MOST):
        if end + 1 >= len(data):
            return end
        stop = data.find(b"\n", end + 1, highest)
        if stop < 0 and highest < len(data):
            return None
        line = bytes(data[end + 1 : stop if stop >= 0 else len(data)])
        if _is_apart(line) or BEGINS.match(line):
            return end
        end = end + 1 + len(line)
    return None


def _is_apart(line: bytes) -> bool:
    """Whether a line is none of the words, neither above nor below it."""
    line = line.rstrip()
    if not line or line.startswith(_RECORD) or (line.endswith(b"}") and b'{"' in line):
        return True
    return is_behind(line) and not BEGINS.match(line)
