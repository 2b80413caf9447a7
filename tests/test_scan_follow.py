"""Files that are written to while they are scanned: all of it is found, and once."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from plain_logs import log, record, use_fakes

from errdecode.scan.model import Sighting, Unreadable
from errdecode.scan.run.account import Account
from errdecode.scan.run.follow import AWAKE, LOOK, Clock, follow
from errdecode.scan.run.ranges import Manner
from errdecode.scan.sources import Source, find_sources


@pytest.fixture(autouse=True)
def _fake_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    use_fakes(monkeypatch)


class Asked(Clock):
    """Does one thing after another each time a scan waits, and then asks it to stop."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        self._steps = list(steps)
        self._passed = 0.0
        self.stopped = False

    def now(self) -> float:
        """It is time for a look whenever a scan has waited."""
        return self._passed

    def wait(self, _seconds: float) -> None:
        """Do the next thing."""
        self._passed += LOOK
        if self._steps:
            self._steps.pop(0)()
        else:
            self.stopped = True

    def stop(self) -> bool:
        """Whether all is done."""
        return self.stopped


def followed(path: Path, *steps: Callable[[], object]) -> tuple[Account, list[tuple[str, int]]]:
    """Follow a file, folder or glob while things happen to it: the account, and the code and line
    of each error."""
    paths = [str(path)]
    sources = [one for one in find_sources(paths) if isinstance(one, Source)]
    seen: list[tuple[str, int]] = []
    asked, account = Asked(*steps), Account()

    def show(item: Sighting | Unreadable) -> None:
        seen.append((str(getattr(item, "code", None)), item.place.line))

    follow(paths, sources, Manner(keep=True), account, asked.stop, show, asked)
    return account, seen


def append(path: Path, data: bytes) -> Callable[[], object]:
    """Write to the end of a file."""

    def act() -> None:
        with path.open("ab") as file:
            file.write(data)

    return act


def test_a_growing_file_is_followed(tmp_path: Path) -> None:
    """What is written later is found, a line that came in two parts as well, at its end too."""
    path = tmp_path / "a.log"
    path.write_bytes(record(0))
    half = record(3)
    account, seen = followed(
        path,
        append(path, record(1) + record(2) + half[:20]),
        append(path, half[20:]),
        append(path, record(6)[:-1]),
    )

    assert [("CODE_0", 1), ("CODE_3", 4), ("CODE_1", 5)] == seen
    assert (5, 3) == (account.lines, account.tally.errors)


def test_a_rotated_file_is_followed(tmp_path: Path) -> None:
    """A file that was moved is read to its end, and the one in its place from its start."""
    path = tmp_path / "a.log"
    path.write_bytes(record(0))

    def rotate() -> None:
        append(path, record(3))()
        path.rename(tmp_path / "a.log.1")

    _, seen = followed(path, rotate, lambda: path.write_bytes(record(6)), append(path, record(9)))

    assert [("CODE_0", 1), ("CODE_3", 2), ("CODE_1", 1), ("CODE_4", 2)] == seen


def test_a_cut_file_is_followed(tmp_path: Path) -> None:
    """A file that was cut is read from its start again."""
    path = tmp_path / "a.log"
    path.write_bytes(log(7))
    _, seen = followed(path, lambda: path.write_bytes(record(9)))

    assert [("CODE_0", 1), ("CODE_3", 4), ("CODE_1", 7), ("CODE_4", 1)] == seen


def test_a_file_that_comes_is_followed(tmp_path: Path) -> None:
    """What comes to a folder is read from its start as soon as something stands in it."""
    (tmp_path / "day-1.log").write_bytes(record(0))
    new = tmp_path / "sub" / "day-2.log"
    _, seen = followed(
        tmp_path,
        lambda: (new.parent.mkdir(), new.touch()),
        append(new, record(3)),
        append(tmp_path / "day-1.log", record(6)),
        append(new, record(9)),
    )

    assert [("CODE_0", 1), ("CODE_3", 1), ("CODE_1", 2), ("CODE_4", 2)] == seen


def test_a_glob_is_watched(tmp_path: Path) -> None:
    """What comes to be matched by a pattern is followed, other files are not."""
    (tmp_path / "a.log").write_bytes(record(0))
    _, seen = followed(
        tmp_path / "*.log",
        append(tmp_path / "b.txt", record(3)),
        append(tmp_path / "b.log", record(6)),
    )

    assert [("CODE_0", 1), ("CODE_1", 1)] == seen


def test_what_a_log_is_rotated_into_is_not_new(tmp_path: Path) -> None:
    """Moved, copied or compressed, what was read is not read again."""
    path = tmp_path / "a.log"
    path.write_bytes(record(0))

    def copy() -> None:
        (tmp_path / "a.log-20261122").write_bytes(path.read_bytes())
        (tmp_path / "elsewhere.gz").write_bytes(gzip.compress(path.read_bytes()))
        path.write_bytes(b"")

    _, seen = followed(
        tmp_path,
        copy,
        append(path, record(3)),
        lambda: path.rename(tmp_path / "old.log"),
        append(path, record(6)),
    )

    assert [("CODE_0", 1), ("CODE_3", 1), ("CODE_1", 1)] == seen


def test_more_files_are_followed_than_are_kept_in_memory(tmp_path: Path) -> None:
    """What rests is read on where it ended, with the right lines, and nothing twice."""
    paths = [tmp_path / f"{number}.log" for number in range(3 * AWAKE)]
    for path in paths:
        path.write_bytes(record(0))
    account, seen = followed(
        tmp_path,
        *(append(path, record(1) + record(3)) for path in paths),
        *(append(path, record(6)) for path in paths),
    )

    assert len(paths) * [("CODE_0", 1)] == seen[: len(paths)]
    assert len(paths) * [("CODE_3", 3)] == seen[len(paths) : -len(paths)]
    assert len(paths) * [("CODE_1", 4)] == seen[-len(paths) :]
    assert (len(paths), 4 * len(paths)) == (account.files, account.lines)


PIECES = {
    "line by line": (b"HTTP/1.1 503 Service Unavailable\n", b"Retry-After: 3\n", b"\n"),
    "a head": (b"HTTP/1.1 503 Service Unavailable\nRetry-After: 3\n\n",),
    "no body": (b"HTTP/1.1 503 Service Unavailable\nContent-Length: 0\n\n",),
}


@pytest.mark.parametrize("pieces", PIECES.values(), ids=PIECES)
def test_a_head_is_told_of_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pieces: tuple[bytes, ...]
) -> None:
    """An answer that comes line by line is one, at its head, and the next line is none of it."""
    monkeypatch.undo()
    path = tmp_path / "a.log"
    path.write_bytes(b"INFO quay opened\n")
    _, seen = followed(path, *(append(path, one) for one in (*pieces, b"INFO next thing\n")))

    assert [("None", 2)] == seen


def test_a_body_that_comes_late_is_its_heads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The head waits for what stands below it."""
    monkeypatch.undo()
    path = tmp_path / "a.log"
    path.write_bytes(b"HTTP/1.1 409 Conflict\nServer: quay\n\n")
    _, seen = followed(path, append(path, b'{"error":{"code":"no_berth","message":"None"}}\n'))

    assert [("no_berth", 4)] == seen
