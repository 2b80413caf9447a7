"""The compiled index as it lies on disk: a head that is read at once, lines that are read when they
are asked for."""

from __future__ import annotations

import json

from errdecode.model import JSON

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mmap import mmap


class Store:
    """One compiled index, opened."""

    def __init__(self, data: bytes | mmap, begin: int = 0, folder: str | None = None) -> None:
        """`begin`: the first byte of the index in `data`, 0-based; `folder`: where the files of an
        overlay are."""
        self.folder = folder
        self._data = data
        end = data.find(b"\n", begin)
        self._lines = end + 1
        self.head: dict[str, JSON] = json.loads(data[begin:end])

    def read(self, place: JSON) -> JSON:
        """The line at a place: its first byte, counted from the end of the head, and its length."""
        start, length = map(int, place)  # type: ignore[arg-type]  # our own compiled index
        first = self._lines + start
        line: JSON = json.loads(self._data[first : first + length])
        return line


def has_stamp(path: str, stamp: bytes) -> bool:
    """Whether there is a file that begins with a stamp and a line feed."""
    try:
        with open(path, "rb") as file:
            return file.read(len(stamp) + 1) == stamp + b"\n"
    except OSError:
        return False


def open_store(path: str, stamp: bytes = b"", folder: str | None = None) -> Store | None:
    """Open an index file, behind its stamp if it has one; None when it is not as it should be."""
    from mmap import ACCESS_READ, mmap

    begin = len(stamp) + 1 if stamp else 0
    try:
        with open(path, "rb") as file:
            data = mmap(file.fileno(), 0, access=ACCESS_READ)
    except (OSError, ValueError):  # none, or empty
        return None
    return Store(data, begin, folder) if data[:begin] == (stamp + b"\n")[:begin] else None
