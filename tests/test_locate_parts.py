"""The laws of the parts of a request: parameters in query, path and cookies, fields of its head."""

from __future__ import annotations

import pytest
from conftest import steps_of
from hypothesis import given, settings
from hypothesis import strategies as st
from located import cut, find, shown

from errdecode.locate import locate, read_sent
from errdecode.model import Field, Problem, Request, Text
from errdecode.pointer import build

FEW = settings(max_examples=150, deadline=None)
FORM = "application/x-www-form-urlencoded"


# ---------------------------------------------------------------- the query

QUERY = "https://api.example.com/a?q=b%20c&page%5Bsize%5D=many&tag=x&tag=y&empty=&flag&q2=1#q=no"


@pytest.mark.parametrize(
    ("name", "pointer", "marked", "value"),
    [
        ("q", "/q", "b%20c", "b c"),
        ("page[size]", "/page[size]", "many", "many"),
        ("page.size", "/page[size]", "many", "many"),
        ("tag[1]", "/tag/1", "y", "y"),
        ("empty", "/empty", "", ""),
        ("flag", "/flag", "", ""),
        ("q2", "/q2", "1", "1"),
    ],
)
def test_parameters_of_the_query(name: str, pointer: str, marked: str, value: str) -> None:
    """A parameter is found by its name, however that is written, and marked as it was sent."""
    (location,) = find(Problem(parameter=name), QUERY)

    assert ("request.query", pointer, True, marked) == shown(location)
    assert value == location.value


@pytest.mark.parametrize(
    ("url", "end"),
    [
        ("https://api.example.com/a?b=1#c", "https://api.example.com/a?b=1"),
        ("https://api.example.com/a#c?b=1", "https://api.example.com/a"),
        ("https://api.example.com/a?", "https://api.example.com/a?"),
        ("/a", "/a"),
    ],
)
def test_parameters_that_are_not_there(url: str, end: str) -> None:
    """Where there is none, the query is the place, and the end of the path without a query."""
    (location,) = find(Problem(parameter="zz", parameter_in="query"), url)

    assert (False, len(end), "") == (location.found, location.end, location.nearest)
    assert "there is no member 'zz'" == location.reason


@pytest.mark.parametrize("name", ["page[number]", "filter[a][b]", "page.number", "other"])
def test_a_parameter_that_is_not_there_goes_by_its_name(name: str) -> None:
    """Brackets and points are part of a parameter's name: the query would have it so."""
    (location,) = find(Problem(parameter=name), QUERY)

    assert (False, "/" + name) == (location.found, location.pointer)


def test_other_spellings_of_a_parameter() -> None:
    """A parameter in another convention is a repair with its place in the URL."""
    (location,) = find(Problem(parameter="pageSize", parameter_in="query"), "/a?page_size=5")
    (repair,) = location.repairs

    assert ("convention", "5", (3, 12)) == (
        repair.kind,
        "/a?page_size=5"[repair.start : repair.end],
        repair.key,
    )


@pytest.mark.parametrize(
    ("part", "body", "document", "marked"),
    [
        (None, "limit=7", "request.body", "7"),
        (None, "other=7", "request.query", "a=1"),
        ("query", "limit=7", "request.query", "a=1"),
        (None, '{"limit": 7}', "request.body", "7"),
        (None, "", "request.query", "a=1"),
    ],
)
def test_a_parameter_may_be_of_the_body(
    part: str | None, body: str, document: str, marked: str
) -> None:
    """Unless the server speaks of the query, a parameter may be a field or member of the body."""
    kind = "application/json" if body.startswith("{") else FORM
    problem = Problem(parameter="limit", parameter_in=part)
    (location,) = find(problem, "/?a=1", body, Content_Type=kind)

    assert (document, marked) == (location.document, cut(location))


