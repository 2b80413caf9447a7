"""The laws of clues: yes, no, or nothing to compare with; and where it was seen."""

from __future__ import annotations

import json

import pytest

from errdecode.body import read_body
from errdecode.clue import Answer, Codes, Seen, check, describe, fold_code, is_on_body, see
from errdecode.format import At, Clue, Regex
from errdecode.model import JSON, Exchange, Failure, Field, Request, Response, Text


def seen_of(value: JSON, **others: object) -> Seen:
    """A response with this JSON as its body."""
    body = read_body(Text(json.dumps(value)), "application/json")
    return Seen(body)._replace(**others)  # type: ignore[arg-type]


def at(pattern: str, **tests: object) -> Clue:
    """A clue on a place in the body."""
    return Clue(at=At(pattern))._replace(**tests)  # type: ignore[arg-type]


def holds(clue: Clue, value: JSON, codes: Codes | None = None) -> bool | None:
    """Whether a clue holds for a JSON body."""
    return check(clue, seen_of(value), codes or Codes()).matched


@pytest.mark.parametrize(
    ("clue", "place"),
    [
        (Clue(status=(400,)), "status"),
        (Clue(host="*.example.com"), "host"),
        (Clue(path=Regex("^/v1/")), "path"),
        (Clue(media_type="application/json"), "header:Content-Type"),
        (Clue(header="X-Error"), "header:X-Error"),
    ],
)
def test_what_the_capture_does_not_show_is_neutral(clue: Clue, place: str) -> None:
    """A bare body says nothing of status, host, path, media type and fields."""
    bare = Seen(read_body(Text("{}")))

    answer = check(clue, bare)

    assert (None, place) == (answer.matched, answer.seen_at)


@pytest.mark.parametrize(
    ("clue", "expected"),
    [
        (Clue(status=(400, 409)), True),
        (Clue(status=("4xx",)), True),
        (Clue(status=("5xx", 404)), False),
        (Clue(host="*.example.com"), True),
        (Clue(host="*.Example.COM"), True),
        (Clue(host="*.example.org"), False),
        (Clue(path=Regex("/v[0-9]+/")), True),
        (Clue(path=Regex("^/v2")), False),
        (Clue(media_type="application/*json"), True),
        (Clue(media_type="text/*"), False),
        (Clue(header="x-error"), True),
        (Clue(header="X-Error", matches=Regex("^E[0-9]")), True),
        (Clue(header="X-Error", equals="e1"), False),
        (Clue(header="X-Error", equals="e1", fold=True), True),
        (Clue(header="X-Other"), False),
        (Clue(failure="curl"), False),
        (Clue(body="json"), True),
        (Clue(body="xml"), False),
        (Clue(text=Regex("first")), True),
        (Clue(text=Regex("second")), False),
    ],
)
def test_clues_on_the_head(clue: Clue, expected: bool) -> None:
    """Status, host, path, media type, fields, kind and text of a response."""
    seen = seen_of({"a": "first"}, status=400, media_type="application/json")
    seen = seen._replace(host="api.example.com", path="/v1/x", headers={"x-error": "E1"})

    assert expected is check(clue, seen).matched


BODY: JSON = {
    "code": "not_found",
    "number": 7,
    "yes": True,
    "nothing": None,
    "items": [{"a": 1, "b": 2}, {"a": 3}],
    "empty": [],
}


@pytest.mark.parametrize(
    ("clue", "expected"),
    [
        (at("/code"), Answer(True, "/code")),
        (at("/nothing"), Answer(True, "/nothing")),
        (at("/none"), Answer(False)),
        (at("/code", is_=("string",)), Answer(True, "/code")),
        (at("/number", is_=("number",)), Answer(True, "/number")),
        (at("/number", is_=("integer",)), Answer(True, "/number")),
        (at("/yes", is_=("integer", "number")), Answer(False)),
        (at("/yes", equals=1), Answer(False)),
        (at("/yes", equals=True), Answer(True, "/yes")),
        (at("/number", equals=7), Answer(True, "/number")),
        (at("/number", in_=(True, 7)), Answer(True, "/number")),
        (at("/yes", in_=(1, "true")), Answer(False)),
        (at("/yes", matches=Regex("rue")), Answer(False)),
        (at("/number", matches=Regex("^7$")), Answer(True, "/number")),
        (at("/code", matches=Regex("^NOT")), Answer(False)),
        (at("/code", matches=Regex("^NOT"), fold=True), Answer(True, "/code")),
        (at("/CODE", fold=True), Answer(True, "/code")),
        (at("/code", equals="NOT_FOUND", fold=True), Answer(True, "/code")),
        (at("/items/*", has=("a",)), Answer(True, "/items/0")),
        (at("/items/*", has=("a", "b")), Answer(True, "/items/0")),
        (at("/items/*", lacks=("b",)), Answer(True, "/items/1")),
        (at("/items/*", only=("a",)), Answer(True, "/items/1")),
        (at("/items/*", has=("A",), fold=True), Answer(True, "/items/0")),
        (at("/items/*", has=("a",), every=True), Answer(True, "/items/0")),
        (at("/items/*", has=("b",), every=True), Answer(False, "/items/1")),
        (at("/empty/*", is_=("object",), every=True), Answer(False)),
        (at("/code", has=("a",)), Answer(False)),
        (at("", has=("code", "items")), Answer(True, "")),
        (at("/**/b"), Answer(True, "/items/0/b")),
    ],
)
def test_clues_on_the_body(clue: Clue, expected: Answer) -> None:
    """One place, tests on what stands there, and the place that passed."""
    answer = check(clue, seen_of(BODY))

    assert (expected.matched, expected.where) == (answer.matched, answer.seen_at)


