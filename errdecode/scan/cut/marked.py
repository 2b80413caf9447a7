"""The lines that curl writes among those of an answer: about itself, and how far it has come."""

from __future__ import annotations

from errdecode.regex import expression
from errdecode.scan.cut.carriers import Buffer

FAILURE = b"curl: ("
"""How a line begins in which curl says that it failed."""
RETURNED = b"curl: (22) The requested URL returned error: "
"""How it begins where the failure is the status of an answer (`--fail`)."""
GIVEN_UP = b"* The requested URL returned error: "
"""What stands in the place of the empty line below a head where curl reads no further."""
LONGEST = 400
"""Bytes of a line that curl writes for itself, at the most."""
_MOST = 40
"""Such lines that are stepped over."""
_BEGINS = (b"* ", b"{ ", b"} ", b"  ", b"\r ", b"\r1", b"10")
"""What each of them begins with, told at a glance."""
_PROGRESS = expression(
    rb"[{}] \[\d{1,12} bytes data\][ \r]*$|  % Total|[ ]{20,40}Dload"
    rb"|\r?[ ]{0,4}(?:\d[\d.]{0,9}[kMGTP]?[ ]{1,12}){8}[-\d]"
)
"""How much was sent or received, with `-v` and in the progress meter."""


def above_marks(data: Buffer, start: int) -> int:
    """Where the first of the lines begins that curl wrote of itself right above the one that begins
    at a place; the place itself without any."""
    for _ in range(_MOST):
        above = data.rfind(b"\n", max(0, start - LONGEST), start - 1) + 1
        if not above or data[above : above + 2] not in _BEGINS:
            return start
        if not is_marked(bytes(data[above:start])):
            return start
        start = above
    return start


def above_returned(data: Buffer, start: int) -> int:
    """Where the line above begins, if curl says in it that it failed by a status, which stands
    before the answer where both went to a file; the place itself if not."""
    above = data.rfind(b"\n", max(0, start - LONGEST), max(0, start - 1)) + 1
    whole = above > 0 or start <= LONGEST
    return above if whole and above < start and data.startswith(RETURNED, above) else start


def below_marks(data: Buffer, start: int) -> int:
    """Where the first line begins, from a place on, that curl did not write of itself."""
    for _ in range(_MOST):
        stop = data.find(b"\n", start, start + LONGEST) + 1
        if not stop or data[start : start + 2] not in _BEGINS:
            return start
        if not is_marked(bytes(data[start:stop])):
            return start
        start = stop
    return start


def is_marked(line: bytes) -> bool:
    """Whether curl wrote a line of itself, and it is no part of an answer."""
    if line[:2] == b"* ":
        from errdecode.capture.marks import INFORMATION

        return INFORMATION.match(line.decode("latin-1")) is not None
    return _PROGRESS.match(line) is not None
