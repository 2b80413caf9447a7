"""The examples of the five documents give one answer, however they reach the program."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

CAPTURES = Path(__file__).parent / "captures"
EXAMPLES = sorted(path.name.removesuffix("-body.json") for path in CAPTURES.glob("*-body.json"))
WORDS = ("code", "code_as_sent", "title", "detail", "pointer_as_sent", "role")


def problems_of(out: str) -> list[tuple[object, ...]]:
    """What was read out of a response, without what the request adds."""
    report = json.loads(out)

    return [tuple(problem[word] for word in WORDS) for problem in report["problems"]]


@pytest.mark.parametrize("example", EXAMPLES)
def test_file_pipe_head_and_paste_agree(
    example: str, run: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By file, by pipe, with an HTTP head and in a pasted session: the same problems."""
    monkeypatch.chdir(CAPTURES)
    body = CAPTURES / f"{example}-body.json"
    by_file = run("--json", body.name).out  # type: ignore[attr-defined]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body.read_bytes())))
    answers = [run("--json").out]  # type: ignore[attr-defined]
    answers += [
        run("--json", f"{example}-{ending}").out  # type: ignore[attr-defined]
        for ending in ("response.http", "session.paste")
    ]

    assert [problems_of(by_file)] * 3 == [problems_of(answer) for answer in answers]
    assert problems_of(by_file)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_paste_points_into_the_request(
    example: str, run: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the server points at the payload, the paste's own `-d` is where the answer looks."""
    monkeypatch.chdir(CAPTURES)
    report = json.loads(run("--json", f"{example}-session.paste").out)  # type: ignore[attr-defined]
    pointed = [p for p in report["problems"] if p["pointer_as_sent"] is not None]

    assert report["request"]["body"] is None or all(p["locations"] for p in pointed)
