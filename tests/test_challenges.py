"""The laws of reading the challenges of WWW-Authenticate."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.body import read_body
from errdecode.catalog import open_catalog
from errdecode.clue import see
from errdecode.detect import detect
from errdecode.extract import LONGEST_FIELD, extract, read_challenges
from errdecode.model import JSON, Exchange, Field, Response, Text

FEW = settings(max_examples=200, deadline=None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('Basic realm="x"', [{"scheme": "Basic", "realm": "x"}]),
        ("Negotiate", [{"scheme": "Negotiate"}]),
        ("Negotiate, NTLM", [{"scheme": "Negotiate"}, {"scheme": "NTLM"}]),
        ("Negotiate YII+a/b==", [{"scheme": "Negotiate", "token68": "YII+a/b=="}]),
        (
            "Negotiate abc=, Basic realm=x",
            [{"scheme": "Negotiate", "token68": "abc="}, {"scheme": "Basic", "realm": "x"}],
        ),
        (
            'Newauth realm="apps", type=1, title="Login to \\"apps\\"", Basic realm="simple"',
            [
                {"scheme": "Newauth", "realm": "apps", "type": "1", "title": 'Login to "apps"'},
                {"scheme": "Basic", "realm": "simple"},
            ],
        ),
        (
            'Basic , Bearer error = "invalid_token",\tError_Description="a, b = c"',
            [
                {"scheme": "Basic"},
                {"scheme": "Bearer", "error": "invalid_token", "error_description": "a, b = c"},
            ],
        ),
        ('Bearer realm="a" error="b"', [{"scheme": "Bearer", "realm": "a", "error": "b"}]),
        ('Bearer realm="never closed', [{"scheme": "Bearer", "realm": "never closed"}]),
        ('Bearer error=""', [{"scheme": "Bearer", "error": ""}]),
        ('realm="x"', []),
        ("", []),
        (",,,", []),
    ],
)
def test_challenges(value: str, expected: list[JSON]) -> None:
    """Several challenges in one field, quoted pairs, token68 (RFC 9110, section 11.6.1)."""
    assert expected == read_challenges(value)


def test_challenges_of_several_fields() -> None:
    """Each WWW-Authenticate field is read; those that bear an error are the problems."""
    fields = tuple(
        Field("WWW-Authenticate", Text(value))
        for value in ("Negotiate", 'Bearer error="invalid_token", error_description="expired"')
    )
    exchange = Exchange("http", Text(""), response=Response(401, None, fields))
    body, catalog = read_body(Text("")), open_catalog()
    best = detect(catalog, see(exchange, body)).best

    assert best is not None
    assert "oauth2" == best.id
    assert ["invalid_token"] == [
        problem.code for problem in extract(catalog.format("oauth2"), best.shape, exchange, body)
    ]


@given(st.text(alphabet='aB=",\\ ;~\t', max_size=60))
@FEW
def test_any_field_is_read(value: str) -> None:
    """Any value is a list of challenges, each with its scheme."""
    assert all(challenge["scheme"] for challenge in read_challenges(value))


@pytest.mark.parametrize("piece", ["a", "a ", ",", '"', 'a="', "a=b,", "=", " ", "a=\\"])
def test_long_fields_are_cut(piece: str) -> None:
    """A hostile field is read at once, as far as its first characters."""
    value = "x " + piece * LONGEST_FIELD

    assert read_challenges(value) == read_challenges(value[:LONGEST_FIELD])
