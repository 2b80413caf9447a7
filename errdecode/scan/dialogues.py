"""Exchanges that a client's log tells line by line, each line behind the same words: what was asked
for and what was answered, above the body of the answer."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.regex import expression
from errdecode.scan.cut.answers import BETWEEN_RULES
from errdecode.scan.cut.carriers import LIMIT, Buffer, line_at
from errdecode.scan.cut.cutouts import Cutout
from errdecode.scan.cut.json_values import Missing, load
from errdecode.scan.cut.transcripts import find_head
from errdecode.scan.model import Context

_MOST = 80
"""Lines above a body that are looked at."""
_LONGEST = 4 << 10
"""Bytes of such a line; of the words before a body."""
_CLOCK = expression(rb"\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?")
_INTRODUCED = expression(rb"(?:(?:[Rr]esponse )?(?:content|body):|-{2,} ?body start ?-{2,})?\Z")
"""What stands in the line above a body, if anything."""
_METHODS = rb"GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS"
_ANSWERED = expression(
    rb"(?:<[<-]{1,3} ?\"?)?HTTP/[0-9.]{1,3} ([1-5]\d\d)\b"
    rb"|<[<-]{1,3} ?([1-5]\d\d)\b(?: [^/:]{0,40}?(https?://\S+))?"
    rb"|(?:[Rr]esponse )?status(?: code)?: ([1-5]\d\d)\b"
)
_ENDED = expression(rb"<[<-]{1,3} ?END\b")
_ASKED = expression(
    rb"(?:[>-]{1,4}> ?\"?)?(%b) (https?://\S+|/\S*)(?: (?i:HTTP/[0-9.]{1,3}|h2\S{0,20}))?\"?\Z"
    % _METHODS
)
_SENDS = expression(
    rb"(?:[>-]{1,4}> ?\"?(?:%b) \S+(?: (?i:HTTP/[0-9.]{1,3}|h2\S{0,20}))?"
    rb"|\b(?:%b) \S+ HTTP/[0-9.]{1,3})\"?\s*\Z" % (_METHODS, _METHODS)
)
"""A request's line with an arrow or with a version, as those have whose parts follow line by
line."""
_NAMED = expression(
    rb"(?:[Rr]equest )?(?:([Mm]ethod): [\"']?(%b)|(?:UR[LI]|ur[li]): [\"']?(https?://[^\s\"']+))[\"']?\Z"
    % _METHODS
)
_FIELD = expression(rb"b?[\"']?([A-Za-z][\w-]{0,80})[\"']?: ?[\"']?(.{0,400})")
_IDS = (
    b"request-id",
    b"x-request-id",
    b"x-ms-request-id",
    b"x-amzn-requestid",
    b"x-amz-request-id",
)
_RULES = b"-" * 10
_BLANKS = 64
"""Bytes of empty lines between a head and the rule below it."""
_RULE = expression(rb"[=-]{2,}+ ?[a-z ]{0,40}[=-]*\Z|(?:[Rr]esponse )?headers:\Z")


def read_dialogue(data: Buffer, cutout: Cutout) -> Context:
    """What the lines above a body tell of its exchange: a status, with nothing but the fields of a
    head between them, and the request above that. Lines of others may stand in between."""
    line, start = cutout.line, cutout.start
    if line == start and data[max(0, line - 1) : line] != b"\n":  # of markup over several lines
        line = data.rfind(b"\n", max(0, start - _LONGEST), start) + 1 or start
    tag = _tag_of(bytes(data[line:start])) if start - line < _LONGEST else None
    above = data.rfind(b"\n", max(0, line - _LONGEST), line - 1) + 1 if line > 1 else line
    if data.startswith(_RULES, above):
        return _read_block(data, above)
    if tag is None or above == line:
        return Context()
    first = _message(bytes(data[above : line - 1]), tag)
    if first is None or not _INTRODUCED.match(first):
        return Context()
    host: bytes | None = None
    status = method = url = id = None
    for message in _messages(data, line, tag):
        answered = _ANSWERED.match(message)
        if status is None:
            field = None if answered else _FIELD.match(message)
            if answered:
                status, url = answered[1] or answered[2] or answered[4], answered[3]
            elif field and field[1].lower() in _IDS:
                id = field[2].rstrip(b"\"', ")
            elif message and not (field or _RULE.match(message) or _INTRODUCED.match(message)):
                return Context()
            continue
        asked, named = _ASKED.match(message), _NAMED.match(message)
        if asked:
            method, url = asked[1], url or _address(host, asked[2])
        elif named:
            method, url = method or named[2], url or named[3]
        elif message[:5].lower() == b"host:":
            host = message[5:].strip()
        if asked or answered or _ENDED.match(message) or (named and method and url):
            break
    if status is None:
        return Context()
    return Context(None, None, _str(id), None, _str(method), _str(url), int(status))


def _read_block(data: Buffer, rule: int) -> Context:
    """What the head of an answer tells that ends right above a rule which begins at a place: its
    body is logged below that, in a record of its own."""
    low = max(0, rule - _BLANKS)
    end = data.find(b"\n", low + len(bytes(data[low:rule]).rstrip()), rule) + 1
    head = find_head(data, line_at(data, end).end + 1) if 0 < end < rule else None
    if not BETWEEN_RULES.match(line_at(data, rule).raw) or head is None:
        return Context()
    ids = {name.lower().encode(): value for name, value in head.fields}
    id = next((ids[name] for name in _IDS if name in ids), None)
    return Context(None, None, id, None, head.method, head.url, head.status)


def find_payload(data: Buffer, line: int, end: int) -> bytes | None:
    """What was sent by a request that is told line by line, the first of which begins at a place:
    a JSON document behind the same words, in one line or over many, with nothing but the fields of
    a head between them."""
    stop = data.find(b"\n", line, line + _LONGEST)
    sends = _SENDS.search(bytes(data[line:stop])) if stop >= 0 else None
    tag = _tag_of(bytes(data[line : line + sends.start()])) if sends else None
    document = b""
    for _ in range(_MOST if tag else 0):
        line = stop + 1
        stop = data.find(b"\n", line, min(end, line + LIMIT))
        if stop < 0:
            return None
        behind = _behind(bytes(data[line:stop]), tag or b"") or b""
        message = behind.strip()
        if message and (document or message[:1] in (b"{", b"[")):
            document += behind.removeprefix(b" ").rstrip() + b"\n"
            if message[-1:] in (b"}", b"]") and not isinstance(load(document), Missing):
                return document[:-1]
        elif message and (_ANSWERED.match(message) or not _FIELD.match(message)):
            return None
    return None


def _tag_of(before: bytes) -> bytes | None:
    """The words of a logger before a body, behind the time; None where it says more."""
    clock = _CLOCK.search(before)
    tag = before[clock.end() :] if clock else before
    return None if before.rstrip()[-1:] in (b"=", b'"', b"'") else tag.rstrip()


def _message(raw: bytes, tag: bytes) -> bytes | None:
    """What a line says behind the words of a logger; None where they are others."""
    behind = _behind(raw, tag)
    return None if behind is None else behind.strip()


def _behind(raw: bytes, tag: bytes) -> bytes | None:
    """What stands in a line behind the words of a logger, blanks and all."""
    clock = _CLOCK.search(raw) if tag else None
    if clock and not raw.startswith(tag):
        raw = raw[clock.end() :]
    return raw[len(tag) :] if raw.startswith(tag) else None


def _messages(data: Buffer, line: int, tag: bytes) -> Iterator[bytes]:
    """What the lines above say that bear the same words, the nearest first."""
    for _ in range(_MOST):
        above = data.rfind(b"\n", max(0, line - _LONGEST), line - 1) + 1 if line > 1 else line
        if above == line or (above == 0 and line > _LONGEST):
            return
        message = _message(bytes(data[above : line - 1]), tag)
        if message is not None:
            yield message
        line = above


def _address(host: bytes | None, target: bytes) -> bytes:
    return b"https://" + host + target if host and target[:1] == b"/" else target


def _str(found: bytes | None) -> str | None:
    return None if found is None else found[:400].decode("utf-8", "replace")
