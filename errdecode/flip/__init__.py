"""The smallest change of a response that would change what it is taken for.

`proposals` reads from the clues which changes could matter, `edit` makes them, and `search` tries
each: what it tells is what detection does with the changed response, never an estimate.
"""

from __future__ import annotations

from errdecode.flip.edit import apply
from errdecode.flip.search import add_flips, find_flips

__all__ = ["add_flips", "apply", "find_flips"]
