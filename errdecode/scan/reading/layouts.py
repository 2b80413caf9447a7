"""Where a record of a log says what, by the names of its members, and whether it is one."""

from __future__ import annotations

from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.scan.model import Context
from errdecode.scan.reading.values import READERS, Reader, level_word

Record = dict[str, JSON]


def word_set(names: str) -> frozenset[str]:
    """Names, as a set."""
    return frozenset(names.split())


_MEMBERS = {
    "time": word_set(
        "ts time timestamp asctime realtimetimestamp datetime eventtime date timeunixnano"
    ),
    "level": word_set("level severity levelname lvl loglevel severitytext priority"),
    "request_id": word_set(
        "requestid reqid xrequestid correlationid awsrequestid xcorrelationid httprequestid"
    ),
    "trace_id": word_set(
        "traceid xtraceid xb3traceid ddtraceid oteltraceid traceparent xamzntraceid tracecontext"
        " logginggoogleapiscomtrace"
    ),
    "method": word_set("method httpmethod verb requestmethod httprequestmethod"),
    "url": word_set("url uri path requesturi requesturl httpurl endpoint urlfull urlpath target"),
    "status": word_set(
        "status statuscode httpstatus httpstatuscode responsestatus responsecode upstreamstatus"
        " httpresponsestatuscode responsestatuscode elbstatuscode statusint"
    ),
}
"""Names of a record's members, in lower case without separators, and what they say."""
_FIELD_OF = {name: field for field, names in _MEMBERS.items() for name in names}
_SHORT = {"@t": "time", "@l": "level", "@tr": "trace_id"}
"""Names of the compact log event format of Serilog (github.com/serilog/serilog-formatting-compact),
as they are."""
_SHIPPED = word_set(
    "dd ddsource ddtags ecs ecsversion severitytext severitynumber timeunixnano"
    " observedtimeunixnano"
)
_MARKED = ("@timestamp", "@version", "@t", "@m", "@mt", "@l")
"""Names that records of log shippers have and no answer of an API."""
_SEPARATORS = expression(r"[-_.@/ ]")
ASIDE = word_set(
    "request req http httprequest response res httpcontext event httpresponse source config context"
    " ctx extra mdc dd attributes properties"
)
"""Objects beside a body whose members count, too."""


_plain_names: dict[str, str] = {}


def plain_name(name: str) -> str:
    """A member's name in lower case without separators; remembered."""
    known = _plain_names.get(name)
    if known is None:
        if len(_plain_names) > 5000:
            _plain_names.clear()
        known = _plain_names[name] = _SEPARATORS.sub("", name[:200]).lower()
    return known


class Layout(NamedTuple):
    """Where a record of one kind says what; the same for all records with the same names."""

    fields: tuple[tuple[int, str, Reader], ...]
    """Which field of the context it is, the name of the member, and how it is read."""
    aside: tuple[str, ...]
    """Members whose own members count, too."""
    is_record: bool
    """Whether it is the log's own, and no body."""
    holders: tuple[str, ...] = ()
    """Members by which it is, if they hold what a server answered, or was asked."""
    wrapping: str | None = None
    """The member by which it is, if a document stands in its text: there is little beside it but a
    time, as in an export of events."""
    lines: tuple[str, ...] = ()
    """Members that may hold a request line."""
    nested: bool = False
    """Whether it is laid out as the Elastic Common Schema has it, in objects."""


_layouts: dict[tuple[str, ...], Layout] = {}
_MESSAGES = word_set("message msg log event text logger loggername thread pid hostname caller")
_CARRIERS = (
    frozenset(("log", "stream")),
    frozenset(("message", "timestamp", "ingestiontime")),
    frozenset(("message", "timestamp", "eventid")),
    frozenset(("message", "realtimetimestamp")),
    frozenset(("message", "timestamp", "id")),
    frozenset(("index", "id", "source")),
)
_TOLD = word_set("message msg log")
_FEW = 3
"""Members of an object that holds but a time, a text, and perhaps where they come from."""
_HOLDERS = word_set(
    "body response responsebody payload responsepayload resp res reply requestbody responsetext"
    " respbody reqbody"
)
_REQUEST_LINES = word_set("request requestline")
_NESTED = word_set("http url trace log")
_OWN_ADDRESS = word_set("uri")
"""What a resource names its own address; by itself it does not say what was asked for."""


def layout_of(names: tuple[str, ...]) -> Layout:
    """What a record with these members says where; remembered."""
    known = _layouts.get(names)
    if known is None:
        if len(_layouts) > 2000:
            _layouts.clear()
        known = _layouts[names] = _lay_out(names)
    return known


def _lay_out(names: tuple[str, ...]) -> Layout:
    plain = [plain_name(name) for name in names[:200]]
    seen = frozenset(plain)
    kinds_of = [_SHORT.get(n) or _FIELD_OF.get(p) for p, n in zip(plain, names, strict=False)]
    fields = tuple(
        (Context._fields.index(kind), n, READERS[kind])
        for kind, n in zip(kinds_of, names, strict=False)
        if kind
    )
    kinds = set(kinds_of)
    if "level" not in kinds and "status" in seen:  # Datadog's name of the level
        status = names[plain.index("status")]
        fields += ((Context._fields.index("level"), status, level_word),)
    shipped = bool(seen & _SHIPPED) or any(name in _MARKED for name in names)
    logged = "level" in kinds and ("time" in kinds or bool(seen & _MESSAGES))
    carried = any(carrier <= seen for carrier in _CARRIERS)
    holding = "time" in kinds and bool(seen & _HOLDERS)
    addressed = any(_FIELD_OF.get(name) == "url" for name in seen - _OWN_ADDRESS)
    asked = bool(seen & _HOLDERS) and ("method" in kinds or addressed)
    aside = tuple(n for p, n in zip(plain, names, strict=False) if p in ASIDE)
    holders = [n for p, n in zip(plain, names, strict=False) if p in _HOLDERS]
    told = [n for p, n in zip(plain, names, strict=False) if p in _TOLD]
    wrapping = told[0] if told and "time" in kinds and len(names) <= _FEW else None
    held = tuple(holders if holding or asked else ())
    lines = tuple(n for p, n in zip(plain, names, strict=False) if p in _REQUEST_LINES)
    nested = bool(seen & _NESTED) and "time" in kinds
    is_record = logged or carried or shipped
    return Layout(fields, aside, is_record, held, wrapping, lines, nested)


def is_record(value: dict[str, JSON]) -> bool:
    """Whether an object is the log's own, and no body."""
    layout = layout_of(tuple(value))
    if layout.is_record or any(_holds_more(value[name]) for name in layout.holders):
        return True
    text = value[layout.wrapping] if layout.wrapping is not None else None
    return isinstance(text, str) and "{" in text


def _holds_more(value: JSON) -> bool:
    """Whether a value is more than a word."""
    return isinstance(value, dict | list) or (isinstance(value, str) and " " in value.strip())
