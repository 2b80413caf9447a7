"""A frame as a table: the source's own lines with their numbers, and the faults marked in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.render.frame import Frame, Row
from errdecode.render.frame.cells import width_of
from errdecode.render.html.markup import Markup, element, joined, prose

WIDEST, FARTHEST = 70, 36
"""A label ends before the first of these columns, or starts before the second: else there is too
little room for it under its mark."""
SHORT = 24
"""Characters of a marked text that are said again beside its label."""
_CARETS = expression(r" *\^+")
_LEAD = expression(r"[ │]*")


class _Label(NamedTuple):
    """Words about a marked place."""

    place: tuple[int, int]
    """The columns of the mark, half-open."""
    words: str


def frame_table(frame: Frame) -> Markup:
    """The frame; its head is the table's caption, its labels stand below the marked lines."""
    caption = element("caption", frame.head)
    body = element("tbody", *_lines(frame.rows))
    return element("table", caption, body, class_="frame")


def _lines(rows: tuple[Row, ...]) -> Iterator[Markup]:
    """A table row for each line of the frame, together with the rows of marks below it."""
    at = 0
    while at < len(rows):
        row, below = rows[at], at + 1
        while below < len(rows) and rows[below].mark and not rows[below].sign:
            below += 1
        marks = [mark.text for mark in rows[at + 1 : below]]
        yield _missing([row.text, *marks]) if row.mark else _line(row, marks)
        at = below


def _line(row: Row, below: list[str]) -> Markup:
    places, labels = _read_marks(below)
    head = (
        element("td", row.sign, class_="sign")
        if row.number is None
        else element("th", str(row.number), scope="row")
    )
    said = []
    for label in labels:
        first, last = _range(row.text, label.place)
        said.append(_label(label, row.text[first:last] if labels[1:] else ""))
    return element("tr", head, element("td", _code(row.text, places), *said))


def _missing(rows: list[str]) -> Markup:
    """A row for what the source lacks, where it would stand."""
    _, labels = _read_marks(rows)
    cells = (element("td", "+", class_="sign"), element("td", *map(_label, labels)))
    return element("tr", *cells, class_="missing")


def _code(text: str, places: list[tuple[int, int]]) -> Markup:
    """A source line with its places marked; of those that overlap, the first and longest."""
    done, parts = 0, list[str]()
    for place in sorted(places, key=lambda one: (one[0], -one[1])):
        first, last = _range(text, place)
        if first >= done:
            parts += [text[done:first], element("mark", text[first:last])]
            done = last
    return element("code", joined(*parts, text[done:]))


def _range(text: str, place: tuple[int, int]) -> tuple[int, int]:
    """The characters between two columns; marks over others belong to these."""
    ends = range(len(text) + 1)
    first, last = (
        bisect_right(ends, column, key=lambda end: width_of(text[:end])) - 1 for column in place
    )
    return first, last


def _label(label: _Label, marked: str = "") -> Markup:
    """The words, under the mark where there is room for them; `marked` tells several apart."""
    column, _ = label.place
    fits = column <= FARTHEST or column + len(label.words) + len(marked) < WIDEST
    about = f"{marked[:SHORT]}…" if len(marked) > SHORT else marked
    words = joined(element("code", about), " ") if about else ""
    return element(
        "p",
        element("span", words, prose(label.words)),
        class_="label",
        style=f"--column: {column}" if fits else None,
    )


def _read_marks(below: list[str]) -> tuple[list[tuple[int, int]], list[_Label]]:
    """The places that carets mark, and what is said of each, from left to right.

    A label stands beside the last carets of a row, or below its own; bars before it lead to those
    whose labels are still to come.
    """
    places: list[tuple[int, int]] = []
    labels: list[_Label] = []
    row: list[tuple[int, int]] = []
    for text in below:
        found, end = [], 0
        while carets := _CARETS.match(text, end):
            end = carets.end()
            found.append((carets.start() + carets[0].index("^"), end))
        if found:
            row, words, place = found, text[end:].strip(), found[-1]
            places += found
        else:
            lead = _LEAD.match(text)
            end = lead.end() if lead else 0
            words, bars = text[end:].strip(), len(text[:end].replace(" ", ""))
            place = row[min(bars, len(row) - 1)] if row else (0, 0)
        if words:
            labels.append(_Label(place, words))
    return places, sorted(_merge(labels), key=lambda one: one.place)


def _merge(labels: list[_Label]) -> list[_Label]:
    """Join the lines of a label that was wrapped."""
    merged: list[_Label] = []
    for label in labels:
        if merged and merged[-1].place == label.place:
            label = _Label(label.place, f"{merged.pop().words} {label.words}")
        merged.append(label)
    return merged
