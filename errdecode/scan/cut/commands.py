"""The command above its output, in what a terminal showed."""

from __future__ import annotations

import re

from errdecode.regex import expression
from errdecode.scan.cut.carriers import Buffer
from errdecode.scan.cut.marked import above_marks, above_returned
from errdecode.scan.cut.transcripts import REACH, Head

_CLIENT = expression(
    rb"(?:^|[\s;&|(>$%#\\/])(?:curl|wget|(?<=[$%#>] )https?)(?:\.exe)?['\"]?[ \t\\^`]", re.M
)
"""A client's name as it stands in a command."""
CLIENTS = (b"curl", b"wget", b" http")
"""How their names begin; a look at these comes before a closer one."""
_TAIL = expression(rb"(?:['\"]|^[A-Za-z_]\w{1,20})[ \t\r]*\n\Z", re.M)
"""The end of a command over lines: of a payload in quotes, or of a here-document."""
_GOES_ON = expression(rb"[\\^`][ \t\r]{0,4}\n\Z")
_QUOTES = (b"'", b'"')
_GOING_ON = (b"\\", b"^", b"`")
_GLANCE = 4 << 10
"""Bytes above a line in which a client's name is looked for, before a closer look."""
_MOST_BLANK = 3
_MOST_NAMES = 3
"""Lines with a client's name, from the last one up, at which a command may begin."""


def find_command(data: Buffer, start: int) -> Head | None:
    """What was asked by the command whose output begins with the line that begins at a place.

    None where no command ends right above it; what a client says of itself may stand between them.
    """
    place = _find_end(data, start)
    if place is None:
        return None
    low, above, end = place
    asked = read_command(bytes(data[above:end]))
    if asked:
        return Head(None, (), *asked, start=above)
    shown = bytes(data[low:above])
    names = {shown.rfind(b"\n", 0, found.end()) + 1 for found in _CLIENT.finditer(shown)}
    for begin in sorted(names, reverse=True)[:_MOST_NAMES]:
        asked = read_command(bytes(data[low + begin : end]))
        if asked:
            return Head(None, (), *asked, start=low + begin)
    return None


def may_follow_command(data: Buffer, start: int) -> bool:
    """Whether the line above the one that begins at a place may end a command, at a glance."""
    above = data.rfind(b"\n", max(0, start - REACH), start - 1) + 1
    line = data[above:start].rstrip()
    if any(name in line for name in CLIENTS):
        return True
    goes_on = above > 1 and data[above - 2 : above - 1] in _GOING_ON
    if not (goes_on or line[-1:] in _QUOTES or line.isalnum()):
        return False
    return _names_one(data, max(0, above - _GLANCE), above)


def _find_end(data: Buffer, start: int) -> tuple[int, int, int] | None:
    """Where the last line of a command begins and ends, if the one above a place may be one; before
    them, where the command begins at the earliest."""
    end = above_marks(data, above_returned(data, above_marks(data, start)))
    for _ in range(_MOST_BLANK):
        end = end - 1 if data[max(0, end - 2) : end] == b"\n\n" else end
    low = max(0, end - REACH)
    if low:
        low = data.find(b"\n", low, end) + 1
    above = data.rfind(b"\n", low, max(low, end - 1)) + 1 or low
    return (low, above, end) if _may_end(data, low, above, end) else None


def names_client(line: bytes) -> bool:
    """Whether a client's name stands in a line as it does in a command."""
    return any(name in line for name in CLIENTS) and _CLIENT.search(line) is not None


def _may_end(data: Buffer, low: int, above: int, end: int) -> bool:
    """Whether it looks as if the line between two places were the last one of a command."""
    line = bytes(data[above:end])
    if names_client(line):
        return True
    if not (_TAIL.search(line[-80:]) or _GOES_ON.search(data[max(low, above - 8) : above])):
        return False
    return _names_one(data, low, end)


def _names_one(data: Buffer, start: int, end: int) -> bool:
    """Whether a client's name stands between two places."""
    return data.find(b"curl", start, end) >= 0 or data.find(b"wget", start, end) >= 0


def read_command(shown: bytes) -> tuple[str | None, str | None] | None:
    """Method and address of the last command in a text, if the text ends with it."""
    from errdecode.capture.command import find_commands
    from errdecode.model import Text

    if not names_client(shown):
        return None
    text = shown.decode("utf-8", "replace")
    commands = find_commands(Text(text))
    last = commands[-1] if commands else None
    if last is None or text[last.end :].strip():
        return None
    if any(note.kind == "truncated" for note in last.notes):  # it goes on: it is the payload's line
        return None
    return last.request.method, last.request.url.value if last.request.url else None
