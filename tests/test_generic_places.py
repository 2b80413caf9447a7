"""The laws of where the generic reading finds a fault: places in any spelling, faults of members
beside the error."""

from __future__ import annotations

import pytest
from test_generic import MESSAGE, read

from errdecode.locate import leave_url
from errdecode.model import JSON, Problem, Request, Text


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


@pytest.mark.parametrize(
    ("item", "pointer", "parameter", "part", "header"),
    [
        ({"path": "page", "location": "query"}, None, "page", "query", None),
        ({"field": "pier.id", "in": "params"}, None, "pier.id", "path", None),
        ({"field": "x-crew", "location": "headers"}, None, None, None, "x-crew"),
        ({"field": "crew", "source": "cookies"}, None, "crew", "cookie", None),
        ({"field": "pier.id", "location": "Body"}, "/pier/id", None, "body", None),
        ({"field": "pier", "location": "north"}, "/pier", None, None, None),
        ({"location": "query"}, None, None, None, None),
        ({"location": "pier"}, "/pier", None, None, None),
        ({"loc": ["query", "page"], "in": "body"}, None, "page", None, None),
    ],
)
def test_a_part_of_the_request_beside_a_place(
    item: dict[str, JSON],
    pointer: str | None,
    parameter: str | None,
    part: str | None,
    header: str | None,
) -> None:
    """A place is one in the part of the request that the item names, and the part is no place."""
    (problem,) = read({"errors": [{"message": MESSAGE, **item}]})

    assert (pointer, parameter) == (problem.pointer, problem.parameter)
    assert (part, header) == (problem.parameter_in, problem.header)


def test_the_path_of_the_url_is_no_pointer() -> None:
    """Beside a time stamp, `path` is the path of the URL."""
    (problem,) = read({"timestamp": 1, "status": 404, "error": "Not Found", "path": "/v1/x"})

    assert problem.pointer_as_sent is None


def test_the_path_of_one_error_is_doubted() -> None:
    """An error's own `path` is a pointer by assumption only; one of many errors has no URL."""
    (alone,) = read({"error": MESSAGE, "path": "/lines/0"})
    (inner,) = read({"error": {"message": MESSAGE, "path": "/lines/0"}})
    (listed,) = read({"errors": [{"message": MESSAGE, "path": "/lines/0"}]})
    (named,) = read({"error": MESSAGE, "pointer": "/lines/0"})

    assert all(one.pointer == "/lines/0" for one in (alone, inner, listed, named))
    assert [True, True, False, False] == [bool(o.assumes) for o in (alone, inner, listed, named)]


@pytest.mark.parametrize(
    ("url", "pointer"),
    [
        ("https://api.example.com/v1/orders?page=1", None),
        ("https://api.example.com/v1/orders/", None),
        ("/orders#top", None),
        ("https://api.example.com/v1/reorders", "/orders"),
        ("https://api.example.com/orders/7", "/orders"),
        (None, "/orders"),
    ],
)
def test_the_end_of_the_url_is_no_pointer(url: str | None, pointer: str | None) -> None:
    """What is only assumed to be a pointer is none where the request's URL ends with it."""
    problem = Problem(pointer="/orders", pointer_as_sent="/orders", assumes="so")
    request = Request("POST", Text(url) if url else None)

    assert pointer == leave_url(problem, request).pointer
    assert "/orders" == leave_url(problem._replace(assumes=None), request).pointer


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


BLANK = "must not be blank"


@pytest.mark.parametrize(
    ("errors", "expected"),
    [
        ({"home": {"zip": [BLANK]}}, ["/home/zip"]),
        ({"home": {"zip": BLANK}, "name": ["x"]}, ["/home/zip", "/name"]),
        ({"lines": [{}, {"price": [BLANK]}]}, ["/lines/1/price"]),
        ({"lines": {"1": {"price": [BLANK]}}}, ["/lines/1/price"]),
        ({"children": {"a": {}, "b": {"errors": [BLANK, "x"]}}}, ["/b", "/b"]),
        (
            {"errors": ["x"], "children": {"a": {"children": {"b": {"errors": [BLANK]}}}}},
            [None, "/a/b"],
        ),
        ({"a.b": {"c": [BLANK]}}, ["/a/b/c"]),
        ({"a": {"code": "E1", "message": BLANK}}, ["/a"]),
        ({"a": {"kind": "required", "message": BLANK, "path": "b"}}, ["/b"]),
        ({"a": {"limit": 7}}, [None]),
        ({"a": {"b": {}}}, [None]),
        ({"code": "E1", "message": BLANK}, [None]),
        ({"message": BLANK, "title": BLANK}, [None]),
    ],
)
def test_messages_in_the_shape_of_the_request(errors: JSON, expected: list[str | None]) -> None:
    """A tree of messages names the members they are about; any other object names none."""
    problems = read({"message": MESSAGE, "errors": errors})

    assert expected == [problem.pointer for problem in problems]


def test_a_deep_tree_of_messages_is_endured() -> None:
    """Deep and wide trees cost no more than what is read of them."""
    deep = '{"errors":' + '{"a":' * 900 + '["x"]' + "}" * 901
    wide: JSON = {"errors": {str(at): {"b": ["x"]} for at in range(30_000)}}

    assert [] == read(deep)
    assert 1000 == len(read(wide))


def test_an_item_that_says_only_where_it_lies() -> None:
    """It is a problem as well, with what is said of all."""
    problems = read({"message": MESSAGE, "errors": [{"field": "a"}, {"field": "b", "text": "x y"}]})

    assert [("/a", MESSAGE), ("/b", "x y")] == [(p.pointer, p.detail) for p in problems]


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
