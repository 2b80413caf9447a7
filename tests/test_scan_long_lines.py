"""A line that is too long to be read, and no document: told so, and what stands whole in it is
found all the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from errdecode.scan.model import Scan, Sighting, Unreadable
from errdecode.scan.run import ScanOptions, scan
from errdecode.scan.run.account import Item

BODY = json.dumps(
    {"type": "https://example.com/problems/no-credit", "title": "No credit", "status": 403}
)
WORDS = "it's a line of words that goes on, with 12 berths [and more] in it; "
SIZE = 1_200_000
HOSTILE = {
    "objects without end": '{"error":',
    "texts without end": '{"error":"',
    "brackets": "[",
    "empty objects": "{}",
    "digits": "1234567890",
    "quotes": '"',
    "escaped quotes": '\\"error\\":',
    "ends": '}{"error":"x',
    "words": 'an "error": without end ',
    "tags": "<error>",
    "NULs": "\0",
}


def scan_text(folder: Path, text: str, **options: int) -> tuple[Scan, list[Item]]:
    """The scan of a file with that text, and each item of it."""
    path = folder / "app.log"
    path.write_text(text, encoding="utf-8")
    items: list[Item] = []
    return scan([str(path)], ScanOptions(jobs=1, **options), each=items.append), items  # type: ignore[arg-type]  # all are numbers


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_line_is_no_error(tmp_path: Path, kind: str) -> None:
    """A long line of nothing has no error, and costs the lines around it nothing."""
    part = HOSTILE[kind]
    line = json.dumps({"level": "error", "body": json.loads(BODY)})
    text = f"{line}\n{part * (SIZE // len(part))}\n{line}\n"
    found, items = scan_text(tmp_path, text)
    whole = [one.place.line for one in items if isinstance(one, Sighting) and one.status == 403]

    assert [1, 3] == whole
    assert all(one.place.line == 2 for one in items if isinstance(one, Unreadable))
    assert 3 == found.lines


@pytest.mark.parametrize("kind", ["objects without end", "texts without end"])
def test_what_looks_like_errors_is_told(tmp_path: Path, kind: str) -> None:
    """A long line that bears signals and cannot be read is counted, and said first of all."""
    part = HOSTILE[kind]
    found, items = scan_text(tmp_path, part * (SIZE // len(part)))

    assert found.unreadable_count in (4, 5)
    assert {1} == {one.place.line for one in items}


@pytest.mark.parametrize("at", [0, 200_000, 262_100, 300_000, 786_400, 1_100_000])
def test_a_body_in_a_long_line_is_found(tmp_path: Path, at: int) -> None:
    """A whole body is found wherever it stands in a long line of words, and once."""
    before = (WORDS * (at // len(WORDS) + 1))[:at]
    text = f"{before} answered 403: {BODY} {WORDS * 2000}\n"
    found, items = scan_text(tmp_path, text + WORDS * 20_000 + "\n")

    assert [len(before) + 15] == [one.place.offset for one in items if isinstance(one, Sighting)]
    assert (1, 1) == (found.errors, len(found.groups))


@pytest.mark.parametrize("step", [100_000, 262_144, 400_000])
def test_long_lines_are_read_alike_in_any_ranges(tmp_path: Path, step: int) -> None:
    """How a long line is shared out changes nothing in what is found in it."""
    text = "".join(f"{WORDS * 900} answered 403: {BODY} and on" for _ in range(20))
    whole = scan_text(tmp_path, text)[1]
    parts = scan_text(tmp_path, text, step=step)[1]

    assert whole == parts
    assert 20 == len(whole)
