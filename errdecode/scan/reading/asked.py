"""What the shapes of a catalog ask of values and texts, wherever those stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import SupportsIndex

from errdecode.catalog import Catalog, ShapeEntry
from errdecode.clue import LONGEST_SUBJECT, Codes, Seen, check
from errdecode.format import Clue
from errdecode.model import Body, Text
from errdecode.model.record import NamedTuple

Leaf = str | int | float
Test = Callable[[Leaf], bool]


class _AnyText(str):
    """Stands for any text there is: whatever is looked for in it is found."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        return True

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        return self

    def casefold(self) -> str:
        """Itself."""
        return self


_ANY_TEXT = Text(_AnyText("any"))
_NO_TEXT = Text("")


class Single(NamedTuple):
    """A clue without alternatives, and what it asks of a value, wherever that stands."""

    clue: Clue
    key: tuple[str, int]
    """Two clues with the same key ask the same."""
    test: Test


class Asked(NamedTuple):
    """What a shape asks."""

    shape: ShapeEntry
    single: tuple[Single, ...]
    """All clues, and the alternatives of those that have some."""
    placed: bool
    """Whether it asks for anything at a place of the body."""


class Shapes:
    """The shapes that bodies with one outline may have, whatever their texts say."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._asked: dict[int, Asked] = {}

    def of(self, seen: Seen) -> Iterator[Asked]:
        """What is asked of responses like this one; of those that have its outline."""
        anything = seen._replace(body=seen.body._replace(text=_ANY_TEXT))
        for shape in self._catalog.shapes(anything):
            known = self._asked.get(id(shape))
            if known is None:
                known = self._asked[id(shape)] = _asked_by(shape)
            yield known


def _asked_by(shape: ShapeEntry) -> Asked:
    supporting = [clue for clue, _ in shape.supporting]
    clues = list(_parts((*shape.required, *shape.excluding, *supporting)))
    placed = any(clue.at is not None for clue in clues)
    return Asked(shape, tuple(_single(clue, shape.codes) for clue in clues), placed)


def _parts(clues: Iterable[Clue]) -> Iterator[Clue]:
    for clue in clues:
        if clue.any:
            yield from _parts(clue.any)
        else:
            yield clue


def _single(clue: Clue, codes: Codes) -> Single:
    bare = Clue(
        at=clue.at, equals=clue.equals, in_=clue.in_, matches=clue.matches,
        known=clue.known, fold=clue.fold,
    )  # fmt: skip
    bare = bare._replace(at="")  # type: ignore[arg-type]  # the value itself

    if clue.matches is not None and clue.equals is None and not clue.in_ and not clue.known:
        pattern = re.compile(clue.matches, re.IGNORECASE if clue.fold else 0)
        return Single(clue, (repr(bare), 0), lambda value: _is_found(pattern, value))

    def test(value: Leaf) -> bool:
        return check(bare, Seen(Body("json", None, _NO_TEXT, value)), codes).matched is True

    return Single(clue, (repr(bare), id(codes) if clue.known else 0), test)


def _is_found(pattern: re.Pattern[str], value: Leaf) -> bool:
    return pattern.search(str(value)[:LONGEST_SUBJECT]) is not None


@lru_cache(maxsize=2)
def open_shapes(catalog: Catalog) -> Shapes:
    """The shapes of a catalog; they are kept for a process."""
    return Shapes(catalog)
