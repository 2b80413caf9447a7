"""The lines of a document: which one a character stands on, and which ones a frame shows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from errdecode.regex import expression
from errdecode.render.frame.shape import Line

CONTEXT = 1
"""Lines shown before and after one in question."""
_ENDING = expression("\r\n?|\n")


class Lines:
    """A document's lines, found once: LF, CRLF or a lone CR ends one."""

    def __init__(self, value: str) -> None:
        self.value = value
        self._starts = [0, *(ending.end() for ending in _ENDING.finditer(value))]
        self.is_single = not value[self.line(1).end :].strip()
        """Whether nothing follows the first line."""

    def number(self, at: int) -> int:
        """The 1-based line of a character."""
        return bisect_right(self._starts, at)

    def column(self, at: int) -> int:
        """The 1-based column of a character, in code points."""
        return at - self._starts[self.number(at) - 1] + 1

    def line(self, number: int) -> Line:
        """A line without its end."""
        start = self._starts[number - 1]
        if number == len(self._starts):
            return Line(number, start, len(self.value))
        end = self._starts[number] - 1
        if end > start and self.value[end - 1 : end + 1] == "\r\n":
            end -= 1
        return Line(number, start, end)

    def around(self, numbers: Iterable[int]) -> list[Line]:
        """The lines in question with those beside them, in order; a single one between, too."""
        marked = set(numbers)
        wanted: set[int] = set()
        for number in marked:
            wanted.update(range(number - CONTEXT, number + CONTEXT + 1))
        wanted |= {number + 1 for number in wanted if number + 2 in wanted}
        shown = [self.line(n) for n in sorted(wanted) if 1 <= n <= len(self._starts)]
        if shown and shown[-1].number not in marked and not self._text(shown[-1]).strip():
            shown.pop()
        return shown

    def _text(self, line: Line) -> str:
        return self.value[line.start : line.end]
