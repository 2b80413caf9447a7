"""Responses to learn from, with nothing secret left in them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from errdecode.body import read_body
from errdecode.clue import see
from errdecode.example import content_type
from errdecode.model import JSON, Body, Report, Text
from errdecode.model.record import NamedTuple
from errdecode.redact import Secrets, find_secrets, mask, redact
from errdecode.sanitise import sanitise

STRUCTURED = ("json", "xml", "form")
"""Kinds of bodies that have members."""
MASKS = "•＊🞄‹›"
"""What masks are made of: a value that holds one of these is not what the provider wrote."""


class Listed(NamedTuple):
    """A code that a description lists."""

    code: str
    said: str = ""
    """What it says of it."""


class Sample(NamedTuple):
    """A response in the format that is to be described."""

    label: str
    """What the user knows it by: the file, the response of an operation."""
    body: Body
    status: int | None = None
    media_type: str | None = None
    """As declared."""
    url: str | None = None
    """Host and path of the request, without anything else."""
    said: str = ""
    """What a description says of this response."""
    given: bool = True
    """False: made up from a schema, to see where things stand; never shown."""
    promised: dict[str, tuple[str, ...]] | None = None
    """The members that are always there, by pattern, where a schema says so."""
    listed: dict[str, tuple[Listed, ...]] = {}  # noqa: RUF012  # nobody writes to it
    """The codes that a schema lists, by pattern."""


def make_samples(reports: Sequence[Report], labels: Sequence[str]) -> list[Sample]:
    """Mask the responses of some reports; a secret of one is a secret in all of them."""
    secrets = _join([find_secrets(report.exchange, report.body) for report in reports])
    return [_sample(one, label, secrets) for one, label in zip(reports, labels, strict=True)]


def is_masked(text: str) -> bool:
    """Whether a text holds a mask."""
    return any(mark in text for mark in MASKS)


def harmless(text: str, secrets: Secrets | None = None) -> str:
    """A foreign text without its secrets, in one line that harms no terminal."""
    return sanitise(" ".join(mask(text, secrets or Secrets({}, {})).split()))


def _join(several: Sequence[Secrets]) -> Secrets:
    forms: dict[str, str] = {}
    starts: dict[str, list[str]] = {}
    for one in several:
        forms.update(one.forms)
        for start, alike in one.starts.items():
            starts.setdefault(start, []).extend(alike)
    return Secrets(forms, starts)


def _sample(report: Report, label: str, secrets: Secrets) -> Sample:
    masked = redact(report)
    seen = see(masked.exchange, masked.body or read_body(Text("")))
    url = f"https://{seen.host}{seen.path}" if seen.host else None
    response = masked.exchange.response
    return Sample(
        harmless(label, secrets),
        _masked_body(report, masked, secrets),
        response.status if response else None,
        content_type(masked.exchange) if response else None,
        mask(url, secrets) if url else None,
    )


def _masked_body(report: Report, masked: Report, secrets: Secrets) -> Body:
    """The body read again from its masked text; where masks broke the JSON, it is written anew."""
    if masked.body is None or report.body is None:
        return read_body(Text(""))
    declared = content_type(masked.exchange)
    text = masked.body.text.value
    if secrets.forms:
        text = mask(text, secrets)
    body = read_body(Text(text), declared)
    whole = len(body.notes) <= len(report.body.notes)
    if report.body.kind != "json" or (body.kind == "json" and whole):
        return body
    return read_body(Text(_dump(masked.body.value, secrets)), declared)


def _dump(value: JSON, secrets: Secrets) -> str:
    try:
        return mask(json.dumps(value, indent=2, ensure_ascii=False), secrets)
    except (RecursionError, ValueError):
        return ""
