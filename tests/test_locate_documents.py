"""The laws of payloads that are several documents: each fault is looked for in its own."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.body import read_body
from errdecode.body.documents import document_of, read_documents
from errdecode.locate import read_request_body
from errdecode.locate.documents import share_out
from errdecode.model import JSON, Body, Location, Report, Request, Text
from errdecode.pipeline import decode
from errdecode.redact import redact
from errdecode.render import View, render

ACTION = {"_index": "berths", "_id": "1"}
REASON = "failed to parse field [{}] of type [long] in document with id '1'"


def lines(*documents: JSON) -> str:
    """Documents as NDJSON."""
    return "".join(json.dumps(document) + "\n" for document in documents)


def failed(operation: str, field: str) -> JSON:
    """An item of a bulk answer that failed."""
    error = {"type": "document_parsing_exception", "reason": REASON.format(field)}
    return {operation: {"_index": "berths", "_id": "1", "status": 400, "error": error}}


def passed(operation: str) -> JSON:
    """An item of a bulk answer that went through."""
    return {operation: {"_index": "berths", "_id": "2", "status": 200, "result": "done"}}


def bulk(items: list[JSON], payload: str) -> Report:
    """The report of a bulk request."""
    answer = json.dumps({"took": 3, "errors": True, "items": items})
    (report,) = decode(answer, request=payload, format="elasticsearch")
    return report


def refused(pointer: str, payload: str, detail: str = "must be positive") -> Report:
    """The report of an answer that says nothing of single documents."""
    problem = {"detail": detail, "pointer": pointer}
    answer = {"type": "about:blank", "title": "Bad", "status": 400, "errors": [problem]}
    (report,) = decode(json.dumps(answer), request=payload)
    return report


def marked(place: Location) -> str:
    """What a place marks in the whole payload."""
    assert place.text is not None
    return place.text.value[place.start : place.end]


def test_an_item_has_the_documents_in_its_place() -> None:
    """Lines of action are counted, and those of an operation without a source."""
    payload = lines(
        {"index": ACTION}, {"depth": 7}, {"delete": ACTION}, {"update": ACTION}, {"depth": "low"}
    )
    report = bulk([passed("index"), passed("delete"), failed("update", "depth")], payload)
    (place,) = report.diagnostics[0].locations

    assert ("/4/depth", True, '"low"') == (place.pointer, place.found, marked(place))
    assert payload.index('"low"') == place.start
    assert "matched with them in order" in report.notes[-1].message


def test_every_failed_item_has_its_own_place() -> None:
    """One kind of fault in several documents is one cause with several places."""
    payload = lines(*[{"index": ACTION}, {"depth": "low"}] * 3)
    report = bulk([failed("index", "depth"), passed("index"), failed("index", "depth")], payload)
    places = [one.locations[0] for one in report.diagnostics]

    assert ["/1/depth", "/5/depth"] == [place.pointer for place in places]
    assert "2 of 3: /*/depth" in render(report, "terminal", View())


def test_what_a_document_lacks_is_missing_in_it() -> None:
    """A member that is not there is marked in the item's own document."""
    payload = lines({"index": ACTION}, {"depth": 1}, {"index": ACTION}, {"name": "B"})
    report = bulk([passed("index"), failed("index", "depth")], payload)
    (place,) = report.diagnostics[0].locations

    assert (False, "/3/depth", "/3") == (place.found, place.pointer, place.nearest)
    assert '{"name": "B"}' == marked(place)


@pytest.mark.parametrize(
    ("documents", "heads", "expected"),
    [
        ([{}, {}], [{}, {}], [[0], [1]]),
        ([{}, {}, {}, {}], [{}, {}], [[0, 1], [2, 3]]),
        ([{}, {}, {}], [{}, {}], []),
        ([{"a": {}}, {"b": {}}, {}], [{"a": {}}, {"b": {}}], [[0], [1, 2]]),
        ([{"a": {}}, {}, {"b": {}}], [{"a": {}}, {"b": {}}], [[0, 1], [2]]),
        ([{"a": {}}, {}, {}, {"b": {}}], [{"a": {}}, {"b": {}}], [[0, 1], [2, 3]]),
        ([{"a": {}}, {}, {}], [{"a": {}}, {"b": {}}], []),
        ([{}, {}], [], []),
    ],
)
def test_items_are_matched_one_to_one_or_not_at_all(
    documents: list[JSON], heads: list[JSON], expected: list[list[int]]
) -> None:
    """As many documents as items, twice as many, or heads of the same names in the same order."""
    items = [("items", str(at)) for at in range(len(heads))]
    shares = share_out(items, {"items": heads}, documents)

    assert expected == [list(shares[item]) for item in items if item in shares]


