"""Where a pointer's value stands: a walk through strict JSON text, or a lenient reading's tree."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TypeAlias

from errdecode.model import Tree

_SCANNER = json.JSONDecoder(parse_int=str, parse_float=str)  # only the ends of values matter here
_BLANK = re.compile(r"[ \t\n\r]*")
_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,17})\Z")

_Step: TypeAlias = "tuple[tuple[int, int] | None, int]"


def place(text: str, tokens: Sequence[str]) -> Tree | None:
    """Find where a value and its member's name stand in a strict JSON text; None when nowhere.

    `tokens` are the reference tokens of an RFC 6901 pointer, unescaped; an array index is a decimal
    string without leading zeros (section 4). Of members with the same name the last one is meant.
    Siblings are only skipped, with the C scanner. The tree has no children.
    """
    key: tuple[int, int] | None = None
    try:
        at = _skip(text, 0)
        for token in tokens:
            step = _find_member(text, at, token) if text[at] == "{" else _find_item(text, at, token)
            if step is None:
                return None
            key, at = step
        return Tree(at, _end(text, at), key)
    except (ValueError, IndexError, RecursionError):
        return None


def place_in(tree: Tree, tokens: Sequence[str]) -> Tree | None:
    """Find the place of a value in the tree of a lenient reading; None when there is none."""
    for token in tokens:
        children = tree.children
        if isinstance(children, dict):
            child = children.get(token)
        elif children and _INDEX.match(token) and int(token) < len(children):
            child = children[int(token)]
        else:
            child = None
        if child is None:
            return None
        tree = child
    return tree


def _find_member(text: str, at: int, token: str) -> _Step | None:
    """Find the object's last member of that name: its name's range, its value's start."""
    found: _Step | None = None
    at = _skip(text, at + 1)
    while text[at] != "}":
        name, end = _SCANNER.raw_decode(text, at)
        value = _skip(text, _skip(text, end) + 1)
        if name == token:
            found = ((at, end), value)
        at = _next(text, value)
    return found


def _find_item(text: str, at: int, token: str) -> _Step | None:
    """Find the start of an array's item."""
    if text[at] != "[" or not _INDEX.match(token):
        return None
    at = _skip(text, at + 1)
    for _ in range(int(token)):
        if text[at] == "]":
            return None
        at = _next(text, at)
    return None if text[at] == "]" else (None, at)


def _next(text: str, value: int) -> int:
    """Step over a value and the comma behind it, to the next member, item or closing bracket."""
    at = _skip(text, _end(text, value))
    return _skip(text, at + 1) if text[at] == "," else at


def _end(text: str, at: int) -> int:
    return _SCANNER.raw_decode(text, at)[1]


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at
