"""The laws of strings that hold documents: a pointer goes on in them, with true places."""

from __future__ import annotations

import base64
import gzip
import json
from urllib.parse import quote, quote_plus, unquote_plus

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from errdecode.body import read_body
from errdecode.locate import Sent, locate
from errdecode.locate.inside import MOST_DEPTH
from errdecode.model import JSON, Location, Problem, Repair, Text
from errdecode.patterns import select
from errdecode.pointer import build, read_pointer

FEW = settings(max_examples=100, deadline=None)


def find(content: str, sent: str, dialect: str = "json-pointer", **said: JSON) -> Location:
    """Follow a pointer into a payload."""
    tokens = read_pointer(sent, dialect).tokens
    pointer = None if tokens is None else build(tokens)
    problem = Problem(pointer=pointer, pointer_as_sent=sent, dialect=dialect, extensions=said)
    (location,) = locate(problem, Sent(read_body(Text(content))))
    return location


def only(location: Location) -> Repair:
    """The one other reading of a pointer, which is never called found."""
    assert not location.found
    (repair,) = location.repairs
    return repair


def cut(location: Location, place: Repair) -> str:
    """The text that is marked for a repair."""
    assert location.text is not None
    return location.text.value[place.start : place.end]


INNER = '{"boat": {"masts": -1, "na.me": "Zoë"}}'


@pytest.mark.parametrize(
    ("held", "how", "marked"),
    [
        (INNER, "JSON as a string", "-1"),
        (base64.b64encode(INNER.encode()).decode(), "JSON as base64", "C0x"),
        (
            base64.b64encode(gzip.compress(INNER.encode(), mtime=0)).decode(),
            "JSON as base64 of gzip",
            None,
        ),
        (json.dumps(json.dumps(INNER)), "JSON as JSON string of JSON string", "-1"),
        ("\n " + INNER + "\n", "JSON as a string", "-1"),
        ("{boat: {masts: -1,},}", "JSON as a string", "-1"),
    ],
)
def test_what_a_string_holds(held: str, how: str, marked: str | None) -> None:
    """Whatever a string is an encoding of is named, and what the pointer leads to is found."""
    location = find(json.dumps({"id": 7, "doc": held}), "/doc/boat/masts")
    repair = only(location)

    assert ("/doc/boat/masts", "nested", -1) == (repair.pointer, repair.kind, repair.value)
    assert f"`/doc` holds {how}" == repair.reason
    assert repair.key is not None
    assert (marked or cut(location, repair)) == cut(location, repair)


def test_a_payload_that_is_a_string() -> None:
    """A body that is one string is told as the whole body, for its pointer is empty."""
    repair = only(find(json.dumps(INNER), "/boat/masts"))

    assert ("/boat/masts", "the whole body holds JSON as a string") == (
        repair.pointer,
        repair.reason,
    )


def test_strings_in_strings() -> None:
    """Each string on the way is told, with the pointer that leads to it."""
    content = json.dumps({"a": json.dumps({"b": [json.dumps({"c": "é"})]})})
    location = find(content, "/a/b/0/c")
    repair = only(location)

    assert "`/a` holds JSON as a string, and `/a/b/0` holds JSON as a string" == repair.reason
    once = json.loads(f'"{cut(location, repair)}"')

    assert "é" == repair.value == json.loads(json.loads(f'"{once}"'))


FORM = "application/x-www-form-urlencoded"


def find_in_form(content: str, sent: str, dialect: str = "json-pointer") -> Location:
    """Follow a pointer into a form."""
    tokens = read_pointer(sent, dialect).tokens
    pointer = None if tokens is None else build(tokens)
    problem = Problem(pointer=pointer, pointer_as_sent=sent, dialect=dialect)
    (location,) = locate(problem, Sent(read_body(Text(content), FORM)))
    return location


@pytest.mark.parametrize(
    ("field", "marked"),
    [
        (INNER, '"Zoë"'),
        (quote(INNER), "%22Zo%C3%AB%22"),
        (quote_plus(INNER).replace("%22", '"'), '"Zo%C3%AB"'),
    ],
)
@pytest.mark.parametrize("sent", ["/doc/boat/na.me", "doc.boat.na.me"])
def test_a_document_in_a_form(field: str, marked: str, sent: str) -> None:
    """A pointer goes on in the field of a form, however it is escaped, and marks what was sent."""
    dialect = "json-pointer" if sent.startswith("/") else "dotted"
    location = find_in_form(f"id=7&doc={field}&x=1", sent, dialect)
    repair = only(location)

    assert ("/doc/boat/na.me", "Zoë", marked) == (
        repair.pointer,
        repair.value,
        cut(location, repair),
    )
    assert "`/doc` holds JSON as a string" == repair.reason


