"""What proves a format: examples it must win and read, look-alikes it must lose."""

from __future__ import annotations

from typing import Literal

from errdecode.model import JSON
from errdecode.model.record import NamedTuple


class Example(NamedTuple):
    """A response in this format and what must be read out of it; the format must win it over the
    whole catalog."""

    name: str
    """What it shows; part of every complaint about it."""
    status: int | None = None
    """The response's HTTP status."""
    media_type: str | None = None
    """The response's Content-Type, when `headers` has none."""
    headers: dict[str, str] = {}  # noqa: RUF012  # nobody writes to it
    """Fields of the response."""
    body: str = ""
    """The body of the response, verbatim."""
    method: str | None = None
    """The method of the request."""
    url: str | None = None
    """The URL of the request."""
    request: str | None = None
    """The request's body."""
    operation: str | None = None
    """The API method, as `--operation` would name it."""
    timeout: bool = False
    """There was no answer at all."""
    failure: int | None = None
    """A curl exit code in place of a response."""
    outcome: Literal["error", "success"] = "error"
    """Whether the response is an error, or says that there is none."""
    problems: tuple[dict[str, JSON], ...] = ()
    """The expected problems, in order; only the members written are compared: those of the JSON
    output, and `explained` (the explanation's title) or `alternatives` (how many)."""


class Counterexample(NamedTuple):
    """A look-alike that this format must not win."""

    name: str
    """Whose response it is."""
    status: int | None = None
    """The response's HTTP status."""
    media_type: str | None = None
    """The response's Content-Type, when `headers` has none."""
    headers: dict[str, str] = {}  # noqa: RUF012  # nobody writes to it
    """Fields of the response."""
    body: str = ""
    """The body of the response, verbatim."""
    url: str | None = None
    """The URL of the request."""
