"""Finds a parameter in the path of a URL, which does not name its parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from errdecode.body.form import decode
from errdecode.locate.echo import Echo, confirm, read_echoes
from errdecode.locate.spelling import singular, split_words
from errdecode.model import Location, Problem, Repair, Text
from errdecode.pointer import build
from errdecode.regex import expression

_AUTHORITY = expression(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*|[^/?#:]+(?::[0-9]+)?(?=[/?#]|\Z)")
_SEGMENT = expression("[^/]+")
_ID = expression(
    r"[0-9]+|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F-]{4,40}|[0-9a-fA-F]{16,64}|[^/]*[0-9]{3}[^/]*"
)
"""A segment that is likely a value: a number, a UUID, a long hexadecimal one, one with digits."""
_VERSION = expression(r"v[0-9]{1,3}(?:\.[0-9]{1,3})?|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?", re.I)
_PLACEHOLDERS = frozenset(("id", "ids", "uuid", "key", "name", "slug", "number"))
"""Words of a parameter's name that do not tell whose it is."""
_MOST_SEGMENTS = 1000
"""Segments of a path that are looked at."""


def locate_in_path(problem: Problem, url: Text | None) -> list[Location]:
    """Find a parameter in the path.

    A segment that has the value the server quotes is meant; else the one behind the collection of
    that name (`/orders/7` for `order_id`); else the only one that looks like a value.
    """
    if url is None:
        return []
    name = problem.parameter or ""
    segments = list(_segments(url.value))
    start = segments[0][0] if segments else len(url.value)
    end = segments[-1][1] if segments else len(url.value)
    location = Location(
        "request.path",
        build((name,)),
        False,
        reason="a URL does not name the parameters of its path",
        text=url,
        start=start,
        end=end,
        described="the path of the request's URL",
    )
    repairs = _read_path(name, [decode(url.value[a:b]) for a, b in segments], problem)
    placed = tuple(
        repair._replace(start=segments[at][0], end=segments[at][1]) for at, repair in repairs
    )
    return [location._replace(repairs=placed)]


def _segments(url: str) -> Iterator[tuple[int, int]]:
    """Where the segments of a URL's path stand."""
    stop = re.compile("[?#]|\\Z").search(url)
    authority = _AUTHORITY.match(url)
    start, end = authority.end() if authority else 0, stop.start() if stop else len(url)
    for count, match in enumerate(_SEGMENT.finditer(url, start, end)):
        if count == _MOST_SEGMENTS:
            return
        yield match.span()


def _read_path(name: str, segments: Sequence[str], problem: Problem) -> list[tuple[int, Repair]]:
    """The segments that a path parameter may mean, by the strongest reason there is."""
    echoes = read_echoes(problem)
    quoted = [
        at
        for at, value in enumerate(segments)
        if value.casefold() != name.casefold() and confirm(echoes, value)
    ]
    if quoted:
        return [_segment(at, segments, "it is what the server quotes", echoes) for at in quoted]
    words = {singular(word) for word in split_words(name)} - _PLACEHOLDERS
    behind = [
        at
        for at in range(1, len(segments))
        if words and words <= {singular(word) for word in split_words(segments[at - 1])}
    ]
    if behind:
        return [
            _segment(at, segments, f"it stands behind `{segments[at - 1]}`", echoes)
            for at in behind
        ]
    values = [
        at
        for at, value in enumerate(segments)
        if _ID.fullmatch(value[:100]) and not _VERSION.fullmatch(value)
    ]
    if len(values) == 1:
        reason = "it is the only part of the path that looks like a value"
        return [_segment(values[0], segments, reason, echoes)]
    return []


def _segment(
    at: int, segments: Sequence[str], reason: str, echoes: tuple[Echo, ...]
) -> tuple[int, Repair]:
    value = segments[at]
    return at, Repair(build((str(at),)), "segment", reason, confirm(echoes, value), value)
