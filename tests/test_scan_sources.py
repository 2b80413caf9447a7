"""Sources: what a scan reads, and never stopped by what cannot be read."""

from __future__ import annotations

import gzip
import os
import socket
import sys
import zipfile
from pathlib import Path

import pytest
from stored import LOG, contents

from errdecode.errors import InputError
from errdecode.scan.model import Skipped
from errdecode.scan.sources import Source, find_sources, open_source, read_again


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
    """Of a member whose checksum fails it is told."""
    file = tmp_path / "logs.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("app.log", LOG)
    file.write_bytes(file.read_bytes().replace(b"4711", b"4712", 1))
    reason = contents(file)[f"{file}/app.log"]

    assert str(reason).startswith("it is damaged")


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


def test_a_file_counts_once_however_often_it_is_named(tmp_path: Path) -> None:
    """The same path again adds nothing, be it a file's or a folder's; another one says so."""
    (tmp_path / "a").mkdir()
    file = tmp_path / "a" / "x.log"
    file.write_bytes(b"x")
    folder, other = str(tmp_path / "a"), f"{tmp_path}/a/../a/x.log"
    found = list(find_sources([str(file), str(file), folder, folder, str(file), other]))

    assert [str(file), other] == [one.file for one in found]
    assert Skipped(other, f"the same file as {file}, which is scanned already", True) == found[1]


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