def test_the_query_comes_first() -> None:
    """A parameter that both have is the query's."""
    (location,) = find(Problem(parameter="limit"), "/?limit=1", "limit=2", Content_Type=FORM)

    assert ("request.query", "1") == (location.document, cut(location))


def test_pointers_without_a_body() -> None:
    """A pointer into a request that has only a query leads into that."""
    problem = Problem(pointer="/limit", pointer_as_sent="limit", dialect="dotted")

    assert ["request.query"] == [one.document for one in find(problem, "/?limit=1")]
    assert [] == find(problem, "/limit")
    assert [] == find(problem)


@pytest.mark.parametrize(
    ("method", "part", "detail", "told"),
    [
        ("GET", None, None, [True]),
        ("GET", "body", None, []),
        ("GET", None, "got '7'", []),
        ("POST", None, "got '1'", [True]),
    ],
)
def test_a_query_is_no_body(
    method: str, part: str | None, detail: str | None, told: list[bool]
) -> None:
    """What the server places in the body is not sought in the query, nor is another value."""
    problem = Problem(pointer="/limit", pointer_as_sent="limit", parameter_in=part, detail=detail)
    sent = read_sent(Request(method, Text("/?limit=1")))

    assert told == [one.found for one in locate(problem, sent)]


@pytest.mark.parametrize(("method", "places"), [("GET", 1), ("DELETE", 1), ("POST", 0)])
def test_what_a_query_lacks(method: str, places: int) -> None:
    """What is nowhere belongs into the query only if the request is of a kind without a body."""
    problem = Problem(pointer="/limit", pointer_as_sent="limit", dialect="dotted")
    sent = read_sent(Request(method, Text("/?page=1")))

    assert places == len(locate(problem, sent))


@pytest.mark.parametrize(
    "request_",
    [
        Request("POST", Text("/?limit=1"), files=("body.json",)),
        Request("POST", Text("/?limit=1"), described="the -d of the curl command"),
        Request("POST", Text("/?limit=1"), (Field("Content-Length", Text("30")),)),
        Request("POST", Text("/?limit=1"), (Field("Transfer-Encoding", Text("chunked")),)),
    ],
)
def test_a_body_that_is_not_shown(request_: Request) -> None:
    """A pointer into a body that only the capture lacks has no place in the query, and of a
    parameter that the query lacks nothing is said."""
    sent = read_sent(request_)

    assert () == locate(Problem(pointer="/limit", pointer_as_sent="/limit"), sent)
    assert () == locate(Problem(parameter="page"), sent)
    assert [True] == [one.found for one in locate(Problem(parameter="limit"), sent)]


def test_a_part_without_a_request() -> None:
    """Without a URL or a head there is no place at all."""
    for part in (None, "query", "path", "cookie"):
        assert [] == find(Problem(parameter="a", parameter_in=part))
    assert [] == find(Problem(header="a"))


# ---------------------------------------------------------------- the path


