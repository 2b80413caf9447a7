"""The ledger of a lenient reading: which kinds of damage were repaired, how often, where first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from errdecode.jsontext.reading import name_duplicate
from errdecode.model import Note, Text
from errdecode.source import position

Origin: TypeAlias = Callable[[int, int], tuple[int, int]]

_REPAIRED = {
    "blanks": "no-break spaces or other unusual blanks outside strings were skipped",
    "colours": "terminal colour codes were skipped",
    "comments": "comments were skipped",
    "elisions": "elisions (...) were skipped",
    "single-quotes": "single-quoted strings were accepted",
    "backticks": "backtick-quoted strings were accepted",
    "curly-quotes": "typographic quotes were taken for plain ones",
    "inner-quotes": "unescaped quotes inside strings were kept",
    "controls": "raw line breaks or control characters in strings were kept",
    "escapes": "invalid escapes in strings were kept or read as other languages mean them",
    "prefixes": "string prefixes (u'', b'', r'') were dropped",
    "unquoted-keys": "names without quotes were accepted",
    "unquoted-values": "values without quotes were taken for strings",
    "missing-commas": "missing commas were added",
    "doubled-commas": "superfluous commas were dropped",
    "trailing-commas": "trailing commas were dropped",
    "separators": "semicolons or other marks were taken for commas",
    "missing-colons": "missing colons were added",
    "colons": "`=`, `=>` or other marks were taken for colons",
    "missing-values": "names without a value were given null, values without a name dropped",
    "brackets": "missing or mixed-up brackets were matched",
    "doubled-braces": "doubled braces were taken for single ones",
    "strays": "stray characters were skipped",
    "python": "Python's None, True and False were read as null, true and false",
    "ruby": "Ruby's nil and symbols were read as null and names",
    "javascript": "undefined was read as null",
    "case": "null, true or false in other letter case was accepted",
    "constants": "NaN or Infinity, which JSON does not have, was kept as a string",
    "numbers": "numbers in another notation than JSON's were accepted",
    "tuples": "tuples were read as arrays",
    "sets": "sets were read as arrays",
    "calls": "constructor calls such as ObjectId(...) or datetime(...) were read as what they hold",
    "objects": "object notations such as <Name ...> or Name {...} were read as far as they go",
}


class Repairs:
    """Counts repairs by kind, each with its first place."""

    def __init__(self) -> None:
        self._seen: dict[str, list[int]] = {}
        self.duplicate: str | None = None

    def add(self, kind: str, at: int) -> None:
        """Count a repair at character `at` (0-based)."""
        seen = self._seen.get(kind)
        if seen is None:
            self._seen[kind] = [1, at]
        else:
            seen[0] += 1
            seen[1] = min(seen[1], at)

    def __bool__(self) -> bool:
        return bool(self._seen)

    def notes(self, text: str, origin: Origin | None = None) -> list[Note]:
        """One note for each kind, in the order of their first places.

        `text` is what the user gave; `origin` maps places to it where another text was read.
        """
        entries = sorted(self._seen.items(), key=lambda entry: entry[1][1])
        notes = []
        for kind, (count, at) in entries:
            where = position(Text(text), origin(at, at)[0] if origin else at)
            notes.append(_word(kind, count, f"line {where.line}, column {where.column}"))
        return [*notes, name_duplicate(self.duplicate)] if self.duplicate is not None else notes


def _word(kind: str, count: int, place: str) -> Note:
    """A repair in words."""
    often = f"{count} times, first at" if count > 1 else "at"
    if kind in _REPAIRED:
        return Note("lenient-json", f"{_REPAIRED[kind]} ({often} {place})")
    if kind == "truncated":
        return Note("truncated", f"the JSON is cut off at {place}; what is there was read")
    if kind == "padded-key":
        return Note("padded-key", f"blanks around names were stripped ({often} {place})")
    what = (
        "a number is too large to compute with"
        if kind == "number-limit"
        else "content is nested too deeply"
    )
    return Note("limit", f"{what} and kept as text ({often} {place})")
