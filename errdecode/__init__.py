"""errdecode: decode and explain API error responses. `decode` is the whole of it; the rest are
its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from errdecode.decode import decode, explain
    from errdecode.model import Diagnostic, Exchange, Location, Problem, Report

__version__ = "0.1.0"

__all__ = ["Diagnostic", "Exchange", "Location", "Problem", "Report", "decode", "explain"]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for (PEP 562), so that `--version` loads
    nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'errdecode' has no attribute {name!r}")
    from importlib import import_module

    home = "errdecode.decode" if name in ("decode", "explain") else "errdecode.model"
    return getattr(import_module(home), name)
