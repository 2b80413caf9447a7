"""The words of errdecode: its immutable data types, each member documented; stdlib only.

The types are named tuples: immutable like frozen dataclasses, and four times cheaper to define,
which counts at every start. Optional members default to `None` or `()`. Shapes and units stand
beside each member.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"


# ---------------------------------------------------------------- texts and places


class Position(NamedTuple):
    """A place in a text, as the Language Server Protocol means it, but 1-based for people."""

    line: int
    """1-based."""
    column: int
    """1-based, in code points."""
    offset: int
    """0-based, in bytes of the text as it was encoded."""


class Span(NamedTuple):
    """A half-open range of a text."""

    start: Position
    end: Position


class Run(NamedTuple):
    """One piece of an origin map: where consecutive characters of a text came from in its parent.

    Character `i` of the run (0-based, counted from `start`) came from the parent's characters
    `origin + i * step` up to (not including) that plus `width`. An escape such as `\\u00e9` is a
    run of one character with width 6; a base64 block is a run with step 0, all of whose characters
    come from the same four.
    """

    start: int
    """First character of the run in the text, 0-based; the run ends where the next one starts."""
    origin: int
    """First character of the run's origin in the parent, 0-based."""
    step: int = 1
    width: int = 1


class Text(NamedTuple):
    """A text that knows where it came from: the capture itself, or a text cut out of another."""

    value: str
    runs: tuple[Run, ...] = ()
    """The origin map into `parent`, ordered by `start`; empty for a text without a parent."""
    parent: Text | None = None
    encoding: str = "utf-8"
    """How the text's characters are encoded where it was read; offsets count those bytes."""
    head: int = 0
    """Bytes that stand before the first character: a byte order mark."""


# ---------------------------------------------------------------- what was captured


class Note(NamedTuple):
    """Something the reader should know about how an answer came about; never hidden."""

    kind: str
    """A word of the open set in the JSON Schema: lenient-json, truncated, status-conflict,
    limit, ..."""
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
    """A client's own failure: there was no usable response."""

    client: str
    """`curl`."""
    code: int
    """The client's exit code."""
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
    """The responses before the last one: 100 Continue, redirects, authentication rounds, a
    proxy's CONNECT."""
    failure: Failure | None = None
    notes: tuple[Note, ...] = ()


class Body(NamedTuple):
    """Parsed content that keeps its text."""

    kind: str
    """json, xml, form, html, text or empty."""
    media_type: str | None
    """As declared, without parameters, in lower case; None when nothing declared it."""
    text: Text
    value: JSON
    """The content as JSON: XML as `body.xml` describes it, a form as an object, HTML and text as
    a string."""
    notes: tuple[Note, ...] = ()
    tree: Tree | None = None
    """Where each value stands, for damaged JSON only; strict JSON is walked again when a place
    is asked for."""


class Tree(NamedTuple):
    """Where a value of a leniently read JSON text stands."""

    start: int
    """First character of the value in the text, 0-based."""
    end: int
    key: tuple[int, int] | None = None
    """Where the member's name stands, quotes included; None for items of an array and for the
    root."""
    children: dict[str, Tree] | list[Tree] | None = None


# ---------------------------------------------------------------- detection


class Evidence(NamedTuple):
    """One clue, as it was seen."""

    claim: str
    """What the clue says, in words: `/errors/*/source is an object`."""
    seen_at: str | None
    """A pointer into the response body, or `header:NAME`, `host`, `status`, `path`."""
    weight: float
    """What it is worth, in bits; 0 when it did not match."""
    matched: bool | None
    """None: nothing to compare with (no host in the capture, say)."""


class Candidate(NamedTuple):
    """A format that could be the one, with what speaks for it."""

    id: str
    shape: str
    """Which of the format's shapes matched."""
    confidence: str | None
    """certain, likely or possible; None when the evidence is too weak to claim the format."""
    score: float
    """Bits: the sum of the matched evidence's weights."""
    evidence: tuple[Evidence, ...] = ()


class Detection(NamedTuple):
    """Which format a response is in, and why."""

    best: Candidate | None
    candidates: tuple[Candidate, ...] = ()
    """Best first; equal ones stand together."""
    forced: bool = False


