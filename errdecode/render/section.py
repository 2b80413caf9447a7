"""One part of an answer, before any output has given it a form."""

from __future__ import annotations

from errdecode.model.record import NamedTuple
from errdecode.render.frame import Frame


class Section(NamedTuple):
    """One part of an answer."""

    label: str
    lines: tuple[str, ...] = ()
    kind: str = "prose"
    """prose, quote (the server's words), steps (numbered), maybe (a meaning, then its remedies),
    diff (a head, then lines that begin with - or +),
    link, frame, or places (a head, then the places it counts)."""
    frame: Frame | None = None
