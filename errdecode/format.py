"""The vocabulary of a catalog file: its types, documented field by field.

A TOML key is the field's name without a trailing underscore (`is`, `in`). `schema.py` checks a file
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
"""An https link."""
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
    """The value is exactly this."""
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
    """A place in the response: relative to the item, or from the root of the body with `#/...`."""
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
    assumes: Prose | None = None
    """For pointers: what this reading takes for granted; a note says it when the pointer leads
    somewhere, and nothing is made of it when it does not."""


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
    """The machine-readable code."""
    type: tuple[Read, ...] = ()
    """RFC 9457's `type`: a URI that identifies the kind of problem."""
    title: tuple[Read, ...] = ()
    """A short text that is the same for all problems of a kind."""
    detail: tuple[Read, ...] = ()
    """The text about this very occurrence."""
    status: tuple[Read, ...] = ()
    """The HTTP status that the body names, which may differ from the response's."""
    instance: tuple[Read, ...] = ()
    """RFC 9457's `instance`: what identifies this very occurrence."""
    help: tuple[Read, ...] = ()
    """A link that the server gives."""
    pointer: tuple[Read, ...] = ()
    """Where in the request body the fault lies."""
    pointer_dialect: Dialect | None = None
    """How pointers are written: json-pointer (default), dotted (`a.b[0]`), jsonpath, segments
    (an array)."""
    parameter: tuple[Read, ...] = ()
    """The query parameter at fault."""
    header: tuple[Read, ...] = ()
    """The field of the request at fault."""
    line: tuple[Read, ...] = ()
    """The line of an uploaded file at fault, as sent."""
    operation: tuple[Read, ...] = ()
    """The API method that failed."""
    request_id: tuple[Read, ...] = ()
    """The id that support asks for, where it stands in the body or in an unusual field."""
    retry_after: tuple[Read, ...] = ()
    """Seconds to wait before the next attempt: a number, or text such as "1.5s" (protobuf's
    Duration)."""
    ignore: tuple[str, ...] = ()
    """Members of an item that are not worth showing as extensions."""


class Shape(NamedTuple):
    """One of the forms a format's responses come in."""

    name: str = "body"
    """What to call this form, in the score sheet."""
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
    """never, after-change, later, once, reconcile-first (find out what became of it) or unknown."""
    after_seconds: float | None = None
    """How long to wait, as documented."""
    reason: Prose | None = None
    """Why, or under which condition: one sentence."""


class Code(NamedTuple):
    """One explanation, and when it applies: the entry with the most specific keys wins.

    Keys are code, status, message and operation. What a problem does not bear leaves an entry
    possible, not certain; entries that are equally possible are all shown. An entry without any key
    is the last resort.
    """

    code: str | None = None
    """The code as the documentation spells it."""
    status: int | None = None
    """The HTTP status: of the problem where it names one, else of the response."""
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
    """What it means, faithful to the documentation; it says so where that says no more."""
    remedies: tuple[Prose, ...] = ()
    """What to do, in this order, one step each."""
    retry: RetryRule | None = None
    """Whether a repetition helps."""
    actor: Actor | None = None
    """Who has to act."""
    documentation: Url | None = None
    """The page, and the place on it, that documents this code."""
    role: Literal["cause", "consequence", "harmless"] | None = None
    """consequence: it only follows from another problem; harmless: usually nothing to do."""
    see_also: tuple[str, ...] = ()
    """Other codes of this file whose meaning helps with this one."""
    expects: tuple[str, ...] = ()
    """Members the documentation promises with this code; a note says which are absent."""


class Defaults(NamedTuple):
    """What holds for every entry of `codes` that does not say otherwise."""

    retry: RetryRule | None = None
    """Whether a repetition helps."""
    actor: Actor | None = None
    """Who has to act."""
    documentation: Url | None = None
    """The page that documents the codes, when it is not the format's."""


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


class Format(NamedTuple):
    """One documented error format: one file."""

    id: str
    """Lower-case letters, digits and hyphens; the file's name."""
    name: str
    """What people call it."""
    kind: Kind
    """What sort of source the format has."""
    documentation: Url
    """Where the provider documents the format."""
    reviewed: Date
    """When the file was last held against the documentation."""
    extends: str | None = None
    """Id of the format this is a dialect of; clues, extractor and codes are inherited."""
    fold_codes: bool = False
    """Codes are compared without regard to letter case and blanks."""
    detect: Detect = Detect()
    """How it is recognised."""
    extract: Extract = Extract()
    """How its problems are read."""
    shapes: tuple[Shape, ...] = ()
    """None: one shape with `[detect]` and `[extract]` as they stand."""
    defaults: Defaults = Defaults()
    """What holds for all codes."""
    codes: tuple[Code, ...] = ()
    """What the codes mean."""
    examples: tuple[Example, ...] = ()
    """Responses in this format: the tests."""
    counterexamples: tuple[Counterexample, ...] = ()
    """Look-alikes."""
