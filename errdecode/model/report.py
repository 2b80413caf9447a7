"""What was found: detection, problems, where they lie, what they mean, and the whole report."""

from __future__ import annotations

from errdecode.model.exchange import Body, Exchange, Note
from errdecode.model.record import NamedTuple
from errdecode.model.texts import JSON, Text


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
    flips: tuple[Flip, ...] | None = None
    """The smallest changes that would change the choice; None where nobody asked for them."""


class Change(NamedTuple):
    """One change of a response."""

    op: str
    """add, replace or remove."""
    at: str
    """An RFC 6901 pointer into the response body, or `header:NAME`, `host`, `status`, `path`;
    `text` for the passages of the body's text that the regular expression in `value` finds."""
    value: JSON = None
    """What stands there then; nothing does after `remove`."""


class Flip(NamedTuple):
    """A change of the response after which another format would be chosen, or none, or the same
    with less confidence."""

    changes: tuple[Change, ...]
    """To be made together, in this order."""
    best: str | None
    """The format that would be claimed then."""
    confidence: str | None
    lead: float | None
    """Bits by which it would lead the format chosen now; None where one of them is out."""


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
    promised: str | None = None
    """The dialect it should be in, where it cannot be or lacks its first slash."""
    heuristic: bool = False
    """True when it was read out of a message whose wording the provider does not promise."""
    assumes: str | None = None
    """What reading the pointer so takes for granted."""
    branches: str | None = None
    """The expression of segments in the pointer that may name a union's branch, and no member."""
    one_of: str | None = None
    """The alternative that it belongs to: a path whose last step tells it from the others."""
    parameter: str | None = None
    """Name of the parameter at fault."""
    parameter_in: str | None = None
    """query, path, cookie or body, the last for a pointer, too; None when the response does not
    say: a parameter is mostly one of the query, and a pointer leads into the body."""
    header: str | None = None
    """Name of the request's field at fault."""
    positions: tuple[tuple[int, int], ...] = ()
    """Lines and columns, 1-based, in a text of the request."""
    positions_in: str = ""
    """RFC 6901: the string in the request body that `positions` count in; empty: the body."""
    response_pointer: str | None = None
    """RFC 6901, into the response body: what could not be given."""
    line: str | None = None
    origin: str = ""
    """RFC 6901: where in the response it was read."""
    operation: str | None = None
    """The API method that failed, when the body or the user names it."""
    retry_after: float | None = None
    """Seconds to wait, as the body says."""
    retryable: bool | None = None
    """Whether a repetition may help, as the answer says."""
    retryable_by: str = ""
    """By what it says so: the field or member, and its value."""
    role: str = "cause"
    """cause, consequence or harmless."""
    caused_by: int | None = None
    """Index of the problem this one follows from, 0-based."""


class Location(NamedTuple):
    """Where a problem's pointer leads."""

    document: str
    """request.body, .query, .path, .header or .cookie; or response.body."""
    pointer: str
    """RFC 6901, as it was resolved; in a query, a path, fields and cookies: `/` and the name."""
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
    start: int = 0
    """First character of the value in `text` (of the nearest parent when not found), 0-based."""
    end: int = 0
    described: str = ""  # the document in words, for the head of a frame
    repairs: tuple[Repair, ...] = ()
    """Other readings of a pointer that leads nowhere, the likeliest first."""
    key: tuple[int, int] | None = None
    """Where the name of the member that was found stands in `text`, quotes included."""
    basis: str | None = None
    """What the place rests on, in words, when that is no pointer: a line and column."""


class Repair(NamedTuple):
    """Another reading of a pointer; it leads to a value, whose place is given as in `Location`."""

    pointer: str
    kind: str
    """wrapper, case, convention, plural, one-based or single-item, the first of two; branch (of a
    union), nested (inside a string) or segment (of a path)."""
    reason: str
    confirmed: bool | None
    """True: the server quotes the value found there; False: another one; None: neither."""
    value: JSON
    start: int = 0
    end: int = 0
    key: tuple[int, int] | None = None
    found: bool = True
    """False: what its pointer ends with is missing in the object that the rest of it leads to."""


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
    as_status: int | None = None
    """The HTTP status that says the same, where the response may have another one or none."""
    general: bool = False
    """Whether it is what a standard or a framework says of a status, for any application."""


class Retry(NamedTuple):
    """Whether sending it again helps, and how that was derived."""

    verdict: str = "unknown"
    """never, after-change, later, once, reconcile-first or unknown."""
    after_seconds: float | None = None
    trail: tuple[str, ...] = ()
    """One reason per step, each with its source."""


class Patch(NamedTuple):
    """A correction of the request body, as a JSON Patch (RFC 6902)."""

    operations: tuple[dict[str, JSON], ...]
    applicability: str
    """certain, maybe (likely what is meant), or placeholder (with a value for the user to fill)."""
    reason: str


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
    patch: Patch | None = None
    """What to change in the request body, when the response says enough."""


class Group(NamedTuple):
    """Problems with one root cause: the same code and words, at places that differ in indices."""

    problems: tuple[int, ...]
    """Their indices, 0-based, in the order of the response."""
    pointer: str | None = None
    """The pointer of them all, `*` in place of the indices in which they differ; likewise below."""
    response_pointer: str | None = None
    origin: str = ""
    items: int | None = None
    """How many items have the problem: of an array of the request, or of a batch."""
    total: int | None = None
    """How many items there are."""
    at_least: bool = False
    """There may be more of them: not all problems of the response were read."""
    caused_by: int | None = None
    """Index of the group these consequences follow from, 0-based."""
    consequences: tuple[int, ...] = ()
    """Indices of the problems that follow from these."""
    shared: bool = False
    """Something that follows from these follows from other groups as well: it sums them all up."""
    fix_first: bool = False
    """More follows from it, or more problems are of its kind, than of any other."""


class Batch(NamedTuple):
    """How many items of a batch failed, or of an array of the request."""

    total: int
    failed: int
    items: tuple[str, ...]
    """Pointers to the items, with `*`; several where they stand in lists apart."""
    in_response: bool
    """Counted in the response, else in the request's body."""
    at_least: bool = False
    """More may have failed: not all problems of the response were read."""


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
    """The input's: a file, or `-`."""
    number: int
    """Which exchange of the input, 0-based."""
    outcome: str
    """error, success, redirect, unknown or no-response."""
    exchange: Exchange
    body: Body | None
    format: FormatName | None
    detection: Detection
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[Note, ...] = ()
    hints: tuple[str, ...] = ()
    """The next command, when something is missing."""
    request_id: str | None = None
    date: str | None = None
    groups: tuple[Group, ...] = ()
    """All problems by root cause: what is to be fixed first, then the others, each followed by its
    consequences, at last what is harmless."""
    batch: Batch | None = None
