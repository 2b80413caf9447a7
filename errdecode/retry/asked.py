"""What the server asks for: how long to wait, by which of its fields or members, by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from errdecode.format import Format
from errdecode.model import Exchange, Field
from errdecode.model.record import NamedTuple
from errdecode.retry.quotas import DRAFT, Quota, read_quotas, used_up
from errdecode.retry.times import (
    answered_at,
    read_duration,
    read_http_date,
    say,
    seconds_between,
)

_RULE = "RFC 9110, section 10.2.3"
_IN_MILLISECONDS = ("retry-after-ms", "x-ms-retry-after-ms")
"""Finer than Retry-After beside it: Azure and Cosmos DB send them, and Azure's and OpenAI's own
clients read them first (github.com/Azure/azure-sdk-for-js, sdk/core/core-rest-pipeline)."""
_HOUSES = {"anthropic-ratelimit": "Anthropic", "ratelimit": f"{DRAFT}-06"}
"""Whose a family of rate limit fields is."""


class Asked(NamedTuple):
    """A wait that the server asks for."""

    seconds: float | None
    """None: it names a time that cannot be reckoned from this response."""
    said: str
    """For the trail: which field, how long, by which rule."""
    quota: bool = False
    """It follows from a quota that is used up; the server does not ask for it in as many words."""


def read_asked(
    exchange: Exchange, status: int | None, format: Format | None, wait: float | None = None
) -> Asked | None:
    """The wait that binds most: Retry-After before the body (`wait`, seconds), both before quotas.

    Retry-After comes before RateLimit (draft-ietf-httpapi-ratelimit-headers). What says no usable
    seconds is only given where nothing does.
    """
    fields = exchange.response.headers if exchange.response else ()
    found = list(_read_all(fields, answered_at(exchange), status, format, wait))
    usable = (asked for asked in found if asked.seconds is not None)
    return next(usable, found[0] if found else None)


def _read_all(
    fields: Sequence[Field],
    since: float | None,
    status: int | None,
    format: Format | None,
    wait: float | None,
) -> Iterator[Asked]:
    vendor = format.name if format and format.kind == "vendor" else None
    yield from _read_retry_after(fields, since, vendor)
    if wait is not None:
        source = f"{format.name}: " if format and format.kind != "knowledge" else ""
        yield Asked(wait, f"{source}the answer asks for {say(wait)}")
    if not _is_cached(fields):
        yield from _read_limits(fields, since, status, vendor)


def _read_retry_after(
    fields: Sequence[Field], since: float | None, vendor: str | None
) -> Iterator[Asked]:
    """A number of seconds, or an HTTP date, held against the response's own Date."""
    for name in (*_IN_MILLISECONDS, "retry-after"):
        field = next((f for f in fields if f.name.lower() == name), None)
        if field is None:
            continue
        ms = name in _IN_MILLISECONDS
        seconds = read_duration(field.value.value, "ms" if ms else "s")
        rule = (vendor or "Azure") if ms else _RULE
        if seconds is not None:
            yield Asked(seconds, f"{field.name} asks for {say(seconds)} ({rule})")
        elif not ms:
            yield from _read_date(field, since)


def _read_date(field: Field, since: float | None) -> Iterator[Asked]:
    until = read_http_date(field.value.value)
    if until is None:
        return
    if since is None:
        yield Asked(
            None, f"{field.name} names a time, and there is no Date to hold it against ({_RULE})"
        )
    else:
        seconds = seconds_between(since, until)
        yield Asked(seconds, f"{field.name} asks for {say(seconds)}, counted from Date ({_RULE})")


def _is_cached(fields: Sequence[Field]) -> bool:
    """Rate limits in an answer out of a cache are not current (section "Caching" of the draft)."""
    age = next((f.value.value for f in fields if f.name.lower() == "age"), "")
    return (read_duration(age) or 0) > 0


def _read_limits(
    fields: Sequence[Field], since: float | None, status: int | None, vendor: str | None
) -> Iterator[Asked]:
    """The longest wait among the quotas that are used up: all of them stand in the way."""
    empty = used_up(read_quotas(fields), status == 429)
    asked = [_of_quota(quota, since, vendor) for quota in empty]
    if asked:
        yield max(asked, key=lambda one: -1.0 if one.seconds is None else one.seconds)


def _of_quota(quota: Quota, since: float | None, vendor: str | None) -> Asked:
    house = vendor or _HOUSES.get(quota.family) or "no standard, but common"
    rule = DRAFT if not quota.family else house
    why = f"{quota.said_left} is 0, and " if quota.said_left and quota.left == 0 else ""
    if quota.wait is None and (quota.until is None or since is None):
        said = f"{why}{quota.said_reset} names a time, and there is no Date to hold it against"
        return Asked(None, f"{said} ({rule})", quota=True)
    seconds = quota.wait
    counted = ""
    if seconds is None:
        seconds, counted = seconds_between(since or 0, quota.until or 0), ", counted from Date"
    return Asked(
        seconds, f"{why}{quota.said_reset} gives {say(seconds)}{counted} ({rule})", quota=True
    )
