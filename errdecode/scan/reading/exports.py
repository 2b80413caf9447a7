"""Exports of logs as JSON: what stands in a row of a document is the row's, and what stands in the
text of a record the record's."""

from __future__ import annotations

from errdecode.model import JSON
from errdecode.regex import expression
from errdecode.scan.cut.carriers import Buffer, line_at
from errdecode.scan.cut.cutouts import Cutout
from errdecode.scan.cut.json_values import Missing, load
from errdecode.scan.reading.layouts import Record, is_record, plain_name
from errdecode.scan.reading.spans import Path, path_to

_BLAMES = expression("err|fault|exception|problem|violation|fail|cause|detail|reason")
"""Names of members that tell of one error, in however many parts."""
_TIME = expression(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.,]*(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?|\d{10,19}")
"""A text that is a time and nothing else."""
_NAMES = ("field", "key", "name")
_FIRST = 4
"""Cells of a row among which its time is looked for."""
_MOST = 200
"""Cells of a row."""


def carriers_of(data: Buffer, cutout: Cutout) -> tuple[Record, ...]:
    """The record of a line in whose text a cutout begins, if it is one."""
    line = cutout.line
    if cutout.start <= line or data[line : line + 2] != b'{"':
        return ()
    value = load(line_at(data, line).raw)
    return (value,) if isinstance(value, dict) else ()


def stands_apart(value: JSON | Missing, path: Path, text: str, at: int) -> bool:
    """Whether what begins at a character of a value's text is one of the many that a document
    lists, or what a record holds, and not what the value says as a whole.

    `path` leads to the value in its document.
    """
    if isinstance(value, Missing):
        return False
    way = path_to(text, at)
    if any(isinstance(one, str) and _BLAMES.search(plain_name(one)) for one in (*path, *way)):
        return False
    listed = any(isinstance(one, int) for one in (*path, *way))
    inner: JSON = value
    for token in way:
        inner = _step(inner, token)
        listed = listed or (isinstance(inner, dict) and is_record(inner))
    return listed and isinstance(inner, str) and ("{" in inner or "<" in inner)


def _step(value: JSON, token: str | int) -> JSON:
    if isinstance(value, dict) and isinstance(token, str):
        return value.get(token)
    if isinstance(value, list) and isinstance(token, int) and token < len(value):
        return value[token]
    return None


def holds_records(items: list[JSON]) -> bool:
    """Whether a list is one of records, some of them perhaps something else."""
    return any(isinstance(item, dict) and is_record(item) for item in items)


def read_row(cells: list[JSON]) -> Record:
    """What a list says of the documents in it: the members that its cells are named for, as in
    `[{"field": "@timestamp", "value": "…"}]`, or a time that stands before them."""
    if len(cells) > _MOST:
        return {}
    if cells and isinstance(cells[0], dict):
        return _named(cells)
    for cell in cells[:_FIRST]:
        if isinstance(cell, str) and len(cell) < 40 and _TIME.fullmatch(cell):
            return {"time": cell}
    return {}


def _named(cells: list[JSON]) -> Record:
    """The names and values of cells; nothing where one of them lacks either."""
    found: Record = {}
    for cell in cells:
        if not isinstance(cell, dict) or len(cell) != 2 or "value" not in cell:
            return {}
        name = next((cell[key] for key in _NAMES if key in cell), None)
        if not isinstance(name, str):
            return {}
        found[name] = cell["value"]
    return found
