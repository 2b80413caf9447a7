"""What a log tells of clients' errors: what of a document was told already, and what nobody calls a
failure."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.model import JSON
from errdecode.scan.context import read_words
from errdecode.scan.cut.carriers import LIMIT
from errdecode.scan.model import Context, Sighting, Unreadable
from errdecode.scan.reading.descend import Candidate, is_told

LONG_LINE = f"the line is longer than the {LIMIT:,} bytes that are read of one"
_MILD = frozenset("info debug trace notice".split())
"""Levels of what did not fail."""
_HEAD = 96
"""Bytes of a line in which its level stands."""


class Told:
    """The answers that were told of a document: parsed beside their text, and printed in a message
    and in the stack below it."""

    def __init__(self) -> None:
        self._values: list[JSON] = []
        self._printed: set[tuple[object, ...]] = set()

    def is_new(self, candidate: Candidate, item: Sighting | Unreadable) -> bool:
        """Whether an error was not told before; the equal items of a list are errors of their
        own."""
        if is_told(candidate) and isinstance(item, Sighting):
            said = (item.format, item.code, item.status)
            if said in self._printed:
                return False
            self._printed.add(said)
        if isinstance(candidate.value, dict) and not candidate.listed:
            if candidate.value in self._values:
                return False
            self._values.append(candidate.value)
        return True


def is_mild(candidate: Candidate, context: Context) -> bool:
    """Whether the log says of words that nothing failed: their record, or they themselves."""
    if candidate.how == "string":
        return context.level in _MILD
    own = candidate.how == "body" and read_words(candidate.view.text[:_HEAD]).level
    return own in _MILD


def tell_lines(
    items: Iterator[tuple[Sighting | Unreadable, int]],
) -> Iterator[tuple[Sighting | Unreadable, int]]:
    """Leave out that a line is long where an error is read in that piece of it all the same."""
    held: tuple[Sighting | Unreadable, int] | None = None
    for item, start in items:
        if held and not (isinstance(item, Sighting) and start < held[1] + LIMIT):
            yield held
        held = None
        if isinstance(item, Unreadable) and item.reason == LONG_LINE:
            held = item, start
        else:
            yield item, start
    if held:
        yield held
