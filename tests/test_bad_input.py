"""Bad input is told: what, where and what to do, with its exit code, and nothing on stdout."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Outcome, Run

CODE = '{"error": {"code": "mvnoAccount", "message": "MVNO account not found", "status": 404}}'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own to work in, with one good input."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "error.json").write_text(CODE)
    return tmp_path


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Put bytes on standard input."""

    def put(data: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))

    return put


def check(outcome: Outcome, code: int, *words: str) -> None:
    """Hold a failure against its exit code, its words, and the manners of a complaint."""
    first = outcome.err.split("\n", 1)[0]

    assert (code, "") == (outcome.code, outcome.out)
    assert first.startswith("errdecode: ")
    assert "Traceback" not in outcome.err
    assert [word for word in words if word not in outcome.err] == []


# ---------------------------------------------------------------- inputs that cannot be read


def test_a_missing_file(run: Run) -> None:
    """A missing file is named, and a close name beside it is offered."""
    check(run("eror.json"), 3, "eror.json: there is no such file", "did you mean error.json?")


def test_a_missing_file_elsewhere(run: Run, folder: Path) -> None:
    """The offer bears the folder that was asked for."""
    check(run(f"{folder}/eror.json"), 3, f"did you mean {folder}/error.json?")


def test_a_missing_folder(run: Run) -> None:
    """Where the folder is missing, too, it is said."""
    check(run("nowhere/at-all.json"), 3, "there is no folder nowhere either")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("explian", "explain"), ("wyh", "why"), ("format", "formats"), ("catalogue", "catalog")],
)
def test_a_misspelt_command(run: Run, typed: str, meant: str) -> None:
    """A word that is no file but close to a command: the command is offered, not run."""
    check(run(typed), 3, f"{typed}: there is no such file", f"the command `errdecode {meant}`?")


def test_a_misspelt_command_with_words(run: Run) -> None:
    """`errdecode explian x` offers `explain`."""
    check(run("explian", "x"), 3, "explian: there is no such file", "`errdecode explain`?")


def test_help_is_an_option(run: Run) -> None:
    """`errdecode help` leads to the help."""
    check(run("help"), 3, "`errdecode -h` shows the help")


def test_a_directory(run: Run, folder: Path) -> None:
    """A directory is no input."""
    (folder / "logs").mkdir()
    check(run("logs"), 3, "logs is a directory", "name the files in it", "errdecode scan logs")

    assert "scan" not in run("--request", "logs", "logs").err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(run: Run, folder: Path) -> None:
    """A file one may not read is told with the system's reason."""
    (folder / "locked.json").write_text(CODE)
    (folder / "locked.json").chmod(0)
    check(run("locked.json"), 3, "locked.json: Permission denied", "permissions")


