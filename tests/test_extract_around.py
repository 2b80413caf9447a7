"""The laws of what stands around a list of problems: it belongs to each of them."""

from __future__ import annotations

import json

import pytest

from errdecode import decode
from errdecode.body import read_body
from errdecode.extract import extract
from errdecode.format import At, Extract, Format, Read
from errdecode.model import JSON, Exchange, Response, Text

BODY: dict[str, JSON] = {
    "title": "The boat is full",
    "free": 3,
    "trace": "t-1",
    "a/b": [1, 2],
    "faults": [{"text": "too many", "free": 9}, {"text": "too late"}],
}


def around(words: Extract, value: JSON = BODY) -> list[dict[str, JSON]]:
    """The extensions of each problem."""
    format = Format("x", "X", "vendor", "https://docs.example.com", "2026-11-22", extract=words)  # type: ignore[arg-type]
    body = read_body(Text(json.dumps(value)))
    problems = extract(format, "body", Exchange("body", body.text, response=Response()), body)
    return [problem.extensions for problem in problems]


def words(each: str, title: str, around: str | None, ignore: tuple[str, ...] = ()) -> Extract:
    """Words that read a title from the root and a detail from each item."""
    return Extract(
        each=(At(each),),
        title=(Read(at=At(title)),),
        detail=(Read(at=At("/text")),),
        around=None if around is None else At(around),
        ignore=ignore,
    )


def test_each_problem_bears_it() -> None:
    """Neither the items nor what is read by another word; an item's own member comes first."""
    outer: dict[str, JSON] = {"trace": "t-1", "a/b": [1, 2]}

    assert [{"free": 9, **outer}, {"free": 3, **outer}] == around(words("/faults/*", "#/title", ""))


def test_it_is_left_out_unless_asked_for() -> None:
    """Without the word the items alone are read, and what is to be ignored stays out."""
    assert [{"free": 9}, {}] == around(words("/faults/*", "#/title", None))
    assert [{"a/b": [1, 2]}, {"a/b": [1, 2]}] == around(
        words("/faults/*", "#/title", "", ("trace", "free"))
    )


@pytest.mark.parametrize(
    ("place", "expected"),
    [("/inner", [{"free": 1}]), ("/other", [{}]), ("/inner/faults", [{}]), ("/text", [{}])],
)
def test_it_may_stand_deeper(place: str, expected: JSON) -> None:
    """The word names the object; where there is none nothing is added."""
    value: JSON = {
        "text": "no object",
        "inner": {"title": "t", "free": 1, "faults": [{"text": "too many"}]},
    }

    assert expected == around(words("/inner/faults/*", "#/inner/title", place), value)


def test_each_item_of_a_batch_has_its_own() -> None:
    """Where a pattern stands for it, it is the object in which the item itself stands."""
    value: JSON = {
        "results": [
            {"id": "a", "faults": [{"text": "too many"}, {"text": "too late"}]},
            {"id": "b", "faults": [{"text": "too few"}]},
        ]
    }

    assert [{"id": "a"}, {"id": "a"}, {"id": "b"}] == around(
        words("/results/*/faults/*", "#/title", "/results/*"), value
    )
    assert [{}, {}] == around(words("/results/*", "#/title", "/results/*", ("id", "faults")), value)


def test_the_detail_beside_the_errors_of_a_problem_is_kept() -> None:
    """RFC 9457, section 3: `detail` and extension members stand beside the list of errors."""
    body = {
        "type": "https://boats.example.com/problems/full",
        "title": "The boat is full",
        "detail": "3 seats are free, 4 were asked for.",
        "free": 3,
        "errors": [{"detail": "must be positive", "pointer": "#/seats"}],
    }
    (report,) = decode(json.dumps(body))
    (diagnostic,) = report.diagnostics

    assert "must be positive" == diagnostic.problem.detail
    assert {"detail": body["detail"], "free": 3} == diagnostic.problem.extensions
