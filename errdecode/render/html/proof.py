"""What stands behind an answer: the evidence for the format, and the parsed exchange."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.model import Candidate, Evidence, Field, Report
from errdecode.render.brevity import LONGEST_IN_FULL, shorten
from errdecode.render.html.markup import Markup, element

SHOWN = 3
"""Candidates whose clues are shown."""
_HOLDS = {True: "yes", False: "no", None: "unknown"}


def proof(report: Report, *, is_open: bool) -> Markup:
    """The clues of the best candidates, folded unless the reader asked for them."""
    detection = report.detection
    summary = element("summary", "Why this format" if detection.best else "Formats that came near")
    tables = map(_score_sheet, detection.candidates[:SHOWN])
    return element("details", summary, *tables, class_="proof", open="" if is_open else None)


def _score_sheet(candidate: Candidate) -> Markup:
    word = candidate.confidence or "too weak to claim"
    line = f"{candidate.id}: {word}, {candidate.score:.1f} bits ({candidate.shape})"
    names = ("Holds", "Bits", "Clue", "Seen at")
    head = element("tr", *(element("th", name, scope="col") for name in names))
    rows = map(_clue, candidate.evidence)
    return element(
        "table",
        element("caption", line),
        element("thead", head),
        element("tbody", *rows),
        class_="clues",
    )


def _clue(piece: Evidence) -> Markup:
    holds = _HOLDS[piece.matched]
    seen = (piece.seen_at or "the body") if piece.matched else ""
    cells = (holds, f"{piece.weight:.1f}" if piece.weight else "", piece.claim, seen)
    return element("tr", *(element("td", cell) for cell in cells), class_=holds)


MOST_EARLIER = 10
"""Answers before the last one that are shown."""


def exchange(report: Report, *, is_open: bool) -> Markup:
    """What was taken for what, folded unless the reader asked for it."""
    summary = element("summary", "The exchange as it was read")
    return element(
        "details", summary, *_messages(report), class_="exchange", open="" if is_open else None
    )


def _messages(report: Report) -> Iterator[Markup]:
    request, response = report.exchange.request, report.exchange.response
    for one in report.exchange.earlier[:MOST_EARLIER]:
        said = shorten(f"{one.status or ''} {one.reason or ''}".strip(), LONGEST_IN_FULL)
        yield _message("Earlier response", said, one.headers)
    if request:
        url = request.url.value if request.url else ""
        line = shorten(f"{request.method or ''} {url}".strip(), LONGEST_IN_FULL)
        yield _message("Request", element("code", line) if line else "", request.headers)
    if response:
        said = shorten(f"{response.status or ''} {response.reason or ''}".strip(), LONGEST_IN_FULL)
        kind = report.body.kind if report.body else "empty"
        yield _message("Response", f"{said} ({kind} body)".strip(), response.headers)
    if not (request or response):
        yield element("p", "Neither a request nor a response was in the input.")


def _message(name: str, line: str, headers: tuple[Field, ...]) -> Markup:
    """A message as a table of its header fields, under its first line."""
    caption = element("caption", f"{name} " if line else name, line)
    rows = (_field(field.name, shorten(field.value.value, LONGEST_IN_FULL)) for field in headers)
    return element("table", caption, element("tbody", *rows), class_="fields")


def _field(name: str, value: str) -> Markup:
    return element("tr", element("th", name, scope="row"), element("td", value))
