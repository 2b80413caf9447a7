"""The laws of clues and expressions that pass the vocabulary and still are no good."""

from __future__ import annotations

from pathlib import Path

import pytest

from errdecode.authoring.check import run_check
from errdecode.authoring.greedy import find_greedy, open_beside
from errdecode.authoring.slow import check_speed, find_slow
from errdecode.compile import load_file
from errdecode.format import Clue, Detect, Format, Regex

GREEDY = """\
id = "teahouse"
name = "Tea House"
kind = "vendor"
documentation = "https://docs.example.com/errors"
reviewed = 2026-11-22

[detect]
required = [ { at = "/message", is = "string" } ]
supporting = [
  { at = "", has = ["message"] },
  { at = "/kettle", matches = '^[0-9]+-pot$' },
]

[extract]
detail = "/message"

[[codes]]
status = 404
title = "There is no tea"
meaning = "The pot is empty."
remedies = ["Brew more."]

[[examples]]
name = "empty"
status = 404
body = '{"message": "empty", "kettle": "7-pot"}'
problems = [ { detail = "empty" } ]
"""


def write(folder: Path, text: str = GREEDY) -> Path:
    """Write the file of the tea house."""
    file = folder / "teahouse.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_greedy_clues_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Required clues that many others satisfy, and a supporting one that says nothing more, each
    with its line."""
    file = write(tmp_path)
    code = run_check([file])
    first, second, total = capsys.readouterr().out.splitlines()

    assert 4 == code
    assert first.startswith(f"{file}:8: detect.required: these clues hold for 1 in ")
    assert second.startswith(f"{file}:10: detect.supporting[0]: this clue proves nothing")
    assert "1 file checked, 2 faults" == total


def test_clues_of_its_own_are_not_greedy(tmp_path: Path) -> None:
    """What no other format asks for passes."""
    telling = GREEDY.replace('"/message", is = "string"', '"/kettle"').replace(
        '{ at = "", has = ["message"] },\n', ""
    )
    loaded, _ = load_file(write(tmp_path, telling))
    catalog = open_beside(tmp_path)

    assert loaded
    assert catalog
    assert [] == list(find_greedy(loaded.format, catalog))


def test_a_faulty_folder_is_not_weighed(tmp_path: Path) -> None:
    """Where a catalog cannot be built, nothing is said of weights."""
    (tmp_path / "broken.toml").write_text("id = 1\n", encoding="utf-8")
    write(tmp_path)

    assert open_beside(tmp_path) is None


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:a|a)*b",
        r"(?s)a.*b.*c.*d",
        r"^\s*(?P<x>[^<]*?)\s*</title>",
        r"(\w+)@(\w+)\.com",
        r"\s*\s*\s*$",
        r"(?:aa|a)+b",
    ],
)
def test_slow_expressions_are_found(pattern: str) -> None:
    """Parts that take the same characters one behind the other, or in two ways at once."""
    seconds = find_slow(pattern)

    assert seconds is not None


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "(",
        r"^[a-z]+$",
        r"a+b",
        r"^\d+-\d+$",
        r"<title>[45]\d\d [^<]*</title>",
        r"(?s)^\s*(?P<x>\S(?:.*\S)?)\s*$",
        r"(?<![A-Za-z])([A-Za-z]+)$",
        r"(?i)\b(bearer|dpop) ",
    ],
)
def test_quick_expressions_are_not(pattern: str) -> None:
    """What takes no longer than a plain quadratic search is let through."""
    assert find_slow(pattern) is None


def test_slow_expressions_have_a_place() -> None:
    """The fault says where the expression stands, and how long it takes."""
    clue = Clue(text=Regex(r"(?s)a.*b.*c.*d"))
    detect = Detect(required=(Clue(body="text"),), supporting=(clue,))
    format = Format("a", "A", "vendor", "https://example.com", "2026-11-22", detect=detect)  # type: ignore[arg-type]
    (fault,) = check_speed(format)

    assert ("detect", "supporting", 0, "text") == fault.path
    assert "slow" in fault.message
