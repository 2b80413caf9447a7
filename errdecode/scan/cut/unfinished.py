"""What is still being written at the end of a log: a document, an answer's head."""

from __future__ import annotations

from errdecode.scan.cut.blocks import Blocks
from errdecode.scan.cut.carriers import LIMIT, line_before, open_line
from errdecode.scan.cut.prints import Prints
from errdecode.scan.cut.transcripts import FIELD, STATUS

LONGEST = LIMIT
"""Bytes before the end in which such a document begins."""
_MOST_LINES = 200
"""Of a head."""
_BLANK = (b"", b"<")


def find_unfinished(data: bytes) -> int | None:
    """Where the line begins with which a document over several lines does that has no end yet, or
    the head of an answer that refuses, whose body is not there yet.

    The data ends with a whole line.
    """
    head = _find_head(data)
    if head is not None:
        return head
    line = line_before(data, len(data))
    while line and not line.raw.strip():
        line = line_before(data, line.start)
    if line is None:
        return None
    blocks = Blocks(data)
    carried = open_line(line)
    place = Prints(data).unclosed(line, carried)
    if place is None:
        place = blocks.unclosed(line, carried)
    if place is None and b"<" in line.raw:
        place = blocks.unclosed_markup(line)
    return None if place is None else data.rfind(b"\n", 0, place) + 1


def _find_head(data: bytes) -> int | None:
    """Where the head of an answer that refuses begins, if nothing but its fields is behind it."""
    line, ended = line_before(data, len(data)), False
    for number in range(_MOST_LINES):
        if line is None:
            return None
        status = STATUS.match(line.raw)
        if status:
            return line.start if status[1] >= b"400" else None
        ended = ended or (number == 0 and line.raw.strip() in _BLANK)
        field = FIELD.match(line.raw)
        if field is None and not (ended and number == 0):
            return None
        if ended and field and field[1].lower() == b"content-length" and field[2].strip() == b"0":
            return None
        line = line_before(data, line.start)
    return None
