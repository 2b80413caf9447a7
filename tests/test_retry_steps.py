"""The laws of what to do, held against the verdict of this very answer."""

from __future__ import annotations

import pytest

from errdecode.format import Code, Format, RetryRule
from errdecode.model import Explanation, Problem, Retry
from errdecode.pipeline import decode
from errdecode.retry import fit_steps

FORMAT = Format("x", "X", "framework", "https://docs.example.com", "2026-11-23")  # type: ignore[arg-type]
LATER = Code(code="A", retry=RetryRule("later"))


def fit(steps: tuple[str, ...], verdict: str, entry: Code = LATER) -> tuple[str, ...]:
    """The steps that are left where the answer says that a repetition does not help."""
    found = Explanation("A", "What A is.", steps)
    again = Problem(code="A", retryable=False)

    return fit_steps(found, entry, FORMAT, again, Retry(verdict)).remedies


@pytest.mark.parametrize(
    ("step", "left"),
    [
        ("Send the request again after a pause.", ()),
        ("Wait, and double the wait with every refusal.", ()),
        ("Send it again later; look at the status page.", ("Look at the status page.",)),
        ("If it goes on, ask the support.", ("Ask the support.",)),
        ("Do not send it again.", ("Do not send it again.",)),
        ("Send fewer requests at once.", ("Send fewer requests at once.",)),
    ],
)
def test_steps_that_the_answer_overrules_are_left_out(step: str, left: tuple[str, ...]) -> None:
    """Nothing says to repeat what the answer says not to; what else a step says stays."""
    assert left == fit((step,), "never")


def test_steps_of_the_catalogs_own_verdict_stay() -> None:
    """What is documented for a change, or as final, is worded for it."""
    steps = ("Renew the token, then send it again.",)
    entry = Code(code="A", retry=RetryRule("after-change"))

    assert steps == fit(steps, "after-change", entry)


def test_finding_out_comes_first() -> None:
    """Where the request may have been carried out, no step sends it again before a look."""
    again, looking = "Send the request again in a while.", "Look for the record, then send again."

    assert "Find out whether" in fit((again,), "reconcile-first")[0]
    assert again == fit((again,), "reconcile-first")[1]
    assert (looking,) == fit((looking,), "reconcile-first")


def test_a_body_without_a_documented_format_says_it_too() -> None:
    """The trail names the member, and no step says to repeat it."""
    answer = (
        "HTTP/1.1 503 Service Unavailable\nContent-Type: application/json\n\n"
        '{"code": "NO_CAPACITY", "message": "No room is left", "retryable": false}'
    )
    (report,) = decode(answer.encode())
    (found,) = report.diagnostics

    assert "never" == found.retry.verdict
    assert "(`/retryable: false`)" in found.retry.trail[0]
    assert found.explanation
    assert not any("again" in step for step in found.explanation.remedies)
