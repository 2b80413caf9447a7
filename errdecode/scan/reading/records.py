"""What the records around a body say of it, by the names of their members."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.scan.model import Context
from errdecode.scan.reading.times import epoch_of, read_iso, read_time

Record = dict[str, JSON]

_LONGEST = 400
"""Characters of an id or an address."""

_LEVEL_NAMES = {
    "err": "error",
    "severe": "error",
    "warn": "warning",
    "crit": "critical",
    "emerg": "emergency",
    "fine": "debug",
    "e": "error",
    "w": "warning",
    "i": "info",
    "d": "debug",
    "f": "fatal",
}
_SYSLOG_LEVELS = "emergency alert critical error warning notice info debug".split()
_LEVELS_BY_NUMBER = {10: "trace", 20: "debug", 30: "info", 40: "warning", 50: "error", 60: "fatal"}
"""As pino and bunyan number them."""
_LEVEL_WORDS = frozenset((*_SYSLOG_LEVELS, *_LEVELS_BY_NUMBER.values()))


def level_of(value: JSON) -> str | None:
    """A level in lower case, out of a name or a number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return _SYSLOG_LEVELS[value] if 0 <= value < 8 else _LEVELS_BY_NUMBER.get(value)
    if isinstance(value, str) and value:
        if value.isdecimal() and len(value) < 3:
            return level_of(int(value))
        word = value.lower()[:20]
        return _LEVEL_NAMES.get(word, word)
    return None


def _plain(names: str) -> frozenset[str]:
    return frozenset(names.split())


_MEMBERS = {
    "time": _plain(
        "ts time timestamp asctime realtimetimestamp datetime eventtime date timeunixnano"
    ),
    "level": _plain("level severity levelname lvl loglevel severitytext priority"),
    "request_id": _plain(
        "requestid reqid xrequestid correlationid awsrequestid xcorrelationid httprequestid"
    ),
    "trace_id": _plain(
        "traceid xtraceid xb3traceid ddtraceid oteltraceid traceparent xamzntraceid tracecontext"
        " logginggoogleapiscomtrace"
    ),
    "method": _plain("method httpmethod verb requestmethod httprequestmethod"),
    "url": _plain("url uri path requesturi requesturl httpurl endpoint urlfull urlpath target"),
    "status": _plain(
        "status statuscode httpstatus httpstatuscode responsestatus responsecode upstreamstatus"
        " httpresponsestatuscode responsestatuscode elbstatuscode statusint"
    ),
}
"""Names of a record's members, in lower case without separators, and what they say."""
_FIELD_OF = {name: field for field, names in _MEMBERS.items() for name in names}
_SHORT = {"@t": "time", "@l": "level", "@tr": "trace_id"}
"""Names of the compact log event format of Serilog (github.com/serilog/serilog-formatting-compact),
as they are."""
_SHIPPED = _plain(
    "dd ddsource ddtags ecs ecsversion severitytext severitynumber timeunixnano"
    " observedtimeunixnano"
)
_MARKED = ("@timestamp", "@version", "@t", "@m", "@mt", "@l")
"""Names that records of log shippers have and no answer of an API."""
_SEPARATORS = re.compile(r"[-_.@/ ]")
ASIDE = _plain(
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


Reader = Callable[[JSON, "int | None"], "str | int | float | None"]


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
_MESSAGES = _plain("message msg log event text logger loggername thread pid hostname caller")
_CARRIERS = (
    frozenset(("log", "stream")),
    frozenset(("message", "timestamp", "ingestiontime")),
    frozenset(("message", "timestamp", "eventid")),
    frozenset(("message", "realtimetimestamp")),
    frozenset(("message", "timestamp", "id")),
    frozenset(("index", "id", "source")),
)
_TOLD = _plain("message msg log")
_FEW = 3
"""Members of an object that holds but a time, a text, and perhaps where they come from."""
_HOLDERS = _plain(
    "body response responsebody payload responsepayload resp res reply requestbody responsetext"
    " respbody reqbody"
)
_REQUEST_LINES = _plain("request requestline")
_NESTED = _plain("http url trace log")
_ECS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("level", ("log", "level")),
    ("method", ("http", "request", "method")),
    ("request_id", ("http", "request", "id")),
    ("status", ("http", "response", "status_code")),
    ("url", ("url", "path")),
    ("url", ("url", "original")),
    ("url", ("url", "full")),
    ("trace_id", ("trace", "id")),
)
"""Where the Elastic Common Schema has what; of several the last one counts."""
_OWN_ADDRESS = _plain("uri")
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
        (Context._fields.index(kind), n, _READERS[kind])
        for kind, n in zip(kinds_of, names, strict=False)
        if kind
    )
    kinds = set(kinds_of)
    if "level" not in kinds and "status" in seen:  # Datadog's name of the level
        status = names[plain.index("status")]
        fields += ((Context._fields.index("level"), status, _level_word),)
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


