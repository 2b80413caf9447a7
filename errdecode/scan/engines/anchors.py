"""Literals that may stand anywhere, found together: each by the byte of it that is rarest in logs.

One expression that begins with one of a set of bytes runs past all others; what stands before such
a byte is looked at only where the rest of the literal stands behind it.
"""

from __future__ import annotations

import re

from errdecode.scan.engines.tree import Branch

_RARE = b"$%&*^`|~!#';()<>QKJXZUVWYBLDHRCMGSPAEFNOITjzqx_kwyvbfhpgu@"
"""Bytes that are rarer than others in English, identifiers and JSON, the rarest first."""


def anchor_of(literal: bytes) -> int | None:
    """Where the rarest byte of a literal stands, 0-based; None when all of its bytes are common."""
    places = (literal.find(byte) for byte in _RARE)
    return next((place for place in places if place >= 0), None)


def anchored(literal: bytes, rest: bytes) -> Branch:
    """What finds a literal from its rarest byte on, or from its first when all are common.

    `rest` is the expression that follows it. The match begins at the anchor, not at the literal.
    """
    at = anchor_of(literal) or 0
    return literal[at:], (b"(?<=" + re.escape(literal) + b")" if at else b"") + rest
