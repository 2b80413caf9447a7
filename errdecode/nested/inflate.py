"""Compressed bytes, decompressed up to a limit: gzip (RFC 1952) and zlib (RFC 1950)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdecode.model import Note
from errdecode.model.record import NamedTuple

if TYPE_CHECKING:
    import zlib

LIMIT = 64 << 20
"""Bytes of a decompressed file; `--max-bytes` has the same default."""

_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 16
_EITHER = 47
"""zlib's window bits: the largest window (15), gzip or zlib by the header (32)."""
_MEMBERS = 1000
"""Members of a gzip file (RFC 1952, section 2.2) that are read."""


class Inflated(NamedTuple):
    """What could be decompressed."""

    data: bytes
    step: str
    """gzip or zlib."""
    notes: tuple[Note, ...] = ()
    """A note of kind `truncated` or `limit` when it is not all."""

    @property
    def is_limited(self) -> bool:
        """Whether there is more than the limit allows."""
        return any(note.kind == "limit" for note in self.notes)


def gunzip_bytes(data: bytes, limit: int = LIMIT) -> Inflated | None:
    """Decompress a gzip file up to `limit` bytes; None when it is none or holds nothing.

    Of a file that is cut off or damaged comes what could be read, with a note.
    """
    return inflate(data, limit) if data.startswith(_GZIP) else None


def inflate(data: bytes, limit: int) -> Inflated | None:
    """Decompress gzip or zlib, told by the first bytes; None when it is neither.

    The memory used is bounded by `limit`, whatever the ratio of the compression. As two bytes are
    soon found by chance, zlib counts only when it is complete.
    """
    if data.startswith(_GZIP):
        out, state = _run(data, limit)
        return Inflated(out, "gzip", _tell(state, limit)) if out else None
    if data[:1] != b"\x78" or int.from_bytes(data[:2], "big") % 31:  # RFC 1950, section 2.2
        return None
    out, state = _run(data, limit)
    return Inflated(out, "zlib", _tell(state, limit)) if out and state != "truncated" else None


def _tell(state: str, limit: int) -> tuple[Note, ...]:
    if state == "limit":
        return (Note("limit", f"more than {limit} bytes when decompressed; the rest is left out"),)
    if state == "truncated":
        return (Note("truncated", "the compressed data is cut off or damaged"),)
    return ()


def _run(data: bytes, limit: int) -> tuple[bytes, str]:
    """Decompress all members: the bytes, and `complete`, `truncated` or `limit`.

    The input is fed in chunks, so that what lies behind a member is never copied as a whole.
    """
    import zlib

    parts: list[bytes] = []
    room, at, members = limit, 0, 1
    member = zlib.decompressobj(_EITHER)
    while at < len(data):
        saved = member.copy()
        chunk = data[at : at + _CHUNK]
        try:
            piece = member.decompress(chunk, room + 1)
        except zlib.error:
            parts.append(_salvage(saved, chunk, room))
            break
        at += len(chunk) - len(member.unused_data)
        parts.append(piece[:room])
        if len(piece) > room or members > _MEMBERS:
            return b"".join(parts), "limit"
        room -= len(piece)
        if member.eof:
            if data[at : at + 2] != _GZIP:
                return b"".join(parts), "complete"
            members += 1
            member = zlib.decompressobj(_EITHER)
    return b"".join(parts), "truncated"


def _salvage(member: zlib._Decompress, chunk: bytes, room: int) -> bytes:
    """Decompress a damaged chunk byte by byte, as far as it goes."""
    import zlib

    parts: list[bytes] = []
    for at in range(len(chunk)):
        if room <= 0:
            break
        try:
            piece = member.decompress(chunk[at : at + 1], room)
        except zlib.error:
            break
        parts.append(piece)
        room -= len(piece)
    return b"".join(parts)
