"""The laws of the generic reading: usual house styles are read, nothing is made up."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.body import read_body
from errdecode.extract import MOST_PROBLEMS
from errdecode.extract.claims import looks_like_error
from errdecode.extract.generic import read_generically
from errdecode.model import JSON, Problem, Text

FEW = settings(max_examples=200, deadline=None)
MESSAGE = "The parcel was not found"


def read(content: JSON | str, media: str | None = None) -> list[Problem]:
    """Read a body generically; a string is the body's own text."""
    text = content if isinstance(content, str) else json.dumps(content)
    return read_generically(read_body(Text(text), media))


STYLES: list[tuple[JSON | str, tuple[str | None, str | None, int | None]]] = [
    ({"code": "E42", "message": MESSAGE}, ("E42", MESSAGE, None)),
    ({"error": MESSAGE}, (None, MESSAGE, None)),
    ({"error": "not_found", "error_description": MESSAGE}, ("not_found", MESSAGE, None)),
    ({"error": {"code": "E42", "message": MESSAGE}}, ("E42", MESSAGE, None)),
    ({"error": {"code": 42, "message": MESSAGE, "status": 404}}, ("42", MESSAGE, 404)),
    ({"errors": [{"code": "E42", "message": MESSAGE}]}, ("E42", MESSAGE, None)),
    ({"errors": [MESSAGE]}, (None, MESSAGE, None)),
    ({"errors": MESSAGE}, (None, MESSAGE, None)),
    ({"errorMessages": [MESSAGE], "errors": {}}, (None, MESSAGE, None)),
    ({"errors": {"code": "E42", "message": MESSAGE}}, ("E42", MESSAGE, None)),
    ({"exception": "parcel-missing"}, ("parcel-missing", None, None)),
    ({"Errors": {"Error": [{"Code": "E42", "Message": MESSAGE}]}}, ("E42", MESSAGE, None)),
    ({"status": 404, "error": "Not Found", "message": MESSAGE, "path": "/p"}, (None, MESSAGE, 404)),
    ({"statusCode": 404, "message": MESSAGE, "error": "Not Found"}, (None, MESSAGE, 404)),
    ({"errorCode": "E42", "errorMessage": MESSAGE}, ("E42", MESSAGE, None)),
    ({"error_code": 42, "error_msg": MESSAGE}, ("42", MESSAGE, None)),
    ({"errno": 42, "errmsg": MESSAGE, "msg": MESSAGE}, ("42", MESSAGE, None)),
    ({"fault": {"faultcode": "Client", "faultstring": MESSAGE}}, ("Client", MESSAGE, None)),
    ({"Fault": {"code": "E42", "description": MESSAGE}}, ("E42", MESSAGE, None)),
    ({"success": False, "message": MESSAGE, "code": "E42"}, ("E42", MESSAGE, None)),
    ({"ok": False, "error_code": 404, "description": MESSAGE}, ("404", MESSAGE, None)),
    ({"meta": {"code": 404, "error_message": MESSAGE}, "data": []}, ("404", MESSAGE, 404)),
    ({"response": {"error": {"code": "E42", "message": MESSAGE}}}, ("E42", MESSAGE, None)),
    ({"detail": MESSAGE}, (None, MESSAGE, None)),
    ({"detail": {"code": "E42", "message": MESSAGE}}, ("E42", MESSAGE, None)),
    ({"title": "Not here", "detail": MESSAGE, "status": 404}, (None, MESSAGE, 404)),
    ({"__type": "example#ParcelError", "message": MESSAGE}, ("example#ParcelError", MESSAGE, None)),
    (
        {"name": "PARCEL_MISSING", "message": MESSAGE, "debug_id": "1"},
        ("PARCEL_MISSING", MESSAGE, None),
    ),
    ([{"errorCode": "E42", "message": MESSAGE}], ("E42", MESSAGE, None)),
    ({"exception": {"type": "ParcelError", "message": MESSAGE}}, ("ParcelError", MESSAGE, None)),
    ({"status": {"code": "E42", "message": MESSAGE}}, ("E42", MESSAGE, None)),
    ({"result": {"resultCode": "E42", "resultMessage": MESSAGE}}, ("E42", MESSAGE, None)),
    ({"messages": [{"code": "E42", "text": MESSAGE}]}, ("E42", MESSAGE, None)),
    ({"error": {"type": "missing", "reason": MESSAGE}, "status": 404}, ("missing", MESSAGE, 404)),
    ({"problems": [{"type": "missing", "detail": MESSAGE}]}, ("missing", MESSAGE, None)),
    ({"ErrorResponse": {"Error": {"Code": "E42", "Message": MESSAGE}}}, ("E42", MESSAGE, None)),
    ({"data": None, "err": {"code": "E42", "msg": MESSAGE}}, ("E42", MESSAGE, None)),
    (f"<Error><Code>E42</Code><Message>{MESSAGE}</Message></Error>", ("E42", MESSAGE, None)),
    (f"<r><error code='E42'>{MESSAGE}</error></r>", (None, MESSAGE, None)),
    (
        "<s:Envelope xmlns:s='urn:x'><s:Body><s:Fault><faultcode>s:Client</faultcode>"
        f"<faultstring>{MESSAGE}</faultstring></s:Fault></s:Body></s:Envelope>",
        ("s:Client", MESSAGE, None),
    ),
    (
        f"error=not_found&error_description={MESSAGE.replace(' ', '+')}",
        ("not_found", MESSAGE, None),
    ),
    (MESSAGE + "\nand more", (None, MESSAGE, None)),
]


