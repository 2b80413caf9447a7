"""Which of the server's own words can stand in the first line of an answer."""

from __future__ import annotations

from errdecode.model import Explanation, Problem

LONGEST_TITLE = 72
"""Characters of the server's own words that can stand in the first line."""
_LONGEST_PHRASE = 5
"""Words of the reason phrase of a status."""


def find_own_words(problem: Problem, explanation: Explanation | None) -> str | None:
    """The server's title or detail, where it says more than what is known of the status alone.

    A code has its own title in the catalog. What HTTP, a standard or a framework says of a status
    holds for any application, so what this one says comes first; but a reason phrase says nothing
    beside a standard, and what can stand for it is taken if there is any.
    """
    texts = [text for text in (problem.title, problem.detail) if text]
    short = [text for text in texts if len(text) <= LONGEST_TITLE]
    if explanation is None:
        return short[0] if short else None
    if explanation.source != "http-status" and not explanation.general:
        return None
    telling = next((text for text in short if not is_phrase(text)), None)
    return telling or (short[0] if short and not explanation.general else None)


def is_phrase(text: str) -> bool:
    """Whether a text is the reason phrase of a status, and so says no more than its number."""
    if len(text.split()) > _LONGEST_PHRASE:
        return False
    from errdecode.extract.doubts import is_reason_phrase

    return is_reason_phrase(text)
