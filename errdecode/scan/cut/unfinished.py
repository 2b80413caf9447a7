"""The document that is still being written at the end of a log."""

from __future__ import annotations

from errdecode.scan.cut.blocks import Blocks
from errdecode.scan.cut.carriers import LIMIT, line_before, open_line

LONGEST = LIMIT
"""Bytes before the end in which such a document begins."""


def find_unfinished(data: bytes) -> int | None:
    """Where the line begins with which a document over several lines does that has no end yet.

    The data ends with a whole line.
    """
    line = line_before(data, len(data))
    while line and not line.raw.strip():
        line = line_before(data, line.start)
    if line is None:
        return None
    blocks = Blocks(data)
    carried = open_line(line)
    place = blocks.unclosed(line, carried)
    if place is None and b"<" in line.raw:
        place = blocks.unclosed_markup(line)
    return None if place is None else data.rfind(b"\n", 0, place) + 1
