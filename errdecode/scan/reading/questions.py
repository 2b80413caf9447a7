"""What detection asks of the texts and numbers of a body: all that its result hangs on, once names
and types are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from functools import lru_cache, partial

from errdecode.catalog import ShapeEntry
from errdecode.clue import LONGEST_SUBJECT, Seen, check
from errdecode.format import Clue
from errdecode.model.record import NamedTuple
from errdecode.patterns import select
from errdecode.scan.reading.asked import Asked, Leaf, Shapes, Single, Test
from errdecode.scan.reading.expressions import begins_plainly, read_expression
from errdecode.scan.reading.given import Given
from errdecode.scan.reading.outline import number_leaves, scalar_leaf, way_to
from errdecode.scan.reading.parts import Leaves

_MOST = 400
"""Values of a place whose answers are remembered."""
_MOST_KINDS = 500
"""Sets of questions on texts, paths and hosts that are shared by outlines."""


class Unclear(Exception):  # noqa: N818  # no error: it is asked anew
    """A clue asks something that cannot be told from single values; the caller asks it anew."""


class _Place:
    """One place of a response, and the answers to what is asked of the values there."""

    def __init__(self) -> None:
        self.tests: dict[tuple[str, int], Test] = {}
        self.known: dict[Leaf, int] = {}
        self._kinds: dict[tuple[bool, ...], int] = {}
        """Numbers for the answers that came, as they are compared often."""

    def ask(self, value: Leaf) -> int:
        """The answers for a value, remembered."""
        if len(self.known) > _MOST:
            self.known.clear()
        answers = tuple([test(value) for test in self.tests.values()])
        kind = self.known[value] = self._kinds.setdefault(answers, len(self._kinds))
        return kind


class _Open(NamedTuple):
    """A shape that names and types do not rule out, and those of its clues that values may."""

    shape: ShapeEntry
    words: tuple[tuple[str, ...], ...]
    """Of each of them one is in the text of a body that fits, in folded case."""
    required: tuple[Clue, ...]
    excluding: tuple[Clue, ...]


_anywhere: dict[tuple[int, str, bool], tuple[Asked, _Open | None]] = {}
"""What is left of shapes that ask for no place, by kind of body and whether it has members."""


class Questions:
    """Everything that is asked of bodies with the same outline."""

    def __init__(self, shapes: Shapes, seen: Seen) -> None:
        """Raises `Unclear`."""
        self._numbers = number_leaves(seen.body.value)
        self._places: dict[int, _Place] = {}
        """By the outline's leaves."""
        self._fields: dict[str, _Place] = {}
        """By the names of fields of the response, in lower case."""
        self._seen = seen
        self._open: list[_Open] = []
        self._fits: dict[tuple[object, ...], list[ShapeEntry]] = {}
        self._successes: list[ShapeEntry] | None = None
        self._structured = seen.body.kind == "json" and isinstance(seen.body.value, dict | list)
        singles: list[Single] = []
        for asked in shapes.of(seen):
            opened = self._hold_against(asked)
            if opened:
                self._open.append(opened)
                singles += asked.single
        for single in singles:
            self._note(single)
        clues = [single.clue for single in singles]
        texts = {clue.text for clue in clues if clue.text is not None}
        paths = {clue.path for clue in clues if clue.path is not None}
        hosts = {clue.host.lower() for clue in clues if clue.host is not None}
        self.places = [(at, place.known, place.ask) for at, place in self._places.items()]
        self._host = _ask_of_hosts(tuple(sorted(hosts)))
        self.texts, self._words = _ask_of_texts(tuple(sorted(texts)), structured=self._structured)
        self.paths = _ask_of_paths(tuple(sorted(paths)))

    def answers(self, leaves: Leaves, text: str, given: Given) -> tuple[object, ...]:
        """The answers for a body, its text, and what is known of its exchange; bodies with the same
        answers are recognised as the same."""
        answers: list[object] = [given.status]
        if given.host is not None:
            answer = self._host.known.get(given.host)
            answers.append(self._host.ask(given.host) if answer is None else answer)
        for number, known, ask in self.places:
            said = leaves[number]
            answer = known.get(said)
            answers.append(ask(said) if answer is None else answer)
        for name, place in self._fields.items():
            field = given.fields[name]
            answer = place.known.get(field)
            answers.append(place.ask(field) if answer is None else answer)
        if self.texts:
            text = text[:LONGEST_SUBJECT]
            folded = text.casefold()
            texts = self.texts if "<" in folded else self._words
            answers += [n for word, pattern, n in texts if word in folded and pattern.search(text)]
            answers.append("")
        if given.path is not None:
            path = given.path[:LONGEST_SUBJECT]
            answers += [pattern.search(path) is None for pattern in self.paths]
        return tuple(answers)

    def fits(self, seen: Seen, answers: tuple[object, ...]) -> list[ShapeEntry]:
        """The shapes that a body with this outline and these answers may have, and all that
        detection finds; remembered."""
        known = self._fits.get(answers)
        if known is not None:
            return known
        folded = seen.body.text.value[:LONGEST_SUBJECT].casefold()
        fits = self._fits[answers] = [
            shape
            for shape, words, required, excluding in self._open
            if all(any(map(folded.__contains__, some)) for some in words)
            and all(check(clue, seen, shape.codes).matched is not False for clue in required)
            and not any(check(clue, seen, shape.codes).matched for clue in excluding)
        ]
        return fits

    def successes(self, shapes: Callable[[], Iterable[ShapeEntry]]) -> list[ShapeEntry]:
        """Those of some shapes in which a body with this outline may say that nothing failed; they
        are asked for once."""
        if self._successes is None:
            self._successes = [
                shape
                for shape in shapes()
                if all(
                    self._hangs_on_values(clue) or check(clue, self._seen, shape.codes).matched
                    for clue in shape.success
                )
            ]
        return self._successes

    def _hold_against(self, asked: Asked) -> _Open | None:
        """What of a shape hangs on values; None when names and types alone rule it out."""
        if asked.placed:
            return self._leave_open(asked.shape)
        key = (id(asked), self._seen.body.kind, self._structured)
        known = _anywhere.get(key)
        if known is None:
            known = _anywhere[key] = asked, self._leave_open(asked.shape)
        return known[1]

    def _leave_open(self, shape: ShapeEntry) -> _Open | None:
        required: list[Clue] = []
        words: list[tuple[str, ...]] = []
        for clue in shape.required:
            if not self._hangs_on_values(clue):
                if check(clue, self._seen, shape.codes).matched is False:
                    return None
            elif clue.text is None:
                required.append(clue)
            elif self._structured and begins_plainly(clue.text):
                return None
            else:
                required.append(clue)
                words.append(read_expression(clue.text).words)
        excluding: list[Clue] = []
        for clue in shape.excluding:
            if self._hangs_on_values(clue):
                excluding.append(clue)
            elif check(clue, self._seen, shape.codes).matched:
                return None
        return _Open(shape, tuple(words), tuple(required), tuple(excluding))

    def _hangs_on_values(self, clue: Clue) -> bool:
        if clue.any:
            return any(map(self._hangs_on_values, clue.any))
        if clue.header is not None:
            return self._field(clue) is not None
        if clue.at is None:
            return clue.body is None and clue.media_type is None
        return next(self._leaves(clue), None) is not None

    def _note(self, single: Single) -> None:
        """Note what a clue asks of values."""
        clue = single.clue
        if clue.header is not None:
            name = self._field(clue)
            if name is not None:
                self._fields.setdefault(name, _Place()).tests[single.key] = single.test
        elif clue.at is not None:
            for number in self._leaves(clue):
                place = self._places.setdefault(number, _Place())
                place.tests[single.key] = single.test

    def _field(self, clue: Clue) -> str | None:
        """The name of the field whose value a clue tests; None without value or test."""
        name = str(clue.header).lower()
        return name if _tests(clue) and name in (self._seen.headers or ()) else None

    def _leaves(self, clue: Clue) -> Iterator[int]:
        """The places of the values that a clue tests."""
        body = self._seen.body
        if not _tests(clue):
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


