"""What a program prints over several lines is found where each line became a record of its own."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from sightings import read_all

from errdecode.scan.model import Sighting

BODY = {
    "type": "https://example.com/problems/no-berth",
    "title": "No berth is free",
    "status": 409,
    "errors": [{"detail": "All berths are taken"}],
}
TIME = 1_795_341_600
"""2026-11-22T10:00:00Z."""
COMPACT = (",", ":")
RECORDS: dict[str, Callable[[int, str], str]] = {
    "docker": lambda n, line: json.dumps(
        {"log": line + "\n", "stream": "stderr", "time": stamp(n)}, separators=COMPACT
    ),
    "docker again": lambda n, line: json.dumps(
        {"log": line + "\n", "stream": "stderr", "time": stamp(n)}
    ),
    "journal": lambda n, line: json.dumps(
        {"__REALTIME_TIMESTAMP": str((TIME + n) * 10**6), "PRIORITY": "3", "MESSAGE": line}
    ),
    "shipper": lambda n, line: json.dumps(
        {"@timestamp": stamp(n), "host": {"name": "quay"}, "message": line}, separators=COMPACT
    ),
}


def stamp(number: int) -> str:
    """A second of the log as RFC 3339 writes it."""
    return f"2026-11-22T10:00:{number:02}Z"


def log_of(kind: str, lines: list[str]) -> bytes:
    """A log of lines, in records of some kind."""
    return "".join(RECORDS[kind](n, line) + "\n" for n, line in enumerate(lines)).encode()


@pytest.mark.parametrize("before", ["", "Response: "])
@pytest.mark.parametrize("kind", RECORDS)
def test_a_body_over_several_records_is_one(kind: str, before: str) -> None:
    """It begins in the first of them, whose time is its own, and ends in the last one."""
    printed = (before + json.dumps(BODY, indent=2)).split("\n")
    data = log_of(kind, ["the quay is open", *printed, "the quay is closed"])
    (found,) = read_all(data)

    assert isinstance(found, Sighting)
    assert (TIME + 1, "No berth is free") == (found.context.time, found.title)
    own = data[found.place.offset :][: found.length]
    assert (b"{", b"}") == (own[:1], own[-1:])
    assert len(printed) - 1 == own.count(b"\n")


@pytest.mark.parametrize("kind", RECORDS)
def test_what_looks_like_a_part_of_a_document_may_be_none(kind: str) -> None:
    """A record whose text begins with a quote or ends with a bracket is read as it is."""
    body = json.dumps(BODY)
    lines = ['"quay" is open', f'"quay" answered 409: {body}', f"answered 409: {body} for {{"]
    found = read_all(log_of(kind, lines))

    assert [TIME + 1, TIME + 2] == [one.context.time for one in found if isinstance(one, Sighting)]


def test_a_literal_on_a_line_of_its_own_has_the_line_above() -> None:
    """What a program shows of a body is of the time of the line that introduces it."""
    text = f"2026-11-22 10:00:00 ERROR quay - answered 409:\n{json.dumps(BODY).encode()!r}\n"
    (found,) = read_all(text.encode())

    assert isinstance(found, Sighting)
    assert (TIME, "error", 409) == (
        found.context.time,
        found.context.level,
        found.context.status,
    )


HASHES = (
    '{"error"=>{"code"=>"no_berth", "message"=>"No berth is free", "status"=>409, "at"=>nil}}',
    '{"error" => {"code" => "no_berth", "message" => "No berth is free", "status" => 409}}',
    '{:error=>{:code=>"no_berth", :message=>"No berth is free", :status=>409}}',
    '{error: {code: "no_berth", message: "No berth is free", status: 409}}',
)


@pytest.mark.parametrize("shown", HASHES)
def test_a_hash_as_ruby_shows_it_is_a_body(shown: str) -> None:
    """With arrows or colons, strings or symbols, at its own place."""
    line = f"E, [2026-11-22T10:00:00.000000 #7] ERROR -- : answered 409: {shown} after 3 s\n"
    (found,) = read_all(line.encode())

    assert isinstance(found, Sighting)
    assert ("no_berth", 409, TIME) == (found.code, found.status, found.context.time)
    assert shown == line[found.place.offset :][: found.length]
