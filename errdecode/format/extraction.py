"""How problems are read out of a response: where each member of a problem stands."""

from __future__ import annotations

from typing import Literal

from errdecode.format.kinds import At, Dialect, Prose, Regex
from errdecode.format.recognition import Clue
from errdecode.model.record import NamedTuple


class Read(NamedTuple):
    """Where a member of a problem is read; the first of several that yields something counts."""

    at: At | None = None
    """A place in the response: relative to the item, or from the root of the body with `#/...`."""
    header: str | None = None
    """A field of the response."""
    value: str | int | None = None
    """A fixed value, where the shape itself says it."""
    take: Literal["value", "name", "path"] = "value"
    """`name`: the name of the member that the pattern's last `*` stands for; with `at = ""` that of
    the item itself. `path`: where it stands in the response, as a JSON Pointer, of which `matches`
    takes what is the request's own."""
    matches: Regex | None = None
    """Only the part this finds: its first group, or all of the match."""
    template: str | None = None
    """What to make of it: `{value}` is what was read, `{index}` the problem's position (0-based) in
    its list, `{item}` that of the batch's item which it stands in."""
    dialect: Dialect | None = None
    """For pointers: how it is written, when that differs from the extractor's `pointer_dialect`."""
    below: tuple[Read, ...] = ()
    """For pointers: where this one begins, which the item says apart from it: the pointer to an
    object beside the name of its member, the index of an item beside the member's. It is read as
    this is, the first that yields something counts, and without one nothing is made of this."""
    heuristic: bool = False
    """The value comes out of wording that the provider does not promise; the report says so."""
    assumes: Prose | None = None
    """For pointers: what this reading takes for granted, which a note says. Where the request is
    known and the pointer leads nowhere in it, nothing is made of it; nor of one with `**` where no
    request is known."""
    unit: Literal["s", "ms", "time"] = "s"
    """For `retry_after`: what a bare number counts, seconds or milliseconds; `time`: it is no wait
    but the point in time at which it ends, which is held against the response's Date field. One
    word is enough for that, as Unix seconds and milliseconds, RFC 3339 and HTTP dates cannot be
    mistaken for each other."""


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
    each_is: tuple[Clue, ...] = ()
    """Only items for which all of these clues hold are problems; their `at` starts at the item. So
    the successes beside failures are left out: `{ at = "/status", matches = "^[45]" }`."""
    around: At | None = None
    """The object around the items, counted from the root of the body: what it holds besides them,
    and nothing else reads, is an extension of each problem; none: it is left out. `*` stands for
    what the item's own place has there: `/results/*` around `/results/*/errors/*`."""
    batch: tuple[At, ...] = ()
    """Where the items of a batch stand in its answer, failed or not: they are counted."""
    unwrap: str | None = None
    """Pointer to an array of inner problems; an item that bears it is a wrapper and no problem
    itself."""
    opens: At | None = None
    """A member of an item whose text may hold JSON, a whole answer in this format again: the
    problems in it are read in place of the item, whose other members they keep."""
    carries: tuple[At, ...] = ()
    """Members, from the root of the body, whose text may hold the answer of the server behind this
    one, as a proxy passes it on. If that is in a documented format, it is the one that is read."""
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
    pointer_base: At | None = None
    """What `pointer` counts from: `/variables` where it is about the arguments of a GraphQL
    mutation; none: the root of the body."""
    pointer_head: bool = False
    """The pointer's first segment names the part of the request, as `in` does: FastAPI's `loc`."""
    pointer_branches: Regex | None = None
    """Which segments of a pointer may name the branch of a union that was tried, and no member:
    Pydantic's `["pet", "Cat", "name"]`. They are left out where the request has no such member, as
    are values of members that tell the type of an object (`cat`, where its `kind` is that)."""
    one_of: tuple[Read, ...] = ()
    """Of which alternative the problem is, as a path whose last step tells it from the others:
    Ajv's `#/anyOf/0`. The problems of one alternative alone have to be put right."""
    in_: tuple[Read, ...] = ()
    """The part of the request that pointer or parameter is about: body, query, path, header or
    cookie, in any of the words frameworks have for them (querystring, params, ...)."""
    parameter: tuple[Read, ...] = ()
    """The parameter at fault; of the query unless `in` says otherwise."""
    header: tuple[Read, ...] = ()
    """The field of the request at fault."""
    positions: tuple[Read, ...] = ()
    """Places in a text of the request: an object with `line` and `column` (both 1-based), or an
    array of them."""
    positions_in: At | None = None
    """Pointer to the string in the request's body that `positions` count in; none: the body."""
    response_pointer: tuple[Read, ...] = ()
    """Where in the response the part stands that could not be given: an array of segments or a
    pointer."""
    response_base: At | None = None
    """What `response_pointer` counts from: `/data` in GraphQL; none: the root of the response."""
    line: tuple[Read, ...] = ()
    """The line of an uploaded file at fault, as sent."""
    operation: tuple[Read, ...] = ()
    """The API method that failed."""
    request_id: tuple[Read, ...] = ()
    """The id that support asks for, where it stands in the body or in an unusual field."""
    retry_after: tuple[Read, ...] = ()
    """How long to wait before the next attempt, where the body says it: a number (see `unit`), or
    text that names its units, such as "1.5s" (protobuf's Duration) or "6m0s" (Go's). Retry-After
    and rate limit fields are read for every format and need no word here."""
    retryable: tuple[Read, ...] = ()
    """Whether a repetition may help, where the answer itself says so: true or false. It is stronger
    than what is documented of the code, and not than what the request allows."""
    ignore: tuple[str, ...] = ()
    """Members of an item that are not worth showing as extensions."""
