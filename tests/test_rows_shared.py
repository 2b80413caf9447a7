"""The laws of items that are told by what they share: an answer repeats a part of the request's."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.model import JSON, Report
from errdecode.pipeline import decode

FEW = settings(max_examples=60, deadline=None)
TORN: dict[str, JSON] = {"code": "TORN", "message": "The rope is torn"}


def report_on(answer: JSON, request: JSON) -> Report:
    """The report on the answer to a batch."""
    (report,) = decode(json.dumps(answer), request=json.dumps(request), status=422)
    return report


def places(answer: JSON, request: JSON) -> list[str | None]:
    """Where the problems lie in the request."""
    return [one.problem.pointer for one in report_on(answer, request).diagnostics]


@FEW
@given(
    st.lists(st.integers(0, 999), min_size=1, max_size=6, unique=True),
    st.lists(st.sampled_from(("batch", "input", "data")), max_size=2, unique=True),
    st.sampled_from(("sku", "contentId", "objectID", "email")),
    st.randoms(),
)
def test_any_shared_member_tells_an_item(
    numbers: list[int], around: list[str], name: str, random: object
) -> None:
    """Whatever its name, in any order, and however deep the list of the request stands."""
    failed = list(numbers)
    random.shuffle(failed)  # type: ignore[attr-defined]
    request: JSON = [{"count": 1, name: f"n-{number}"} for number in numbers]
    for wrapper in (*around, "rows"):
        request = {wrapper: request, "other": [{"x": 1}]}
    base = "".join(f"/{wrapper}" for wrapper in reversed((*around, "rows")))
    answer: JSON = {"errors": [{**TORN, name: f"n-{number}"} for number in failed]}

    assert [f"{base}/{numbers.index(number)}" for number in failed] == places(answer, request)


@pytest.mark.parametrize(
    ("item", "rows"),
    [
        ({"sku": "a"}, [{"sku": "a"}, {"sku": "a"}]),
        ({"sku": "a"}, [{"sku": "a"}, {"sku": "b"}, {"sku": "b"}]),
        ({"sku": "a"}, [{"sku": "a"}, {"name": "b"}]),
        ({"sku": "c"}, [{"sku": "a"}, {"sku": "b"}]),
        ({"sku": ""}, [{"sku": ""}, {"sku": "b"}]),
        ({"sku": True}, [{"sku": True}, {"sku": False}]),
        ({"status": "open"}, [{"status": "open"}, {"status": "shut"}]),
        ({"ref": "TORN"}, [{"ref": "TORN"}, {"ref": "WET"}]),
        ({"sku": "a", "berth": 2}, [{"sku": "a", "berth": 1}, {"sku": "b", "berth": 2}]),
    ],
)
def test_what_is_no_mark_tells_nothing(item: dict[str, JSON], rows: JSON) -> None:
    """Values that several have, or some have not; what says what happened; and contradictions."""
    assert [None] == places({"errors": [{**TORN, **item}]}, {"rows": rows})


def test_two_lists_may_mean_either() -> None:
    """Nothing tells which, so neither is taken."""
    answer: JSON = {"errors": [{**TORN, "sku": "a"}]}
    rows: JSON = [{"sku": "a"}, {"sku": "b"}]

    assert [None] == places(answer, {"new": rows, "old": rows})
    assert ["/new/0"] == places(answer, {"new": rows, "old": [{"sku": "c"}]})


def test_a_name_may_have_a_mark_before_it() -> None:
    """CouchDB answers `id` for `_id`."""
    answer: JSON = [{"id": "elm", "error": "conflict", "reason": "Document update conflict."}]

    assert ["/docs/1"] == places(answer, {"docs": [{"_id": "oak"}, {"_id": "elm"}]})


def test_the_member_at_fault_is_in_its_item() -> None:
    """What a problem names is looked for there."""
    answer: JSON = {"errors": [{**TORN, "sku": "b", "field": "mast"}]}

    assert ["/rows/1/mast"] == places(answer, {"rows": [{"sku": "a"}, {"sku": "b"}]})


def test_the_only_item_of_a_list_is_one() -> None:
    """An error that is alone in its list is told as the others are."""
    request: JSON = {"rows": [{"contentId": "a"}, {"contentId": "b"}]}

    assert ["/rows/1"] == places({"failed": [{"contentId": "b", "error": TORN}]}, request)


def test_ids_are_written_as_they_are() -> None:
    """A selector is no JSON Pointer, so nothing in an id is escaped in it."""
    items: JSON = [{"Id": "a/b~c", "Code": "Bad", "Message": "No", "SenderFault": True}]
    answer: JSON = {"Failed": items, "Successful": []}
    request = '{"QueueUrl": "q", "Entries": [{"Id": "x"}, {"Id": "a/b~c"}]}'
    (report,) = decode(json.dumps(answer), request=request, status=200)

    assert ["/Entries/1"] == [one.problem.pointer for one in report.diagnostics]


def test_many_items_are_matched_in_little_time() -> None:
    """Each list is read once for each member that is repeated."""
    rows: JSON = [{"sku": f"n-{at}", "count": at} for at in range(20_000)]
    answer: JSON = {"errors": [{**TORN, "sku": f"n-{at}"} for at in range(0, 20_000, 20)]}

    assert "/rows/19980" == places(answer, {"rows": rows})[-1]


def test_very_many_names_are_endured() -> None:
    """Only those that the request has are held against it."""
    rows: JSON = [{"sku": f"n-{at}", "count": at} for at in range(20_000)]
    errors: JSON = [
        {**TORN, **{f"m-{at}-{name}": "x" for name in range(20)}, "sku": f"n-{at}"}
        for at in range(1000)
    ]

    assert "/rows/999" == places({"errors": errors}, {"rows": rows})[-1]
