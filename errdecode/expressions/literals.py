"""Finds texts of which all that a regular expression matches must contain one: far cheaper to look
for than the expression itself, which has to be compiled first."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.expressions.quantifiers import PIECE, read_times

SHORTEST = 3
"""Characters below which a text tells too little."""
_COMMON = frozenset("error errors message status code request response".split())
"""What answers with an error bear, whatever their format."""
_MOST = 40
_DEEPEST = 20
_NO_CONTENT = ("(?!", "(?<!", "(?=", "(?<=", "(?#", "(?P=", "(?(")
"""What opens a group that matches no text of its own, or none that is told here."""

Literals = frozenset[str]
_NONE: Literals = frozenset()


def find_literals(pattern: str) -> Literals:
    """Texts in folded case, one of which is in all that the expression matches; empty when it asks
    for none."""
    pieces = (match[0] for match in PIECE.finditer(pattern))
    return _choice(pieces, _DEEPEST) or _NONE


def _choice(pieces: Iterator[str], depth: int) -> Literals | None:
    """Read up to the end of a group: one text of each alternative; None when one asks for none."""
    found: list[Literals] = []
    ended = False
    while not ended:
        best, ended = _sequence(pieces, depth)
        found.append(best)
    together = frozenset().union(*found)
    return together if all(found) and len(together) <= _MOST and depth > 0 else None


def _sequence(pieces: Iterator[str], depth: int) -> tuple[Literals, bool]:
    """Read one alternative: the texts that tell most, and whether the group ends with it."""
    parts: list[Literals] = []
    run = ""
    for piece in pieces:
        ends = piece in ("|", ")")
        if not ends and (character := _character(piece)):
            run += character
            continue
        times = read_times(piece)
        if times and times[0] == 0 and run:  # what stands before it can be absent
            run = run[:-1]
        elif times and times[0] == 0 and parts:
            parts.pop()
        if run:
            parts.append(frozenset((run.casefold(),)))
        run = ""
        if ends:
            return _best(parts), piece == ")"
        parts.append(_group(piece, pieces, depth) if piece[0] == "(" else _NONE)
    return _best([*parts, frozenset((run.casefold(),))]), True


def _group(opening: str, pieces: Iterator[str], depth: int) -> Literals:
    found = _choice(pieces, depth - 1)
    return found if found and not opening.startswith(_NO_CONTENT) else _NONE


def _best(parts: list[Literals]) -> Literals:
    """The part that tells most."""
    telling = [part for part in parts if part and min(map(len, part)) >= SHORTEST]
    return max(telling, key=_telling, default=_NONE)


def _telling(part: Literals) -> int:
    """By the shortest text: a word of any error tells nothing, and each further text less."""
    return min(0 if text in _COMMON else len(text) for text in part) - len(part)


def _character(piece: str) -> str:
    """The character that a piece stands for, empty when it can stand for several, or for none."""
    if piece[:2] in ("\\x", "\\u") and len(piece) > 2:
        character = chr(int(piece[2:], 16))
        return character if character.isascii() else ""
    if piece[0] == "\\":
        return "" if piece[1].isalnum() else piece[1]
    plain = len(piece) == 1 and piece.isascii() and piece not in ".^$()|"
    return piece if plain and read_times(piece) is None else ""