@given(
    st.dictionaries(
        st.text("a/~.é🚀+%&=", max_size=3), st.text(max_size=5) | st.integers(), max_size=4
    ),
    st.text(":,{}", max_size=4),
)
@FEW
def test_every_value_in_a_form_is_found(document: dict[str, JSON], safe: str) -> None:
    """Whatever is escaped in the field of a form, what is marked is the value, unescaped."""
    field = quote_plus(json.dumps(document, ensure_ascii=False), safe=safe)
    for name, value in document.items():
        location = find_in_form(f"doc={field}", build(("doc", name)))
        repair = only(location)

        assert value == repair.value == json.loads(unquote_plus(cut(location, repair)))


@given(st.text(max_size=30), st.text(max_size=4))
@FEW
def test_any_field_is_endured(held: str, name: str) -> None:
    """Whatever a form holds, following a pointer into a field ends, in the text."""
    content = f"doc={held}&b=%FF%C3{{%7B"
    for location in (find_in_form(content, build((one, name))) for one in ("doc", "b")):
        assert all(0 <= one.start <= one.end <= len(content) for one in location.repairs)


def test_names_with_dots() -> None:
    """Inside a string literal names win over split ones, too, and are told as they stand."""
    content = json.dumps({"do.c": json.dumps({"x.y": json.dumps({"a.b": 5})})})
    repair = only(find(content, "do.c.x.y.a.b", "dotted"))

    assert ("/do.c/x.y/a.b", 5) == (repair.pointer, repair.value)
    assert "`/do.c/x.y` holds JSON as a string" in repair.reason


def test_xml_in_a_string() -> None:
    """XML in a string is followed by names alone, whatever their prefix and letter case."""
    xml = "<o:Order xmlns:o='urn:x'><o:Line>5</o:Line></o:Order>"
    content = json.dumps({"doc": xml})
    location = find(content, "/doc/order/line")
    repair = only(location)

    assert ("/doc/Order/0/Line/0", "<o:Line>5</o:Line>") == (repair.pointer, cut(location, repair))
    assert "`/doc` holds XML as a string" == repair.reason


@pytest.mark.parametrize(
    ("held", "pointer"),
    [
        (INNER, "/doc/boat/sails"),
        (INNER, "/doc/boat/masts/deeper"),
        ("just words", "/doc/a"),
        ("5", "/doc/a"),
        ('"5"', "/doc/a"),
        ("<a", "/doc/a"),
        ("a=1&b=2", "/doc/a"),
        ("", "/doc/a"),
    ],
)
def test_what_leads_nowhere(held: str, pointer: str) -> None:
    """A pointer that leads nowhere in the string either stays without this reading."""
    location = find(json.dumps({"doc": held}), pointer)

    assert (False, "/doc", ()) == (location.found, location.nearest, location.repairs)
    assert "a string has no members" == location.reason


def test_what_the_server_quotes() -> None:
    """The value inside is held against the one that the server quotes."""
    content = json.dumps({"doc": INNER})

    assert only(find(content, "/doc/boat/masts", value=-1)).confirmed is True
    assert only(find(content, "/doc/boat/masts", value=-2)).confirmed is False
    assert only(find(content, "/doc/boat/masts")).confirmed is None


@pytest.mark.parametrize("depth", [1, MOST_DEPTH, MOST_DEPTH + 1])
def test_depth_is_bounded(depth: int) -> None:
    """Documents within one another are followed to a limit."""
    content = '{"a": 1}'
    for _ in range(depth):
        content = json.dumps({"a": content})
    location = find(content, "/a" * (depth + 1))

    assert (depth <= MOST_DEPTH) == bool(location.repairs)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=4),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text('a/~."é🚀\\', max_size=3), inner, max_size=3)
        ),
        max_leaves=8,
    ).filter(lambda value: isinstance(value, dict | list)),
    st.booleans(),
    st.booleans(),
)
@example(document={"": {"": None}, ".": []}, plain=False, twice=False)
@FEW
def test_every_value_inside_is_found(document: JSON, plain: bool, twice: bool) -> None:
    """Every value of a document in a string is found, and is what is marked, once unescaped."""
    content, head = json.dumps(document, ensure_ascii=plain), "/doc"
    for _ in range(1 + twice):
        content = json.dumps({"doc": content}, ensure_ascii=plain)
    for place, value in select(document, "/**/*"):
        location = find(content, head * (1 + twice) + build(place))
        repair = only(location)
        marked = cut(location, repair)
        for _ in range(1 + twice):
            marked = json.loads(f'"{marked}"')

        assert value == repair.value == json.loads(marked)


@given(st.text(max_size=30), st.lists(st.text(max_size=4), min_size=1, max_size=4))
@FEW
def test_any_string_is_endured(held: str, tokens: list[str]) -> None:
    """Whatever a string holds, following a pointer into it ends, in the text."""
    content = json.dumps({"doc": held})
    location = find(content, build(["doc", *tokens]))
    for repair in location.repairs:
        assert 0 <= repair.start <= repair.end <= len(content)


def test_work_is_bounded() -> None:
    """A long pointer into a long string is as much work as reading it."""
    content = json.dumps({"doc": json.dumps(list(range(100_000)))})

    assert only(find(content, "/doc/99999")).value == 99999
    assert not find(content, "/doc" + "/0" * 10_000).repairs
