"""JSON that stands within other text: where it begins behind the words, and where it ends."""

from __future__ import annotations

import json
from itertools import islice

from errdecode.model import JSON, Note, Text
from errdecode.regex import expression
from errdecode.source import cut

_CANDIDATE = expression(r"""[{\[]\s*+["'{\[\\]""")
_HEAD = 1 << 16
"""Characters in which the JSON may begin."""
_TRIES = 8
_SCANNER = json.JSONDecoder(parse_int=str, parse_float=str)  # only shape and end matter here
_WORD = expression(r"\w")


def may_embed(value: str) -> bool:
    """Tell whether JSON may stand within a text; cheap."""
    return _CANDIDATE.search(value, 0, _HEAD) is not None


def says_something(value: JSON) -> bool:
    """Tell an object, or an array of more than numbers, from what no error would be."""
    if isinstance(value, list):
        return any(isinstance(item, dict | list | str) and item for item in value)
    return isinstance(value, dict) and bool(value)


def find_embedded(text: Text) -> tuple[Text, tuple[Note, ...]] | None:
    """Cut a JSON array or object out of a text, with a note on words that follow it.

    The one at the text's end is preferred, else it is the first; closing quotes, brackets and full
    stops behind it are no words. JSON that is damaged, or whose end was cut off, counts when it is
    most of what remains.
    """
    value = text.value
    first: tuple[int, int] | None = None
    damaged, end = None, 0
    for match in islice(_CANDIDATE.finditer(value, 0, _HEAD), _TRIES):
        at = match.start()
        found = _find_end(value, at) if at >= end else None
        if found and not _WORD.search(value, found):
            return cut(text, at, found), ()
        if found:
            first, end = first or (at, found), found
        elif at >= end and damaged is None and match[0][-1] != "[":
            damaged = at
    if first:
        return cut(text, *first), _note_rest(value, first[1])
    return (cut(text, damaged, len(value)), ()) if damaged is not None else None


def _find_end(value: str, at: int) -> int | None:
    """The end of the strict JSON that begins at `at`; None when it is none or says nothing."""
    try:
        found, end = _SCANNER.raw_decode(value, at)
    except (ValueError, RecursionError):
        return None
    return end if says_something(found) else None


def _note_rest(value: str, end: int) -> tuple[Note, ...]:
    rest = value[end:].strip()
    what = f"left out {len(rest)} character{'s' * (len(rest) != 1)} after the nested JSON"
    return (Note("trailing-text", what),)
