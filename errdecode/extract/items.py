"""Finds the things that problems are read from: where they stand in a body, in wrappers, and in
texts that hold a body of their own."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.clue import holds
from errdecode.extract.reads import Item
from errdecode.format import Extract
from errdecode.model import JSON
from errdecode.patterns import select, split_pattern

_MOST_NESTED = 8
"""Wrappers, and texts, within one another."""
_MOST_SAID = 500
"""Characters before the JSON in a text."""


def select_items(
    extract: Extract, body: Item, xml: bool, depth: int = _MOST_NESTED
) -> Iterator[Item]:
    """The items of a body, in document order; `depth` wrappers and texts may be around them."""
    for pattern in extract.each or ("",):
        for place, value in select(body.value, pattern, fold=xml, lists=xml):
            if _is_item(extract, value, xml):
                yield from _unwrapped(extract, Item((*body.place, *place), value), xml, depth)


def _is_item(extract: Extract, value: JSON, xml: bool) -> bool:
    """Whether an item is a problem, and no success beside the failures."""
    if extract.each_is and not holds(extract.each_is, value, xml=xml):
        return False
    if not extract.each_has:
        return True
    if not isinstance(value, dict):
        return False
    names = {name.casefold() for name in value} if xml else set(value)
    return any((name.casefold() if xml else name) in names for name in extract.each_has)


def _unwrapped(extract: Extract, item: Item, xml: bool, depth: int) -> Iterator[Item]:
    """The item, or what it wraps: a wrapper is never a problem of its own."""
    inner = list(select(item.value, extract.unwrap)) if extract.unwrap and depth else []
    children = [
        Item((*item.place, *place, str(index)), child)
        for place, values in inner
        if isinstance(values, list)
        for index, child in enumerate(values)
    ]
    if not children:
        yield from _opened(extract, item, depth) if extract.opens else (item,)
    for child in children:
        yield from _unwrapped(extract, child, xml, depth - 1)


def _opened(extract: Extract, item: Item, depth: int) -> Iterator[Item]:
    """The items of the body that a text of this one holds, each with what stands beside the text;
    the item itself when there are none."""
    tokens = split_pattern(extract.opens or "")
    document = _read_text(
        next((value for _, value in select(item.value, extract.opens or "")), None)
    )
    found = False
    if document is not None and depth:
        beside = item.value if isinstance(item.value, dict) else {}
        rest = {name: value for name, value in beside.items() if (name,) != tokens[:1]}
        for one in select_items(extract, Item((*item.place, *tokens), document), False, depth - 1):
            found = True
            yield one._replace(
                value={**rest, **one.value} if isinstance(one.value, dict) else one.value
            )
    if not found:
        yield item


def _read_text(text: JSON) -> dict[str, JSON] | None:
    """The object at the end of a text, which may have a few words before it."""
    if not isinstance(text, str) or not text.rstrip().endswith("}"):
        return None
    from errdecode.jsontext.strict import read_strict

    start = text.find("{", 0, _MOST_SAID)
    reading = read_strict(text[start:].strip()) if start >= 0 else None
    return reading.value if reading and isinstance(reading.value, dict) else None
