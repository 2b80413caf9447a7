"""What the decoder says of one body, cut down to what a group is made of."""

from __future__ import annotations

from errdecode.catalog import Catalog
from errdecode.model import (
    Diagnostic,
    Exchange,
    Failure,
    Field,
    Problem,
    Report,
    Request,
    Response,
    Text,
)
from errdecode.model.record import NamedTuple
from errdecode.pipeline import decode_exchange
from errdecode.regex import expression
from errdecode.scan.cut.json_values import as_text
from errdecode.settings import Settings
from errdecode.source import to_root

LONGEST_TITLE = 200
"""Characters of a title."""
LONGEST_MESSAGE = 300
"""Characters of a message; it groups what bears no code."""
SETTINGS = Settings()
_PARTICULAR = expression(
    r"""(?<!\w)(?:"[^"]{0,200}"|'[^']{0,200}'|`[^`]{0,200}`|“[^”]{0,200}”|«[^»]{0,200}»)(?!\w)"""
    r"""|\[[^\[\]]{0,80}\]|\S*[\d@/]\S*"""
)
"""What belongs to one occurrence: what is quoted or in brackets, numbers, addresses and paths."""
_FAILURE = expression(r"\s*curl: \((\d{1,3})\)[ ]?([^\r\n]*)")
_RETURNED = expression(r"The requested URL returned error: ([1-5]\d\d)")
_INDEX = expression(r"/(?:0|[1-9][0-9]{0,17})(?=/|\Z)")


class Around(NamedTuple):
    """What the decoder is told besides the body."""

    status: int | None = None
    method: str | None = None
    url: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    """Of the response's header, where the log shows it."""
    failure: str = ""
    """What curl says of its own failure, beside a head."""
    printed: bool = False
    """Whether the body is what a program printed of an error, which may hold an answer."""


class Answer(NamedTuple):
    """What the decoder says of a body; without what tells two occurrences of a fault apart."""

    outcome: str
    format: str | None = None
    confidence: str | None = None
    code: str | None = None
    pointer: str | None = None
    title: str | None = None
    status: int | None = None
    verdict: str = "unknown"
    actor: str | None = None
    problems: int = 0
    message: str | None = None
    worth: int = 0
    """How much a reader gets from it, without what the log says around it."""
    kind: str = "json"
    """Of the body: json, xml, form, html, text or empty."""
    explained: bool = False
    """The catalog knows its code."""
    speaks: bool = False
    """Code and message were found in it."""
    inside: bool = False
    """It is about a document that stands in the body."""
    quoted: int | None = None
    """Where in the body the document begins that the answer is about, in characters; None where it
    is the body itself."""


NO_ANSWER = Answer("unknown")


def decode_body(catalog: Catalog, raw: bytes, around: Around) -> Answer:
    """Decode a body in UTF-8, with what is known of its exchange."""
    return answer_of(decode_exchange(exchange_of(raw, around), "-", 0, SETTINGS, catalog))


def exchange_of(raw: bytes, around: Around) -> Exchange:
    """The exchange of a body that stood in a log."""
    text = Text(as_text(raw))
    fields = tuple(Field(name, Text(value)) for name, value in around.fields)
    request = None
    if around.method or around.url:
        request = Request(around.method, Text(around.url) if around.url else None)
    response: Response | None = Response(around.status, None, fields, text)
    failed = _FAILURE.match(around.failure or text.value)
    failure = Failure("curl", int(failed[1]), failed[2].strip() or None) if failed else None
    if failed and not around.failure:  # it is what curl says, and no body
        status = around.status or _status_in(failed[2])
        response = Response(status, None, fields) if status else None
    kind = "body" if around.printed else "log"
    return Exchange(kind, text, 0, len(text.value), request, response, failure=failure)


def is_failure(raw: bytes) -> bool:
    """Whether a text is what curl says of its own failure."""
    return raw.lstrip()[:7] == b"curl: (" and _FAILURE.match(as_text(raw)) is not None


def _status_in(said: str) -> int | None:
    """The status that curl tells of, where it was asked to fail by it (`--fail`)."""
    found = _RETURNED.match(said)
    return int(found[1]) if found else None


def answer_of(report: Report) -> Answer:
    """Take from a report what a group is made of."""
    best, body = report.detection.best, report.body
    first = first_cause(report)
    problem = first.problem if first else Problem()
    status = report.exchange.response.status if report.exchange.response else None
    said = problem.detail or problem.title
    explained = _is_explained(first)
    return Answer(
        report.outcome,
        report.format.id if report.format else None,
        best.confidence if best else None,
        problem.code,
        None if problem.pointer is None else _INDEX.sub("/*", problem.pointer),
        _title(first),
        status if status is not None else problem.status,
        first.retry.verdict if first else "unknown",
        first.explanation.actor if first and first.explanation else None,
        len(report.diagnostics),
        template_of(said) if said and (problem.code is None or not explained) else None,
        _worth(report, first),
        body.kind if body else "empty",
        explained,
        problem.code is not None and said is not None,
        body is not None and any(note.kind == "nested" for note in body.notes),
        to_root(body.text, 0, len(body.text.value))[1] if body and body.text.parent else None,
    )


def first_cause(report: Report) -> Diagnostic | None:
    """The problem that an answer is about: the first one that is no consequence of another."""
    causes = (d for d in report.diagnostics if d.problem.role == "cause")
    return next(causes, next(iter(report.diagnostics), None))


def template_of(message: str) -> str:
    """A message with `…` for what belongs to one occurrence."""
    return " ".join(_PARTICULAR.sub("…", message[:LONGEST_MESSAGE]).split())


def _title(first: Diagnostic | None) -> str | None:
    """What the catalog says of a code in a line, else what the server said, else what HTTP says."""
    if first is None:
        return None
    explanation = first.explanation
    own = explanation.title if explanation and explanation.source != "http-status" else None
    title = own or first.problem.title or first.problem.detail
    title = title or (explanation.title if explanation else None)
    return None if title is None else in_a_line(title)


def in_a_line(title: str) -> str:
    """A text in one line, cut to LONGEST_TITLE characters."""
    line = " ".join(title[: 2 * LONGEST_TITLE].split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"


def _is_explained(first: Diagnostic | None) -> bool:
    explanation = first.explanation if first else None
    return explanation is not None and explanation.source != "http-status"


def _worth(report: Report, first: Diagnostic | None) -> int:
    if first is None:
        return 0
    problem = first.problem
    return (
        8 * (report.format is not None)
        + 4 * (problem.code is not None)
        + 4 * (problem.pointer is not None or problem.parameter is not None)
        + 2 * (first.explanation is not None)
        + 2 * (problem.detail is not None)
        + 2 * (not any(note.kind == "truncated" for note in report.notes))
    )
