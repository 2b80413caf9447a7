"""Where lines and columns of a text are, and how many characters so many units of an encoding."""

from __future__ import annotations

from itertools import islice

from errdecode.regex import expression

_LINE_END = expression(r"\r\n|\r|\n")


def offset_of(text: str, line: int, column: int) -> int | None:
    """The character at a line and column, all 0-based; None when the text has no such line.

    A column beyond the line's end is its end: parsers often name the place behind the last
    character.
    """
    start = line_start(text, line)
    return None if start is None else min(start + max(0, column), line_stop(text, start))


def line_start(text: str, line: int) -> int | None:
    """The first character of a line, both 0-based; None when there is no such line."""
    if line <= 0:
        return 0
    line = min(line, len(text) + 1)
    end = next(islice(_LINE_END.finditer(text), line - 1, line), None)
    return end.end() if end else None


def line_stop(text: str, start: int) -> int:
    """The end of the line that begins at `start`, its line break not included."""
    stop = _LINE_END.search(text, start)
    return stop.start() if stop else len(text)


def count_characters(text: str, start: int, count: int, unit: str) -> int:
    """How many characters of a text take so many code units of an encoding, from `start` on."""
    piece = text[start : start + count]
    if not unit or piece.isascii():
        return count
    data, size = piece.encode(unit, "replace"), count * (2 if unit.startswith("utf-16") else 1)
    return len(data[:size].decode(unit, "ignore")) if size <= len(data) else count
