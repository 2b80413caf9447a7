"""The frame around a fault: the source's own lines, and carets under the value in question."""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import combining, east_asian_width

from errdecode.model import Location
from errdecode.sanitise import sanitise
from errdecode.source import input_span, position

CONTEXT = 1
"""Lines shown before and after the one in question."""
WIDEST = 100
"""Columns of source shown when the reader's width is not known."""
TAB = 4


class Row(NamedTuple):
    """One line of a frame."""

    number: int | None
    """The line's number in its document, 1-based; None under a line."""
    text: str
    mark: bool = False
    """This row holds the carets and the label."""


class Frame(NamedTuple):
    """A piece of a document with one place marked in it."""

    head: str
    """Which document, which line."""
    rows: tuple[Row, ...]


def build_frame(
    location: Location, label: str, width: int | None = None, name: str = "-"
) -> Frame | None:
    """Draw the frame of one location in the input `name`; None when its document has no text."""
    text = location.text
    if text is None or not text.value.strip():
        return None
    value = text.value
    place = position(text, location.start)
    begin = location.start - (place.column - 1)
    end = _line_end(value, begin)
    rows = [
        *_before(value, begin, place.line),
    ]
    columns = max(20, (width or WIDEST) - 8)
    shown, caret, length = _window(
        value[begin:end], location.start - begin, location.end - begin, columns
    )
    if not location.found:
        length = 1
    rows.append(Row(place.line, shown))
    rows.append(Row(None, " " * caret + "^" * max(1, length) + f" {sanitise(label)}", True))
    rows += _after(value, end, place.line)
    rows = [row if row.mark else row._replace(text=_fit(row.text, columns)) for row in rows]
    return Frame(_head(location, place.line, name), tuple(rows))


def _head(location: Location, line: int, name: str) -> str:
    """Which document and line; and where that stands in the input, when it was cut out of it."""
    document = location.document.replace(".", " ")
    head = f"{document}, line {line}"
    if location.described not in ("", document):
        head += f" · {location.described}"
    if location.text and location.text.parent:
        start = input_span(location.text, location.start, location.end).start
        head += f" in {'the input' if name == '-' else name}, line {start.line}"
    return head


def _line_end(value: str, begin: int) -> int:
    ends = [at for at in (value.find("\n", begin), value.find("\r", begin)) if at >= 0]
    return min(ends, default=len(value))


def _before(value: str, begin: int, line: int) -> list[Row]:
    """Up to `CONTEXT` lines before the one that begins at `begin`."""
    rows: list[Row] = []
    for back in range(1, CONTEXT + 1):
        if begin == 0:
            break
        stop = begin - 2 if value[max(0, begin - 2) : begin] == "\r\n" else begin - 1
        begin = max(value.rfind("\n", 0, stop), value.rfind("\r", 0, stop)) + 1
        rows.insert(0, Row(line - back, value[begin : min(stop, begin + 4 * WIDEST)]))
    return rows


def _after(value: str, end: int, line: int) -> list[Row]:
    rows: list[Row] = []
    for ahead in range(1, CONTEXT + 1):
        begin = end + (2 if value[end : end + 2] == "\r\n" else 1)
        if begin > len(value):
            break
        end = _line_end(value, begin)
        rows.append(Row(line + ahead, value[begin : min(end, begin + 4 * WIDEST)]))
    return rows if any(row.text.strip() for row in rows) else []


def _fit(text: str, columns: int) -> str:
    """A line shown whole, or its beginning."""
    shown, _, _ = _window(text, 0, 0, columns)
    return shown


def _window(line: str, start: int, end: int, columns: int) -> tuple[str, int, int]:
    """The part of a line around a range: the text shown, and the range's column and width in it."""
    first, last = 0, len(line)
    if len(line) > columns:
        length = min(end - start, columns // 2)
        first = max(0, min(start - (columns - length) // 2, len(line) - columns))
        last = min(len(line), first + columns)
    cells = [_cell(character) for character in line[first:last]]
    head, tail = "…" * (first > 0), "…" * (last < len(line))
    caret = len(head) + sum(width for _, width in cells[: start - first])
    length = sum(width for _, width in cells[max(0, start - first) : max(0, end - first)])
    return head + "".join(text for text, _ in cells) + tail, caret, length


def _cell(character: str) -> tuple[str, int]:
    """A character as it is shown, and how many columns it takes."""
    if character == "\t":
        return " " * TAB, TAB
    shown = sanitise(character)
    if len(shown) > 1:
        return shown, len(shown)
    if combining(character):
        return character, 0
    return character, 2 if east_asian_width(character) in "WF" else 1
