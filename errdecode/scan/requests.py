"""Requests as logs tell of them: in the members of a record, as a command, as a line of text."""

from __future__ import annotations

import json
import re

from errdecode.jsontext import place
from errdecode.model import JSON, Text
from errdecode.model.record import NamedTuple
from errdecode.regex import expression

LONGEST = 1 << 18
"""Characters of a line that are looked at."""
_METHODS = "GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS"
_LINE = expression(
    rf"\b({_METHODS})[ \t]+\"?(https?://[^\s\"'<>|]{{1,4000}}|/[^\s\"'<>|]{{0,4000}})"
)
_PAIR = expression(rf"\bmethod=\"?({_METHODS})\b")
_PATH = expression(r"\b(?:url|uri|path|target)=\"?([^\s\"]{1,4000})")
_COMMAND = expression(r"\bcurl(?:\.exe)?[ \t]")
_PAYLOAD = expression(
    r"(?:\breq(?:uest)?[ _-]?(?:body|payload|data)|(?<!bad )\breq(?:uest)?(?=[:=])"
    r"|\bpayload|\b(?:body|data)(?=[:=]))\"?[ \t]{0,4}"
    r"(?:[:=]|is|was)?[ \t]{0,4}",
    re.IGNORECASE,
)
_IN = ("request", "req", "http_request", "httprequest", "http")
_METHOD = ("method", "http_method", "httpmethod", "request_method", "requestmethod", "verb")
_URL = ("url", "uri", "request_uri", "requesturl", "request_url", "http_url", "target", "path")
_SENT = ("request_body", "requestbody", "request_payload", "requestpayload", "payload")
_BODY = ("body", "data", "json", "content", "postdata")
_ANSWERED = ("status", "status_code", "statuscode", "response", "error", "errors")
"""What a record bears that tells of an answer: its `body` is then the answer's."""


_DONE = expression(
    r"\bstatus(?:[ _-]?code)?[\"']?\s?[:=]\s?[\"']?[1-5]\d\d\b"
    r"|(?:\b(?:responded|returned|answered|response)|HTTP/[\d.]{1,3}\"?) [1-5]\d\d\b",
    re.IGNORECASE,
)
"""How a line tells of an answer."""


class Found(NamedTuple):
    """What one line tells of a request."""

    method: str | None = None
    url: str | None = None
    payload: Text | None = None
    answered: bool = False
    """Whether the line tells of an answer, too."""


def read_request(line: str, *, answered: bool = False) -> Found | None:
    """What a line tells of a request; None when it is nothing.

    `answered`: the line tells of an answer too, so that a plain `body` is none of the request's.
    """
    line = line[:LONGEST]
    start = line.find("{")
    if start >= 0 and not line[:start].rstrip().endswith(("=", ":", "-d", "'")):
        record, end = _decode(line, start)
        if isinstance(record, dict):
            found = _of_record(record, line[start:end], (), answered=answered)
            if found:
                return _complete(found, line[:start])
    found = _of_command(line)
    if found:
        return found
    done = answered or _DONE.search(line) is not None
    found = _of_text(line, answered=done)
    return found._replace(answered=done) if found else None


def _decode(line: str, start: int) -> tuple[JSON, int]:
    try:
        value, end = json.JSONDecoder().raw_decode(line, start)
    except (ValueError, RecursionError):
        return None, start
    return value, end


def _complete(found: Found, before: str) -> Found:
    """What the text before a record says of the request, where the record does not."""
    said = _of_text(before, answered=True) or Found()
    return Found(found.method or said.method, found.url or said.url, found.payload or said.payload)


def _of_record(
    record: dict[str, JSON], text: str, path: tuple[str, ...], *, answered: bool
) -> Found | None:
    """The members of a record that tell of a request, and those of a `request` within it."""
    names = {name.lower(): name for name in record}
    answered = answered or (not path and any(name in names for name in _ANSWERED))
    method, url = _word(record, names, _METHOD), _word(record, names, _URL)
    known = _SENT if answered and not path else (*_SENT, *_BODY)
    if not path and not (method or url):
        known = _SENT
    payload = next(
        (
            _text_of(record[names[one]], text, (*path, names[one]))
            for one in known
            if one in names and record[names[one]] not in (None, "", {}, [])
        ),
        None,
    )
    inner = None
    for one in () if path else _IN:
        value = record[names[one]] if one in names else None
        if isinstance(value, dict):
            at = (names[one],)
            inner = _of_record(value, text, at, answered=answered)
            if inner is None and one != "http" and value:  # it is itself what was sent
                inner = Found(payload=_text_of(value, text, at))
            break
    if inner:
        method, url = method or inner.method, url or inner.url
        payload = payload or inner.payload
    return Found(method, url, payload) if method or url or payload else None


def _word(record: dict[str, JSON], names: dict[str, str], known: tuple[str, ...]) -> str | None:
    values = (record[names[one]] for one in known if one in names)
    return next((value for value in values if isinstance(value, str) and value), None)


def _text_of(value: JSON, text: str, path: tuple[str, ...]) -> Text | None:
    """A payload as it was written: a string's content, or the value's own text."""
    if isinstance(value, str):
        return Text(value)
    tree = place(text, path)
    return Text(text[tree.start : tree.end]) if tree else None


def _of_command(line: str) -> Found | None:
    said = _COMMAND.search(line)
    if said is None:
        return None
    from errdecode.capture.command import find_commands

    commands = find_commands(Text(line[said.start() :]))
    if not commands:
        return None
    request = commands[-1].request
    body = Text(request.body.value) if request.body else None
    return Found(request.method, request.url.value if request.url else None, body)


def _of_text(line: str, *, answered: bool) -> Found | None:
    said = _LINE.search(line)
    method = said[1] if said else None
    url = said[2].rstrip(".,;:)") if said else None
    if said is None:
        pair, path = _PAIR.search(line), _PATH.search(line)
        method, url = pair[1] if pair else None, path[1] if path else None
    payload = None
    for mark in _PAYLOAD.finditer(line):
        if answered and not any(word in mark[0].lower() for word in ("req", "payload")):
            continue
        if "response" in line[max(0, mark.start() - 12) : mark.start()].lower():
            continue
        payload = _payload_at(line, mark.end())
        if payload:
            break
    if payload is None and said and not answered:
        payload = _payload_at(
            line, said.end() + len(line[said.end() :]) - len(line[said.end() :].lstrip())
        )
    return Found(method, url, payload) if url or payload else None


def _payload_at(line: str, at: int) -> Text | None:
    """A payload in a line of text: JSON, a string that holds it, or a form."""
    first = line[at : at + 1]
    if first in ("{", "[", '"'):
        value, end = _decode(line, at)
        if end == at:
            return None
        return Text(value) if isinstance(value, str) else Text(line[at:end])
    if first == "'":
        close = line.find("'", at + 1)
        return Text(line[at + 1 : close]) if close > at + 1 else None
    if first == "<":
        close = line.rfind(">")
        return Text(line[at : close + 1]) if close > at else None
    word = line[at:].split(maxsplit=1)[:1]
    return Text(word[0]) if word and "=" in word[0] else None
