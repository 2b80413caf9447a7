"""Sources: what is scanned as one text, how it is opened, and read again later."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from typing import IO, cast

from errdecode.errors import InputError
from errdecode.model.record import NamedTuple
from errdecode.scan.sources.archive import list_members, open_member
from errdecode.scan.sources.content import (
    Content,
    FileContent,
    Peeked,
    Readable,
    Stop,
    StreamContent,
)
from errdecode.scan.sources.decoded import Decompressed, Transcoded
from errdecode.scan.sources.kinds import HEAD, binary_reason, charset_of, coding_of, is_har
from errdecode.scan.sources.remote import is_remote, open_remote
from errdecode.scan.sources.wide import Finder
from errdecode.scan.sources.wide import charset_of as charset_of_layers

MOST_LAYERS = 4
"""Codings one over another, as in `app.log.gz` within an archive."""
_LEAST = 264  # bytes of a file that are waited for before it is judged
_LEAST_OF_STREAM = 16


class Source(NamedTuple):
    """What is scanned as one text; it can be sent to another process."""

    file: str
    """Its name in the account: see `Place.file`."""
    path: str
    """What is opened: a path, an address of fsspec, or `-`."""
    size: int | None = None
    """Bytes as stored; None where that is not known beforehand."""
    member: int | None = None
    """Number of the member in a zip archive."""
    layers: tuple[str, ...] = ()
    """What is undone, the outermost first: gzip, bzip2, xz, zstd, utf-16, ..."""
    har: bool = False
    """Whether its first bytes are those of a HAR file."""
    stream: bool = False
    """Whether it can be read only once, and only in this process."""

    def can_be_split(self) -> bool:
        """Whether several processes may read a part of it each."""
        return not (self.layers or self.har or self.stream or self.size is None) and (
            self.member is None
        )


class Part(NamedTuple):
    """A span of a content with what stands around it."""

    data: bytes
    base: int
    """Where the data begins in the content, wide encodings put as UTF-8."""
    start: int
    """Where the span begins in the data."""
    end: int


class Judged(NamedTuple):
    """What a content turned out to be."""

    content: Content
    layers: tuple[str, ...]
    har: bool
    reason: str | None
    """Why it holds nothing to scan."""


def open_source(source: Source, start: int = 0, stop: Stop = lambda: False) -> Judged:
    """Open a source from one of its bytes on, which is 0 unless it can be split.

    Raises `OSError` with the reason when it cannot be opened.
    """
    if source.stream:
        return judge(_open_stream(source.path, stop), _LEAST_OF_STREAM)
    content = _open_stored(source.path, source.member, start)
    for layer in source.layers:
        content = _undo(content, layer)
    return Judged(content, source.layers, source.har, None)


def judge(content: Content, least: int = _LEAST) -> Judged:
    """Undo all codings of a content and tell what is in it."""
    layers: tuple[str, ...] = ()
    while True:
        content = Peeked(content, least, HEAD)
        head = content.head()
        coding = coding_of(head) or (None if "utf" in "".join(layers) else charset_of(head))
        if coding is None:
            return Judged(content, layers, is_har(head), binary_reason(head))
        if coding == "zip":
            where = "another one" if layers else "a stream"
            return Judged(content, layers, False, f"a zip archive in {where}: unpack it first")
        if len(layers) == MOST_LAYERS:
            return Judged(content, layers, False, f"compressed more than {MOST_LAYERS} times")
        try:
            content = _undo(content, coding)
        except ImportError as fault:
            return Judged(content, layers, False, str(fault))
        layers = (*layers, coding)


def find_members(file: str, path: str, size: int | None) -> Iterator[Source | tuple[str, str]]:
    """The sources in one stored file: itself, or the members of an archive.

    A tuple is a name and the reason why it is left out. Raises `OSError` when it cannot be opened.
    """
    with _open_stored(path, None, 0) as content:
        judged = judge(content)
        if coding_of(cast(Peeked, judged.content).head()) != "zip" or judged.layers:
            source = Source(file, path, size, None, judged.layers, judged.har)
            yield (file, judged.reason) if judged.reason else source
            return
    with _open_file(path) as stored:
        members = list_members(stored)
    if isinstance(members, str):
        yield file, members
        return
    for number, name, length, obstacle in members:
        yield _find_member(Source(f"{file}/{name}", path, length, number), obstacle)


def _find_member(source: Source, obstacle: str | None) -> Source | tuple[str, str]:
    if obstacle:
        return source.file, obstacle
    try:
        with _open_stored(source.path, source.member, 0) as content:
            judged = judge(content)
    except OSError as fault:
        return source.file, str(fault)
    if judged.reason:
        return source.file, judged.reason
    return source._replace(layers=judged.layers, har=judged.har)


def read_again(file: str, start: int, end: int) -> bytes | None:
    """Read bytes `start` to `end` of a source's content again; None when it cannot be.

    `file` is its name in the account.
    """
    source = reopen(file)
    if source is None or start >= end:
        return None
    try:
        with open_source(source, start if source.can_be_split() else 0).content as content:
            skip = 0 if source.can_be_split() else start
            return _read_span(content, skip, end - start)
    except OSError:
        return None


def read_around(file: str, offset: int, length: int, reach: int) -> Part | None:
    """Read a span of a source's content again, with so many bytes around it, as UTF-8.

    `offset` and `length` are those of the file, once it is unpacked. None when it cannot be read.
    """
    source = reopen(file)
    if source is None:
        return None
    start, end = offset, offset + length
    charset = charset_of_layers(source.layers)
    if charset is not None:
        try:
            start, end = _find_places(source, charset, start, end)
        except OSError:
            return None
    low = max(0, start - reach)
    data = read_again(file, low, end + reach)
    if not data or len(data) < end - low:
        return None
    return Part(data, low, start - low, end - low)


def _find_places(source: Source, charset: str, *stored: int) -> list[int]:
    """The bytes of a text in UTF-8 that stand at some bytes of its file."""
    finders = [Finder(charset, place) for place in stored]
    buffer = memoryview(bytearray(1 << 20))
    with open_source(source).content as content:
        while (count := content.readinto(buffer)) != 0:
            piece = bytes(buffer[: count or 0])
            for finder in finders:
                finder.take(piece)
            if all(finder.found for finder in finders):
                break
    return [finder.place for finder in finders]


def reopen(file: str) -> Source | None:
    """The source that bears a name in the account; None when it cannot be found again."""
    if file == "-":
        return None
    path = file
    while path and not is_remote(path) and not os.path.isfile(path):
        path = os.path.dirname(path) if path != os.path.dirname(path) else ""
    if not path:
        return None
    try:
        size = None if is_remote(path) else os.path.getsize(path)
        found = [one for one in find_members(path, path, size) if isinstance(one, Source)]
    except (OSError, InputError):
        return None
    return next((one for one in found if one.file == file), None)


def _read_span(content: Content, skip: int, length: int) -> bytes:
    """Read a span of a content, which is read from its start."""
    buffer = memoryview(bytearray(1 << 20))
    while skip > 0 and (count := content.readinto(buffer[: min(skip, len(buffer))])) != 0:
        skip -= count or 0
    data = bytearray()
    while len(data) < length:
        count = content.readinto(buffer[: min(length - len(data), len(buffer))])
        if count == 0:
            break
        data += buffer[: count or 0]
    return bytes(data)


def _undo(content: Content, layer: str) -> Content:
    if layer.startswith("utf-"):
        return Transcoded(content, layer)
    return Decompressed(content, layer)


def _open_stored(path: str, member: int | None, start: int) -> Content:
    file = _open_file(path)
    if member is not None:
        return open_member(file, member)
    return FileContent(cast(Readable, file), start)


def _open_file(path: str) -> IO[bytes]:
    if is_remote(path):
        return open_remote(path)
    return cast("IO[bytes]", open(path, "rb", buffering=0))


def _open_stream(path: str, stop: Stop) -> Content:
    if path == "-":
        return StreamContent(sys.stdin.fileno(), stop)
    descriptor = os.open(path, os.O_RDONLY)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return FileContent(cast(Readable, open(descriptor, "rb", buffering=0)))
    return StreamContent(descriptor, stop)
