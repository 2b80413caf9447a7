"""JSON Patch (RFC 6902) over parsed JSON: add, remove, replace and move; the original stays."""

from __future__ import annotations

import json
from collections.abc import Sequence

from errdecode.model import JSON
from errdecode.pointer import array_index, parse


class PatchError(ValueError):
    """An operation that the document has no place for; only this package sees it."""


def apply(document: JSON, operations: Sequence[dict[str, JSON]]) -> JSON | PatchError:
    """Apply a patch to a copy of a document, all of it or nothing (RFC 6902, section 5).

    Only what lies on the way to a change is copied, the rest is shared. What does not apply is
    given back as the fault, which is not raised.
    """
    try:
        for operation in operations:
            document = _apply(document, operation)
    except PatchError as fault:
        return fault
    return document


def tokens_of(pointer: JSON) -> tuple[str, ...]:
    """The reference tokens of an operation's `path` or `from`; raises `PatchError`."""
    tokens = parse(pointer).tokens if isinstance(pointer, str) else None
    if tokens is None:
        raise PatchError(f"{pointer!r} is no JSON Pointer")
    return tokens


def same(one: JSON, other: JSON) -> bool:
    """Tell whether two values are equal as JSON: `1`, `1.0` and `true` are not."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def value_at(document: JSON, tokens: Sequence[str]) -> JSON:
    """The value at a place; raises `PatchError` when there is none."""
    for token in tokens:
        document = _child(document, token)
    return document


def _apply(document: JSON, operation: dict[str, JSON]) -> JSON:
    kind, path = operation.get("op"), tokens_of(operation.get("path"))
    if kind == "move":  # section 4.4
        source = tokens_of(operation.get("from"))
        if path[: len(source)] == source and path != source:
            raise PatchError("a value cannot be moved into itself")
        moved = value_at(document, source)
        return _change(_change(document, source, "remove", None), path, "add", moved)
    if kind in ("add", "replace") and "value" not in operation:
        raise PatchError(f"{kind} without a value")
    if kind not in ("add", "remove", "replace"):
        raise PatchError(f"there is no operation {kind!r} here")
    return _change(document, path, kind, operation.get("value"))


def _change(document: JSON, path: tuple[str, ...], kind: str, value: JSON) -> JSON:
    """Do one operation at a place, on copies of the containers that lead there."""
    if not path:
        return None if kind == "remove" else value
    way = [document]
    for token in path[:-1]:
        way.append(_child(way[-1], token))
    new = _put(way.pop(), path[-1], kind, value)
    for parent, token in zip(reversed(way), reversed(path[:-1]), strict=True):
        new = _put(parent, token, "replace", new)
    return new


def _put(container: JSON, token: str, kind: str, value: JSON) -> JSON:
    """A copy of an object or an array with one of its members changed."""
    if isinstance(container, dict):
        if kind != "add":
            _child(container, token)
        if kind == "remove":
            return {name: member for name, member in container.items() if name != token}
        return {**container, token: value}
    if not isinstance(container, list):
        raise PatchError("the parent is neither an object nor an array")
    room = len(container) + (kind == "add")
    at = len(container) if token == "-" and kind == "add" else array_index(token, room)
    if at is None:
        raise PatchError(f"the array has no place {token}")
    items = list(container)
    items[at : at + (kind != "add")] = [] if kind == "remove" else [value]
    return items


def _child(container: JSON, token: str) -> JSON:
    if isinstance(container, dict) and token in container:
        return container[token]
    if isinstance(container, list):
        index = array_index(token, len(container))
        if index is not None:
            return container[index]
    raise PatchError(f"there is no {token!r}")
