"""Finds the object that a missing member belongs to, where the payload has that one otherwise."""

from __future__ import annotations

from errdecode.body import place
from errdecode.locate.repair import find_repairs, split_place
from errdecode.locate.spelling import Names, close_names
from errdecode.model import Body, Location, Repair
from errdecode.pointer import Tokens, build, resolve


def find_parent(
    location: Location, body: Body, tokens: Tokens, names: Names | None = None
) -> Location:
    """Move a place that is not there into the object that the longest beginning of its pointer
    leads to when it is read otherwise: `/Address/Zip` belongs into `/address`.

    Only if there is one such object. The repair that tells of it leads to no value.
    """
    depth = resolve(body.value, tokens).depth
    for size in range(len(tokens) - 1, depth, -1):
        found = find_repairs(body, tokens[:size], (), names, missing=True)
        if found:
            (parent, *others) = found
            return location if others else put_into(location, body, parent, tokens[size:])
    return location


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
