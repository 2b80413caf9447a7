"""The laws of answers that a proxy passes on in a message of its own: they are read instead."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from errdecode import decode
from errdecode.model import JSON, Report

PROXY = """
id = "tugboat"
name = "Tugboat"
kind = "gateway"
documentation = "https://docs.tugboat.example.com/errors"
reviewed = 2026-11-23
[detect]
required = [ { at = "/tug", has = ["rope", "said"] } ]
[extract]
each = "/tug"
code = "/rope"
detail = "/said"
carries = ["/tug/said", "/tug/also/*"]
[[codes]]
code = "torn"
title = "The rope is torn"
meaning = "The proxy got no further."
remedies = ["Take another rope."]
[[examples]]
name = "torn"
body = '{"tug": {"rope": "torn", "said": "No."}}'
problems = [ { code = "torn" } ]
"""
REFUSED: dict[str, JSON] = {
    "type": "error",
    "error": {"type": "invalid_request_error", "message": "max_tokens: Field required"},
}


@pytest.fixture
def report_on(tmp_path: Path) -> Callable[..., Report]:
    """Decode what the proxy answers."""
    (tmp_path / "tugboat.toml").write_text(PROXY, encoding="utf-8")

    def read(said: str, status: int = 400, **others: JSON) -> Report:
        answer: JSON = {"tug": {"rope": "torn", "said": said, **others}}
        (report,) = decode(
            json.dumps(answer), request='{"model": "m"}', status=status, catalog=tmp_path
        )
        return report

    return read


def told(report: Report) -> tuple[str | None, str | None]:
    """The format of what was read, and its first code."""
    format = report.format.id if report.format else None
    return format, report.diagnostics[0].problem.code if report.diagnostics else None


@pytest.mark.parametrize(
    "said",
    [
        json.dumps(REFUSED),
        f"400: {json.dumps(REFUSED)}",
        f"tug.BadRequest: PierException - b'{json.dumps(REFUSED)}'. Received by the tug",
        f"upstream said {REFUSED!r}",
        json.dumps({"statusCode": 400, "body": json.dumps(REFUSED)}),
    ],
)
def test_the_answer_behind_is_read(report_on: Callable[..., Report], said: str) -> None:
    """However it is written, with its places in the request, and where it stands is told."""
    report = report_on(said)
    (diagnostic,) = report.diagnostics
    nested = [note.message for note in report.notes if note.kind == "nested"]

    assert ("anthropic", "invalid_request_error") == told(report)
    assert ["/max_tokens"] == [place.pointer for place in diagnostic.locations]
    assert any("/tug/said" in note for note in nested)


def test_other_answers_are_messages(report_on: Callable[..., Report]) -> None:
    """What no documented format covers, what stands elsewhere, and what a success holds."""
    other = json.dumps({"error": {"reason": "wet", "words": "The pier is wet"}})

    assert ("tugboat", "torn") == told(report_on(other))
    assert ("tugboat", "torn") == told(report_on("No.", because=json.dumps(REFUSED)))
    assert ("tugboat", "torn") == told(report_on(json.dumps(REFUSED), 200))
    assert ("anthropic", "invalid_request_error") == told(
        report_on("No.", also=["Yes.", json.dumps(REFUSED)])
    )


def test_answers_of_models_behind_a_proxy() -> None:
    """LiteLLM writes what any provider answers into OpenAI's form."""
    said = f"litellm.BadRequestError: AnthropicException - {json.dumps(REFUSED)}"
    error: JSON = {"message": said, "type": None, "param": None, "code": "400"}
    (report,) = decode(json.dumps({"error": error}), status=400)

    assert ("anthropic", "invalid_request_error") == told(report)
