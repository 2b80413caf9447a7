"""Logs as they are stored, for the tests of how they are read."""

from __future__ import annotations

import builtins
import bz2
import gzip
import lzma
from collections.abc import Callable

import pytest

from errdecode.scan.model import Skipped
from errdecode.scan.sources import find_sources, open_source
from errdecode.scan.sources.content import Content

LOG = b'{"level":"error","message":"payment 4711 refused"}\n' * 300


def zstd(data: bytes) -> bytes:
    """Compress by zstd."""
    zstandard = pytest.importorskip("zstandard")
    compressed: bytes = zstandard.ZstdCompressor().compress(data)
    return compressed


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": zstd,
}


class Memory(Content):
    """Bytes that come in pieces of a given length."""

    def __init__(self, data: bytes, piece: int = 1 << 20) -> None:
        self._data, self._at, self._piece = data, 0, piece

    def readinto(self, view: memoryview) -> int:
        """Fill a view with the next piece."""
        piece = self._data[self._at : self._at + min(self._piece, len(view))]
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


def read(content: Content, size: int = 1000) -> bytes:
    """All of a content."""
    view, data = memoryview(bytearray(size)), b""
    while count := content.readinto(view):
        data += view[:count]
    return data


def contents(*paths: object) -> dict[str, bytes | str]:
    """By name, what is in each source of some paths, or why it is skipped."""
    found: dict[str, bytes | str] = {}
    for one in find_sources(map(str, paths)):
        if isinstance(one, Skipped):
            found[one.file] = one.reason
            continue
        with open_source(one).content as content:
            data = read(content)
            found[one.file] = content.note or data
    return found


def forbid(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    """Let packages be not installed."""
    real = builtins.__import__

    def fake(name: str, *arguments: object) -> object:
        if name.split(".")[0] in packages:
            raise ImportError(name)
        return real(name, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", fake)
