"""The command line as a whole: help, version, outputs, exit codes, and what becomes of a bug."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from known import INVALID, KNOWN, NO_ERROR, UNKNOWN
from typer.main import get_command

from errdecode import __version__
from errdecode.cli import app, help
from errdecode.cli.argv import COMMANDS
from errdecode.cli.options import OPTIONS

if TYPE_CHECKING:
    from conftest import Run

pytestmark = pytest.mark.usefixtures("at_captures")


# ---------------------------------------------------------------- help and version

PAGES = [path.split()[1:] for path in help.EXAMPLES]


def test_every_command_has_a_page_with_examples() -> None:
    """The examples are those of all commands, and of no other."""
    program = get_command(app.app)
    commands = getattr(program, "commands", {})
    paths = {f"errdecode {name}" for name in commands}
    paths |= {
        f"errdecode {name} {inner}"
        for name, command in commands.items()
        for inner in getattr(command, "commands", ())
    }

    assert paths == set(help.EXAMPLES)


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", [[], *PAGES], ids=" ".join)
def test_help(run: Run, command: list[str], flag: str) -> None:
    """`-h` works everywhere and leads with examples to copy."""
    outcome = run(*command, flag)
    lines = outcome.out.split("\n")
    path = " ".join(["errdecode", *(command or ["decode"])])
    titles = re.findall(r"^(\S.*):$", outcome.out, re.MULTILINE)

    assert (outcome.code, outcome.err) == (0, "")
    assert lines[0].startswith("Usage: errdecode")
    assert titles[0] == "Examples"
    assert re.search(rf"^  {re.escape(help.EXAMPLES[path][0][0])}(?:$|  )", outcome.out, re.M)


@pytest.mark.parametrize("form", ["short", "markdown", "html"])
def test_a_score_sheet_has_one_form(run: Run, form: str) -> None:
    """As the page of `why` says, only JSON is another one."""
    assert run("why", KNOWN).out == run("why", "-o", form, KNOWN).out
    assert "candidates" in json.loads(run("why", "-o", "json", KNOWN).out)


@pytest.mark.parametrize("columns", [40, 80, 100, 200])
@pytest.mark.parametrize("command", [[], *PAGES], ids=" ".join)
def test_help_cuts_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: list[str], columns: int
) -> None:
    """No sentence of a help page is cut short, and the page keeps to the terminal's width."""
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = run(*command, "-h").out
    known = "...\n       errdecode COMMAND ..."
    wide = [line for line in shown.split("\n") if len(line) > max(columns, 85)]

    assert shown.replace(known, "").replace("FILE|DIR...", "").count("...") <= 1
    assert wide == []


def test_help_of_the_program(run: Run) -> None:
    """The program's page has every option of the table, every command and every exit code."""
    shown = run("-h").out
    flags = [flag for option in OPTIONS for flag in option.flags]
    names = [name for name in COMMANDS if name != "decode"]
    codes = [code for code, _ in help.EXIT_CODES]

    assert [flag for flag in flags if not re.search(rf"^ .*{flag}\b", shown, re.MULTILINE)] == []
    assert [name for name in names if f"\n  {name} " not in shown] == []
    assert [code for code in codes if f"\n  {code} " not in shown] == []
    assert shown == run("decode", "-h").out == run("paste.txt", "--json", "--help").out


@pytest.mark.parametrize("line", [["--version"], ["-V"], ["--json", "-V"], ["-V", "missing.txt"]])
def test_version(run: Run, line: list[str]) -> None:
    """The version is one line, and reads no input."""

    assert (0, f"errdecode {__version__}\n", "") == run(*line)


def test_module() -> None:
    """`python -m errdecode` is the program, its exit code too."""
    done = subprocess.run(
        [sys.executable, "-m", "errdecode", UNKNOWN], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr, "unverified" in done.stdout) == (1, "", True)


def test_json_schema(run: Run) -> None:
    """`--json-schema` prints the schema of `--json`."""
    schema = json.loads(run("--json-schema").out)

    assert "$schema" in schema
    assert "problems" in schema["properties"]


# ---------------------------------------------------------------- outputs


