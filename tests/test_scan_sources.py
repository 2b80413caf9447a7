"""Sources: what a scan reads, told by content, and never stopped by what cannot be read."""

from __future__ import annotations

import builtins
import bz2
import gzip
import lzma
import os
import socket
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdecode.errors import InputError
from errdecode.scan.model import Skipped
from errdecode.scan.sources import Source, find_sources, open_source, read_again
from errdecode.scan.sources.content import Content
from errdecode.scan.sources.decoded import Decompressed, Transcoded
from errdecode.scan.sources.kinds import binary_reason, charset_of, coding_of, is_har

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


@pytest.mark.parametrize("coding", CODINGS)
def test_compression_is_told_by_content(tmp_path: Path, coding: str) -> None:
    """A compressed log is read under any name."""
    file = tmp_path / "app.log"
    file.write_bytes(CODINGS[coding](LOG))

    assert {str(file): LOG} == contents(file)


@pytest.mark.parametrize("coding", CODINGS)
def test_members_follow_one_another(coding: str) -> None:
    """Several members, with padding between and after them, are one content."""
    one = CODINGS[coding](b"one\n")
    content = Decompressed(Memory(one + CODINGS[coding](b"two\n") + one + b"\0" * 8, 7), coding)

    assert (b"one\ntwo\none\n", None) == (read(content), content.note)


@pytest.mark.parametrize("coding", CODINGS)
@given(at=st.floats(0, 1))
def test_what_is_cut_is_read_as_far_as_it_goes(coding: str, at: float) -> None:
    """The content before a cut is read, and the rest is noted."""
    whole = CODINGS[coding](LOG)
    content = Decompressed(Memory(whole[: int(at * (len(whole) - 1))], 64), coding)
    data = read(content)

    assert LOG[: len(data)] == data
    assert content.note == "read in part: it ends in the midst"


@pytest.mark.parametrize("coding", CODINGS)
@given(at=st.floats(0, 1), byte=st.integers(0, 255))
def test_damage_never_raises(coding: str, at: float, byte: int) -> None:
    """A damaged content is read as far as it goes, and damage that its checksum tells is noted."""
    log = bytes(range(256)) + LOG
    whole = bytearray(CODINGS[coding](log))
    whole[int(at * (len(whole) - 1))] = byte
    content = Decompressed(Memory(bytes(whole)), coding)

    assert read(content) == log or content.note or coding == "zstd"


def test_garbage_behind_a_member_is_noted() -> None:
    """What follows the last member is left out."""
    content = Decompressed(Memory(gzip.compress(LOG) + b"-- end of the upload --"), "gzip")

    assert (LOG, "what follows the gzip data in it was left out") == (read(content), content.note)


