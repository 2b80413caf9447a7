"""The laws of what a frame marks: a value, a name, or the place where something is missing."""

from __future__ import annotations

import pytest
from test_frame import frame_of, marked
from test_frame_labels import drawn

from errdecode.body import read_body
from errdecode.locate import Sent, locate
from errdecode.model import JSON, Diagnostic, Explanation, Location, Problem, Repair, Text
from errdecode.render.frame import Look, Plan
from errdecode.render.frame.aim import is_about_name, is_wanted, may_be_elsewhere


@pytest.mark.parametrize(
    ("title", "detail"),
    [
        ("Unknown", 'The attribute "x" is not defined on this entity.'),
        ("Unknown", None),
        (None, "Additional properties are not allowed"),
        (None, "Extra inputs are not permitted"),
        ("Unrecognized field", None),
        ("bad request", "unexpected property: x"),
        (None, 'Unrecognised key(s) in object: "x"'),
    ],
)
def test_names_that_are_refused(title: str | None, detail: str | None) -> None:
    """Words for something unknown beside words for a member tell that its name is at fault."""
    assert is_about_name(Problem(title=title, detail=detail), None)


@pytest.mark.parametrize(
    ("title", "detail"),
    [
        ("Invalid type", "Expected a string"),
        ("Unknown", "The value of this attribute is not known"),
        (None, "Unknown country"),
        (None, "The value is not allowed in this field"),
        ("enum", None),
        (None, None),
        (None, "property x: undefined is not a string"),
    ],
)
def test_values_that_are_refused(title: str | None, detail: str | None) -> None:
    """In all other sentences it is the value."""
    assert not is_about_name(Problem(title=title, detail=detail), None)


def test_the_explanation_tells_too() -> None:
    """The catalog's title is a sentence like the server's."""
    assert is_about_name(Problem(title="E42"), Explanation("An unknown property was sent", ""))


@pytest.mark.parametrize("content", ['{"a": {"b": 1}}', "{'a': {b: 1}}", '{"a":\n{"b": 1,},}'])
def test_a_refused_name_is_marked(content: str) -> None:
    """The carets stand under the name, in damaged JSON as well; an item has none."""
    assert "b" == marked(frame_of(content, "/a/b", label="Unknown")).strip("\"'")
    assert "7" == marked(frame_of("[7]", "/0", label="Unknown"))


MISSING = {
    '{"a": {"b": 1}}': ("/a/c", ['1 {"a": {"b": 1}}', "               ^ `c` belongs here"]),
    '{"a": {}}': ("/a/c/d", ['1 {"a": {}}', "         ^ `c/d` belongs here"]),
    '{\n  "a": 1\n}\n': (
        "/c",
        ["1 {", '2   "a": 1', "+   ^ `c` belongs here", "3 }"],
    ),
    "{\n\t'a': {\n\t}\n}": (
        "/a/c",
        ["1 {", "2     'a': {", "+       ^ `c` belongs here", "3     }"],
    ),
    '{"a": [1, 2]}': (
        "/a/2",
        ['1 {"a": [1, 2]}', "             ^ the array has 2 items, there is no item 2"],
    ),
    '{"a": [\n  1\n]}': (
        "/a/-",
        ['1 {"a": [', "2   1", "+   ^ '-' stands past the end: the array has 1 item", "3 ]}"],
    ),
    '{"a": "x"}': ("/a/b", ['1 {"a": "x"}', "        ^^^ a string has no members"]),
    '{"a": [1]}': (
        "/a/b",
        ['1 {"a": [1]}', "        ^ 'b' is no array index, and the array has 1 item"],
    ),
    '{"name": 1}': ("/nmae", ['1 {"name": 1}', "  ^ there is no member 'nmae'"]),
    '{"a": {"b": 1': ("/a/c", ['1 {"a": {"b": 1', "+ ^ `c` belongs here"]),
}


@pytest.mark.parametrize("content", MISSING)
def test_what_is_missing_is_marked_where_it_belongs(content: str) -> None:
    """Behind the last member; a row of its own where the parent has lines of its own."""
    pointer, expected = MISSING[content]
    problem = Problem(pointer=pointer, pointer_as_sent=pointer, title="x")
    found = locate(problem, Sent(read_body(Text(content))))
    locations = tuple(one._replace(repairs=()) for one in found)
    diagnostic = Diagnostic(problem, locations)
    frame = Plan((diagnostic,), Look()).frame(diagnostic, locations[0])

    assert expected == drawn(frame)


@pytest.mark.parametrize(
    ("title", "detail", "wanted"),
    [
        (None, "is required", True),
        ("Invalid attribute", "can't be blank", True),
        ("Invalid request", "must not be null", True),
        (None, "Expected string, received undefined", True),
        ("Validation error", "must be a string", True),
        ("Pflichtfeld", None, True),
        (None, None, True),
        ("Unknown members", "unknown parameter, remove it", False),
        ("Invalid include", None, False),
        (None, "this field is not required here; omit it", False),
        (None, "Additional properties are not allowed", False),
        ("Bad", "is read-only", False),
    ],
)
def test_what_is_refused_does_not_belong_anywhere(
    title: str | None, detail: str | None, wanted: bool
) -> None:
    """A member is said to be missing unless the server's words are about one that is there."""
    problem = Problem(pointer="/c", pointer_as_sent="/c", title=title, detail=detail)
    locations = locate(problem, Sent(read_body(Text('{"a": 1}'))))
    diagnostic = Diagnostic(problem, locations)
    label = "`c` belongs here" if wanted else "there is no member 'c'"

    assert label in drawn(Plan((diagnostic,), Look()).frame(diagnostic, locations[0]))[1]


