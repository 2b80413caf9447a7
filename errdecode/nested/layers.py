"""One encoding after the other undone: JSON strings, base64, gzip, up to a stated depth."""

from __future__ import annotations

from errdecode.model import Body, Note, Text
from errdecode.model.record import NamedTuple
from errdecode.pointer import Tokens, build
from errdecode.regex import expression
from errdecode.source import BAD_BYTE, Builder, read_text

MOST_STEPS = 8
"""Encodings that are undone, one inside the other."""
MOST_BYTES = 16 << 20
"""Bytes that all decompressed data of one text may take together."""

_BLANK = " \t\r\n\f\v\ufeff\u200b\u00a0\0"
_SHORTEST_TEXT = 16
"""Characters of base64 that may hold plain text; a shorter word is soon base64 by chance."""
_CONTROL = expression("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffd]")


class Nested(NamedTuple):
    """A text that was found inside another, and how it was freed."""

    text: Text
    """The inner text; its origin map leads to the outer one, which is its parent or theirs."""
    steps: tuple[str, ...]
    """What was undone, outermost first: JSON string, string literal, base64, base64url, gzip,
    zlib, JSON within text, XML text, form value."""
    body: Body
    """The inner text as `body.read_body` reads it."""
    notes: tuple[Note, ...] = ()
    """What was left out: truncated data, limits reached, words behind the JSON."""
    tokens: Tokens = ()
    """Where it stands in the body it was found in."""
    outer: Nested | None = None
    """The nested body that it was found in; None for the response's own body."""

    @property
    def is_content(self) -> bool:
        """Whether it is an array, an object or XML, not just words."""
        value = self.body.value
        return self.body.kind == "xml" or (
            self.body.kind == "json" and isinstance(value, dict | list)
        )


def unwrap(text: Text, depth: int = MOST_STEPS) -> Nested | None:
    """Undo what a text is an encoding of, up to `depth` steps; None when it is no encoding.

    JSON strings, base64 of text, of gzip and of zlib; compressed bytes that were read as latin-1.
    Stops at the first array, object or markup. Where only plain words come out, they are the
    result: `Nested.is_content` tells.
    """
    from errdecode.body import read_body

    steps: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    room = MOST_BYTES
    layer = _undo(text, depth, room)
    while layer:
        text, steps, notes = layer.text, steps + layer.steps, notes + layer.notes
        room -= layer.spent
        if any(note.kind == "limit" for note in layer.notes):
            return Nested(text, steps, Body("text", None, text, text.value), notes)
        layer = _undo(text, depth - len(steps), room)
        if layer and len(steps) + len(layer.steps) > depth:
            notes += (Note("limit", f"followed through {len(steps)} encodings and no further"),)
            layer = None
    return Nested(text, steps, read_body(text), notes) if steps else None


def describe(nested: Nested) -> Note:
    """Name each step from the response's body to the nested one."""
    parts: list[str] = []
    place: Nested | None = nested
    while place is not None:
        at = build(place.tokens) or ("the body" if place.outer is None else "all of it")
        parts.append(f"{at} ({', '.join(place.steps)})")
        place = place.outer
    return Note("nested", f"read out of {', in it '.join(reversed(parts))}")


class _Layer(NamedTuple):
    """One encoding undone, or several where what lies between them is no text."""

    text: Text
    steps: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    spent: int = 0
    """Decompressed bytes."""


def _undo(text: Text, depth: int, room: int) -> _Layer | None:
    """Undo the outermost encoding of a text; None when it is plain."""
    core = text.value.strip(_BLANK)
    first = core[:1]
    if not first or first in "{[<":
        return None
    if first == '"':
        return _undo_string(text, core) or _undo_literal(text)
    if first in "'bBuUrR" and core[-1] in "'\"":
        return _undo_literal(text)
    if first in "\x1fx" and len(core) > 2:
        layer = _undo_latin(text, depth, room)
        if layer:
            return layer
    return _undo_base64(text, depth, room)


def _undo_string(text: Text, core: str) -> _Layer | None:
    """Open a text that is one strict JSON string and nothing else."""
    import json

    from errdecode.nested.strings import open_string

    try:
        json.loads(core)
    except ValueError:
        return None
    start = text.value.index('"')
    inner = open_string(text, start, start + len(core))
    return _Layer(inner, ("JSON string",)) if inner else None


def _undo_literal(text: Text) -> _Layer | None:
    """Open a text that is one literal of a programming language or a shell, with a document."""
    from errdecode.nested.literals import open_literal

    inner = open_literal(text)
    return _Layer(inner, ("string literal",)) if inner else None


def _undo_latin(text: Text, depth: int, room: int) -> _Layer | None:
    """Decompress bytes that stand in a text as one character each."""
    try:
        data = text.value.encode("latin-1")
    except UnicodeEncodeError:
        return None
    return _undo_bytes(text, (0, len(text.value)), data, (), depth, room)


def _undo_base64(text: Text, depth: int, room: int) -> _Layer | None:
    from errdecode.nested.base64text import build_text, read_base64

    block = read_base64(text.value)
    if block is None or not block.data:
        return None
    steps = (block.step,)
    whole = block.places[0], block.places[-1] + 1
    layer = _undo_bytes(text, whole, block.data, steps, depth, room)
    if layer:
        return layer
    inner = _read_characters(block.data, len(block.places))
    if inner is None:
        return None
    return _Layer(build_text(text, block, inner.value, inner.encoding, inner.head), steps)


def _undo_bytes(
    text: Text,
    whole: tuple[int, int],
    data: bytes,
    steps: tuple[str, ...],
    depth: int,
    room: int,
) -> _Layer | None:
    """Decompress bytes that came from a range of the text, again if need be.

    Where a character of the result came from cannot be told closer than by the whole range.
    """
    from errdecode.nested.inflate import inflate

    notes: tuple[Note, ...] = ()
    spent, bare, unsure = 0, len(steps), False
    while len(steps) <= depth:
        inflated = inflate(data, room - spent)
        if inflated is None:
            break
        data, steps = inflated.data, (*steps, inflated.step)
        notes += inflated.notes
        spent += len(data)
        unsure = unsure or inflated.step == "zlib" or inflated.is_limited
        if inflated.is_limited:
            break
    if len(steps) == bare:
        return None
    inner = read_text(_trim(data) if notes else data)
    if inner is None or (unsure and not _is_unicode(inner)):
        return None
    builder = Builder(text)
    builder.put(inner.value, *whole)
    return _Layer(builder.text(), steps, notes, spent)


def _is_unicode(text: Text) -> bool:
    return text.encoding.startswith("utf") and not BAD_BYTE.search(text.value)


def _trim(data: bytes) -> bytes:
    """Leave out the beginning of a UTF-8 character at the end of data that was cut off."""
    for back in range(1, min(4, len(data) + 1)):
        if data[-back] >= 0xC0:
            return data[:-back]
        if data[-back] < 0x80:
            break
    return data


def _read_characters(data: bytes, size: int) -> Text | None:
    """Read decoded base64 as UTF-8 or UTF-16; None when it is binary, or too short to be sure."""
    inner = read_text(data)
    if inner is None or not _is_unicode(inner) or not inner.value:
        return None
    if inner.value.lstrip(_BLANK)[:1] in ("{", "[", '"') and _holds_json(inner.value):
        return inner
    return inner if size >= _SHORTEST_TEXT and not _CONTROL.search(inner.value) else None


def _holds_json(value: str) -> bool:
    import json

    try:
        return isinstance(json.loads(value), dict | list | str)
    except (ValueError, RecursionError):
        return False
