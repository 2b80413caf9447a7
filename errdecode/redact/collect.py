"""Where the secrets of an exchange are found, once, before anything is masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from errdecode.model import JSON, Body, Exchange, Field, Text
from errdecode.redact.addresses import find_hooks, find_options, find_userinfo
from errdecode.redact.echoes import Secrets, gather
from errdecode.redact.fields import find_fields, find_in_field
from errdecode.redact.marks import Hit
from errdecode.redact.members import named_members
from errdecode.redact.places import find_places
from errdecode.redact.shapes import find_shapes
from errdecode.redact.values import is_telling, reads_as_message

_LONG = 1 << 16
"""A text of more characters is not searched again in the capture it was cut from."""


_latest: list[tuple[str, list[Hit]]] = []  # the latest long capture, and what was found in it


class Findings:
    """The hits in the texts of an exchange, and the values that are to be looked for elsewhere."""

    def __init__(self) -> None:
        self.hits: dict[int, list[Hit]] = {}
        """By the id of a text."""
        self.values: list[str] = []
        self._pieces: dict[tuple[int, int], Text] = {}
        self._scanned: dict[tuple[str, bool], list[Hit]] = {}

    def add(self, text: Text, sent: bool, more: Iterable[Hit] = ()) -> None:
        """Search a text unless that is done; `more`: what is known of it already."""
        if id(text) in self.hits:
            return
        hits = self.hits[id(text)] = [*more, *self.scan(text.value, sent)]
        self.values += (hit.raw for hit in hits if hit.echoed)
        if text.parent is not None and len(text.value) > _LONG and len(text.runs) == 1:
            _, start, step, width = text.runs[0]
            if step == width == 1:
                self._pieces[start, start + len(text.value)] = text.parent

    def add_around(self, source: Text) -> None:
        """Search the capture, apart from long pieces that were cut out and searched already."""
        if id(source) in self.hits:
            return
        value, done = source.value, 0
        hits: list[Hit] = []
        for start, end in sorted(self._pieces):
            if self._pieces[start, end] is source and start >= done:
                hits += _shifted(scan(value[done:start]), done)
                done = end
        hits += _shifted(scan(value[done:]), done) if done else _scan_capture(value)
        self.hits[id(source)] = hits
        self.values += (hit.raw for hit in hits if hit.echoed)

    def scan(self, value: str, sent: bool) -> list[Hit]:
        """Find the secrets in a string; equal strings are searched once."""
        key = (value, sent)
        if key not in self._scanned:
            self._scanned[key] = scan(value, sent=sent)
        return self._scanned[key]


def find_secrets(exchange: Exchange, body: Body | None = None) -> Secrets:
    """Collect the secret values of an exchange, and of the response body as it was parsed."""
    return gather(find(exchange, body).values)


def find(exchange: Exchange, body: Body | None) -> Findings:
    """Search the texts of an exchange, what the caller sent first."""
    findings = Findings()
    request = exchange.request
    if request is not None:
        _add_fields(findings, request.headers, sent=True)
        for text in (request.url, request.body):
            if text is not None:
                findings.add(text, True)
    for response in (exchange.response, *exchange.earlier):
        if response is not None:
            _add_fields(findings, response.headers, sent=False)
            if response.body is not None:
                findings.add(response.body, False)
    if body is not None:
        findings.add(body.text, False)
        if body.kind != "json" or "\\u00" in body.text.value:
            findings.values += _telling_members(body.value)
    findings.add_around(exchange.source)
    return findings


def scan(value: str, *, sent: bool = False) -> list[Hit]:
    """Find the secrets in any string: by their shape, and by the names beside them."""
    if len(value) < 4:
        return []
    hits = find_shapes(value) + find_places(value, sent=sent)
    if "@" in value:
        hits += find_userinfo(value)
    if "hook" in value:
        hits += find_hooks(value)
    if "-" in value:
        hits += find_fields(value)
    hits += find_options(value)
    return hits


def _scan_capture(value: str) -> list[Hit]:
    """Search a whole capture; a log or a HAR file is the same one for each of its exchanges."""
    if len(value) <= _LONG:
        return scan(value)
    if not (_latest and _latest[0][0] is value):
        _latest[:] = [(value, scan(value))]
    return _latest[0][1]


def _add_fields(findings: Findings, fields: tuple[Field, ...], *, sent: bool) -> None:
    for field in fields:
        findings.add(field.value, False, find_in_field(field.name, field.value.value, sent=sent))


def _telling_members(value: JSON) -> Iterator[str]:
    """Give the secrets that a server's parsed body holds by name."""
    for member, kind in named_members(value):
        if is_telling(member) and not reads_as_message(member, kind):
            yield member


def _shifted(hits: list[Hit], by: int) -> list[Hit]:
    return [hit._replace(start=hit.start + by, end=hit.end + by) for hit in hits]
