"""The words of a scan: what was sighted where, the groups, and the account of the whole."""

from __future__ import annotations

from errdecode.model.record import NamedTuple


class Place(NamedTuple):
    """Where a body stands in a log."""

    file: str
    """As the user named it or as it was found in a folder; `-`: standard input; a member of an
    archive stands behind it: `logs.zip/app.log`."""
    offset: int
    """Bytes before the body's first one, 0-based, in the file as it is once it is unpacked."""
    line: int
    """The line of the body's first byte, 1-based."""


class Context(NamedTuple):
    """What a log says around a body."""

    time: float | None = None
    """Seconds since 1970-01-01 UTC; a time without a zone is taken as UTC."""
    level: str | None = None
    """In lower case: error, warning, info, ..."""
    request_id: str | None = None
    trace_id: str | None = None
    method: str | None = None
    url: str | None = None
    status: int | None = None


class Sighting(NamedTuple):
    """One error response in a log, decoded."""

    place: Place
    length: int
    """Bytes of the body, as it stands in the log (escaped or in UTF-16, say)."""
    context: Context
    wrapper: str
    """How it stood there: body, member, string, text, lines, transcript, har."""
    format: str | None
    """Id of the documented format; None: read generically."""
    confidence: str | None
    code: str | None
    pointer: str | None
    """Of the first cause, with `*` for every index."""
    title: str | None
    """What the catalog says in a line, else what the server said, cut to a line."""
    status: int | None
    verdict: str
    """Of a retry: see `model.Retry`."""
    actor: str | None = None
    problems: int = 1
    """How many problems the body names."""
    message: str | None = None
    """What the server said, its variable parts put as `…`: groups what bears no code. None where
    the catalog explains the code."""
    completeness: int = 0
    """How much a reader gets from it: the most complete one of a group is its first exemplar."""
    told: bool = True
    """Whether it bears words of the server, and not the catalog's alone."""


class Unreadable(NamedTuple):
    """What looked like an error and could not be read; counted and listed, never dropped."""

    place: Place
    reason: str


class Skipped(NamedTuple):
    """A file, or a part of one, that was not scanned."""

    file: str
    reason: str
    again: bool = False
    """Whether it is scanned all the same, by another name."""
    part: bool = False
    """Whether it was read but for a part."""


class Histogram(NamedTuple):
    """How many errors fell into each span of time that has any."""

    width: int
    """Seconds of a span, a power of two: two histograms meet at the wider one."""
    spans: tuple[tuple[int, int], ...]
    """The number of a span since 1970-01-01 UTC, and the errors in it; sorted."""


class Group(NamedTuple):
    """Errors that are one fault: equal in format, code and pointer template."""

    number: int
    """1-based, in the order shown; what `--open` takes."""
    format: str | None
    format_name: str | None
    code: str | None
    pointer: str | None
    message: str | None
    """Only where there is no code: the message with its variable parts put as `…`."""
    title: str | None
    status: int | None
    """The most frequent one."""
    verdict: str
    """The one that all its errors have; unknown where they differ in it."""
    actor: str | None
    """The only one that its errors name."""
    count: int  # type: ignore[assignment]  # a tuple's own method of this name is not used
    first: float | None
    last: float | None
    histogram: Histogram | None
    exemplars: tuple[Sighting, ...]
    """Three at the most, the most complete first."""
    files: int
    """In how many files it was seen."""
    follows: tuple[str, ...] = ()
    """What it is a consequence of, each with the reason: `group 2: same trace id in 38 of 40`."""
    change: str | None = None
    """Against a baseline: new, grown, shrunk, same or gone."""
    causes: tuple[int, ...] = ()
    """The numbers of the groups it follows, in the order of `follows`."""
    varied: tuple[tuple[str, str], ...] = ()
    """What differed among its errors and did not tell them apart: a member's name, and in words
    what stood there."""
    before: int | None = None
    """How many there were in the baseline."""
    statuses: tuple[tuple[int, int], ...] = ()
    """Each status with the errors that had it, the most frequent first."""
    verdicts: tuple[tuple[str, int], ...] = ()
    """Each verdict on a retry with the errors that had it, the most frequent first."""


class Scan(NamedTuple):
    """The account of a whole scan."""

    groups: tuple[Group, ...]
    unreadable: tuple[Unreadable, ...]
    """The first ones, by place."""
    unreadable_count: int
    skipped: tuple[Skipped, ...]
    files: int
    bytes: int
    """Read, after decompression."""
    lines: int
    errors: int
    seconds: float
    engine: str
    jobs: int
    interrupted: str | None = None
    """How far it came, in words, when it was interrupted."""
    notes: tuple[str, ...] = ()
    """What happened to the scan itself, such as a process that died and whose part was done
    again."""