def test_json_is_output_json(run: Run) -> None:
    """`--json`, `-o json` and `--output=json` are one thing."""
    said = {run(*line, KNOWN).out for line in (["--json"], ["-o", "json"], ["--output=json"])}

    assert len(said) == 1


def test_several_reports_in_json_are_lines(run: Run) -> None:
    """Several responses give one JSON object a line."""
    outcome = run("--json", KNOWN, UNKNOWN, NO_ERROR)
    reports = [json.loads(line) for line in outcome.out.splitlines()]

    assert [report["input"]["name"] for report in reports] == [KNOWN, UNKNOWN, NO_ERROR]


def test_short_output_is_lines(run: Run) -> None:
    """`-o short` is for grep: no empty line stands between the inputs."""
    lines = run("-o", "short", KNOWN, UNKNOWN).out.splitlines()

    assert "" not in lines
    assert len({line.split(":")[0] for line in lines}) == 2


def test_answers_are_parted_by_an_empty_line(run: Run) -> None:
    """For people, one answer is parted from the next."""
    alone = [run(name).out for name in (KNOWN, UNKNOWN)]

    assert "\n".join(alone) == run(KNOWN, UNKNOWN).out


def test_read_files_reads_beside_the_input_only(run: Run, tmp_path: Path) -> None:
    """`--read-files` opens what lies beside the input or below, nothing elsewhere."""
    inner = tmp_path / "inner"
    inner.mkdir()
    for name in ("inner/order.json", "order.json"):
        (tmp_path / name).write_text('{"size": "of another folder"}')
    (inner / "link.json").symlink_to(tmp_path / "order.json")
    names = ["order.json", "../order.json", f"{tmp_path}/order.json", "link.json", "a\\x00b", "."]
    read = []
    for name in names:
        paste = f"$ curl -d $'@{name}' https://api.example.com/orders\n{INVALID}\n"
        (inner / "paste.txt").write_text(paste)
        outcome = run("--read-files", "--json", str(inner / "paste.txt"))
        read += [name] if "of another folder" in outcome.out else []

    assert read == ["order.json"]


# ---------------------------------------------------------------- asking the catalog


def test_explain(run: Run) -> None:
    """A code is explained without a response, in prose and in JSON."""
    told = run("explain", "telecomx", "invalid_token")
    entries = json.loads(run("explain", "telecomx", "invalid_token", "--json").out)

    assert (told.code, told.err) == (0, "")
    assert "telecomx" in told.out
    assert entries != []
    assert {"telecomx"} == {entry["format"] for entry in entries}


def test_explain_keeps_to_the_width(run: Run) -> None:
    """`--width` and COLUMNS wrap the prose; links stay whole."""
    narrow = run("explain", "telecomx", "invalid_token", "--width", "50").out
    prose = [line for line in narrow.split("\n") if line.startswith("  ")]
    wide = [line for line in prose if len(line) > 50 and "https://" not in line]

    assert wide == []


def test_a_bare_status_begins_with_http(run: Run) -> None:
    """`explain 404` says what HTTP means by it, then a line per format."""
    lines = run("explain", "404").out.split("\n")

    assert lines[0].startswith("HTTP 404: ")
    assert any(line.startswith("telecomx ") for line in lines)


def test_formats(run: Run) -> None:
    """The formats are listed, searched, and shown one by one."""
    listed = json.loads(run("formats", "--json").out)
    ids = [entry["id"] for entry in listed]
    found = run("formats", "talon")
    shown = run("formats", "show", "talonone")

    assert {"talonone", "telecomx", "soundbite", "sessionm", "journeyapps"} <= set(ids)
    assert all({"id", "name", "kind", "documentation"} <= entry.keys() for entry in listed)
    assert (found.code, found.out.count("\n")) == (0, 1)
    assert shown.out.startswith("Talon.One (talonone)\n")


def test_the_current_folder_plants_nothing(run: Run, tmp_path: Path) -> None:
    """A catalog in the current folder is never picked up unasked."""
    os.chdir(tmp_path)
    (tmp_path / "catalog").mkdir()
    skeleton = run("catalog", "new", "planted").out
    (tmp_path / "catalog" / "planted.toml").write_text(skeleton)
    (tmp_path / "planted.toml").write_text(skeleton)

    assert "planted" not in run("formats").out
