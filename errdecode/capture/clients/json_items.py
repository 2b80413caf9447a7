"""Puts a JSON object together from named items, as HTTPie does, each value leading back to its
item.

Nested names (`a[b][0]`) follow https://httpie.io/docs/cli/nested-json.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from errdecode.capture.dialects.pieces import concatenate
from errdecode.model import Text
from errdecode.regex import expression
from errdecode.source import Builder

_PLAIN = expression(r"[^\"\\\x00-\x1f]+")
_NESTED = expression(r"([^\[\]]*)((?:\[[^\[\]]*\])+)\Z")
_DEEPEST = 20
_Tree: TypeAlias = "Text | dict[str, _Tree] | dict[int, _Tree]"


def write_json(items: Sequence[tuple[Text, Text, bool]], ancestor: Text) -> Text:
    """Write one JSON object: name, value, and whether the value is JSON already.

    All descend from `ancestor`.
    """
    tree: dict[str, _Tree] = {}
    names: dict[str, Text] = {}
    for name, value, raw in items:
        path = _path(name.value)
        if len(path) == 1:
            names[name.value] = name
        _place(tree, path, value if raw else quote(value))
    pieces: list[Text | str] = []
    _write(tree, pieces, names)
    return concatenate(ancestor, pieces)


def quote(text: Text) -> Text:
    """Write a text as a JSON string; its quotes stand for the empty places around it."""
    builder, end = Builder(text), len(text.value)
    builder.put('"', 0, 0)
    at = 0
    while at < end:
        match = _PLAIN.match(text.value, at)
        if match:
            builder.copy(at, match.end())
            at = match.end()
        else:
            builder.put(json.dumps(text.value[at])[1:-1], at, at + 1)
            at += 1
    builder.put('"', end, end)
    return builder.text()


def _path(name: str) -> list[str | int]:
    """Part `a[b][0]` into its steps: names, and indices of lists; `[]`, -1, appends."""
    match = _NESTED.match(name)
    if match is None or name.count("[") > _DEEPEST or "\\" in name:
        return [name]
    steps: list[str | int] = [match[1]] if match[1] else []
    for step in match[2][1:-1].split("]["):
        index = step.isascii() and step.isdecimal() and len(step) < 4
        steps.append(int(step) if index else step or -1)
    return steps if isinstance(steps[0], str) else [name]


def _place(tree: dict[str, _Tree], path: Sequence[str | int], value: Text) -> None:
    """Put a value at its place; a name that was used for another kind of value is begun anew."""
    node: dict[str | int, _Tree] = tree  # type: ignore[assignment]  # one kind of key per level, by construction
    for step, following in pairwise(path):
        key = len(node) if step == -1 else step
        child = node.get(key)
        if not isinstance(child, dict) or any(
            isinstance(one, int) != isinstance(following, int) for one in child
        ):
            child = node[key] = {}
        node = child  # type: ignore[assignment]  # as above
    last = path[-1]
    node[len(node) if last == -1 else last] = value


def _write(tree: _Tree, pieces: list[Text | str], names: dict[str, Text]) -> None:
    """Write a node; its depth is bounded by `_DEEPEST`."""
    if isinstance(tree, Text):
        pieces.append(tree)
        return
    listed = bool(tree) and all(isinstance(key, int) for key in tree)
    pieces.append("[" if listed else "{")
    keys = range(max(key for key in tree if isinstance(key, int)) + 1) if listed else tree
    for at, key in enumerate(keys):
        if at:
            pieces.append(", ")
        if not listed:
            name = names.get(str(key))
            pieces += [
                quote(name) if name is not None else json.dumps(key, ensure_ascii=False),
                ": ",
            ]
        child = tree.get(key)  # type: ignore[call-overload]  # one kind of key per level
        if child is None:
            pieces.append("null")
        else:
            _write(child, pieces, {})
    pieces.append("]" if listed else "}")
