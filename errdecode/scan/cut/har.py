"""The entries of a HAR file (version 1.2), one by one, in a stream of any length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from errdecode.model.record import NamedTuple
from errdecode.regex import expression

LARGEST = 32 << 20
"""Bytes of an entry that is read; larger ones are passed over and said to be so."""
_ENTRIES = expression(rb'"entries"\s*:\s*\[')
_LONGEST_HEAD = 1 << 20
"""Bytes in front of the entries: creator, browser, pages."""
_MARK = expression(rb'["{}]')
_STRING_END = expression(rb'["\\]')


class Entry(NamedTuple):
    """An entry as it stands in the file."""

    offset: int
    """Of its first byte, 0-based."""
    raw: bytes | None
    """None when it is larger than LARGEST."""
    newlines: int
    """Before it in the file."""


class _Stream:
    """The part of a stream that is needed, and where it begins."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self.data = bytearray()
        self.base = 0
        self.newlines = 0
        self.whole = True

    def more(self) -> bool:
        """Take another chunk; False at the end."""
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        self.data += chunk
        return True

    def drop(self, end: int) -> None:
        """Forget what stands before a place."""
        self.newlines += self.data.count(b"\n", 0, end)
        del self.data[:end]
        self.base += end


def read_entries(chunks: Iterable[bytes]) -> Iterator[Entry]:
    """Yield the entries of a HAR file; none when it is no such file, and none that is cut off.

    No more than one entry and a chunk is held at a time.
    """
    stream = _Stream(chunks)
    while (found := _ENTRIES.search(stream.data)) is None:
        if len(stream.data) > _LONGEST_HEAD or not stream.more():
            return
    stream.drop(found.end())
    while _goes_on(stream):
        base, newlines = stream.base, stream.newlines
        end = _find_end(stream)
        if end is None:
            return
        yield Entry(base, bytes(stream.data[:end]) if stream.whole else None, newlines)
        stream.drop(end)


def _goes_on(stream: _Stream) -> bool:
    """Step to the next entry."""
    while True:
        first = len(stream.data) - len(stream.data.lstrip(b" \t\r\n,"))
        stream.drop(first)
        if stream.data:
            return stream.data[:1] == b"{"
        if not stream.more():
            return False


def _find_end(stream: _Stream) -> int | None:
    """Where the object at the beginning of the stream ends; None when the stream ends before.

    Of one that is too large what was stepped over is dropped.
    """
    depth, at, quoted = 0, 0, False
    stream.whole = True
    while True:
        found = (_STRING_END if quoted else _MARK).search(stream.data, at)
        if found is None:
            at = len(stream.data)
        elif found[0] == b"\\":
            if found.end() < len(stream.data):
                at = found.end() + 1
                continue
            at = found.start()
        else:
            at = found.end()
            if found[0] == b'"':
                quoted = not quoted
            else:
                depth += 1 if found[0] == b"{" else -1
            if depth == 0:
                return at
            continue
        if at > LARGEST:
            stream.drop(at)
            stream.whole, at = False, 0
        if not stream.more():
            return None
