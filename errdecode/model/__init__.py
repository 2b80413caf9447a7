"""The words of errdecode: its immutable data types, each member documented; stdlib only.

The types are named tuples: as immutable as frozen dataclasses, and four times cheaper to define,
which counts at every start. Optional members default to `None` or `()`.
"""

from __future__ import annotations

from errdecode.model.exchange import Body, Exchange, Failure, Field, Note, Request, Response, Tree
from errdecode.model.report import (
    Batch,
    Candidate,
    Change,
    Detection,
    Diagnostic,
    Evidence,
    Explanation,
    Flip,
    FormatName,
    Group,
    Location,
    Patch,
    Problem,
    Repair,
    Report,
    Retry,
)
from errdecode.model.texts import JSON, Position, Run, Span, Text

__all__ = [
    "JSON",
    "Batch",
    "Body",
    "Candidate",
    "Change",
    "Detection",
    "Diagnostic",
    "Evidence",
    "Exchange",
    "Explanation",
    "Failure",
    "Field",
    "Flip",
    "FormatName",
    "Group",
    "Location",
    "Note",
    "Patch",
    "Position",
    "Problem",
    "Repair",
    "Report",
    "Request",
    "Response",
    "Retry",
    "Run",
    "Span",
    "Text",
    "Tree",
]
