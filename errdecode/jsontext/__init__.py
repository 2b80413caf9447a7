"""JSON text with positions: strict reading, pointer walk, lenient reading of what is damaged."""

from __future__ import annotations

from errdecode.jsontext.reading import Reading
from errdecode.jsontext.strict import read_strict
from errdecode.jsontext.walk import place, place_in

__all__ = ["Reading", "place", "place_in", "read_json"]


def read_json(text: str) -> Reading | None:
    """Read JSON, strictly (RFC 8259) if it can be, else leniently with a note per kind of repair.

    None when the text is no JSON at all: prose, markup, a shell command. A lenient reading begins
    with `{` or `[`, after guards such as `)]}'` or a log prefix. Numbers that Python cannot hold,
    and what is nested deeper than 200 levels, stay as strings of their own text. `tree` is there
    for lenient readings only.
    """
    reading = read_strict(text)
    if reading is not None:
        return reading
    from errdecode.jsontext.lenient import read_lenient

    return read_lenient(text)
