"""What a frame marks: the value, the member's name, or the place where something is missing."""

from __future__ import annotations

import re

from errdecode.model import Diagnostic, Explanation, Location, Problem
from errdecode.pointer import parse
from errdecode.render.frame.shape import Mark

_LONGEST_LABEL = 72
_LONGEST_NAME = 60
_BLANKS = 10_000
"""White space before a closing bracket that is looked through."""
_REFUSED = re.compile(
    r"\b(?:unknown|undefined(?! is not)|not (?:defined|allowed|permitted|recogni[sz]ed)|additional"
    r"|unexpected|unrecogni[sz]ed|extra)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:propert(?:y|ies)|attributes?|fields?|members?|keys?|names?|parameters?|elements?"
    r"|inputs?|arguments?)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\W*(?:unknown|undefined|unrecogni[sz]ed|not (?:defined|allowed))\W*", re.I)
_VALUE = re.compile(r"\bvalues?\b", re.IGNORECASE)


def aim(diagnostic: Diagnostic, location: Location) -> Mark | None:
    """The place to mark for a problem, with its label; None when its document has no text."""
    if location.text is None or not location.text.value.strip():
        return None
    label = label_of(diagnostic, location)
    repairs = location.repairs
    if not location.found and repairs and repairs[0].end:
        return Mark(repairs[0].start, repairs[0].end, label)
    if not location.found:
        return _missing(diagnostic.problem, location, label)
    key = location.key
    if key and is_about_name(diagnostic.problem, diagnostic.explanation):
        return Mark(*key, label)
    return Mark(location.start, location.end, label)


def is_about_name(problem: Problem, explanation: Explanation | None) -> bool:
    """Whether a member's name is refused rather than its value.

    A sentence says so when it has a word such as `unknown` beside one such as `property`, and none
    of a value; a title that is the single word does when no sentence speaks of a value.
    """
    said = [problem.title, problem.detail, explanation.title if explanation else None]
    texts = [text[:1000] for text in said if text]
    if any(_VALUE.search(text) for text in texts[: 2 if problem.detail else 1]):
        return False
    return any(
        _ALONE.fullmatch(text) or (_REFUSED.search(text) and _NAMED.search(text)) for text in texts
    )


def label_of(diagnostic: Diagnostic, location: Location) -> str:
    """The few words beside the caret."""
    if not location.found and not location.repairs:
        return _label_of_missing(diagnostic.problem, location)
    problem, explanation = diagnostic.problem, diagnostic.explanation
    words = [problem.detail, problem.title, explanation.title if explanation else None]
    return next((w for w in words if w and len(w) <= _LONGEST_LABEL), "here")


def may_be_elsewhere(problem: Problem, location: Location) -> bool:
    """Whether a pointer that leads nowhere may not mean the payload at all."""
    return location.nearest == "" and (problem.heuristic or problem.dialect == "dotted")


def missing_name(location: Location) -> str:
    """What is not there: the rest of the pointer behind the nearest parent."""
    rest = parse(location.pointer.removeprefix(location.nearest or "")).tokens or ()
    name = "/".join(rest)
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def _label_of_missing(problem: Problem, location: Location) -> str:
    reason = location.reason or "not here"
    opening = location.text.value[location.start : location.start + 1] if location.text else ""
    if opening == "{" and not location.suggestions and not may_be_elsewhere(problem, location):
        return f"`{missing_name(location)}` belongs here"
    return reason


def _missing(problem: Problem, location: Location, label: str) -> Mark:
    """Behind the last member of the parent that lacks it; the scalar that has no members."""
    value = location.text.value if location.text else ""
    start, end = location.start, location.end
    if (location.reason or "").endswith(" has no members"):
        return Mark(start, end, label)
    is_index = not (location.reason or "").startswith("'") or "past the end" in label
    if value[start : start + 1] not in ("{", "[") or not is_index or end <= start + 1:
        return Mark(start, min(start + 1, end), label)
    if may_be_elsewhere(problem, location) or location.suggestions:
        return Mark(start, start + 1, label)
    closed = end - (value[end - 1] in "]}")
    before = value[max(start + 1, closed - _BLANKS) : closed]
    return Mark(closed - len(before) + len(before.rstrip()), end, label, inserted=True)
