"""Finds the object that a missing member belongs to, where the payload has that one otherwise."""

from __future__ import annotations

from errdecode.body import place
from errdecode.locate.repair import find_repairs, is_blank, split_place
from errdecode.locate.spelling import Names, close_names
from errdecode.model import Body, Location, Repair
from errdecode.pointer import Tokens, array_index, build, resolve

_MOST_ITEMS = 1000
"""Items of a list that are looked into."""


def find_parent(
    location: Location,
    body: Body,
    tokens: Tokens,
    names: Names | None = None,
    *,
    missing: bool = False,
) -> Location:
    """Move a place that is not there into the object that the longest beginning of its pointer
    leads to when it is read otherwise: `/Address/Zip` belongs into `/address`.

    Only if there is one such object, or a list of them: then into the only item that lacks what is
    `missing`, else to the list. The repair that tells of an object leads to no value.
    """
    depth = resolve(body.value, tokens).depth
    for size in range(len(tokens) - 1, depth, -1):
        found = find_repairs(body, tokens[:size], (), names, missing=True)
        if found:
            (parent, *others) = found
            if isinstance(parent.value, list) and not others:
                return _put_among(location, body, parent, tokens[size:], missing=missing)
            return location if others else put_into(location, body, parent, tokens[size:])
    return location


def _put_among(
    location: Location, body: Body, parent: Repair, rest: Tokens, *, missing: bool
) -> Location:
    """Move a place into the only item of a list that has it blank, if that is what is `missing`;
    else to the list."""
    items = parent.value[:_MOST_ITEMS] if isinstance(parent.value, list) else []
    if array_index(rest[0], len(items) + 1) is not None or not items:
        return location
    inner = [(at, resolve(item, rest)) for at, item in enumerate(items)]
    blank = [(at, one) for at, one in inner if not one.found or is_blank(one.value)]
    if missing and len(blank) == 1:
        ((at, one),) = blank
        return _put_into_item(location, body, parent, (str(at), *rest), is_there=one.found)
    tree = place(body, split_place(parent.pointer))
    if tree is None:
        return location
    reason = f"{parent.reason}, and nothing tells which of its items is meant"
    lost = location._replace(nearest=parent.pointer, reason=reason, suggestions=())
    return lost._replace(start=tree.start, end=tree.end)


def _put_into_item(
    location: Location, body: Body, parent: Repair, rest: Tokens, *, is_there: bool
) -> Location:
    """Move a place into one item of a list, which has the member blank or not at all."""
    place_of_item = (*split_place(parent.pointer), rest[0])
    reason = f"{parent.reason}, and of its items only {rest[0]} is without it"
    repair = parent._replace(pointer=build(place_of_item), reason=reason)
    if not is_there:
        item = resolve(body.value, place_of_item).value
        return put_into(location, body, repair._replace(value=item), rest[1:])
    tokens = (*place_of_item, *rest[1:])
    tree = place(body, tokens)
    if tree is None:
        return location
    value = resolve(body.value, tokens).value
    spot = (tree.start, tree.end, tree.key)
    return location._replace(
        repairs=(Repair(build(tokens), parent.kind, reason, None, value, *spot),)
    )


def put_into(location: Location, body: Body, parent: Repair, rest: Tokens) -> Location:
    """Say that what a location lacks, the `rest` of its pointer, belongs into the object there."""
    tree = place(body, split_place(parent.pointer))
    if tree is None or not isinstance(parent.value, dict) or not rest:
        return location
    missing = Repair(
        parent.pointer + build(rest), parent.kind, parent.reason, None, None, found=False
    )
    return location._replace(
        nearest=parent.pointer,
        reason=resolve(parent.value, rest).reason,
        suggestions=close_names(parent.value, rest[0]),
        start=tree.start,
        end=tree.end,
        repairs=(missing,),
    )
