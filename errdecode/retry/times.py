"""How servers write a wait: numbers, durations with units, and points in time."""

from __future__ import annotations

from errdecode.model import Exchange
from errdecode.regex import expression

_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,9})?"
_PLAIN = expression(_NUMBER)
_DURATION = expression(
    rf"(?:({_NUMBER})h)?(?:({_NUMBER})m(?!s))?(?:({_NUMBER})s)?(?:({_NUMBER})ms)?"
)
_UNIX = expression(r"[0-9]{9,13}(?:\.[0-9]{1,9})?")
_LONGEST = 60
"""Characters of a wait in any notation."""
_MILLISECONDS_FROM = 1e11
"""As seconds this is the year 5138, as milliseconds 1973: what is larger counts milliseconds."""


def read_wait(text: str, unit: str, since: float | None) -> float | None:
    """Seconds to wait, never negative; `unit` as in `format.Read.unit`.

    A point in time is held against `since`, in Unix seconds; a past one is no wait, 0.
    """
    if unit != "time":
        return read_duration(text, unit)
    until = read_moment(text)
    return None if until is None or since is None else seconds_between(since, until)


def seconds_between(since: float, until: float) -> float:
    """Seconds from one point in time to a later one, in milliseconds' precision; else 0."""
    return max(0.0, round(until - since, 3))


def say(seconds: float) -> str:
    """Seconds for people, without an exponent: `0.35 s`, `1209600 s`."""
    return f"{round(seconds, 3):.12g} s"


def read_duration(text: str, unit: str = "s") -> float | None:
    """Seconds out of a number of `unit` (s or ms), or out of a text that names its units.

    protobuf's Duration in JSON is "1.5s"; Go's, which OpenAI sends, "6m0s", "1h2m3s" or "120ms"
    (https://pkg.go.dev/time#ParseDuration).
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if _PLAIN.fullmatch(text):
        return float(text) / (1000 if unit == "ms" else 1)
    parts = _DURATION.fullmatch(text)
    if not parts or not text:
        return None
    hours, minutes, seconds, milliseconds = (float(part or 0) for part in parts.groups())
    return hours * 3600 + minutes * 60 + seconds + milliseconds / 1000


def read_moment(text: str) -> float | None:
    """Unix seconds out of Unix seconds or milliseconds, RFC 3339, or an HTTP date.

    HTTP has three forms of dates, all of them in GMT (RFC 9110, section 5.6.7).
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if _UNIX.fullmatch(text):
        number = float(text)
        return number / 1000 if number >= _MILLISECONDS_FROM else number
    return _read_rfc3339(text) if text[:4].isdecimal() else read_http_date(text)


def _read_rfc3339(text: str) -> float | None:
    from datetime import datetime

    try:
        moment = datetime.fromisoformat(text)
        return None if moment.tzinfo is None else moment.timestamp()
    except (ValueError, OverflowError):
        return None


def read_http_date(text: str) -> float | None:
    """Unix seconds out of an HTTP date."""
    from datetime import UTC
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text[:_LONGEST])
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def answered_at(exchange: Exchange) -> float | None:
    """When the response was made, by its own Date field, in Unix seconds.

    The clock here says nothing about that: the capture may be years old.
    """
    fields = exchange.response.headers if exchange.response else ()
    said = next((f.value.value for f in fields if f.name.lower() == "date"), None)
    return None if said is None else read_http_date(said)
