"""Regular expressions that are compiled when first needed: most reports need only a few."""

from __future__ import annotations

import re


class Pattern:
    """A regular expression, not compiled yet."""

    __slots__ = ("_compiled", "_flags", "_source")

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source = source
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The expression, ready to be used."""
        if self._compiled is None:
            self._compiled = re.compile(self._source, self._flags)
        return self._compiled
