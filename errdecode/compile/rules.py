"""What a catalog file must hold beyond its shape, or it is left out of the catalog."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from math import isfinite

from errdecode.compile.schema import Fault, Path
from errdecode.format import Clue, Extract, Format
from errdecode.model import JSON

TO_DO = "TODO:"
"""Begins the blanks of a new file (`errdecode catalog new`), which explains nothing yet."""
PLACES = ("at", "header", "host", "path", "status", "media_type", "body", "text", "failure", "any")


def check_format(format: Format, stem: str) -> Iterator[Fault]:
    """Yield what is wrong with a file that fits the vocabulary; `stem` is its name, no suffix."""
    if format.id != stem:
        yield Fault(("id",), f"the id {format.id!r} is not the file's name {stem!r}")
    if format.kind != "knowledge":
        yield from _check_evidence(format)
    for place, clues in clues_of(format):
        for at, clue in enumerate(clues):
            yield from _check_clue(clue, (*place, at))
    yield from _check_items(format)
    yield from _check_codes(format)


def clues_of(format: Format) -> Iterable[tuple[Path, Sequence[Clue]]]:
    """All clues of a file, list by list, each list with its place."""
    for word in ("required", "supporting", "excluding", "success"):
        yield ("detect", word), getattr(format.detect, word)
    for at, shape in enumerate(format.shapes):
        yield ("shapes", at, "required"), shape.required
        yield ("shapes", at, "supporting"), shape.supporting


def _check_evidence(format: Format) -> Iterator[Fault]:
    """Every shape has something to be told by, and some example shows it."""
    if not format.examples:
        yield Fault(("examples",), "there is no example; every format is tested by its own")
    if format.detect.required or format.extends:
        return
    if not format.shapes:
        yield Fault(("detect", "required"), "no required clue: this format would fit everything")
    for at, shape in enumerate(format.shapes):
        if not shape.required:
            yield Fault(
                ("shapes", at, "required"), "no required clue: this shape would fit everything"
            )


def _check_items(format: Format) -> Iterator[Fault]:
    """What tells a problem from other items is a clue on the item itself."""
    extracts: list[tuple[Path, Extract]] = [(("extract",), format.extract)]
    extracts += [(("shapes", at, "extract"), one.extract) for at, one in enumerate(format.shapes)]
    for path, extract in extracts:
        for at, clue in enumerate(extract.each_is):
            place = (*path, "each_is", at)
            yield from _check_clue(clue, place)
            parts = clue.any or (clue,)
            if any(part.at is None or part.known for part in parts):
                yield Fault(place, "an item is told by what it holds: by `at` and no `known`")


def _check_clue(clue: Clue, path: Path) -> Iterator[Fault]:
    places = [name for name in PLACES if getattr(clue, name) not in (None, ())]
    if not places:
        yield Fault(path, f"this clue names no place; it needs one of {', '.join(PLACES)}")
    if len(places) > 1:
        said = " and ".join(places)
        yield Fault(path, f"a clue names one place; this one names {said}: write them apart")
    for word, values in (("equals", (clue.equals,)), ("in", clue.in_)):
        if not all(map(_is_json, values)):
            message = "no response holds such a value: dates, infinity and NaN are not JSON"
            yield Fault((*path, word), message)
    for at, part in enumerate(clue.any):
        yield from _check_clue(part, (*path, "any", at))


def _is_json(value: JSON) -> bool:
    """Whether a TOML value has an equal in JSON; values are no deeper than `toml_lines.DEEPEST`."""
    if isinstance(value, dict):
        return all(map(_is_json, value.values()))
    if isinstance(value, list):
        return all(map(_is_json, value))
    if isinstance(value, float):
        return isfinite(value)
    return not isinstance(value, datetime.date | datetime.time)


def _check_codes(format: Format) -> Iterator[Fault]:
    known = {code.code for code in format.codes}
    for at, code in enumerate(format.codes):
        for word in ("title", "meaning"):
            if not getattr(code, word):
                yield Fault(("codes", at, word), "missing: every code is explained")
        if not code.remedies and code.role is None:
            yield Fault(("codes", at, "remedies"), "missing: at least one thing to do")
        if format.extends or format.shares:  # others' codes, too: see `authoring.advice`
            continue
        for number, other in enumerate(code.see_also):
            if other not in known:
                yield Fault(("codes", at, "see_also", number), f"{other!r} is no code of this file")


def add_blanks(data: JSON, faults: list[Fault]) -> list[Fault]:
    """Put the blanks that nobody has filled in yet in front of what else is wrong with a file."""
    blanks = list(_find_blanks(data, ()))
    paths = {blank.path for blank in blanks}
    return blanks + [fault for fault in faults if fault.path not in paths]


def _find_blanks(data: JSON, path: Path) -> Iterator[Fault]:
    if isinstance(data, str):
        if data.startswith(TO_DO):
            yield Fault(path, f"still to be filled in: {data.removeprefix(TO_DO).strip()}")
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _find_blanks(value, (*path, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from _find_blanks(value, (*path, at))
