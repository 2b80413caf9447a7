"""Carets under a line and the labels beside or below them, stacked as rustc stacks its own."""

from __future__ import annotations

from errdecode.model.record import NamedTuple
from errdecode.render.frame.cells import width_of, wrap
from errdecode.render.frame.shape import Row


class Caret(NamedTuple):
    """A range of columns that is marked."""

    column: int
    """0-based."""
    length: int
    label: str


def draw_carets(carets: list[Caret], columns: int, bar: str) -> list[Row]:
    """The rows under a line: those that overlap stand under one another, each with its label."""
    layers: list[list[Caret]] = []
    for caret in _join(carets):
        layer = next((one for one in layers if _ends(one) < caret.column), None)
        if layer is None:
            layers.append([caret])
        else:
            layer.append(caret)
    return [row for layer in layers for row in _layer(layer, columns, bar)]


def _join(carets: list[Caret]) -> list[Caret]:
    """Make one of those that mark the same columns."""
    labels: dict[tuple[int, int], dict[str, None]] = {}
    for caret in sorted(carets, key=lambda one: (one.column, -one.length)):
        labels.setdefault(caret[:2], {})[caret.label] = None
    return [Caret(*place, "; ".join(filter(None, said))) for place, said in labels.items()]


def _ends(layer: list[Caret]) -> int:
    return layer[-1].column + layer[-1].length


def _layer(layer: list[Caret], columns: int, bar: str) -> list[Row]:
    """The last label stands beside its carets, if there is room; the others below, last first."""
    text = ""
    for caret in layer:
        text = text.ljust(caret.column) + "^" * caret.length
    waiting, last = list(layer), layer[-1]
    if last.label and len(text) + 1 + width_of(last.label) <= columns:
        text += " " + last.label
    if len(text) > _ends(layer) or not last.label:
        waiting.pop()
    rows = [Row(None, text, True)]
    if waiting and len(layer) > 1:
        rows.append(Row(None, _bars(waiting, columns, bar), True))
    while waiting:
        rows += _below(waiting.pop(), waiting, columns, bar)
    return rows


def _below(caret: Caret, waiting: list[Caret], columns: int, bar: str) -> list[Row]:
    """A label under its caret, shifted to the left where there is no room."""
    lines = wrap(caret.label, columns)
    if waiting and width_of(caret.label) > columns - caret.column:
        lines = wrap(caret.label, max(columns // 2, columns - caret.column))
    indent = max(0, min(caret.column, columns - max(map(width_of, lines), default=0)))
    lead = _bars(waiting, indent, bar).ljust(indent)
    return [Row(None, lead + line, True) for line in lines]


def _bars(waiting: list[Caret], end: int, bar: str) -> str:
    """Bars under the carets whose labels are still to come, as far as column `end`."""
    text = ""
    for caret in waiting:
        if caret.column < end:
            text = text.ljust(caret.column) + bar
    return text
