"""The columns that characters take on a terminal, and the part of a long line that is shown."""

from __future__ import annotations

from itertools import accumulate
from unicodedata import category, east_asian_width

from errdecode.model.record import NamedTuple
from errdecode.render.frame.shape import Look
from errdecode.sanitise import sanitise

TAB = 4


class Shown(NamedTuple):
    """What is shown of a line."""

    text: str
    first: int
    """The first of the line's characters that is shown, 0-based."""
    edges: tuple[int, ...]
    """The column before each shown character, and after the last one."""

    def columns_of(self, start: int, end: int) -> tuple[int, int] | None:
        """The columns (half-open) that a range takes as far as it is shown; None outside of it."""
        last = self.first + len(self.edges) - 1
        if not self.first <= start <= last:
            return None
        end = max(start, min(end, last))
        return self.edges[start - self.first], self.edges[end - self.first]


def show(line: str, start: int, end: int, columns: int, look: Look) -> Shown:
    """The part of a line around a half-open range of it, no wider than `columns`, marks and all."""
    more = look.more
    if len(line) <= 8 * columns:
        cells = _cells(line, look)
        if sum(width for _, width in cells) <= columns:
            return _shown(cells, 0, "", "")
    room = max(2, columns - 2 * len(more))
    reach = 4 * room  # characters looked at on each side; marks without a width are cut off, too
    begin = max(0, start - reach)
    near = [width for _, width in _cells(line[begin : start + reach], look)]
    first, last = _choose(near, start - begin, end - begin, room)
    first, last = begin + first, begin + last
    cells = _cells(line[first:last], look)
    while sum(width for _, width in cells) > room and last - first > 1:
        first, last = (first + 1, last) if first < start else (first, last - 1)
        # a joiner at the edge joins nothing, and is shown there
        cells = _cells(line[first:last], look)
    return _shown(cells, first, more * (first > 0), more * (last < len(line)))


def fit(line: str, columns: int) -> str:
    """A line shown whole, or its beginning."""
    return show(line[: 9 * columns], 0, 0, columns, Look()).text


def width_of(text: str) -> int:
    """How many columns a text takes."""
    return len(text) if text.isascii() else sum(width for _, width in _cells(text))


def wrap(text: str, columns: int) -> list[str]:
    """Break words of ours or the server's into rows.

    ASCII words stay whole, as codes and addresses do; others are cut where the row is full.
    """
    rows: list[str] = []
    for word in filter(None, text.split(" ")):
        joined = f"{rows[-1]} {word}" if rows else word
        if rows and width_of(joined) <= columns:
            rows[-1] = joined
        elif word.isascii():
            rows.append(word)
        else:
            rows += _cut(word, columns)
    return rows


def _cut(word: str, columns: int) -> list[str]:
    rows, room = [""], columns
    for shown, width in _cells(word):
        if width > room:
            rows.append("")
            room = columns
        rows[-1] += shown
        room -= width
    return rows


def _shown(cells: list[tuple[str, int]], first: int, head: str, tail: str) -> Shown:
    edges = accumulate((width for _, width in cells), initial=len(head))
    return Shown(head + "".join(text for text, _ in cells) + tail, first, tuple(edges))


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


def _cells(line: str, look: Look | None = None) -> list[tuple[str, int]]:
    """Each character as it is shown, and how many columns it takes."""
    cells = _unicode_cells(line)
    if look is None or look.charset is None or line.isascii():
        return cells
    written = ((text, look.write(text), width) for text, width in cells)
    return [(new, width if new == old else len(new)) for old, new, width in written]


def _unicode_cells(line: str) -> list[tuple[str, int]]:
    """Each character as a terminal shows it that has all of them (Unicode TS #51 for emoji)."""
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
