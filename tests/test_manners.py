"""Terminal manners: colour, width and links in their order of precedence; streams and signals."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import CAPTURES, ROOT
from logged import PROGRAM

from errdecode.cli.manners import use_color, view_of
from errdecode.cli.options import Chosen

if TYPE_CHECKING:
    from conftest import Run

CAPTURE = str(CAPTURES / "talonone-unknown-attribute-session.paste")
BODY = '{"error": {"code": "mvnoAccount", "message": "MVNO account not found", "status": 404}}'
posix = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals and signals are POSIX's")


@pytest.fixture(autouse=True)
def _checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checkout is what is run, from wherever."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


class Stream(io.StringIO):
    """A stream that is a terminal, or is not."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        """Say whether it is a terminal."""
        return self.terminal


def environ(monkeypatch: pytest.MonkeyPatch, settings: str) -> None:
    """Set the environment to what `A=1 B=0` says, and nothing else that matters here."""
    for name in ("ERRDECODE_COLOR", "NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "CLICOLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    for setting in settings.split():
        name, _, value = setting.partition("=")
        monkeypatch.setenv(name, value)


# ---------------------------------------------------------------- colour, width, links


@pytest.mark.parametrize(
    ("asked", "settings", "on_terminal", "on_pipe"),
    [
        (None, "", True, False),
        ("always", "", True, True),
        ("never", "", False, False),
        ("auto", "", True, False),
        ("always", "ERRDECODE_COLOR=never NO_COLOR=1 TERM=dumb", True, True),
        ("never", "ERRDECODE_COLOR=always FORCE_COLOR=1", False, False),
        ("auto", "ERRDECODE_COLOR=always", True, False),
        ("auto", "ERRDECODE_COLOR=always NO_COLOR=1", False, False),
        (None, "ERRDECODE_COLOR=always", True, True),
        (None, "ERRDECODE_COLOR=always NO_COLOR=1 TERM=dumb", True, True),
        (None, "ERRDECODE_COLOR=never FORCE_COLOR=1", False, False),
        (None, "ERRDECODE_COLOR=auto FORCE_COLOR=1", True, True),
        (None, "ERRDECODE_COLOR=blue", True, False),
        (None, "NO_COLOR=1", False, False),
        (None, "NO_COLOR=0", False, False),
        (None, "NO_COLOR=", True, False),
        (None, "NO_COLOR=1 FORCE_COLOR=1 CLICOLOR_FORCE=1", False, False),
        (None, "NO_COLOR= FORCE_COLOR=1", True, True),
        (None, "FORCE_COLOR=1", True, True),
        (None, "FORCE_COLOR=0", True, False),
        (None, "FORCE_COLOR=", True, False),
        (None, "CLICOLOR_FORCE=1", True, True),
        (None, "CLICOLOR_FORCE=0", True, False),
        (None, "CLICOLOR_FORCE=0 FORCE_COLOR=1", True, True),
        (None, "CLICOLOR_FORCE=1 CLICOLOR=0 TERM=dumb", True, True),
        (None, "CLICOLOR=0", False, False),
        (None, "CLICOLOR=1", True, False),
        (None, "CLICOLOR=1 TERM=dumb", False, False),
        (None, "TERM=dumb", False, False),
    ],
)
def test_colour(
    monkeypatch: pytest.MonkeyPatch,
    asked: str | None,
    settings: str,
    on_terminal: bool,
    on_pipe: bool,
) -> None:
    """--color, ERRDECODE_COLOR, NO_COLOR, the two that force, CLICOLOR, TERM: in this order."""
    environ(monkeypatch, settings)
    found = use_color(asked, Stream(True)), use_color(asked, Stream(False))

    assert (on_terminal, on_pipe) == found


@posix
@pytest.mark.parametrize("on_terminal", ["stdout", "stderr"])
def test_colour_goes_by_the_stream(on_terminal: str) -> None:
    """Each stream is coloured when it is itself a terminal, whatever the other is."""
    import pty

    leader, follower = pty.openpty()
    done = subprocess.run(
        [*PROGRAM, CAPTURE, "missing"],
        env={**os.environ, "TERM": "xterm"},
        stdin=subprocess.DEVNULL,
        stdout=follower if on_terminal == "stdout" else subprocess.PIPE,
        stderr=follower if on_terminal == "stderr" else subprocess.PIPE,
        check=False,
    )
    os.close(follower)
    shown = os.read(leader, 65536)
    os.close(leader)
    piped = done.stderr if on_terminal == "stdout" else done.stdout

    assert (b"\x1b[" in shown, b"\x1b[" in piped) == (True, False)


@pytest.mark.parametrize(
    ("asked", "columns", "terminal", "width"),
    [
        (60, "70", 80, 60),
        (60, None, None, 60),
        (None, "70", 80, 70),
        (None, "70", None, 70),
        (None, "0", 80, 80),
        (None, "", 80, 80),
        (None, "wide", 80, 80),
        (None, "-5", 80, 80),
        (None, None, 80, 80),
        (None, None, 0, None),
        (None, None, None, None),
    ],
)
def test_width(
    monkeypatch: pytest.MonkeyPatch,
    asked: int | None,
    columns: str | None,
    terminal: int | None,
    width: int | None,
) -> None:
    """--width, COLUMNS, the terminal, and else no limit: in order."""

    def size(_: int) -> os.terminal_size:
        if terminal is None:
            raise OSError
        return os.terminal_size((terminal, 24))

    if columns is not None:
        monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(os, "get_terminal_size", size)
    monkeypatch.setattr(sys.stdout, "fileno", lambda: 1, raising=False)

    assert width == view_of(Chosen(width=asked)).width


@pytest.mark.parametrize(
    ("asked", "color", "terminal", "links"),
    [
        ("always", "never", False, True),
        ("never", "always", True, False),
        (None, "always", False, False),
        (None, None, True, True),
        ("auto", None, True, True),
        ("auto", "never", True, False),
    ],
)
def test_links(
    monkeypatch: pytest.MonkeyPatch,
    asked: str | None,
    color: str | None,
    terminal: bool,
    links: bool,
) -> None:
    """Links are clickable where they are asked for, else on a terminal that shows colour."""
    environ(monkeypatch, "")
    monkeypatch.setattr(sys, "stdout", Stream(terminal))

    assert links == view_of(Chosen(links=asked, color=color)).links


# ---------------------------------------------------------------- streams


def test_results_go_to_stdout_and_complaints_to_stderr(run: Run) -> None:
    """Standard output holds the answer and nothing else."""
    outcome = run(CAPTURE, "missing")

    assert "errdecode:" not in outcome.out
    assert outcome.err.startswith("errdecode: missing: there is no such file")


@posix
@pytest.mark.parametrize("line", [[], ["why"], ["--json"], ["--status", "404"], ["-v"]])
def test_a_terminal_on_stdin_gets_help_at_once(line: list[str]) -> None:
    """Without FILE and with a terminal on stdin: an example on stderr, exit code 2, no waiting."""
    import pty

    leader, follower = pty.openpty()
    done = subprocess.run(
        [*PROGRAM, *line], stdin=follower, capture_output=True, check=False, timeout=60
    )
    os.close(follower)
    os.close(leader)

    assert (done.returncode, done.stdout) == (2, b"")
    assert b"curl -sS -i https://api.example.com/orders | errdecode" in done.stderr
    assert done.stderr.count(b"\n") <= 2


def test_a_status_alone_is_asked_of_explain(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """Who gives nothing but a status at a terminal is told what explains one."""
    monkeypatch.setattr("sys.stdin", Stream(True))
    done = run("--status", "404")

    assert (2, "") == (done.code, done.out)
    assert "`errdecode explain 404`" in done.err


def test_a_dash_is_stdin(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """`-` and no FILE at all both read standard input, among other files, too."""
    answers = []
    for line in ([], ["-"], ["--", "-"]):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(BODY.encode())))
        answers.append(run(*line))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(BODY.encode())))
    both = run(CAPTURE, "-")

    assert len(set(answers)) == 1
    assert answers[0].out.startswith("error[mvnoAccount]")
    assert both.out.endswith("\n\n" + answers[0].out)


@posix
@pytest.mark.parametrize("line", ["-vv", "--json", "-h", "--json-schema", "formats show talonone"])
def test_a_closed_pipe_ends_quietly(line: str) -> None:
    """A reader that has seen enough is no fault: no traceback, no message."""
    files = f"{CAPTURE} {CAPTURE}" if line in ("-vv", "--json") else ""
    command = f'"$0" -m errdecode {line} {files} | head -c 10; exit "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command, sys.executable], capture_output=True, check=False)

    assert (done.returncode, done.stderr, len(done.stdout)) == (0, b"", 10)


@posix
def test_a_pipe_closed_before_the_first_word() -> None:
    """A pipe that nobody reads ends it quietly, too."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([*PROGRAM, CAPTURE], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)

    assert (done.returncode, done.stderr) == (0, b"")


