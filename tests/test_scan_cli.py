"""`errdecode scan`: its command line, streams and exit codes."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from jsonschema import Draft202012Validator
from logged import LOG, OTHER, PROGRAM, STRANGE
from sightings import scan_of, sighting

from errdecode.cli.scan import exit_code
from errdecode.cli.scan_options import SCAN_OPTIONS, Asked
from errdecode.scan.model import Scan, Skipped

if TYPE_CHECKING:
    from conftest import Run


# ---------------------------------------------------------------- what is printed


def test_groups_are_printed(run: Run, log: Path) -> None:
    """The table has every group with its count, its place and what to do next; the code is 0."""
    done = run("scan", "app.log", "--width", "100")

    assert (0, "") == (done.code, done.err)
    assert "3 errors in 2 groups · 2025-11-20 12:00:01 to 12:00:03 UTC" in done.out
    assert "at /attributes/Name" in done.out
    assert "mvnoAccount" in done.out
    assert "app.log:4" in done.out
    assert "next: `errdecode scan app.log --open 1` shows a group in full" in done.out


def test_a_folder_and_standard_input(run: Run, log: Path) -> None:
    """A folder is scanned with all that is in it, and `-` is standard input, as is no PATH."""
    asked = ["scan", "--json", "-"]
    piped = [
        subprocess.run([*PROGRAM, *words], input=LOG, capture_output=True, text=True, check=True)
        for words in (asked, asked[:-1])
    ]

    assert 3 == json.loads(run("scan", "--json", ".").out)["errors"]
    assert [3, 3] == [json.loads(done.stdout)["errors"] for done in piped]


def test_lines_come_in_the_order_of_the_log(run: Run, log: Path) -> None:
    """`--jsonl` prints every error as a line, as `-o jsonl` does, and nothing else."""
    done = run("scan", "app.log", "--jsonl")
    lines = [json.loads(line) for line in done.out.splitlines()]

    assert (0, "") == (done.code, done.err)
    assert [2, 3, 4] == [line["line"] for line in lines]
    assert ["req-17", "req-18", "req-19"] == [line["request_id"] for line in lines]
    assert done.out == run("scan", "app.log", "-o", "jsonl").out


@pytest.mark.parametrize(
    ("form", "begins"),
    [("markdown", "### 3 errors"), ("html", "<!DOCTYPE html>"), ("json", '{"version": 1')],
)
def test_forms(run: Run, log: Path, form: str, begins: str) -> None:
    """Each form of output is what it says."""

    assert run("scan", "app.log", "-o", form).out.startswith(begins)


def test_a_group_is_opened(run: Run, log: Path) -> None:
    """`--open N` is the full answer on a group's exemplar, with the request from the log."""
    done = run("scan", "app.log", "--open", "1")

    assert 0 == done.code
    assert "^^^^^" in done.out
    assert "it stands in app.log, line 2" in done.out
    assert "request id, req-17, 1 line above" in done.out


def test_a_group_is_opened_as_json(run: Run, log: Path) -> None:
    """`--open N --json` is the report of `decode`, whatever form of JSON was asked for."""
    reports = [json.loads(run("scan", "app.log", "--open", "2", form).out) for form in FORMS]

    assert ["mvnoAccount"] * 2 == [report["problems"][0]["code"] for report in reports]


FORMS = ("--json", "--jsonl")


def test_why_is_told(run: Run, log: Path) -> None:
    """`--why N` tells what a group's errors have in common."""
    done = run("scan", "app.log", "--why", "1")

    assert (0, True) == (done.code, "pointer  /attributes/Name" in done.out)


def test_the_page_shows_exemplars_in_full(run: Run, log: Path) -> None:
    """The HTML report holds the frame of a group's first exemplar."""
    page = run("scan", "app.log", "-o", "html").out

    assert "<mark>false</mark>" in page


def test_secrets_are_masked(run: Run, log: Path) -> None:
    """Every output masks secrets, unless the user asks for them."""
    log.write_text(
        f"x password=hunter2secret GET https://b:hunter2secret@api.example.com/a -> {OTHER}\n"
        f"{OTHER.replace('account not', 'token=sk_live_abcdefghijkl1234567 not')}\n"
    )
    for form in ("terminal", "json", "jsonl", "markdown", "html"):
        out = run("scan", "app.log", "-o", form).out
        assert "hunter2secret" not in out
        assert "sk_live_abc" not in out
    assert "hunter2secret" in run("scan", "app.log", "--json", "--show-secrets").out


def test_the_schema_is_printed(run: Run) -> None:
    """`scan --json-schema` prints the schema of its own document."""
    schema = json.loads(run("scan", "--json-schema").out)
    Draft202012Validator.check_schema(schema)

    assert "An errdecode scan, version 1" == schema["title"]


def test_ascii(run: Run, log: Path) -> None:
    """With --ascii the table holds ASCII alone."""

    assert run("scan", "app.log", "--ascii").out.isascii()


# ---------------------------------------------------------------- baselines and exit codes


def test_a_baseline_is_saved_and_compared(run: Run, log: Path) -> None:
    """`--save` writes it, `--compare` says what is new, `--fail-on new` makes that an exit code."""
    assert 0 == run("scan", "app.log", "--save", "base.json").code
    same = run("scan", "app.log", "--compare", "base.json", "--fail-on", "new")
    log.write_text(LOG + STRANGE + "\n")
    more = run("scan", "app.log", "--compare", "base.json", "--fail-on", "new")

    assert (0, 1) == (same.code, more.code)
    assert ("NEW" in same.out, "NEW" in more.out) == (False, True)


