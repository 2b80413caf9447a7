"""An answer in what clients and logs make of it: the answer is told, with what its carrier says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sightings import read_all

from errdecode.model import JSON
from errdecode.scan.model import Sighting

BODY: dict[str, JSON] = {"error": {"code": "no_berth", "message": "None is left"}}
CALL: dict[str, JSON] = {"method": "post", "url": "https://api.example.com/v1/berths"}
SENT = json.dumps({"pier": 7})


def told(record: Any, before: str = "") -> list[tuple[str | None, int | None, str | None]]:
    """Code, status and method of each error in a line."""
    found = read_all(f"{before}{json.dumps(record)}\n".encode())
    assert all(isinstance(one, Sighting) for one in found)
    return [
        (one.code, one.context.status, one.context.method)
        for one in found
        if isinstance(one, Sighting)
    ]


LOGGED: dict[str, JSON] = {"level": "error", "time": "2026-11-22T12:00:00Z", "msg": "failed"}
RECORDS: dict[str, dict[str, JSON]] = {
    "a client's error": {"err": {"config": {**CALL, "data": SENT},
                                 "response": {"status": 409, "data": BODY}}},
    "a response": {**CALL, "response": {"statusCode": 409, "headers": {}, "body": BODY}},
    "a body as a text": {**CALL, "response": {"status": 409, "body": json.dumps(BODY)}},
    "the payload beside it": {**CALL, "status": 409, "data": SENT, "response": json.dumps(BODY)},
    "the same twice": {**CALL, "status": 409, "content": json.dumps(BODY), "json": BODY},
}  # fmt: skip


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_one_answer_is_one_error(record: dict[str, JSON]) -> None:
    """Neither what was sent counts, nor what carries the answer, nor the answer twice."""
    assert [("no_berth", 409, "POST")] == told({**LOGGED, **record})


def test_what_stands_behind_a_prefix_says_as_much() -> None:
    """Fields behind the text of a line are the record's, as loggers for consoles write them."""
    fields = {"status": 409, "body": json.dumps(BODY), **CALL}
    before = "2026-11-22T12:00:00.000Z\tERROR\tclient/do.go:88\trequest failed\t"

    assert [("no_berth", 409, "POST")] == told(fields, before)


def test_two_errors_of_a_list_are_two() -> None:
    """Equal ones, too."""
    record = {**LOGGED, "status": 409, "answers": [json.dumps(BODY), json.dumps(BODY)]}

    assert 2 * [("no_berth", 409, None)] == told(record)


@pytest.mark.parametrize(
    "line",
    [
        "INFO POST https://api.example.com/v1/berths responded 204 in 12 ms request_id=abc-1",
        "INFO GET https://api.example.com/v1/berths 200",
    ],
)
def test_a_finished_call_lends_nothing(line: str) -> None:
    """The line above a body says whose it is, unless it tells of a success."""
    body = {"error": {"code": "card_declined", "message": "no", "type": "card_error"}}
    (found,) = read_all(f"2026-11-22 12:00:00 {line}\n{json.dumps(body)}\n".encode())

    assert isinstance(found, Sighting)
    assert (None, None, None) == (found.context.url, found.context.status, found.context.time)


def test_a_record_with_its_own_time_borrows_none() -> None:
    """What says when it was written says the rest, too."""
    record = {"@t": "2026-11-22T12:00:01Z", "@l": "Error", "StatusCode": 409}
    above = "2026-11-22 12:00:00 WARN POST https://api.example.com/v1/tides is slow\n"

    assert [("no_berth", 409, None)] == told({**record, "Body": json.dumps(BODY)}, above)


def test_a_bad_request_is_none_that_was_sent() -> None:
    """The words of a status stand before an answer, `request:` before a payload."""
    above = "2026-11-22 12:00:00 ERROR call req-17 failed: 400 Bad Request: "
    sent = '2026-11-22 12:00:00 ERROR 400 GET /v1/berths request={"message": "a boat"}\n'

    assert [("no_berth", 400, None)] == told({"error": "no_berth", "error_code": "no_berth"}, above)
    assert [] == read_all(sent.encode())
