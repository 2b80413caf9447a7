"""Of a partial answer only the failed items are problems, whatever stands beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import report_of

from errdecode.clue import holds
from errdecode.compile.rules import check_format
from errdecode.compile.schema import read_format
from errdecode.format import Clue, Extract
from errdecode.format.packed import pack, unpack_format
from errdecode.pipeline import decode


class Partial(NamedTuple):
    """How a provider answers a batch: its items, and the answer around them."""

    passed: dict[str, Any]
    failed: dict[str, Any]
    answer: Callable[[list[Any]], Any]


PARTIAL = {
    "postmark": Partial(
        {"To": "ann@example.com", "ErrorCode": 0, "Message": "OK", "MessageID": "0a25"},
        {"ErrorCode": 300, "Message": "There is no body"},
        lambda items: items,
    ),
    "elasticsearch": Partial(
        {"index": {"_index": "boats", "_id": "1", "status": 201, "result": "created"}},
        {
            "index": {
                "_index": "boats",
                "_id": "2",
                "status": 400,
                "error": {"type": "mapper_parsing_exception", "reason": "failed to parse"},
            }
        },
        lambda items: {"took": 9, "errors": True, "items": items},
    ),
    "aws-json": Partial(
        {"SequenceNumber": "4959", "ShardId": "shardId-000000000002"},
        {"ErrorCode": "InternalFailure", "ErrorMessage": "Internal Service Failure"},
        lambda items: {"FailedRecordCount": 1, "Records": items},
    ),
    "ms-graph": Partial(
        {"id": "1", "status": 200, "body": {"displayName": "Mara"}},
        {
            "id": "2",
            "status": 400,
            "body": {"error": {"code": "Request_BadRequest", "message": "Not valid."}},
        },
        lambda items: {"responses": items},
    ),
    "salesforce": Partial(
        {"id": "001RM000003oLnnYAE", "success": True, "errors": []},
        {
            "success": False,
            "errors": [{"statusCode": "MALFORMED_ID", "message": "bad id", "fields": ["Id"]}],
        },
        lambda items: items,
    ),
    "scim": Partial(
        {"method": "DELETE", "status": "204", "response": {}},
        {
            "method": "POST",
            "status": "400",
            "response": {
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
                "scimType": "invalidValue",
                "detail": "userName is required",
                "status": "400",
            },
        },
        lambda items: {
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkResponse"],
            "Operations": items,
        },
    ),
    "jsonrpc": Partial(
        {"jsonrpc": "2.0", "result": {"error": None}, "id": 1},
        {"jsonrpc": "2.0", "error": {"code": -32602, "message": "Invalid params"}, "id": 2},
        lambda items: items,
    ),
    "fhir-operationoutcome": Partial(
        {
            "response": {
                "status": "201 Created",
                "outcome": {
                    "resourceType": "OperationOutcome",
                    "issue": [{"severity": "information", "code": "informational"}],
                },
            }
        },
        {
            "response": {
                "status": "404 Not Found",
                "outcome": {
                    "resourceType": "OperationOutcome",
                    "issue": [{"severity": "error", "code": "not-found"}],
                },
            }
        },
        lambda items: {"resourceType": "Bundle", "type": "batch-response", "entry": items},
    ),
    "meilisearch": Partial(
        {"uid": 2, "status": "succeeded", "error": None},
        {
            "uid": 1,
            "status": "failed",
            "error": {
                "message": "Index `boats` already exists.",
                "code": "index_already_exists",
                "type": "invalid_request",
                "link": "https://docs.meilisearch.com/errors#index_already_exists",
            },
        },
        lambda items: {"results": items, "total": len(items)},
    ),
}
"""A batch's items by format; all invented."""


@pytest.mark.parametrize("id", PARTIAL)
@settings(max_examples=12)
@given(fates=st.lists(st.booleans(), min_size=2, max_size=6).filter(any))
def test_successes_are_no_problems(id: str, fates: list[bool]) -> None:
    """However failures and successes stand, only failures are problems, each at its place."""
    partial = PARTIAL[id]
    items = [partial.failed if failed else partial.passed for failed in fates]
    (report,) = decode(json.dumps(partial.answer(items)), format=id, status=200)
    failed = [index for index, fate in enumerate(fates) if fate]

    assert report.batch is not None
    assert (len(fates), len(failed)) == (report.batch.total, report.batch.failed)
    assert failed == [
        next(int(token) for token in d.problem.origin.split("/") if token.isdecimal())
        for d in report.diagnostics
    ]


@pytest.mark.parametrize("id", PARTIAL)
def test_a_partial_answer_is_recognised(id: str) -> None:
    """Nobody has to name the format for it, and what to send again is said."""
    partial = PARTIAL[id]
    body = json.dumps(partial.answer([partial.passed, partial.failed]))
    report = report_of(f"HTTP/1.1 200 OK\nContent-Type: application/json\n\n{body}")

    assert report["format"]["id"] == id
    assert "partial" in [note["kind"] for note in report["notes"]]
    assert {"total": 2, "failed": 1, "counted_in": "response"}.items() <= report["batch"].items()