@pytest.mark.parametrize(("content", "expected"), STYLES, ids=[str(n) for n in range(len(STYLES))])
def test_house_styles(
    content: JSON | str, expected: tuple[str | None, str | None, int | None]
) -> None:
    """Code, message and status are read from where they usually stand."""
    problem = read(content)[0]

    assert expected == (problem.code, problem.detail, problem.status)
    assert problem.unverified


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Mooring ...\nerror: no such berth: 12\nbye", "error: no such berth: 12"),
        (
            "Traceback (most recent call last):\n"
            '  File "moor.py", line 12, in <module>\n    moor()\n'
            "harbour.errors.BerthError: 409 Conflict: berth 12",
            "harbour.errors.BerthError: 409 Conflict: berth 12",
        ),
        (
            "    Traceback (most recent call last):\n      File\n    KeyError: 'a'\n\n"
            "During handling of the above exception, another exception occurred:\n\n"
            "    Traceback (most recent call last):\n      File\n    BerthTaken\n    more",
            "BerthTaken",
        ),
        ("Traceback (most recent call last):\n  File", "Traceback (most recent call last):"),
        ("It failed\nfor errors are: many", "It failed"),
        ("\n" * 70_000 + "late\nline", "late"),
    ],
)
def test_the_line_of_a_text_that_tells_the_error(text: str, line: str) -> None:
    """The exception behind a trace, a line that begins as errors do, else the first one."""
    (problem,) = read(text)

    assert line == problem.detail


def test_pages_have_a_title() -> None:
    """A page says its title and its first heading."""
    (problem,) = read("<html><title>404 Not Found</title><h1>No such page here</h1></html>")

    assert ("404 Not Found", "No such page here") == (problem.title, problem.detail)
    assert problem.code is None


@pytest.mark.parametrize(
    "message",
    [
        "The parcel was not found",
        "Not found: parcel 42",
        "E42 is what you get",
        "Oops!",
        "42 %",
        "ü",
    ],
)
def test_prose_is_no_code(message: str) -> None:
    """A sentence is never taken for a code."""
    for content in ({"error": message}, {"code": message}, {"type": message}, [message], message):
        problems = read(content)

        assert [None] * len(problems) == [problem.code for problem in problems]


def test_ids_and_booleans_are_no_codes() -> None:
    """An id names an occurrence, and a boolean answers another question."""
    (problem,) = read({"id": "abc123", "error": True, "status": False, "message": MESSAGE})

    assert (None, MESSAGE) == (problem.code, problem.detail)


def test_success_is_no_code_of_an_error() -> None:
    """That the call arrived is not what failed: the code is the one that tells of the failure."""
    (problem,) = read({"code": "SUCCESS", "result_code": "FAIL", "err_code": "BERTHTAKEN"})

    assert "BERTHTAKEN" == problem.code


