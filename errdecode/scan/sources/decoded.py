"""Content behind a coding: gzip, bzip2, xz and zstd undone, wide encodings put as UTF-8."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from errdecode.scan.sources.content import Content, Layer
from errdecode.scan.sources.kinds import coding_of

if TYPE_CHECKING:
    from zstandard import ZstdDecompressionObj

MOST_MEMORY = 80 << 20
"""Bytes a decompressor may take for its dictionary; `xz -9` needs 65 MiB."""
_ZSTD_WINDOW = 26  # 64 MiB
_FEED = 256 * 1024
_FEED_ZSTD = 1024  # the zstandard package has no limit per call: 1 KB gives 32 MiB at the most
_SHORT = 16  # bytes that tell whether another member follows


class Decompressor(Protocol):
    """What `bz2`, `lzma` and Python 3.14's `compression.zstd` have in common."""

    @property
    def eof(self) -> bool:
        """Whether the end of the compressed data was reached."""

    @property
    def unused_data(self) -> bytes:
        """What follows the end."""

    @property
    def needs_input(self) -> bool:
        """Whether more input is needed before more output can come."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Take some input and give at most so many bytes."""


class Decompressed(Layer):
    """The content of a compressed one, all members of it; damage ends it, with a note."""

    def __init__(self, below: Content, coding: str) -> None:
        """Raises `ImportError`, which says what to install, when there is no decompressor."""
        super().__init__(below)
        self._said: str | None = None
        self._coding = coding
        self._make = DECOMPRESSORS[coding]()
        self._feed = memoryview(bytearray(_FEED_ZSTD if _is_foreign(coding) else _FEED))
        self._one = self._make()
        self._rest = memoryview(b"")  # of an output that was larger than asked for
        self._input = b""
        self._ended = False

    def readinto(self, view: memoryview) -> int | None:
        """See `Content`."""
        while not self._rest:
            data = self._step(len(view))
            if not data:
                return 0 if data is not None else None
            self._rest = memoryview(data)
        count = min(len(view), len(self._rest))
        view[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    @property
    def note(self) -> str | None:  # type: ignore[override]  # read, not written
        """What was not read of it, and why."""
        return self._said or self._below.note

    def _step(self, most: int) -> bytes | None:
        """The next bytes; empty at the end, None when there is nothing for now."""
        while True:
            if self._ended:
                return b""
            if self._one.eof:
                more = self._next_member()
                if not more:
                    return None if more is None else b""
            if self._one.needs_input and not self._input:
                count = self._below.readinto(self._feed)
                if count is None:
                    return None
                if count == 0:
                    self._end("it ends in the midst")
                    return b""
                self._input = bytes(self._feed[:count])
            try:
                data = self._one.decompress(self._input, most)
            except Exception as fault:  # each library has its own
                self._end(f"it is damaged ({_said(fault)})")
                return b""
            self._input = b""
            if data:
                return data

    def _next_member(self) -> bool | None:
        """Go on behind the end of a member: RFC 1952 section 2.2 lets several follow one another,
        and padding is skipped. False at the end, None when there is nothing for now."""
        if not isinstance(self._one, _Between):
            self._one = _Between(self._one.unused_data.lstrip(b"\x00"))
        while len(self._one.unused_data) < _SHORT:
            count = self._below.readinto(self._feed)
            if count is None:
                return None
            if count == 0:
                break
            self._one.unused_data = (self._one.unused_data + self._feed[:count]).lstrip(b"\x00")
        rest = self._one.unused_data
        if coding_of(rest) == self._coding:
            self._one, self._input = self._make(), rest
            return True
        self._ended = True
        if rest:
            self._said = f"what follows the {self._coding} data in it was left out"
        return False

    def _end(self, why: str) -> None:
        self._said = self._below.note or why
        self._one, self._input, self._ended = _Between(b""), b"", True


class _Between:
    """A decompressor behind its end, while it is looked for what follows."""

    eof = True
    needs_input = False

    def __init__(self, rest: bytes) -> None:
        self.unused_data = rest

    def decompress(self, _data: bytes, _most: int) -> bytes:
        return b""


def _said(fault: Exception) -> str:
    return str(fault).strip().splitlines()[0][:100] if str(fault).strip() else type(fault).__name__


def _gzip() -> Callable[[], Decompressor]:
    try:
        from isal.igzip_lib import DECOMP_GZIP, IgzipDecompressor
    except ImportError:
        return _Zlib
    return lambda: IgzipDecompressor(DECOMP_GZIP)


class _Zlib:
    """`zlib` with the manners of `bz2`."""

    def __init__(self) -> None:
        import zlib

        self._one = zlib.decompressobj(31)  # gzip alone

    @property
    def eof(self) -> bool:
        return self._one.eof

    @property
    def unused_data(self) -> bytes:
        return self._one.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._one.unconsumed_tail

    def decompress(self, data: bytes, most: int) -> bytes:
        return self._one.decompress(self._one.unconsumed_tail + data, most)


def _bzip2() -> Callable[[], Decompressor]:
    from bz2 import BZ2Decompressor

    return BZ2Decompressor


def _xz() -> Callable[[], Decompressor]:
    from lzma import FORMAT_XZ, LZMADecompressor

    return lambda: LZMADecompressor(FORMAT_XZ, MOST_MEMORY)


def _zstd() -> Callable[[], Decompressor]:
    if sys.version_info >= (3, 14):
        from compression.zstd import DecompressionParameter, ZstdDecompressor

        options = {DecompressionParameter.window_log_max: _ZSTD_WINDOW}
        return lambda: ZstdDecompressor(options=options)
    return _zstandard()


def _zstandard() -> Callable[[], Decompressor]:
    try:
        from zstandard import ZstdDecompressor
    except ImportError:
        raise ImportError("compressed by zstd: install zstandard") from None
    whole = ZstdDecompressor(max_window_size=1 << _ZSTD_WINDOW)
    return lambda: _Zstandard(whole.decompressobj())


class _Zstandard:
    """The zstandard package with the manners of `bz2`; it gives all that one feed holds."""

    needs_input = True

    def __init__(self, one: ZstdDecompressionObj) -> None:
        self._one = one

    @property
    def eof(self) -> bool:
        return self._one.eof

    @property
    def unused_data(self) -> bytes:
        return self._one.unused_data

    def decompress(self, data: bytes, _most: int) -> bytes:
        return self._one.decompress(data)


def _is_foreign(coding: str) -> bool:
    """Whether the zstandard package does it."""
    return coding == "zstd" and sys.version_info < (3, 14)


DECOMPRESSORS: dict[str, Callable[[], Callable[[], Decompressor]]] = {
    "gzip": _gzip,
    "bzip2": _bzip2,
    "xz": _xz,
    "zstd": _zstd,
}
"""By coding: what finds the decompressor; raises `ImportError` when it is not installed."""


class Transcoded(Layer):
    """A text in UTF-16 or UTF-32 as UTF-8; what is damaged in it becomes U+FFFD."""

    def __init__(self, below: Content, charset: str) -> None:
        from codecs import getincrementaldecoder

        super().__init__(below)
        self._decoder = getincrementaldecoder(charset)("replace")
        self._feed = memoryview(bytearray(_FEED))
        self._rest = memoryview(b"")
        self._ended = False

    def readinto(self, view: memoryview) -> int | None:
        """See `Content`."""
        while not self._rest and not self._ended:
            count = self._below.readinto(self._feed)
            if count is None:
                return None
            self._ended = count == 0
            text = self._decoder.decode(self._feed[:count], self._ended)
            self._rest = memoryview(text.encode())
        count = min(len(view), len(self._rest))
        view[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
