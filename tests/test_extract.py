"""The laws of extraction: a format's words applied to a response give its problems, in order."""

from __future__ import annotations

import json

import pytest
from hypothesis import settings

from errdecode.body import read_body
from errdecode.catalog import Catalog
from errdecode.clue import see
from errdecode.detect import detect
from errdecode.example import content_type
from errdecode.extract import (
    MOST_PROBLEMS,
    extract,
)
from errdecode.format import At, Code, Extract, Format, Read, Regex, Shape
from errdecode.model import JSON, Exchange, Failure, Problem, Response, Text

FEW = settings(max_examples=200, deadline=None)


def read(catalog: Catalog, content: str, status: int | None = None) -> list[Problem]:
    """Detect the format of a content and extract its problems."""
    exchange = Exchange("body", Text(content), response=Response(status, None, (), Text(content)))
    body = read_body(Text(content), content_type(exchange))
    best = detect(catalog, see(exchange, body)).best
    assert best is not None
    return extract(catalog.format(best.id), best.shape, exchange, body)


def run(
    words: Extract, value: JSON, codes: tuple[Code, ...] = (), fold: bool = False
) -> list[Problem]:
    """Extract with words of our own from a JSON body."""
    format = Format("x", "X", "vendor", "https://docs.example.com", "2026-11-22", fold_codes=fold)
    format = format._replace(extract=words, codes=codes)
    body = read_body(Text(json.dumps(value)))
    return extract(format, "body", Exchange("body", body.text, response=Response()), body)


def at(*places: str) -> tuple[Read, ...]:
    """Reads of these places, the first that yields something counts."""
    return tuple(Read(at=At(place)) for place in places)


# ---------------------------------------------------------------- documented forms


def talon(source: JSON) -> str:
    """A Talon.One error with this source."""
    error = {"title": "Unknown", "details": "no such thing", "source": source}
    return json.dumps({"message": "The submitted data was invalid", "errors": [error]})


@pytest.mark.parametrize(
    ("source", "member", "expected"),
    [
        ({"pointer": "/attributes/Name"}, "pointer", "/attributes/Name"),
        ({"pointer": ""}, "pointer", ""),
        ({"parameter": "sort"}, "parameter", "sort"),
        ({"line": "7"}, "line", "7"),
        ({"line": "N/A"}, "line", "N/A"),
        ({"pointer": "/a", "resource": "/b"}, "extensions", {"resource": "/b"}),
    ],
)
def test_sources_of_talonone(catalog: Catalog, source: JSON, member: str, expected: JSON) -> None:
    """One of pointer, parameter and line says where; resource comes beside it."""
    (problem,) = read(catalog, talon(source), 400)

    assert expected == getattr(problem, member)
    assert ("Unknown", "no such thing", "/errors/0") == (
        problem.title,
        problem.detail,
        problem.origin,
    )
    assert (problem.pointer is None) == ("pointer" not in source)  # type: ignore[operator]


def test_every_error_is_read(catalog: Catalog) -> None:
    """All items are problems, in the order of the response."""
    errors = [
        {"title": f"t{n}", "details": "d", "source": {"pointer": f"/items/{n}"}} for n in range(3)
    ]
    problems = read(catalog, json.dumps({"message": "invalid", "errors": errors}), 400)

    assert ["/items/0", "/items/1", "/items/2"] == [problem.pointer for problem in problems]
    assert ["/errors/0", "/errors/1", "/errors/2"] == [problem.origin for problem in problems]


def test_wrappers_are_no_problems(catalog: Catalog) -> None:
    """A wrapper such as `multiple` is never reported itself, however deep they nest."""
    inner: JSON = [
        {"message": "Invalid street", "code": "address.street", "status": 422},
        {
            "code": "multiple",
            "status": 404,
            "inner": [{"message": "Zip is missing", "code": "address.zip", "status": 404}],
        },
    ]
    content = json.dumps({"error": {"code": "multiple", "status": 422, "inner": inner}})
    problems = read(catalog, content, 422)

    assert [
        ("/address/street", "/error/inner/0", 422),
        ("/address/zip", "/error/inner/1/inner/0", 404),
    ] == [(problem.pointer, problem.origin, problem.status) for problem in problems]


def test_padded_keys_are_read(catalog: Catalog) -> None:
    """A name with a blank before it is that name."""
    inner = '[{" message": "Zip is missing", "code": "address.zip", "status": 404}]'
    content = '{"error": {"code": "multiple", "status": 422, "inner": ' + inner + "}}"
    (problem,) = read(catalog, content, 422)

    assert "Zip is missing" == problem.detail


