"""The one allowed value that a rejected one was meant to be."""

from __future__ import annotations

from collections.abc import Sequence

_SEPARATORS = str.maketrans("", "", " \t\r\n_-.")
_LONGEST = 60
"""Characters of words that are compared letter by letter: the time grows with their square."""


def find_near(value: str, allowed: Sequence[str]) -> tuple[str, bool] | None:
    """The only allowed value that is close to a rejected one, and whether they are spelt alike.

    Alike: they differ in letter case, blanks and separators alone. Close: by one letter, or by two
    in words of eight and more; two letters that have changed places count once. None when several
    are equally near, or none is.
    """
    if value in allowed or not value.strip():
        return None
    plain = _plain(value)
    alike = [one for one in dict.fromkeys(allowed) if plain and _plain(one) == plain]
    if alike:
        return (alike[0], True) if len(alike) == 1 else None
    if not 4 <= len(plain) <= _LONGEST:
        return None
    most = 1 if len(plain) < 8 else 2
    close = [one for one in dict.fromkeys(allowed) if _distance(plain, _plain(one), most) <= most]
    return (close[0], False) if len(close) == 1 else None


def _plain(word: str) -> str:
    return word.casefold().translate(_SEPARATORS)


def _distance(one: str, other: str, most: int) -> int:
    """Letters to add, drop, change or swap with the next; `most + 1` when it is clearly more."""
    if abs(len(one) - len(other)) > most or len(other) > _LONGEST:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(
                last[column] + 1, line[column - 1] + 1, last[column - 1] + (letter != wanted)
            )
            if row > 1 < column and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, last = last, line
    return last[-1]
