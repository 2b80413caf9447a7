"""The outline of a JSON value: its names and types without what its texts and numbers say."""

from __future__ import annotations

from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.patterns import scalar
from errdecode.pointer import Tokens

_NAMESPACE = "@xmlns"
"""How the names of attributes begin that declare namespaces."""
Leaf = tuple[str | int, ...]
"""The way to a text or number: names, and indices as integers."""


class Outline(NamedTuple):
    """A value taken apart: what it has in common with others, and what is its own."""

    marks: tuple[object, ...]
    leaves: list[str | int | float]
    """Its texts and numbers, in the order in which they stand."""


def outline_of(value: JSON) -> Outline:
    """All that two values have in common that differ in their texts and numbers alone.

    What is empty, null, true or false counts as it is, and so do the namespaces of XML.
    """
    marks: list[object] = []
    leaves: list[str | int | float] = []
    _draw(value, marks, leaves)
    return Outline(tuple(marks), leaves)


def _draw(value: JSON, marks: list[object], leaves: list[str | int | float]) -> None:
    """It calls itself once a level; no value that is read is deeper than
    `jsontext.reading.NESTING`."""
    mark = marks.append
    if type(value) is dict:
        mark("{")
        for name, child in value.items():
            mark(name)
            kind = type(child)
            if kind is str:
                if child and not name.startswith(_NAMESPACE):
                    mark(str)
                    leaves.append(child)  # type: ignore[arg-type]  # a text
                else:
                    mark(child)
            elif kind is dict or kind is list:
                _draw(child, marks, leaves)
            elif child is None or kind is bool or name.startswith(_NAMESPACE):
                mark(child)
            else:
                mark(kind)
                leaves.append(child)  # type: ignore[arg-type]  # a number
        mark("}")
    elif type(value) is list:
        mark("[")
        for child in value:
            _draw(child, marks, leaves)
        mark("]")
    elif value is None or value is True or value is False or value == "":
        mark(value)
    else:
        mark(type(value))
        leaves.append(value)  # type: ignore[arg-type]  # a text or a number


def number_leaves(value: JSON) -> dict[Leaf, int]:
    """The numbers (0-based) that texts and numbers have in an outline, by the ways to them."""
    return {way: number for number, way in enumerate(leaves_of(value, ()))}


def way_to(value: JSON, tokens: Tokens) -> Leaf:
    """Reference tokens that lead somewhere as a way."""
    way: list[str | int] = []
    for token in tokens:
        if isinstance(value, list):
            way.append(int(token))
            value = value[int(token)]
        elif isinstance(value, dict):
            way.append(token)
            value = value[token]
    return tuple(way)


def scalar_leaf(value: JSON, way: Leaf) -> Leaf | None:
    """The way to what a value says: its own, or that to the text of an XML element.

    None for objects, arrays, and what an outline tells in full.
    """
    said = scalar(value)
    if isinstance(said, bool | dict | list) or said is None or said == "":
        return None
    if isinstance(value, list):
        return (*way, 0, "#text")
    return (*way, "#text") if isinstance(value, dict) else way


def leaves_of(value: JSON, way: Leaf) -> list[Leaf]:
    """The ways to all texts and numbers in a value, in the order in which they stand."""
    found: list[Leaf] = []
    stack: list[tuple[JSON, Leaf]] = [(value, way)]
    while stack:
        value, way = stack.pop()
        if isinstance(value, dict):
            stack.extend((child, (*way, name)) for name, child in reversed(value.items()))
        elif isinstance(value, list):
            stack.extend((value[at], (*way, at)) for at in reversed(range(len(value))))
        elif not (isinstance(value, bool) or value is None or value == "" or _is_namespace(way)):
            found.append(way)
    return found


def _is_namespace(way: Leaf) -> bool:
    """Whether a value is a namespace, which outlines have as it is."""
    return bool(way) and str(way[-1]).startswith(_NAMESPACE)
