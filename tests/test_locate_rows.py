"""The laws of matching the items of a batch's answer with those of its request."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.model import JSON, Report
from errdecode.pipeline import decode

BOATS: JSON = [{"id": "a", "berth": 1}, {"id": "b", "berth": 2}, {"id": "c", "berth": 3}]
TAKEN: dict[str, JSON] = {"code": "TAKEN", "message": "The berth is taken", "field": "berth"}
TORN: dict[str, JSON] = {"code": "TORN", "message": "The rope is torn"}
IN_ORDER = "The items of the answer are taken to be in the order of the request."
FROM_ZERO = "The indices in the answer are taken to count from 0."


def report_on(answer: JSON, request: JSON, status: int = 207) -> Report:
    """The report on the answer to a batch."""
    head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n\r\n"
    (report,) = decode(head + json.dumps(answer), request=json.dumps(request))
    return report


def places(report: Report) -> list[str | None]:
    """Where the problems lie in the request."""
    return [diagnostic.problem.pointer for diagnostic in report.diagnostics]


def assumed(report: Report) -> list[str]:
    """What was taken for granted."""
    return [note.message for note in report.notes if note.kind == "assumption"]


OK: JSON = {"status": 200, "body": {}}


@pytest.mark.parametrize(
    ("answer", "expected", "notes"),
    [
        ([OK, {"status": 409, "body": TAKEN}, OK], ["/1/berth"], [IN_ORDER]),
        ([OK, OK, {"status": 409, "body": TORN}], ["/2"], [IN_ORDER]),
        ([OK, {"status": 409, "body": {**TAKEN, "field": "mast"}}, OK], ["/1"], [IN_ORDER]),
        ([{"id": "c", "status": 409, "error": TAKEN}], ["/2/berth"], []),
        ([{"id": "c", "status": 409, "error": {**TAKEN, "field": "mast"}}], ["/2/mast"], []),
        ({"errors": [{"id": "b", **TORN}, {"id": "z", **TORN}]}, ["/1", None], []),
        (
            {"errors": [{"index": 1, **TAKEN}, {"index": 2, **TORN}]},
            ["/1/berth", "/2"],
            [FROM_ZERO],
        ),
        ({"errors": [{"index": 0, **TAKEN}, {"index": 2, **TORN}]}, ["/0/berth", "/2"], []),
        ({"errors": [{"index": 3, **TORN}, {"index": 1, **TORN}]}, ["/2", "/0"], []),
        ({"errors": [{"index": 7, **TORN}]}, [None], []),
        ([OK, {"status": 409, "body": TORN}], [None], []),
    ],
)
def test_a_fault_lies_in_its_item(
    answer: JSON, expected: list[str | None], notes: list[str]
) -> None:
    """By the id or index that the answer repeats, else by its order, which is said; a member that
    is not there is given to an item only where that is known."""
    report = report_on(answer, BOATS)

    assert (expected, notes) == (places(report), assumed(report))


def test_items_under_a_name() -> None:
    """The request may have its items in its only array of objects, beside other members."""
    answer: JSON = [OK, OK, {"status": 409, "body": TAKEN}]

    assert ["/boats/2/berth"] == places(report_on(answer, {"dry": False, "boats": BOATS}))
    assert ["/berth"] == places(report_on(answer, {"boats": BOATS, "buoys": BOATS}))


def test_what_leads_to_a_value_stays() -> None:
    """A pointer that is right as it was sent is not counted from an item."""
    answer: JSON = [OK, {"status": 409, "body": {**TAKEN, "field": "[0].berth"}}, OK]

    assert ["/0/berth"] == places(report_on(answer, BOATS))


def test_calls_of_a_batch_are_told_by_their_ids() -> None:
    """JSON-RPC answers in any order, and the id is shown."""
    failed: JSON = {"jsonrpc": "2.0", "error": {"code": -32601, "message": "No"}, "id": 7}
    calls: JSON = [{"jsonrpc": "2.0", "method": "moor", "id": at} for at in (7, 8)]
    report = report_on([{"jsonrpc": "2.0", "result": 1, "id": 8}, failed], calls, 200)

    assert (["/0"], []) == (places(report), assumed(report))
    assert [{"id": 7}] == [diagnostic.problem.extensions for diagnostic in report.diagnostics]


def test_without_a_request_the_item_is_named() -> None:
    """What tells an item from the others is kept."""
    answer: JSON = {"errors": [{"index": 1, **TORN}, {"ref": "x", **TORN}, {"id": "TORN", **TORN}]}
    (report,) = decode(json.dumps(answer))

    assert [{"index": 1}, {"ref": "x"}, {}] == [d.problem.extensions for d in report.diagnostics]


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(6)), st.sets(st.integers(0, 5), min_size=1))
def test_any_order_is_matched_by_ids(order: list[int], failed: set[int]) -> None:
    """However the answer is sorted, each fault lies in the item that has its id."""
    request: JSON = [{"id": f"boat-{at}", "berth": at} for at in range(6)]
    answer: JSON = [
        {"id": f"boat-{at}", "status": 409 if at in failed else 200, "error": TORN} for at in order
    ]

    assert [f"/{at}" for at in order if at in failed] == places(report_on(answer, request))


def test_many_items_are_matched_in_little_time() -> None:
    """The items are looked through once, not for each problem."""
    request: JSON = [{"id": f"boat-{at}"} for at in range(20_000)]
    errors: JSON = [{"id": f"boat-{at}", **TORN} for at in range(19_000, 20_000)]

    assert "/19999" == places(report_on({"errors": errors}, request))[-1]
