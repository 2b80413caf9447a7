"""What a report says around its problems: request id and date, notes, the next command."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.conflicts import note_conflicts
from errdecode.extract import MOST_PROBLEMS, read_request_id
from errdecode.extract.claims import denies_error
from errdecode.format import Format
from errdecode.model import JSON, Batch, Body, Detection, Diagnostic, Exchange, Note

_REQUEST_IDS = (
    "x-request-id",
    "request-id",
    "x-correlation-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-ms-request-id",
    "x-trace-id",
    "cf-ray",
    "x-github-request-id",
    "traceparent",
)


def read_ticket(
    exchange: Exchange,
    body: Body,
    format: Format | None,
    detection: Detection,
    around: Body | None = None,
) -> tuple[str | None, str | None]:
    """Request id and date: what support asks for first; `around` is what the body stands in."""
    fields = exchange.response.headers if exchange.response else ()
    headers = {field.name.lower(): field.value.value for field in reversed(fields)}
    found = None
    if format and detection.best and detection.best.shape:
        found = read_request_id(format, detection.best.shape, exchange, body)
    found = found or next((headers[name] for name in _REQUEST_IDS if headers.get(name)), None)
    found = found or _find_ticket(body.value) or (_find_ticket(around.value) if around else None)
    return found, headers.get("date")


def _find_ticket(value: JSON) -> str | None:
    """The request id among the members of an object, by its usual names."""
    if not isinstance(value, dict):
        return None
    names = {name.lower().replace("_", ""): name for name in value}
    for wanted in ("requestid", "traceid", "correlationid", "transactionid"):
        member = value[names[wanted]] if wanted in names else None
        if isinstance(member, str) and member:
            return member
    return None


def gather_notes(
    exchange: Exchange,
    body: Body,
    payload: Body | None,
    format: Format | None,
    diagnostics: list[Diagnostic],
    by_status: bool = False,
    doubtful: bool = False,
) -> Iterator[Note]:
    """All that was guessed, repaired or in conflict; the flags are those of `note_conflicts`."""
    yield from exchange.notes
    yield from body.notes
    for note in payload.notes if payload else ():
        yield note._replace(message=f"in the request: {note.message}")
    if payload and payload.kind == "text" and any(d.locations for d in diagnostics):
        yield Note(
            "request-not-json", "the request is not JSON, so no pointer can be followed in it"
        )
    yield from note_conflicts(exchange, body, format, diagnostics, by_status, doubtful)
    if len(diagnostics) >= MOST_PROBLEMS:
        yield Note("limit", f"only the first {MOST_PROBLEMS} problems are shown")
    yield from _doubt_payload(diagnostics, exchange)
    yield from _say_assumptions(diagnostics)
    if len(diagnostics) > 1:
        from errdecode.alternatives import say_alternatives

        yield from say_alternatives(diagnostics)
    for diagnostic in diagnostics:
        for name in diagnostic.absent:
            yield Note(
                "expected-absent",
                f"{diagnostic.problem.code} should come with {name}; it is absent",
            )


def _doubt_payload(diagnostics: list[Diagnostic], exchange: Exchange) -> Iterator[Note]:
    """Ask whether the payload is the one that was sent, where the server quotes other values."""
    written = any(note.kind == "shell-variable" for note in exchange.notes)
    for diagnostic in diagnostics:
        if any(location.found for location in diagnostic.locations):
            from errdecode.locate.echo import doubt_payload

            note = doubt_payload(diagnostic.problem, diagnostic.locations, written=written)
            if note:
                yield note


def _say_assumptions(diagnostics: list[Diagnostic]) -> Iterator[Note]:
    """What pointers take for granted."""
    yield from _say_dialects(diagnostics)
    found = (d.problem.assumes for d in diagnostics if d.locations or d.problem.pointer is not None)
    for text in dict.fromkeys(text for text in found if text):
        yield Note("assumption", text)


_DIALECTS = {
    "json-pointer": "a JSON Pointer",
    "jsonpath": "a JSONPath",
    "dotted": "a path of names with dots between them",
    "xpath": "an XPath, which counts from 1",
}
"""Dialects in words; the others are told by their names."""
_LONGEST_SHOWN = 60
"""Characters of a pointer that a note repeats."""


def _say_dialects(diagnostics: list[Diagnostic]) -> Iterator[Note]:
    """That pointers were read in another dialect than the one they should be in; one of each."""
    told: dict[tuple[str, str], str] = {}
    for problem in (diagnostic.problem for diagnostic in diagnostics):
        if problem.promised:
            told.setdefault((problem.promised, problem.dialect), problem.pointer_as_sent or "")
    for dialects, sent in told.items():
        promised, own = (_DIALECTS.get(name, f"`{name}`") for name in dialects)
        shown = f"`{sent}`" if len(sent) <= _LONGEST_SHOWN else "a pointer of the server's"
        if dialects[0] == dialects[1]:
            fault = "has no slash before it"
        else:
            fault = "leads into XML" if dialects[1] == "xpath" else f"cannot be {promised}"
        yield Note("assumption", f"{shown} {fault}: it is read as {own}")


def say_success(exchange: Exchange, body: Body, format: str | None, outcome: str) -> list[Note]:
    """What made a response without an error of it, when that is not the status alone; `format` is
    the name of the one in which its body says so."""
    status = exchange.response.status if exchange.response else None
    plain = denies_error(body)
    if outcome not in ("success", "error") or not (plain or format):
        return []
    by = f", as in {format}," if format and not plain else ""
    said = f"the body says{by} that there is no error"
    if outcome == "success":
        return [Note("success", said)] if format or status is None else []
    if status is None or status < 400:
        return []
    return [Note("status-conflict", f"the status is {status}, yet {said}")]


def say_alike(format: str | None, outcome: str) -> list[Note]:
    """That a body is not known to be an error for its status alone; `format` is the name of the one
    it would be in."""
    if format is None or outcome != "unknown":
        return []
    return [Note("error-in-success", f"with a failing status this would be an error of {format}")]


def say_partial(exchange: Exchange, body: Body, batch: Batch | None) -> list[Note]:
    """That some items of a batch were done, where its answer counts them and is itself a success.

    An answer with 4xx or 5xx refuses a batch as a whole, whatever it says of single items; one in
    XML is mostly that to a single request for a collection (RFC 4918, section 13).
    """
    status = exchange.response.status if exchange.response else None
    if batch is None or not batch.in_response or status is None or not 200 <= status < 300:
        return []
    done = batch.total - batch.failed
    if not done or not batch.failed:
        return []
    of = f"{done} of the {batch.total} items"
    if body.kind == "xml":
        return [Note("partial", f"{of} did not fail")]
    return [Note("partial", f"{of} went through: send only the failed ones again")]


def suggest(
    exchange: Exchange,
    body: Body,
    format: Format | None,
    diagnostics: list[Diagnostic],
    outcome: str,
) -> Iterator[str]:
    """The next command, when something is missing."""
    unplaced = (d for d in diagnostics if not _is_of_query(d, exchange))
    causes = [d.problem for d in unplaced if d.problem.role == "cause"]
    in_body = [p for p in causes if p.parameter_in in (None, "body") and not p.header]
    pointed = any(p.pointer_as_sent is not None or p.assumes for p in in_body)
    has_payload = exchange.request is not None and exchange.request.body is not None
    redirected = any(note.kind == "redirected" for note in exchange.notes)
    if pointed and not has_payload and not redirected:
        yield "no request in the input: add --request FILE to see the fault in place"
    structured = body.kind in ("json", "xml", "form")
    if outcome == "error" and format is None and structured:
        yield "no documented format covers this; `errdecode catalog learn FILE` drafts one from it"
    elif outcome == "unknown" and structured:
        yield "if this is an error, `errdecode catalog learn FILE` drafts its format from it"
    recorded = exchange.kind == "har"
    if outcome == "no-response" and not diagnostics and exchange.request and not recorded:
        yield "only a request was given: paste its output as well, or pipe it in"


def _is_of_query(diagnostic: Diagnostic, exchange: Exchange) -> bool:
    """Whether a place that the server names is one of the query: it is there, or the method, which
    is known, has no use for a body."""
    known = exchange.request is not None and exchange.request.method is not None
    places = diagnostic.locations
    return any(one.document == "request.query" and (one.found or known) for one in places)