def test_the_explanation_says_that_something_is_refused() -> None:
    """The catalog's title decides where the server says nothing of it."""
    problem = Problem(code="E42")

    assert not is_wanted(problem, Explanation("An unknown parameter", ""))
    assert is_wanted(problem, Explanation("A parameter is missing", ""))


@pytest.mark.parametrize(
    ("detail", "quoted", "wanted"),
    [
        ("Input should be a valid integer", "two", False),
        ("Input should be a valid integer", 2, False),
        ("Input should be a valid integer", None, True),
        ("Input should be a valid integer", "", True),
        ("Field required", {"a": 1}, True),
        ("Field required", "two", True),
        ("bad", False, False),
    ],
)
def test_what_is_quoted_is_not_missing(detail: str, quoted: JSON, wanted: bool) -> None:
    """A value that the server got was sent, wherever it stands, unless it says that it is not."""
    assert wanted == is_wanted(Problem(detail=detail, extensions={"input": quoted}), None)


def test_what_only_follows_is_not_missing() -> None:
    """A consequence is no fault of its own, so nothing is to be put there."""
    assert not is_wanted(Problem(detail="dto is required", role="consequence"), None)


def repaired(title: str = "not a state") -> Diagnostic:
    """A problem whose pointer leads somewhere only when read otherwise."""
    text = Text('{"box": {"state": "ajar"}}')
    repair = Repair("/box/state", "wrapper", "all is in `box`", True, "ajar", 18, 24, (9, 16))
    location = Location(
        "request.body", "/state", False, nearest="", text=text, end=26, repairs=(repair,)
    )
    return Diagnostic(Problem(title=title), (location,))


def test_a_repaired_place_is_marked() -> None:
    """Where the likeliest reading leads, there the caret stands, with the problem's label."""
    diagnostic = repaired()
    frame = Plan((diagnostic,), Look()).frame(diagnostic, diagnostic.locations[0])

    assert '"ajar"' == marked(frame) if frame else False
    assert "not a state" in drawn(frame)[1]


def test_a_repaired_name_is_marked() -> None:
    """So is the name of the member there, when it is refused."""
    diagnostic = repaired("Unknown")
    plan = Plan((diagnostic,), Look())
    frame = plan.frame(diagnostic, diagnostic.locations[0])

    assert '"state"' == marked(frame) if frame else False
    assert "Line 1, column 10 of the request body: the name state: Unknown." == plan.narrate(
        diagnostic, diagnostic.locations[0]
    )


@pytest.mark.parametrize(
    ("content", "pointer", "label", "sentence"),
    [
        (
            '{\n "Name": false}',
            "/Name",
            "not a string",
            "Line 2, column 10 of the request body: the value of Name, false, is not a string.",
        ),
        (
            '{"a": [1]}',
            "/a",
            "must be an object.",
            "Line 1, column 7 of the request body: the value of a, an array, must be an object.",
        ),
        (
            '{"a": 1}',
            "/a",
            "Invalid",
            "Line 1, column 7 of the request body: the value of a, 1: Invalid.",
        ),
        (
            '{"a": 1}',
            "/a",
            "Unknown",
            "Line 1, column 2 of the request body: the name a: Unknown.",
        ),
        ('{"a": 1}', "/b", "x", "Line 1, column 8 of the request body: `b` belongs here."),
    ],
)
def test_a_sentence_for_those_who_hear_it(
    content: str, pointer: str, label: str, sentence: str
) -> None:
    """The place, what stands there and what is wrong with it, in one sentence."""
    problem = Problem(pointer=pointer, pointer_as_sent=pointer, title=label)
    diagnostic = Diagnostic(problem, locate(problem, Sent(read_body(Text(content)))))

    assert sentence == Plan((), Look()).narrate(diagnostic, diagnostic.locations[0])


def test_a_repaired_place_in_a_sentence() -> None:
    """The value of the likeliest reading is told."""
    diagnostic = repaired()
    said = Plan((), Look()).narrate(diagnostic, diagnostic.locations[0]) or ""

    assert said.endswith('the value of state, "ajar", is not a state.')


@pytest.mark.parametrize(
    ("detail", "elsewhere"), [("LastName is required", False), ("LastName was refused", True)]
)
def test_what_the_server_misses_is_missing_here(detail: str, elsewhere: bool) -> None:
    """A dotted name that leads nowhere may be the URL's, unless the server says it is missing."""
    problem = Problem(
        pointer="/LastName", pointer_as_sent="LastName", dialect="dotted", detail=detail
    )
    (location, *_) = locate(problem, Sent(read_body(Text('{"FirstName": "Ada"}'))))

    assert elsewhere == may_be_elsewhere(problem, location)
