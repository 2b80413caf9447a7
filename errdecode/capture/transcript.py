"""`curl -v` transcripts, and what else curl writes to stderr, with the answer mixed in."""

from __future__ import annotations

import re

from errdecode.capture.fields import (
    ELISION,
    FIELD_LINE,
    REQUEST_LINE,
    STATUS_LINE,
    is_continuation,
    line_end,
    read_fields,
    read_request,
)
from errdecode.capture.marks import INFORMATION, MORE, PROOF, TLS, Finder
from errdecode.capture.plain import read_plain
from errdecode.capture.transfer import Round, Transfer, build_request, finish_transfers
from errdecode.model import Exchange, Failure, Note, Request, Text
from errdecode.regex import expression

_MOST_MARKS = 200_000  # marked lines that are read; a capture with more of them is no transcript
_BEGINS = expression(r"\s*(?:[{\[<]|HTTP/\d)")
"""How an answer begins, or the document in it."""
_WARNINGS = expression(r"(?:\s*Warning: [^\n]*(?:\n|\Z))+")
"""What curl says between two attempts."""
_UNREACHED = frozenset((5, 6, 7, 35, 60))
"""Failures without an answer, as no server was reached or trusted (curl's manual)."""
_LIMIT = Note("limit", "only the first lines of the transcript are read")


def read_transcript(text: Text, start: int, end: int) -> list[Exchange]:
    """Read what curl wrote between two characters of a text; empty when only marks stand there.

    Unmarked lines are the answer's body, wherever they stand, or an answer of their own where no
    `<` lines are.
    """
    reader = _Reader(text, PROOF.search(text.value, start, end) is not None)
    finder = Finder(text.value, start, end)
    free = at = start
    while reader.count < _MOST_MARKS and (found := finder.find(at)):
        after = reader.take(found, free, end)
        if after is None:
            at = found.end()
        else:
            free = at = after
    if free == start:
        return read_plain(text, start, end)
    full = reader.count >= _MOST_MARKS
    if not full:
        reader.keep(free, end)
    exchanges = finish_transfers(text, reader.transfers)
    if full and exchanges:
        exchanges[-1] = exchanges[-1]._replace(notes=(*exchanges[-1].notes, _LIMIT))
    return exchanges


