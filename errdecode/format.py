"""The vocabulary of a catalog file: its types, documented field by field, and the place of every
word in it.

A TOML key is the field's name without a trailing underscore (`is`, `in`). `shape.py` checks a file
against these types and derives the JSON Schema from them, so neither can drift.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, NewType

from errdecode.model import JSON

Regex = NewType("Regex", str)
"""A regular expression of Python's `re`, searched (not anchored), without nested quantifiers."""
At = NewType("At", str)
"""A pointer pattern: RFC 6901 with `*` for any item or member, `**` for any depth. In a form and in
XML see `body/`.

Relative to the item being read; `#/...` starts at the root of the body instead. Steps over XML
lists may be left out.
"""
Url = NewType("Url", str)
"""An https link (http where the provider has no other)."""
Prose = NewType("Prose", str)
"""A sentence or more for people, written for this catalog, without markup except `code` in
backticks."""
Date = NewType("Date", str)
"""A TOML date; ISO 8601 in the compiled index."""

Kind = Literal["standard", "framework", "vendor", "gateway", "client", "knowledge"]
"""`knowledge` only supplies explanations and is never detected: the HTTP status codes."""
JsonType = Literal["string", "number", "integer", "boolean", "null", "object", "array"]
BodyKind = Literal["json", "xml", "form", "html", "text", "empty"]
Dialect = Literal["json-pointer", "dotted", "jsonpath", "segments", "xpath"]
Verdict = Literal["never", "after-change", "later", "once", "reconcile-first", "unknown"]
Actor = Literal["caller", "provider", "operator", "customer"]


class Clue(NamedTuple):
    """One fact that speaks for or against a format: one place, and tests on what stands there.

    Without a test the place only has to exist. Places the capture says nothing about (no status, no
    host, no header block) are neutral: they neither match nor fail.
    """

    at: At | None = None
    """A place in the response body."""
    header: str | None = None
    """A field of the response; its value is tested as a string."""
    host: str | None = None
    """A glob for the request's host: `*.talon.one`."""
    path: Regex | None = None
    """Searched in the path of the request's URL."""
    status: tuple[int | str, ...] = ()
    """The response's status is one of these: 400, or a class such as "4xx"."""
    media_type: str | None = None
    """A glob for the response's declared media type: `application/*+json`."""
    body: BodyKind | None = None
    """What kind of body it is, by content."""
    text: Regex | None = None
    """Searched in the text of the response body."""
    failure: str | None = None
    """The client of this name reported a failure of its own: `curl`."""
    any: tuple[Clue, ...] = ()
    """Holds when one of these does."""

    is_: tuple[JsonType, ...] = ()
    """The value is of one of these types."""
    equals: JSON = None
    in_: tuple[JSON, ...] = ()
    """The value is one of these."""
    matches: Regex | None = None
    """The value is a string in which this is found."""
    known: bool = False
    """The value is one of the codes of this very file."""
    has: tuple[str, ...] = ()
    """The value is an object with all these members."""
    lacks: tuple[str, ...] = ()
    """The value is an object without any of these members."""
    only: tuple[str, ...] = ()
    """The value is an object without other members than these."""
    namespace: str | None = None
    """The value is an XML element in this namespace."""
    fold: bool = False
    """Compare names on the way, and the value, without regard to letter case."""
    every: bool = False
    """All items that the pattern reaches pass the tests; else one is enough."""


class Read(NamedTuple):
    """Where a member of a problem is read; the first of several that yields something counts."""

    at: At | None = None
    header: str | None = None
    """A field of the response."""
    value: str | int | None = None
    """A fixed value, where the shape itself says it."""
    take: Literal["value", "name"] = "value"
    """`name`: the name of the member that the pattern's last `*` stands for."""
    matches: Regex | None = None
    """Only the part this finds: its first group, or all of the match."""
    template: str | None = None
    """What to make of it: `{value}` is what was read, `{index}` the item's position (0-based) in
    its list."""
    dialect: Dialect | None = None
    """For pointers: how it is written, when that differs from the extractor's `pointer_dialect`."""
    heuristic: bool = False
    """The value comes out of wording that the provider does not promise; the report says so."""


class Extract(NamedTuple):
    """How problems are read out of a response. A bare string stands for `{ at = "..." }`."""

    read: Literal["body", "text", "www-authenticate", "failure"] | None = None
    """What is read: the parsed body (default), its text through `pattern`, the challenge of the
    header field as an object of its parameters (with `scheme`), or the client's failure as
    {client, code, message}."""
    pattern: Regex | None = None
    """For `read = "text"`: every match is an item; its named groups are the item's members."""
    each: tuple[At, ...] = ()
    """Where the single problems are; none: the body itself is one."""
    each_has: tuple[str, ...] = ()
    """Only items with one of these members are problems."""
    unwrap: str | None = None
    """Pointer to an array of inner problems; an item that bears it is a wrapper and no problem
    itself."""
    code: tuple[Read, ...] = ()
    type: tuple[Read, ...] = ()
    title: tuple[Read, ...] = ()
    detail: tuple[Read, ...] = ()
    status: tuple[Read, ...] = ()
    instance: tuple[Read, ...] = ()
    help: tuple[Read, ...] = ()
    pointer: tuple[Read, ...] = ()
    pointer_dialect: Dialect | None = None
    """How pointers are written: json-pointer (default), dotted (`a.b[0]`), jsonpath, segments
    (an array)."""
    parameter: tuple[Read, ...] = ()
    header: tuple[Read, ...] = ()
    line: tuple[Read, ...] = ()
    operation: tuple[Read, ...] = ()
    """The API method that failed."""
    request_id: tuple[Read, ...] = ()
    retry_after: tuple[Read, ...] = ()
    """Seconds to wait before the next attempt: a number, or text such as "1.5s" (protobuf's
    Duration)."""
    ignore: tuple[str, ...] = ()
    """Members of an item that are not worth showing as extensions."""


