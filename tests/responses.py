"""Responses made of a document, for the tests of what is told from them."""

from __future__ import annotations

import json

from errdecode.body import read_body
from errdecode.clue import Seen
from errdecode.model import JSON, Text


def seen_of(value: JSON, **others: object) -> Seen:
    """A response with this JSON as its body."""
    return Seen(read_body(Text(json.dumps(value))))._replace(**others)  # type: ignore[arg-type]
