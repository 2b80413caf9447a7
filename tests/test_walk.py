"""The laws of the walk that remembers its way: many places in one text, as if each were the first.

A text is known by its identity, so a copy of it is always walked anew.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_jsontext import STYLES, VALUES, pointers

from errdecode.jsontext import place, walk
from errdecode.model import JSON, Tree

FEW = settings(max_examples=100, deadline=None)
STRAYS = st.lists(st.sampled_from(["0", "1", "40", "a", "", "-", "00"]), max_size=3)


def place_anew(text: str, tokens: Sequence[str]) -> Tree | None:
    """The place in a text of which nothing is known."""
    return place(text[:1] + text[1:], tokens)


def cut(text: str, *tokens: str) -> str:
    """The text of a value."""
    tree = place(text, tokens)
    return text[tree.start : tree.end] if tree else "nowhere"


@FEW
@given(VALUES, st.integers(1, 60), STYLES, st.lists(STRAYS, max_size=4), st.randoms())
def test_the_order_of_questions_does_not_matter(
    value: JSON,
    times: int,
    style: dict[str, object],
    strays: list[list[str]],
    random: Random,
) -> None:
    """Every pointer of a document, and some that lead nowhere, in any order."""
    text = json.dumps({"pad": ["x" * 50, *[value] * times], "end": value}, **style)  # type: ignore[arg-type]
    asked = [tokens for tokens, _ in pointers(json.loads(text))][:60]
    asked += [*map(tuple, strays), ("pad", str(times)), ("pad", str(times + 1)), ("pad", "1", "0")]
    random.shuffle(asked)
    expected = [place_anew(text, tokens) for tokens in asked]

    assert expected == [place(text, tokens) for tokens in asked]
    assert expected == [place(text, tokens) for tokens in asked]


@FEW
@example("{[]", [[], ["0"]])
@given(st.text('{}[]",:1a \\\n', max_size=60), st.lists(STRAYS, min_size=2, max_size=5))
def test_what_is_no_json_is_walked_all_the_same(text: str, asked: list[list[str]]) -> None:
    """A fault that was met once leads no later question astray."""
    expected = [place_anew(text, tokens) for tokens in asked]

    assert expected == [place(text, tokens) for tokens in asked]


def test_texts_by_turns() -> None:
    """What is known of one text is not held to be true of another."""
    one, other = '{"a": [1, 2]}', '{"b": 0, "a": [10, 20]}'

    assert ["2", "20"] * 2 == [cut(text, "a", "1") for text in (one, other) * 2]


def test_more_places_than_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What had to be forgotten is found again."""
    monkeypatch.setattr(walk, "_MOST", 50)
    names = [str(number) for number in range(60)]
    big = json.dumps({"a": dict.fromkeys(names, 7), "b": dict.fromkeys(names, 8), "c": "x" * 300})
    asked = [("a", "59"), ("b", "0"), ("c",), ("c", "0"), ("a", "0")]

    assert ["7", "8", f'"{"x" * 300}"', "nowhere", "7"] * 2 == [cut(big, *t) for t in asked * 2]
