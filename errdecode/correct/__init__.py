"""Corrections of a request body: what the response says is enough for, checked before offered.

`statement` reads what a message demands, `finding` proposes the change that meets it, `operations`
applies it in memory (RFC 6902), `editing` in the text as it was written, and `command` inside the
quotes of a pasted command. `strictness` writes as JSON what the server could not parse.
"""

from __future__ import annotations

from errdecode.correct.editing import describe, edit
from errdecode.correct.finding import correct
from errdecode.correct.operations import apply

__all__ = ["apply", "correct", "describe", "edit"]
