"""The laws of damaged JSON written as JSON: what was meant, sign by sign, and nothing besides."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdecode.body import read_body
from errdecode.capture import read_exchanges
from errdecode.correct.editing import write
from errdecode.correct.strictness import mend
from errdecode.model import Text
from errdecode.pipeline import decode
from errdecode.render.fix import fix

ERROR = '{"message": "We could not parse the body: it is not valid JSON."}'


def mended(text: str) -> tuple[str, bool] | None:
    """A payload as JSON, and whether that is sure; None where it stays as it is."""
    found = mend(read_body(Text(text), "application/json"))
    return (write(text, found.edits), found.sure) if found else None


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ('{\n  "a": 1.0 ,\n}\n', '{\n  "a": 1.0 \n}\n'),
        ('[1, {"b": [],},]', '[1, {"b": []}]'),
        ("{'a': 'it\\'s', 'n': None}", '{"a": "it\'s", "n": null}'),
        ("{a: 1, b_2: 'x'}", '{"a": 1, "b_2": "x"}'),
        ('{"a": 1, // one\n "b": /* two */ True}', '{"a": 1, \n "b":  true}'),
        ('{"a": "x\n\ty"}', '{"a": "x\\n\\ty"}'),
        ("{“a”: “b”}", '{"a": "b"}'),
        ('{"a"\u00a0: 1; "b" => "\\u00e9"}', '{"a" : 1, "b" : "\\u00e9"}'),
        ("{'say': 'a \"word\"'}", '{"say": "a \\"word\\""}'),
    ],
)
def test_what_is_plain_is_written_as_json(sent: str, meant: str) -> None:
    """Only the signs that JSON does not have are changed."""
    assert (meant, True) == mended(sent)


@pytest.mark.parametrize(
    ("sent", "meant"),
    [('{"a": 1 "b": 2}', '{"a": 1, "b": 2}'), ('{"a": +1}', '{"a": 1}')],
)
def test_a_guess_is_not_sure(sent: str, meant: str) -> None:
    """What may have been meant otherwise is said to be a guess."""
    assert (meant, False) == mended(sent)


@pytest.mark.parametrize(
    "sent",
    [
        '{"a": 1}',
        '{"a": 1',
        '{"a": open}',
        '{"a": NaN}',
        '{"a": , "b": 1}',
        '{"a": [1, , 2]}',
        '{"a": 1, "a": 2,}',
        '{"a": 1,} and more',
        '{"a": ...}',
        '{"a": [1}',
        "(1, 2)",
        "a=1",
    ],
)
def test_what_is_not_plain_stays(sent: str) -> None:
    """Where a value is missing, cut off or no plain matter, nothing is changed."""
    assert mended(sent) is None


@given(st.text(alphabet="{}[]'\":,;/*#\\ \nab1.-T“”", max_size=40))
def test_what_is_written_is_json_and_means_the_same(inner: str) -> None:
    """Whatever was sent, what comes out is JSON that holds what was read."""
    body = read_body(Text(f"{{'k': {inner}}}"), "application/json")
    found = mend(body)

    assert found is None or json.loads(write(body.text.value, found.edits)) == body.value


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("""-d '{"a": 1, "b": [2,],}'""", """-d '{"a": 1, "b": [2]}'"""),
        ("""-d "{'a': 1}\"""", '''-d "{\\"a\\": 1}"'''),
        ('''-d "{a: \\"x\\"}"''', '''-d "{\\"a\\": \\"x\\"}"'''),
    ],
)
def test_fix_writes_json_where_the_server_finds_none(sent: str, meant: str) -> None:
    """The command is printed with its payload as JSON, in the quotes it has."""
    command = "curl https://api.example.com/orders -H 'content-type: application/json' "
    (report,) = decode(f"$ {command}{sent}\n{ERROR}\n")
    fixed = fix(report, show_secrets=True)

    assert f"{command}{meant}\n" == fixed.text
    (again,) = read_exchanges(Text(fixed.text or ""))
    assert again.request is not None
    assert again.request.body is not None
    assert json.loads(again.request.body.value)


def test_fix_leaves_a_payload_that_the_server_could_read() -> None:
    """A server that speaks of a value has read the payload, as it is."""
    error = '{"message": "Invalid", "errors": [{"field": "a", "message": "must be even"}]}'
    (report,) = decode(f"$ curl https://api.example.com/x --json '{{a: 1,}}'\n{error}\n")

    assert fix(report, every=True).text is None


def test_a_guess_is_made_when_asked() -> None:
    """A comma that is missing is written with `--all` only."""
    paste = f"""$ curl https://api.example.com/x --json '{{"a": 1 "b": 2}}'\n{ERROR}\n"""
    (report,) = decode(paste)

    assert fix(report).text is None
    assert """curl https://api.example.com/x --json '{"a": 1, "b": 2}'\n""" == (
        fix(report, every=True).text
    )
