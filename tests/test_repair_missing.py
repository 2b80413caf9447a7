"""A member that the server misses is told where it belongs, and never led elsewhere."""

from __future__ import annotations

import pytest
from repairs import find, told


@pytest.mark.parametrize(
    ("content", "sent"),
    [
        ('{"name": 1, "owner": {"street": 2}}', "/street"),
        ('{"name": 1}', "/owner/name"),
        ('{"data": {"y": 1}, "x": 2}', "/data/x"),
        ('{"items": [1, 2]}', "/items/4"),
        ('{"items": [1, 2]}', "/items/-"),
        ('{"items": [{"name": 1}, {"title": 2}]}', "/items/1/name"),
        ('{"items": [{"name": 1}, {"name": 2}]}', "/items/name"),
        ('{"x": 1}', "/query/x"),
        ('{"x": 1}', "/y"),
        ("plain text", "/y"),
        ("3", "/0"),
    ],
)
def test_what_is_missing_stays_missing(content: str, sent: str) -> None:
    """Where a member may simply be absent, and no words speak for another one, none is offered."""
    assert [] == told(find(content, sent))


@pytest.mark.parametrize("name", ["body", "content", "data", "payload", "dto", "request"])
@pytest.mark.parametrize("detail", ["is required", "can't be blank", "must be given"])
def test_what_is_missing_is_not_the_payload(name: str, detail: str) -> None:
    """A member may be called as a payload is: where the server misses it, it is no other word."""
    assert [] == told(find('{"x": 1}', f"/{name}", detail=detail))
    assert [""] == [one[0] for one in told(find('{"x": 1}', f"/{name}", detail="not valid here"))]


@pytest.mark.parametrize(
    ("content", "sent", "pointer", "reason"),
    [
        (
            '{"address": {"street": 1}}',
            "/Address/Zip",
            "/address/Zip",
            "the payload writes `address` in another letter case",
        ),
        ('{"order": {"lines": [{"a": 1}]}}', "/lines/0/sku", "/order/lines/0/sku", None),
        ('{"shipTo": {"a": 1}}', "/ship_to/geo/lat", "/shipTo/geo/lat", None),
    ],
)
@pytest.mark.parametrize("detail", ["is required", "no good"])
def test_what_is_missing_has_a_parent(
    content: str, sent: str, pointer: str, reason: str | None, detail: str
) -> None:
    """A missing member belongs into the object that its pointer means when read otherwise."""
    location = find(content, sent, detail=detail)
    (repair,) = location.repairs

    assert (pointer, False, 0) == (repair.pointer, repair.found, repair.end)
    assert reason in (None, repair.reason)
    assert (location.nearest or "") in pointer.rpartition("/")[0]
    assert '{"' == content[location.start :][:2]


@pytest.mark.parametrize(
    ("content", "sent"),
    [
        ('{"Owner": {"a": 1}, "OWNER": {"a": 1}}', "/owner/name"),
        ('{"Owner": "a"}', "/owner/name"),
        ('{"a": 1}', "/owner/name"),
    ],
)
def test_no_parent_is_guessed(content: str, sent: str) -> None:
    """Of two objects neither is the parent, and a scalar is none."""
    assert [] == told(find(content, sent, detail="is required"))


@pytest.mark.parametrize(
    ("content", "pointer", "found"),
    [
        ('{"Crew": [{"name": "Ada"}, {"name": ""}]}', "/Crew/1/name", True),
        ('{"Crew": [{"name": "Ada"}, {"age": 7}]}', "/Crew/1/name", False),
        ('{"crew_attributes": [{"name": "Ada"}, {"name": " "}]}', "/crew_attributes/1/name", True),
    ],
)
def test_the_item_that_lacks_a_member(content: str, pointer: str, found: bool) -> None:
    """Where a pointer leaves an index out, the only item without the missing member is meant."""
    (repair,) = find(content, "/crew/name", detail="can't be blank").repairs

    assert (pointer, found) == (repair.pointer, repair.found)


@pytest.mark.parametrize(
    ("items", "detail"),
    [
        ('[{"name": ""}, {"name": ""}]', "can't be blank"),
        ('[{"name": "a"}, {"name": "b"}]', "can't be blank"),
        ('[{"name": ""}, {"age": 7}]', "can't be blank"),
        ('[{"name": "a"}, {"name": ""}]', "is odd"),
    ],
)
def test_the_list_whose_item_is_not_told(items: str, detail: str) -> None:
    """Where several items may be meant, or any, the list is the place and none of them."""
    content = f'{{"Crew": {items}}}'
    location = find(content, "/crew/name", detail=detail)

    assert ((), "/Crew", items) == (
        location.repairs,
        location.nearest,
        content[location.start : location.end],
    )
    assert "which of its items" in (location.reason or "")


@pytest.mark.parametrize(
    ("content", "pointer"),
    [
        ('{"boat_attributes": {"name": 7}}', "/boat_attributes/name"),
        ('{"boatAttributes": {"name": 7}}', "/boatAttributes/name"),
        ('{"stay": {"boat_attributes": {"name": 7}}}', "/stay/boat_attributes/name"),
        ('{"boat": {"age": 1}, "boat_attributes": {"name": 7}}', None),
        ('{"boat_attributes": 7}', None),
    ],
)
def test_what_is_sent_as_attributes(content: str, pointer: str | None) -> None:
    """An object may be sent under its name with `attributes` behind it, if not under its own."""
    assert ([pointer] if pointer else []) == [
        one[0] for one in told(find(content, "/boat/name", detail="is odd"))
    ]
