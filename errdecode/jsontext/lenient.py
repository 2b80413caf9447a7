"""Damaged JSON as a whole: where it begins, whether it is JSON at all, what is to be told."""

from __future__ import annotations

import gc

from errdecode.jsontext.guards import Start, find_core, find_starts, skip_trailer
from errdecode.jsontext.reader import Reader
from errdecode.jsontext.reading import Reading
from errdecode.jsontext.repairs import Origin
from errdecode.jsontext.strict import read_strict
from errdecode.model import JSON, Note, Text, Tree
from errdecode.regex import expression
from errdecode.source import Builder, position, to_parent

_ESCAPED = expression(r'[\[{](?:\\[nrt]|[\s\[{])*\\+"')
_ESCAPE = expression(r'\\(["\\/bfnrt])')
_MEANING = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_DEPTH = 3  # how often a text may have been escaped


def read_lenient(text: str) -> Reading | None:
    """Read damaged JSON; None when less than half of the text makes sense as JSON.

    The places in the tree are characters of `text`. In time linear in its length.
    """
    for start in find_starts(text):
        reading = _read_at(text, start)
        if reading is not None:
            return reading
    return _read_scalar(text)


def _read_at(text: str, start: Start) -> Reading | None:
    """Read the JSON that begins at a place, and judge whether it is any."""
    reader, escaped = _run(text, start.at)
    rest = skip_trailer(reader.text, reader.end, start)
    if reader.root is None or not _makes_sense(reader, start, rest):
        return None
    notes = reader.repairs.notes(text, reader.origin)
    if escaped:
        notes.insert(
            0, Note("lenient-json", "the JSON was backslash-escaped and was unescaped first")
        )
    if start.name:
        length = _characters(start.at - start.begin)
        notes.insert(
            0,
            Note("leading-text", f"left out {length} before the JSON: {start.name}"),
        )
    elif start.marked:
        notes.insert(
            0,
            Note(
                "lenient-json", "a byte order mark or unusual blanks before the JSON were skipped"
            ),
        )
    if rest < len(reader.text):
        notes.append(_note_trailing(reader.text, rest, escaped=escaped))
    return Reading(reader.root[0], tuple(notes), reader.root[1])


def _makes_sense(reader: Reader, start: Start, rest: int) -> bool:
    """Tell whether at least half of the text is JSON.

    An undamaged object may be followed by anything: a prompt, the rest of a log.
    """
    if reader.nonsense > reader.sense or (reader.nonsense and not start.known):
        return False
    value = reader.root[0] if reader.root else None
    if isinstance(value, list) and reader.text[reader.start] == "{" and not _is_set(value):
        return False
    before = 0 if start.known else start.at - start.begin
    after = len(reader.text) - rest
    if before + after <= reader.end - reader.start - reader.nonsense:
        return True
    return start.known and reader.named and not reader.repairs


def _is_set(items: list[JSON]) -> bool:
    """Tell a Python set of plain values from a template such as `{0}`."""
    return len(items) > 1 and all(isinstance(item, str | int | float) for item in items)


def _characters(count: int) -> str:
    return f"{count} character{'s' if count != 1 else ''}"


def _note_trailing(text: str, rest: int, *, escaped: bool) -> Note:
    what = f"left out {_characters(len(text) - rest)} after the JSON"
    if escaped:
        return Note("trailing-text", what)
    where = position(Text(text), rest)
    return Note("trailing-text", f"{what}, from line {where.line}, column {where.column}")


def _read_scalar(text: str) -> Reading | None:
    """Read a strict scalar with a byte order mark or unusual blanks around it."""
    begin, end = find_core(text)
    if begin == 0 and end == len(text):
        return None
    reading = read_strict(text[begin:end])
    if reading is None or isinstance(reading.value, list | dict):
        return None
    note = Note("lenient-json", "a byte order mark or unusual blanks around the JSON were skipped")
    return Reading(reading.value, (*reading.notes, note), Tree(begin, end))


def _run(text: str, at: int) -> tuple[Reader, bool]:
    """Run the reader, on the unescaped text when every quote of it is backslash-escaped."""
    escaped = bool(_ESCAPED.match(text, at))
    if escaped:
        inner = _unescape(Text(text), at)
        for _ in range(_DEPTH - 1):
            if _ESCAPED.match(inner.value):
                inner = _unescape(inner, 0)
        reader = Reader(inner.value, 0, _origin(inner))
    else:
        reader = Reader(text, at)
    collecting = gc.isenabled()
    gc.disable()  # halves the time: all that is made here stays
    try:
        reader.run()
    finally:
        if collecting:
            gc.enable()
    return reader, escaped


def _unescape(text: Text, start: int) -> Text:
    """Undo one level of JSON string escapes; \\uXXXX can stay for the reader."""
    builder = Builder(text)
    for match in _ESCAPE.finditer(text.value, start):
        builder.copy(start, match.start())
        builder.put(_MEANING.get(match[1], match[1]), match.start(), match.end())
        start = match.end()
    builder.copy(start, len(text.value))
    return builder.text()


def _origin(text: Text) -> Origin:
    def origin(start: int, end: int) -> tuple[int, int]:
        place: Text | None = text
        while place is not None and place.parent is not None:
            start, end = to_parent(place, start, end)
            place = place.parent
        return start, end

    return origin
