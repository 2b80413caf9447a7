"""Fits what the catalog says to do to the verdict that was derived for this very answer."""

from __future__ import annotations

from errdecode.format import Code, Format
from errdecode.model import Explanation, Problem, Retry
from errdecode.regex import expression

_REPEATING = expression(
    r"(?i)^(?!(?:do not|don't|never|stop)\b)"
    r"(?:wait\b|pause\b|.*\b(?:again|repeat|retry|once more)\b)"
)
"""What a step says that sends the same request once more, or waits for the time to."""
_IF_IN_VAIN = expression("(?i)^if it (?:goes on|comes back|happens again|stays|lasts|persists), ")
"""What a step says that stands behind such a one."""
_ON_CONDITION = expression(r"(?i)\b(?:check|find out|look|see|ask|fetch|read|sure|harm|only if)\b")
"""What such a step says that does not send it unseen."""
_FIRST = "Find out whether the request was carried out; send it again only if it was not."


def fit_steps(
    explanation: Explanation, entry: Code, format: Format, problem: Problem, retry: Retry
) -> Explanation:
    """Take away the steps that the answer's own word overrules, or put the doubt before them.

    The catalog's steps are written for what it documents of a code. Where the answer says of itself
    that a repetition does not help, those that repeat are left out, each up to its semicolon; where
    a call may have been carried out, finding out comes first.
    """
    rule = entry.retry or format.defaults.retry
    documented = rule.verdict if rule else "unknown"
    steps = explanation.remedies
    if retry.verdict == documented or documented in ("never", "after-change"):
        return explanation
    if retry.verdict == "never" and problem.retryable is False:
        return explanation._replace(remedies=tuple(filter(None, map(_without_repeating, steps))))
    if retry.verdict == "reconcile-first" and steps and _repeats(steps[0]):
        return explanation._replace(remedies=(_FIRST, *steps))
    return explanation


def _without_repeating(step: str) -> str:
    """The parts of a step, between semicolons, that repeat nothing."""
    parts = (_IF_IN_VAIN.sub("", part) for part in step.split("; "))
    kept = "; ".join(part for part in parts if not _REPEATING.match(part))
    kept = kept[:1].upper() + kept[1:]
    return kept if not kept or kept.endswith(".") else f"{kept}."


def _repeats(step: str) -> bool:
    return bool(_REPEATING.match(step)) and not _ON_CONDITION.search(step)