@pytest.mark.parametrize(
    "data", [b"", b"\n", b" \t\r\n ", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe \x00\n\x00"]
)
def test_blank_input(run: Run, give: Callable[[bytes], None], folder: Path, data: bytes) -> None:
    """No bytes, blanks alone or a lone byte order mark are no input, in a file or on stdin."""
    (folder / "blank.txt").write_bytes(data)
    give(data)
    check(run("blank.txt"), 3, "blank.txt is empty", "--status N")
    check(run(), 3, "standard input is empty", "--status N")


def test_blank_input_with_a_status(run: Run, give: Callable[[bytes], None]) -> None:
    """With a status, an empty body has a meaning."""
    give(b"")
    outcome = run("--status", "502")

    assert outcome.out.startswith("error: Bad Gateway")
    assert outcome.err == ""


@pytest.mark.parametrize("data", [b"\x7fELF\x02\x01\x01\0", bytes(range(256)), b"PK\x03\x04\0"])
def test_binary_input(run: Run, give: Callable[[bytes], None], folder: Path, data: bytes) -> None:
    """Bytes that are no text are refused, whatever their status."""
    (folder / "program").write_bytes(data)
    give(data)
    check(run("program"), 3, "program is not text", "UTF-8")
    check(run("--status", "400", "-"), 3, "standard input is not text")


def test_too_large(run: Run, give: Callable[[bytes], None]) -> None:
    """An input over --max-bytes is refused, one that is just as large is not."""
    give(CODE.encode())
    size = len(CODE)

    check(run("--max-bytes", str(size - 1), "error.json"), 3, f"larger than {size - 1} bytes")
    check(run(f"--max-bytes={size - 1}"), 3, "standard input is larger", "--max-bytes N")
    assert run("--max-bytes", str(size), "error.json").code == 0


def test_the_other_inputs_go_on(run: Run) -> None:
    """One input that cannot be read does not stop the others; the exit code is 3."""
    outcome = run("missing.json", "error.json")

    assert (outcome.code, outcome.out.count("mvnoAccount]")) == (3, 1)
    assert outcome.err.startswith("errdecode: missing.json: there is no such file\n")


def test_a_name_cannot_steer_the_terminal(run: Run) -> None:
    """Escapes in a file's name are shown, not obeyed."""
    outcome = run("no\x1b[2J\u202esuch")

    assert "no\\x1b[2J\\u202esuch: there is no such file" in outcome.err


# ---------------------------------------------------------------- usage


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["--bogus"], ["there is no option --bogus", "`errdecode -h`"]),
        (["--colour", "always", "f"], ["there is no option --colour", "did you mean --color?"]),
        (["why", "--staus", "4"], ["--staus", "did you mean --status?", "`errdecode why -h`"]),
        (["-x"], ["there is no option -x"]),
        (["--json=1"], ["'--json' does not take a value"]),
        (["--request"], ["'--request' requires an argument"]),
        (["-o", "jsn", "f"], ["-o/--output: 'jsn'", "'terminal'", "did you mean json?"]),
        (["--color", "on", "f"], ["--color: 'on'", "'never'"]),
        (["--width", "wide", "f"], ["--width: 'wide'"]),
        (["--width", "0", "f"], ["--width 0 is out of range", "a number from 1 up"]),
        (["--width", "-5", "f"], ["--width -5 is out of range"]),
        (["--max-bytes", "0", "f"], ["--max-bytes 0 is out of range"]),
        (["--status", "999", "f"], ["--status 999 is out of range", "from 100 to 599"]),
        (["--status", "0", "f"], ["--status 0 is out of range"]),
        (["--status", "9" * 5000, "f"], ["--status"]),
        (["--timeout", "f"], ["--timeout reads no input, yet f is named"]),
        (["--request", "-"], ["cannot be the request and the response at once"]),
        (["--request", "-", "-"], ["cannot be the request and the response at once"]),
        (["explain"], ["explain needs [FORMAT] [STATUS] CODE", "errdecode explain 429"]),
        (["explain", "--width", "0", "404"], ["--width 0 is out of range"]),
        (["explain", "no_such_code"], ["no entry for 'no_such_code'"]),
        (["formats", "show"], ["takes one id", "errdecode formats show talonone"]),
        (["formats", "show", "talonon"], ["'talonon'", "did you mean talonone"]),
        (["formats", "nothing-like-it"], ["no format matches 'nothing-like-it'"]),
        (["catalog"], ["needs a command", "check, new, test"]),
        (["catalog", "chek", "f"], ["no command 'chek'", "`errdecode catalog check`?"]),
        (["catalog", "zzz"], ["no command 'zzz'", "check, new, test"]),
        (["catalog", "check"], ["needs FILE|DIR..."]),
        (["catalog", "new"], ["needs ID", "catalog new example-pay"]),
        (["catalog", "new", "No Id"], ["'No Id' is no id"]),
        (["completion"], ["bash|zsh|fish|powershell"]),
        (["completion", "tcsh"], ["'tcsh'", "'bash'"]),
    ],
)
def test_usage(run: Run, line: list[str], words: list[str]) -> None:
    """A line that makes no sense is told in one sentence, with a hint and exit code 2."""
    outcome = run(*line)

    check(outcome, 2, *words)
    assert outcome.err.count("\n") == 2


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["--json", "--bogus"], 2),
        (["--bogus=1", "--json"], 2),
        (["-o", "json", "--width", "0", "f"], 2),
        (["explain", "no_such_code", "--json"], 2),
        (["--output=json", "catalog", "chek"], 2),
        (["--json", "missing.json"], 3),
        (["--json", "--format", "talonon", "error.json"], 4),
        (["-vojson", "--catalog", "nowhere", "error.json"], 4),
    ],
)
def test_json_complaints(run: Run, line: list[str], code: int) -> None:
    """Where JSON is asked for, a complaint is one line of JSON on standard error."""
    outcome = run(*line)
    told = json.loads(outcome.err)

    assert (code, "", 1) == (outcome.code, outcome.out, outcome.err.count("\n"))
    assert {"message", "hint", "exit_code"} == told["error"].keys()
    assert code == told["error"]["exit_code"]


