"""`errdecode scan` at work: progress on terminals, Ctrl-C, files that grow, closed pipes."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from time import monotonic, sleep

import pytest
from logged import LOG, OTHER, PROGRAM

from errdecode.cli.progress import ProgressLine, describe
from errdecode.scan.run import Progress

posix = pytest.mark.skipif(os.name == "nt", reason="signals and pseudo-terminals are POSIX's")


@posix
def test_progress_is_for_terminals(log: Path) -> None:
    """On a terminal standard error tells progress and takes it back; else it stays empty."""
    import pty

    log.write_text(LOG * 5_000)
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, "scan", "app.log", "-j1"], stdout=subprocess.DEVNULL, stderr=follower
    ) as running:
        os.close(follower)
        shown = b""
        while True:
            try:
                part = os.read(leader, 4096)
            except OSError:
                break
            if not part:
                break
            shown += part
    os.close(leader)

    assert 0 == running.returncode
    assert b"\r" in shown
    assert b"B/s, " in shown
    assert b"\n" not in shown
    assert shown.rstrip(b"\r").endswith(b" ")


@posix
def test_ctrl_c_shows_what_was_found(log: Path) -> None:
    """Ctrl-C ends in order: the groups so far, how far it came, and exit 130."""
    with subprocess.Popen(
        [*PROGRAM, "scan", "-", "--color", "never"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as running:  # fmt: skip
        assert running.stdin is not None
        running.stdin.write(LOG.encode() * 2000)
        running.stdin.flush()
        wait_until_read(running)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)

    assert (130, b"") == (running.returncode, err)
    assert b"errors in 2 groups" in out
    assert b"interrupted: after" in out


def wait_until_read(running: subprocess.Popen[bytes]) -> None:
    """Wait until a process waits for more input and has used no time for a while."""
    used, since = "", monotonic()
    while monotonic() - since < 60:
        status = Path(f"/proc/{running.pid}/stat")
        if not status.exists():
            return
        now = " ".join(status.read_text().rpartition(")")[2].split()[11:13])
        if now == used and int(now.split()[0]) > 20:
            return
        used = now
        sleep(0.3)


@posix
def test_a_file_is_followed(log: Path) -> None:
    """With --follow each error is a line as soon as it is written; Ctrl-C prints the table."""
    with subprocess.Popen(
        [*PROGRAM, "scan", "app.log", "--follow"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        assert running.stdout is not None
        there = [running.stdout.readline() for _ in range(3)]
        with log.open("a", encoding="utf-8") as file:
            file.write(f"ERROR request_id=req-20 said {OTHER}\n")
        added = running.stdout.readline()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)

    assert "" == err
    assert ["app.log:2", "app.log:3", "app.log:4"] == [line[:9] for line in there]
    assert added.startswith("app.log:6: error[mvnoAccount]: ")
    assert out.startswith("4 errors in 2 groups")


@posix
def test_a_closed_pipe_is_quiet(log: Path) -> None:
    """Who reads only the first line gets no complaint."""
    log.write_text(LOG * 2000)
    with subprocess.Popen(
        [*PROGRAM, "scan", "app.log", "--jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        complaint = running.stderr.read()

    assert (0, b"") == (running.returncode, complaint)


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (Progress(420_000_000, 1_000_000_000, 510e6, 1.2), "42 % of 1.0 GB, 510 MB/s, 1 s left"),
        (Progress(5, 10, 1.0, 3725), "50 % of 10 B, 1 B/s, 1 h 02 min left"),
        (Progress(5, 10, 1.0, 61), "50 % of 10 B, 1 B/s, 1 min 01 s left"),
        (Progress(0, 0, 0.0, None), "100 % of 0 B, 0 B/s"),
        (Progress(2_000_000, None, 1e6, None), "2.0 MB, 1.0 MB/s"),
        (Progress(20, 10, 1.0, 0.0), "100 % of 10 B, 1 B/s, 0 s left"),
    ],
)
def test_progress_in_words(progress: Progress, words: str) -> None:
    """How far, how fast and how long still, as far as it is known."""

    assert words == describe(progress)


def test_progress_leaves_no_trace(capsys: pytest.CaptureFixture[str]) -> None:
    """The line is rewritten in place and taken away at the end."""
    line = ProgressLine()
    line._next = 0
    line.show(Progress(1, 2, 1.0, 1.0))
    line.show(Progress(2, 2, 1.0, 1.0))  # too soon for another change
    line.clear()
    written = capsys.readouterr().err

    assert 1 == written.count("50 %")
    assert 0 == written.count("100 %")
    assert written.endswith(" \r")
