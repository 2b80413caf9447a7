"""The law of literals: whatever an expression matches contains the text it cannot do without."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdecode.literals import find_literal
from errdecode.quantifiers import find_nested


@pytest.mark.parametrize(
    ("pattern", "literal"),
    [
        ("Guru Meditation:", "guru meditation:"),
        (r"^\s*error code: (?:1\d\d|50[0-4])\s*$", "error code: "),
        (r"<title>[45]\d\d [^<]*</title>", "</title>"),
        ("(?i)BODY", "body"),
        ("colou?r of it", "r of it"),
        ("abc|def", ""),
        ("(?:abc|def)", ""),
        ("(abc)?def", "def"),
        (r"HTTP Error [45]\d\d\.\d{1,3} -", "http error "),
        (r"a\.b\.c", "a.b.c"),
        ("ab", ""),
        ("abc{2,3}d", "abc"),
        ("abcd*", "abc"),
        (r"[a]bc\d", ""),
        (r"(?#no text)here", "here"),
        (r"(?P<a>x)(?P=a)here", "here"),
    ],
)
def test_the_longest_one_is_found(pattern: str, literal: str) -> None:
    """Of what stands outside of groups, choices and repetitions, in folded case."""
    assert literal == find_literal(pattern)


PIECES = st.sampled_from(
    [
        "abc",
        "Err",
        "x",
        " ",
        "e+",
        "e?",
        "e*",
        "r{0,2}",
        r"\d",
        r"\.",
        ".",
        "[ab]",
        "(ab|c)",
        "(d)?",
    ]
)


@given(st.lists(PIECES, max_size=6).map("".join), st.text("abcdeErRx. 1", max_size=30))
def test_what_matches_contains_it(pattern: str, subject: str) -> None:
    """For all expressions and subjects: no literal, no match."""
    if find_nested(pattern) is None and re.search(pattern, subject):
        assert find_literal(pattern) in subject.casefold()
