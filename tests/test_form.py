"""The laws of finding fields in a form."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdecode.body.form import find_field, read_form
from errdecode.model import JSON
from errdecode.pointer import Tokens, resolve

FIELDS: dict[str, JSON] = {
    "amount": "5",
    "card[number]": "4242",
    "items[0][price]": "1",
    "lines[][sku]": ["a", "b"],
    "single[]": "x",
    "tags[]": ["a", "b"],
    "tag": ["a", "b"],
    "Filter.1.Value.2": "z",
}


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        (("amount",), ("amount",)),
        (("card", "number"), ("card[number]",)),
        (("items", "0", "price"), ("items[0][price]",)),
        (("Filter", "1", "Value", "2"), ("Filter.1.Value.2",)),
        (("lines", "1", "sku"), ("lines[][sku]", "1")),
        (("lines", "2", "sku"), None),
        (("single", "0"), ("single[]",)),
        (("single", "1"), None),
        (("tags", "1"), ("tags[]", "1")),
        (("tag", "1"), ("tag", "1")),
        (("amount", "0"), ("amount",)),
        (("nope",), None),
        ((), None),
    ],
)
def test_fields_of_a_form(tokens: Tokens, expected: Tokens | None) -> None:
    """A path finds its field by its flat name, and one of several values by its index."""
    assert expected == find_field(FIELDS, tokens)


@given(st.lists(st.sampled_from(["a", "b", "0", "1", "*", ""]), max_size=4).map(tuple))
def test_a_field_that_is_found_is_there(tokens: Tokens) -> None:
    """What is found resolves in the form as it was read."""
    pairs = [("a[]", "1"), ("a[]", "2"), ("a.b", "3"), ("a[0][b]", "4"), ("b", "5")]
    fields, _ = read_form(urlencode(pairs))
    found = find_field(fields, tokens)

    assert found is None or resolve(fields, found).found


def test_a_path_of_many_numbers_is_given_up() -> None:
    """Only the first numbers of a path are tried as indices."""
    assert find_field(FIELDS, ("0",) * 10_000) is None
