"""What a log says around a body: when, how bad, which request, from records and from words."""

from __future__ import annotations

import re

from errdecode.model import JSON
from errdecode.regex import expression
from errdecode.scan.cut.carriers import Buffer
from errdecode.scan.cut.cutouts import Cutout
from errdecode.scan.cut.json_values import Missing
from errdecode.scan.model import Context
from errdecode.scan.reading.layouts import layout_of
from errdecode.scan.reading.times import read_time
from errdecode.scan.reading.values import level_of

BEFORE = 4 << 10
"""Bytes before a body that are read."""
AFTER = 1 << 10
"""Bytes behind it."""
_LONGEST = 400
"""Characters of an id or an address."""
_TIME = Context._fields.index("time")

_LEVEL = expression(
    rb"\b(EMERG|ALERT|CRIT|CRITICAL|FATAL|SEVERE|ERROR|ERR|WARN|WARNING|NOTICE|INFO|DEBUG|TRACE)\b"
    rb"|\b(?:level|lvl|severity)[\"']?\s?[=:]\s?[\"']?(\w{1,12})"
    rb"|\[(emerg|alert|crit|error|warn|warning|notice|info|debug)\]"
    rb"|(?:^|\n)PRIORITY=([0-7])\b"
)
_LETTER = expression(rb"\b([IWEF])(?:\d{4})?\d{4} \d\d:\d\d:\d\d\.")
"""The level in glog's and klog's lines, the letter before month and day."""
_REQUEST_ID = expression(
    rb"(?i)\b(?:x-)?(?:amzn-?|ms-)?(?:request|req|correlation)[-_ ]?id[\"']?"
    rb"\s{0,2}[=:]\s{0,2}[\"']?([\w.:/+@=-]{4,128})"
)
_SHORT_NAME = expression(rb"(?i)\brid[\"']?\s{0,2}[=:]\s{0,2}[\"']?([\w.:/+@=-]{2,128})")
_TAG = expression(rb"(?i)\[([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\]")
"""A UUID by itself in brackets, as frameworks tag the lines of a request with its id."""
_ENDS = b".,;:"
"""What stands behind an address and is none of it."""
_STOPS = b":."
"""What ends a sentence or begins one, and no id."""
_REQUEST_TOKEN = expression(rb"\b(req[-_][\w-]{4,100})")
_TRACE_ID = expression(
    rb"(?i)\btrace[-_.]?id[\"']?\s{0,2}[=:]\s{0,2}[\"']?([\w-]{8,64})"
    rb"|\b00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}\b"  # W3C Trace Context, section 3.2.2
    rb"|\bRoot=(1-[0-9a-f]{8}-[0-9a-f]{24})"  # X-Amzn-Trace-Id
)
_CALL = expression(
    rb"\b(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[ :\"']{1,4}(https?://[^\s\"'<>\\]+|/[^\s\"'<>\\]*)"
)
_URL = expression(rb"https?://[^\s\"'<>\\]+")
_METHOD = expression(rb"(?i)\bmethod[\"']?\s?[=:]\s?[\"']?([A-Z]{3,7})\b")
_IN_BRACKETS = expression(rb"\[(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\]")
_STATUS = expression(
    rb"(?i)\bstatus(?:[-_ ]?code)?[\"']?\s?[=:]?\s?[\"']?([1-5]\d\d)\b"
    rb"|\bHTTP/\d(?:\.\d)?\"?\s([1-5]\d\d)\b"
    rb"|\b(?:returned|answered|answer|responded|response|with|got|failed|error|upstream|HTTP|code)"
    rb"[: =>-]{1,4}([1-5]\d\d)\b(?![.:/-]\w)"
    rb"|(?:^|[\s:(\[])([45]\d\d) (?-i:[A-Z][a-z]+|from |on |for )"
)

_BARE_STATUS = expression(rb"(?:^|(?<!port)[\s(\[])([45]\d\d)[\])]?:?\s{0,3}$")
"""A failure right before a body."""
_CALLED = expression(
    rb"\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) [^\s\"'<>\\]{1,2000} ([1-5]\d\d)(?![\w.:/-])"
)
_OPENING = b" \t\r\nb'\""
"""What a literal of a program begins with, and blanks."""
_FIELD = expression(rb"[A-Z0-9_]{1,64}=")
"""How a line of a journal's entry begins."""
_THREE_DIGITS = expression(rb"(?<!\w)[1-5]\d\d(?!\w)")
_WORDS = 32
"""More bytes than a status and what says that it is one take."""


