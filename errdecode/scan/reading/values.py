"""What single members of a log's records say: levels, times, ids, methods, statuses."""

from __future__ import annotations

from collections.abc import Callable

from errdecode.model import JSON
from errdecode.regex import expression
from errdecode.scan.reading.times import epoch_of, read_iso, read_time

LONGEST = 400
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


Reader = Callable[[JSON, "int | None"], "str | int | float | None"]


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


_TRACE = expression(r"00-([0-9a-f]{32})-|Root=([\w-]+)|traces/([0-9a-f]+)")


def _trace(value: JSON, year: int | None) -> str | None:
    found = _TRACE.search(value) if isinstance(value, str) else None
    return found[found.lastindex or 0] if found else _word(value, year)


def _word(value: JSON, year: int | None) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        return None
    return str(value)[:LONGEST]


def _method(value: JSON, year: int | None) -> str | None:
    return value.upper() if isinstance(value, str) and value.isalpha() and len(value) < 9 else None


def level_word(value: JSON, year: int | None) -> str | None:
    """A level that stands where a status might."""
    word = level_of(value) if isinstance(value, str) and value.isalpha() else None
    return word if word in _LEVEL_WORDS else None


def _level(value: JSON, year: int | None) -> str | None:
    return level_of(value)


READERS: dict[str, Reader] = {
    "time": _time,
    "level": _level,
    "request_id": _word,
    "trace_id": _trace,
    "method": _method,
    "url": _word,
    "status": _status,
}
