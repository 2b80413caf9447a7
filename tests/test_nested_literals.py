"""A document in a string literal is read as if it stood alone, each character in its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.body import read_body
from errdecode.jsontext import read_json
from errdecode.model import Text
from errdecode.nested import unwrap
from errdecode.nested.literals import open_literal
from errdecode.pipeline import decode
from errdecode.source import to_root

FEW = settings(max_examples=150, deadline=None)
WORDS = st.text(st.characters(codec="utf-8"), max_size=20)


@given(WORDS, st.booleans(), st.sampled_from([None, 2]))
@FEW
def test_what_python_shows_is_read(word: str, plain: bool, indent: int | None) -> None:
    """The repr of a document, as text or as bytes, is the document."""
    document = json.dumps({"message": word}, ensure_ascii=plain, indent=indent)
    for shown in (repr(document), repr(document.encode()), f"u{document!r}"):
        opened = open_literal(Text(shown))

        assert opened is not None
        assert document == opened.value


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ('\'{"a": "b"}\'', {"a": "b"}),
        (r"""'{"a": "say \"no\""}'""", {"a": 'say "no"'}),
        (r"""'{"a": "don\'t"}'""", {"a": "don't"}),
        (r"""b"{'a': 'b'}" """, {"a": "b"}),
        (r"""b'\n  {\n"a": 1}\n'""", {"a": 1}),
        (r"""r'{"a": "\u00e9"}'""", {"a": "é"}),
        (r"""b'{"a": "\xff\xc3\xa9"}'""", {"a": "ÿé"}),
        (r'''"{\"a\": \"don\'t\"}"''', {"a": "don't"}),
    ],
)
def test_literals_of_languages_and_shells(literal: str, value: object) -> None:
    """Escapes are undone as Python does, unless only a shell's reading of them is JSON."""
    nested = unwrap(Text(literal))

    assert nested is not None
    assert (value, ("string literal",)) == (nested.body.value, nested.steps)


@pytest.mark.parametrize(
    "text",
    ["'hello'", "b'a'", "'{a' and 'b}'", '\'{"a": "it\'s"}\'', "bu'{}'", "'{", "b{'a'}", "'"],
)
def test_what_is_no_literal(text: str) -> None:
    """Words in quotes, and quotes that end before the text does, are left as they are."""
    assert open_literal(Text(text)) is None


def test_a_literal_is_no_damaged_json() -> None:
    """What stands within its quotes is not read before its escapes are undone."""
    assert read_json('b\'{"error": {"message": "x"}}\'') is None


def test_an_error_in_a_literal_is_explained() -> None:
    """A documented error is recognised, and every character leads back to its place."""
    shown = repr(json.dumps({"error": {"code": "é", "message": "no such berth"}}).encode())
    (report,) = decode(shown)
    body = report.body

    assert body is not None
    assert "no such berth" == report.diagnostics[0].problem.detail
    at = body.text.value.index("berth")
    _, start, end = to_root(body.text, at, at + 5)
    assert "berth" == shown[start:end]


@pytest.mark.parametrize("piece", ["\\", "\\'", "\\x", "\\\\'", "'", "{", "b'{"])
def test_large_hostile_literals_end(piece: str) -> None:
    """Whatever fills it, a literal is read in a time that grows with its length."""
    text = "b'{" + piece * 50_000

    for end in ("", "'", "}'"):
        assert read_body(Text(text + end)) is not None
        open_literal(Text(text + end))
