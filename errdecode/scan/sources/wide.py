"""Where a text that is stored as UTF-16 or UTF-32, and read as UTF-8, stands in its file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

_MARKS = {"utf-16": 2, "utf-32": 4}
"""Bytes of the mark before a text, which the names of charsets without an order of bytes imply."""
_FOLLOWING = bytes(range(0x80, 0xC0))
"""The bytes of UTF-8 that begin no character (RFC 3629, section 3)."""
_FAR = bytes(range(0xF0, 0x100))
"""Those that begin one which takes two units of UTF-16 (RFC 2781, section 2.1)."""


def charset_of(layers: Sequence[str]) -> str | None:
    """The wide encoding among the layers of a source, of which it is the innermost."""
    return layers[-1] if layers and layers[-1].startswith("utf-") else None


def first_byte_of(charset: str) -> int:
    """Where the text begins in its file: behind the mark, if there is one."""
    return _MARKS.get(charset, 0)


def measure(text: bytes | bytearray, charset: str) -> int:
    """How many bytes some UTF-8 takes in a wide encoding; a character counts where it begins."""
    characters = len(text.translate(None, _FOLLOWING))
    if charset.startswith("utf-32"):
        return 4 * characters
    return 2 * (characters + len(text) - len(text.translate(None, _FAR)))


class Finder:
    """Finds the byte of the UTF-8 that stands at a byte of the file, while it is read once."""

    def __init__(self, charset: str, stored: int) -> None:
        self._charset = charset
        self._left = stored - first_byte_of(charset)
        self.place = 0
        """Bytes of the UTF-8 before it, as far as it was read."""
        self.found = self._left < 0
        """Whether nothing more has to be read."""

    def take(self, piece: bytes) -> None:
        """Look at the next piece of the text."""
        if self.found:
            return
        whole = measure(piece, self._charset)
        if whole <= self._left:
            self._left -= whole
            self.place += len(piece)
            return
        ends = range(len(piece) + 1)
        self.place += bisect_right(ends, self._left, key=lambda end: self._measure(piece, end)) - 1
        self.found = True

    def _measure(self, piece: bytes, end: int) -> int:
        return measure(piece[:end], self._charset)
