"""The laws of pointer dialects: the table, what each of them reads and writes, what is refused."""

from __future__ import annotations

import typing

import pytest
from conftest import steps_of
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.format import Dialect as Named
from errdecode.model import JSON
from errdecode.pointer import DIALECTS, Parsed, Tokens, build, read_pointer
from errdecode.pointer.writing import write

FEW = settings(max_examples=150, deadline=None)


def test_the_table_names_all_dialects_of_the_catalog() -> None:
    """Whatever dialect a catalog file may name has its row."""
    assert set(typing.get_args(Named)) <= set(DIALECTS)


@pytest.mark.parametrize("name", DIALECTS)
def test_every_row_shows_itself(name: str) -> None:
    """Each row says what it is, where its rule stands, and shows an example that it can read."""
    row = DIALECTS[name]
    example: JSON = ["items", 0, "price"] if name == "segments" else row.example

    assert row.sentence.endswith(".")
    assert row.source.startswith(("RFC ", "https://"))
    assert read_pointer(example, name).tokens


@pytest.mark.parametrize(
    ("sent", "dialect", "expected"),
    [
        ("/a~1b/0", "json-pointer", "/a~1b/0"),
        ("#/a%20b", "json-pointer", "/a b"),
        ("a.b[0].c", "dotted", "/a/b/0/c"),
        ("items[0][price]", "dotted", "/items/0/price"),
        ("addresses[].zip", "dotted", "/addresses/*/zip"),
        ("Filter.1.Name", "dotted", "/Filter/1/Name"),
        ("a['b c'].d", "dotted", "/a/b c/d"),
        ('a["x]y"]', "dotted", "/a/x]y"),
        ('a["b.c"]', "dotted", "/a/b.c"),
        (".a.b", "dotted", "/a/b"),
        ("[0].Name", "dotted", "/0/Name"),
        ("a.[0]", "dotted", "/a/0"),
        (".", "dotted", ""),
        ("", "dotted", ""),
        (7, "dotted", "/7"),
        ("$.a[0]['b']", "jsonpath", "/a/0/b"),
        ("$['a'][0]", "jsonpath", "/a/0"),
        ('$["a"][ 0 ]', "jsonpath", "/a/0"),
        (r"$['it\'s']", "jsonpath", "/it's"),
        (r"$['\ud83d\ude00\t\u000b\\\/']", "jsonpath", "/\U0001f600\t\x0b\\~1"),
        ("$", "jsonpath", ""),
        ("$..name", "jsonpath", "/**/name"),
        ("$..[0]", "jsonpath", "/**/0"),
        ("$.a[*].b", "jsonpath", "/a/*/b"),
        ("$.a.*", "jsonpath", "/a/*"),
        ("$set.a", "jsonpath", "/$set/a"),
        ("items[0].price", "jsonpath", "/items/0/price"),
        ("items[0][price]", "brackets", "/items/0/price"),
        ("addresses[][zip]", "brackets", "/addresses/*/zip"),
        ("user[a.b]", "brackets", "/user/a.b"),
        ("a.b", "brackets", "/a.b"),
        ("spec.containers[0].image", "kubernetes", "/spec/containers/0/image"),
        (".spec.replicas", "kubernetes", "/spec/replicas"),
        (
            "metadata.labels[app.kubernetes.io/name]",
            "kubernetes",
            "/metadata/labels/app.kubernetes.io~1name",
        ),
        ("metadata.annotations[a[b]c].d", "kubernetes", "/metadata/annotations/a[b]c/d"),
        ("spec.ports[https].port", "kubernetes", "/spec/ports/https/port"),
        (["body", "items", 0, "price"], "segments", "/body/items/0/price"),
        (["a/b", "c~d"], "segments", "/a~1b/c~0d"),
        ([], "segments", ""),
        ("a.b", "segments", "/a/b"),
        (["Filter", 2], "dotted", "/Filter/2"),
        ("Filter.1.Name", "query-list", "/Filter/0/Name"),
        ("Filters.member.2.Values.member.1", "query-list", "/Filters/1/Values/0"),
        ("a.member.b", "query-list", "/a/member/b"),
        ("keys.2.member.name", "query-list", "/keys/1/name"),
        ("rows.member.1.member.2", "query-list", "/rows/0/1"),
        ("rows.1.member.2.member.name", "query-list", "/rows/0/1/name"),
        ("/a/b[1]/c", "xpath", "/a/b/0/c"),
        ("//ns:name", "xpath", "/**/name"),
        ("/a//b", "xpath", "/a/**/b"),
        ("./a/text()", "xpath", "/a"),
        ("/a/@ns:id", "xpath", "/a/@id"),
        ("child::a/attribute::id", "xpath", "/a/@id"),
        ("/*[local-name()='Envelope']/*[local-name()='Body']", "xpath", "/Envelope/Body"),
        ("//*[local-name()='a' and namespace-uri()='urn:x'][2]", "xpath", "/**/a/1"),
        ("/*[name()='ns:a'][1]", "xpath", "/a/0"),
        ("/Q{urn:x/y}a[2]/Q{}b[1]", "xpath", "/a/1/b/0"),
        ("/", "xpath", ""),
        ("startDate", "element", "/**/startDate"),
        ("ns:startDate", "element", "/**/startDate"),
        ("@id", "element", "/**/@id"),
    ],
)
def test_dialects(sent: JSON, dialect: str, expected: str) -> None:
    """Every dialect becomes the same reference tokens."""
    tokens = read_pointer(sent, dialect).tokens

    assert tokens is not None
    assert expected == build(tokens)


