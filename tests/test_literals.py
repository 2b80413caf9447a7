"""The law of literals: whatever an expression matches contains the text it cannot do without."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdecode.expressions.literals import find_literals
from errdecode.expressions.quantifiers import find_nested


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("Guru Meditation:", ["guru meditation:"]),
        (r"^\s*error code: (?:1\d\d|50[0-4])\s*$", ["error code: "]),
        (r"<title>[45]\d\d [^<]*</title>", ["</title>"]),
        ("(?i)BODY", ["body"]),
        ("colou?r of it", ["r of it"]),
        ("abc|def", ["abc", "def"]),
        ("abc|d", []),
        ("(?:abc|def)", ["abc", "def"]),
        ("^(?:no (?:one|body)|nothing)$", ["nothing", "no "]),
        ("(?:abc|d.*) and", [" and"]),
        ("(abc)?def", ["def"]),
        ("(abc)+de", ["abc"]),
        ("(?:error|message|mishap) .*(?:pier|boat)", ["pier", "boat"]),
        ("error(?:ab|c)", ["error"]),
        ("pier (?:is missing|is late|is full|is shut|is ours|is wet|is new)", ["pier "]),
        ("(?!not this)that", ["that"]),
        ("(?<!not this)(?=nor this)that", ["that"]),
        (r"HTTP Error [45]\d\d\.\d{1,3} -", ["http error "]),
        (r"a\.b\.c", ["a.b.c"]),
        ("ab", []),
        ("abc{2,3}d", ["abc"]),
        ("abcd*", ["abc"]),
        (r"[a]bc\d", []),
        ("(?#no text)here", ["here"]),
        (r"doesn\x27t have \u006bey", ["doesn't have key"]),
        (r"a\x2ebc", ["a.bc"]),
        (r"\101\U00000041\N{BULLET}abc", ["abc"]),
        ("(?P<a>x)(?P=a)here", ["here"]),
        ("(?:" * 50 + "deep" + ")" * 50, []),
    ],
)
def test_what_tells_most_is_found(pattern: str, literals: list[str]) -> None:
    """Of a sequence the part that tells most, of a choice one text of each, in folded case."""
    assert set(literals) == find_literals(pattern)


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
        r"\x65",
        r"\101",
        ".",
        "[ab]",
        "(ab|c)",
        "(d)?",
    ]
)


@given(st.lists(PIECES, max_size=6).map("".join), st.text("abcdeErRx. 1", max_size=30))
def test_what_matches_contains_it(pattern: str, subject: str) -> None:
    """For all expressions and subjects: none of the literals, no match."""
    literals = find_literals(pattern)
    if find_nested(pattern) is None and re.search(pattern, subject):
        assert not literals or any(literal in subject.casefold() for literal in literals)
