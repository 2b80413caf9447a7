"""The laws of reading strict JSON and of walking through its text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.jsontext import place, place_in, read_json
from errdecode.jsontext.lenient import read_lenient
from errdecode.jsontext.strict import is_deep
from errdecode.model import JSON, Tree

NAMES = st.text(max_size=8).filter(lambda name: not name.strip() or name == name.strip())
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
STYLES = st.sampled_from(
    [
        {"indent": 2},
        {"separators": (",", ":")},
        {"separators": (" ,\n", " : ")},
        {"ensure_ascii": False},
        {"ensure_ascii": False, "indent": "\t"},
    ]
)
FEW = settings(max_examples=150, deadline=None)


def pointers(value: JSON) -> list[tuple[tuple[str, ...], JSON]]:
    """Every pointer of a value, with what it leads to."""
    found: list[tuple[tuple[str, ...], JSON]] = []
    todo: list[tuple[tuple[str, ...], JSON]] = [((), value)]
    while todo:
        tokens, inner = todo.pop()
        found.append((tokens, inner))
        if isinstance(inner, dict):
            todo.extend(((*tokens, name), item) for name, item in inner.items())
        elif isinstance(inner, list):
            todo.extend(((*tokens, str(index)), item) for index, item in enumerate(inner))
    return found


@FEW
@given(VALUES, STYLES)
def test_what_json_writes_is_read_back(value: JSON, style: dict[str, object]) -> None:
    """Whatever json.dumps writes, in any style, is read to the same value without a note."""
    reading = read_json(json.dumps(value, **style))  # type: ignore[arg-type]

    assert reading is not None
    assert (reading.value, reading.notes, reading.tree) == (value, (), None)


@FEW
@given(VALUES, STYLES)
def test_every_place_cuts_its_value(value: JSON, style: dict[str, object]) -> None:
    """The place of every pointer cuts exactly the text of its value, and of its member's name."""
    text = json.dumps(value, **style)  # type: ignore[arg-type]
    for tokens, inner in pointers(value):
        tree = place(text, tokens)

        assert tree is not None
        assert json.loads(text[tree.start : tree.end]) == inner
        if tree.key:
            assert json.loads(text[slice(*tree.key)]) == tokens[-1]


@FEW
@given(VALUES, STYLES)
def test_lenient_reading_agrees(value: JSON, style: dict[str, object]) -> None:
    """A strict text, read leniently, gives the same value and places as the strict walk."""
    text = json.dumps(value, **style)  # type: ignore[arg-type]
    reading = read_lenient(text)
    if not isinstance(value, dict | list):
        return

    assert reading is not None
    assert (reading.value, reading.notes) == (value, ())
    for tokens, _ in pointers(value):
        assert without_children(place_in(tree_of(text), tokens)) == place(text, tokens)


def tree_of(text: str) -> Tree:
    """The tree of a text's lenient reading."""
    reading = read_lenient(text)
    assert reading is not None
    assert reading.tree is not None
    return reading.tree


def without_children(tree: Tree | None) -> Tree | None:
    """The place alone."""
    return tree._replace(children=None) if tree else None


@pytest.mark.parametrize(
    ("text", "tokens", "cut"),
    [
        ('{"a":1,"a":[2]}', ("a",), "[2]"),
        ('{"a":{"b":1},"a":{"b":2}}', ("a", "b"), "2"),
        ('{"a/b":{"~":"x"}}', ("a/b", "~"), '"x"'),
        ('{"":{"":3}}', ("", ""), "3"),
        (" [10, 20 ] ", (), "[10, 20 ]"),
        ("[10, 20 ]", ("1",), "20"),
        ('{"caf\\u00e9": 1e400}', ("café",), "1e400"),
    ],
)
def test_places_in_tricky_texts(text: str, tokens: tuple[str, ...], cut: str) -> None:
    """The last of repeated names counts, names are compared unescaped, blanks left out."""
    tree = place(text, tokens)

    assert tree is not None
    assert text[tree.start : tree.end] == cut


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("[1,2]", ("2",)),
        ("[1,2]", ("01",)),
        ("[1,2]", ("-",)),
        ("[1,2]", ("+1",)),
        ("[1,2]", ("\u0661",)),
        ("[]", ("0",)),
        ('{"a":1}', ("b",)),
        ('{"a":1}', ("a", "b")),
        ('"text"', ("0",)),
        ("", ()),
        ('{"a"', ("a",)),
        ("[" * 100_000, ("0",)),
        ("[1,", ("9",)),
    ],
)
def test_pointers_that_lead_nowhere(text: str, tokens: tuple[str, ...]) -> None:
    """A pointer that leads nowhere, or into damage, gives None (RFC 6901, section 4)."""

    assert place(text, tokens) is None


