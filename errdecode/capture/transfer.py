"""One request with its answers, gathered from a curl transcript, and the exchanges made of it."""

from __future__ import annotations

import re

from errdecode.capture.fields import STATUS_LINE, read_fields, read_request, read_response
from errdecode.capture.plain import read_plain
from errdecode.capture.terminal import trim
from errdecode.model import Exchange, Failure, Note, Request, Response, Text
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.source import cut, join, to_parent

_REFUSED = 22
"""What curl exits with for a status from 400 on, with `--fail` or `--fail-with-body`."""
_FAILED_STATUS = expression(r"The requested URL returned error: ([1-5]\d\d)")


class Round(NamedTuple):
    """One answer: its status line, its header lines, and the ranges of its body."""

    line: tuple[int, int]
    head: list[tuple[int, int]]
    body: list[tuple[int, int]]


class Transfer:
    """One request with its answers, while it is being read."""

    def __init__(self, start: int) -> None:
        self.start = self.end = start
        self.line: re.Match[str] | None = None
        self.sent: list[tuple[int, int]] = []
        self.sent_body: list[tuple[int, int]] = []
        self.rounds: list[Round] = []
        self.loose: list[tuple[int, int]] = []
        self.failure: Failure | None = None
        self.encrypted: bool | None = None
        self.again = False
        self.retried = False
        """Whether curl tried again after it."""


def build_request(text: Text, transfer: Transfer) -> Request | None:
    """The request of a transfer, as the last `>` lines show it; None without any."""
    if transfer.line is None:
        return None
    scheme = (
        "http"
        if transfer.encrypted is False and not transfer.line[3].startswith(("2", "3"))
        else "https"
    )
    request = read_request(text, transfer.line, read_fields(text, transfer.sent), scheme)
    if not transfer.sent_body:
        return request
    return request._replace(
        body=join(text, transfer.sent_body), described="the body in the > lines of the transcript"
    )


def finish_transfers(text: Text, transfers: list[Transfer]) -> list[Exchange]:
    """Build the exchanges of transfers, in order; of attempts the last one."""
    exchanges: list[Exchange] = []
    attempts: list[Exchange] = []
    for number, transfer in enumerate(transfers, 1):
        found = finish_transfer(text, transfer)
        if attempts and found:
            found = [last_of([*attempts, found[0]]), *found[1:]]
        attempts = found if transfer.retried and number < len(transfers) else []
        exchanges += [] if attempts else found
    return exchanges


def last_of(attempts: list[Exchange]) -> Exchange:
    """The last attempt, which the answers to those before it stand behind."""
    before = tuple(a for one in attempts[:-1] for a in (*one.earlier, one.response) if a)
    last = attempts[-1]
    return last._replace(start=attempts[0].start, earlier=(*before, *last.earlier))


def finish_transfer(text: Text, transfer: Transfer) -> list[Exchange]:
    """Build the exchanges of a transfer; without `<` lines its loose text says how many.

    Where the answer stands there, a failure that says no more than its status is a note on it.
    """
    return [_tell_refused(one) for one in _finish(text, transfer)]


def _tell_refused(exchange: Exchange) -> Exchange:
    failure, response = exchange.failure, exchange.response
    body = response.body if response else None
    if failure is None or failure.code != _REFUSED or body is None or not body.value.strip():
        return exchange
    said = f"{failure.client} ended with ({failure.code}) {failure.message or ''}".rstrip()
    return exchange._replace(
        failure=None, notes=(*exchange.notes, Note("client-failure", f"{said}: the answer is read"))
    )


def _finish(text: Text, transfer: Transfer) -> list[Exchange]:
    request = build_request(text, transfer)
    loose = _lead(join(text, transfer.loose))
    if not transfer.rounds:
        return _finish_loose(text, transfer, request, loose)
    rounds = transfer.rounds
    if loose.value[:1] in ("{", "[", "<") and not any(
        text.value[a:b].strip() for a, b in rounds[-1].body
    ):
        rounds[-1].body[:] = transfer.loose
    notes: tuple[Note, ...] = ()
    responses: list[Response] = []
    for number, one in enumerate(rounds, 1):
        response, more = _finish_round(text, one, number == len(rounds))
        responses.append(response)
        notes += more
    now = Exchange("curl", text, transfer.start, transfer.end, request, responses.pop())
    return [now._replace(earlier=tuple(responses), failure=transfer.failure, notes=notes)]


def _finish_round(text: Text, one: Round, last: bool) -> tuple[Response, tuple[Note, ...]]:
    body = _lead(join(text, one.body))
    notes: tuple[Note, ...] = ()
    if STATUS_LINE.match(body.value):  # -i beside -v: the head stands there twice
        from errdecode.capture.message import read_messages

        again = read_messages(body, 0, len(body.value))
        if again and again[-1].response and again[-1].response.body:
            body, notes = again[-1].response.body, again[-1].notes
    status = None
    if last:
        trimmed = trim(body.value, 0, len(body.value))
        if trimmed.end < len(body.value):
            body = cut(body, 0, trimmed.end)
        status, notes = trimmed.status, notes + trimmed.notes
    response = read_response(text, *one.line, read_fields(text, one.head), body)
    return (response if response.status else response._replace(status=status)), notes


def _finish_loose(
    text: Text, transfer: Transfer, request: Request | None, loose: Text
) -> list[Exchange]:
    failure = transfer.failure
    returned = _FAILED_STATUS.match(failure.message or "") if failure else None
    status = int(returned[1]) if returned else None
    found = [rebase(exchange, text) for exchange in read_plain(loose, 0, len(loose.value))]
    if not found:
        if not failure and not request:
            return []
        found = [Exchange("curl", text, transfer.start, transfer.end)]
        if status:
            found = [found[0]._replace(response=Response(status))]
    found = [one._replace(request=one.request or request) for one in found]
    if failure:
        last = found[-1]
        kind = "curl" if last.kind == "body" else last.kind
        response = last.response
        if response and response.status is None:
            response = response._replace(status=status)
        end = max(last.end, transfer.end)
        found[-1] = last._replace(kind=kind, end=end, failure=failure, response=response)
    return found


def _lead(text: Text) -> Text:
    """Leave out the blank lines before a body, which a terminal shows between it and the marks."""
    value = text.value
    first = len(value) - len(value.lstrip())
    line = value.rfind("\n", 0, first) + 1
    return cut(text, line, len(value)) if line else text


def rebase(exchange: Exchange, text: Text) -> Exchange:
    """Give the range of an exchange, read from a text cut out of `text`, in `text` itself."""
    start, end = to_parent(exchange.source, exchange.start, exchange.end)
    if exchange.source.parent is not text and exchange.source.parent is not None:
        return rebase(exchange._replace(source=exchange.source.parent, start=start, end=end), text)
    return exchange._replace(source=text, start=start, end=end)
