"""The chunked transfer coding (RFC 9112, section 7.1), undone in a body pasted raw."""

from __future__ import annotations

from errdecode.model import Note, Text
from errdecode.regex import expression
from errdecode.source import end_of_bytes, join

_SIZE = expression(r"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_MOST_CHUNKS = 100_000


def dechunk(body: Text) -> tuple[Text, tuple[Note, ...]]:
    """Take the chunk sizes out of a body; without chunks throughout it comes back as it was.

    Sizes count bytes. A last chunk that is cut off is kept, and noted.
    """
    value = body.value
    pieces: list[tuple[int, int]] = []
    at = 0
    while len(pieces) < _MOST_CHUNKS and (size := _SIZE.match(value, at)):
        length = int(size[1], 16)
        if length == 0:
            return join(body, pieces), (
                Note(
                    "chunked", "the chunk sizes of the transfer coding were taken out of the body"
                ),
            )
        start = size.end()
        stop = end_of_bytes(value, start, length, body.encoding)
        if stop is None:
            return _cut_off(body, pieces, start)
        pieces.append((start, stop))
        at = stop + (
            2 if value.startswith("\r\n", stop) else 1 if value.startswith("\n", stop) else 0
        )
        if at == stop and stop < len(value):
            return body, ()
    if pieces and at >= len(value):
        return _cut_off(body, pieces, at)
    return body, ()


def _cut_off(
    body: Text, pieces: list[tuple[int, int]], start: int
) -> tuple[Text, tuple[Note, ...]]:
    """Keep what is there of chunks whose last one is cut off; a bare number is no chunk."""
    rest = body.value[start:].lstrip()
    if not pieces and rest[:1] not in ("{", "[", "<"):
        return body, ()
    notes = (
        Note("chunked", "the chunk sizes of the transfer coding were taken out of the body"),
        Note("truncated", "the last chunk of the body is missing or cut off"),
    )
    return join(body, [*pieces, (start, len(body.value))]), notes
