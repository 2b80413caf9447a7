"""What is known besides a body, taken apart by what an answer may hang on."""

from __future__ import annotations

from functools import lru_cache

from errdecode.clue import see
from errdecode.model import Body
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.scan.reading.answers import Around, exchange_of

MOST_FIELDS = 100
"""Fields of a head that is remembered by its names."""
_CONTENT = ("content-type", "content-encoding", "transfer-encoding")
"""Fields that say how a body is read (RFC 9110, section 8)."""
_BODIES = ("grpc-status", "grpc-message", "grpc-status-details-bin")
"""Fields that may be read instead of a body."""
_WAITS = expression("retry|limit")
"""What the names of fields have in them that may tell of a wait (see `retry`)."""


class Given(NamedTuple):
    """What is known of an exchange besides the body."""

    status: int | None
    method: str | None
    host: str | None
    path: str | None
    fields: dict[str, str]
    """Of the response's header, by their names in lower case."""
    head: tuple[object, ...]
    """The names of the fields, and what they say of the content."""
    waits: tuple[str, ...]
    """What they say of waits."""


def take_apart(around: Around) -> Given:
    """What an answer may hang on besides the body."""
    host, path = _host_and_path(around.url) if around.url else (None, None)
    if not around.fields:
        return Given(around.status, around.method, host, path, {}, (), ())
    fields: dict[str, str] = {}
    for name, value in around.fields:
        name = name.lower()
        fields[name] = f"{fields[name]}, {value}" if name in fields else value
    head = (*sorted(fields), *(fields.get(name) for name in _CONTENT))
    waits = [value for name, value in fields.items() if _WAITS.search(name)]
    if waits:
        waits += [fields.get("date", ""), fields.get("age", "")]
    return Given(around.status, around.method, host, path, fields, head, tuple(waits))


def is_plain(given: Given) -> bool:
    """Whether the head is one that is remembered: short, and no part of the body."""
    fields = given.fields
    return len(fields) <= MOST_FIELDS and fields.keys().isdisjoint(_BODIES)


_PARTS = expression(r"(https?://[^/?#]*)([^?#]*)")


def _host_and_path(url: str) -> tuple[str | None, str | None]:
    """Host and path of an address, as clues are asked of them."""
    parts = _PARTS.match(url)
    if parts:
        return _see(parts[1])[0], parts[2] or "/"
    if url[:1] == "/" and url[1:2] != "/":
        return _see(url.partition("?")[0].partition("#")[0])
    return _see(url)


@lru_cache(maxsize=2000)
def _see(url: str) -> tuple[str | None, str | None]:
    exchange = exchange_of(b"", Around(url=url))
    seen = see(exchange, Body("empty", None, exchange.source, None))
    return seen.host, seen.path
