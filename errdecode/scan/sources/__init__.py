"""Where the bytes of a scan come from: paths become sources, sources become content."""

from __future__ import annotations

from errdecode.scan.sources.content import Content, Stop
from errdecode.scan.sources.find import find_sources
from errdecode.scan.sources.opening import (
    Judged,
    Part,
    Source,
    open_source,
    read_again,
    read_around,
    reopen,
)
from errdecode.scan.sources.remote import is_remote

__all__ = [
    "Content",
    "Judged",
    "Part",
    "Source",
    "Stop",
    "find_sources",
    "is_remote",
    "open_source",
    "read_again",
    "read_around",
    "reopen",
]
