"""Reads pointers that lead nowhere in a payload, for the tests of what is made of them."""

from __future__ import annotations

from errdecode.body import read_body
from errdecode.locate import Sent, locate
from errdecode.model import JSON, Location, Problem, Text
from errdecode.pointer import build, read_pointer

FORM = "application/x-www-form-urlencoded"


def find(
    content: str,
    sent: JSON,
    dialect: str = "json-pointer",
    media: str | None = None,
    detail: str | None = None,
) -> Location:
    """Locate a pointer as an extractor hands it over."""
    tokens = read_pointer(sent, dialect).tokens
    pointer = None if tokens is None else build(tokens)
    as_sent = "/".join(map(str, sent)) if isinstance(sent, list) else str(sent)
    problem = Problem(
        pointer=pointer, pointer_as_sent=as_sent, dialect=dialect, detail=detail or "no good"
    )
    return locate(problem, Sent(read_body(Text(content), media)))[0]


def told(location: Location) -> list[tuple[str, str, str]]:
    """What the repairs of a location say."""
    return [(one.pointer, one.kind, one.reason) for one in location.repairs]
