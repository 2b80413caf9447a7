"""Content that is read forward into a buffer: files, streams, and what is left of a peek."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Protocol

Stop = Callable[[], bool]
"""Whether the user asked to stop."""
PATIENCE = 0.2
"""Seconds a stream is waited for before it is called idle."""


class Content:
    """Bytes that are read forward, once; expected failures become its `note`."""

    note: str | None = None
    """Why the content ended before its end, or what of it was not read."""

    def readinto(self, view: memoryview) -> int | None:
        """Fill a view from its start; 0 at the end, None when there is nothing for now."""
        raise NotImplementedError

    def taken(self) -> int:
        """Bytes of the stored file that were read so far, for a progress display."""
        return 0

    def close(self) -> None:
        """Give back what the system lent."""

    def __enter__(self) -> Content:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Layer(Content):
    """A content made of another one, which says how far it came and is closed with it."""

    def __init__(self, below: Content) -> None:
        self._below = below

    @property
    def note(self) -> str | None:  # type: ignore[override]  # read, not written
        """Why the content below ended before its end."""
        return self._below.note

    def taken(self) -> int:
        """See `Content`."""
        return self._below.taken()

    def close(self) -> None:
        """See `Content`."""
        self._below.close()


class Readable(Protocol):
    """A binary file, of the system or of fsspec."""

    def readinto(self, view: memoryview, /) -> int | None:
        """Fill a view from its start."""

    def seek(self, offset: int, /) -> int:
        """Go to a byte."""

    def close(self) -> None:
        """Give back what the system lent."""


class FileContent(Content):
    """A file from one of its bytes on; a fault in its midst ends it."""

    def __init__(self, file: Readable, start: int = 0) -> None:
        self._file = file
        self._start = self._at = start
        if start:
            file.seek(start)

    def readinto(self, view: memoryview) -> int | None:
        """See `Content`."""
        try:
            count = self._file.readinto(view) or 0
        except OSError as fault:
            self.note = f"could not be read on from byte {self._at:,}: {reason_of(fault)}"
            return 0
        self._at += count
        return count

    def taken(self) -> int:
        """See `Content`."""
        return self._at - self._start

    def close(self) -> None:
        """See `Content`."""
        self._file.close()


class StreamContent(Content):
    """A pipe or terminal; it is idle when nothing came for a moment, and ends when asked to."""

    def __init__(self, descriptor: int, stop: Stop) -> None:
        self._descriptor = descriptor
        self._stop = stop
        self._taken = 0

    def readinto(self, view: memoryview) -> int | None:
        """See `Content`."""
        if self._stop():
            return 0
        if not _has_more(self._descriptor):
            return None
        try:
            count = os.readv(self._descriptor, [view]) if _READV else self._copy(view)
        except OSError as fault:
            self.note = f"could not be read on: {reason_of(fault)}"
            return 0
        self._taken += count
        return count

    def _copy(self, view: memoryview) -> int:
        data = os.read(self._descriptor, len(view))
        view[: len(data)] = data
        return len(data)

    def taken(self) -> int:
        """See `Content`."""
        return self._taken


_READV = hasattr(os, "readv")


def _has_more(descriptor: int) -> bool:
    """Wait for a moment until a stream can be read without waiting; True where that is unknown."""
    import select

    try:
        return bool(select.select([descriptor], [], [], PATIENCE)[0])
    except (OSError, ValueError):  # Windows selects sockets alone; a descriptor may be too large
        return True


class Peeked(Layer):
    """A content whose first bytes are known before it is read."""

    def __init__(self, below: Content, least: int, most: int) -> None:
        """Read from `below` until `least` bytes are there; `most` are asked for."""
        super().__init__(below)
        self._head = memoryview(bytearray(most))
        filled = 0
        while filled < least:
            count = below.readinto(self._head[filled:])
            if count == 0:
                break
            filled += count or 0
        self._head = self._head[:filled]

    def head(self) -> bytes:
        """The first bytes, as long as none was read."""
        return bytes(self._head)

    def readinto(self, view: memoryview) -> int | None:
        """See `Content`."""
        if not self._head:
            return self._below.readinto(view)
        count = min(len(view), len(self._head))
        view[:count] = self._head[:count]
        self._head = self._head[count:]
        return count


def reason_of(fault: OSError) -> str:
    """What the system said, as part of a sentence."""
    said = fault.strerror or str(fault) or "cannot be read"
    return said[:1].lower() + said[1:]
