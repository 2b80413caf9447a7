"""errdecode: `decode` error responses and `explain` codes; the rest are their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from errdecode.model import Diagnostic, Exchange, Location, Problem, Report
    from errdecode.pipeline import decode, explain

__version__ = "0.1.0"

__all__ = ["Diagnostic", "Exchange", "Location", "Problem", "Report", "decode", "explain"]


def __getattr__(name: str) -> object:
    """Import a public name when it is asked for (PEP 562), so that `--version` loads nothing.

    No module bears the name of a function here: importing it would hide the function.
    """
    if name not in __all__:
        raise AttributeError(f"module 'errdecode' has no attribute {name!r}")
    from importlib import import_module

    home = "errdecode.pipeline" if name in ("decode", "explain") else "errdecode.model"
    return getattr(import_module(home), name)
