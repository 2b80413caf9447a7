"""Long lines over several shorter ones: the marked members, their neighbours, all around them.

Every line is cut out of the text; nothing is written anew, so the values keep their bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.render.frame.elements import XML
from errdecode.render.frame.lines import Lines
from errdecode.render.frame.members import JSON
from errdecode.render.frame.outline import Node, Outline, Span
from errdecode.render.frame.pairs import FORM, URL
from errdecode.render.frame.shape import Line, Mark

_KINDS = {"json": JSON, "xml": XML, "form": FORM, "url": URL}
_REST = expression(r"</[^<>]{0,200}(?:>|\Z)|[\s,;&\])}]+")
"""What may stand behind the last line without being left out: it only closes and separates."""
_OUTER, _INNER = 2, 4
"""Ancestors shown: the outermost and the innermost."""
_MISSING = 4
"""The rank of what is missing."""
_STEP = 2
"""Columns for each level."""
_WIDEST_OPENING = 40
"""Characters of ancestors that share a line."""
_AHEAD = 200
"""Characters behind a line, or before it, in which more is looked for."""


class _Part(NamedTuple):
    rank: int
    """What one line is taken for when several marks want it: 0 ancestor, 1 marked, 2 marked in its
    opening only, 3 neighbour, 4 no line but the place of what is missing."""
    depth: int
    span: Span


def outline_of(text: str, kind: str) -> Outline | None:
    """The outline of a text of a kind (`kinds.kind_of`); None for a kind without members."""
    return Outline(text, _KINDS[kind]) if kind in _KINDS else None


def reflow(
    lines: Lines, outline: Outline, marks: list[Mark], more: str, deepest: int
) -> list[Line] | None:
    """The lines to show for some marks in a text; None when it has no members, or has its lines.

    A marked member that has a line to itself needs no other one, however long it is. `deepest` is
    how many columns indentation should take at most.
    """
    parts = _gather(outline, marks)
    marked = [part.span for part in parts or () if part.rank in (1, 2)]
    if not parts or (marked and all(_has_line(lines, span) for span in marked)):
        return None
    begin = lines.line(lines.number(parts[0].span.start)).start
    if parts[0].rank and parts[0].span.start > begin:
        parts.insert(0, _Part(0, 0, Span(begin, begin, begin, begin)))
    following = [*parts[1:], None]
    cut = [_cut(lines.value, *pair, more) for pair in zip(parts, following, strict=True)]
    return _number(lines, _narrow(_merge(cut, parts), deepest))


def _merge(cut: list[Line], parts: list[_Part]) -> list[Line]:
    """Open on one line what nothing stands between: `{"order": {`, if all the rest is inside."""
    merged = 0
    while (
        merged + 1 < len(cut)
        and not cut[merged].tail
        and parts[merged + 1].rank == 0
        and all(part.depth > parts[merged + 1].depth for part in parts[merged + 2 :])
        and cut[merged + 1].end - cut[0].start <= _WIDEST_OPENING
    ):
        merged += 1
    first = cut[merged]._replace(start=cut[0].start, indent=0)
    rest = (line._replace(indent=line.indent - _STEP * merged) for line in cut[merged + 1 :])
    return [first, *rest]


def _narrow(cut: list[Line], deepest: int) -> list[Line]:
    """Indent by less where there is no room: without the levels left out, in smaller steps."""
    levels = sorted({line.indent for line in cut})
    if levels[-1] <= deepest:
        return cut
    step = max(1, min(_STEP, deepest // max(1, len(levels) - 1)))
    columns = {indent: step * level for level, indent in enumerate(levels)}
    return [line._replace(indent=columns[line.indent]) for line in cut]


def _number(lines: Lines, cut: list[Line]) -> list[Line]:
    """Give each line the number of the one it was cut out of, but where that is the same still."""
    numbers = [lines.number(line.start) for line in cut]
    before = [0, *numbers]
    return [
        line._replace(number=number if number != before[at] else None)
        for at, (line, number) in enumerate(zip(cut, numbers, strict=True))
    ]


def _gather(outline: Outline, marks: list[Mark]) -> list[_Part] | None:
    """The parts for all marks, in the order of the text; None when one cannot be told."""
    parts: dict[int, _Part] = {}
    ends: list[tuple[Span, _Part]] = []
    for mark in marks:
        found = outline.find(mark)
        if found is None:
            return None
        around = list(_around(found.parent))
        depth = around[0].depth + 1 if around else 0
        own = 2 if found.member and mark.end <= found.member.inside < found.member.end else 1
        near = ((3, found.before), (own, found.member), (3, found.after))
        for part in (
            *(_Part(0, node.depth, _opening(node)) for node in _chosen(around)),
            *(_Part(rank, depth, span) for rank, span in near if span),
        ):
            known = parts.get(part.span.start)
            if known is None or part.rank < known.rank:
                parts[part.span.start] = part
        if mark.inserted and found.before:
            place = Span(mark.start, mark.start, mark.start, mark.start)
            ends.append((found.before, _Part(_MISSING, depth, place)))
    for before, end in ends:  # where lines from inside what stands before it come between
        inside = (part.depth for at, part in parts.items() if before.start < at < end.span.start)
        if any(level > end.depth for level in inside):
            parts.setdefault(end.span.start, end)
    return [parts[start] for start in sorted(parts)]


def _around(node: Node | None) -> Iterator[Node]:
    """What holds a place, the innermost first."""
    while node:
        yield node
        node = node.parent


def _chosen(around: list[Node]) -> list[Node]:
    return around[:_INNER] + around[max(_INNER, len(around) - _OUTER) :]


def _opening(node: Node) -> Span:
    return Span(node.start, node.inside, node.inside, node.inside)


def _has_line(lines: Lines, span: Span) -> bool:
    """Whether nothing else stands on the line of a member."""
    line = lines.line(lines.number(span.start))
    before = lines.value[max(line.start, span.start - _AHEAD) : span.start].strip()
    behind = lines.value[span.end : min(line.end, span.end + _AHEAD)].strip(" \t,")
    return not before and not behind


def _cut(value: str, part: _Part, following: _Part | None, more: str) -> Line:
    """The line of a part: an ancestor's opening, a whole member, a neighbour in brief."""
    start, inside, closing, end = part.span
    tail, shown = "", end
    if part.rank == _MISSING:
        return Line(None, start, start, part.depth * _STEP, whole=False)
    if part.rank:
        shown = end = end + value.startswith((",", ";", "&"), end)
    if part.rank > 1 and value[inside : min(closing, inside + _AHEAD)].strip():
        shown = inside
        tail = more + value[closing:end]
    until = min(following.span.start if following else len(value), end + _AHEAD)
    if _REST.sub("", value[end:until]):
        tail += " " * (shown > start) + more
    return Line(None, start, shown, part.depth * _STEP, tail, whole=False)
