"""Bodies of every kind: media type, charset, and content as a value whose places are known."""

from __future__ import annotations

from errdecode.body.media import media_type
from errdecode.body.reading import place, read_body

__all__ = ["media_type", "place", "read_body"]