@pytest.mark.parametrize(
    ("name", "path", "detail", "kinds"),
    [
        ("orderId", "/v2/orders/7", None, [("7", "behind")]),
        ("order_id", "/orders/7/lines/8", None, [("7", "behind")]),
        ("line", "/orders/7/lines/8", None, [("8", "behind")]),
        ("category_id", "/categories/soft%20toys", None, [("soft%20toys", "behind")]),
        ("id", "/v1/boats/7", None, [("7", "only")]),
        ("id", "/v1/boats/7/crew/9", None, []),
        ("id", "/boats/123e4567-e89b-12d3-a456-426614174000", None,
         [("123e4567-e89b-12d3-a456-426614174000", "only")]),
        ("id", "/2024-01-01/boats/9", None, [("9", "only")]),
        ("id", "/v1/boats/7/crew/9", "got '9'", [("9", "quotes")]),
        ("id", "/v1/boats/7/crew/7", "got '7'", [("7", "quotes"), ("7", "quotes")]),
        ("order_id", "/orders/7/copies/8", "Value '8' is no order", [("8", "quotes")]),
        ("name", "/boats/soft%20toys", 'No boat "soft toys"', [("soft%20toys", "quotes")]),
        ("slug", "/boats", None, []),
        ("status", "/status/x1", '"status" must be one of [up, down]', [("x1", "behind")]),
        ("id", "/", None, []),
    ],
)  # fmt: skip
def test_segments_of_the_path(
    name: str, path: str, detail: str | None, kinds: list[tuple[str, str]]
) -> None:
    """What a segment is taken for has a reason, the strongest there is, and is never certain."""
    url = f"https://api.example.com{path}?{name}=5"
    (location,) = find(Problem(parameter=name, parameter_in="path", detail=detail), url)
    told = [(url[one.start : one.end], one.reason) for one in location.repairs]

    assert ("request.path", build((name,)), False) == (
        location.document,
        location.pointer,
        location.found,
    )
    assert [segment for segment, _ in kinds] == [segment for segment, _ in told]
    assert all(word in reason for (_, word), (_, reason) in zip(kinds, told, strict=True))


SEGMENTS = st.lists(
    st.sampled_from(["orders", "order", "7", "v1", "ada-17", "%37", "a b", "é", "", "id"])
    | st.text(max_size=5),
    max_size=6,
)


@given(SEGMENTS, st.text(max_size=8) | st.just("order_id"), st.text(max_size=20))
@FEW
def test_no_segment_is_ever_found(segments: list[str], name: str, detail: str) -> None:
    """A URL does not say which segment a parameter is, so none is called found; all lie in it."""
    url = "https://api.example.com/" + "/".join(segments)
    for text in (detail, "got '7'", "'orders' is unknown"):
        problem = Problem(parameter=name, parameter_in="path", detail=text)
        for location in find(problem, url):
            assert not location.found
            for repair in location.repairs:
                assert ("segment", True) == (repair.kind, bool(repair.reason))
                assert "/" not in url[repair.start : repair.end]
                assert url[repair.start - 1] == "/"


# ---------------------------------------------------------------- hostile ones

MANY = 50_000


LONG = {
    "cookies": ("cookie", "/", "; ".join(f"c{at}=v" for at in range(MANY))),
    "blanks": ("cookie", "/", "a" + " " * 1_000_000),
    "blanks in a value": ("cookie", "/", "a=b" + " " * 1_000_000 + "c"),
    "one name": ("cookie", "/", "a" * 1_000_000),
    "names and blanks": ("cookie", "/", " a " * 300_000),
    "segments": ("path", "https://x" + "/a/7" * MANY, ""),
    "one segment": ("path", "/" + "a7" * 500_000, ""),
    "colons": ("path", "a:" * 500_000, ""),
    "percent signs": ("path", "/" + "%" * 1_000_000, ""),
}


@pytest.mark.parametrize("name", LONG)
def test_long_ones_end(name: str) -> None:
    """A megabyte of cookies or of a path takes calls by the part, and has an answer."""
    part, url, cookie = LONG[name]
    problem = Problem(parameter="order_id", parameter_in=part, detail="got '9'")
    sent = read_sent(Request(url=Text(url), headers=(Field("Cookie", Text(cookie)),)))
    locate(problem, sent)  # and compile its expressions

    assert steps_of(locate, problem, sent) < 50 * MANY
    assert [False] == [one.found for one in locate(problem, sent)]


@given(st.text(max_size=30), st.text(max_size=12), st.sampled_from(["query", "path", None]))
@FEW
def test_any_url_is_endured(url: str, name: str, part: str | None) -> None:
    """Whatever stands where a URL should, places lie in it."""
    for location in find(Problem(parameter=name, parameter_in=part), url):
        places = [(location.start, location.end)]
        places += [(one.start, one.end) for one in location.repairs]

        assert all(0 <= start <= end <= len(url) for start, end in places)
