"""Finds a quantifier that stands over another one in a regular expression.

`re` has no time limit, so an expression that can take exponential time is refused.
"""

from __future__ import annotations

import re

from errdecode.model.record import NamedTuple
from errdecode.regex import expression

PIECE = expression(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|[0-9]{1,3}|.)"
    r"|\[\^?\]?(?:\\.|[^\]\\])*\]"
    r"|\((?:\?(?:P?<\w+>|P=\w+|[a-zA-Z-]+:?|[:=!>]|<[=!]|\#[^)]*|\(\w+\)))?"
    r"|\)|(?:[*+?]|\{\d*(?:,\d*)?\})[?+]?|.",
    re.DOTALL,
)
"""One piece of an expression: an escape, a class, what opens or closes a group, a quantifier, or a
character."""


class _Group(NamedTuple):
    """A group that is open, and the loosest quantifier in it so far."""

    start: int
    varies: bool = False
    """Something in it can be repeated more or less often."""
    endless: bool = False
    """Something in it can be repeated without end."""


def find_nested(pattern: str) -> str | None:
    """The first group with a quantifier over another one, or None.

    Refused are: without end over anything that varies (`(a+)*`, `(a?b)+`), and several times over
    something without end (`(a*){2,}`). Bounded over bounded is sound: `(?:[0-9]{1,3}:){3}`.
    """
    groups = [_Group(0)]
    closed: _Group | None = None
    for match in PIECE.finditer(pattern):
        piece = match[0]
        if piece[0] == "(" and not piece.startswith(("(?#", "(?P=")):
            groups.append(_Group(match.start()))
            closed = None
        elif piece == ")" and len(groups) > 1:
            closed = groups.pop()
            groups[-1] = _join(groups[-1], closed.varies, closed.endless)
        elif times := read_times(piece):
            least, most = times
            if closed and ((most is None and closed.varies) or (closed.endless and most != 1)):
                return pattern[closed.start : match.end()]
            groups[-1] = _join(groups[-1], most != least, most is None)
            closed = None
        else:
            closed = None
    return None


def _join(group: _Group, varies: bool, endless: bool) -> _Group:
    return group._replace(varies=group.varies or varies, endless=group.endless or endless)


def read_times(piece: str) -> tuple[int, int | None] | None:
    """How often a quantifier repeats, at least and at most; None for another piece."""
    if piece[0] in "*+?":
        return {"*": (0, None), "+": (1, None), "?": (0, 1)}[piece[0]]
    if piece[0] != "{" or len(piece) < 3:
        return None
    least, comma, most = piece.rstrip("?+")[1:-1].partition(",")
    if not least and not comma:
        return None
    return int(least or 0), (int(most) if most else None) if comma else int(least)
