"""What a frame is made of: rows, the marks they show, and how the reader wants them."""

from __future__ import annotations

from errdecode.model.record import NamedTuple
from errdecode.render.charset import write_in

WIDEST = 100
"""Columns of the whole answer when the reader's width is not known."""
_LEAST = 20
"""Columns of source that are shown however narrow the reader's window is."""
_BESIDE = 16
"""Columns that the margin, the line numbers (three digits) and the bar take."""


class Row(NamedTuple):
    """One line of a frame."""

    number: int | None
    """The line's number in its document, 1-based; None under a line."""
    text: str
    mark: bool = False
    """This row holds carets or a label."""
    sign: str = ""
    """What stands in place of the number: `+` for what is missing, `⋮` for what is left out."""

    @property
    def edge(self) -> str:
        """What stands before the bar."""
        return self.sign if self.number is None else str(self.number)

    @property
    def is_gap(self) -> bool:
        """Whether lines are left out here: the row has no bar."""
        return self.number is None and not self.text and self.sign != ""


class Frame(NamedTuple):
    """A piece of a document with one or more places marked in it."""

    head: str
    """Which document, which line."""
    rows: tuple[Row, ...]

    @property
    def gutter(self) -> int:
        """Columns that the numbers take."""
        return max((len(row.edge) for row in self.rows), default=0)


class Mark(NamedTuple):
    """A place to show, with the few words beside it."""

    start: int
    """First character, 0-based."""
    end: int
    """Half-open; no caret stands beyond the line's end."""
    label: str
    inserted: bool = False
    """Nothing stands there yet: `start` is the end of the last thing before it."""
    deeper: bool = False
    """That last thing is the opening of what lacks it."""


class Line(NamedTuple):
    """A line to be drawn: one of the document, or a piece of one that re-flowing made."""

    number: int | None
    """1-based; None for a piece of the same line as the one before."""
    start: int
    """First character in the document, 0-based."""
    end: int
    indent: int = 0
    """Columns of ours before it."""
    tail: str = ""
    """Marks of ours behind it, for what is left out."""
    whole: bool = True
    """False for a piece."""


class Look(NamedTuple):
    """How the reader wants frames."""

    width: int | None = None
    """Columns of the whole answer."""
    ascii: bool = False
    charset: str | None = None
    """What it is written in, where that lacks characters: they are shown as escapes."""

    def write(self, text: str) -> str:
        """What a text is shown as, where the answer's charset lacks some of its characters."""
        return write_in(text, self.charset, plain=self.ascii)

    @property
    def more(self) -> str:
        """The mark for what is left out of a line."""
        return "..." if self.ascii else "…"

    @property
    def bar(self) -> str:
        """What leads from a caret to a label below."""
        return "|" if self.ascii else "│"

    def columns(self, last: int = 1) -> int:
        """Columns for the source, when `last` is the highest line number beside it."""
        return max(_LEAST, (self.width or WIDEST) - _BESIDE - max(0, len(str(last)) - 3))
