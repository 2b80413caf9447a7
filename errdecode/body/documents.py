"""Reads content that is several JSON documents, one behind the other: NDJSON, JSON Lines."""

from __future__ import annotations

from errdecode.jsontext import read_json
from errdecode.jsontext.documents import split_documents
from errdecode.jsontext.strict import read_strict
from errdecode.model import JSON, Body, Note, Tree
from errdecode.regex import expression
from errdecode.source import cut

_LINE = expression(r"[^\r\n]+")
_MOST_NOTES = 3
"""Notes on damaged documents."""
_MOST_DAMAGED = 100
"""Damaged documents that are read for all that; the next ones stay as their text."""
_OF_ONE = frozenset(("trailing-text", "lenient-json", "leading-text", "duplicate-key", "truncated"))
"""Notes on a reading for which there was one document."""


def read_documents(body: Body) -> Body | None:
    """Read a body anew whose content is several documents; None when it is a single one.

    Its kind is `documents` and its value the array of them; its tree knows where each one stands,
    and nothing of what is in them: for that there is `document_of`. A line of its own may hold a
    damaged document.
    """
    text = body.text
    places = split_documents(text.value, 0, len(text.value)) or _split_lines(text.value)
    if not places:
        return None
    values: list[JSON] = []
    damage: list[Note] = []
    for number, (start, end) in enumerate(places, 1):
        piece = text.value[start:end]
        reading = read_strict(piece) or (read_json(piece) if len(damage) < _MOST_DAMAGED else None)
        values.append(piece if reading is None else reading.value)
        told = reading.notes if reading else ()
        damage += [note._replace(message=f"document {number}: {note.message}") for note in told]
    said = f"{len(places)} JSON documents stand one behind the other, like the items of an array"
    others = [note for note in body.notes if note.kind not in _OF_ONE]
    notes = (Note("documents", said), *others, *damage[:_MOST_NOTES])
    tree = Tree(0, len(text.value), None, [Tree(start, end) for start, end in places])
    return Body("documents", body.media_type, text, values, notes, tree)


def document_of(body: Body, index: int) -> tuple[Body, int]:
    """One of the documents as a body of its own, and where its text begins in that of all."""
    children = body.tree.children if body.tree else None
    values = body.value
    assert isinstance(children, list) and isinstance(values, list)  # noqa: S101, PT018  # its kind
    start, end = children[index].start, children[index].end
    text = cut(body.text, start, end)
    reading = read_json(text.value)
    if reading is None:
        return Body("text", body.media_type, text, text.value), start
    return Body("json", body.media_type, text, values[index], reading.notes, reading.tree), start


def _split_lines(value: str) -> list[tuple[int, int]]:
    """The lines, if each begins as an object or an array does and most are one, undamaged."""
    lines: list[tuple[int, int]] = []
    whole = 0
    for match in _LINE.finditer(value):
        line = match[0].strip()
        if line and line[0] not in "{[":
            return []
        if line:
            lines.append(match.span())
            whole += read_strict(line) is not None
    return lines if 2 * whole >= len(lines) > 1 else []
