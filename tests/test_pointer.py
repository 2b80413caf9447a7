"""The laws of JSON Pointers: reading, writing, resolving, and patterns."""

from __future__ import annotations

import json

import jsonpointer
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.model import JSON
from errdecode.patterns import scalar, select, select_tokens
from errdecode.pointer import Parsed, build, parse, resolve, settle

FEW = settings(max_examples=150, deadline=None)
RFC: dict[str, JSON] = {
    "foo": ["bar", "baz"],
    "": 0,
    "a/b": 1,
    "c%d": 2,
    "e^f": 3,
    "g|h": 4,
    "i\\j": 5,
    'k"l': 6,
    " ": 7,
    "m~n": 8,
}
"""The document of RFC 6901, sections 5 and 6."""
TILDE = "a tilde in a JSON Pointer is followed by 0 or 1"
EXAMPLES = [
    ("", "#", RFC),
    ("/foo", "#/foo", ["bar", "baz"]),
    ("/foo/0", "#/foo/0", "bar"),
    ("/", "#/", 0),
    ("/a~1b", "#/a~1b", 1),
    ("/c%d", "#/c%25d", 2),
    ("/e^f", "#/e%5Ef", 3),
    ("/g|h", "#/g%7Ch", 4),
    ("/i\\j", "#/i%5Cj", 5),
    ('/k"l', "#/k%22l", 6),
    ("/ ", "#/%20", 7),
    ("/m~0n", "#/m~0n", 8),
]
SCALARS = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3)
NAMES = st.text(alphabet="a~/01- é", max_size=3)
DOCUMENTS = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=12,
)


@pytest.mark.parametrize(("string", "fragment", "value"), EXAMPLES)
def test_examples_of_the_rfc(string: str, fragment: str, value: JSON) -> None:
    """The examples of RFC 6901, sections 5 and 6, in both forms."""
    for form in (string, fragment):
        tokens = parse(form).tokens

        assert tokens is not None
        assert (True, value) == resolve(RFC, tokens)[:2]


@pytest.mark.parametrize(
    ("pointer", "reason"),
    [
        ("foo", "a JSON Pointer starts with a slash"),
        ("#foo", "a JSON Pointer starts with a slash"),
        (" /foo", "a JSON Pointer starts with a slash"),
        ("/a~2b", f"{TILDE}, unlike that at character 3"),
        ("/a~0~", f"{TILDE}, unlike that at character 5"),
        ("/~/a", f"{TILDE}, unlike that at character 2"),
        ("#/%20~", TILDE),
    ],
)
def test_malformed_pointers(pointer: str, reason: str) -> None:
    """A pointer that breaks the grammar is a reason, never an exception."""
    assert Parsed(None, reason) == parse(pointer)


@pytest.mark.parametrize(
    ("tokens", "depth", "reason"),
    [
        (("items", "-"), 1, "'-' stands past the end: the array has 2 items"),
        (("items", "9"), 1, "the array has 2 items, there is no item 9"),
        (("items", "01"), 1, "'01' is no array index, and the array has 2 items"),
        (("items", "-1"), 1, "'-1' is no array index, and the array has 2 items"),
        (("items", "²"), 1, "'²' is no array index, and the array has 2 items"),
        (("items", "٣"), 1, "'٣' is no array index, and the array has 2 items"),
        (("items", "sku"), 1, "'sku' is no array index, and the array has 2 items"),
        (("items", "1", "sku"), 2, "an integer has no members"),
        (("name", "0"), 1, "a string has no members"),
        (("none", "a"), 1, "null has no members"),
        (("nope", "deeper"), 0, "there is no member 'nope'"),
    ],
)
def test_why_a_pointer_leads_nowhere(tokens: tuple[str, ...], depth: int, reason: str) -> None:
    """The walk stops at the deepest value there is and says why."""
    document: JSON = {"items": [1, 2], "name": "text", "none": None}
    resolution = resolve(document, tokens)

    assert (False, depth) == (resolution.found, resolution.depth)
    assert reason == resolution.reason


@pytest.mark.parametrize("value", [False, 0, "", None, [], {}])
def test_empty_values_are_values(value: JSON) -> None:
    """What a pointer finds is found, however little it is."""
    assert (True, value, 1, None) == resolve({"a": value}, ("a",))


