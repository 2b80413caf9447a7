"""The vocabulary of a catalog file: its types, documented field by field.

`file` is a catalog file from top to bottom; `recognition`, `extraction`, `knowledge` and `trials`
are its tables, `kinds` the strings in them. A TOML key is the field's name without a trailing
underscore (`is`, `in`). `compile/schema.py` checks a file against these types, and the JSON Schema
is derived from them, so neither can drift. `packed` is how the compiled index stores them.
"""

from __future__ import annotations

from errdecode.format.extraction import Extract, Read
from errdecode.format.file import Format, Shape
from errdecode.format.kinds import (
    Actor,
    At,
    BodyKind,
    Date,
    Dialect,
    JsonType,
    Kind,
    Prose,
    Regex,
    Url,
    Verdict,
)
from errdecode.format.knowledge import Code, Defaults, RetryRule
from errdecode.format.recognition import Clue, Detect
from errdecode.format.trials import Counterexample, Example

__all__ = [
    "Actor",
    "At",
    "BodyKind",
    "Clue",
    "Code",
    "Counterexample",
    "Date",
    "Defaults",
    "Detect",
    "Dialect",
    "Example",
    "Extract",
    "Format",
    "JsonType",
    "Kind",
    "Prose",
    "Read",
    "Regex",
    "RetryRule",
    "Shape",
    "Url",
    "Verdict",
]