def test_repeated_names_keep_the_last_and_say_so() -> None:
    """Of repeated names the last one counts, and one note names the first repeated name."""
    reading = read_json('{"x":{"a":1,"b":2,"a":3,"b":4}}')

    assert reading is not None
    assert reading.value == {"x": {"a": 3, "b": 4}}
    assert [(note.kind, '"a"' in note.message) for note in reading.notes] == [
        ("duplicate-key", True)
    ]


@pytest.mark.parametrize(
    "number", ["9" * 5000, "-" + "9" * 5000, "1e999", "-1.5E+400", "1" * 400 + ".0"]
)
def test_numbers_beyond_python_keep_their_text(number: str) -> None:
    """A number that Python cannot hold stays as its text, with a note."""
    reading = read_json(f'{{"n": {number}, "m": 1}}')

    assert reading is not None
    assert reading.value == {"n": number, "m": 1}
    assert [note.kind for note in reading.notes] == ["limit"]


@pytest.mark.parametrize("number", ["1" * 4300, "-" + "1" * 4300, "123456789012345678901234567890"])
def test_long_integers_keep_their_digits(number: str) -> None:
    """An integer keeps all its digits."""
    reading = read_json(f"[{number}]")

    assert reading is not None
    assert (reading.value, reading.notes) == ([int(number)], ())


def test_nesting_within_the_limit_is_read() -> None:
    """200 levels are read without a note."""
    text = '{"a":[' * 100 + "1" + "]}" * 100
    reading = read_json(text)

    assert reading is not None
    assert (reading.value, reading.notes) == (json.loads(text), ())


@pytest.mark.parametrize("depth", [201, 5_000, 200_000])
def test_deeper_nesting_stays_as_text(depth: int) -> None:
    """What is nested deeper than 200 levels becomes a string of its text, with a note."""
    reading = read_json('[{"a":1},' + "[" * (depth - 1) + '"]"' + "]" * (depth - 1) + "]")

    assert reading is not None
    assert [note.kind for note in reading.notes] == ["limit"]
    value = reading.value
    for _ in range(200):
        assert isinstance(value, list)
        value = value[-1]
    assert value == "[" * (depth - 200) + '"]"' + "]" * (depth - 200)


@FEW
@given(VALUES, st.integers(0, 8))
def test_depth_is_measured(value: JSON, limit: int) -> None:
    """The cheap measure of nesting is exact, brackets inside strings do not count."""
    todo: list[tuple[JSON, int]] = [([value, '"[{\\', "[["], 1)]
    depth = 0
    while todo:
        inner, level = todo.pop()
        if isinstance(inner, dict | list):
            depth = max(depth, level)
            items = inner.values() if isinstance(inner, dict) else inner
            todo.extend((item, level + 1) for item in items)

    assert is_deep(json.dumps([value, '"[{\\', "[["]), limit) == (depth > limit)


@pytest.mark.parametrize("text", ["null", " true", "0", "-1.5e3", '"a \\u00e9"', "[]", "{}"])
def test_every_kind_of_root(text: str) -> None:
    """Any JSON value may stand at the root (RFC 8259, section 2)."""
    reading = read_json(text)

    assert reading is not None
    assert (reading.value, reading.notes) == (json.loads(text), ())