def test_batches_point_at_their_operation(catalog: Catalog) -> None:
    """The place of a failed operation in the response is its place in the request."""
    fine = {"method": "put", "object": {"type": "asset", "id": "1"}, "success": True}
    error = {"type": "INVALID_VALUE", "title": "Invalid value", "detail": "for field 'make'."}
    failed = {"method": "put", "object": {"type": "asset", "id": "2"}, "success": False}
    content = json.dumps({"operations": [fine, {**failed, "error": error}]})
    (problem,) = read(catalog, content, 200)

    assert ("INVALID_VALUE", "/operations/1/object/make") == (problem.code, problem.pointer)
    assert problem.heuristic
    assert problem.origin.startswith("/operations/1")


SOAP = """<{p}:Envelope xmlns:{p}="http://schemas.xmlsoap.org/soap/envelope/"><{p}:{body}>
<x:createThingResponse xmlns:x="http://www.soundbite.com/SOAPAPI2/110"><{ret}>
<{error}><{code}>ARG_NULL</{code}><message>no</message><argumentIndex>2</argumentIndex></{error}>
<{error}><{code}>OBJECT_EXISTS</{code}><message>there</message></{error}>
</{ret}></x:createThingResponse></{p}:{body}></{p}:Envelope>"""


@pytest.mark.parametrize(
    ("prefix", "body", "ret", "error", "code"),
    [
        ("soap", "Body", "return", "errors", "code"),
        ("SOAP-ENV", "Body", "Return", "Error", "Code"),
        ("s", "Body", "return", "error", "code"),
    ],
)
def test_soap_whatever_its_prefixes(
    catalog: Catalog, prefix: str, body: str, ret: str, error: str, code: str
) -> None:
    """Prefixes, letter case and the name of the error element do not count."""
    content = SOAP.format(p=prefix, body=body, ret=ret, error=error, code=code)
    problems = read(catalog, content, 500)

    assert ["ARG_NULL", "OBJECT_EXISTS"] == [problem.code for problem in problems]
    assert "createThing" == problems[0].operation
    assert "2" == problems[0].extensions["argumentIndex"]


def test_lines_of_text(catalog: Catalog) -> None:
    """Lines of a known code and its text are problems, one each."""
    problems = read(catalog, "ARG_NULL – must be non-null\nOBJECT_ EXISTS - there already\n")

    assert ["ARG_NULL", "OBJECT_EXISTS"] == [problem.code for problem in problems]


# ---------------------------------------------------------------- the words one by one


def test_codes_are_spelt_as_in_the_catalog() -> None:
    """A folded code takes the catalog's spelling; what was sent is kept."""
    words = Extract(code=at("/code"))
    codes = (Code(code="NOT_FOUND"),)

    assert ("NOT_FOUND", "not_ found") == run(words, {"code": "not_ found"}, codes, True)[0][:2]
    assert ("not_found", "not_found") == run(words, {"code": "not_found"}, codes)[0][:2]
    assert ("OTHER", " OTHER ") == run(words, {"code": " OTHER "}, codes, True)[0][:2]
    assert ("7", "7") == run(words, {"code": 7})[0][:2]


def test_the_first_read_that_yields_counts() -> None:
    """Null, empty strings, objects and misses yield to the next place."""
    words = Extract(detail=at("/a", "/b", "/c", "/d", "/e"))
    value: JSON = {"b": None, "c": "", "d": {"x": 1}, "e": "here"}

    assert "here" == run(words, value)[0].detail


def test_members_read_elsewhere() -> None:
    """A place with `#` begins at the root of the body."""
    words = Extract(each=(At("/errors/*"),), detail=at("/m"), status=at("#/status"))
    problems = run(words, {"status": "422", "errors": [{"m": "a"}, {"m": "b"}]})

    assert [("a", 422), ("b", 422)] == [(p.detail, p.status) for p in problems]


def test_part_of_a_value() -> None:
    """`matches` takes the first group or all; a group that took no part yields nothing."""
    group = Extract(code=(Read(at=At("/m"), matches=Regex("^([A-Z]+):")),))
    whole = Extract(code=(Read(at=At("/m"), matches=Regex("[A-Z]+")),))
    absent = Extract(code=(Read(at=At("/m"), matches=Regex("(x)?(A)")),))

    assert ["ABC", "ABC", None, None] == [
        run(words, {"m": said})[0].code
        for words, said in ((group, "ABC: no"), (whole, "ABC: no"), (group, "no"), (absent, "A"))
    ]


