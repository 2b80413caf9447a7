"""What can be told of the catalog's regular expressions without searching for them."""

from __future__ import annotations

import re
from functools import lru_cache

from errdecode.expressions.literals import find_literals
from errdecode.expressions.quantifiers import PIECE
from errdecode.model.record import NamedTuple
from errdecode.regex import expression

_BEGINNING = expression(r"\^(?:\\s\*)?(?:\((?:\?:)?)?(?=[A-Za-z0-9](?![?*{]))")
_OPTIONAL = expression(r"\)[?*{]")
_BRANCH = expression(r"\|(?![A-Za-z0-9](?![?*{]))")


class Expression(NamedTuple):
    """An expression, and what a text has in it in which it is found."""

    words: tuple[str, ...]
    """One of them, in folded case; the empty one where it asks for none."""
    pattern: re.Pattern[str]


@lru_cache(maxsize=1000)
def read_expression(pattern: str) -> Expression:
    """Read an expression of the catalog; remembered, as `re` keeps too few of them."""
    words = tuple(sorted(find_literals(pattern))) or ("",)
    return Expression(words, re.compile(pattern))


@lru_cache(maxsize=1000)
def begins_plainly(pattern: str) -> bool:
    """Whether a text must begin with a letter or digit for an expression to be found in it, as no
    object and no array does."""
    return (
        _BEGINNING.match(pattern) is not None
        and _BRANCH.search(pattern) is None
        and _OPTIONAL.search(pattern) is None
        and not _has_branches(pattern)
    )


def _has_branches(pattern: str) -> bool:
    """Whether an expression is one of several, outside of all groups."""
    depth = 0
    for match in PIECE.finditer(pattern):
        depth += (match[0][0] == "(") - (match[0] == ")")
        if match[0] == "|" and not depth:
            return True
    return False