class Shape(NamedTuple):
    """One of the forms a format's responses come in."""

    name: str = "body"
    required: tuple[Clue, ...] = ()
    """All must hold, besides those of `[detect]`."""
    supporting: tuple[Clue, ...] = ()
    """Clues for this shape only, besides those of `[detect]`."""
    extract: Extract = Extract()
    """Overrides `[extract]` word by word."""


class Detect(NamedTuple):
    """What speaks for and against the format, in all its shapes."""

    required: tuple[Clue, ...] = ()
    """All must hold; they count as one piece of evidence, so listing more earns nothing."""
    supporting: tuple[Clue, ...] = ()
    """Each that holds adds its weight."""
    excluding: tuple[Clue, ...] = ()
    """One that holds rules the format out."""
    success: tuple[Clue, ...] = ()
    """When all hold, the response says in this format that there is no error."""


class RetryRule(NamedTuple):
    """Whether a repetition helps, as the documentation has it."""

    verdict: Verdict
    after_seconds: float | None = None
    reason: Prose | None = None
    """Why, or under which condition: one sentence."""


class Code(NamedTuple):
    """One explanation, and when it applies: the entry with the most specific keys wins.

    Keys are code, status, message and operation. What a problem does not bear leaves an entry
    possible, not certain; entries that are equally possible are all shown. An entry without any key
    is the last resort.
    """

    code: str | None = None
    status: int | None = None
    message: str | None = None
    """The problem's detail or title, compared without regard to case, blanks and a final full
    stop; `%s` and `{0}` stand for anything."""
    operation: str | None = None
    """A glob for the API method, regardless of case: `create*`."""
    timeout: bool = False
    """Applies when there was no answer at all."""

    title: Prose = Prose("")
    """What happened, in a few words."""
    template: str | None = None
    """The provider's own text with `%s` or `{0}`; shown as the title when it can be filled from
    the response."""
    meaning: Prose = Prose("")
    remedies: tuple[Prose, ...] = ()
    """What to do, in this order, one step each."""
    retry: RetryRule | None = None
    actor: Actor | None = None
    documentation: Url | None = None
    role: Literal["cause", "consequence", "harmless"] | None = None
    see_also: tuple[str, ...] = ()
    """Other codes of this file whose meaning helps with this one."""
    expects: tuple[str, ...] = ()
    """Members the documentation promises with this code; a note says which are absent."""


class Defaults(NamedTuple):
    """What holds for every entry of `codes` that does not say otherwise."""

    retry: RetryRule | None = None
    actor: Actor | None = None
    documentation: Url | None = None


class Example(NamedTuple):
    """A response in this format and what must be read out of it; the format must win it over the
    whole catalog."""

    name: str
    status: int | None = None
    media_type: str | None = None
    headers: dict[str, str] = {}  # noqa: RUF012  # nobody writes to it
    body: str = ""
    method: str | None = None
    url: str | None = None
    request: str | None = None
    """The request's body."""
    operation: str | None = None
    timeout: bool = False
    failure: int | None = None
    """A curl exit code in place of a response."""
    outcome: Literal["error", "success"] = "error"
    problems: tuple[dict[str, JSON], ...] = ()
    """The expected problems, in order; only the members written are compared: those of the JSON
    output, and `explained` (the explanation's title) or `alternatives` (how many)."""


class Counterexample(NamedTuple):
    """A look-alike that this format must not win."""

    name: str
    status: int | None = None
    media_type: str | None = None
    headers: dict[str, str] = {}  # noqa: RUF012  # nobody writes to it
    body: str = ""
    url: str | None = None


class Format(NamedTuple):
    """One documented error format: one file."""

    id: str
    """Lower-case letters, digits and hyphens; the file's name."""
    name: str
    kind: Kind
    documentation: Url
    """Where the provider documents the format."""
    reviewed: Date
    """When the file was last held against the documentation."""
    extends: str | None = None
    """Id of the format this is a dialect of; clues, extractor and codes are inherited."""
    fold_codes: bool = False
    """Codes are compared without regard to letter case and blanks."""
    detect: Detect = Detect()
    extract: Extract = Extract()
    shapes: tuple[Shape, ...] = ()
    """None: one shape with `[detect]` and `[extract]` as they stand."""
    defaults: Defaults = Defaults()
    codes: tuple[Code, ...] = ()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Counterexample, ...] = ()
