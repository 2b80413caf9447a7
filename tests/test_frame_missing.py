"""The laws of what is missing: marked where it would stand, in each kind of text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_frame import FEW
from test_frame_labels import drawn

from errdecode.body import read_body
from errdecode.locate import Sent, locate
from errdecode.model import Diagnostic, Location, Problem, Request, Text
from errdecode.render.frame import Frame, Look, Plan

FORM = "application/x-www-form-urlencoded"
ORDER = """<order id="7">
  <customer>
    <name>Ada</name>
  </customer>
  <lines/>
  <line>
  </line>
</order>
"""
SHORT = "<a><b/><c>1</c></a>"


def frame_of(content: str, pointer: str, media_type: str | None = None) -> Frame | None:
    """The frame of a pointer that leads nowhere, whatever else it may mean."""
    problem = Problem(pointer=pointer, pointer_as_sent=pointer, title="x")
    found = locate(problem, Sent(read_body(Text(content), media_type)))
    diagnostic = Diagnostic(problem, tuple(one._replace(repairs=()) for one in found))
    return Plan((diagnostic,), Look()).frame(diagnostic, diagnostic.locations[0])


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("customer/0/zip", ["3     <name>Ada</name>", "+     ^ `zip` belongs here"]),
        ("customer/0/to/0/zip/0", ["3     <name>Ada</name>", "+     ^ `to/zip` belongs here"]),
        ("customer/0/@id", ["2   <customer>", "             ^ the attribute `id` belongs here"]),
        ("customer/0/name/0/of", ["3     <name>Ada</name>", "               ^^^^^^^ `of` belongs"]),
        ("lines/0/line", ["5   <lines/>", "          ^^ `line` belongs here"]),
        ("lines/0/#text", ["5   <lines/>", "          ^^ text belongs here"]),
        ("line/0/qty", ["6   <line>", "+     ^ `qty` belongs here"]),
        ("line/1", ["7   </line>", "+   ^ `line` belongs here"]),
        ("customer/0/naem", ["2   <customer>", "    ^^^^^^^^^ there is no member 'naem'"]),
    ],
)
def test_elements(pointer: str, expected: list[str]) -> None:
    """Before the end tag of its parent, indented as its siblings; an attribute in the start tag."""
    rows = drawn(frame_of(ORDER, f"/order/0/{pointer}"))

    assert expected == [row[: len(line)] for row, line in zip(rows[1:3], expected, strict=True)]


@pytest.mark.parametrize(
    ("content", "pointer", "row"),
    [
        (SHORT, "/a/0/d", "                 ^^^^ `d` belongs here"),
        (SHORT, "/a/0/b/0/d", "       ^^ `d` belongs here"),
        (SHORT, "/a/0/c/1", "                 ^ `c` belongs here"),
        (SHORT, "/x/0/d", "  ^^ there is no member 'x'"),
        ("<a><b>1</b>", "/a/0/d", "+ ^ `d` belongs here"),
        ("<a><字>名</字></a>", "/a/0/d", "                ^^^^ `d` belongs here"),
    ],
)
def test_elements_on_one_line(content: str, pointer: str, row: str) -> None:
    """The end tag that would have to make room is marked, if there is one."""
    assert row == drawn(frame_of(content, pointer))[1]


@pytest.mark.parametrize(
    ("content", "pointer", "row"),
    [
        ("a=1&b=2", "/c", "         ^ `&c=` belongs here"),
        ("a=1&b=2\r\n", "/c", "         ^ `&c=` belongs here"),
        ("a=1&", "/c", "      ^ `c=` belongs here"),
        ("name=1", "/nmae", "        ^ there is no member 'nmae'"),
        ("a=1&a=2", "/a/2", "         ^ the array has 2 items, there is no item 2"),
        ("a=1&b=two words", "/b/x", "        ^^^^^^^^^ a string has no members"),
    ],
)
def test_pairs(content: str, pointer: str, row: str) -> None:
    """At the end of a form, with the sign that parts it from what is there."""
    assert row == drawn(frame_of(content, pointer, FORM))[1]


@pytest.mark.parametrize(
    ("rest", "before", "said"),
    [
        ("", "", "`?limit=` belongs here"),
        ("?", "?", "`limit=` belongs here"),
        ("?a=1", "?a=1", "`&limit=` belongs here"),
        ("?a=1&", "?a=1&", "`limit=` belongs here"),
        ("?a=1#top?x", "?a=1", "`&limit=` belongs here"),
        ("#top", "", "`?limit=` belongs here"),
        ("?limits=1", "?limits=1", "there is no parameter 'limit'"),
    ],
)
def test_parameters(rest: str, before: str, said: str) -> None:
    """At the end of the query, before a fragment; behind the path where there is no query."""
    url = "https://api.example.com/orders"
    problem = Problem(parameter="limit", parameter_in="query", title="missing")
    found = locate(problem, Sent(None, Request(url=Text(url + rest))))
    diagnostic = Diagnostic(problem, tuple(one._replace(repairs=()) for one in found))
    rows = drawn(Plan((diagnostic,), Look()).frame(diagnostic, diagnostic.locations[0]))

    assert [f"1 {url}{rest}", " " * (2 + len(url + before)) + f"^ {said}"] == rows


@pytest.mark.parametrize("document", ["request.header", "request.cookie"])
def test_fields(document: str) -> None:
    """A field that is missing has no place: a sentence says so."""
    location = Location(document, "/X-Trace", False, reason="no such field", text=Text("a=1"))
    diagnostic = Diagnostic(Problem(title="missing"), (location,))

    assert Plan((diagnostic,), Look()).frame(diagnostic, location) is None


@FEW
@given(
    st.sampled_from((None, "text/xml", FORM, "application/json")),
    st.text("{}[]<>/=&a1'\"? \n", max_size=40),
    st.lists(st.sampled_from(("a", "0", "@a", "#text", "-", "b")), max_size=4),
    st.sampled_from(("request.body", "request.query", "request.path", "request.header")),
)
def test_anything_may_be_missing_anywhere(
    media_type: str | None, content: str, tokens: list[str], document: str
) -> None:
    """A frame has one place marked, whatever is missing in whatever text."""
    pointer = "".join(f"/{token}" for token in tokens)
    problem = Problem(pointer=pointer, pointer_as_sent=pointer, title="x")
    for location in locate(problem, Sent(read_body(Text(content), media_type))):
        shown = location._replace(document=document)
        diagnostic = Diagnostic(problem, (shown,))
        frame = Plan((diagnostic,), Look()).frame(diagnostic, shown)

        assert frame is None or "^" in "".join(row.text for row in frame.rows if row.mark)
