"""Where a quote may open one of very many texts: a quick look at a simpler image of the bytes.

Logs in JSON are full of quotes, and every alternative costs at each of them. In the image all that
is no letter or digit is one byte (and another quote, as CSV doubles them, is itself), so that what
opens a string is told from what closes it, and one expression serves for all ways to write quotes
and colons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from errdecode.scan.engines.interface import Data
from errdecode.scan.engines.tree import alternatives
from errdecode.scan.signals import Signal
from errdecode.scan.signals.model import RARE

_QUOTES = b"\"'"
_KEPT = b"_-."
_OTHER = ord(",")
_LONG = 6
"""Bytes that are looked at of a text that does not begin with a small letter."""
_LEAD = re.compile(rb"((?:[^\\[]|\\.)*)", re.DOTALL)
"""What an expression begins with, up to the first set of bytes."""


class Openers:
    """Finds the quotes behind which a signal may stand; misses none, and finds few others."""

    def __init__(self, signals: Iterable[Signal]) -> None:
        texts = {bytes(to_image(text)) for signal in signals for text in _texts(signal)}
        self._pattern = re.compile(b'"(?<=[,"]")' + _either(texts))  # runs from quote to quote

    def find(self, image: Data, at: int, end: int) -> int:
        """The next one in an image of some bytes, behind its first byte; -1 for none."""
        hit = self._pattern.search(image, at, end)
        return hit.start() if hit else -1


def to_image(data: Data) -> Data:
    """The image of some bytes, as long as they are."""
    return data.translate(_IMAGE)


def _map(byte: int) -> int:
    if byte in _QUOTES:
        return _QUOTES[0]
    return byte if byte < 128 and (chr(byte).isalnum() or byte in _KEPT) else _OTHER


_IMAGE = bytes(map(_map, range(256)))


def _texts(signal: Signal) -> Iterable[bytes]:
    """What a signal begins with, behind its start."""
    for lead in signal.leads or RARE:
        plain = _LEAD.match(lead)
        yield signal.literal + re.sub(rb"\\(.)", rb"\1", plain[1] if plain else b"")


def _either(texts: Iterable[bytes]) -> bytes:
    """An expression for all texts, and a few others.

    Few strings begin with a capital or a digit: those that are long share one set for each byte.
    """
    small = [text for text in texts if text[:1].islower()]
    short = [text for text in texts if not text[:1].islower() and len(text) < _LONG]
    long = [text for text in texts if not text[:1].islower() and len(text) >= _LONG]
    ways = [alternatives((text, b"") for text in part) for part in (small, short) if part]
    if long:
        sets = (sorted({text[at] for text in long}) for at in range(_LONG))
        ways.append(b"".join(b"[" + re.escape(bytes(one)) + b"]" for one in sets))
    return b"(?:" + b"|".join(ways) + b")"
