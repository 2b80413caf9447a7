"""What the generic reading of a body hangs on, where no documented format fits; see `generic`.

It goes by the names of members, by what kind of text stands there (a word or a sentence, a status,
a word that says nothing), and by which texts are equal; a pointer is read out of the text itself.
Of a plain text one line counts.
"""

from __future__ import annotations

import re
from functools import lru_cache

from errdecode.extract import as_status
from errdecode.extract.aims import POINTERS, bare_name
from errdecode.extract.claims import DENIALS, ZEROS, is_fine
from errdecode.extract.generic import (
    IDENTIFIER,
    LONGEST_CODE,
    NUMBERED,
    ONLY_FAULTS,
    SAY_NOTHING,
)
from errdecode.extract.telling import find_telling
from errdecode.model import JSON, Report
from errdecode.nested.candidates import promises
from errdecode.scan.reading.answers import answer_of, first_cause
from errdecode.scan.reading.given import Given
from errdecode.scan.reading.outline import Leaf, number_leaves
from errdecode.scan.reading.parts import Leaves, Part
from errdecode.scan.reading.readings import Known

_MOST_KINDS = 8000
"""Texts whose kind is remembered."""
_TELLING = SAY_NOTHING | DENIALS | {"", *ZEROS}
"""Words that count as they are."""

Said = str | int | float
Kind = Said | tuple[bool, ...]
"""A text or number that counts as it is, or what is asked of it."""


class Guesses:
    """Generic readings of bodies with one outline."""

    def __init__(self, value: JSON) -> None:
        self.answers: dict[tuple[object, ...], Known | None] = {}
        self._as_they_are = {
            number for way, number in number_leaves(value).items() if _leads_on(way)
        }
        self._is_plain = isinstance(value, str)

    def key(self, leaves: Leaves, given: Given) -> tuple[object, ...] | None:
        """All that the reading hangs on; None when documents may stand inside the body."""
        key: list[object] = [given.status, given.method, *given.waits]
        first: dict[str, int] = {}
        for number, said in enumerate(leaves):
            kind = said if number in self._as_they_are else _kind_of(said)
            if kind is None:
                return None
            key.append(kind)
            key.append(first.setdefault(str(said), number))
            if self._is_plain:  # of which one line is read
                key.append(find_telling(str(said)) == said)
        return tuple(key)


def learn_guess(report: Report, value: JSON, leaves: Leaves) -> Known | None:
    """Which of the body's texts a generic reading shows; None when that cannot be told."""
    answer, first = answer_of(report), first_cause(report)
    if report.detection.best or report.body is None or report.body.value != value:
        return None
    if first is None:
        return Known(answer)
    problem = first.problem
    title = problem.title or problem.detail
    message = problem.detail or problem.title
    parts = []
    for text in (title, message, problem.code):
        part = _find(text, leaves) if text else None
        if text and part is None:
            return None
        parts.append(part)
    return Known(answer, *parts)


def _find(text: str, leaves: Leaves) -> Part | None:
    """The first place of a text: equal ones are equal in all bodies with this key."""
    return next((Part(number) for number, said in enumerate(leaves) if str(said) == text), None)


def _leads_on(way: Leaf) -> bool:
    """Whether a place may be read as a pointer: `name` is one in a list of faults of members."""
    names = [bare_name(name) for name in way if isinstance(name, str)]
    named = "name" in names and any(map(ONLY_FAULTS.search, names))
    return named or any(name in POINTERS for name in names)


@lru_cache(maxsize=_MOST_KINDS, typed=True)
def _kind_of(said: Said) -> Kind | None:
    """What counts of a text or number; None when a text may hold a document."""
    if not said or as_status(said) is not None:
        return said
    if not isinstance(said, str):
        return ()
    if said.lower() in _TELLING or is_fine(said):
        return said
    if promises(said):
        return None
    is_short = len(said) < LONGEST_CODE
    is_word = is_short and IDENTIFIER.fullmatch(said) is not None
    is_code = is_short and NUMBERED.fullmatch(said) is not None
    return (
        is_word,
        is_code,
        " " in said.strip(),
        said.startswith("http"),
        bool(re.search(r"\S", said)),
    )
