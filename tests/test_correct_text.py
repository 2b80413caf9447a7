"""The laws of patches and of edits in the text: exact, in place, and never raising."""

from __future__ import annotations

import json

import pytest
from corrections import CHOICES, body_of, propose
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.correct import apply, describe, edit
from errdecode.correct.editing import write
from errdecode.correct.near import find_near
from errdecode.correct.operations import PatchError, same
from errdecode.correct.statement import Statement, holds, read_statement
from errdecode.model import JSON

FEW = settings(max_examples=100, deadline=None)


# ---------------------------------------------------------------- JSON Patch


@pytest.mark.parametrize(
    ("document", "operation", "expected"),
    [  # RFC 6902, appendix A
        ({"foo": "bar"}, {"op": "add", "path": "/baz", "value": "qux"},
         {"baz": "qux", "foo": "bar"}),
        ({"foo": ["bar", "baz"]}, {"op": "add", "path": "/foo/1", "value": "qux"},
         {"foo": ["bar", "qux", "baz"]}),
        ({"baz": "qux", "foo": "bar"}, {"op": "remove", "path": "/baz"}, {"foo": "bar"}),
        ({"foo": ["bar", "qux", "baz"]}, {"op": "remove", "path": "/foo/1"},
         {"foo": ["bar", "baz"]}),
        ({"baz": "qux", "foo": "bar"}, {"op": "replace", "path": "/baz", "value": "boo"},
         {"baz": "boo", "foo": "bar"}),
        ({"foo": {"bar": "baz", "waldo": "fred"}, "qux": {"corge": "grault"}},
         {"op": "move", "from": "/foo/waldo", "path": "/qux/thud"},
         {"foo": {"bar": "baz"}, "qux": {"corge": "grault", "thud": "fred"}}),
        ({"foo": ["all", "grass", "cows", "eat"]},
         {"op": "move", "from": "/foo/1", "path": "/foo/3"},
         {"foo": ["all", "cows", "eat", "grass"]}),
        ({"foo": "bar"}, {"op": "add", "path": "/child", "value": {"grandchild": {}}},
         {"foo": "bar", "child": {"grandchild": {}}}),
        ({"foo": ["bar"]}, {"op": "add", "path": "/foo/-", "value": ["abc", "def"]},
         {"foo": ["bar", ["abc", "def"]]}),
        ({"/": 9, "~1": 10}, {"op": "replace", "path": "/~01", "value": 8}, {"/": 9, "~1": 8}),
    ],
)  # fmt: skip
def test_the_examples_of_the_rfc(
    document: JSON, operation: dict[str, JSON], expected: JSON
) -> None:
    """The examples of RFC 6902 come out as printed there, and the original stays."""
    before = json.dumps(document)
    after = apply(document, (operation,))

    assert expected == after
    assert before == json.dumps(document)


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "add", "path": "/baz/bat", "value": "qux"},
        {"op": "add", "path": "/list/9", "value": 1},
        {"op": "replace", "path": "/none", "value": 1},
        {"op": "replace", "path": "/list/-", "value": 1},
        {"op": "remove", "path": "/none"},
        {"op": "move", "from": "/list", "path": "/list/0"},
        {"op": "add", "path": "/a"},
        {"op": "spin", "path": "/a"},
        {"op": "add", "path": "a", "value": 1},
        {},
    ],
)
def test_what_does_not_apply_is_a_value(operation: dict[str, JSON]) -> None:
    """An operation without a place gives the fault back, and does not raise it."""
    assert isinstance(apply({"foo": "bar", "list": [1]}, (operation,)), PatchError)


# ---------------------------------------------------------------- edits of the text


@pytest.mark.parametrize(
    ("payload", "operation", "expected"),
    [
        ('{"a":1}', {"op": "add", "path": "/b", "value": 2}, '{"a":1,"b":2}'),
        ('{"a": 1, "b": 2}', {"op": "add", "path": "/c", "value": 3}, '{"a": 1, "b": 2, "c": 3}'),
        ('{\n  "a": 1\n}', {"op": "add", "path": "/b", "value": 2}, '{\n  "a": 1,\n  "b": 2\n}'),
        ("{ }", {"op": "add", "path": "/b", "value": 2}, '{"b": 2 }'),
        ("[1,2]", {"op": "add", "path": "/1", "value": 9}, "[1,9,2]"),
        ("[1, 2]", {"op": "add", "path": "/-", "value": 9}, "[1, 2, 9]"),
        ("[]", {"op": "add", "path": "/0", "value": 9}, "[9]"),
        ('{"a":1, "b":2}', {"op": "remove", "path": "/a"}, '{"b":2}'),
        ('{"a":1, "b":2}', {"op": "remove", "path": "/b"}, '{"a":1}'),
        ('{"a" : 1}', {"op": "move", "from": "/a", "path": "/b"}, '{"b" : 1}'),
        ('{"a": 1.00 }', {"op": "replace", "path": "/a", "value": [1.0]}, '{"a": [1.00] }'),
        ('{"a": [ 1.00 ]}', {"op": "replace", "path": "/a", "value": 1.0}, '{"a": 1.00}'),
        ("{a: 'x', // why\n b: 1,}", {"op": "replace", "path": "/a", "value": "é"},
         "{a: \"é\", // why\n b: 1,}"),
        ('{"a":1,"a":2}', {"op": "replace", "path": "/a", "value": 3}, '{"a":1,"a":3}'),
        ('{"a":1,"a":2}', {"op": "remove", "path": "/a"}, None),
    ],
)  # fmt: skip
def test_the_text_is_edited_in_place(
    payload: str, operation: dict[str, JSON], expected: str | None
) -> None:
    """An edit changes its own place alone, laid out as its neighbours are."""
    edits = edit(body_of(payload), operation)

    assert expected == (None if edits is None else write(payload, edits))


