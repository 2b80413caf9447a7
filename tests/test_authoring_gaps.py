"""`errdecode catalog gaps`: unknown codes are counted for those who ask for it, nothing else is."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from conftest import Run
from drafts import SECRET
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.authoring import gaps
from errdecode.pipeline import decode

UNKNOWN = (
    'HTTP/1.1 409 Conflict\n\n{"error": {"code": "NO_SUCH_THING", "message": "There is none"}}'
)
KNOWN = (
    "HTTP/1.1 400 Bad Request\nContent-Type: application/json\n\n"
    '{"message": "M", "errors": [{"title": "T", "details": "D", "source": {"pointer": "/a"}}]}'
)


@pytest.fixture
def tally(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tally that the user asked for, not yet begun."""
    file = tmp_path / "state" / "gaps"
    monkeypatch.setenv(gaps.VARIABLE, str(file))
    return file


def body(folder: Path, text: str, name: str = "error.http") -> str:
    """A file with a response."""
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_codes_are_counted(run: Run, tally: Path, tmp_path: Path) -> None:
    """What could not be explained is listed, the most frequent first, with the day."""
    today = date.today().isoformat()
    for text in (UNKNOWN, UNKNOWN, UNKNOWN.replace("THING", "BOAT")):
        run(body(tmp_path, text))
    code, out, _ = run("catalog", "gaps")

    assert 0 == code
    assert [
        ["times", "last", "format", "code"],
        ["2", today, "-", "NO_SUCH_THING"],
        ["1", today, "-", "NO_SUCH_BOAT"],
    ] == [line.split() for line in out.splitlines()]


def test_json(run: Run, tally: Path, tmp_path: Path) -> None:
    """`--json` is an array of objects."""
    run(body(tmp_path, UNKNOWN))
    _, out, _ = run("catalog", "gaps", "--json")

    assert [
        {"format": None, "code": "NO_SUCH_THING", "count": 1, "last": date.today().isoformat()}
    ] == json.loads(out)


def test_clearing_shows_first(run: Run, tally: Path, tmp_path: Path) -> None:
    """`--clear` prints what it forgets."""
    run(body(tmp_path, UNKNOWN))
    _, out, _ = run("catalog", "gaps", "--clear")

    assert "NO_SUCH_THING" in out
    assert (0, "no gaps so far\n", "") == tuple(run("catalog", "gaps"))
    assert not tally.exists()


def test_what_is_explained_is_no_gap(run: Run, tally: Path, tmp_path: Path) -> None:
    """Successes, and the explained errors of known formats, leave no trace."""
    run(body(tmp_path, "HTTP/1.1 200 OK\n\n{}"))
    reports = [
        report._replace(
            diagnostics=tuple(
                d._replace(explanation=d.explanation and d.explanation._replace(source="catalog"))
                for d in report.diagnostics
            )
        )
        for report in decode(KNOWN)
    ]

    assert gaps.record(str(tally), reports) is None
    assert not tally.exists()


def test_nothing_is_counted_unasked(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the variable no file is made, and `catalog gaps` says how to begin."""
    monkeypatch.delenv(gaps.VARIABLE, raising=False)
    monkeypatch.setattr(gaps, "record", lambda *_: pytest.fail("counted"))
    run(body(tmp_path, UNKNOWN))
    code, out, err = run("catalog", "gaps")

    assert (2, "", True) == (code, out, f"export {gaps.VARIABLE}=" in err)


def test_nothing_is_loaded_unasked() -> None:
    """A run that nobody asked to count loads nothing of the tally."""
    program = (
        "import sys; sys.argv = ['errdecode']; from errdecode.cli import main; main();"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=UNKNOWN, capture_output=True, text=True, check=True
    )

    assert not [name for name in done.stderr.split() if "authoring" in name]


def test_no_secret_and_no_body_is_kept(run: Run, tally: Path, tmp_path: Path) -> None:
    """A code is masked, capped and made harmless; message and pointer are never written."""
    text = json.dumps({"error": {"code": SECRET, "message": "Mr Blue was here"}})
    run("--show-secrets", body(tmp_path, text))
    run(body(tmp_path, json.dumps({"code": "A\u202e" + "B" * 110, "message": "It is so"})))
    kept = tally.read_text(encoding="utf-8")

    assert SECRET not in kept
    assert "Blue" not in kept
    assert all(len(gap.code or "") <= 80 for gap in gaps.read_tally(str(tally)))


@pytest.mark.parametrize("content", ["precious\n", '{"a": 1}\n', "x" * 100])
def test_no_other_file_is_touched(run: Run, tally: Path, tmp_path: Path, content: str) -> None:
    """A file that is no tally is neither added to nor removed; the decoding goes on."""
    tally.parent.mkdir()
    tally.write_text(content, encoding="utf-8")
    code, out, err = run(body(tmp_path, UNKNOWN))
    shown = run("catalog", "gaps", "--clear")

    assert (1, True, True) == (code, "NO_SUCH_THING" in out, "is no tally" in err)
    assert (3, True) == (shown[0], "is no tally" in shown[2])
    assert content == tally.read_text(encoding="utf-8")


def test_a_tally_that_cannot_be_written_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer and the exit code are as ever; a warning says why nothing is counted."""
    monkeypatch.setenv(gaps.VARIABLE, str(tmp_path / "error.http" / "gaps"))
    code, out, err = run(body(tmp_path, UNKNOWN))

    assert (1, True) == (code, "NO_SUCH_THING" in out)
    assert err.startswith(f"errdecode: warning: {gaps.VARIABLE}: ")


def test_a_folder_is_no_tally(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder in the file's place is told in both commands."""
    monkeypatch.setenv(gaps.VARIABLE, str(tmp_path))

    assert "is no tally" in run(body(tmp_path, UNKNOWN))[2]
    assert 3 == run("catalog", "gaps")[0]


def test_damaged_lines_are_passed_over(tally: Path) -> None:
    """A line that was cut off takes none of the others with it."""
    good = b'{"format": "acme", "code": "X", "count": 2, "last": "2026-11-22"}\n'
    wrong = b'{"format": 3}\n[1]\n{"count": true\n\xff\n{"count": -1, "last": "2026-11-22"}\n'
    tally.parent.mkdir()
    tally.write_bytes(gaps.HEADER + good + wrong + gaps.HEADER + good.replace(b"22", b"23"))

    assert [gaps.Gap("acme", "X", 4, "2026-11-23")] == gaps.read_tally(str(tally))


def test_a_large_tally_is_put_together(tally: Path) -> None:
    """A file that grew large is written anew with a line for each code, and counts on."""
    line = b'{"format": null, "code": "X", "count": 1, "last": "2026-11-22"}\n'
    tally.parent.mkdir()
    tally.write_bytes(gaps.HEADER + line * 20_000)
    complaint = gaps.record(str(tally), decode(UNKNOWN))

    assert complaint is None
    assert tally.stat().st_size < 1000
    assert [20_000, 1] == [gap.times for gap in gaps.read_tally(str(tally))]
    assert [tally] == list(tally.parent.iterdir())


@given(st.binary(max_size=200))
@settings(max_examples=60)
def test_any_tally_is_survived(data: bytes) -> None:
    """Whatever became of the lines: a list of gaps."""

    assert all(gap.times > 0 for gap in gaps._join((gaps.HEADER + data).splitlines()))