def test_both_gzip_decompressors_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """zlib gives what isal gives: members, cuts and all."""
    pytest.importorskip("isal")
    whole = gzip.compress(LOG) * 2
    stored = [whole, whole[:-9], whole[: len(whole) // 2 + 5], whole[:30], whole + b"x" * 40]
    fast = [Decompressed(Memory(data), "gzip") for data in stored]
    forbid(monkeypatch, "isal")
    slow = [Decompressed(Memory(data), "gzip") for data in stored]

    assert [(read(one), one.note) for one in fast] == [(read(one), one.note) for one in slow]


def test_zstd_without_its_package_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be decompressed says what to install."""
    (tmp_path / "app.log").write_bytes(zstd(LOG))
    forbid(monkeypatch, "zstandard", "compression")

    assert {str(tmp_path / "app.log"): "compressed by zstd: install zstandard"} == contents(
        tmp_path
    )


def forbid(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    """Let packages be not installed."""
    real = builtins.__import__

    def fake(name: str, *arguments: object) -> object:
        if name.split(".")[0] in packages:
            raise ImportError(name)
        return real(name, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", fake)


def test_a_bomb_is_unfolded_in_pieces() -> None:
    """However much a few bytes unfold to, each step gives no more than was asked for."""
    content = Decompressed(Memory(gzip.compress(bytes(50 << 20))), "gzip")
    view = memoryview(bytearray(1 << 16))

    assert content.readinto(view) == 1 << 16
    assert len(content._rest) <= 1 << 16


def test_codings_may_lie_over_one_another(tmp_path: Path) -> None:
    """A compressed log that was compressed again is read, up to a depth."""
    data = LOG
    for _ in range(4):
        data = gzip.compress(data)
    (tmp_path / "four").write_bytes(data)
    (tmp_path / "six").write_bytes(gzip.compress(gzip.compress(data)))

    assert {
        str(tmp_path / "four"): LOG,
        str(tmp_path / "six"): "compressed more than 4 times",
    } == contents(tmp_path)


def test_each_member_of_an_archive_is_a_source(tmp_path: Path) -> None:
    """Members are read, compressed ones too; binaries and folders among them are not."""
    file = tmp_path / "logs.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/", b"")
        archive.writestr("a/app.log", LOG)
        archive.writestr("b.log.gz", gzip.compress(LOG))
        archive.writestr("c.png", b"\x89PNG\r\n\x1a\n")

    assert {
        f"{file}/a/app.log": LOG,
        f"{file}/b.log.gz": LOG,
        f"{file}/c.png": "an image",
    } == contents(file)


def test_a_broken_archive_is_skipped(tmp_path: Path) -> None:
    """An archive without its directory says so."""
    file = tmp_path / "logs.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("app.log", LOG)
    file.write_bytes(file.read_bytes()[:-30])
    reason = contents(file)[str(file)]

    assert str(reason).startswith("a zip archive that cannot be read")


def test_a_damaged_member_is_noted(tmp_path: Path) -> None:
    """A member whose checksum fails is told as read in part."""
    file = tmp_path / "logs.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("app.log", LOG)
    file.write_bytes(file.read_bytes().replace(b"4711", b"4712", 1))
    reason = contents(file)[f"{file}/app.log"]

    assert str(reason).startswith("read in part: it is damaged")


@given(text=st.text(), piece=st.integers(1, 9), charset=st.sampled_from(["utf-16", "utf-32"]))
def test_wide_text_becomes_utf8(text: str, piece: int, charset: str) -> None:
    """A text in UTF-16 or UTF-32 is read as UTF-8, however its bytes come."""
    content = Transcoded(Memory(text.encode(charset), piece), charset)

    assert text.encode() == read(content)


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_text_is_told_from_binary(tmp_path: Path, charset: str) -> None:
    """A log as PowerShell writes it is read, with a mark or without."""
    (tmp_path / "app.log").write_bytes(LOG.decode().encode(charset))
    if charset == "utf-32":
        assert (None, "utf-32") == (coding_of(b""), charset_of(b"\xff\xfe\x00\x00a\x00\x00\x00"))

    assert {str(tmp_path / "app.log"): LOG} == contents(tmp_path)


def test_binaries_are_skipped_and_holes_are_not() -> None:
    """Content decides: noise is no text; NULs and a coloured terminal's marks may stand in it."""
    noise = bytes(range(256)) * 8

    assert "not text" == binary_reason(noise)
    assert binary_reason(bytes(4096) + LOG) is None
    assert binary_reason(bytes(4096)) is None
    assert binary_reason(b"\x1b[31merror\x1b[0m caf\xe9\n" * 20) is None
    assert binary_reason(b"") is None


def test_har_files_are_told_by_their_first_members() -> None:
    """A HAR file is told from a log record with a member `log`."""
    har = b'\xef\xbb\xbf{\n "log": {\n "version": "1.2",\n "creator": {"name": "x"},\n "entries": ['

    assert is_har(har)
    assert is_har(b'{"log":{"entries":[],"version":"1.2"}}')
    assert not is_har(b'{"log":{"level":"error","version":1},"message":"no"}')
    assert not is_har(b'{"message":"log"}')


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    """Files come sorted, those in folders too; hidden ones do not come."""
    for name in ("b.log", "a/z.log", "a/.hidden", ".git/config", "c/d/e.log", "a.log"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    names = [os.path.relpath(name, tmp_path) for name in contents(tmp_path)]

    assert ["a/z.log", "a.log", "b.log", "c/d/e.log"] == names


def test_links_in_circles_are_told(tmp_path: Path) -> None:
    """A link to a folder around it, or to itself, ends no scan; a file counts once."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "app.log").write_bytes(LOG)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b.log").symlink_to(tmp_path / "a" / "app.log")
    (tmp_path / "c").symlink_to(tmp_path / "c")
    (tmp_path / "gone").symlink_to(tmp_path / "nothing")

    assert {
        f"{tmp_path}/a/app.log": LOG,
        f"{tmp_path}/a/up": f"a link to {tmp_path}, which is scanned already",
        f"{tmp_path}/b.log": f"the same file as {tmp_path}/a/app.log, which is scanned already",
        f"{tmp_path}/c": "too many levels of symbolic links",
        f"{tmp_path}/gone": "no such file or directory",
    } == contents(tmp_path)


def test_what_cannot_be_read_is_skipped(tmp_path: Path) -> None:
    """Pipes, sockets and files without permission in a folder do not stop the rest."""
    (tmp_path / "app.log").write_bytes(LOG)
    os.mkfifo(tmp_path / "pipe")
    closed = tmp_path / "secret.log"
    closed.write_bytes(LOG)
    closed.chmod(0)
    with socket.socket(socket.AF_UNIX) as server:
        here = os.open(".", os.O_RDONLY)
        os.chdir(tmp_path)
        try:
            server.bind("socket")
        finally:
            os.fchdir(here)
            os.close(here)
        found = contents(tmp_path)
    denied = found.pop(str(closed))

    assert denied in ("permission denied", LOG)
    assert {
        f"{tmp_path}/app.log": LOG,
        f"{tmp_path}/pipe": "a named pipe",
        f"{tmp_path}/socket": "a socket",
    } == found


def test_a_glob_is_expanded(tmp_path: Path) -> None:
    """A pattern that no shell expanded names files, over folders with `**`."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "x.log").write_bytes(b"x")
    (tmp_path / "a" / "y.log").write_bytes(b"y")
    (tmp_path / "a" / "z.txt").write_bytes(b"z")

    assert [b"x", b"y"] == list(contents(tmp_path / "**" / "*.log").values())


@pytest.mark.parametrize("path", ["missing.log", "*.missing", "memory://missing"])
def test_a_missing_path_is_an_input_error(path: str) -> None:
    """What the user names must be there."""
    if path.startswith("memory"):
        pytest.importorskip("fsspec")
    with pytest.raises(InputError):
        list(find_sources([path]))


def test_a_file_that_vanished_raises_a_reason(tmp_path: Path) -> None:
    """A file that is gone when its turn comes is an `OSError`, which a scan tells."""
    with pytest.raises(OSError, match="No such file"):
        open_source(Source("a", str(tmp_path / "a"), 10))


def test_a_pipe_that_is_named_is_read(tmp_path: Path) -> None:
    """A pipe on the command line, as `<(command)` gives it, is a stream, compressed or not."""
    reading, writing = os.pipe()
    os.write(writing, gzip.compress(LOG))
    os.close(writing)
    try:
        assert {f"/dev/fd/{reading}": LOG} == contents(f"/dev/fd/{reading}")
    finally:
        os.close(reading)


def test_a_stream_ends_when_asked_to() -> None:
    """A pipe that says nothing is left when the user stops."""
    reading, writing = os.pipe()
    asked: list[bool] = []
    source = Source("-", f"/dev/fd/{reading}", stream=True)
    os.write(writing, b"a line that stands for the first bytes\n")
    with open_source(source, 0, lambda: bool(asked)).content as content:
        view = memoryview(bytearray(100))
        first = content.readinto(view)
        idle = content.readinto(view)
        asked.append(True)
        last = content.readinto(view)
    os.close(writing)
    os.close(reading)

    assert (39, None, 0) == (first, idle, last)


def test_remote_files_come_through_fsspec() -> None:
    """An address names files of any file system that fsspec knows."""
    fsspec = pytest.importorskip("fsspec")
    system = fsspec.filesystem("memory")
    system.pipe("/logs/a.log", LOG)
    system.pipe("/logs/b.gz", gzip.compress(LOG))
    system.pipe("/logs/.hidden", LOG)
    try:
        assert {"memory:///logs/a.log": LOG, "memory:///logs/b.gz": LOG} == contents(
            "memory://logs"
        )
        assert {"memory:///logs/b.gz": LOG} == contents("memory://logs/*.gz")
        assert {"memory:///logs/a.log": LOG} == contents("memory://logs/a.log")
    finally:
        system.rm("/logs", recursive=True)


def test_a_remote_path_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without fsspec, or with an unknown scheme, the complaint says what to do."""
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(InputError, match="a remote path needs fsspec") as caught:
        list(find_sources(["s3://bucket/logs"]))

    assert "install fsspec" in str(caught.value.hint)


def test_bytes_are_read_again_by_name(tmp_path: Path) -> None:
    """A place in the account leads back to its bytes: in files, compressed ones and archives."""
    (tmp_path / "a.log").write_bytes(LOG)
    (tmp_path / "b.gz").write_bytes(gzip.compress(LOG))
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("d/e.log", LOG)
    names = ("a.log", "b.gz", "c.zip/d/e.log")

    assert [LOG[99:300]] * 3 == [read_again(f"{tmp_path}/{name}", 99, 300) for name in names]
    assert [None, None] == [read_again(name, 0, 9) for name in ("-", f"{tmp_path}/gone.log")]