@pytest.mark.parametrize(
    ("more", "fail_on", "code"),
    [("", "any", 1), ("", "unknown", 0), (STRANGE, "unknown", 1), (None, "any", 0)],
)
def test_fail_on(run: Run, log: Path, more: str | None, fail_on: str, code: int) -> None:
    """`any` error, or an `unknown` one, that no documented format covers."""
    log.write_text("nothing happened\n" if more is None else f"{LOG}{more}\n")

    assert code == run("scan", "app.log", "--fail-on", fail_on).code


@pytest.mark.parametrize("text", [None, "", "{}", '{"version": 1}'])
def test_a_broken_baseline_is_told_before_the_scan(run: Run, log: Path, text: str | None) -> None:
    """A baseline that is none: exit 3, the file and what to do, and nothing is scanned."""
    if text is not None:
        Path("base.json").write_text(text)
    done = run("scan", "missing-too.log", "--compare", "base.json")

    assert (3, "") == (done.code, done.out)
    assert "base.json" in done.err


def test_a_baseline_that_cannot_be_written_is_told(run: Run, log: Path) -> None:
    """`--save` into no folder: exit 3, with the path and the reason."""
    done = run("scan", "app.log", "--save", "none/base.json")

    assert 3 == done.code
    assert "--save none/base.json: No such file" in done.err


def test_what_is_read_in_part_is_not_called_skipped(run: Run, log: Path) -> None:
    """A file that is cut off counts with what was read of it; the exit code is 3 all the same."""
    data = gzip.compress(LOG.encode() * 50)
    log.with_name("old.gz").write_bytes(data[: len(data) - 9])
    lines, table = run("scan", "old.gz", "--jsonl"), run("scan", "old.gz")

    assert (3, 3) == (lines.code, table.code)
    assert "old.gz was read in part: it ends in the midst" in lines.err
    assert "1 read in part:\n  old.gz: it ends in the midst\n" in table.out
    assert "skipped" not in lines.err + table.out


def test_a_path_that_is_not_there(run: Run, log: Path) -> None:
    """A PATH that cannot be read is told, and the exit code is 3."""

    assert 3 == run("scan", "app.log", "missing.log").code


@pytest.mark.parametrize(
    ("scan", "asked", "code"),
    [
        (scan_of(), Asked(), 0),
        (scan_of(), Asked(fail_on="any"), 0),
        (scan_of(sighting()), Asked(fail_on="any"), 1),
        (scan_of(sighting()), Asked(fail_on="unknown"), 0),
        (scan_of(sighting(format=None)), Asked(fail_on="unknown"), 1),
        (scan_of(skipped=(Skipped("logs/a.bin", "no text"),)), Asked(("logs",)), 0),
        (scan_of(skipped=(Skipped("a.log", "no"),)), Asked(("a.log",), fail_on="any"), 3),
        (scan_of(skipped=(Skipped("a.log", "again", True),)), Asked(("b.log", "a.log")), 0),
        (scan_of(skipped=(Skipped("l/a", "no"),))._replace(files=0), Asked(("l",)), 3),
        (scan_of(sighting())._replace(interrupted="half"), Asked(fail_on="any"), 130),
    ],
)
def test_exit_codes(scan: Scan, asked: Asked, code: int) -> None:
    """130 interrupted, 3 when a named PATH or all files could not be read, 1 by --fail-on."""

    assert code == exit_code(scan, asked)


# ---------------------------------------------------------------- usage


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["app.log", "--open", "9"], "there is no group 9"),
        (["app.log", "--open", "0"], "--open 0 is out of range"),
        (["app.log", "--open", "1", "--why", "1"], "--open and --why"),
        (["app.log", "--fail-on", "new"], "nothing to compare with"),
        (["app.log", "--fail-on", "some"], "--fail-on"),
        (["app.log", "--engine", "steam"], "--engine"),
        (["app.log", "--jobs", "0"], "--jobs 0 is out of range"),
        (["app.log", "--follow", "--scheduler", "local"], "--follow"),
        (["app.log", "--follow", "--open", "1"], "leave out --follow"),
        (["app.log", "--follow", "--why", "1"], "leave out --follow"),
        (["app.log", "--opne", "1"], "did you mean --open"),
    ],
)
def test_usage(run: Run, log: Path, words: list[str], said: str) -> None:
    """What makes no sense is exit 2, with the reason."""
    done = run("scan", *words)

    assert (2, True) == (done.code, said in done.err)


def test_complaints_are_json_where_the_answer_is(run: Run, log: Path) -> None:
    """With --json, what errdecode says of itself is JSON on standard error."""
    done = run("scan", "app.log", "--json", "--compare", "none.json")
    error = json.loads(done.err)["error"]

    assert 3 == error["exit_code"]
    assert "standard input" not in str(error)


def test_help_has_every_option(run: Run) -> None:
    """The page of `scan -h` leads with examples and has each option of the table."""
    shown = run("scan", "-h").out

    assert shown.index("Examples:") < shown.index("How it is read:")
    assert [] == [f for one in SCAN_OPTIONS for f in one.flags if f" {f}" not in shown]


def test_nothing_is_asked_of_other_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    """`decode` loads nothing of the scan."""
    program = "import sys; from errdecode.cli import main; main(['--json', '-']); "
    program += "print([m for m in sys.modules if 'scan' in m and 'errdecode' in m])"
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    done = subprocess.run(
        [sys.executable, "-c", program], input=OTHER, capture_output=True, text=True, check=True
    )

    assert "[]" == done.stdout.splitlines()[-1]
