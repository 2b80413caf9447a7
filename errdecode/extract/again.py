"""What an item that no documented format covers says of a repetition."""

from __future__ import annotations

from errdecode.extract import as_bool
from errdecode.extract.aims import Aim, bare_name
from errdecode.model import JSON
from errdecode.patterns import scalar
from errdecode.pointer import Tokens, build

_NAMES = frozenset("retryable isretryable retriable isretriable canretry".split())
"""As `bare_name` writes them."""


def read_again(item: dict[str, JSON], place: Tokens) -> Aim:
    """Read whether a repetition may help, and what says so; empty where nothing does."""
    for name, member in item.items():
        says = as_bool(scalar(member)) if bare_name(name) in _NAMES else None
        if says is not None:
            by = f"{build((*place, name))}: {str(says).lower()}"
            return {"retryable": says, "retryable_by": by}
    return {}
