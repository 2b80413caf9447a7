"""Which problems of a report share a frame: those that point at places close to one another."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from errdecode.model import Diagnostic, Location
from errdecode.model.record import NamedTuple
from errdecode.render.frame.aim import aim
from errdecode.render.frame.drawing import Document, draw
from errdecode.render.frame.kinds import kind_of
from errdecode.render.frame.narration import narrate
from errdecode.render.frame.shape import Frame, Look, Mark

NEAR = 6
"""Lines between two places that still share a frame."""
MOST = 6
"""Places in one frame."""
_PLANNED = 200
"""Problems that are looked at; what comes later gets a frame of its own."""


class _Entry(NamedTuple):
    line: int
    mark: Mark
    order: int
    """The problem's number among those shown: the first one's section holds the frame."""
    location: Location


class Plan:
    """The frames of a report, each drawn when its section is."""

    def __init__(self, diagnostics: Iterable[Diagnostic], look: Look) -> None:
        self.look = look
        self._documents: dict[int, Document] = {}
        self._shared: dict[int, tuple[Location, list[Mark]]] = {}
        by_text: dict[int, list[_Entry]] = {}
        for order, diagnostic in enumerate(islice(diagnostics, _PLANNED)):
            for location in diagnostic.locations:
                mark = aim(diagnostic, location)
                if mark:
                    line = self._document(location).lines.number(mark.start)
                    entry = _Entry(line, mark, order, location)
                    by_text.setdefault(id(location.text), []).append(entry)
        for entries in by_text.values():
            self._share(entries)

    def frame(self, diagnostic: Diagnostic, location: Location) -> Frame | None:
        """The frame of a place; None when it has none, or shares that of an earlier problem."""
        mark = aim(diagnostic, location)
        if mark is None or self.is_above(location):
            return None
        _, marks = self._shared.get(id(location), (location, [mark]))
        return draw(self._document(location), location, marks, self.look)

    def is_above(self, location: Location) -> bool:
        """Whether the frame of an earlier problem shows a place."""
        owner, _ = self._shared.get(id(location), (location, []))
        return owner is not location

    def narrate(self, diagnostic: Diagnostic, location: Location) -> str | None:
        """The place in a sentence; None when there is nothing to mark."""
        mark = aim(diagnostic, location)
        return narrate(location, self._document(location).lines, mark) if mark else None

    def _document(self, location: Location) -> Document:
        text = location.text
        assert text is not None  # noqa: S101  # `aim` found something to mark in it
        if id(text) not in self._documents:
            self._documents[id(text)] = Document(text, kind_of(location))
        return self._documents[id(text)]

    def _share(self, entries: list[_Entry]) -> None:
        """Gather the places of one document into groups, in the order of its lines."""
        entries.sort(key=lambda entry: (entry.line, entry.mark.start, entry.order))
        group: list[_Entry] = []
        groups = [group]
        for entry in entries:
            if group and (entry.line - group[-1].line > NEAR or len(group) == MOST):
                group = []
                groups.append(group)
            group.append(entry)
        for group in groups:
            owner = min(group, key=lambda one: one.order)
            for entry in group:
                self._shared[id(entry.location)] = (owner.location, [e.mark for e in group])
