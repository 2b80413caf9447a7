"""Finds a text that everything a regular expression matches must contain: far cheaper to look for
than the expression itself."""

from __future__ import annotations

from errdecode.quantifiers import PIECE, read_times

SHORTEST = 3
"""Characters below which a text tells too little."""


def find_literal(pattern: str) -> str:
    """The longest such text in folded case; empty when the expression asks for none."""
    runs: list[str] = [""]
    depth = 0
    for match in PIECE.finditer(pattern):
        piece = match[0]
        if piece[0] == "(":
            depth += 1
            runs.append("")
        elif piece == ")":
            depth -= 1
        elif depth:
            continue
        elif piece == "|":
            return ""
        elif times := read_times(piece):
            if times[0] == 0:  # what stands before it can be absent
                runs[-1] = runs[-1][:-1]
            runs.append("")
        elif character := _character(piece):
            runs[-1] += character
        else:
            runs.append("")
    longest = max(runs, key=len).casefold()
    return longest if len(longest) >= SHORTEST else ""


def _character(piece: str) -> str:
    """The character that a piece stands for, empty when it can stand for several, or for none."""
    if len(piece) == 2 and piece[0] == "\\":
        return "" if piece[1].isalnum() else piece[1]
    return piece if len(piece) == 1 and piece.isascii() and piece not in ".^$" else ""