def test_hostile_pointers() -> None:
    """Ten thousand segments and endless digits are no trouble."""
    document: JSON = {"a": [1]}
    tokens = parse("/a" * 10_000).tokens

    assert tokens is not None
    assert 1 == resolve(document, tokens).depth
    assert resolve(document, ("a", "9" * 9000)).reason is not None
    assert ("a", "9" * 9000) == settle(document, ("a", "9" * 9000), "dotted")
    assert [] == list(select(document, "/a/" + "9" * 9000))
    assert len(resolve(document, ("b" * 9000,)).reason or "") < 100


@given(st.lists(st.text(max_size=5), max_size=5))
@FEW
def test_building_and_parsing_are_inverse(tokens: list[str]) -> None:
    """Any list of reference tokens survives being written and read."""
    assert tuple(tokens) == parse(build(tokens)).tokens


@given(DOCUMENTS, st.lists(NAMES, max_size=4))
@FEW
def test_resolving_agrees_with_the_library(document: JSON, tokens: list[str]) -> None:
    """What is found, and what it is, agrees with the jsonpointer library."""
    marker = object()
    expected = jsonpointer.resolve_pointer(document, build(tokens), marker)
    found = expected is not marker and not isinstance(expected, jsonpointer.EndOfList)
    resolution = resolve(document, tokens)

    assert found == resolution.found
    if found:
        assert json.dumps(expected) == json.dumps(resolution.value)


TREE: JSON = {"errors": [{"code": "a"}, {"code": "b", "inner": [{"code": "c"}]}], "Code": "d"}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", [""]),
        ("/errors/*/code", ["/errors/0/code", "/errors/1/code"]),
        ("/errors/1/code", ["/errors/1/code"]),
        ("/errors/5/code", []),
        ("/*", ["/errors", "/Code"]),
        ("/**/code", ["/errors/0/code", "/errors/1/code", "/errors/1/inner/0/code"]),
        ("/errors/**", ["/errors/0", "/errors/1", "/errors/1/inner/0"]),
        ("/errors/code", []),
        ("/errors/*/code/*", []),
        ("/code", []),
    ],
)
def test_patterns(pattern: str, expected: list[str]) -> None:
    """`*` is any item or member, `**` any depth, in document order."""
    assert expected == [build(place) for place, _ in select(TREE, pattern)]


def test_patterns_without_letter_case() -> None:
    """Folded, names match in any letter case; the exact one comes alone."""
    assert ["/Code"] == [build(place) for place, _ in select(TREE, "/code", fold=True)]
    assert [(("a",), 1)] == list(select({"A": 2, "a": 1}, "/a", fold=True))


XML: JSON = {"root": [{"item": [{"#text": "1"}, {"#text": "2"}], "@id": "7"}]}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("/root/item", ["/root/0/item/0", "/root/0/item/1"]),
        ("/root/*", ["/root/0/item/0", "/root/0/item/1", "/root/0/@id"]),
        ("/root/item/1", ["/root/0/item/1"]),
        ("/root/0/item", ["/root/0/item/0", "/root/0/item/1"]),
        ("/**/item", ["/root/0/item/0", "/root/0/item/1"]),
        ("/ROOT/Item", ["/root/0/item/0", "/root/0/item/1"]),
    ],
)
def test_patterns_into_xml(pattern: str, expected: list[str]) -> None:
    """Steps over lists may be left out or named; letter case does not count."""
    found = [build(place) for place, _ in select(XML, pattern, fold=True, lists=True)]

    assert expected == found


def test_hostile_patterns_end() -> None:
    """Many `**`, or many segments, neither hang nor overflow the stack."""
    deep: JSON = {}
    for _ in range(150):
        deep = {"a": deep, "b": [deep] if len(str(deep)) < 50 else 0}

    assert list(select_tokens(deep, ("**", "a") * 30))
    assert [] == list(select_tokens(deep, ("*",) * 10_000))
    assert [] == list(select_tokens(XML, ("a",) * 10_000, lists=True))


@given(DOCUMENTS)
@FEW
def test_places_of_a_pattern_lead_to_its_values(document: JSON) -> None:
    """Every place that a pattern yields resolves to the value it yields."""
    for pattern in ("/**", "/*/*", "/**/a", "/**/*"):
        for place, value in select(document, pattern):
            assert (True, value) == resolve(document, place)[:2]


def test_scalar_of_an_element() -> None:
    """An XML element says its text, several say the first one's; anything else says itself."""
    assert ["1", "1", {"a": 1}, [], None] == [
        scalar(value)
        for value in ([{"#text": "1"}, {"#text": "2"}], {"#text": "1"}, {"a": 1}, [], None)
    ]
