"""The frame around a fault: the source's own lines, and carets under the value in question."""

from __future__ import annotations

import textwrap
from typing import NamedTuple
from unicodedata import category, east_asian_width

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


def build_frame(location: Location, label: str, width: int | None = None) -> Frame | None:
    """Draw the frame of one location; None when its document has no text."""
    text = location.text
    if text is None or not text.value.strip():
        return None
    value = text.value
    place = position(text, location.start)
    begin = location.start - (place.column - 1)
    end = _line_end(value, begin)
    columns = max(20, (width or WIDEST) - 16)
    start, stop = min(location.start, end), min(max(location.start, location.end), end)
    shown = _window(value[begin:end], start - begin, stop - begin, columns)
    carets = "^" * max(1, shown.length if location.found else 1)
    rows = _before(value, begin, place.line)
    rows.append(Row(place.line, shown.text))
    rows += _marks(shown.caret, carets, sanitise(label), columns)
    rows += _after(value, end, place.line)
    fitted = (
        row if row.mark or row.number == place.line else row._replace(text=_fit(row.text, columns))
        for row in rows
    )
    return Frame(_head(location, place.line), tuple(fitted))


def _marks(caret: int, carets: str, label: str, columns: int) -> list[Row]:
    """The carets with the label beside them; below them where there is no room."""
    if caret + len(carets) + 1 + len(label) <= columns:
        return [Row(None, f"{' ' * caret}{carets} {label}", True)]
    lines = textwrap.wrap(label, columns, break_long_words=False, break_on_hyphens=False)
    indent = " " * max(0, min(caret, columns - max(map(len, lines), default=0)))
    marks = Row(None, " " * caret + carets, True)
    return [marks, *(Row(None, indent + line, True) for line in lines)]


def _head(location: Location, line: int) -> str:
    """Which document and line; and where that stands in the input, when it was cut out of it."""
    document = location.document.replace(".", " ")
    head = f"{document}, line\u00a0{line}"  # the number is never parted from its word
    if location.described not in ("", document):
        head += f" · {location.described}"
    if location.text and location.text.parent:
        start = input_span(location.text, location.start, location.end).start
        head += f", line\u00a0{start.line} of the input"
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
    return _window(text, 0, 0, columns).text


class _Window(NamedTuple):
    """What is shown of a line."""

    text: str
    caret: int
    """Columns before the range in question."""
    length: int
    """Columns that the range takes, as far as it is shown."""


def _window(line: str, start: int, end: int, columns: int) -> _Window:
    """The part of a line around a half-open range of it, not wider than `columns` and two marks."""
    reach = 4 * columns  # characters looked at on each side; marks without a width are cut off, too
    begin = max(0, start - reach)
    near = [width for _, width in _cells(line[begin : start + reach])]
    first, last = _choose(near, start - begin, end - begin, columns)
    first, last = begin + first, begin + last
    cells = _cells(line[first:last])  # a joiner at the edge joins nothing there
    head, tail = "…" * (first > 0), "…" * (last < len(line))
    caret = len(head) + sum(width for _, width in cells[: start - first])
    length = sum(width for _, width in cells[start - first : max(0, end - first)])
    return _Window(head + "".join(text for text, _ in cells) + tail, caret, length)


def _choose(widths: list[int], start: int, end: int, columns: int) -> tuple[int, int]:
    """Grow a range from `start` until it is `columns` wide: the middle first, then either side."""
    marked = min(sum(widths[start:end]), columns // 2)
    first, room = _grow_left(widths, start, (columns - marked) // 2)
    room += columns - (columns - marked) // 2
    last = start
    while last < len(widths) and widths[last] <= room:
        room -= widths[last]
        last += 1
    if last == len(widths):
        first, _ = _grow_left(widths, first, room)
    return first, last


def _grow_left(widths: list[int], first: int, room: int) -> tuple[int, int]:
    """Step back while there is room: the new beginning, and the room that is left."""
    while first > 0 and widths[first - 1] <= room:
        first -= 1
        room -= widths[first]
    return first, room


_JOINER, _TEXT_STYLE, _EMOJI_STYLE = "\u200d", "\ufe0e", "\ufe0f"


def _cells(line: str) -> list[tuple[str, int]]:
    """Each character as it is shown, and how many columns it takes (Unicode TS #51 for emoji)."""
    cells: list[tuple[str, int]] = []
    for at, character in enumerate(line):
        before = line[at - 1] if at else ""
        if " " <= character <= "~":
            cells.append((character, 1))
        elif character == "\t":
            cells.append((" " * TAB, TAB))
        elif character in (_JOINER, _TEXT_STYLE, _EMOJI_STYLE):
            kept = character in sanitise(line[max(0, at - 2) : at + 2])[-3:]
            widened = character == _EMOJI_STYLE and cells[-1:] and cells[-1][1] == 1
            shown = character if kept else sanitise(character)
            cells.append((shown, int(bool(widened)) if kept else len(shown)))
        elif before == _JOINER and cells[-1][0] == _JOINER:
            cells.append((character, 0))
        else:
            cells.append(_cell(character, before))
    return cells


def _cell(character: str, before: str) -> tuple[str, int]:
    shown = sanitise(character)
    if len(shown) > 1:
        return shown, len(shown)
    if category(character) in ("Mn", "Me") or "\u1160" <= character <= "\u11ff":
        return character, 0  # marks over other characters, and the later letters of a syllable
    if "\U0001f3fb" <= character <= "\U0001f3ff" and before and east_asian_width(before) == "W":
        return character, 0  # the colour of the emoji before it
    return character, 2 if east_asian_width(character) in "WF" else 1
