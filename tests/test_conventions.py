"""The laws of conventions: a missing member is named as the payload names the others."""

from __future__ import annotations

import pytest

from errdecode.body import read_body
from errdecode.locate import Sent, locate
from errdecode.locate.conventions import follow_conventions
from errdecode.model import Diagnostic, Problem, Text

MISSING = "The field is required."


def follow(content: str, *said: tuple[str, str]) -> Diagnostic:
    """What becomes of the last of several problems, each a pointer and a sentence."""
    body = read_body(Text(content), None)
    problems = [
        Problem(pointer=pointer, pointer_as_sent=pointer, dialect="json-pointer", detail=detail)
        for pointer, detail in said
    ]
    found = [Diagnostic(one, locate(one, Sent(body))) for one in problems]
    return follow_conventions(found, body)[-1]


def named(diagnostic: Diagnostic) -> str:
    """The place that is told, as read."""
    (location,) = diagnostic.locations
    return location.repairs[0].pointer if location.repairs else location.pointer


@pytest.mark.parametrize(
    ("content", "other", "missing", "expected"),
    [
        ('{"mast": 1}', "/Mast", "/Berth", "/berth"),
        ('{"boatName": 1}', "/BoatName", "/BerthNumber", "/berthNumber"),
        ('{"boat_name": 1}', "/boatName", "/berthNumber", "/berth_number"),
        ('{"BoatName": 1}', "/boat_name", "/berth", "/Berth"),
        ('{"mast": 1, "boat_name": 2}', "/Mast", "/BerthNumber", "/berth_number"),
        ('{"mast": 1}', "/Mast", "/BerthNumber", "/BerthNumber"),
        ('{"mast": 1, "Sail": 2}', "/Mast", "/Berth", "/Berth"),
        ('{"mast": 1, "@type": 2}', "/Mast", "/Berth", "/Berth"),
        ('{"mast": 1}', "/mast", "/Berth", "/Berth"),
    ],
)
def test_what_is_missing_follows_the_payload(
    content: str, other: str, missing: str, expected: str
) -> None:
    """A missing member is written in the one convention that fits; if several do, as it was."""
    assert expected == named(follow(content, (other, "no good"), (missing, MISSING)))


def test_its_parent_tells_the_convention() -> None:
    """Where the object that lacks a member is written otherwise, so is the member; it is put so."""
    diagnostic = follow('{"berth": {"quay": 1}}', ("/Berth/Number", MISSING))

    assert "/berth/number" == named(diagnostic)
    assert diagnostic.patch is not None
    assert "/berth/number" == diagnostic.patch.operations[0]["path"]


def test_a_server_may_mean_its_spelling() -> None:
    """Where the server misses a member that is there under another name, it means what it says."""
    assert "/Berth" == named(follow('{"mast": 1}', ("/Mast", MISSING), ("/Berth", MISSING)))


def test_what_is_refused_keeps_its_name() -> None:
    """What the server does not miss is not written anew."""
    assert "/Berth" == named(follow('{"mast": 1}', ("/Mast", "no good"), ("/Berth", "is invalid")))