class _Reader:
    """Goes through the marks; the zone is info, sent, sent-body, head, body or failed."""

    def __init__(self, text: Text, proved: bool) -> None:
        self.text = text
        self.proved = proved
        self.transfers: list[Transfer] = []
        self.zone = "info"
        self.count = 0

    def take(self, found: re.Match[str], free: int, end: int) -> int | None:
        """Take a marked piece, and the unmarked text since `free`; None when it is the body's own.

        Returns where the unmarked text goes on.
        """
        value = self.text.value
        self.count += 1
        stop, after = line_end(value, found.end(), end)
        if found["mark"]:
            if not self._wants(found["mark"], found.start("mark"), stop):
                return None
            self.keep(free, found.start())
            self._read_marked(found["mark"], found.start(), found.end("mark") + 1, stop)
            return after
        self.keep(free, found.start())
        if found["code"]:
            return self._fail(found, stop, after, end)
        if found["meter"] and found.end() < stop:
            return found.end()  # the body goes on in the meter's line
        return after

    def _wants(self, mark: str, at: int, stop: int) -> bool:
        value = self.text.value
        if mark == "*":
            if self.zone in ("head", "sent", "sent-body") or (self.zone == "info" and self.proved):
                return True
            return INFORMATION.match(value, at, stop) is not None
        content = at + 2
        if mark == ">":
            return (
                self.zone in ("sent", "sent-body")
                or REQUEST_LINE.match(value, content, stop) is not None
            )
        if self.zone == "head":
            return (
                content >= stop
                or value[content] in " \t"
                or FIELD_LINE.match(value, content, stop) is not None
                or self._is_status(at, stop)
            )
        return self._is_status(at, stop) or (
            self.proved
            and self.zone != "body"
            and FIELD_LINE.match(value, content, stop) is not None
        )

    def _is_status(self, at: int, stop: int) -> bool:
        return STATUS_LINE.match(self.text.value, at + 2, stop) is not None

    def _read_marked(self, mark: str, start: int, content: int, stop: int) -> None:
        content = min(content, stop)
        if mark == "*":
            self._read_information(start, content, stop)
        elif mark == ">":
            self._read_sent(start, content, stop)
        else:
            self._read_received(start, content, stop)
        self.transfers[-1].end = stop

    def _read_information(self, start: int, content: int, stop: int) -> None:
        line = self.text.value[content:stop]
        now = self._current(start)
        if line.startswith("Issue another request"):
            now.again = True
        if TLS.search(line):
            now.encrypted = True
        elif now.encrypted is None and line.startswith("Connected to"):
            now.encrypted = False

    def _read_sent(self, start: int, content: int, stop: int) -> None:
        line = REQUEST_LINE.match(self.text.value, content, stop)
        if line:
            now = self._next_transfer(start, line)
            now.line, now.sent, now.sent_body, now.again = line, [], [], False
            self.zone = "sent"
        elif self.zone == "sent-body":
            self.transfers[-1].sent_body.append((content, stop))
        elif content >= stop:
            self.zone = "sent-body"
        else:
            self.transfers[-1].sent.append((content, stop))

    def _next_transfer(self, start: int, line: re.Match[str]) -> Transfer:
        """The transfer of a request line: the one before when it goes on, else a new one."""
        now = self._current(start)
        if not now.rounds or now.again or now.line is None:
            return now if not now.rounds or now.again else self._open(start)
        before = build_request(self.text, now)
        last = STATUS_LINE.match(self.text.value, *now.rounds[-1].line)
        after = _peek_request(self.text, line)
        if is_continuation(int(last[2]) if last else None, before, after):
            return now
        return self._open(start)

    def _read_received(self, start: int, content: int, stop: int) -> None:
        now = self._current(start)
        if STATUS_LINE.match(self.text.value, content, stop):
            now.rounds.append(Round((content, stop), [], []))
            self.zone = "head"
        elif content >= stop:
            self.zone = "body"
        else:
            if not now.rounds:
                now.rounds.append(Round((content, content), [], []))
            now.rounds[-1].head.append((content, stop))
            self.zone = "head"

    def _current(self, start: int) -> Transfer:
        return self.transfers[-1] if self.transfers else self._open(start)

    def _open(self, start: int) -> Transfer:
        opened = Transfer(start)
        if self.transfers:  # what was said of the connection stands before the next request
            opened.encrypted = self.transfers[-1].encrypted
        self.transfers.append(opened)
        return opened

    def _fail(self, found: re.Match[str], stop: int, after: int, end: int) -> int:
        """Take a failure; the general explanation that curl may add to it is passed over."""
        now = self._current(found.start())
        if now.failure:
            now = self._open(found.start())
        now.end = stop
        now.failure = Failure(
            "curl", int(found["code"]), self.text.value[found.end() : stop].strip() or None
        )
        if MORE.match(self.text.value, after, end):
            self.zone = "failed"
        return after

    def keep(self, start: int, end: int) -> None:
        """Keep unmarked text for the last answer's body.

        Left out are dots outside of a body, and behind a failure all but an answer: curl is done
        there, and only its own last words may have overtaken a body, unless it tries again or asks
        another address.
        """
        value = self.text.value
        if end <= start or self.zone == "failed":
            return
        if self.zone != "body" and _is_elided(value[start:end]):
            return
        now = self._current(start)
        if now.failure:
            warned = _WARNINGS.match(value, start, end)
            start = warned.end() if warned else start
            retries = warned is not None and "retry" in warned[0]
            if not _BEGINS.match(value, start, end):
                now.retried = now.retried or retries
                return
            if retries or now.retried or now.failure.code in _UNREACHED:
                now.retried = now.retried or retries
                now = self._open(start)
        now.end = max(now.end, end)
        if now.rounds:
            now.rounds[-1].body.append((start, end))
        else:
            now.loose.append((start, end))


def _is_elided(piece: str) -> bool:
    """Tell whether nothing but dots, for what was left out, stands in a piece."""
    return len(piece) < 1000 and all(
        not line.strip() or ELISION.fullmatch(line) for line in piece.splitlines()
    )


def _peek_request(text: Text, line: re.Match[str]) -> Request:
    """The request that begins with a line, its header read ahead."""
    lines: list[tuple[int, int]] = []
    at = line_end(text.value, line.end(), len(text.value))[1]
    while text.value.startswith("> ", at) and not REQUEST_LINE.match(text.value, at + 2):
        stop, after = line_end(text.value, at, len(text.value))
        lines.append((at + 2, stop))
        at = after
    return read_request(text, line, read_fields(text, lines), None)
