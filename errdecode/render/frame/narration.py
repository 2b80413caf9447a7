"""A marked place in a sentence, for those who hear the answer instead of seeing carets."""

from __future__ import annotations

from errdecode.model import Location
from errdecode.pointer import parse
from errdecode.render.frame.kinds import is_part, kind_of
from errdecode.render.frame.lines import Lines
from errdecode.render.frame.shape import Mark

_LONGEST = 40
"""Characters of a value that are read out."""
_VERBS = ("must", "is", "has", "should", "cannot", "may", "needs", "does", "was")


def narrate(location: Location, lines: Lines, mark: Mark) -> str:
    """Say where a mark stands, on what, and what is wrong with it."""
    place = place_of(lines, location, mark.start)
    place = f"{place[0].upper()}{place[1:]} of the {name_of(location)}".replace("\u00a0", " ")
    said = mark.label.rstrip(".")
    if mark.inserted or not (location.found or any(one.found for one in location.repairs)):
        return f"{place}: {said}."
    pointer = location.pointer if location.found else location.repairs[0].pointer
    name = _member(parse(pointer).tokens or (), kind_of(location)) or "the whole body"
    key = location.key if location.found else location.repairs[0].key
    if key == (mark.start, mark.end):
        return f"{place}: the name {name}{_join(said)}."
    return f"{place}: the value of {name}, {_value(lines.value, mark)}{_join(said)}."


def name_of(location: Location) -> str:
    """The text that a place stands in."""
    return "URL" if kind_of(location) == "url" else location.document.replace(".", " ")


def place_of(lines: Lines, location: Location, at: int) -> str:
    """A character's line and column, 1-based; of a URL or a field, which is one line, the column.

    Numbers are never parted from their words.
    """
    column = f"column\u00a0{lines.column(at)}"
    return column if is_part(location) else f"line\u00a0{lines.number(at)}, {column}"


def _join(said: str) -> str:
    first = said.partition(" ")[0]
    if first in _VERBS:
        return f", {said}"
    return f", is {said}" if first == "not" else f": {said}"


def _member(tokens: tuple[str, ...], kind: str) -> str:
    """The last name of a pointer; not the number of one among others of its name, as in XML."""
    if kind != "json":
        tokens = tuple(t for t in tokens if not t.isdecimal() and t != "#text") or tokens
    return tokens[-1] if tokens else ""


def _value(value: str, mark: Mark) -> str:
    text = value[mark.start : min(mark.end, mark.start + _LONGEST)]
    kinds = {"{": "an object", "[": "an array", "<": "an element"}
    if text[:1] in kinds:
        return kinds[text[:1]]
    return text if mark.end - mark.start <= _LONGEST else text[:-1] + "…"
