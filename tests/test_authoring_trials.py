"""`errdecode catalog test`: every example tried against every format, and the matrix drawn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Run

from errdecode.authoring.matrix import Trial, show_matrix

GOOD = """\
id = "acme"
name = "Acme Orders"
kind = "vendor"
documentation = "https://docs.acme.example.com/errors"
reviewed = 2026-11-22
detect.required = [
  { at = "/fault", has = ["id", "text"] },
  { at = "/fault/id", matches = '^[A-Z_]+$' },
]

[extract]
each = "/fault"
code = "/id"
pointer = "/field"
pointer_dialect = "dotted"

[[codes]]
code = "QTY_RANGE"
title = "The quantity is out of range"
meaning = "A line asks for fewer or more pieces than Acme sells at once."
remedies = ["Set the quantity to a number from 1 to 99."]
retry = { verdict = "after-change" }

[[examples]]
name = "quantity out of range"
status = 422
body = '{"fault": {"id": "QTY_RANGE", "text": "From 1 to 99", "field": "lines[1].quantity"}}'
problems = [ { code = "QTY_RANGE", pointer = "/lines/1/quantity", retry = "after-change" } ]

[[counterexamples]]
name = "a SOAP fault written in JSON"
body = '{"fault": {"faultcode": "Server", "faultstring": "Out of order"}}'
"""


def write(folder: Path, text: str, name: str = "acme.toml") -> None:
    """Write a catalog file."""
    (folder / name).write_text(text, encoding="utf-8")


def trial(format: str, winner: str | None, kind: str = "example", **more: object) -> Trial:
    """A trial with the members that the test is about."""
    return Trial(format, f"of {format}", kind, winner, **more)  # type: ignore[arg-type]


def test_the_matrix_is_drawn() -> None:
    """Rows are formats, columns winners; the list names the closest example and whom it beat."""
    trials = [
        trial("a", "a", margin=3.0, runner_up="b"),
        trial("a", "b", complaint="lost"),
        trial("b", "b", margin=7.0),
        trial("b", None, "counterexample"),
        trial("b", "b", "forced", margin=0.0),
    ]

    assert [
        "      a",
        "      |   b",
        "a   1   1",
        "b   .   1",
        "",
        "a  1 of 2 won; closest 3.0 bits over b: of a",
        "b  1 of 1 won, 1 of 1 look-alikes lost, 1 of 1 others read; "
        "closest 7.0 bits with no other in sight: of b",
        "",
    ] == [line.rstrip() for line in show_matrix(trials)]


def test_a_large_matrix_shows_what_is_off() -> None:
    """With many formats only the confused ones are drawn; the list has them all."""
    ids = [f"f{number:03}" for number in range(200)]
    trials = [trial(id, id) for id in ids] + [trial("f007", "f100"), trial("f008", None)]
    lines = list(show_matrix(trials))
    drawn = lines[: lines.index("")]

    assert "200 formats; won by another format or by nobody: 2" == drawn[0]
    assert ["f007", "f008"] == [line.split()[0] for line in drawn[3:]]
    assert 200 + len(drawn) + 2 == len(lines)


SPOILT = [
    (
        'pointer = "/lines/1/quantity"',
        'pointer = "/lines/2"',
        "problems[0]: expected pointer '/lines/2', found '/lines/1/quantity'",
    ),
    ('code = "/id"', 'code = "/it"', "problems[0]: expected code 'QTY_RANGE', found None"),
    ('"after-change" } ]', '"after-change" }, {} ]', "expected 2 problems, found 1"),
    (
        '"faultcode": "Server", "faultstring"',
        '"id": "SERVER", "text"',
        "won by acme, expected to be won by another",
    ),
    (
        '{"fault": {"id": "QTY',
        '{"felt": {"id": "QTY',
        "expected to be won by acme, found nobody: a required clue",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), SPOILT)
def test_failures_are_told(run: Run, tmp_path: Path, old: str, new: str, message: str) -> None:
    """A failure names what was expected and what was found, and is exit 1."""
    assert old in GOOD
    write(tmp_path, GOOD.replace(old, new, 1))
    code, out, _ = run("catalog", "test", "--only", "acme", str(tmp_path))

    assert 1 == code
    assert message in out


def test_a_tie_is_a_failure(run: Run, tmp_path: Path) -> None:
    """Two formats that claim the same response equally are told."""
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace('"acme"', '"twin"'), "twin.toml")
    code, out, _ = run("catalog", "test", "--only", "acme", str(tmp_path))

    assert 1 == code
    assert "found a tie with twin" in out


def test_overlays_in_force_are_tested(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a folder the user's own formats are among the tested; a wrong one is warned of."""
    good = GOOD.replace('id = "acme"', 'id = "quayside"')
    write(tmp_path, good, "quayside.toml")
    monkeypatch.setenv("ERRDECODE_CATALOG", str(tmp_path))
    code, out, err = run("catalog", "test", "--only", "quayside")
    write(tmp_path, good.replace("kind", "kid"), "quayside.toml")
    spoilt = run("catalog", "test", "--only", "quayside")

    assert (0, "", True) == (code, err, "2 passed, 0 failed" in out)
    assert (4, True) == (spoilt[0], "unknown key 'kid'" in spoilt[2])


def test_an_unknown_id_is_told(run: Run) -> None:
    """`--only` with a slip of the pen asks back."""
    code, _, err = run("catalog", "test", "--only", "talonon")

    assert (2, True) == (code, "did you mean talonone?" in err)


def test_forced_examples_do_not_count(run: Run) -> None:
    """Timeouts are given their format, so they are no proof of recognition."""
    code, out, _ = run("catalog", "test", "--only", "soundbite")
    listed = re.search(r"^soundbite +(\d+) of \1 won,.* ([1-9]) of \2 others read;", out, re.M)
    drawn = re.search(r"^soundbite +(\d+)$", out, re.M)

    assert (0, True, True) == (code, listed is not None, drawn is not None), out
    assert listed[1] == drawn[1]
