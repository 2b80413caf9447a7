"""Where a pointer's value stands: a walk through strict JSON text, or a lenient reading's tree."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeAlias

from errdecode.model import Tree
from errdecode.model.record import NamedTuple
from errdecode.regex import expression

_SCANNER = json.JSONDecoder(parse_int=str, parse_float=str)  # only the ends of values matter here
_BLANK = expression(r"[ \t\n\r]*")
_COLON = expression(r"[ \t\n\r]*:?[ \t\n\r]*")
_COMMA = expression(r"[ \t\n\r]*,?[ \t\n\r]*")
_PLAIN_NAME = expression(r'"([^"\\]*)"[ \t\n\r]*:[ \t\n\r]*')
_PLAIN_VALUE = expression(r'(?:"[^"\\]*"|[-+.\w]+)[ \t\n\r]*,?[ \t\n\r]*')
"""What needs no scanner, together with the mark behind it."""
_INDEX = expression(r"(?:0|[1-9][0-9]{0,17})\Z")
_SPAN = 256
"""Characters between the places that are remembered: a short way is walked again."""
_MOST = 500_000
"""Places that are remembered; the next one makes a new beginning."""
_LAST: dict[str, _Walk] = {}
"""The walk through the text that was asked about last; away while it is in use."""

_Step: TypeAlias = "tuple[tuple[int, int] | None, int]"


def place(text: str, tokens: Sequence[str]) -> Tree | None:
    """Find where a value and its member's name stand in a strict JSON text; None when nowhere.

    `tokens` are the reference tokens of an RFC 6901 pointer, unescaped; an array index is a decimal
    string without leading zeros (section 4). Of members with the same name the last one is meant.
    Siblings are only skipped, with the C scanner, and not again for the next pointer into the same
    text. The tree has no children.
    """
    walk = _LAST.pop("walk", None)
    if walk is None or walk.text is not text:
        walk = _Walk(text)
    try:
        return walk.follow(tokens)
    except (ValueError, IndexError, RecursionError):
        return None
    finally:
        _LAST["walk"] = walk


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


class _Items(NamedTuple):
    """Some of an array's items, from the first one on, at least `_SPAN` characters apart."""

    numbers: list[int]
    """Their indexes, 0-based."""
    starts: list[int]


class _Walk:
    """The way through one text, with what was seen on it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._forget()

    def _forget(self) -> None:
        self.names: dict[int, dict[str, int]] = {}
        """Where the last member of each name starts, for each object by its own start."""
        self.items: dict[int, _Items] = {}
        """By the array's start."""
        self.ends: dict[int, int] = {}
        """Of long values, by their starts."""
        self.room = _MOST

    def follow(self, tokens: Sequence[str]) -> Tree | None:
        """Go down from the root; raises what comes of a text that is no JSON."""
        text, key = self.text, None
        at = _skip(_BLANK, text, 0)
        for token in tokens:
            find = self._find_member if text[at] == "{" else self._find_item
            step = find(at, token)
            if step is None:
                return None
            key, at = step
        return Tree(at, self._end(at), key)

    def _find_member(self, at: int, token: str) -> _Step | None:
        """Find the object's last member of that name: its name's range, its value's start."""
        names = self.names.get(at)
        if names is None:
            names = self._read_names(at)
            self._keep(len(names))
            self.names[at] = names
        start = names.get(token)
        if start is None:
            return None
        _, end = _SCANNER.raw_decode(self.text, start)
        return (start, end), _skip(_COLON, self.text, end)

    def _read_names(self, at: int) -> dict[str, int]:
        text = self.text
        names: dict[str, int] = {}
        at = _skip(_BLANK, text, at + 1)
        while text[at] != "}":
            plain = _PLAIN_NAME.match(text, at)
            if plain:
                name, value = plain[1], plain.end()
            else:
                name, end = _SCANNER.raw_decode(text, at)
                if not isinstance(name, str):
                    raise ValueError("a name that is no string")
                value = _skip(_COLON, text, end)
            names[name] = at
            at = self._next(value)
        return names

    def _find_item(self, at: int, token: str) -> _Step | None:
        """Find the start of an array's item, from the nearest one before it that is known."""
        text = self.text
        if text[at] != "[" or not _INDEX.match(token):
            return None
        if at not in self.items:
            self._keep(1)
            self.items[at] = _Items([0], [_skip(_BLANK, text, at + 1)])
        numbers, starts = self.items[at]
        known = bisect_right(numbers, int(token)) - 1
        number, at = numbers[known], starts[known]
        while number < int(token) and text[at] != "]":
            number, at = number + 1, self._next(at)
            if at - starts[-1] >= _SPAN:
                self._keep(1)
                numbers.append(number)
                starts.append(at)
        return None if text[at] == "]" else (None, at)

    def _next(self, value: int) -> int:
        """Step over a value and the comma behind it, to the next member, item or bracket."""
        plain = _PLAIN_VALUE.match(self.text, value)
        return plain.end() if plain else _skip(_COMMA, self.text, self._end(value))

    def _end(self, at: int) -> int:
        end = self.ends.get(at)
        if end is None:
            _, end = _SCANNER.raw_decode(self.text, at)
            if end - at >= _SPAN:
                self._keep(1)
                self.ends[at] = end
        return end

    def _keep(self, count: int) -> None:
        """Make room for some more places; those of one object take no more than half of it."""
        count = min(count, _MOST // 2)
        if self.room < count:
            self._forget()
        self.room -= count


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
