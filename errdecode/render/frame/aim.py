"""What a frame marks: the value, the member's name, or the place where something is missing."""

from __future__ import annotations

import re

from errdecode.model import Diagnostic, Explanation, Location, Problem
from errdecode.regex import expression
from errdecode.render.frame.insertion import insertion
from errdecode.render.frame.shape import Mark

_LONGEST_LABEL = 72
_SHORTEST_LABEL = 20
_SHORTEST_SENTENCE = 32
"""Characters that a label holds at least of a longer text, when its sentence ends there."""
_SENTENCE = expression(r"[^\s.]{2}[.!?](?=\s)")
_REFUSED = expression(
    r"\b(?:unknown|undefined(?! is not)|not (?:defined|allowed|permitted|recogni[sz]ed)|additional"
    r"|unexpected|unrecogni[sz]ed|extra)\b",
    re.IGNORECASE,
)
_NAMED = expression(
    r"\b(?:propert(?:y|ies)|attributes?|fields?|members?|keys?|names?|parameters?|elements?"
    r"|inputs?|arguments?)\b",
    re.IGNORECASE,
)
_ALONE = expression(r"\W*(?:unknown|undefined|unrecogni[sz]ed|not (?:defined|allowed))\W*", re.I)
_VALUE = expression(r"\bvalues?\b", re.IGNORECASE)


def aim(diagnostic: Diagnostic, location: Location) -> Mark | None:
    """The place to mark for a problem, with its label; None when its document has no text."""
    if location.text is None or not location.text.value.strip():
        return None
    problem, place = diagnostic.problem, _place(location)
    if place is None:
        otherwise = location.suggestions or any(one.found for one in location.repairs)
        otherwise = otherwise or len(location.repairs) > 1  # it belongs into one of several
        elsewhere = otherwise or may_be_elsewhere(problem, location, diagnostic.explanation)
        wanted = not elsewhere and is_wanted(problem, diagnostic.explanation)
        return insertion(location, sure=wanted)
    key, start, end = place
    label = label_of(diagnostic, location)
    if key and is_about_name(problem, diagnostic.explanation):
        return Mark(*key, label)
    return Mark(start, end, label)


def _place(location: Location) -> tuple[tuple[int, int] | None, int, int] | None:
    """The name and the value that were found, or read instead; None for what is missing."""
    if location.found:
        return location.key, location.start, location.end
    repair = location.repairs[0] if location.repairs else None
    return (repair.key, repair.start, repair.end) if repair and repair.end else None


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


def is_wanted(problem: Problem, explanation: Explanation | None) -> bool:
    """Whether what is not there may be what the server misses: not if it refuses what it names or
    quotes its value, nor if that only follows from another fault.

    The first sentence that tells decides, that of the server's detail before its title; if none
    does, something may well be missing.
    """
    from errdecode.correct.absence import says_missing

    said = (problem.detail, problem.title, explanation.title if explanation else None)
    missing = says_missing(*said)
    if missing is False or problem.role == "consequence":
        return False
    from errdecode.locate.echo import quotes_value

    return missing is True or not quotes_value(problem)


def label_of(diagnostic: Diagnostic, location: Location) -> str:
    """The few words beside the caret: what the server says of this place, cut if it is long.

    A title of one word, such as `Unknown`, says as much as a long sentence; other titles say less.
    """
    if not location.found and not any(one.found for one in location.repairs):
        mark = aim(diagnostic, location)
        return mark.label if mark else location.reason or "not here"
    problem, explanation = diagnostic.problem, diagnostic.explanation
    words = [problem.detail, problem.title, explanation.title if explanation else None]
    if problem.title and problem.title.isalpha() and len(problem.detail or "") > _LONGEST_LABEL:
        words.insert(0, problem.title)
    return next((_brief(said) for said in words if said and said.strip()), "here")


def _brief(said: str) -> str:
    """A text that is not too long, or the whole sentences of its first line, or what fits of it."""
    if len(said) <= _LONGEST_LABEL:
        return said
    line = said[:1000].strip().partition("\n")[0].rstrip()
    if len(line) <= _LONGEST_LABEL:
        return line
    end = max((found.end() for found in _SENTENCE.finditer(line, 0, _LONGEST_LABEL + 1)), default=0)
    if end >= _SHORTEST_SENTENCE:
        return line[:end]
    blank = line.rfind(" ", _SHORTEST_LABEL, _LONGEST_LABEL)
    return line[: blank if blank > 0 else _LONGEST_LABEL - 1].rstrip(" ,;:") + "…"


def may_be_elsewhere(
    problem: Problem, location: Location, explanation: Explanation | None = None
) -> bool:
    """Whether a pointer that leads nowhere may not mean the payload at all.

    What the server says is missing is likely missing there, and what it places there was to be.
    """
    if location.document != "request.body" or location.nearest != "" or location.repairs:
        return False
    if problem.parameter_in == "body":
        return False
    if not problem.heuristic and problem.dialect != "dotted":
        return False
    from errdecode.correct.absence import says_missing

    said = (problem.detail, problem.title, explanation.title if explanation else None)
    return says_missing(*said) is not True
