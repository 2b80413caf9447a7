"""The zones that logs name behind a time, as seconds ahead of UTC."""

from __future__ import annotations

from errdecode.regex import expression

_BEHIND = expression(
    rb" ?(UTC|GMT)?([+-]|\xe2\x88\x92)(\d\d?)(?::?(\d\d))?(?![\d:.])"
    rb"| ?([A-Z]{2,4})(?![\w+-])"
)
"""An offset, also with Unicode's minus; a name."""
_AHEAD = dict(
    pair.split(b"=")
    for pair in (
        b"UT=+0000 UTC=+0000 GMT=+0000 WET=+0000 WEST=+0100 BST=+0100 CET=+0100 CEST=+0200"
        b" EET=+0200 EEST=+0300 MSK=+0300 HKT=+0800 SGT=+0800 AWST=+0800 JST=+0900 KST=+0900"
        b" AEST=+1000 AEDT=+1100 NZST=+1200 NZDT=+1300 EDT=-0400 EST=-0500 CDT=-0500 MDT=-0600"
        b" MST=-0700 PDT=-0700 PST=-0800 AKDT=-0800 AKST=-0900 HST=-1000"
    ).split()
)
"""Zones by name (RFC 5322, section 4.3; IANA's tz database)."""
_SEVERAL = frozenset((b"CST", b"IST"))
"""Names of zones on several continents."""


def read_offset(zone: bytes) -> int:
    """Seconds ahead of UTC, out of a sign and hours and minutes, or Z."""
    if zone == b"Z":
        return 0
    seconds = int(zone[1:3]) * 3600 + int(zone[-2:]) * 60
    return -seconds if zone[:1] == b"-" else seconds


def find_zone(text: bytes, at: int) -> int | None:
    """Seconds ahead of UTC of the zone behind a time that ends at a place: 0 where none stands
    there, None for a name that several zones have."""
    found = _BEHIND.match(text, at)
    if found is None:
        return 0
    known, sign, hours, minutes, name = found.groups()
    if name is None:
        if not known and len(hours) < 2:
            return 0
        seconds = int(hours) * 3600 + int(minutes or 0) * 60
        return seconds if sign == b"+" else -seconds
    if name in _SEVERAL:
        return None
    ahead = _AHEAD.get(name)
    return read_offset(ahead) if ahead else 0
