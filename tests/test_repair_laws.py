"""Whatever the document, repairs resolve, tell the truth, and end."""

from __future__ import annotations

import json
from typing import NoReturn

from hypothesis import given
from hypothesis import strategies as st
from test_repair import ELEMENTS, FEW, find, pointers

from errdecode.locate.repair import MOST_REPAIRS, MOST_TRIES, _Search, find_repairs
from errdecode.locate.spelling import Names
from errdecode.model import JSON, Body, Text
from errdecode.patterns import select
from errdecode.pointer import build, parse, resolve

WORDS = ("apple", "river", "stone", "cloud", "tiger")
NAMES = st.lists(st.sampled_from(WORDS), min_size=2, max_size=3, unique=True).map(tuple)
VALUES = st.booleans() | st.integers() | st.text(max_size=3)


def spell(words: tuple[str, ...], convention: str) -> str:
    """Write the words of a name in one of the conventions."""
    if convention in ("_", "-"):
        return convention.join(words)
    pascal = "".join(word.capitalize() for word in words)
    return pascal if convention == "P" else pascal[0].lower() + pascal[1:]


@given(st.lists(NAMES, min_size=1, max_size=4), VALUES, st.data())
@FEW
def test_renamed_members_are_found_again(
    path: list[tuple[str, ...]], value: JSON, data: st.DataObject
) -> None:
    """Whatever conventions the sides use, wrapped or not, the place is among the repairs."""
    conventions = st.sampled_from(["_", "-", "c", "P"])
    ours, theirs = data.draw(conventions), data.draw(conventions)
    place = [spell(words, ours) for words in path]
    document = value
    for name in reversed(place):
        document = {name: document, "other": 1}
    wrapped = data.draw(st.sampled_from([(), ("order",), ("data", "attributes")]))
    for name in reversed(wrapped):
        document = {name: document}
    sent = build([spell(words, theirs) for words in path])
    place = [*wrapped, *place]

    assert sent == build(place) or build(place) in pointers(document, sent)


@given(
    st.dictionaries(st.text(alphabet="abAB", min_size=1, max_size=3), VALUES, min_size=1),
    st.sampled_from(["body", "data", "request", "data/attributes", "createOrderRequest"]),
)
@FEW
def test_heads_are_passed_over(document: dict[str, JSON], head: str) -> None:
    """A pointer that starts with a wrapper leads to its member without it."""
    for name in document:
        sent = f"/{head}{build([name])}"

        assert build([name]) in pointers(document, sent)


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=2),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["a", "A", "a_", "as", "data", "0", "*", "attributes", ""]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)
TOKENS = st.lists(
    st.sampled_from(
        ["a", "A", "a-", "as", "data", "body", "0", "1", "2", "-", "*", "**", "member", ""]
    ),
    max_size=6,
).map(tuple)


@given(TREES, TOKENS)
@FEW
def test_repairs_always_resolve(document: JSON, tokens: tuple[str, ...]) -> None:
    """Each repair leads to its value, none is the pointer as sent, and none is told twice."""
    found = resolve(document, tokens).found
    repairs = find_repairs(Body("json", None, Text(""), document), tokens)

    for one in repairs:
        place = parse(one.pointer).tokens
        assert place is not None
        assert (True, one.value) == resolve(document, place)[:2]
        assert one.reason
        assert found or place != tokens
    assert len({one.pointer for one in repairs}) == len(repairs) <= MOST_REPAIRS


@given(TREES, TOKENS)
@FEW
def test_every_span_cuts_the_value(document: JSON, tokens: tuple[str, ...]) -> None:
    """The place of a repair holds exactly its value; what is missing has no place."""
    content = json.dumps(document)
    for one in find(content, build(tokens)).repairs:
        assert one.found or (one.start, one.end) == (0, 0)
        assert not one.found or one.value == json.loads(content[one.start : one.end])


@given(
    st.text(alphabet="aA/.[]*0_-", max_size=20), st.sampled_from(["dotted", "xpath", "jsonpath"])
)
@FEW
def test_other_bodies_never_break_it(sent: str, dialect: str) -> None:
    """Any pointer into any body is answered; the repairs lead somewhere in it."""
    for content in (ELEMENTS, "A=1&a%5B0%5D=2&a_0=3", "[[[1]]]", '{"a": {"A": [{"a_a": 1}]}}', "x"):
        for one in find(content, sent, dialect).repairs:
            assert one.end <= len(content)


# ---------------------------------------------------------------- bounds


def test_tries_are_bounded() -> None:
    """However many ways there are, only so many are gone; the time does not grow with them."""
    document: JSON = 1
    for _ in range(30):
        document = {"a_b": document, "aB": document, "AB": document, "a-b": document}
    body = Body("json", None, Text(""), document)
    search = _Search(body, ("ab",) * 31, Names())
    list(search.run())

    assert len(search.seen) <= MOST_TRIES * 60
    assert [] == find_repairs(body, ("ab",) * 40)


class Untouched(dict[str, JSON]):
    """An object that must not be looked into."""

    def __iter__(self) -> NoReturn:
        raise AssertionError("this is off the way")

    __contains__ = __getitem__ = items = values = keys = __iter__  # type: ignore[assignment]


def test_only_the_way_is_walked() -> None:
    """What is off the pointer's way is never looked into, however much it is."""
    rows: list[JSON] = [{}, {"user_name": "x"}, Untouched(a=1), Untouched(a=1)]
    body = Body("json", None, Text(""), {"rows": rows, "other": Untouched(a=1), "n": 1})
    repairs = find_repairs(body, ("rows", "1", "userName"))

    assert ["/rows/1/user_name"] == [one.pointer for one in repairs]


def test_very_many_names_are_not_all_compared() -> None:
    """Of an object of any size only the first names are compared."""
    document: dict[str, JSON] = {"first_name": 1}
    document.update({f"member{at}": at for at in range(9000)})
    document["last_name"] = 2

    assert ["/first_name"] == pointers(document, "/firstName")
    assert [] == pointers(document, "/lastName")


def test_patterns_are_read_as_patterns() -> None:
    """In other dialects `*` is any item."""
    content = '{"Lines": [{"zip": 1}, {"zip": 2}]}'
    repairs = find(content, "lines[].zip", "dotted").repairs

    assert ["/Lines/0/zip", "/Lines/1/zip"] == [one.pointer for one in repairs]
    assert len(list(select(json.loads(content), "/Lines/*/zip"))) == len(repairs)
