"""The laws of pointers that an answer gives in two parts: where they begin, and what is below."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode import decode
from errdecode.body import read_body
from errdecode.extract import extract
from errdecode.format import At, Extract, Format, Read, Regex
from errdecode.format.packed import pack, unpack_format
from errdecode.model import JSON, Exchange, Problem, Response, Text
from errdecode.pointer import build

FEW = settings(max_examples=100, deadline=None)
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)


def run(words: Extract, value: JSON) -> list[Problem]:
    """Extract with words of our own from a JSON body."""
    format = Format("x", "X", "vendor", "https://docs.example.com", "2026-11-22", extract=words)  # type: ignore[arg-type]
    body = read_body(Text(json.dumps(value)))
    return extract(format, "body", Exchange("body", body.text, response=Response()), body)


def below(*places: Read, at: str = "/name") -> Read:
    """The name of a member, which lies below one of these places."""
    return Read(at=At(at), template="/{value}", below=places)


WHERE = Read(at=At("/where"))
ROW = Read(at=At("#/rows/*/number"), template="/items/{value}")


@FEW
@given(st.lists(NAMES, max_size=4), NAMES)
def test_the_pointer_is_both_parts(where: list[str], name: str) -> None:
    """Any name is one token, whatever it holds, and an empty beginning is the whole body."""
    (problem,) = run(Extract(pointer=(below(WHERE),)), {"where": build(where), "name": name})

    assert build((*where, name)) == problem.pointer == problem.pointer_as_sent


@pytest.mark.parametrize(
    ("dialect", "where", "expected"),
    [
        ("dotted", "boats[0].berth", "/boats/0/berth/no"),
        ("dotted", "", "/no"),
        ("segments", ["boats", 0], "/boats/0/no"),
        ("segments", [], "/no"),
        ("kubernetes", "boats[gull]", "/boats/gull/no"),
        ("query-list", "Boat.1", "/Boat/0/no"),
    ],
)
def test_each_part_has_its_dialect(dialect: str, where: JSON, expected: str) -> None:
    """The beginning is read as it is written, the name as it is."""
    read = Read(at=At("/where"), dialect=dialect)  # type: ignore[arg-type]  # any of them
    (problem,) = run(Extract(pointer=(below(read),)), {"where": where, "name": "no"})

    assert (expected, dialect) == (problem.pointer, problem.dialect)


@pytest.mark.parametrize("value", [{"name": "no"}, {"name": None, "where": "/a"}, {"where": "/a"}])
def test_nothing_is_made_of_one_part(value: JSON) -> None:
    """The next read counts then."""
    words = Extract(pointer=(below(WHERE), Read(at=At("/else"))))
    given = {**value, "else": "/b"} if isinstance(value, dict) else value

    assert "/b" == run(words, given)[0].pointer
    assert run(words, value)[0].pointer is None


def test_the_first_beginning_counts() -> None:
    """As everywhere."""
    words = Extract(pointer=(below(Read(at=At("/here")), WHERE),))

    assert "/b/no" == run(words, {"name": "no", "where": "/b"})[0].pointer
    assert "/a/no" == run(words, {"name": "no", "where": "/b", "here": "/a"})[0].pointer


def test_what_either_part_rests_on_is_told() -> None:
    """A pointer is as sure as its parts."""
    guessed = Read(at=At("/where"), matches=Regex("at (.+)$"), heuristic=True)
    (problem,) = run(Extract(pointer=(below(guessed),)), {"name": "no", "where": "at /a"})

    assert ("/a/no", True) == (problem.pointer, problem.heuristic)


def test_the_base_of_pointers_stands_once() -> None:
    """The format's base comes before the beginning."""
    words = Extract(pointer=(below(WHERE),), pointer_base=At("/variables"))

    assert "/variables/a/no" == run(words, {"name": "no", "where": "/a"})[0].pointer


# ---------------------------------------------------------------- the items around


@FEW
@given(st.lists(st.lists(NAMES, max_size=3), max_size=4), st.randoms())
def test_a_star_is_the_item_that_one_stands_in(rows: list[list[str]], random: object) -> None:
    """`#/rows/*/number` is the number of its own row, in whatever order they come."""
    numbers = list(range(len(rows)))
    random.shuffle(numbers)  # type: ignore[attr-defined]
    listed = [{"number": n, "names": names} for n, names in zip(numbers, rows, strict=True)]
    words = Extract(each=(At("/rows/*/names/*"),), pointer=(below(ROW, at=""),))
    expected = [f"/items/{row['number']}{build((n,))}" for row in listed for n in row["names"]]  # type: ignore[attr-defined]

    assert expected == [problem.pointer for problem in run(words, {"rows": listed})]  # type: ignore[dict-item]


def test_no_other_item_lends_its_number() -> None:
    """A row without one has no beginning; what is told once for all rows is theirs."""
    value: JSON = {"rows": [{"names": ["a"]}, {"number": 7, "names": ["b"]}]}
    words = Extract(each=(At("/rows/*/names/*"),), pointer=(below(ROW, at=""),))
    told = Extract(each=(At("/rows/*/names/*"),), code=(Read(at=At("#/rows/*/number")),))

    assert [None, "/items/7/b"] == [problem.pointer for problem in run(words, value)]
    assert ["7", "7"] == [problem.code for problem in run(told, value)]


def test_the_index_keeps_it() -> None:
    """What is packed is unpacked as it was, at any depth."""
    words = Extract(pointer=(below(below(WHERE, at="/inner"), ROW),))
    format = Format("x", "X", "vendor", "https://docs.example.com", "2026-11-22", extract=words)  # type: ignore[arg-type]

    assert format == unpack_format(json.loads(json.dumps(pack(format))))


# ---------------------------------------------------------------- in the catalog


def test_a_missing_member_is_shown_where_it_belongs() -> None:
    """Ajv names the object and the member apart: the place is that of the member."""
    error = {"instancePath": "/user", "schemaPath": "#/properties/user/required"}
    error |= {"keyword": "required", "message": "must have required property 'email'"}
    answer = json.dumps([{**error, "params": {"missingProperty": "email"}}])
    (report,) = decode(answer, request='{"user": {"name": "Ann"}}', status=400)
    ((place,),) = [diagnostic.locations for diagnostic in report.diagnostics]

    assert ("/user/email", False, "/user") == (place.pointer, place.found, place.nearest)


def test_members_of_several_elements_are_told_apart() -> None:
    """Jira counts the elements that failed beside the errors of their fields."""
    errors = [
        {"status": 400, "failedElementNumber": at, "elementErrors": {"errors": {"summary": "No."}}}
        for at in (2, 0)
    ]
    request = {"issueUpdates": [{"fields": {"summary": text}} for text in "abc"]}
    answer = json.dumps({"issues": [], "errors": errors})
    (report,) = decode(answer, request=json.dumps(request), status=400)

    assert ["/issueUpdates/2/fields/summary", "/issueUpdates/0/fields/summary"] == [
        diagnostic.problem.pointer for diagnostic in report.diagnostics
    ]