# ---------------------------------------------------------------- problems and what they mean


class Problem(NamedTuple):
    """One normalised fault; members named as in RFC 9457, plus code and pointer."""

    code: str | None = None
    """As the catalog spells it."""
    code_as_sent: str | None = None
    type: str | None = None
    title: str | None = None
    detail: str | None = None
    status: int | None = None
    instance: str | None = None
    help: str | None = None
    """A link the server gave."""
    unverified: bool = False
    """True when it was read generically, without a documented format."""
    extensions: dict[str, JSON] = {}  # noqa: RUF012  # nobody writes to it
    """What else the item bears."""
    pointer: str | None = None
    """RFC 6901, into the request body; None when the body gives none."""
    pointer_as_sent: str | None = None
    dialect: str = "json-pointer"
    """How the pointer was written: a name of `pointer.DIALECTS`."""
    heuristic: bool = False
    """True when the pointer was read out of a message whose wording the provider does not
    promise."""
    parameter: str | None = None
    header: str | None = None
    line: str | None = None
    origin: str = ""
    """RFC 6901: where in the response it was read."""
    operation: str | None = None
    """The API method that failed, when the body or the user names it."""
    retry_after: float | None = None
    """Seconds to wait, as the body says."""
    role: str = "cause"
    """cause, consequence or harmless."""
    caused_by: int | None = None
    """Index of the problem this one follows from, 0-based."""


class Location(NamedTuple):
    """Where a problem's pointer leads."""

    document: str
    """request.body, request.query, request.path, request.header, request.cookie or
    response.body."""
    pointer: str
    """RFC 6901, as it was resolved."""
    found: bool
    """By the pointer as sent, without repair."""
    value: JSON = None
    """The value found; `found` tells an absent one from null."""
    nearest: str | None = None
    """Pointer of the nearest existing parent, when not found."""
    reason: str | None = None
    """Why it was not found, in words."""
    suggestions: tuple[str, ...] = ()
    """Close names in the nearest parent."""
    text: Text | None = None
    """The document's own text."""
    start: int = 0
    """First character of the value in `text` (of the nearest parent when not found), 0-based."""
    end: int = 0
    described: str = ""
    """The document in words, for the head of a frame."""


class Explanation(NamedTuple):
    """What the catalog says about a code; its parts have a fixed order."""

    title: str
    meaning: str
    remedies: tuple[str, ...] = ()
    actor: str | None = None
    """Who has to act: caller, provider, operator or customer."""
    documentation: str | None = None
    source: str = "catalog"
    """catalog, operation or http-status."""
    see_also: tuple[str, ...] = ()
    """Related codes, each with its meaning in brief."""


class Retry(NamedTuple):
    """Whether sending it again helps, and how that was derived."""

    verdict: str = "unknown"
    """never, after-change, later, once, reconcile-first or unknown."""
    after_seconds: float | None = None
    trail: tuple[str, ...] = ()
    """One reason per step, each with its source."""


class Diagnostic(NamedTuple):
    """A problem, where it lies and what it means: ready to show."""

    problem: Problem
    locations: tuple[Location, ...] = ()
    explanation: Explanation | None = None
    alternatives: tuple[Explanation, ...] = ()
    """Explanations that are equally possible."""
    retry: Retry = Retry()
    absent: tuple[str, ...] = ()
    """Members that the documentation promises with this code and that the response lacks."""


class FormatName(NamedTuple):
    """What a report says of the format it recognised."""

    id: str
    name: str
    kind: str
    documentation: str | None
    source: str | None = None
    """The overlay file the format came from; None for the built-in catalog."""


class Report(NamedTuple):
    """Everything about one exchange, ready for a renderer."""

    name: str
    """The input's name: a file, or `-` for standard input."""
    number: int
    """Which exchange of the input, 0-based."""
    outcome: str
    """error, success, redirect, unknown or no-response."""
    exchange: Exchange
    body: Body | None
    """The response body, parsed."""
    format: FormatName | None
    detection: Detection
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[Note, ...] = ()
    hints: tuple[str, ...] = ()
    """The next command, when something is missing."""
    request_id: str | None = None
    date: str | None = None
