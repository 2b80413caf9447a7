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
    ({"errors": [{"field": "a", "defaultMessage": MESSAGE}]}, (None, MESSAGE, None)),
    ({"meta": {"error_code": "x"}, "errorCode": "E42"}, ("E42", None, None)),
    ({"result": {"code": "200.300.404", "message": MESSAGE}}, ("200.300.404", MESSAGE, None)),
    ({"code": "42P01", "message": MESSAGE}, ("42P01", MESSAGE, None)),
    ({"name": "192.0.2.1", "message": MESSAGE}, (None, MESSAGE, None)),
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
        (
            "Mooring failed:\n  - pier: is unknown\n\t2) boat: is away\nReady\n",
            "Mooring failed: - pier: is unknown 2) boat: is away",
        ),
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