@pytest.mark.parametrize(
    ("sent", "dialect", "literal"),
    [
        ("Filter.1.Name", "query-list", ("Filter", "1", "Name")),
        ("Tags.member.2", "query-list", ("Tags", "member", "2")),
        ("Filter.Name", "query-list", None),
        ("Filter.1.Name", "dotted", None),
    ],
)
def test_numbers_from_one_are_kept_as_sent(sent: str, dialect: str, literal: Tokens | None) -> None:
    """Where a dialect counts from 1, the tokens as sent are there too, for names that are flat."""
    assert literal == read_pointer(sent, dialect).literal


@pytest.mark.parametrize(
    ("sent", "dialect", "reason"),
    [
        ("a[0", "dotted", "nothing closes the bracket at character 2"),
        ("a['b", "dotted", "nothing closes the quotation mark at character 3"),
        ("a['b'", "dotted", "a closing bracket is missing at the end"),
        ("a..b", "dotted", "a name is missing at character 3"),
        ("a.", "dotted", "a name is missing at the end"),
        ("a[0]b", "dotted", "a separator is missing at character 5"),
        ("a[b", "kubernetes", "nothing closes the bracket at character 2"),
        ("a[b]c", "brackets", "a separator is missing at character 5"),
        ("$.a[?(@.b)]", "jsonpath", "no single place is meant by the filter at character 4"),
        ("$[(@.length-1)]", "jsonpath", "no single place is meant by the filter at character 2"),
        ("$.a[1:2]", "jsonpath", "no single place is meant by the slice at character 4"),
        ("$['a','b']", "jsonpath", "no single place is meant by the union at character 2"),
        ("$[0,1]", "jsonpath", "no single place is meant by the union at character 2"),
        (
            "$[-1]",
            "jsonpath",
            "only the array's length tells what is meant by the index at character 2",
        ),
        (
            "$[a]",
            "jsonpath",
            "neither an index nor a quoted name is in the bracket at character 2",
        ),
        ("$[01", "jsonpath", "nothing closes the bracket at character 2"),
        ("$.a..", "jsonpath", "a name is missing at the end"),
        ("Filter.0.Name", "query-list", "items are counted from 1 here, there is no item 0"),
        ("a[0]", "xpath", "items are counted from 1 here, there is no item 0"),
        (
            "b[@id='7']",
            "xpath",
            "only positions and local-name() are understood, not that at character 2",
        ),
        (
            "a[1][2]",
            "xpath",
            "only positions and local-name() are understood, not that at character 5",
        ),
        ("a/../b", "xpath", "no plain name of XML stands at character 3"),
        ("parent::a", "xpath", "no plain name of XML stands at character 1"),
        ("count(a)", "xpath", "no plain name of XML stands at character 1"),
        ("//", "xpath", "a name is missing at the end"),
        ("/[1]", "xpath", "a name is missing at character 2"),
        ("a b", "element", "no plain name of XML stands at character 1"),
        (["a", {"b": 1}], "segments", "the path holds more than names and indices"),
        (["a", None], "segments", "the path holds more than names and indices"),
        (True, "dotted", "a boolean is no pointer"),
        ({"a": 1}, "json-pointer", "an object is no pointer"),
        (None, "dotted", "null is no pointer"),
    ],
)
def test_what_is_no_pointer(sent: JSON, dialect: str, reason: str) -> None:
    """What cannot be read as a pointer is a reason, which names the place of the fault."""
    assert Parsed(None, reason) == read_pointer(sent, dialect)


@given(st.text(alphabet="a.[]'\"\\$/0~*:@()=", max_size=30), st.sampled_from(list(DIALECTS)))
@FEW
def test_reading_a_pointer_never_raises(sent: str, dialect: str) -> None:
    """Any text in any dialect is tokens or a reason."""
    parsed = read_pointer(sent, dialect)

    assert (parsed.tokens is None) == (parsed.reason is not None)