@pytest.mark.parametrize(
    ("item", "sent", "dialect", "pointer"),
    [
        ({"pointer": "/a/b"}, "/a/b", "json-pointer", "/a/b"),
        ({"field": "a.b"}, "a.b", "dotted", "/a/b"),
        ({"param": "a[b]"}, "a[b]", "dotted", "/a/b"),
        ({"loc": ["body", "a", 0]}, "body/a/0", "segments", "/a/0"),
        ({"path": ["a/b"]}, "a/b", "segments", "/a~1b"),
    ],
)
def test_places_are_read(
    item: dict[str, JSON], sent: str, dialect: str, pointer: str | None
) -> None:
    """Where an item says the place of the fault it is kept, as a heuristic."""
    (problem,) = read({"errors": [{"message": MESSAGE, **item}]})

    assert (sent, dialect, pointer) == (problem.pointer_as_sent, problem.dialect, problem.pointer)
    assert problem.heuristic


def test_places_in_other_parts_of_the_request() -> None:
    """FastAPI's `loc` begins with the part of the request; a query's member is a parameter."""
    query, header = (
        read({"detail": [{"loc": [part, "limit"], "msg": "not a number", "type": "int"}]})[0]
        for part in ("query", "header")
    )

    assert ("limit", None, None) == (query.parameter, query.header, query.pointer)
    assert ("limit", None, None) == (header.header, header.parameter, header.pointer)


def test_the_path_of_the_url_is_no_pointer() -> None:
    """Beside a time stamp, `path` is the path of the URL."""
    (problem,) = read({"timestamp": 1, "status": 404, "error": "Not Found", "path": "/v1/x"})

    assert problem.pointer_as_sent is None


@pytest.mark.parametrize("field", ["anywhere else", "", 7, None, {"a": 1}, [{"a": 1}]])
def test_prose_is_no_place(field: JSON) -> None:
    """What cannot be a path is none."""
    (problem,) = read({"message": MESSAGE, "field": field})

    assert problem.pointer_as_sent is None


def test_messages_by_field() -> None:
    """Messages by the name of a field are a problem each, at that field."""
    problems = read({"errors": {"email": ["is required", "is odd"], "a/b": "is long"}})

    assert [
        ("is required", "/email", "/errors/email"),
        ("is odd", "/email", "/errors/email"),
        ("is long", "/a~1b", "/errors/a~1b"),
    ] == [(problem.detail, problem.pointer, problem.origin) for problem in problems]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("lines[0].price", "/lines/0/price"),
        ("guest.name", "/guest/name"),
        ("guest[name", "/guest[name"),
        ("guest..name", "/guest..name"),
        ("", "/"),
    ],
)
def test_a_field_by_its_path(name: str, expected: str) -> None:
    """The name above a message is a path where it can be read as one, else a name as it stands."""
    (problem,) = read({"errors": {name: ["is not a number"]}})

    assert (expected, name) == (problem.pointer, problem.pointer_as_sent)


ZIP = {"field": "home.zip", "message": "must be 5 digits"}


@pytest.mark.parametrize(
    "content",
    [
        {"error": {"code": "E1", "message": MESSAGE, "details": [ZIP]}},
        {"error": {"code": "E1", "message": MESSAGE}, "details": [ZIP]},
        {"code": "E1", "message": MESSAGE, "fieldErrors": {"home.zip": "must be 5 digits"}},
        {"code": "E1", "message": MESSAGE, "details": {"home.zip": ["must be 5 digits"]}},
        {"code": "E1", "message": MESSAGE, "details": {"bodyErrors": [ZIP]}},
        {"code": "E1", "message": MESSAGE, "complaints": [ZIP]},
        {
            "code": "E1",
            "title": MESSAGE,
            "invalid-params": [{"name": "home.zip", "reason": "must be 5 digits"}],
        },
        {
            "code": "E1",
            "message": MESSAGE,
            "violations": [{"instancePath": "/home/zip", "message": "must be 5 digits"}],
        },
    ],
)
def test_faults_of_members_beside_the_error(content: JSON) -> None:
    """Faults that say where they lie are problems of their own, whatever their list is called."""
    (problem,) = read(content)

    assert "home" in str(problem.pointer_as_sent)
    assert ("E1", MESSAGE, "must be 5 digits") == (problem.code, problem.title, problem.detail)
    assert problem.pointer in ("/home/zip", "/home.zip")


