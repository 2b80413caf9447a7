"""How many items of a batch or an array failed, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from errdecode.batch.fates import Items
from errdecode.extract import MOST_PROBLEMS, read_items
from errdecode.extract.reads import Source
from errdecode.model import JSON, Batch, Group, Problem
from errdecode.patterns import MOST_VISITED, select, select_tokens
from errdecode.pointer import Tokens, build
from errdecode.pointer.rfc6901 import INDEX

_MOST_PATTERNS = 20
"""Patterns with several `*` whose places are counted in one report."""


class Counter:
    """The items of one exchange: of the batch that it answers, of the arrays in its bodies."""

    def __init__(self, source: Source | None, payload: JSON, response: JSON) -> None:
        self.batch: Batch | None = None
        self._payload = payload
        self._response = response
        self._items: set[Tokens] = set()
        self._sizes: list[int] = []
        self._totals: dict[tuple[str, bool], int] = {}
        if source is not None and source.extract.batch:
            self._read_batch(source)

    def count(self, group: Group, problems: Sequence[Problem]) -> tuple[int | None, int | None]:
        """How many items have the problem of a group, and how many there are; else None."""
        for in_response, pattern in ((False, group.pointer), (True, group.response_pointer)):
            items = _last_star(pattern)
            if items and pattern is not None:
                total = self._count_places(items, in_response)
                size = items.count("/") + 1
                own = (p.response_pointer if in_response else p.pointer for p in problems)
                hit = {tuple((pointer or "").split("/")[:size]) for pointer in own}
                if len(hit) <= total:
                    return len(hit), total
        hit_items = {item for p in problems if (item := self._item_of(_tokens(p.origin)))}
        if self.batch is None or not hit_items:
            return None, None
        return len(hit_items), self.batch.total

    def add(self, found: Items | None) -> None:
        """Count the items of a partial answer that no format's extractor knows."""
        if found is not None and self.batch is None:
            pattern = (build((*found.place, "*")),)
            self._items = {(*found.place, str(index)) for index in range(len(found.fates))}
            self._sizes = [len(found.place) + 1]
            self.batch = Batch(len(found.fates), found.fates.count(True), pattern, True)

    def count_failed(self, problems: Sequence[Problem]) -> Batch | None:
        """The batch, without the items of which nothing is to be told but what is harmless."""
        if self.batch is None:
            return None
        roles: dict[Tokens, set[str]] = {}
        for problem in problems:
            item = self._item_of(_tokens(problem.origin))
            if item:
                roles.setdefault(item, set()).add(problem.role)
        harmless = sum(1 for found in roles.values() if found == {"harmless"})
        return self.batch._replace(failed=self.batch.failed - harmless)

    def count_array(self, problems: Sequence[Problem]) -> Batch | None:
        """The array of the request in which most items are at fault, if at least two are."""
        faults: dict[str, set[str]] = {}
        for problem in problems:
            before, index = _first_index(problem.pointer)
            if index is not None:
                faults.setdefault(before, set()).add(index)
        if not faults:
            return None
        before = max(faults, key=lambda place: len(faults[place]))
        failed, pattern = len(faults[before]), f"{before}/*"
        total = self._count_places(pattern, False) if failed > 1 else 0
        if not total >= failed > 1:
            return None
        return Batch(total, failed, (pattern,), False, may_be_more(problems) and failed < total)

    def _read_batch(self, source: Source) -> None:
        """Count the items of a batch in its answer, all of them, however many problems are read."""
        xml = source.is_xml
        for pattern in source.extract.batch:
            places = select(source.body.value, pattern, fold=xml, lists=xml)
            self._items.update(place for place, _ in places)
        self._sizes = sorted({len(place) for place in self._items})
        failed = {place for one in read_items(source) if (place := self._item_of(one.place))}
        if self._items:
            patterns = tuple(map(str, source.extract.batch))
            self.batch = Batch(len(self._items), len(failed), patterns, True)

    def _item_of(self, place: Tokens) -> Tokens | None:
        """The item of the batch in which something stands."""
        found = (place[:size] for size in self._sizes if place[:size] in self._items)
        return next(found, None)

    def _count_places(self, pattern: str, in_response: bool) -> int:
        """How many items an array has, or all arrays together that a pattern with `*` reaches."""
        key = (pattern, in_response)
        if key not in self._totals:
            document = self._response if in_response else self._payload
            bound = MOST_VISITED if len(self._totals) < _MOST_PATTERNS else 0
            places = select_tokens(document, _tokens(pattern))
            self._totals[key] = sum(1 for _ in islice(places, bound))
        return self._totals[key]


def may_be_more(problems: Sequence[object]) -> bool:
    """Whether a response may have more problems than those that were read."""
    return len(problems) >= MOST_PROBLEMS


def _tokens(pointer: str) -> Tokens:
    """The reference tokens of a pointer of our own."""
    parts = pointer.split("/")[1:]
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)


def _last_star(pattern: str | None) -> str | None:
    """A pattern up to its last `*`, where it has one: the items."""
    tokens = (pattern or "").split("/")
    if "*" not in tokens:
        return None
    return "/".join(tokens[: len(tokens) - tokens[::-1].index("*")])


def _first_index(pointer: str | None) -> tuple[str, str | None]:
    """A pointer up to its first index, and that index."""
    tokens = (pointer or "").split("/")
    at = next((at for at, token in enumerate(tokens) if INDEX.fullmatch(token)), None)
    return ("", None) if at is None else ("/".join(tokens[:at]), tokens[at])