def test_a_description_shows_the_lines_of_the_change() -> None:
    """The line before and after, with all else of it as it was written."""
    payload = '{\n  "a" :  "Open", "n": 1.00\n}'
    patch = propose(payload, "/a", CHOICES)

    assert patch is not None
    expected = ('  "a" :  "Open", "n": 1.00', '  "a" :  "open", "n": 1.00')
    assert expected == describe(patch, body_of(payload))


def test_a_long_line_is_cut_around_the_change() -> None:
    """Of a minified payload only the surroundings of the change are shown."""
    payload = json.dumps({"x": "y" * 500, "a": "Open", "z": "y" * 500})
    patch = propose(payload, "/a", CHOICES)

    assert patch is not None
    before, after = describe(patch, body_of(payload))
    assert (True, True, True) == (len(before) < 200, '"Open"' in before, '"open"' in after)


# ---------------------------------------------------------------- laws over all inputs

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(-1e9, 1e9)
NAMES = st.sampled_from(["a", "b", "zip", "zip_code", "é", "a/b", "m~n", ""])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
MESSAGES = st.sampled_from(
    [CHOICES, "must be a string", "must be an integer", "must be a boolean", "must be an array",
     "must be a number", "is required", "at most 3 characters", 'Did you mean "zip_code"?',
     "must be an object", "required property 'zip'", "must be one of 'a', 'b'"]
) | st.text(max_size=40)  # fmt: skip
INDENTS = st.sampled_from([None, 2, "\t"])


@FEW
@given(
    st.dictionaries(NAMES, VALUES, max_size=3),
    st.lists(NAMES | st.sampled_from("012"), max_size=3),
    MESSAGES,
    INDENTS,
)
def test_every_correction_holds(
    document: dict[str, JSON], tokens: list[str], detail: str, indent: int | str | None
) -> None:
    """Whatever is proposed applies, meets the message, and can be made in the text."""
    payload = json.dumps(document, indent=indent)
    pointer = "".join("/" + t.replace("~", "~0").replace("/", "~1") for t in tokens)
    patch = propose(payload, pointer, detail)
    if patch is None:
        return
    body = body_of(payload)
    after = apply(body.value, patch.operations)
    edits = edit(body, patch.operations[0])

    assert not isinstance(after, PatchError)
    assert same(document, body.value)
    assert edits is not None
    assert same(json.loads(write(payload, edits)), after)


@FEW
@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=4), VALUES, INDENTS, st.data())
def test_nothing_but_the_value_changes(
    document: dict[str, JSON], value: JSON, indent: int | str | None, data: st.DataObject
) -> None:
    """The text before and behind a replaced value stays character for character."""
    name = data.draw(st.sampled_from(sorted(document)))
    payload = json.dumps(document, indent=indent)
    path = "/" + name.replace("~", "~0").replace("/", "~1")
    edits = edit(body_of(payload), {"op": "replace", "path": path, "value": value})

    assert edits is not None
    new = write(payload, edits)
    behind = len(payload) - edits[-1].end
    assert payload[: edits[0].start] == new[: edits[0].start]
    assert payload[len(payload) - behind :] == new[len(new) - behind :]
    assert same({**document, name: value}, json.loads(new))


@FEW
@given(st.text(max_size=60), st.text(max_size=10), st.text(max_size=60))
def test_nothing_raises(payload: str, pointer: str, detail: str) -> None:
    """Any payload, pointer and message give a correction or none."""
    patch = propose(payload, pointer, detail)

    assert patch is None or patch.applicability in ("certain", "maybe", "placeholder")


@FEW
@given(st.text(max_size=200))
def test_a_message_is_read_or_not(message: str) -> None:
    """Reading a message never raises, and what demands nothing holds for every value."""
    statement = read_statement(message)

    assert statement != Statement() or holds(statement, None)


@FEW
@given(st.text("abcAB-_ ", max_size=8), st.lists(st.text("abcAB-_ ", max_size=8), max_size=5))
def test_the_near_one_is_allowed(value: str, allowed: list[str]) -> None:
    """The near value is one of those allowed, and never the value itself."""
    near = find_near(value, allowed)

    assert near is None or (near[0] in allowed and near[0] != value)
