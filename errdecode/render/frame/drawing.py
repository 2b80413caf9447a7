"""Draws a frame: the lines around some marks, carets under them, and where all that stands."""

from __future__ import annotations

from errdecode.model import Location, Text
from errdecode.render.frame.carets import Caret, draw_carets
from errdecode.render.frame.cells import fit, show, width_of, wrap
from errdecode.render.frame.kinds import is_part
from errdecode.render.frame.lines import Lines
from errdecode.render.frame.narration import name_of, place_of
from errdecode.render.frame.reflow import outline_of, reflow
from errdecode.render.frame.shape import Frame, Line, Look, Mark, Row
from errdecode.sanitise import sanitise
from errdecode.source import to_root

_DEEPEST = 4
"""The part of the columns that indentation may take is one of these."""


class Document:
    """A text that frames are cut out of, with its lines and those of the input."""

    def __init__(self, text: Text, kind: str) -> None:
        self.text = text
        self.lines = Lines(text.value)
        self.outline = outline_of(text.value, kind)
        self._input: Lines | None = None

    def input_line(self, start: int, end: int) -> int:
        """The 1-based line of the user's input that a range came from."""
        root, first, _ = to_root(self.text, start, end)
        if self._input is None:
            self._input = Lines(root.value)
        return self._input.number(first)


def draw(document: Document, location: Location, marks: list[Mark], look: Look) -> Frame:
    """Draw one frame around all the marks; `location` names the document."""
    marks = sorted(_clean(mark, look) for mark in marks)
    lines = document.lines
    numbers = [lines.number(mark.start) for mark in marks]
    columns = look.columns(numbers[-1] + 1)
    head = _head(document, location, marks, numbers)
    if document.outline and _is_minified(lines, numbers, columns):
        made = reflow(lines, document.outline, marks, look.more, columns // _DEEPEST)
        if made:
            rows = _rows(lines, made, marks, look, columns)
            return Frame(head, (*rows, *_true_places(lines, location, marks, columns)))
    return Frame(head, tuple(_rows(lines, lines.around(numbers), marks, look, columns)))


def _is_minified(lines: Lines, numbers: list[int], columns: int) -> bool:
    """Whether a marked line does not fit: at all, or by far where there are others to show."""
    most = columns if lines.is_single else 2 * columns
    return any(end - start > most for _, start, end, *_ in map(lines.line, numbers))


def _clean(mark: Mark, look: Look) -> Mark:
    label = look.write(sanitise(mark.label))
    return mark._replace(label=label, end=max(mark.start, mark.end))


def _head(document: Document, location: Location, marks: list[Mark], numbers: list[int]) -> str:
    """Which document and lines; and where that stands in the input, when it was cut out of it.

    Numbers are never parted from their words.
    """
    name = location.document.replace(".", " ")
    first, last = numbers[0], numbers[-1]
    where = f"line\u00a0{first}" if first == last else f"lines\u00a0{first}\u00a0to\u00a0{last}"
    head = plain = f"{name}, {where}"
    if is_part(location):
        head = location.described.removeprefix("the ") or name
    elif location.described not in ("", name, f"the {name}"):
        head += f" · {location.described}"
    if document.text.parent:
        head += " · " if head == plain else ", "
        head += f"line\u00a0{document.input_line(marks[0].start, marks[0].end)} of the input"
    return head


def _true_places(lines: Lines, location: Location, marks: list[Mark], columns: int) -> list[Row]:
    """Where the marks of a re-flowed text really stand."""
    places = dict.fromkeys(place_of(lines, location, mark.start) for mark in marks)
    said = f"(re-flowed; {'; '.join(places)} of the {name_of(location)})"
    return [Row(None, row.replace("\u00a0", " ")) for row in wrap(said, columns)]


def _rows(
    lines: Lines, shown: list[Line], marks: list[Mark], look: Look, columns: int
) -> list[Row]:
    """The rows of some lines in their order; a gap in the numbers is marked."""
    rows: list[Row] = []
    waiting = list(marks)
    for at, line in enumerate(shown):
        following = shown[at + 1].start if at + 1 < len(shown) else len(lines.value) + 1
        own = [mark for mark in waiting if mark.start < following]
        waiting = waiting[len(own) :]
        rows += _line(lines, line, own, look, columns)
        nearest = lines.number(line.start) + 1
        if line.whole and at + 1 < len(shown) and lines.number(following) > nearest:
            rows.append(Row(None, "", sign="..." if look.ascii else "⋮"))
    return rows


def _line(lines: Lines, line: Line, marks: list[Mark], look: Look, columns: int) -> list[Row]:
    """A line and what stands under it; of a long one, a part for each mark."""
    value = lines.value[line.start : line.end]
    indent = " " * min(line.indent, columns // _DEEPEST)
    room = columns - len(indent) - width_of(line.tail)
    inserted = [mark for mark in marks if mark.inserted and not _closes_here(lines, line, mark)]
    fixed = [mark for mark in marks if mark not in inserted]
    room -= any(mark.start >= line.end for mark in fixed)  # a caret behind the last character
    rows: list[Row] = []
    is_place = bool(inserted) and line.start == line.end and not (fixed or line.tail)
    for group in [] if is_place else _parts(value, line, fixed, room):
        start, end = (group[0].start, group[0].end) if group else (line.start, line.start)
        start, end = (min(max(0, at - line.start), len(value)) for at in (start, end))
        part = show(value, start, end, room, look)
        rows.append(Row(line.number, indent + part.text + line.tail))
        carets = []
        for mark in group:
            first, last = (min(max(0, at - line.start), len(value)) for at in mark[:2])
            place = part.columns_of(first, last) or (0, 0)
            label = _reach(lines, line, mark, look.more)
            carets.append(Caret(len(indent) + place[0], max(1, place[1] - place[0]), label))
        rows += draw_carets(carets, columns, look.bar)
    for mark in inserted:
        rows += _insert(value, line, mark, columns, len(indent))
    return rows


def _parts(value: str, line: Line, marks: list[Mark], room: int) -> list[list[Mark]]:
    """Marks that one part of a line shows together: all of them, if it fits; else one each."""
    if len(marks) < 2 or (len(value) <= 8 * room and width_of(value) <= room):
        return [marks]
    return [[mark] for mark in marks]


def _reach(lines: Lines, line: Line, mark: Mark, more: str) -> str:
    """The label; before it how far a value over several lines goes."""
    if not line.whole or mark.end <= line.end:
        return mark.label
    first, last = lines.number(mark.start), lines.number(mark.end - 1)
    return f"{more} to line {last}: {mark.label}" if last > first else mark.label


def _closes_here(lines: Lines, line: Line, mark: Mark) -> bool:
    """Whether what lacks a member ends on the same line: then its bracket is marked."""
    return line.whole and bool(lines.value[mark.start : line.end].strip())


def _insert(value: str, line: Line, mark: Mark, columns: int, indent: int) -> list[Row]:
    """A row for what is missing, where it would stand."""
    if line.whole:
        indent = width_of(fit(value[: len(value) - len(value.lstrip())], columns // _DEEPEST))
    indent += 2 * mark.deeper
    rows = wrap(f"^ {mark.label}", columns - indent)
    lead = " " * indent
    return [Row(None, lead + row, True, "+" if at == 0 else "") for at, row in enumerate(rows)]
