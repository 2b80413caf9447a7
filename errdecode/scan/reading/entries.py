"""Entries of a HAR file: what they say around a body, and those that have none."""

from __future__ import annotations

import json
from collections.abc import Sequence

from errdecode.model import Exchange, Note
from errdecode.regex import expression
from errdecode.scan.cut.json_values import as_text
from errdecode.scan.model import Context
from errdecode.scan.reading.answers import Answer, in_a_line
from errdecode.scan.reading.spans import find_span
from errdecode.scan.reading.times import read_time

_STARTED = expression(rb'"startedDateTime"\s*:\s*"([^"]{10,40})"')


def context_of(exchange: Exchange, raw: bytes, year: int | None) -> Context:
    """What an entry of a HAR file says around its body."""
    request, response = exchange.request, exchange.response
    fields = {f.name.lower(): f.value.value for f in response.headers} if response else {}
    started = _STARTED.search(raw)
    return Context(
        read_time(started[1], year) if started else None,
        None,
        fields.get("x-request-id") or fields.get("request-id"),
        fields.get("x-amzn-trace-id"),
        request.method if request else None,
        request.url.value if request and request.url else None,
        response.status if response else None,
    )


def read_empty(
    raw: bytes, answer: Answer, notes: Sequence[Note]
) -> tuple[Answer, tuple[int, int]] | None:
    """The error in an entry that has no body, and where its response stands; None for no error.

    What the browser says of an answer that never came is its code.
    """
    if answer.outcome == "no-response":
        answer = _unanswered(raw, answer, notes)
    elif answer.outcome != "error":
        return None
    return answer, find_span(raw, ("response",)) or (0, len(raw))


def _unanswered(raw: bytes, answer: Answer, notes: Sequence[Note]) -> Answer:
    try:
        response = json.loads(as_text(raw)).get("response")
    except (ValueError, RecursionError):
        response = None
    failed = response.get("_error") if isinstance(response, dict) else None
    code = in_a_line(failed) if isinstance(failed, str) and failed else None
    said = next((note.message for note in notes if note.kind == "no-response"), None)
    return answer._replace(code=code, title=said, message=None if code else said, problems=1)
