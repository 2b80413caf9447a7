"""Signals of names that ordinary lines are full of: only with what stands behind them.

Here every spelling is counted out, so that an engine may look for many literals in place of an
expression.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from errdecode.model.record import NamedTuple
from errdecode.scan.signals.model import Signal, Start, escape

_QUOTES = (b'"', b'\\"', b'\\\\\\"', b"'", b'""', b"\\x22")
"""How a quote is written: as it is, escaped once and twice, in Python, in CSV, and by nginx."""
_FILLED = {
    b'"': (rb'[^"]',),
    b"'": (rb"[^']",),
    b'""': (rb'[^"]',),
    b"\\x22": (rb"[^\\]", rb"\\x5C"),
}
"""What follows a quote that is not closed at once; elsewhere a backslash is the next quote's."""
_ESCAPED = (rb"[^\\]", rb"\\\\")
_COLONS = (b":", b": ", b" : ")
_COLON = rb"(?::| ?: )"
_ARROWS = (*_COLONS, b"=>", b" => ")
_ARROW = rb"(?::| ?: |=>| => )"
"""The same, and as Ruby shows a hash."""


class Value(NamedTuple):
    """What the value of a member may be."""

    firsts: tuple[bytes, ...]
    """What it begins with, behind the quote if there is one: expressions for a few bytes.

    None: a text that is not empty.
    """
    pattern: bytes = b""
    """All of it that counts, as an expression; its beginning when empty."""
    quoted: bool = False
    closed: bool = False
    """Whether the quote follows."""

    def spell(self, quote: bytes) -> bytes:
        """The value as an expression, for one way to write a quote."""
        opened = escape(quote) if self.quoted else b""
        pattern = self.pattern or b"(?:" + b"|".join(self._firsts(quote)) + b")"
        return opened + pattern + (escape(quote) if self.closed else b"")

    def leads(self, quote: bytes) -> Iterator[bytes]:
        """What stands behind the colon at first."""
        opened = escape(quote) if self.quoted else b""
        yield from (opened + first for first in self._firsts(quote))

    def _firsts(self, quote: bytes) -> tuple[bytes, ...]:
        return self.firsts or _FILLED.get(quote, _ESCAPED)


def common(word: str, values: Iterable[Value], companion: bytes = b"") -> Signal:
    """A member of that name with one of some values."""
    values = tuple(values)
    ways, leads = [], []
    for quote in _QUOTES:
        spelled = b"|".join(value.spell(quote) for value in values)
        colons, colon = (_ARROWS, _ARROW) if quote == b'"' else (_COLONS, _COLON)
        ways.append(escape(quote) + colon + b"(?:" + spelled + b")")
        found = dict.fromkeys(lead for value in values for lead in value.leads(quote))
        leads += [escape(quote) + one + lead for one in colons for lead in found]
    rest = b"(?:" + b"|".join(ways) + b")"
    return Signal(Start.QUOTE, word.encode(), rest, companion, tuple(leads))