def read_record(records: Sequence[dict[str, JSON]], year: int | None = None) -> Context:
    """What the records around a body say, the outermost first; the nearest counts."""
    said: list[JSON] = [None] * len(Context._fields)
    for record in records:
        layout = layout_of(tuple(record))
        for name in layout.aside:
            inner = record[name]
            if isinstance(inner, list):
                inner = _attributes(inner)
            if isinstance(inner, dict):
                _take(inner, layout_of(tuple(inner)), said, year)
                if "id" in inner and said[_REQUEST_ID] is None and plain_name(name) in _SENT:
                    said[_REQUEST_ID] = _word(inner["id"], year)
        if layout.nested:
            _take_nested(record, said, year)
        _take(record, layout, said, year)
    return Context(*said)  # type: ignore[arg-type]  # its readers gave each what it holds


_REQUEST_ID, _METHOD, _URL = map(Context._fields.index, ("request_id", "method", "url"))
_REQUEST_LINE = re.compile(r"([A-Z]{3,7}) (\S{1,400})(?: HTTP/[\d.]+)?\Z")
_SENT = ("request", "req")


def _take(record: dict[str, JSON], layout: Layout, said: list[JSON], year: int | None) -> None:
    for name in layout.lines:
        line = record[name]
        found = _REQUEST_LINE.match(line) if isinstance(line, str) else None
        if found:
            said[_METHOD], said[_URL] = found.groups()
    for field, name, read in layout.fields:
        value = read(record[name], year)
        if value is not None:
            said[field] = value


def _take_nested(record: dict[str, JSON], said: list[JSON], year: int | None) -> None:
    for field, path in _ECS:
        value: JSON = record
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        read = _READERS[field](value, year) if value is not None else None
        if read is not None:
            said[Context._fields.index(field)] = read


def _attributes(items: list[JSON]) -> dict[str, JSON]:
    """The attributes of a record of OpenTelemetry, a list of keys and values, as an object.

    Source: opentelemetry.proto.common.v1, KeyValue.
    """
    found: dict[str, JSON] = {}
    for item in items[:200]:
        key = item.get("key") if isinstance(item, dict) else None
        value = item.get("value") if isinstance(item, dict) else None
        if isinstance(key, str) and isinstance(value, dict) and len(value) == 1:
            [found[key]] = value.values()
    return found


def _status(value: JSON, year: int | None) -> int | None:
    if isinstance(value, str) and len(value) == 3 and value.isdecimal():
        value = int(value)
    return value if isinstance(value, int) and 100 <= value <= 599 else None


def _time(value: JSON, year: int | None) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return epoch_of(value)
    if isinstance(value, str):
        if value[4:5] != "-" and value[:10].isdecimal() and len(value) < 25:
            try:
                return epoch_of(float(value))
            except ValueError:
                return None
        return read_iso(value) or read_time(value[:64].encode("utf-8", "replace"), year)
    return None


_TRACE = re.compile(r"00-([0-9a-f]{32})-|Root=([\w-]+)|traces/([0-9a-f]+)")


def _trace(value: JSON, year: int | None) -> str | None:
    found = _TRACE.search(value) if isinstance(value, str) else None
    return found[found.lastindex or 0] if found else _word(value, year)


def _word(value: JSON, year: int | None) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        return None
    return str(value)[:_LONGEST]


def _method(value: JSON, year: int | None) -> str | None:
    return value.upper() if isinstance(value, str) and value.isalpha() and len(value) < 9 else None


def _level_word(value: JSON, year: int | None) -> str | None:
    """A level that stands where a status might."""
    word = level_of(value) if isinstance(value, str) and value.isalpha() else None
    return word if word in _LEVEL_WORDS else None


def _level(value: JSON, year: int | None) -> str | None:
    return level_of(value)


_READERS: dict[str, Reader] = {
    "time": _time,
    "level": _level,
    "request_id": _word,
    "trace_id": _trace,
    "method": _method,
    "url": _word,
    "status": _status,
}


_TICKETS = (_plain("requestid correlationid transactionid"), _plain("traceid"))
"""Names of what an answer is known by, the surest first."""


def find_ticket(value: object) -> str | None:
    """The request's id in a body, by the names of its members and of those one level below."""
    if not isinstance(value, dict):
        return None
    parts = (value, *(child for child in value.values() if isinstance(child, dict)))
    for tickets in _TICKETS:
        for inner in parts:
            for name, said in inner.items():
                if isinstance(said, str) and said and plain_name(name) in tickets:
                    return said[:_LONGEST]
    return None