@pytest.mark.parametrize(
    "beside",
    [
        {"details": [{"message": "seen twice", "count": 2}]},
        {"details": {"hint": "ask the harbour master"}},
        {"links": [{"path": "/v1/boats", "title": "boats"}]},
        {"data": [{"path": "/v1/a", "name": "a"}, {"path": "/v1/b", "name": "b"}]},
        {"details": ["seen twice"]},
        {"actions": [{"name": "unlock", "message": "Unlock the berth", "path": "/unlock"}]},
        {"options": [{"id": "a", "title": "Pay the fee", "field": "pay"}]},
        {"suggestions": [{"field": "sise", "message": "did you mean size?"}]},
        {"validValues": [{"name": "red", "description": "The colour red"}]},
        {"allowed_values": [{"field": "red", "message": "The colour red"}]},
        {"fields": [{"name": "size", "description": "The length in metres"}]},
        {"errors": [{"location": "eu-harbour-1", "code": "E1", "message": MESSAGE}]},
    ],
)
def test_what_says_no_place_is_no_fault_of_a_member(beside: dict[str, JSON]) -> None:
    """Where nothing beside the error is a sentence about a place, the error is the problem."""
    (problem,) = read({"code": "E1", "message": MESSAGE, **beside})

    assert ("E1", MESSAGE, None) == (problem.code, problem.detail, problem.pointer)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"source": {"pointer": "/data/size"}}, ("/data/size", None, None)),
        ({"source": {"parameter": "page"}}, (None, "page", None)),
        ({"source": {"header": "Accept"}}, (None, None, "Accept")),
        ({"path": "$.boats[0].size"}, ("/boats/0/size", None, None)),
        ({"pointer": "#/boats/0"}, ("/boats/0", None, None)),
    ],
)
def test_places_in_the_spelling_of_standards(
    item: dict[str, JSON], expected: tuple[str | None, ...]
) -> None:
    """The source of JSON:API, a JSONPath and a URI's fragment are read as what they are."""
    (problem,) = read({"errors": [{"message": MESSAGE, **item}]})

    assert expected == (problem.pointer, problem.parameter, problem.header)


def test_items_inherit_from_what_is_around_them() -> None:
    """What an item does not say comes from the object around it; its message becomes the title."""
    problems = read(
        {"code": "E1", "message": MESSAGE, "status": 422, "errors": [{"message": "x y"}]}
    )

    assert [("E1", "x y", MESSAGE, 422)] == [
        (p.code, p.detail, p.title, p.status) for p in problems
    ]


def test_origins_lead_to_the_items() -> None:
    """Each problem knows where in the body it was read."""
    problems = read({"error": {"errors": [{"message": "a b"}, {"message": "c d"}]}})

    assert ["/error/errors/0", "/error/errors/1"] == [problem.origin for problem in problems]


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "null", "7", '{"a": 1}', "[1, 2]", '{"a": {"b": {}}}']
)
def test_nothing_is_made_up(content: str) -> None:
    """Where nothing reads like an error there are no problems."""
    assert [] == read(content)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"error": "x"}, True),
        ({"Errors": [1]}, True),
        ({"ok": False}, True),
        ({"status": "failure"}, True),
        ({"error": None}, False),
        ({"errors": {}}, False),
        ({"error": 0}, False),
        ({"errorCode": "0000", "errorMessage": "Success"}, False),
        ({"errorCode": "0017", "errorMessage": "Success"}, True),
        ({"message": MESSAGE}, False),
        ({"status": "ok"}, False),
        ([{"error": "x"}], False),
    ],
)
def test_bodies_that_call_themselves_errors(content: JSON, expected: bool) -> None:
    """A non-empty error member, or success denied, speaks for itself."""
    assert expected is looks_like_error(read_body(Text(json.dumps(content))))


NAMES = st.sampled_from(
    ["", "error", "errors", "code", "message", "detail", "status", "data", "field", "loc"]
)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 600) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=15,
)


@given(DOCUMENTS)
@FEW
def test_any_document_is_read(document: JSON) -> None:
    """Any document gives problems that are marked as unverified, and codes without blanks."""
    for problem in read(document):
        assert problem.unverified
        assert " " not in (problem.code or "")


def test_as_many_problems_are_read_as_in_a_documented_format() -> None:
    """Nothing is left out silently: a list is read to the limit that the note names."""
    errors: list[JSON] = [{"code": "BAD", "path": f"items[{at}].q"} for at in range(1200)]

    assert [80, MOST_PROBLEMS] == [
        len(read({"errors": errors[:size]})) for size in (80, len(errors))
    ]
