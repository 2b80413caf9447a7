"""What was told already of the errors in one document: clients have an answer twice."""

from __future__ import annotations

from errdecode.model import JSON
from errdecode.scan.model import Sighting, Unreadable
from errdecode.scan.reading.descend import Candidate, is_told


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
