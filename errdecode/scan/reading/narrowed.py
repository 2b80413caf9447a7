"""A catalog that holds only those shapes against a body that its outline leaves open."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.catalog import Catalog, ShapeEntry
from errdecode.clue import Seen
from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.scan.reading.questions import Questions


class Expected(NamedTuple):
    """A body that is decoded next."""

    questions: Questions
    answers: tuple[object, ...]
    """To these questions."""
    value: JSON
    kind: str
    hopeless: bool = False
    """It is known that no shape comes of it, however many fit in part."""


class Narrowed(Catalog):
    """A catalog told beforehand about the body it will be asked of; of others it is the whole."""

    def __init__(self, catalog: Catalog) -> None:
        self.__dict__.update(catalog.__dict__)  # what one of them opens is open in both
        self._expected: Expected | None = None
        self._asked = False

    def expect(self, expected: Expected) -> Catalog:
        """Say which body comes next."""
        self._expected = expected
        self._asked = False
        return self

    def shapes(self, seen: Seen) -> Iterator[ShapeEntry]:
        """The shapes that a response may have; of the expected body those that do fit."""
        body, expected = seen.body, self._expected
        if expected is None or body.kind != expected.kind or body.value != expected.value:
            return super().shapes(seen)
        self._asked = True
        if expected.hopeless:
            return iter(())
        return iter(expected.questions.fits(seen, expected.answers))

    def success_shapes(self) -> Iterator[ShapeEntry]:
        """The shapes of formats that know how to say that there is no error: of the expected body,
        once it was asked of, those in which it may."""
        if self._expected is None or not self._asked:
            return super().success_shapes()
        return iter(self._expected.questions.successes(super().success_shapes))
