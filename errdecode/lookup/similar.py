"""Whether a word that somebody types means an entry: by its code, another spelling or number of it,
or a part of what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from errdecode.clue import fold_code
from errdecode.format import Code
from errdecode.meaning import same_message
from errdecode.model.record import NamedTuple
from errdecode.regex import expression

LEAST_PART = 3
"""Characters of a part of a code: what is shorter is in too many."""
_LABEL = expression(
    r"(?i)\s*(?:(?:http|error|status|code)(?:/[0-9.]+)?(?:[\s:=#_]+|-(?=\d))?){1,3}(?=[-+]?(?:0x[0-9a-f]+|\d))"
)
_BETWEEN_DIGITS = expression(r"(?<=\d)[\W_]+(?=\d)")
_APART = "\x00"
"""Stands between two numbers."""
_NONE = "\x00"
"""A message that no server sends."""
_DECIMAL = expression(r"[-+]?\d{1,40}")
_HEX = expression(r"(?i)([-+]?)0x([0-9a-f]{1,32})")
_LETTERED = expression(r"(?i)([a-z]{0,12})[-_ #:]?0*(\d{2,20})")
_WORD = 1 << 32
"""Codes such as HRESULT are written as a negative number, or as its two's complement in hex."""


class Likeness(NamedTuple):
    """One way in which a word may mean an entry."""

    by: str
    """code (its own, or its message where it has none), number, spelling, message, digits, part or
    words."""
    fits: Callable[[Code], bool]


def same_as(word: str) -> Iterator[Likeness]:
    """Yield the ways in which a word is the code itself, the closest first.

    The same but for letter case; the same number, in decimal or hexadecimal; the same letters and
    digits, however they are joined; a message as the server words it.
    """
    wanted, numbers = plain(word), read_numbers(word)
    yield Likeness("code", lambda entry: _is_written(entry.code or entry.message or "", word))
    if numbers:
        yield Likeness("number", lambda entry: bool(numbers & read_numbers(entry.code or "")))
    if wanted and not numbers:  # of a number the sign counts
        yield Likeness("spelling", lambda entry: plain(entry.code or entry.message or "") == wanted)
    if " " in word.strip():
        yield Likeness("message", lambda entry: same_message(entry.message or _NONE, word))


def like(word: str) -> Iterator[Likeness]:
    """Yield the ways in which a word leads to entries of another code, the closest first.

    The same digits behind a prefix (`E1234` and 1234); a part of the code; for plain words, all of
    them in the message or the title.
    """
    wanted, digits = plain(word), _digits(word)
    if digits:
        yield Likeness("digits", lambda entry: _same_digits(digits, _digits(entry.code or "")))
    if len(wanted) >= LEAST_PART:
        yield Likeness("part", lambda entry: wanted in plain(entry.code or ""))
    words = [f" {one.casefold()}" for one in word.split()]
    if words and all(one[1:].isalnum() and len(one) > LEAST_PART for one in words):
        yield Likeness("words", lambda entry: all(one in _said(entry) for one in words))


def plain(text: str) -> str:
    """The letters and digits of a text, in one case: `userNotFound` is USER_NOT_FOUND.

    Numbers are kept apart: 404.13 is not 40413.
    """
    apart = _BETWEEN_DIGITS.sub(_APART, text)
    return "".join(char for char in apart if char.isalnum() or char == _APART).casefold()


def strip_label(word: str) -> str:
    """A number without quotes and what people write in front of it: `HTTP 404`, `"404"`."""
    word = word.strip().strip("\"'`").strip()
    return _LABEL.sub("", word, count=1)


def read_numbers(word: str) -> frozenset[int]:
    """The numbers that a text may stand for as a whole; none when it is no number."""
    word = word.strip()
    if _DECIMAL.fullmatch(word) and word.isascii():
        number = int(word)
    elif found := _HEX.fullmatch(word):
        number = int(found[1] + found[2], 16)
    else:
        return frozenset()
    if -(_WORD >> 1) <= number < 0:
        return frozenset((number, number + _WORD))
    if _WORD >> 1 <= number < _WORD:
        return frozenset((number, number - _WORD))
    return frozenset((number,))


def _digits(word: str) -> tuple[str, str] | None:
    """Letters, and the digits behind them without leading zeros."""
    found = _LETTERED.fullmatch(word.strip())
    return (found[1].casefold(), found[2]) if found else None


def _same_digits(one: tuple[str, str], other: tuple[str, str] | None) -> bool:
    """The same digits, where one of the two has no letters or both have the same."""
    return (
        other is not None
        and one[1] == other[1]
        and (one[0] == other[0] or not (one[0] and other[0]))
    )


def _is_written(text: str, word: str) -> bool:
    """Whether a text is a word but for letter case, blanks around it and a final full stop."""
    same = fold_code(text).rstrip(".") == fold_code(word).rstrip(".")
    return same and (len(text.split()) > 1) == (len(word.split()) > 1)


def _said(entry: Code) -> str:
    return f" {entry.message or ''} {entry.template or ''} {entry.title}".casefold()