# ---------------------------------------------------------------- the catalog


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("talonon", ["--format talonon", "did you mean talonone?"]),
        ("http-status", ["--format http-status", "`errdecode formats`"]),
        ("json", ["--format json", "--output json"]),
        ("", ["--format"]),
    ],
)
def test_an_unknown_format(run: Run, id: str, words: list[str]) -> None:
    """A format that the catalog does not have is told with near ids, before anything is read."""
    check(run("--format", id, "missing.json"), 4, *words)


def test_a_missing_catalog(run: Run) -> None:
    """`--catalog` takes a folder that is there."""
    check(run("--catalog", "nowhere", "error.json"), 4, "nowhere is no folder", "folder of *.toml")


BROKEN = 'id = "example-pay"\nname = 3\nkind = "vendor"\n'


def test_a_broken_catalog_that_was_named(run: Run, folder: Path) -> None:
    """Faults in what `--catalog` names stop the run, each with its file and line."""
    (folder / "mine").mkdir()
    (folder / "mine" / "example-pay.toml").write_text(BROKEN)
    check(run("--catalog", "mine", "error.json"), 4, "example-pay.toml:2: name", "catalog check")


def test_a_broken_catalog_of_the_user(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faults in the user's other folders are warned of; the file is left out, the rest works."""
    (folder / "mine").mkdir()
    (folder / "mine" / "example-pay.toml").write_text(BROKEN)
    monkeypatch.setenv("ERRDECODE_CATALOG", str(folder / "mine"))
    outcome = run("error.json")
    as_json = run("--json", "error.json")

    assert (outcome.code, "mvnoAccount" in outcome.out) == (0, True)
    assert outcome.err.startswith("errdecode: warning: left out of the catalog: ")
    assert "example-pay.toml:2" in outcome.err
    assert "left out" in json.loads(as_json.err.splitlines()[0])["warning"]["message"]


# ---------------------------------------------------------------- the payload


def test_a_missing_payload(run: Run) -> None:
    """A payload that is not there is told with its option; nothing is decoded."""
    check(run("--request", "order.jsn", "error.json"), 3, "--request order.jsn: there is no such")


def test_a_missing_payload_is_no_command(run: Run) -> None:
    """A misspelt payload is never taken for a misspelt command."""
    outcome = run("--request", "explian", "error.json")

    assert "command" not in outcome.err


def test_a_payload_that_is_a_directory(run: Run, folder: Path) -> None:
    """A directory is no payload."""
    (folder / "orders").mkdir()
    check(run("--request", "orders", "error.json"), 3, "--request orders is a directory")


def test_a_payload_that_is_empty(run: Run, folder: Path) -> None:
    """An empty file is no payload."""
    (folder / "order.json").write_text(" \n")
    check(run("--request", "order.json", "error.json"), 3, "--request order.json is empty")


def test_a_payload_that_is_binary(run: Run, folder: Path) -> None:
    """Bytes are no payload."""
    (folder / "order.bin").write_bytes(b"\0\1\2")
    check(run("--request", "order.bin", "error.json"), 3, "--request order.bin is not text")


@pytest.mark.parametrize("payload", ["name=Ada", "not json {"])
def test_a_payload_that_is_no_json(run: Run, folder: Path, payload: str) -> None:
    """With a payload that is not JSON, decoding goes on, and a note says so."""
    (folder / "order.txt").write_text(payload)
    (folder / "unknown.json").write_text(
        '{"message": "The submitted data was invalid", "errors": [{"title": "Unknown", '
        '"details": "unknown attribute", "source": {"pointer": "/attributes/Size"}}]}'
    )
    outcome = run("--json", "--request", "order.txt", "unknown.json")
    report = json.loads(outcome.out)

    assert (outcome.code, outcome.err) == (0, "")
    assert report["problems"][0]["pointer_as_sent"] == "/attributes/Size"
    assert [note for note in report["notes"] if "request" in note["message"]] != []