PIECES = [
    "[",
    "]",
    ".",
    "/",
    "a.",
    "[a]",
    "['",
    "['a]",
    "[\"a'",
    "a",
    "[\\'",
    "Q{/",
    "*[",
    "[1]",
    "*[local-name()='a' ",
]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("piece", PIECES)
def test_hostile_paths_end_at_once(piece: str, dialect: str) -> None:
    """Very long paths of anything are tokens or a short reason; hanging would be seen."""
    for sent in (piece * (100_000 // len(piece)), "a['" + piece * 30_000, piece + " " * 100_000):
        parsed = read_pointer(sent, dialect)

        assert (parsed.tokens is None) == (parsed.reason is not None)
        assert len(parsed.reason or "") < 100


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_megabyte_of_brackets(dialect: str) -> None:
    """Nothing but opening brackets is read at once."""
    parsed = read_pointer("[" * 1_000_000, dialect)

    assert (parsed.tokens is None) == (parsed.reason is not None)


@pytest.mark.parametrize(
    ("dialect", "piece"),
    [
        ("json-pointer", "/a"),
        ("jsonpath", "['a']"),
        ("dotted", ".a"),
        ("brackets", "[a]"),
        ("kubernetes", "[a]"),
        ("query-list", ".member.1"),
        ("xpath", "/a[1]"),
    ],
)
def test_long_paths_take_linear_time(dialect: str, piece: str) -> None:
    """Ten times the segments take ten times the steps."""
    read_pointer(piece, dialect)  # imports and expressions are made once
    few = steps_of(read_pointer, "$" * (dialect == "jsonpath") + piece * 1000, dialect)
    many = steps_of(read_pointer, "$" * (dialect == "jsonpath") + piece * 10_000, dialect)

    assert many < 11 * few


# ---------------------------------------------------------------- writing

WRITTEN = ["json-pointer", "jsonpath", "dotted", "brackets", "kubernetes", "query-list", "xpath"]
TOKENS = st.lists(
    st.sampled_from(["a", "b_c", "0", "7", "**", "*", "a.b", "app.io/x", "@id", "", "a]", "[", "'"])
    | st.text(max_size=3),
    max_size=5,
).map(tuple)


@pytest.mark.parametrize("dialect", [*WRITTEN, "segments", "element"])
@given(tokens=TOKENS)
@FEW
def test_what_is_written_is_read_back(dialect: str, tokens: Tokens) -> None:
    """Whatever a dialect can express survives being written and read."""
    written = write(tokens, dialect)

    assert written is None or tokens == read_pointer(written, dialect).tokens


@given(TOKENS)
@FEW
def test_what_can_be_written(tokens: Tokens) -> None:
    """JSON Pointers and dotted paths express everything, JSONPaths all but a `**` before nothing
    or itself."""
    steps = (*tokens, "**")
    deep = any(steps[at : at + 2] == ("**", "**") for at in range(len(tokens)))

    assert write(tokens, "json-pointer") is not None
    assert write(tokens, "dotted") is not None
    assert deep == (write(tokens, "jsonpath") is None)


@pytest.mark.parametrize(
    ("tokens", "dialect", "expected"),
    [
        (("a", "0", "b c"), "jsonpath", "$['a'][0]['b c']"),
        (("it's\\\n\x01",), "jsonpath", r"$['it\'s\\\n\u0001']"),
        (("**", "a", "*"), "jsonpath", "$..['a'][*]"),
        ((), "jsonpath", "$"),
        (("a", "0", "b c", "d.e"), "dotted", "a[0].b c['d.e']"),
        (("items", "0", "price"), "brackets", "items[0][price]"),
        (("a]", "b"), "brackets", "a][b]"),
        (("a", "b]"), "brackets", None),
        (("labels", "app.io/name", "0"), "kubernetes", "labels[app.io/name][0]"),
        (("Filter", "0", "Name"), "query-list", "Filter.1.Name"),
        (("a.b",), "query-list", None),
        (("a", "1", "@id"), "xpath", "/a[2]/@id"),
        (("**", "a", "b c"), "xpath", "//a/*[local-name()='b c']"),
        (("it's",), "xpath", '/*[local-name()="it\'s"]'),
        (("a", "0", "0"), "xpath", None),
        ((), "xpath", "/"),
        (("**", "startDate"), "element", "startDate"),
        (("a", "b"), "element", None),
    ],
)
def test_what_is_written(tokens: Tokens, dialect: str, expected: str | None) -> None:
    """Each dialect is written as its own people write it; None when it has no words."""
    assert expected == write(tokens, dialect)
