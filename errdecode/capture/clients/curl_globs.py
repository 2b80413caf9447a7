"""Expands the patterns in curl's URLs: `{one,two}`, `[1-3]`, `[a-z:2]`
(https://curl.se/docs/manpage.html#URL).
"""

from __future__ import annotations

import re
from itertools import product

from errdecode.model import Text
from errdecode.regex import expression
from errdecode.source import Builder

_PATTERN = expression(
    r"\\[\\\[\]{}]"
    r"|(?<![${])\{(?P<set>[^{}\[\]\\]*,[^{}\[\]\\]*)\}(?!\})"
    r"|\[(?:(?P<from>\d{1,9})-(?P<to>\d{1,9})|(?P<first>[a-z])-(?P<last>[a-z])"
    r"|(?P<First>[A-Z])-(?P<Last>[A-Z]))(?::(?P<step>[1-9]\d{0,8}))?\]"
)
_Piece = tuple[str, int, int]
"""Characters, and the range of the URL that they stand for."""


def expand_url(url: Text, most: int) -> list[Text]:
    """The URLs that a pattern stands for, in the order in which curl asks them: the last part is
    the first to change. None for a plain URL, and where there would be more than `most`.
    """
    choices: list[list[_Piece]] = []
    behind = count = 0
    for found in _PATTERN.finditer(url.value):
        choice = _choices(found, most)
        count = max(count, 1) * len(choice) if found[0][0] != "\\" else count
        if not choice or count > most:
            return []
        choices += [[(url.value[behind : found.start()], behind, found.start())], choice]
        behind = found.end()
    if count < 2:
        return []
    choices.append([(url.value[behind:], behind, len(url.value))])
    return [_build(url, pieces) for pieces in product(*choices)]


def _choices(found: re.Match[str], most: int) -> list[_Piece]:
    """What one part of a pattern stands for; empty for a range that has nothing in it, or too much.

    Zeros in front of the lower bound give all numbers its width.
    """
    start, end = found.span()
    if found[0][0] == "\\":
        return [(found[0][1], start, end)]
    if found["set"] is not None:
        at, choices = start + 1, list[_Piece]()
        for word in found["set"].split(","):
            choices.append((word, at, at + len(word)))
            at += len(word) + 1
        return choices
    step = int(found["step"] or 1)
    if found["from"]:
        numbers = range(int(found["from"]), int(found["to"]) + 1, step)
        width = len(found["from"]) if found["from"][0] == "0" else 0
        form = f"0{width}d"
    else:
        first, last = found["first"] or found["First"], found["last"] or found["Last"]
        numbers = range(ord(first), ord(last) + 1, step)
        form = "c"
    return [(format(one, form), start, end) for one in numbers] if len(numbers) <= most else []


def _build(url: Text, pieces: tuple[_Piece, ...]) -> Text:
    builder = Builder(url)
    for word, start, end in pieces:
        if url.value[start:end] == word:
            builder.copy(start, end)
        else:
            builder.put(word, start, end)
    return builder.text()