@pytest.mark.parametrize(
    ("value", "codes", "expected"),
    [
        ("not_found", Codes(frozenset({"not_found"})), True),
        ("NOT_FOUND", Codes(frozenset({"not_found"})), False),
        ("NOT_ FOUND", Codes(frozenset({"not_found"}), True), True),
        (1, Codes(frozenset({"1"})), True),
        (True, Codes(frozenset({"True", "true", "1"})), False),
        (None, Codes(frozenset({"None"})), False),
        (["not_found"], Codes(frozenset({"not_found"})), False),
    ],
)
def test_known_codes(value: JSON, codes: Codes, expected: bool) -> None:
    """A value is a known code when the format lists it; case counts unless the format folds."""
    assert expected is holds(at("/code", known=True), {"code": value}, codes)


def test_any_of_several() -> None:
    """One that holds is enough; one that cannot be compared keeps the question open."""
    yes, no, open_ = at("/a"), at("/b"), Clue(host="*.example.com")

    assert [True, None, False] == [
        holds(Clue(any=parts), {"a": 1}) for parts in ((no, open_, yes), (no, open_), (no, no))
    ]


def test_elements_have_namespaces() -> None:
    """An XML element is asked for its namespace; names on the way match in any letter case."""
    text = Text(
        '<e:Envelope xmlns:e="urn:example:soap"><e:Body><code>7</code></e:Body></e:Envelope>'
    )
    seen = Seen(read_body(text, "text/xml"))

    assert check(at("/envelope", fold=True, namespace="urn:example:soap"), seen).matched
    assert not check(at("/Envelope", namespace="urn:example:other"), seen).matched
    assert check(at("/Envelope/Body/code", equals="7"), seen).matched


@pytest.mark.parametrize("content", ["", "plain text", "<html><p>no</p></html>"])
def test_bodies_without_members_have_no_places(content: str) -> None:
    """A clue on a place fails for text, pages and nothing."""
    assert Answer(False) == check(at(""), Seen(read_body(Text(content))))


def test_long_subjects_are_capped() -> None:
    """A regular expression sees the first characters of a text only."""
    seen = Seen(read_body(Text("x" * 30_000 + "needle")))

    assert check(Clue(text=Regex("needle")), seen).matched is False


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("https://user:pass@API.example.com:8443/v1/x?y#z", "api.example.com", "/v1/x"),
        ("api.example.com", "api.example.com", "/"),
        ("api.example.com/v1?next=https://other.example.org/", "api.example.com", "/v1"),
        ("/v1/x", None, "/v1/x"),
        ("//api.example.com/x", "api.example.com", "/x"),
        ("http://[::1]:80/x", "[::1]", "/x"),
        ("https://api.example.com?q=1", "api.example.com", "/"),
        ("", None, "/"),
    ],
)
def test_host_and_path_of_a_url(url: str, host: str | None, path: str) -> None:
    """Host and path are cut out of a URL as people write it."""
    seen = see(Exchange("http", Text(""), request=Request(url=Text(url))), read_body(Text("")))

    assert (host, path) == (seen.host, seen.path)


def test_what_is_seen_of_an_exchange() -> None:
    """Fields come by lower-case name, repeated ones joined; without a header block none do."""
    fields = (Field("X-A", Text("1")), Field("x-a", Text("2")))
    exchange = Exchange("curl", Text(""), response=Response(400, None, fields))
    bare = exchange._replace(response=Response(400), failure=Failure("curl", 28))

    assert {"x-a": "1, 2"} == see(exchange, read_body(Text(""))).headers
    assert (400, None, "curl") == (
        see(bare, read_body(Text(""))).status,
        see(bare, read_body(Text(""))).headers,
        see(bare, read_body(Text(""))).failure,
    )


def test_clues_in_words() -> None:
    """Every clue can be said; without a test its place only has to be there."""
    clues = [at("/a", is_=("object",)), at("/a"), Clue(status=("4xx",)), Clue(failure="curl")]

    assert [
        "/a is an object",
        "/a is there",
        "the status is 4xx",
        "curl itself failed",
    ] == [describe(clue) for clue in clues]
    assert "/a is there or the host is x" == describe(Clue(any=(at("/a"), Clue(host="x"))))


def test_which_clues_are_on_the_body() -> None:
    """Only places and text are the body's content; several are when all of them are."""
    head = Clue(host="x")

    assert [True, False, False, True] == [
        is_on_body(clue)
        for clue in (at("/a"), head, Clue(any=(at("/a"), head)), Clue(any=(at("/a"), at("/b"))))
    ]


def test_folded_codes() -> None:
    """Letter case and blanks do not count in a folded code."""
    assert fold_code("OBJECT_EXISTS") == fold_code(" Object_ Exists ")
