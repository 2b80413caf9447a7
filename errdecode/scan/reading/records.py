"""What the records around a body say of it, by the names of their members."""

from __future__ import annotations

from collections.abc import Sequence

from errdecode.model import JSON
from errdecode.regex import expression
from errdecode.scan.model import Context
from errdecode.scan.reading.layouts import Layout, layout_of, plain_name, word_set
from errdecode.scan.reading.values import LONGEST, READERS

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
                    said[_REQUEST_ID] = READERS["request_id"](inner["id"], year)
        if layout.nested:
            _take_nested(record, said, year)
        _take(record, layout, said, year)
    return Context(*said)  # type: ignore[arg-type]  # its readers gave each what it holds


_REQUEST_ID, _METHOD, _URL = map(Context._fields.index, ("request_id", "method", "url"))
_REQUEST_LINE = expression(r"([A-Z]{3,7}) (\S{1,400})(?: HTTP/[\d.]+)?\Z")
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
        read = READERS[field](value, year) if value is not None else None
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


_TICKETS = (word_set("requestid correlationid transactionid"), word_set("traceid"))
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
                    return said[:LONGEST]
    return None
