"""Which lines of a log may bear an error: patterns over one line, out of the catalog."""

from __future__ import annotations

from errdecode.catalog import Catalog
from errdecode.scan.signals.derived import derive
from errdecode.scan.signals.generic import GENERIC
from errdecode.scan.signals.model import NEAR, Signal, Signals, Start

__all__ = ["GENERIC", "NEAR", "Signal", "Signals", "Start", "derive", "signals"]


def signals(catalog: Catalog) -> Signals:
    """The signals of a catalog: those of any error first, then what its formats ask for besides.

    Every line that one of them is found in is a signal line, and no other line is.
    """
    found = dict.fromkeys((*GENERIC, *derive(catalog.all_shapes())))
    bare = {(one.start, one.literal) for one in found if not one.rest}
    return Signals(tuple(one for one in found if not _is_said_shorter(one, bare)))


def _is_said_shorter(one: Signal, bare: set[tuple[Start, bytes]]) -> bool:
    """Whether a shorter literal finds all that a signal does."""
    ends = range(1, len(one.literal) + bool(one.rest))
    return any((one.start, one.literal[:end]) in bare for end in ends)