@posix
def test_an_interrupt_is_130(tmp_path: Path) -> None:
    """Ctrl-C while it waits for input: exit code 130 and no traceback."""
    os.mkfifo(tmp_path / "paste.txt")
    with (
        subprocess.Popen(
            [*PROGRAM, str(tmp_path / "paste.txt")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # not so behind `&`
        ) as waiting,
        open(tmp_path / "paste.txt", "wb"),  # opens once the program does
    ):
        waiting.send_signal(signal.SIGINT)
        out, err = waiting.communicate(timeout=60)

    assert (waiting.returncode, out, err) == (130, b"", b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
@pytest.mark.parametrize("line", [[CAPTURE], ["--json", CAPTURE], ["-h"], ["catalog", "new", "x"]])
def test_a_full_disk_is_told(line: list[str]) -> None:
    """An answer that cannot be written is told in one sentence, and is no bug."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*PROGRAM, *line], stdout=full, stderr=subprocess.PIPE, check=False)

    assert done.returncode == 3
    assert b"cannot be written: No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr


@posix
@pytest.mark.parametrize(("closed", "code"), [("<&-", 3), (">&-", 0), ("2>&-", 0), (">&- 2>&-", 0)])
def test_closed_streams(closed: str, code: int) -> None:
    """A stream that the caller closed does not stop it; without stdin there is nothing to read."""
    file = "" if closed == "<&-" else CAPTURE
    command = f'"$0" -m errdecode {file} {closed}'
    done = subprocess.run(["bash", "-c", command, sys.executable], capture_output=True, check=False)

    assert code == done.returncode
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "cp437", "utf-16", "utf-8"])
@pytest.mark.parametrize("line", [[], ["--json"], ["-o", "markdown"], ["-o", "short"], ["-vv"]])
def test_no_encoding_crashes_it(tmp_path: Path, encoding: str, line: list[str]) -> None:
    """Characters that the streams cannot encode are shown as escapes."""
    body = BODY.replace("not found", "żółw 船 \\ud83d\\udea2 \\udc80 not found")
    (tmp_path / "żółw.json").write_text(body, encoding="utf-8")
    done = subprocess.run(
        [*PROGRAM, *line, "żółw.json", "船"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 3
    assert "mvnoAccount" in done.stdout.decode(encoding)
    assert "there is no such file" in done.stderr.decode(encoding)
    assert "Traceback" not in done.stderr.decode(encoding)


@pytest.mark.parametrize("line", [["-h"], ["formats"], ["explain", "404"], ["catalog", "new", "a"]])
def test_the_other_commands_stand_any_encoding(line: list[str]) -> None:
    """Help and the catalog's prose can be printed on a stream that knows ASCII alone."""
    done = subprocess.run(
        [*PROGRAM, *line],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii()
