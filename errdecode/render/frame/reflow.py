"""Minified JSON over several lines: the marked members, their neighbours and all around them.

Every line is cut out of the text; nothing is written anew, so the values keep their bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from errdecode.render.frame.lines import Lines
from errdecode.render.frame.shape import Line, Mark

_SCANNER = json.JSONDecoder(parse_int=str, parse_float=str)  # only the ends of values matter here
_BLANK = re.compile(r"[ \t\n\r]*")
_TAME = str.maketrans(dict.fromkeys("•＊·🞄*‹›", "1"))
"""A masked number is no JSON; digits are, and they leave every place where it is."""
_MOST_WORK = 4
"""How often the whole text may be scanned, deep nesting included."""
_OUTER, _INNER = 2, 4
"""Ancestors shown: the outermost and the innermost."""
_STEP = 2
"""Columns for each level."""
_WIDEST_OPENING = 40
"""Characters of ancestors that share a line."""
_AHEAD = 200
"""Characters behind the last line in which more is looked for."""


class Member(NamedTuple):
    """A member of an object or an item of an array, as ranges of the text."""

    start: int
    value: int
    """Where the value starts: behind the name, for a member."""
    end: int


class _Piece(NamedTuple):
    rank: int
    """What one line is taken for when several marks want it: 0 ancestor, 1 marked, 2 neighbour."""
    depth: int
    member: Member


def reflow(lines: Lines, marks: list[Mark], more: str) -> list[Line] | None:
    """The lines to show for some marks in a JSON text; None when it is none, or has its lines.

    A marked member that has a line to itself needs no other one, however long it is.
    """
    found = _gather(lines.value, marks)
    if found is None:
        found = _gather(lines.value.translate(_TAME), marks)
    marked = [piece.member for piece in found or () if piece.rank == 1]
    if not found or (marked and all(_has_line(lines, member) for member in marked)):
        return None
    following = [*found[1:], None]
    cut = [_cut(lines.value, *pair, more) for pair in zip(found, following, strict=True)]
    return _number(lines, _merge(cut, found))


def _merge(cut: list[Line], pieces: list[_Piece]) -> list[Line]:
    """Open on one line what nothing stands between: `{"order": {`, if all the rest is inside."""
    merged = 0
    while (
        merged + 1 < len(cut)
        and not cut[merged].tail
        and pieces[merged + 1].rank == 0
        and all(piece.depth > pieces[merged + 1].depth for piece in pieces[merged + 2 :])
        and cut[merged + 1].end - cut[0].start <= _WIDEST_OPENING
    ):
        merged += 1
    first = cut[merged]._replace(start=cut[0].start, indent=0)
    rest = (line._replace(indent=line.indent - _STEP * merged) for line in cut[merged + 1 :])
    return [first, *rest]


def _number(lines: Lines, cut: list[Line]) -> list[Line]:
    """Give each line the number of the one it was cut out of, but where that is the same still."""
    numbers = [lines.number(line.start) for line in cut]
    before = [0, *numbers]
    return [
        line._replace(number=number if number != before[at] else None)
        for at, (line, number) in enumerate(zip(cut, numbers, strict=True))
    ]


def _gather(text: str, marks: list[Mark]) -> list[_Piece] | None:
    """The pieces for all marks, in the order of the text; None when it cannot be read."""
    pieces: dict[int, _Piece] = {}
    try:
        for mark in marks:
            for piece in _walk(text, mark):
                known = pieces.get(piece.member.start)
                if known is None or piece.rank < known.rank:
                    pieces[piece.member.start] = piece
    except (ValueError, IndexError, RecursionError):
        return None
    return [pieces[start] for start in sorted(pieces)]


def _walk(text: str, mark: Mark) -> Iterator[_Piece]:
    """Go down from the root to a mark: the ancestors, the member itself, its neighbours."""
    at = _skip(text, 0)
    if text[at] not in "{[":
        return
    around = [_Piece(0, 0, Member(at, at, len(text)))]
    work = _MOST_WORK * len(text)
    while work >= 0:
        before, member = _search(text, at, mark.start)
        if member is None or mark.start <= member.value or text[member.value] not in "{[":
            yield from around[:_OUTER]
            yield from around[max(_OUTER, len(around) - _INNER) :]
            yield from _near(text, at, len(around), before, member)
            return
        around.append(_Piece(0, len(around), member))
        at = member.value
        work -= member.end - member.start


def _search(text: str, at: int, place: int) -> tuple[Member | None, Member | None]:
    """The member of a container that holds a place, and the one before it.

    Without one that does, the one before is the container's last; nothing is before the container.
    """
    before: Member | None = None
    if place > at:
        for member in _members(text, at):
            if member.start <= place < member.end:
                return before, member
            before = member
    return before, None


def _near(
    text: str, at: int, depth: int, before: Member | None, member: Member | None
) -> Iterator[_Piece]:
    """A marked member and its neighbour, the one before it if there is one.

    Where something is missing the last member stands alone.
    """
    if before:
        yield _Piece(2, depth, before)
    if member:
        yield _Piece(1, depth, member)
    after = None if before else next(_members(text, at, member), None)
    if after:
        yield _Piece(2, depth, after)


def _members(text: str, at: int, after: Member | None = None) -> Iterator[Member]:
    """The members of the container that opens at `at`, one by one, with the C scanner."""
    named = text[at] == "{"
    start = _skip(text, at + 1) if after is None else _step(text, after.end)
    while text[start] not in "]}":
        value = start
        if named:
            value = _skip(text, _skip(text, _SCANNER.raw_decode(text, start)[1]) + 1)
        end = _SCANNER.raw_decode(text, value)[1]
        yield Member(start, value, end)
        start = _step(text, end)


def _step(text: str, end: int) -> int:
    """Step over the comma behind a value."""
    at = _skip(text, end)
    return _skip(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _has_line(lines: Lines, member: Member) -> bool:
    """Whether nothing else stands on the line of a member."""
    line = lines.line(lines.number(member.start))
    before = lines.value[line.start : member.start].strip()
    return not before and not lines.value[member.end : line.end].strip(" \t,")


def _cut(value: str, piece: _Piece, following: _Piece | None, more: str) -> Line:
    """The line of a piece: an ancestor's opening, a whole member, a neighbour in brief."""
    start, inside, end = piece.member
    tail = ""
    if piece.rank == 0:
        end = shown = inside + 1
    else:
        shown = end = end + (value[end : end + 1] == ",")
        if piece.rank == 2 and value[inside] in "{[" and piece.member.end - inside > 2:
            shown = inside + 1
            tail = more + value[piece.member.end - 1 : end]
    until = following.member.start if following else min(len(value), end + _AHEAD)
    if value[end:until].strip(" \t\r\n,]}"):
        tail += " " + more
    return Line(None, start, shown, piece.depth * _STEP, tail, whole=False)
