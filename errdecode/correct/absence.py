"""Whether sentences say that something is missing, or that what they name should not be there."""

from __future__ import annotations

import re

from errdecode.correct.statement import Statement, read_statement
from errdecode.regex import expression

_LONGEST = 1000
"""Characters of a sentence in which words are looked for."""
_DEMAND = expression(
    r"\b(?:(?<!not )(?:required|needed)|missing|mandatory|blank|empty|null|provide"
    r"|(?:not|be) provided|(?:received|got) undefined|undefined is not"
    r"|(?:must|have to|has to) (?:specify|supply|be (?:given|specified|supplied)))\b",
    re.IGNORECASE,
)
"""Words of sentences that something is not there."""
_UNWANTED = expression(
    r"\b(?:invalid|remove[ds]?|omit|leave out|not supported|not valid|must not|may not|cannot be"
    r"|read[- ]?only|immutable|already|exceeds?|forbidden)\b",
    re.IGNORECASE,
)
"""Words of sentences about something that is there."""


def says_missing(*said: str | None) -> bool | None:
    """Tell whether sentences say that something is missing; False when they refuse what they name.

    The first that tells decides. None where none does, and where what one demands is no more than a
    kind of value.
    """
    for text in filter(None, said):
        statement = read_statement(text)
        if statement.required or _DEMAND.search(text[:_LONGEST]):
            return True
        if statement.unknown or _UNWANTED.search(text[:_LONGEST]):
            return False
        if statement != Statement():
            return None
    return None
