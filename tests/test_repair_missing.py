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
