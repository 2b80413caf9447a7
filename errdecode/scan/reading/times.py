"""Times as logs write them, as seconds since 1970."""

from __future__ import annotations

import re
from calendar import timegm

_ISO = re.compile(
    rb"(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?"
    rb"(?: ?(Z|[+-]\d\d:?\d\d))?"
)
"""RFC 3339, ISO 8601, and as Java, Python and nginx write it."""
_CLF = re.compile(rb"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d{4})")
"""The Common Log Format of web servers."""
_SYSLOG = re.compile(rb"\b([A-Z][a-z]{2}) ([ 0-3]?\d) (\d\d):(\d\d):(\d\d)\b")
"""RFC 3164, section 4.1.2: without a year."""
_EPOCH = re.compile(
    rb"(?:__REALTIME_TIMESTAMP|\bts|\btime|\btimestamp)[\"']?\s?[=:]\s?[\"']?(\d{9,19}(?:\.\d{1,9})?)"
)
_MONTHS = {
    name: number
    for number, name in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)
}
_UNITS = ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3), (0, 1))
"""From which size on a number is nanoseconds, microseconds, milliseconds, and seconds."""
_LATEST = 1e10
"""Seconds: later ones than in the year 2286 are no times of logs."""
_days: dict[tuple[int, int, int], int] = {}


def epoch_of(number: float) -> float | None:
    """Seconds since 1970 out of a number of seconds, milliseconds, microseconds or nanoseconds."""
    for least, unit in _UNITS:
        if number >= least:
            seconds = number / unit
            return seconds if 1e8 <= seconds < _LATEST else None
    return None


def read_time(text: bytes, year: int | None = None) -> float | None:
    """The first time in a text, as seconds since 1970; without a zone it is taken as UTC.

    `year` completes syslog's times, which have none.
    """
    found = _ISO.search(text)
    if found:
        year_, month, day, hour, minute, second, fraction, zone = found.groups()
        part = int(fraction) / 10 ** len(fraction) if fraction else 0.0
        date = _date(int(year_), int(month), int(day))
        return None if date is None else _clock(date, hour, minute, second) + part - _zone(zone)
    found = _CLF.search(text)
    if found:
        day, name, year_, hour, minute, second, zone = found.groups()
        date = _date(int(year_), _MONTHS.get(name, 0), int(day))
        return None if date is None else _clock(date, hour, minute, second) - _zone(zone)
    found = _EPOCH.search(text)
    if found:
        return epoch_of(float(found[1]))
    found = _SYSLOG.search(text)
    if found and year:
        date = _date(year, _MONTHS.get(found[1], 0), int(found[2]))
        return None if date is None else _clock(date, *found.group(3, 4, 5))
    return None


_iso_days: dict[str, int] = {}


def read_iso(text: str) -> float | None:
    """The time of a text that is one as RFC 3339 writes it, in UTC; None for any other."""
    if text[-1:] != "Z" or not 20 <= len(text) <= 30 or text[10] != "T":
        return None
    day = _iso_days.get(text[:10])
    if day is None:
        if len(_iso_days) > 4000:
            _iso_days.clear()
        found = _DAY.fullmatch(text[:10])
        day = _date(int(found[1]), int(found[2]), int(found[3])) if found else None
        if day is None:
            return None
        _iso_days[text[:10]] = day
    try:
        return day + int(text[11:13]) * 3600 + int(text[14:16]) * 60 + float(text[17:-1])
    except ValueError:
        return None


_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def _date(year: int, month: int, day: int) -> int | None:
    """Seconds up to a day; None when there is no such day."""
    key = (year, month, day)
    if key not in _days:
        if not (1970 <= year < 2286 and 1 <= month <= 12 and 1 <= day <= 31):
            return None
        if len(_days) > 4000:
            _days.clear()
        _days[key] = timegm((year, month, day, 0, 0, 0))
    return _days[key]


def _clock(date: int, hour: bytes, minute: bytes, second: bytes) -> float:
    return date + int(hour) * 3600 + int(minute) * 60 + int(second)


def _zone(zone: bytes | None) -> int:
    if not zone or zone == b"Z":
        return 0
    seconds = int(zone[1:3]) * 3600 + int(zone[-2:]) * 60
    return -seconds if zone[:1] == b"-" else seconds
