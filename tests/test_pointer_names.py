"""The laws of names: literal before split, flat names of forms, items that a key selects."""

from __future__ import annotations

import pytest
from conftest import steps_of
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.model import JSON
from errdecode.pointer import Tokens, find_flat, read_pointer, settle
from errdecode.pointer.writing import write

FEW = settings(max_examples=150, deadline=None)
PLAIN = st.text(alphabet="ab01_é ", min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("document", "tokens", "expected"),
    [
        (
            {"address.street": 1, "address": {"street": 2}},
            ("address", "street"),
            ("address.street",),
        ),
        ({"address": {"street": 2}}, ("address", "street"), ("address", "street")),
        ({"a": {"b.c.d": 1}}, ("a", "b", "c", "d"), ("a", "b.c.d")),
        ({"a": [{"b.c": 1}]}, ("a", "0", "b", "c"), ("a", "0", "b.c")),
        ({"a.b": {"c": 1}, "a.b.c": 2}, ("a", "b", "c"), ("a.b.c",)),
        ({"x": 1}, ("a", "b"), ("a", "b")),
        ("text", ("a", "b"), ("a", "b")),
    ],
)
def test_literal_names_win(document: JSON, tokens: Tokens, expected: Tokens) -> None:
    """A member whose name holds dots wins over the split path."""
    assert expected == settle(document, tokens, "dotted")


# ---------------------------------------------------------------- flat names


@pytest.mark.parametrize(
    "name", ["items[0][price]", "items.0.price", "items[0].price", "items/0/price"]
)
def test_flat_names(name: str) -> None:
    """Dots, slashes and brackets all make a flat name of the same tokens."""
    assert name == find_flat({"items": 1, "price": 2, name: 3}, ("items", "0", "price"))


@pytest.mark.parametrize(
    ("names", "tokens", "expected"),
    [
        (["Filter.1.Name"], ("Filter", "1", "Name"), "Filter.1.Name"),
        (["a[b]", "a.b"], ("a", "b"), "a.b"),
        (["a/b", "a[b]"], ("a", "b"), "a/b"),
        (["a[b]"], ("a[b]",), "a[b]"),
        (["tags[]"], ("tags", "*"), "tags[]"),
        (["items[][price]"], ("items", "*", "price"), "items[][price]"),
        (["ab", "a]b", "a[b", "a"], ("a", "b"), None),
        (["a"], (), None),
        ([], ("a",), None),
    ],
)
def test_which_flat_name(names: list[str], tokens: Tokens, expected: str | None) -> None:
    """The exact name comes first, then the one with dots, then the first; malformed ones never."""
    assert expected == find_flat(names, tokens)


@given(st.lists(PLAIN, min_size=1, max_size=4).map(tuple))
@FEW
def test_what_a_dialect_writes_is_found_among_names(tokens: Tokens) -> None:
    """A flat name that a form's framework writes is found by the tokens it was written from."""
    for dialect in ("dotted", "brackets"):
        name = write(tokens, dialect)

        assert name is None or name == find_flat(["x", name], tokens)


def test_many_names_take_linear_time() -> None:
    """Ten times the names take ten times the steps, even if all of them look alike."""
    find_flat(["items[0][price]"], ("items", "9", "price"))
    few = steps_of(find_flat, [f"items[{n}9x][price]" for n in range(100)], ("items", "9", "price"))
    many = steps_of(
        find_flat, [f"items[{n}9x][price]" for n in range(1000)], ("items", "9", "price")
    )

    assert many < 11 * few


# ---------------------------------------------------------------- the document at hand

PORTS: JSON = {
    "ports": [{"name": "http", "port": 80}, {"name": "https", "port": 443, "protocol": "http"}],
    "finalizers": ["example.com/a", "example.com/b"],
    "labels": {"app.example.com/name": "x"},
}


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("ports[https].port", ("ports", "1", "port")),
        ("ports[http].port", ("ports", "0", "port")),
        ("ports[443].name", ("ports", "1", "name")),
        ("ports[1].name", ("ports", "1", "name")),
        ('ports[name="http",port=80].port', ("ports", "0", "port")),
        ("ports[name=http,port=443].port", ("ports", "name=http,port=443", "port")),
        ("ports[ssh].port", ("ports", "ssh", "port")),
        ('finalizers[="example.com/b"]', ("finalizers", "1")),
        ("finalizers[example.com/a]", ("finalizers", "0")),
        ("labels[app.example.com/name]", ("labels", "app.example.com/name")),
        ("labels.app.example.com/name", ("labels", "app.example.com/name")),
    ],
)
def test_keys_select_items(sent: str, expected: Tokens) -> None:
    """A key in a field path of Kubernetes is a member's name, or means the one item it fits."""
    assert expected == settle(PORTS, read_pointer(sent, "kubernetes").tokens or (), "kubernetes")


def test_a_key_that_fits_several_items_selects_none() -> None:
    """Two items with the same key are left to the reader."""
    document: JSON = {"a": [{"x": "k"}, {"y": "k"}]}

    assert ("a", "k") == settle(document, ("a", "k"), "kubernetes")
    assert ("a", "k") == settle({"a": [{"x": "k"}]}, ("a", "k"), "dotted")


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"Filter": [{"Name": 1}]}, ("Filter", "0", "Name")),
        ({"Filter": {"1": {"Name": 1}}}, ("Filter", "1", "Name")),
        ({"Filter": {"0": {"Name": 1}}}, ("Filter", "0", "Name")),
        ({}, ("Filter", "0", "Name")),
    ],
)
def test_numbers_from_one(document: JSON, expected: Tokens) -> None:
    """An array is counted from 0; an object's member has the number as it was sent."""
    tokens = read_pointer("Filter.1.Name", "query-list").tokens or ()

    assert expected == settle(document, tokens, "query-list")


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"a": [{"@ID": "7"}]}, ("**", "@id")),
        ({"a": [{"@id": "7", "id": [{}]}]}, ("**", "id")),
        ({"a": [{}]}, ("**", "id")),
    ],
)
def test_a_bare_name_may_be_an_attribute(document: JSON, expected: Tokens) -> None:
    """A bare name means an attribute when no element bears it."""
    assert expected == settle(document, ("**", "id"), "element")


@given(st.lists(PLAIN, max_size=4).map(tuple), st.sampled_from(["dotted", "jsonpath", "xpath"]))
@FEW
def test_nothing_is_settled_in_an_empty_document(tokens: Tokens, dialect: str) -> None:
    """Where there is nothing to fit to, tokens stay as they are."""
    assert tokens == settle({}, tokens, dialect) == settle(None, tokens, dialect)
