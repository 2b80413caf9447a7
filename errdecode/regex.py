"""Regular expressions that are compiled when they are first used: the program has hundreds, and a
run needs few of them."""

from __future__ import annotations

import re
from typing import AnyStr


def expression(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, at the price of a string until it is searched with.

    A wrong expression raises `re.error` then. Functions of `re` itself take none of these, and the
    `re` of a match is what was compiled: it is known by its pattern.
    """
    return _Later(source, flags)  # type: ignore[return-value]  # it does all that a pattern does


class _Later:
    """Compiled when something is asked of it; from then on what the pattern does is its own."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> object:
        """Compile it. Raises `AttributeError` for what no pattern has."""
        if name.startswith("_"):  # asked by copy and pickle, of what is not set up yet
            raise AttributeError(name)
        pattern = re.compile(self._source, self._flags)
        for each in _DOES:
            setattr(self, each, getattr(pattern, each))
        return getattr(pattern, name)


_DOES = tuple(name for name in dir(re.Pattern) if not name.startswith("_"))