def test_templates_and_names() -> None:
    """A template takes the item's index and the value, escaped as a reference token."""
    read_ = Read(at=At("/f"), template="/rows/{index}/{value}")
    problems = run(
        Extract(each=(At("/e/*"),), pointer=(read_,)), {"e": [{"f": "a/b~"}, {"f": "{index}"}]}
    )
    named = Extract(
        each=(At("/fields/*"),), detail=at(""), parameter=(Read(at=At("#/fields/*"), take="name"),)
    )

    assert ["/rows/0/a~1b~0", "/rows/1/{index}"] == [problem.pointer for problem in problems]
    assert "email" == run(named, {"fields": {"email": "is required"}})[0].parameter


def test_what_else_an_item_bears() -> None:
    """Members that no word took are extensions; those beside a taken one come up a level."""
    words = Extract(
        each=(At("/errors/*"),), code=at("/code"), pointer=at("/source/pointer"), ignore=("noise",)
    )
    item: JSON = {"code": "C", "source": {"pointer": "/a", "line": 3}, "extra": [1], "noise": 1}

    assert {"line": 3, "extra": [1]} == run(words, {"errors": [item], "other": 1})[0].extensions


def test_only_items_with_a_member() -> None:
    """`each_has` keeps items without such a member out."""
    words = Extract(each=(At("/ops/*"),), each_has=("error",), detail=at("/error"))
    problems = run(words, {"ops": [{"ok": 1}, {"error": "bad"}, "text", None]})

    assert [("bad", "/ops/1")] == [(problem.detail, problem.origin) for problem in problems]


def test_shapes_override_words() -> None:
    """A shape's words stand over the format's, one by one."""
    format = Format("x", "X", "vendor", "https://docs.example.com", "2026-11-22")
    shape = Shape("old", extract=Extract(code=at("/c")))
    format = format._replace(extract=Extract(code=at("/code"), detail=at("/d")), shapes=(shape,))
    body = read_body(Text('{"c": "A", "code": "B", "d": "text"}'))
    (problem,) = extract(format, "old", Exchange("body", body.text), body)

    assert ("A", "text") == (problem.code, problem.detail)


def test_failures_of_a_client() -> None:
    """A client's own failure is an item of client, code and message."""
    format = Format("x", "X", "client", "https://docs.example.com", "2026-11-22")
    format = format._replace(
        extract=Extract(read="failure", code=at("/code"), detail=at("/message"))
    )
    exchange = Exchange("curl", Text(""), failure=Failure("curl", 60, "certificate"))
    nothing = Exchange("curl", Text(""))
    body = read_body(Text(""))

    assert ("60", "certificate") == (
        extract(format, "body", exchange, body)[0].code,
        extract(format, "body", exchange, body)[0].detail,
    )
    assert [] == extract(format, "body", nothing, body)


def test_booleans_and_objects_as_text() -> None:
    """A boolean reads as JSON writes it; objects and arrays are no text."""
    words = Extract(code=at("/a"), title=at("/b"), detail=at("/c"))
    (problem,) = run(words, {"a": True, "b": [1], "c": {"d": 1}})

    assert ("true", None, None) == (problem.code, problem.title, problem.detail)


def test_pointers_that_cannot_be_read() -> None:
    """A malformed pointer is kept as sent, without tokens; null is no pointer."""
    words = Extract(each=(At("/*"),), pointer=at(""))
    problems = run(words, ["a~2", "/a", None, ""])

    assert [(None, "a~2"), ("/a", "/a"), (None, None), ("", "")] == [
        (problem.pointer, problem.pointer_as_sent) for problem in problems
    ]


@pytest.mark.parametrize("dialect", ["dotted", "brackets", "jsonpath", "element"])
def test_no_name_is_no_place(dialect: str) -> None:
    """An empty text is the whole body as a JSON Pointer; in other dialects it says nothing."""
    (problem,) = run(Extract(pointer=at("/param"), pointer_dialect=dialect), {"param": ""})

    assert (None, None) == (problem.pointer, problem.pointer_as_sent)


def test_arrays_as_pointers() -> None:
    """The members of an array are joined by slashes as they were sent."""
    words = Extract(pointer=at("/loc"), pointer_dialect="segments")
    (problem,) = run(words, {"loc": ["items", 0, "a/b"]})

    assert ("/items/0/a~1b", "items/0/a/b") == (problem.pointer, problem.pointer_as_sent)


def test_a_flood_of_problems_is_cut() -> None:
    """A thousand problems are read, no more."""
    words = Extract(each=(At("/e/*"),), code=at("/c"))

    assert MOST_PROBLEMS == len(run(words, {"e": [{"c": "A"}] * (MOST_PROBLEMS + 5)}))


def test_deep_wrappers_end() -> None:
    """Wrappers nested without end stop being followed."""
    item: JSON = {"code": "A"}
    for _ in range(60):
        item = {"code": "multiple", "inner": [item]}
    words = Extract(unwrap="/inner", code=at("/code"))

    assert ["multiple"] == [problem.code for problem in run(words, item)]
