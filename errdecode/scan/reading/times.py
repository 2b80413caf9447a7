"""Times as logs write them, as seconds since 1970."""

from __future__ import annotations

import re
from calendar import timegm

from errdecode.regex import expression
from errdecode.scan.reading.zones import find_zone, read_offset

_ISO = expression(
    rb"(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?"
    rb"(?: ?(Z|[+-]\d\d:?\d\d))?"
)
"""RFC 3339, ISO 8601, and as Java, Python and nginx write it."""
_CLF = expression(rb"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d{4})")
"""The Common Log Format of web servers."""
_SYSLOG = expression(rb"\b([A-Z][a-z]{2}) ([ 0-3]?\d) (\d\d):(\d\d):(\d\d)\b")
"""RFC 3164, section 4.1.2: without a year."""
_EPOCH = expression(
    rb"(?:(?:__REALTIME_TIMESTAMP|\bts|\btime|\btimestamp)[\"']?\s?[=:]\s?[\"']?|\baudit\()"
    rb"(\d{9,19}(?:\.\d{1,9})?)"
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
    """The time that a text begins with, else the first one in it, as seconds since 1970.

    Without a zone it is taken as UTC; with one that is no single place's, or with a day that may
    be a month, it is None. `year` completes the times of syslog and klog, which have none.
    """
    found = _ISO.search(text)
    if found is None or found.start() > 1:
        at = 0
        if text[:1] not in _LEADING or text[1:2].isupper():
            at = _BEFORE.match(text).end()  # type: ignore[union-attr]  # matches nothing, too
        for pattern in _LEADING.get(text[at : at + 1], ()):
            leading = pattern.match(text, at)
            if leading:
                return _read_leading(leading, year)
    if found:
        year_, month, day, hour, minute, second, fraction, zone = found.groups()
        date = _date(int(year_), int(month), int(day))
        offset = read_offset(zone) if zone else find_zone(text, found.end())
        if date is None or offset is None:
            return None
        part = int(fraction) / 10 ** len(fraction) if fraction else 0.0
        return _clock(date, hour, minute, second) + part - offset
    found = _CLF.search(text)
    if found:
        day, name, year_, hour, minute, second, zone = found.groups()
        date = _date(int(year_), _MONTHS.get(name, 0), int(day))
        return None if date is None else _clock(date, hour, minute, second) - read_offset(zone)
    found = _EPOCH.search(text)
    if found:
        return epoch_of(float(found[1]))
    found = _SYSLOG.search(text)
    if found and year:
        date = _date(year, _MONTHS.get(found[1], 0), int(found[2]))
        return None if date is None else _clock(date, *found.group(3, 4, 5))
    return None


# ---------------------------------------------------- what a line begins with


def begins_with_time(text: bytes) -> bool | None:
    """Whether a text begins with a time; None where one stands elsewhere in it."""
    found = _ISO.search(text)
    if found and found.start() <= 1:
        return True
    at = _BEFORE.match(text).end()  # type: ignore[union-attr]  # matches nothing, too
    if found and found.start() <= at:
        return True
    for place in {0, at}:
        if any(one.match(text, place) for one in _LEADING.get(text[place : place + 1], ())):
            return True
    return None if found else False


_BEFORE = expression(
    rb"[\s\[(\"']{0,8}(?:<\d{1,3}>)?(?:[A-Z]{4,8}\b[\]\s:|,-]{1,8}[\[(]?)?"
    rb"(?:(?:[a-z][\w.-]{0,30}=[^\s\"=]{1,60} ){0,4}"
    rb"(?:time|ts|t|timestamp|date|datetime|at)=[\"']?(?=\d))?"
)
"""What may stand before the time of a line: brackets, a priority, a level; in logfmt the time's
name, behind that of the level, say."""
_HOURS = (
    rb"(?P<hour>\d{1,2}):(?P<minute>\d\d):(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?"
    rb"(?:(?:[ ]|\xc2\xa0|\xe2\x80\xaf)?(?P<half>[AaPp])\.?[Mm](?![\w-])\.?)?"
)
_WEEKDAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? {1,2}"
_MONTH_FIRST = (
    rb"(?:%b)?(?P<name>[A-Z][a-z]{2})[a-z]{0,6} {1,2}(?P<day>\d{1,2})(?:,? (?P<year>\d{4}),?)? "
    % _WEEKDAY
    + _HOURS
    + rb"(?:(?: (?P<zone>[A-Z]{3,4}))? (?P<last>(?:19|20)\d\d)\b)?"
)
"""java.util.logging, Cisco, syslog; Apache and C's asctime have the year behind."""
_DAY_FIRST = (
    rb"(?P<day>\d{1,2})[ /-](?P<name>[A-Z][a-z]{2})[a-z]{0,6}[ /-](?P<year>\d{4})[ :T,]{1,2}"
    + _HOURS
)
"""Log4j, Tomcat; HTTP's own date (RFC 9110, section 5.6.7) behind the day of the week."""
_LETTER_FIRST = rb"[IWEF](?P<year>\d{4})??(?P<month>\d\d)(?P<day>\d\d) " + _HOURS
"""glog and klog: the letter is that of the level."""
_TAI64N = rb"@(?P<tai>4[0-9a-f]{15})(?P<nano>[0-9a-f]{8})?(?![0-9a-f])"
_DIGITS_FIRST = (
    rb"(?P<epoch>[12]\d{9}(?:\.\d{1,9})?|[12]\d{12}(?:\.\d{1,6})?|[12]\d{15}|[12]\d{18})"
    rb"(?=[\s,;|\])]|:\s)",
    _DAY_FIRST,
    rb"(?P<one>\d{1,2})(?P<mark>[./-])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d),?[ T]" + _HOURS,
    # ISO 8601: the basic format, and the extended one without seconds
    rb"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)[T _-](?P<hour>\d\d):?"
    rb"(?P<minute>\d\d):?(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?",
    rb"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)[T ](?P<hour>\d\d):(?P<minute>\d\d)(?![\d:])",
)
_LEADING: dict[bytes, tuple[re.Pattern[bytes], ...]] = {
    first: tuple(expression(one) for one in patterns)
    for firsts, patterns in (
        (b"0123456789", _DIGITS_FIRST),
        (b"JAOND", (_MONTH_FIRST,)),
        (b"MST", (_MONTH_FIRST, _WEEKDAY + _DAY_FIRST)),
        (b"IE", (_LETTER_FIRST,)),
        (b"FW", (_LETTER_FIRST, _MONTH_FIRST, _WEEKDAY + _DAY_FIRST)),
        (b"@", (_TAI64N,)),
    )
    for first in (b"%c" % one for one in firsts)
}
"""The times that count at the beginning of a line alone, by their first byte: elsewhere they may
be anything's."""
_TAI = (1 << 62) + 10
"""The label of the second that 1970 began with (cr.yp.to/libtai/tai64.html), as multilog has it."""


def _read_leading(found: re.Match[bytes], year: int | None) -> float | None:
    said = {name: value for name, value in found.groupdict().items() if value is not None}
    if "epoch" in said:
        return epoch_of(float(said["epoch"]))
    if "tai" in said:
        return int(said["tai"], 16) - _TAI + int(said.get("nano", b"0"), 16) / 1e9
    month_day = _month_and_day(said)
    written = said.get("year") or said.get("last")
    in_year = int(written) + (2000 if len(written) == 2 else 0) if written else year
    if month_day is None or in_year is None:
        return None
    date = _date(in_year, *month_day)
    behind = found.start("zone") - 1 if "zone" in said else found.end()
    offset = find_zone(found.string, behind)
    if date is None or offset is None:
        return None
    hour = int(said["hour"])
    if "half" in said:
        hour = hour % 12 + 12 * (said["half"] in b"Pp")
    seconds = float(said.get("second", b"0") + b"." + said.get("fraction", b"0"))
    return date + hour * 3600 + int(said["minute"]) * 60 + seconds - offset


def _month_and_day(said: dict[str, bytes]) -> tuple[int, int] | None:
    """Month and day; None where numbers do not tell which is which."""
    if "name" in said:
        return _MONTHS.get(said["name"], 0), int(said["day"])
    if "one" not in said:
        return int(said["month"]), int(said["day"])
    one, two = int(said["one"]), int(said["two"])
    short = len(said["year"]) == 2
    if said["mark"] == b".":
        return two, one
    if "half" in said and one <= 12:  # as in the United States
        return one, two
    if short or (one <= 12 and two <= 12 and one != two):
        return None
    return (two, one) if one > 12 else (one, two)


# ------------------------------------------------------------------- members

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


_DAY = expression(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


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
