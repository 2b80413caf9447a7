"""A marked place in a sentence, for those who hear the answer instead of seeing carets."""

from __future__ import annotations

from errdecode.model import Location
from errdecode.pointer import parse
from errdecode.render.frame.lines import Lines
from errdecode.render.frame.shape import Mark

_LONGEST = 40
"""Characters of a value that are read out."""
_VERBS = ("must", "is", "has", "should", "cannot", "may", "needs", "does", "was")


def narrate(location: Location, lines: Lines, mark: Mark) -> str:
    """Say where a mark stands, on what, and what is wrong with it."""
    document = location.document.replace(".", " ")
    place = f"Line {lines.number(mark.start)}, column {lines.column(mark.start)} of the {document}"
    said = mark.label.rstrip(".")
    if mark.inserted or not (location.found or location.repairs):
        return f"{place}: {said}."
    pointer = location.pointer if location.found else location.repairs[0].pointer
    name = (parse(pointer).tokens or ("the whole body",))[-1]
    if location.key == (mark.start, mark.end):
        return f"{place}: the name {name}{_join(said)}."
    return f"{place}: the value of {name}, {_value(lines.value, mark)}{_join(said)}."


def _join(said: str) -> str:
    first = said.partition(" ")[0]
    if first in _VERBS:
        return f", {said}"
    return f", is {said}" if first == "not" else f": {said}"


def _value(value: str, mark: Mark) -> str:
    text = value[mark.start : min(mark.end, mark.start + _LONGEST)]
    kinds = {"{": "an object", "[": "an array", "<": "an element"}
    if text[:1] in kinds:
        return kinds[text[:1]]
    return text if mark.end - mark.start <= _LONGEST else text[:-1] + "…"
