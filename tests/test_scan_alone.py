"""A file that is nothing but the body of an error is one error, whatever its format."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sightings import read_all

from errdecode.catalog import open_catalog
from errdecode.scan.model import Sighting, Unreadable
from errdecode.scan.read import Reader
from errdecode.scan.run.account import Account
from errdecode.scan.run.ranges import Job, Manner, scan_range, split
from errdecode.scan.sources import Source

BODY = {"error": {"code": "no_berth", "message": "No berth is free", "berths": [1, 2, 3]}}
LINE = json.dumps(BODY)
FILES = {
    "a line": LINE,
    "lines": json.dumps(BODY, indent=2) + "\n",
    "blanks": f"\ufeff\r\n {LINE}\n\n \n",
    "only a message": '{"error": "no berth is free"}',
    "cut off": LINE[: LINE.index("berths") + 5],
    "Python": str(BODY),
    "xml": "<error><code>no_berth</code><message>No berth is free</message></error>",
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_a_file_that_is_an_error_is_found(text: str) -> None:
    """In one line or several, damaged or cut off, with blanks around it."""
    (found,) = read_all(text.encode())

    assert isinstance(found, Sighting)
    assert (None, "no berth is free") == (found.format, (found.title or "").lower())


def test_half_of_such_a_file_is_read_or_told() -> None:
    """Where it is cut off before it says anything, it is listed; never dropped."""
    kinds = {at: read_all(LINE[:at].encode()) for at in range(30, len(LINE))}

    assert {1} == {len(items) for items in kinds.values()}
    assert {Sighting, Unreadable} >= {type(items[0]) for items in kinds.values()}


MORE = {
    "before": f"2026-03-01 INFO quay opened\n{LINE}\n",
    "behind": f"{LINE}\n2026-03-01 INFO quay closed\n",
    "another": f"{LINE}\n{LINE}\n",
    "a report": '{"file": "a.py", "errors": [{"code": "W1", "message": "unused name"}]}',
    "texts of a program": '{"error": {"required": "Please fill in"}, "success": "Saved"}',
    "pages by status": '{"errors": {"404": "Not found", "500": "Out of order"}}',
    "a word": '{"name": "quay", "error": "none"}',
    "a record": json.dumps({"level": "error", "time": "2026-03-01T08:00:00Z", **BODY}),
}


@pytest.mark.parametrize("text", MORE.values(), ids=MORE)
def test_with_more_beside_it_a_sign_is_asked_for(text: str) -> None:
    """An application's own errors look the same: what stands among others is none."""
    assert [] == read_all(text.encode())


def test_it_is_not_told_before_the_file_is_known() -> None:
    """What may go on is no file of its own, and what begins elsewhere is none either."""
    reader = Reader(open_catalog(), year=2026)
    data = LINE.encode()

    assert [] == list(reader.read(data, [0], whole=False))
    assert [] == list(reader.read(data, [0], base=7))


@given(st.integers(1, 200), st.integers(1, 200))
@settings(max_examples=20)
def test_it_does_not_hang_on_the_split(
    tmp_path_factory: pytest.TempPathFactory, step: int, window: int
) -> None:
    """Ranges and windows of any size find it once."""
    data = FILES["lines"].encode()
    path = tmp_path_factory.mktemp("files") / "error.json"
    path.write_bytes(data)
    merged = Account()
    for job in split(Source("error.json", str(path), len(data)), Manner(window=window), step):
        merged.merge(scan_range(job))

    assert scan_range(Job(Source("error.json", str(path), len(data)))).tally.errors == 1
    assert 1 == merged.tally.errors
