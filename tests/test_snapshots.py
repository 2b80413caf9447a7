"""Captures in, snapshots out: what a user sees, held file by file.

`tests/captures/NAME.EXT` gives `tests/snapshots/NAME.EXT.{txt,short,json,md,html}`; with `--update`
pytest writes them anew and takes away those whose capture is gone. Read the difference before
keeping it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest

SNAPSHOTS = Path(__file__).parent / "snapshots"
ENDINGS = {"terminal": "txt", "short": "short", "json": "json", "markdown": "md", "html": "html"}
"""The ending of the snapshot for each value of `--output`."""


@pytest.mark.parametrize("output", ENDINGS)
def test_snapshot(
    capture: str, output: str, decode_capture: Callable[..., Any], update: bool
) -> None:
    """A capture is shown as its snapshot has it, and nothing is said on standard error."""
    _, out, err = decode_capture(capture, "--output", output, "--width", "100")
    actual = ASIDE.get(output, str)(out)
    file = SNAPSHOTS / f"{capture}.{ENDINGS[output]}"
    if update:
        file.write_text(actual, encoding="utf-8", newline="")

    assert err == ""
    assert file.exists(), "there is no such snapshot yet: run pytest --update and review it"
    if difference := changes(file.read_bytes().decode(), actual):
        pytest.fail(difference, pytrace=False)  # an assertion would cut it, or take minutes over it


def test_no_orphans(update: bool, captures: list[str]) -> None:
    """Every snapshot belongs to a capture."""
    known = {f"{name}.{ending}" for name in captures for ending in ENDINGS.values()}
    orphans = [file for file in SNAPSHOTS.iterdir() if file.name not in known]
    if update:
        for file in orphans:
            file.unlink()
        orphans = []

    assert [file.name for file in orphans] == []


def changes(expected: str, actual: str) -> str:
    """The difference line by line."""
    lines = (text.splitlines(keepends=True) for text in (expected, actual))
    return "".join(unified_diff(*lines, "expected", "actual"))


def without_scores(out: str) -> str:
    """JSON to read, without what a new format changes: scores, and candidates too weak to claim."""
    reports = [json.loads(line) for line in out.splitlines()]
    for report in reports:
        report["candidates"] = [one for one in report["candidates"] if one["confidence"]]
        for candidate in report["candidates"]:
            del candidate["score"]
            for piece in candidate["evidence"]:
                del piece["weight"]
    return "".join(json.dumps(report, indent=2) + "\n" for report in reports)


def without_style(page: str) -> str:
    """A page without its style, which is the same for all, and without its scores."""
    page = re.sub(r"(?<=<style>).*?(?=</style>)", "", page, flags=re.DOTALL)
    return re.sub(r'<details class="proof".*?</details>\n', "", page)


ASIDE = {"json": without_scores, "html": without_style}
"""What leaves out of an output what has its own tests and would change every snapshot."""