def test_a_single_document_with_the_member_is_meant() -> None:
    """Without items a pointer is searched in each document, and the answer says so."""
    report = refused("/qty", lines({"name": "a"}, {"name": "b", "qty": -1}))
    (place,) = report.diagnostics[0].locations

    assert ("/1/qty", True, "-1") == (place.pointer, place.found, marked(place))
    assert any("each is searched" in note.message for note in report.notes)


def test_a_quoted_value_tells_which_document_is_meant() -> None:
    """Of several documents with the member, that with the value the server quotes."""
    payload = lines({"name": "Ada"}, {"name": "Bob"}, {"name": "Cy"})
    report = refused("/name", payload, "the value 'Bob' is taken")

    assert '"Bob"' == marked(report.diagnostics[0].locations[0])


@pytest.mark.parametrize(
    ("pointer", "reason"),
    [("/name", "nothing tells which of the 3 documents"), ("/zip", "none of the 3 documents")],
)
def test_nothing_is_said_of_a_document_that_may_not_be_meant(pointer: str, reason: str) -> None:
    """Where several documents have the member, or none, no place is marked, and it is said why."""
    report = refused(pointer, lines({"name": "Ada"}, {"name": "Bob"}, {"name": "Cy"}))
    (place,) = report.diagnostics[0].locations

    assert (False, None) == (place.found, place.text)
    assert reason in (place.reason or "")


def test_secrets_are_masked_in_every_document() -> None:
    """A secret in a later document is as hidden as one in the first."""
    payload = lines({"index": ACTION}, {"depth": "low", "password": "pelican77"})
    report = redact(bulk([failed("index", "depth")], payload))

    assert all("pelican77" not in render(report, how, View()) for how in ("terminal", "json"))


DOCUMENTS = st.lists(
    st.dictionaries(
        st.text('ab{}[]"é', max_size=3), st.none() | st.integers() | st.text(max_size=4)
    )
    | st.lists(st.integers(), max_size=3),
    min_size=2,
    max_size=5,
)


@settings(deadline=None)
@given(DOCUMENTS, st.sampled_from(["\n", "\r\n", " ", "", "\n\x1e"]))
def test_documents_are_told_apart(documents: list[JSON], between: str) -> None:
    """What stands one behind the other is read as so many documents, each in its place."""
    text = between.join(map(json.dumps, documents)) + between
    body = read_request_body(Request(body=Text(text)))
    assert body is not None
    found = [document_of(body, at)[0].value for at in range(len(documents))]

    assert ("documents", documents, documents) == (body.kind, body.value, found)


def several(text: str) -> Body | None:
    """Read a text as several documents."""
    return read_documents(read_body(Text(text)))


@pytest.mark.parametrize(
    "text",
    ['{"a": 1}', '{"a": 1} }', '{"a": 1}\nnot JSON', "[\n{\n[", '[2026] a\n[2026] b\n{"c": 1}', ""],
)
def test_a_single_document_is_none_of_several(text: str) -> None:
    """One document with something else behind it, damaged JSON and prose stay what they are."""
    assert several(text) is None


def test_a_damaged_line_among_others_is_read() -> None:
    """A line with a fault in it is a document, and the note names it."""
    body = several('{"a": 1}\n{"b": [1, 2,]}\n{"c": 3}\n')
    assert body is not None

    assert [{"a": 1}, {"b": [1, 2]}, {"c": 3}] == body.value
    assert any(note.message.startswith("document 2: ") for note in body.notes)
