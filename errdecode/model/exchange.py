"""What was captured: exchanges, their requests and responses, and bodies."""

from __future__ import annotations

from errdecode.model.record import NamedTuple
from errdecode.model.texts import JSON, Text


class Note(NamedTuple):
    """Something the reader should know about how an answer came about; never hidden."""

    kind: str
    """A word of the open set in the JSON Schema: lenient-json, truncated, limit, ..."""
    message: str


class Field(NamedTuple):
    """A header field (RFC 9110, section 5)."""

    name: str
    """As sent; compare it without regard to case."""
    value: Text


class Request(NamedTuple):
    """What the caller sent, as far as the capture shows it."""

    method: str | None = None
    url: Text | None = None
    headers: tuple[Field, ...] = ()
    body: Text | None = None
    described: str = ""
    """Where the body stands, for the head of a frame: `the -d of the curl command`."""
    files: tuple[str, ...] = ()
    """Names of files that the body was read from, as the command has them."""


class Response(NamedTuple):
    """What the server answered."""

    status: int | None = None
    reason: str | None = None
    headers: tuple[Field, ...] = ()
    body: Text | None = None


class Failure(NamedTuple):
    """A failure of the client itself (curl, with its exit code): there was no usable response."""

    client: str
    code: int
    message: str | None = None


class Exchange(NamedTuple):
    """A request (maybe absent) and its response, cut out of a capture."""

    kind: str
    """body, http, curl, command, har or log."""
    source: Text
    """The whole capture; every other text of the exchange descends from it."""
    start: int = 0
    """First character of the exchange in `source`, 0-based."""
    end: int = 0
    request: Request | None = None
    response: Response | None = None
    earlier: tuple[Response, ...] = ()
    """The responses before the last one: 100 Continue, redirects, rounds of authentication."""
    failure: Failure | None = None
    notes: tuple[Note, ...] = ()


class Body(NamedTuple):
    """Parsed content that keeps its text."""

    kind: str
    """json, xml, form, html, text or empty; of a request documents: several of JSON."""
    media_type: str | None
    """As declared, without parameters, in lower case; None when nothing declared it."""
    text: Text
    value: JSON
    """The content as JSON: XML as `body.xml` has it, a form as an object, text as a string."""
    notes: tuple[Note, ...] = ()
    tree: Tree | None = None
    """Where each value stands, for damaged JSON only; strict JSON is walked again when needed."""


class Tree(NamedTuple):
    """Where a value of a leniently read JSON text stands."""

    start: int
    """First character of the value in the text, 0-based."""
    end: int
    key: tuple[int, int] | None = None
    """Where the member's name stands, quotes included; None for an array's items and the root."""
    children: dict[str, Tree] | list[Tree] | None = None