def text_before(data: Buffer, cutout: Cutout) -> bytes:
    """The text before a cutout: in its line, else in the lines above that are no documents."""
    start = cutout.start
    low = max(cutout.line, start - BEFORE)
    before = bytes(data[low:start])
    if (cutout.how == "body" and cutout.line < start) or before.strip(_OPENING):
        return _entry_before(data, start) if b"MESSAGE=" in before else before
    if cutout.kind in ("text", "print"):  # the line above is none of a line's
        return b""
    low = max(0, start - BEFORE // 4)
    above = bytes(data[low : cutout.line]).rstrip(b"\r\n").rpartition(b"\n")[2]
    if above[:1] in (b"{", b"[", b" ", b"}", b"]", b"<", b""):
        return b""
    status = _last_status(above)
    done = status is not None and status < 400  # that line is about another answer
    return b"" if done or is_dated(cutout.value) else above


def is_dated(value: JSON | Missing) -> bool:
    """Whether a document says itself when it was written, as a record does."""
    if not isinstance(value, dict):
        return False
    return any(field == _TIME for field, _, _ in layout_of(tuple(value)).fields)


def _entry_before(data: Buffer, start: int) -> bytes:
    """The fields of a journal's entry up to a body in its message, each on a line of its own.

    Source: systemd's Journal Export Format.
    """
    low = max(0, start - BEFORE)
    lines = bytes(data[low:start]).split(b"\n")
    first = len(lines) - 1
    while first and _FIELD.match(lines[first - 1]):
        first -= 1
    return b"\n".join(lines[first:])


def read_words(before: bytes, after: bytes = b"", year: int | None = None) -> Context:
    """What a text around a body says: what stands before the body first."""
    before, after = before[-BEFORE:], after[:AFTER]
    low = before.lower()
    letter = _LETTER.match(before)
    level = letter[1] if letter else _first(_LEVEL, before) or _first(_LETTER, before)
    call = None
    if b" /" in before or b"://" in low:
        call = _last_match(_CALL, before)
    if call is None and b"/" in after:
        call = _CALL.search(after)
    url = call[2] if call else None
    if url is None and b"://" in low:
        url = _group(_last_match(_URL, before))
    method = call[1] if call else None
    if method is None and b"ethod" in low:
        method = _group(_METHOD.search(before), 1)
    if method is None and b"[" in before:
        method = _group(_last_match(_IN_BRACKETS, before), 1)
    trace = None
    if b"race" in low or b"00-" in low or b"root=" in low:
        trace = _first(_TRACE_ID, before)
    if trace is None and b"race" in after:
        trace = _first(_TRACE_ID, after)
    status = _last_status(before)
    return Context(
        read_time(before, year) if before else None,
        level_of(_str(level)),
        _str(_request_id(before, low, after)),
        _str(trace),
        _str(method),
        _str(_without_end(url)),
        status,
    )


def _request_id(before: bytes, low: bytes, after: bytes) -> bytes | None:
    if b"req" in low or b"correl" in low:
        found = _last_match(_REQUEST_ID, before)
        if found:
            return found[1].rstrip(_STOPS)
    found = _REQUEST_ID.search(after) if b"id" in after else None
    if found is None and b"req" in low:
        found = _REQUEST_TOKEN.search(before)
    if found is None and b"rid" in low:
        found = _last_match(_SHORT_NAME, before)
    if found is None and b"[" in before:
        found = _last_match(_TAG, before)
    return found[1].rstrip(_STOPS) if found else None


def _str(found: bytes | None) -> str | None:
    return None if found is None else found[:_LONGEST].decode("utf-8", "replace")


def _without_end(url: bytes | None) -> bytes | None:
    """An address without what ends the words it stands in, or closes what was opened before it."""
    if url is None:
        return None
    url = url.rstrip(_ENDS)
    if url.endswith(b"]") and url.count(b"[") < url.count(b"]"):
        return url[:-1]
    return url


def _group(found: re.Match[bytes] | None, number: int = 0) -> bytes | None:
    return found[number] if found else None


def _last_match(pattern: re.Pattern[bytes], text: bytes) -> re.Match[bytes] | None:
    """The match that stands nearest to the body."""
    last = None
    for last in pattern.finditer(text):  # noqa: B007  # the last one is wanted
        pass
    return last


def _first(pattern: re.Pattern[bytes], text: bytes) -> bytes | None:
    """The first match of a pattern with alternatives: the group that took part."""
    found = pattern.search(text)
    return found[found.lastindex] if found and found.lastindex else None


def _last_status(text: bytes) -> int | None:
    """The status that stands nearest to the body: right before it, or with words that say so, or
    behind an address. Only where there are three digits is it looked at what stands around them."""
    bare = _BARE_STATUS.search(text[-_WORDS:])
    if bare:
        return int(bare[1])
    places = list(_THREE_DIGITS.finditer(text))
    for digits in reversed(places):
        place = digits.start()
        for found in _STATUS.finditer(text, max(0, place - _WORDS), place + _WORDS):
            if found.start(found.lastindex or 0) == place:
                return int(digits[0])
    called = _CALLED.search(text) if places else None
    return int(called[1]) if called else None


def merge(near: Context, far: Context) -> Context:
    """What is nearer to the body counts; the rest is taken from farther away."""
    said = [f if n is None else n for n, f in zip(near, far, strict=True)]
    return Context(*said)  # type: ignore[arg-type]  # each stands where it stood
