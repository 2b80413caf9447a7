"""Engines: ways to find the lines that bear a signal. All find the same; they differ in speed."""

from __future__ import annotations

from collections.abc import Callable

from errdecode.scan.engines.interface import Data, Engine
from errdecode.scan.signals import Signals

__all__ = ["ENGINES", "Data", "Engine", "choose"]


def _hyperscan(signals: Signals) -> Engine | None:
    from errdecode.scan.engines.hyperscan import open_hyperscan

    return open_hyperscan(signals)


def _stdlib(signals: Signals) -> Engine | None:
    from errdecode.scan.engines.stdlib import Stdlib

    return Stdlib(signals)


def _rg(signals: Signals) -> Engine | None:
    from errdecode.scan.engines.rg import open_rg

    return open_rg(signals)


_OPENERS: dict[str, Callable[[Signals], Engine | None]] = {
    "hyperscan": _hyperscan,
    "stdlib": _stdlib,
    "rg": _rg,
}
"""The fastest first; each gives None where what it needs is not installed.

ripgrep stands last: with hundreds of expressions its automaton is rebuilt over and over.
"""
_SMALL = 24_000_000
"""Bytes that the standard library has read before Hyperscan's database is made."""
ENGINES = tuple(_OPENERS)


def choose(signals: Signals, name: str | None = None, size: int | None = None) -> Engine | None:
    """The fastest engine that is installed, or the one of that name; None: it is not installed.

    `size` is that of all input in bytes, where it is known: a little of it needs no preparations.
    """
    if name is None and size is not None and size < _SMALL:
        name = "stdlib"
    for known, open_engine in _OPENERS.items():
        if name in (None, known) and (engine := open_engine(signals)) is not None:
            return engine
    return None
