"""The brackets of a piece of a long JSON document: what is whole in it, and what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.scan.cut.carriers import Buffer

DEEPEST = 1000
"""Brackets that a piece may leave open, or close without having opened them."""
_DENSEST = 12
"""Bytes for each opening bracket, on average, in what may be a document of records."""
_LEAST = 16
"""The part of a piece that must be JSON before its first string that is not closed in it."""
PREFIX = 4 << 10
"""Bytes of words that may stand before a document in its line."""
_MOST_STARTS = 8
STRING = rb'"[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"'
"""A JSON string in a line, as an expression."""
_PLAIN = rb"[\s,:0-9.+\-EINaefilnrstuy]*+"  # the letters of true, false, null, NaN and Infinity
_REST = _PLAIN + rb"(?:" + STRING + _PLAIN + rb")*+"
_TOKEN = expression(
    _REST + rb"(?:(\{" + _REST + rb"\}|\[" + _REST + rb"\])|([{\[])|([}\]])|(\Z)|(.))", re.DOTALL
)
"""A value with no bracket in it, an opening bracket, a closing one, the end, or what is no JSON;
and all that stands before it. Linear: every repetition is possessive."""
_WHOLE, _OPEN, _CLOSE, _END = 1, 2, 3, 4
_STRING_REST = expression(rb'[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"')
_START = expression(rb'[\[{]\s{0,400}+["\[{]')


class Outline(NamedTuple):
    """The brackets of a piece, as places in the data it is a piece of."""

    first: int
    """Where it begins, behind a string that began before the piece, or behind words."""
    end: int
    """Up to where it is JSON; what follows is a string that goes on, or words."""
    values: tuple[tuple[int, int], ...]
    """The objects and arrays that stand in the piece as a whole, in order, none in another."""
    opens: tuple[int, ...]
    """Brackets that are not closed in the piece."""
    closes: tuple[int, ...]
    """Behind each bracket that closes what was opened before the piece."""
    tangled: bool = False
    """Whether there are so many brackets that nothing is told of them."""

    def bears_brackets(self) -> bool:
        """Whether there are any: texts and commas alone may be a table."""
        return bool(self.values or self.opens or self.closes or self.tangled)


NOTHING = Outline(0, 0, (), (), ())
"""The outline of what is no JSON."""


def outline(
    data: Buffer, start: int, end: int, *, words: bool, ends: bool, inside: bool | None = None
) -> Outline | None:
    """Tell the brackets of the bytes between two places; None when they are no JSON.

    `inside`: whether they begin within a text, if that is known; else most must not be a text.
    `words`: some may stand there before the document begins. `ends`: the document ends before the
    second place, and words may follow.
    """
    for first in _firsts(data, start, end, words=words, inside=inside):
        found, whole = _read(data, first, end)
        if found.tangled:
            return found
        closed = ends and found.end > first and data[found.end - 1] in _CLOSING
        text = inside is None and (found.end - first) * _LEAST < end - start
        if (whole or closed) and not text:
            return found
    return None


def _firsts(
    data: Buffer, start: int, end: int, *, words: bool, inside: bool | None
) -> Iterator[int]:
    """Where the JSON of a piece may begin: at once, behind the string in which the piece begins, or
    behind words."""
    escaped = _is_escaped(data, start)
    if not (escaped or inside):
        yield start
    closed = _STRING_REST.match(data, start + escaped, end) if inside is not False else None
    if closed:
        yield closed.end()
    newline = data.find(b"\n", start, end)
    if newline >= 0:
        yield newline + 1
    at = start
    for _ in range(_MOST_STARTS if words else 0):
        found = _START.search(data, at, min(end, start + PREFIX))
        if found is None:
            return
        yield found.start()
        at = found.start() + 1


def _is_escaped(data: Buffer, at: int) -> bool:
    """Whether an odd number of backslashes stands before a byte: then it stands in a string."""
    before = bytes(data[max(0, at - 64) : at])
    return (len(before) - len(before.rstrip(b"\\"))) % 2 == 1


def _read(data: Buffer, start: int, end: int) -> tuple[Outline, bool]:
    """The brackets from a place on, and whether nothing stands there that is no JSON."""
    values: list[tuple[int, int]] = []
    opens: list[tuple[int, int]] = []
    closes: list[int] = []
    at, whole = start, False
    left = (end - start) // _DENSEST + DEEPEST
    for token in _TOKEN.finditer(data, start, end):
        kind = token.lastindex
        if kind == _WHOLE:
            values.append(token.span(_WHOLE))
        elif kind == _OPEN:
            opens.append((token.end() - 1, len(values)))
        elif kind == _CLOSE:
            if opens:
                opened, number = opens.pop()
                del values[number:]
                values.append((opened, token.end()))
            else:
                closes.append(token.end())
        else:
            stop = token.start(kind or 0)
            whole = kind == _END or (data[stop] == _QUOTE and data.find(b"\n", stop, end) < 0)
            at = stop if whole else at
            break
        at = token.end()
        left -= 1
        if left < 0 or len(opens) > DEEPEST or len(closes) > DEEPEST:
            return Outline(start, end, (), (), (), tangled=True), True
    brackets = tuple(opened for opened, _ in opens)
    return Outline(start, at, tuple(values), brackets, tuple(closes)), whole


_QUOTE = 0x22
_CLOSING = b"]}"
