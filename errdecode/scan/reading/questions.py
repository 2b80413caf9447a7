"""What detection asks of the texts and numbers of a body: all that its result hangs on, once names
and types are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from errdecode.catalog import Catalog, ShapeEntry
from errdecode.clue import LONGEST_SUBJECT, Codes, Seen, check, search
from errdecode.format import Clue
from errdecode.gate import gate_of, glance, opens
from errdecode.literals import find_literal
from errdecode.model import Body, Text
from errdecode.patterns import select
from errdecode.scan.reading.outline import number_leaves, scalar_leaf, way_to

_MOST = 5000
"""Values of a place whose answers are remembered."""


class Unclear(Exception):  # noqa: N818  # no error: it is asked anew
    """A clue asks something that cannot be told from single values; the caller asks it anew."""


class _Test(NamedTuple):
    clue: Clue
    """Without its place: it is held against a value."""
    codes: Codes


class _Place:
    """One place of a body, and the answers to what is asked of the values there."""

    def __init__(self, number: int) -> None:
        self.number = number
        """Which of the outline's leaves it is."""
        self.tests: dict[tuple[str, int], _Test] = {}
        self.known: dict[str | int | float, int] = {}
        self._kinds: dict[tuple[bool, ...], int] = {}
        """Numbers for the answers that came, as they are compared often."""

    def ask(self, value: str | int | float) -> int:
        """The answers for a value, remembered."""
        if len(self.known) > _MOST:
            self.known.clear()
        seen = Seen(Body("json", None, Text(""), value))
        answers = tuple(
            check(test.clue, seen, test.codes).matched is True for test in self.tests.values()
        )
        kind = self.known[value] = self._kinds.setdefault(answers, len(self._kinds))
        return kind


class Gates:
    """Opens the shapes that bodies may have, whatever their texts say; a catalog's own gates look
    at these, too."""

    def __init__(self, catalog: Catalog) -> None:
        self._shapes = [
            (gate_of(shape.required)._replace(words=frozenset()), shape)
            for shape in catalog.all_shapes()
        ]

    def shapes(self, seen: Seen) -> Iterator[ShapeEntry]:
        """The shapes that a response with this outline may have."""
        shown = glance(seen)
        return (shape for gate, shape in self._shapes if opens(gate, shown))


@lru_cache(maxsize=2)
def open_gates(catalog: Catalog) -> Gates:
    """The gates of a catalog; they are made once in a process."""
    return Gates(catalog)


class Questions:
    """Everything that is asked of bodies with the same outline, in the same circumstances."""

    def __init__(self, gates: Gates, seen: Seen) -> None:
        """Raises `Unclear`."""
        self._numbers = number_leaves(seen.body.value)
        self._places: dict[int, _Place] = {}
        self._texts: dict[str, None] = {}
        self._paths: dict[str, None] = {}
        self._seen = seen
        for shape in gates.shapes(seen):
            if not self._is_out(shape.required, shape.excluding, shape.codes):
                supporting = [clue for clue, _ in shape.supporting]
                for clue in (*shape.required, *shape.excluding, *supporting):
                    self._note(clue, shape.codes)
        self.places = list(self._places.values())
        known = [(find_literal(pattern), pattern) for pattern in self._texts]
        if seen.body.kind == "json" and isinstance(seen.body.value, dict | list):
            known = [(word, pattern) for word, pattern in known if not _begins(word, pattern)]
        self.texts = known
        """Expressions, each with what every text has in it that it is found in."""
        self._words = [number for number, (word, _) in enumerate(known) if "<" not in word]
        self._tags = [number for number, (word, _) in enumerate(known) if "<" in word]
        self.paths = list(self._paths)

    def answers(
        self, leaves: list[str | int | float], text: str, path: str | None
    ) -> tuple[object, ...]:
        """The answers for a body, its text, and the path it was asked of; bodies with the same
        answers are recognised as the same."""
        answers: list[object] = []
        for place in self.places:
            said = leaves[place.number]
            answer = place.known.get(said)
            answers.append(place.ask(said) if answer is None else answer)
        if self.texts:
            folded = text[:LONGEST_SUBJECT].casefold()
            for number in [*self._words, *self._tags] if "<" in folded else self._words:
                word, pattern = self.texts[number]
                if word in folded and search(pattern, text) is not None:
                    answers.append(number)
            answers.append("")
        answers += [path is not None and search(p, path) is not None for p in self.paths]
        return tuple(answers)

    def _is_out(
        self, required: tuple[Clue, ...], excluding: tuple[Clue, ...], codes: Codes
    ) -> bool:
        """Whether names and types alone rule a shape out, whatever the values."""
        for clues, outcome in ((required, False), (excluding, True)):
            for clue in clues:
                plain = not self._hangs_on_values(clue)
                if plain and check(clue, self._seen, codes).matched is outcome:
                    return True
        return False

    def _hangs_on_values(self, clue: Clue) -> bool:
        if clue.any:
            return any(map(self._hangs_on_values, clue.any))
        if clue.text is not None or clue.path is not None:
            return True
        return clue.at is not None and bool(list(self._leaves(clue)))

    def _note(self, clue: Clue, codes: Codes) -> None:
        """Note what a clue asks of values."""
        for part in clue.any:
            self._note(part, codes)
        if clue.any:
            return
        if clue.text is not None:
            self._texts[clue.text] = None
        elif clue.path is not None:
            self._paths[clue.path] = None
        elif clue.at is not None:
            bare = Clue(
                at=clue.at, equals=clue.equals, in_=clue.in_, matches=clue.matches,
                known=clue.known, fold=clue.fold,
            )  # fmt: skip
            bare = bare._replace(at="")  # type: ignore[arg-type]  # the value itself
            for number in self._leaves(clue):
                place = self._places.setdefault(number, _Place(number))
                place.tests[repr(bare), id(codes) if clue.known else 0] = _Test(bare, codes)

    def _leaves(self, clue: Clue) -> Iterator[int]:
        """The places of the values that a clue tests."""
        body = self._seen.body
        if not (clue.equals is not None or clue.in_ or clue.matches is not None or clue.known):
            return
        if body.kind in ("empty", "html", "text"):
            return
        xml = body.kind == "xml"
        for number, (tokens, value) in enumerate(
            select(body.value, clue.at or "", fold=clue.fold or xml, lists=xml)
        ):
            if number > 100:
                raise Unclear
            leaf = scalar_leaf(value, way_to(body.value, tokens))
            if leaf is not None:
                if leaf in self._numbers:
                    yield self._numbers[leaf]
            elif isinstance(value, dict | list) and any(
                isinstance(one, dict | list) and one for one in (clue.equals, *clue.in_)
            ):
                raise Unclear


_BEGINNING = re.compile(r"\^(?:\\s\*)?[A-Za-z0-9](?![?*{])")


def _begins(word: str, pattern: str) -> bool:
    """Whether a text must begin with a letter or digit for an expression to be found in it, as no
    object and no array does; with a word for it, an expression has no other branch."""
    return bool(word) and _BEGINNING.match(pattern) is not None