_Search = tuple[str, re.Pattern[str], int]
"""A word, the expression that is only found where it is, and the expression's number."""


@lru_cache(maxsize=_MOST_KINDS)
def _ask_of_texts(
    patterns: tuple[str, ...], *, structured: bool
) -> tuple[tuple[_Search, ...], tuple[_Search, ...]]:
    """Expressions, once for each of the words of which a text has one that they are found in; and
    those among them that do without a tag. Many outlines share them."""
    known = tuple(
        (word, read_expression(pattern).pattern, number)
        for number, pattern in enumerate(patterns)
        if not (structured and begins_plainly(pattern))
        for word in read_expression(pattern).words
    )
    return known, tuple(one for one in known if "<" not in one[0])


@lru_cache(maxsize=_MOST_KINDS)
def _ask_of_paths(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(read_expression(pattern).pattern for pattern in patterns)


@lru_cache(maxsize=_MOST_KINDS)
def _ask_of_hosts(patterns: tuple[str, ...]) -> _Place:
    """What is asked of hosts, with the answers that came."""
    place = _Place()
    for pattern in patterns:
        place.tests[pattern, 0] = partial(_is_host, pattern)
    return place


def _is_host(pattern: str, host: Leaf) -> bool:
    return fnmatchcase(str(host), pattern)


def _tests(clue: Clue) -> bool:
    """Whether a clue asks more than that a value is there."""
    return clue.equals is not None or bool(clue.in_) or clue.matches is not None or clue.known
