"""The laws of wrappers that several problems tell of: what is missing belongs beside the others."""

from __future__ import annotations

import pytest

from errdecode.body import read_body
from errdecode.locate import Sent, locate
from errdecode.locate.siblings import follow_siblings
from errdecode.model import Body, Diagnostic, Problem, Repair, Text
from errdecode.render.frame import Look, Plan

FORM = "application/x-www-form-urlencoded"


def read(content: str) -> Body:
    """A body, a form if it looks like one."""
    return read_body(Text(content), FORM if "=" in content else None)


def found(body: Body, names: list[str]) -> list[Diagnostic]:
    """What becomes of problems that name members, all of which are required."""
    problems = [
        Problem(
            pointer=f"/{name}", pointer_as_sent=name, dialect="dotted", detail=f"{name} is required"
        )
        for name in names
    ]
    return follow(problems, body)


def follow(problems: list[Problem], body: Body) -> list[Diagnostic]:
    """What becomes of problems."""
    return follow_siblings([Diagnostic(one, locate(one, Sent(body))) for one in problems], body)


def refuse(name: str, detail: str) -> Problem:
    """A problem that names a member, and says something of it."""
    return Problem(pointer=f"/{name}", pointer_as_sent=name, dialect="json-pointer", detail=detail)


def last(content: str, *names: str) -> Repair | None:
    """The repair of the last name."""
    repairs = found(read(content), list(names))[-1].locations[0].repairs
    return repairs[0] if repairs else None


@pytest.mark.parametrize(
    ("content", "pointer", "label"),
    [
        ('{"boat": {"name": 1}}', "/boat/berth", "`berth` belongs here"),
        ('{"data": {"boat": {"name": 1}}}', "/data/boat/berth", "`berth` belongs here"),
        ("boat[name]=1", "/boat[berth]", "`&boat[berth]=` belongs here"),
        ("boat[name][]=1&boat[name][]=2", "/boat[berth]", "`&boat[berth]=` belongs here"),
    ],
)
def test_what_is_missing_belongs_beside_the_others(content: str, pointer: str, label: str) -> None:
    """What one problem lacks is missing in the wrapper in which the others are found."""
    body = read(content)
    diagnostic = found(body, ["name", "berth"])[-1]
    (location,) = diagnostic.locations
    frame = Plan((diagnostic,), Look()).frame(diagnostic, location)

    assert [(pointer, False)] == [(one.pointer, one.found) for one in location.repairs]
    assert label in str(frame)
    assert (diagnostic.patch is None) == (body.kind == "form")


def test_the_correction_goes_into_the_wrapper() -> None:
    """What is offered for a missing member is put beside its siblings."""
    patch = found(read('{"boat": {"name": 1}}'), ["name", "berth"])[-1].patch

    assert patch is not None
    assert "/boat/berth" == patch.operations[0]["path"]


def test_what_is_missing_proves_a_wrapper() -> None:
    """A member that is missing below a wrapper tells of it as one that is found does."""
    repair = last('{"boat": {"masts": [{"a": 1}, {"b": 2}]}}', "masts/1/a", "berth")

    assert repair is not None
    assert ("/boat/berth", False) == (repair.pointer, repair.found)


def test_several_wrappers_are_all_told() -> None:
    """Where the others may stand in any of several wrappers, so may what is missing."""
    body = read('{"boat": {"name": 1}, "owner": {"name": 2}}')
    diagnostic = follow([refuse("name", "is invalid"), refuse("mail", "is required")], body)[-1]
    (location,) = diagnostic.locations
    frame = Plan((diagnostic,), Look()).frame(diagnostic, location)

    assert ["/boat/mail", "/owner/mail"] == [one.pointer for one in location.repairs]
    assert diagnostic.patch is None
    assert "belongs here" not in str(frame)


def test_one_wrapper_is_common_to_all() -> None:
    """Of several wrappers, the one that has all others is meant."""
    repair = last('{"boat": {"name": 1, "mast": 2}, "owner": {"name": 2}}', "name", "mast", "berth")

    assert repair is not None
    assert "/boat/berth" == repair.pointer


@pytest.mark.parametrize(
    ("content", "name", "detail", "pointer", "there"),
    [
        ("boat[name]=x&boat[tags][]=a&plan=1", "tags", "is too short", "/boat[tags][]", True),
        ('{"boat": {"name": "x", "tag": "a"}, "plan": 1}', "tag", "no good", "/boat/tag", True),
        ('{"boat": {"name": "x", "tag": ""}, "plan": 1}', "tag", "is required", "/boat/tag", True),
        ("boat[name]=x&boat[at][x]=1&plan=1", "at/y", "is required", "/boat[at][y]", False),
        ('{"boat": {"name": "x", "at": {}}, "plan": 1}', "at/y", "is required", "/boat/at/y",
         False),
        ('{"boat": {"name": "x"}, "plan": 1}', "mast", "is required", None, False),
        ('{"boat": {"name": "x", "tag": "a"}, "plan": 1}', "tag", "is required", None, False),
        ('{"boat": {"name": "x"}}', "mast", "is invalid", None, False),
    ],
)  # fmt: skip
def test_what_stands_in_the_wrapper_is_found_there(
    content: str, name: str, detail: str, pointer: str | None, there: bool
) -> None:
    """What is in the wrapper of its siblings is found there, even if others stand outside."""
    problems = [refuse("name", "is invalid"), refuse(name, detail)]
    if "plan" in content:
        problems.append(refuse("plan", "is invalid"))
    (location,) = follow(problems, read(content))[1].locations

    assert [(pointer, there)] * (pointer is not None) == [
        (one.pointer, one.found) for one in location.repairs
    ]


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ('{"boat": {"name": 1}}', ["berth"]),
        ('{"boat": {"name": 1}}', ["length", "berth"]),
        ('{"boat": {"name": 1}, "owner": {"mail": 1}}', ["name", "mail", "berth"]),
        ('{"boat": {"name": 1}, "when": 1}', ["when", "berth"]),
        ("boat[name]=1&when=2", ["when", "berth"]),
    ],
)
def test_nothing_is_guessed_without_siblings(content: str, names: list[str]) -> None:
    """Where the others stand in no wrapper, or not all in one, nothing is told of it."""
    assert last(content, *names) is None


@pytest.mark.parametrize(
    ("content", "name", "pointer"),
    [
        ("boat[name]=1&boat[berth]=2", "name", "/boat[name]"),
        ("boat[tags][]=1&boat[tags][]=2", "tags", "/boat[tags][]"),
        ("boat.owner.mail=1", "owner/mail", "/boat.owner.mail"),
        ("name=1&owner[street]=2", "street", None),
    ],
)
def test_forms_are_looked_into(content: str, name: str, pointer: str | None) -> None:
    """The flat names of a form have a wrapper where all of them begin with it."""
    body = read_body(Text(content), FORM)
    problem = Problem(pointer=f"/{name}", pointer_as_sent=f"/{name}", detail="no good")
    (location,) = locate(problem, Sent(body))

    assert pointer == (location.repairs[0].pointer if location.repairs else None)