def test_a_refusal_says_nothing_of_items_that_went_through() -> None:
    """Beside a 4xx the items without a fault of their own were not done either."""
    body = {
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "Message": "Transaction cancelled",
        "CancellationReasons": [
            {"Code": "None"},
            {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed"},
        ],
    }
    report = report_of(json.dumps(body), status=400)

    assert (2, 1) == (report["batch"]["total"], report["batch"]["failed"])
    assert "partial" not in [note["kind"] for note in report["notes"]]
    assert ["consequence", "cause"] == [problem["role"] for problem in report["problems"]]


def test_harmless_items_have_not_failed() -> None:
    """An item of which all that is told is harmless does not count as failed."""
    body = {
        "operations": [
            {
                "method": "delete",
                "object": {"type": "plant", "id": "p1"},
                "success": False,
                "error": {"type": "OBJECT_NOT_FOUND", "title": "Object not found."},
            },
            {"method": "put", "object": {"type": "plant", "id": "p2"}, "success": True},
        ]
    }
    report = report_of(json.dumps(body), format="journeyapps", status=200)

    assert ["harmless"] == [problem["role"] for problem in report["problems"]]
    assert (2, 0) == (report["batch"]["total"], report["batch"]["failed"])


def test_all_items_are_counted_beyond_the_limit_of_problems() -> None:
    """A thousand problems are read; the items are counted to the end."""
    partial = PARTIAL["postmark"]
    items = [partial.failed, partial.passed] * 1500
    report = report_of(json.dumps(items))

    assert 1000 == len(report["problems"])
    assert (3000, 1500) == (report["batch"]["total"], report["batch"]["failed"])


# ---------------------------------------------------------------- without a documented format


@pytest.mark.parametrize("around", [lambda items: items, lambda items: {"results": items}])
@settings(max_examples=12)
@given(fates=st.lists(st.booleans(), min_size=2, max_size=6).filter(any))
def test_a_multi_status_is_read_generically(
    around: Callable[[list[Any]], Any], fates: list[bool]
) -> None:
    """Of a 207 that nobody documents, too, only what failed is a problem."""
    items = [
        {"id": index, "status": 404, "error": {"code": "NO_BOAT", "message": "There is none"}}
        if failed
        else {"id": index, "status": 200, "message": "All is well"}
        for index, failed in enumerate(fates)
    ]
    (report,) = decode(json.dumps(around(items)), status=207)
    failed = [index for index, fate in enumerate(fates) if fate]

    assert "error" == report.outcome
    assert report.batch is not None
    assert (len(fates), len(failed)) == (report.batch.total, report.batch.failed)
    assert [("NO_BOAT", 404)] * len(failed) == [
        (d.problem.code, d.problem.status) for d in report.diagnostics
    ]


def test_a_multi_status_of_successes_is_one() -> None:
    """A 207 in which nothing failed is no error."""
    (report,) = decode('[{"status": 200}, {"status": 201}]', status=207)

    assert "success" == report.outcome


def test_a_list_of_failures_alone_is_a_list_of_errors() -> None:
    """Outside a multi-status, a list of which all items failed has no items that went through."""
    body = json.dumps([{"status": 404, "message": "There is none"}] * 2)
    (report,) = decode(body, status=404)

    assert report.batch is None
    assert 2 == len(report.diagnostics)


# ---------------------------------------------------------------- the words


def test_tests_on_items_hold_together() -> None:
    """All clues of `each_is` have to hold, of `any` one; places count from the item."""
    clues = (Clue(at="/status", matches="^[45]"), Clue(any=(Clue(at="/a"), Clue(at="/b"))))

    assert holds(clues, {"status": 404, "b": None}, xml=False)
    assert not holds(clues, {"status": 204, "b": None}, xml=False)
    assert not holds(clues, {"status": 404}, xml=False)


FILE: dict[str, Any] = {
    "id": "acme",
    "name": "Acme",
    "kind": "vendor",
    "documentation": "https://docs.acme.example.com/errors",
    "reviewed": date(2026, 11, 22),
    "detect": {"required": [{"at": "/results"}]},
    "extract": {
        "each": "/results/*",
        "each_is": [{"at": "/ok", "equals": False}],
        "batch": ["/results/*"],
    },
    "codes": [{"title": "Refused", "meaning": "Acme refuses it.", "remedies": ["Ask Acme."]}],
    "examples": [
        {"name": "one", "body": '{"results": [{"ok": false}]}', "problems": [{"detail": "x"}]}
    ],
}


def test_the_words_pass_through_the_index() -> None:
    """A format out of the compiled index has the clues of its file."""
    format, faults = read_format(FILE)

    assert [] == faults
    assert format is not None
    expected = Extract(
        each=("/results/*",), each_is=(Clue(at="/ok", equals=False),), batch=("/results/*",)
    )
    assert expected == unpack_format(json.loads(json.dumps(pack(format)))).extract


@pytest.mark.parametrize("clue", [{"status": 404}, {"at": "/code", "known": True}])
def test_an_item_is_told_by_what_it_holds(clue: dict[str, Any]) -> None:
    """A clue on the head of the response, or on the file's codes, does not tell items apart."""
    format, faults = read_format({**FILE, "extract": {"each": "/results/*", "each_is": [clue]}})

    assert [] == faults
    assert format is not None
    assert [("extract", "each_is", 0)] == [fault.path for fault in check_format(format, "acme")]
