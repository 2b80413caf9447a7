"""The laws of items whose text holds an answer of its own: its problems are read in their place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode import decode
from errdecode.body import read_body
from errdecode.extract import extract
from errdecode.format import At, Extract, Format, Read
from errdecode.model import JSON, Exchange, Problem, Response, Text

FEW = settings(max_examples=100, deadline=None)
WORDS = Extract(
    each=(At("/error"), At("/error/details/*")),
    each_has=("code",),
    opens=At("/message"),
    code=(Read(at=At("/code")),),
    detail=(Read(at=At("/message")),),
    ignore=("details",),
)


def run(value: JSON, words: Extract = WORDS) -> list[Problem]:
    """Extract with words of our own from a JSON body."""
    format = Format("x", "X", "vendor", "https://docs.example.com", "2026-11-22", extract=words)  # type: ignore[arg-type]
    body = read_body(Text(json.dumps(value)))
    return extract(format, "body", Exchange("body", body.text, response=Response()), body)


def fault(code: str, message: JSON, **others: JSON) -> dict[str, JSON]:
    """An error; an inner one is written as text."""
    said = json.dumps(message) if isinstance(message, dict) else message
    return {"code": code, "message": said, **others}


@FEW
@given(st.lists(st.tuples(st.text("ab", min_size=1), st.text('x"\\{}é ')), min_size=1, max_size=5))
def test_texts_within_texts_are_opened(pairs: list[tuple[str, str]]) -> None:
    """The innermost problem is read, with the way to it; a text that is no answer stays a text."""
    (code, message), *around = pairs
    error = {"error": fault(code, message)}
    for outer, _ in around:
        error = {"error": fault(outer, error)}  # type: ignore[arg-type]
    (problem,) = run(error)  # type: ignore[arg-type]

    assert (code, message) == (problem.code, problem.detail or "")
    assert "/error" + "/message/error" * len(around) == problem.origin


def test_all_its_problems_stand_for_the_item() -> None:
    """Each keeps what stands beside the text, if it does not say that itself."""
    inner: JSON = {"error": fault("A", "first", details=[fault("B", "second", target="own")])}
    details = [fault("X", inner, target="pier"), fault("Y", "third")]
    problems = run({"error": fault("Z", "whole", details=details)})  # type: ignore[arg-type]

    assert ["Z", "A", "B", "Y"] == [one.code for one in problems]
    assert [{}, {"target": "pier"}, {"target": "own"}, {}] == [one.extensions for one in problems]


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"error": {}}',
        '{"error": {"text": "no code"}}',
        '[{"error": {"code": "A"}}]',
        '{"error": {"code": "A"}',
        '{"error": {"code": "A"}} and more',
        "{" * 1000 + "}",
        "The tide is {low}",
    ],
)
def test_other_texts_are_messages(text: str) -> None:
    """What is no JSON, and no answer in this format."""
    assert [text] == [one.detail for one in run({"error": fault("X", text)})]


def test_words_may_stand_before_it() -> None:
    """A status, for one."""
    text = f"400: {json.dumps({'error': fault('A', 'first')})}"

    assert ["A"] == [one.code for one in run({"error": fault("X", text)})]
    assert ["X"] == [
        one.code for one in run({"error": fault("X", text)}, WORDS._replace(opens=None))
    ]


def test_texts_are_opened_to_a_depth() -> None:
    """Behind it they are messages."""
    error: JSON = {"error": fault("A", "first")}
    for _ in range(10):
        error = {"error": fault("X", error)}
    (problem,) = run(error)

    assert "X" == problem.code
    assert (problem.detail or "").startswith("{")


def test_causes_of_a_deployment() -> None:
    """Azure has the resource provider's answer as the message of a detail."""
    inner: JSON = {"status": "Failed", "error": fault("InvalidParameter", "No.", target="sku.name")}
    answer: JSON = {
        "error": fault("DeploymentFailed", "At least one.", details=[fault("Bad", inner)])
    }
    (report,) = decode(json.dumps(answer), request='{"sku": {"name": "x"}}', status=400)
    last = report.diagnostics[-1]

    assert ("InvalidParameter", "/sku/name") == (last.problem.code, last.problem.pointer)
    assert ["x"] == [place.value for place in last.locations]
