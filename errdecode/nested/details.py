"""The messages of google.rpc, told by a table and written as the JSON mapping has them.

Numbers and types from google/rpc/status.proto and google/rpc/error_details.proto in
https://github.com/googleapis/googleapis; the mapping from
https://protobuf.dev/programming-guides/json/.
"""

from __future__ import annotations

from functools import cache

from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.nested.protobuf import BYTES, VARINT, WireField, read_message

TYPE_URL = "type.googleapis.com/"

_DEPTH = 4
"""How deep a google.rpc.Status may hold messages of any type that hold messages of any type."""

_MESSAGES = {
    "google.rpc.Status": "1 code int32, 2 message string, 3 details Any[]",
    "google.rpc.ErrorInfo": "1 reason string, 2 domain string, 3 metadata map",
    "google.rpc.RetryInfo": "1 retryDelay Duration",
    "google.rpc.DebugInfo": "1 stackEntries string[], 2 detail string",
    "google.rpc.QuotaFailure": "1 violations google.rpc.QuotaFailure.Violation[]",
    "google.rpc.QuotaFailure.Violation": "1 subject string, 2 description string,"
    " 3 apiService string, 4 quotaMetric string, 5 quotaId string, 6 quotaDimensions map,"
    " 7 quotaValue int64, 8 futureQuotaValue int64",
    "google.rpc.PreconditionFailure": "1 violations google.rpc.PreconditionFailure.Violation[]",
    "google.rpc.PreconditionFailure.Violation": "1 type string, 2 subject string,"
    " 3 description string",
    "google.rpc.BadRequest": "1 fieldViolations google.rpc.BadRequest.FieldViolation[]",
    "google.rpc.BadRequest.FieldViolation": "1 field string, 2 description string,"
    " 3 reason string, 4 localizedMessage google.rpc.LocalizedMessage",
    "google.rpc.RequestInfo": "1 requestId string, 2 servingData string",
    "google.rpc.ResourceInfo": "1 resourceType string, 2 resourceName string, 3 owner string,"
    " 4 description string",
    "google.rpc.Help": "1 links google.rpc.Help.Link[]",
    "google.rpc.Help.Link": "1 description string, 2 url string",
    "google.rpc.LocalizedMessage": "1 locale string, 2 message string",
    "google.protobuf.Duration": "1 seconds int64, 2 nanos int32",
    "map": "1 key string, 2 value string",
}
"""Number, JSON name and type of each field; `[]` for repeated ones, `map` from string to string."""


class Detail(NamedTuple):
    """A message as JSON."""

    members: dict[str, JSON]
    complete: bool
    """False when it is damaged or holds fields that the table does not have."""


def is_known(type_url: str) -> bool:
    """Tell whether a type, given as a URL or by its full name, can be read."""
    name = type_url.rpartition("/")[2]
    return name in _MESSAGES and name.startswith("google.")


def read_status(data: bytes) -> Detail:
    """Read a google.rpc.Status."""
    return _read("google.rpc.Status", data, _DEPTH)


def read_any(type_url: str, data: bytes, depth: int = _DEPTH) -> Detail:
    """Read a message of any type as the JSON mapping of google.protobuf.Any has it.

    What the table does not know, or not all of, keeps its bytes as base64 under `value`, and so
    does what is nested deeper than `depth` messages of any type.
    """
    url = type_url if "/" in type_url else TYPE_URL + type_url
    members: dict[str, JSON] = {"@type": url}
    complete = False
    name = type_url.rpartition("/")[2]
    if name == "google.protobuf.Duration":
        members["value"], complete = _read_duration(data)
    elif depth > 0 and is_known(name):
        detail = _read(name, data, depth)
        members.update(detail.members)
        complete = detail.complete
    if not complete:
        members["value"] = _encode(data)
    return Detail(members, complete)


def _read(name: str, data: bytes, depth: int) -> Detail:
    """Read a message by its table; the recursion is as deep as the table, or `depth` for Any."""
    table = _table(name)
    message = read_message(data)
    complete = message.complete
    members: dict[str, JSON] = {}
    for field in message.fields:
        row = table.get(field.number)
        value, whole = _read_value(row.type, field, depth) if row else (None, False)
        complete = complete and whole
        if row is None or value is None:
            continue
        held = members.setdefault(row.name, []) if row.repeated else None
        entries = members.setdefault(row.name, {}) if row.type == "map" else None
        if isinstance(held, list):
            held.append(value)
        elif isinstance(entries, dict) and isinstance(value, dict):
            entries[str(value.get("key", ""))] = value.get("value", "")
        else:
            members[row.name] = value
    return Detail(members, complete)


class _Row(NamedTuple):
    name: str
    type: str
    repeated: bool


@cache
def _table(name: str) -> dict[int, _Row]:
    rows = (row.split() for row in _MESSAGES[name].split(","))
    return {
        int(number): _Row(member, type_.removesuffix("[]"), type_.endswith("[]"))
        for number, member, type_ in rows
    }


def _read_value(type_: str, field: WireField, depth: int) -> tuple[JSON, bool]:
    """Read a field's value, and tell whether all of it was read; None when the type differs."""
    value = field.value
    if type_ in ("int32", "int64"):
        if field.wire != VARINT or not isinstance(value, int):
            return None, False
        bits = int(type_[3:])
        number = value & ((1 << bits) - 1)
        number -= (number >> (bits - 1)) << bits
        return (number if bits == 32 else str(number)), True
    if field.wire != BYTES or not isinstance(value, bytes):
        return None, False
    if type_ == "string":
        return value.decode("utf-8", "replace"), True
    if type_ == "Duration":
        return _read_duration(value)
    if type_ == "Any":
        return _read_packed(value, depth)
    inner = _read(type_, value, depth)
    return inner.members, inner.complete


def _read_packed(data: bytes, depth: int) -> tuple[JSON, bool]:
    """Read a google.protobuf.Any: a type's URL and a message of that type."""
    message = read_message(data)
    last = {field.number: field.value for field in message.fields if field.wire == BYTES}
    url, packed = last.get(1, b""), last.get(2, b"")
    if not isinstance(url, bytes) or not isinstance(packed, bytes):
        return None, False
    return read_any(url.decode("utf-8", "replace"), packed, depth - 1).members, message.complete


def _read_duration(data: bytes) -> tuple[JSON, bool]:
    """Read a google.protobuf.Duration as the mapping writes it: `1.5s`."""
    detail = _read("google.protobuf.Duration", data, 0)
    seconds, nanos = detail.members.get("seconds", "0"), detail.members.get("nanos", 0)
    if not isinstance(seconds, str) or not isinstance(nanos, int):
        return None, False
    total = int(seconds) * 1_000_000_000 + nanos
    whole, rest = divmod(abs(total), 1_000_000_000)
    fraction = f".{rest:09d}".rstrip("0") if rest else ""
    return f"{'-' * (total < 0)}{whole}{fraction}s", detail.complete


def _encode(data: bytes) -> str:
    from binascii import b2a_base64

    return b2a_base64(data, newline=False).decode()
