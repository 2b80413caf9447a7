"""The laws of assumed pointers: what leads nowhere is dropped, or read in its one other way."""

from __future__ import annotations

import pytest

from errdecode.body import read_body
from errdecode.locate import Sent, locate
from errdecode.model import Problem, Text


@pytest.mark.parametrize(
    ("content", "pointer", "detail", "nearest"),
    [
        ('{"boat": {"nmae": 1}}', "/boat/name", "You must specify a name.", "/boat"),
        ('{"boat": {"nmae": 1}}', "/boat/name", "name: cannot be left blank", "/boat"),
        ('{"boat": {"nmae": 1}}', "/boat/name", "name: is too long", None),
        ('{"boot": {"nmae": 1}}', "/boat/name", "name is required", None),
        ('{"boat": [1]}', "/boat/name", "name is required", None),
    ],
)
def test_what_is_missing_where_a_pointer_assumes_it(
    content: str, pointer: str, detail: str, nearest: str | None
) -> None:
    """An assumed pointer that leads nowhere is dropped, unless the server misses a member of an
    object that is there."""
    problem = Problem(
        pointer=pointer, pointer_as_sent="name", detail=detail, assumes="names stand in `boat`"
    )
    locations = locate(problem, Sent(read_body(Text(content))))

    assert [nearest] * (nearest is not None) == [one.nearest for one in locations]


@pytest.mark.parametrize(
    ("content", "spelled"),
    [
        ('{"BoatName": "x"}', ["/BoatName"]),
        ('{"boat_name": "x"}', ["/boat_name"]),
        ('{"boat_name": "x", "BoatName": "y"}', []),
        ('{"BoatName": "a whole other one"}', []),
        ('{"data": {"boatName": "x"}}', []),
    ],
)
def test_what_the_payload_spells_otherwise_where_a_pointer_assumes_it(
    content: str, spelled: list[str]
) -> None:
    """An assumed pointer is followed to its one other spelling, if the value does not differ."""
    problem = Problem(
        pointer="/boatName",
        pointer_as_sent="boatName",
        detail="it is too short",
        assumes="it stands in the body",
        extensions={"rejectedValue": "x"},
    )
    locations = locate(problem, Sent(read_body(Text(content))))

    assert spelled == [one.pointer for place in locations for one in place.repairs]
