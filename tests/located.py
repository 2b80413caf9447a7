"""Problems located in a request of their own, and locations in short."""

from __future__ import annotations

from errdecode.locate import locate, read_sent
from errdecode.model import Field, Location, Problem, Request, Text


def find(problem: Problem, url: str | None = None, body: str = "", **fields: str) -> list[Location]:
    """Locate a problem in a request."""
    headers = tuple(Field(name.replace("_", "-"), Text(value)) for name, value in fields.items())
    request = Request("POST", Text(url) if url else None, headers, Text(body) if body else None)
    return list(locate(problem, read_sent(request)))


def cut(location: Location) -> str:
    """The text that a location marks."""
    assert location.text is not None
    return location.text.value[location.start : location.end]


def shown(location: Location) -> tuple[str, str, bool, str]:
    """A location in short: document, pointer, found, marked."""
    return location.document, location.pointer, location.found, cut(location)
