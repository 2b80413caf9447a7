"""The pipeline, readable from top to bottom: capture, detect, extract, locate, explain; and `explain` without a body."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from errdecode.body import read_body
from errdecode.capture import read_exchanges
from errdecode.catalog import KNOWLEDGE, Catalog, open_catalog
from errdecode.clue import Seen, see
from errdecode.detect import detect, force, says_success
from errdecode.errors import InputError
from errdecode.example import content_type
from errdecode.explain import Choice, ask, choose, explanation_of, give_roles
from errdecode.extract import MOST_PROBLEMS, extract, read_request_id
from errdecode.format import Format
from errdecode.generic import looks_like_error, read_generically
from errdecode.locate import locate, read_request_body
from errdecode.model import (
    Body,
    Detection,
    Diagnostic,
    Exchange,
    Note,
    Problem,
    Report,
    Request,
    Response,
    Text,
)
from errdecode.retry import derive
from errdecode.source import read_text


class Settings(NamedTuple):
    """What the user adds to the input."""

    request: Text | None = None
    """The original payload."""
    request_name: str = ""
    format: str | None = None
    """Force this format."""
    status: int | None = None
    method: str | None = None
    url: str | None = None
    operation: str | None = None
    timeout: bool = False
    """There was no answer at all."""
    folder: str | None = None
    """Where files that `-d @FILE` names may be read; None when the user did not allow it."""


def decode(
    data: bytes | str,
    *,
    request: bytes | str | None = None,
    format: str | None = None,
    status: int | None = None,
    method: str | None = None,
    url: str | None = None,
    operation: str | None = None,
    timeout: bool = False,
    catalog: str | Path | None = None,
) -> list[Report]:
    """Decode everything that `data` holds: a body, an HTTP message, a pasted session.

    One report for each response found. Nothing is masked: `redact.redact` does that where a report leaves the process.
    Raises `errors.InputError` for bytes that are not text, `UsageError` for an unknown format, `CatalogError`.
    """
    text = to_text(data, "the input")
    payload = None if request is None else to_text(request, "the request")
    settings = Settings(payload, "", format, status, method, url, operation, timeout)
    opened = open_catalog(None if catalog is None else Path(catalog))
    return decode_text(text, "-", settings, opened)


def to_text(data: bytes | str, name: str) -> Text:
    """Decode bytes; raises `InputError` when they are not text."""
    text = Text(data) if isinstance(data, str) else read_text(data)
    if text is None:
        raise InputError(f"{name} is not text", "errdecode reads text in UTF-8, UTF-16 or an 8-bit charset")
    return text


def decode_text(text: Text, name: str, settings: Settings, catalog: Catalog) -> list[Report]:
    """One report for each exchange in a capture."""
    exchanges = [_no_answer(text)] if settings.timeout else read_exchanges(text)
    return [
        decode_exchange(_complete(exchange, settings), name, index, settings, catalog)
        for index, exchange in enumerate(exchanges)
    ]


def _no_answer(text: Text) -> Exchange:
    return Exchange("body", text, notes=(Note("no-response", "there was no answer (--timeout)"),))


def _complete(exchange: Exchange, settings: Settings) -> Exchange:
    """Add what the user said; each addition is a note."""
    request, response, notes = exchange.request, exchange.response, list(exchange.notes)
    if settings.status is not None:
        if response and response.status not in (None, settings.status):
            notes.append(Note("status-conflict", f"the response says {response.status}, --status {settings.status}"))
        response = (response or Response())._replace(status=settings.status)
        notes.append(Note("given", f"the status {settings.status} comes from --status"))
    given = {"method": settings.method, "url": settings.url and Text(settings.url)}
    given = {key: value for key, value in given.items() if value}
    if given:
        request = (request or Request())._replace(**given)
    if settings.request is not None:
        described = settings.request_name or "the original payload"
        request = (request or Request())._replace(body=settings.request, described=described)
    return exchange._replace(request=request, response=response, notes=tuple(notes))


def decode_exchange(exchange: Exchange, name: str, index: int, settings: Settings, catalog: Catalog) -> Report:
    """The whole way of one exchange: its report."""
    body = _response_body(exchange)
    seen = see(exchange, body)
    detection = force(catalog, seen, settings.format) if settings.format else detect(catalog, seen)
    format = catalog.format(detection.best.id) if detection.best else None
    success = says_success(catalog, seen) if not format or detection.forced else None
    outcome = _outcome(exchange, body, format, success, settings)
    problems = [] if outcome in ("success", "redirect") else _problems(exchange, body, format, detection)
    status = seen.status
    payload = read_request_body(exchange.request)
    diagnostics = give_roles([_diagnose(p, exchange, payload, format, catalog, settings) for p in problems])
    request_id, date = _for_the_ticket(exchange, body, format, detection)
    return Report(
        name,
        index,
        outcome,
        exchange,
        body,
        catalog.name(format.id) if format else None,
        detection,
        tuple(diagnostics),
        tuple(_notes(exchange, body, payload, diagnostics, status)),
        tuple(_hints(exchange, format, diagnostics, outcome, detection)),
        request_id,
        date,
    )


def _response_body(exchange: Exchange) -> Body:
    text = exchange.response.body if exchange.response else None
    return read_body(text if text is not None else Text(""), content_type(exchange))


def _outcome(
    exchange: Exchange, body: Body, format: Format | None, success: str | None, settings: Settings
) -> str:
    """error, success, redirect, unknown or no-response."""
    response = exchange.response
    status = response.status if response else None
    if response is None or (exchange.failure and status is None):
        return "no-response"
    if success and (status is None or status < 400):
        return "success"
    if format and not (settings.format and body.kind == "empty" and status is None):
        return "error" if status is None or status >= 400 or not settings.format or _is_error(body) else "success"
    if status is not None and 300 <= status < 400:
        return "redirect"
    if looks_like_error(body) or (status is not None and status >= 400):
        return "error"
    if status is not None and 200 <= status < 300:
        return "success"
    return "unknown"


def _is_error(body: Body) -> bool:
    return body.kind != "empty"


def _problems(
    exchange: Exchange, body: Body, format: Format | None, detection: Detection
) -> list[Problem]:
    """What the format's extractor reads; without a format, or where its shapes do not fit, the generic reading."""
    problems: list[Problem] = []
    if format and detection.best and (detection.best.shape or not detection.forced):
        problems = extract(format, detection.best.shape, exchange, body)
    if not problems:
        problems = read_generically(body)
        status = exchange.response.status if exchange.response else None
        if not problems and (status is not None or exchange.response is None):
            problems = [Problem(status=status)]
    return problems[:MOST_PROBLEMS]


def _diagnose(
    problem: Problem,
    exchange: Exchange,
    payload: Body | None,
    format: Format | None,
    catalog: Catalog,
    settings: Settings,
) -> Diagnostic:
    """Locate and explain one problem."""
    status = exchange.response.status if exchange.response else None
    asked = ask(problem, status, settings.operation)._replace(timeout=settings.timeout)
    used, choice = format, choose(format, asked) if format else Choice(None)
    if choice.entry is None and not choice.alternatives and KNOWLEDGE in catalog:
        used = catalog.format(KNOWLEDGE)
        choice = choose(used, asked._replace(code=None, messages=(), operation=None))
    described = exchange.request.described if exchange.request else ""
    problem = problem._replace(
        role=(choice.entry.role if choice.entry else None) or problem.role,
        operation=asked.operation,
    )
    located = locate(problem, payload, described)
    if located and located[0].found:
        problem = problem._replace(pointer=located[0].pointer)
    explain_entry = choice.entry
    return Diagnostic(
        problem,
        located,
        explanation_of(explain_entry, used, problem) if explain_entry and used else None,
        tuple(explanation_of(e, used, problem) for e in choice.alternatives if used),
        derive(exchange, asked.status, used, explain_entry),
        tuple(n for n in explain_entry.expects if n not in problem.extensions) if explain_entry else (),
    )


# ---------------------------------------------------------------- around the problems

_REQUEST_IDS = ("x-request-id", "request-id", "x-correlation-id", "x-amzn-requestid", "x-amz-request-id",
                "x-ms-request-id", "x-trace-id", "cf-ray", "x-github-request-id", "traceparent")


def _for_the_ticket(
    exchange: Exchange, body: Body, format: Format | None, detection: Detection
) -> tuple[str | None, str | None]:
    """Request id and date: what support asks for first."""
    fields = exchange.response.headers if exchange.response else ()
    headers = {field.name.lower(): field.value.value for field in reversed(fields)}
    found = None
    if format and detection.best and detection.best.shape:
        found = read_request_id(format, detection.best.shape, exchange, body)
    found = found or next((headers[name] for name in _REQUEST_IDS if headers.get(name)), None)
    if found is None and isinstance(body.value, dict):
        names = {name.lower().replace("_", ""): name for name in body.value}
        for wanted in ("requestid", "traceid", "correlationid", "transactionid"):
            value = body.value.get(names.get(wanted, ""))
            if isinstance(value, str) and value:
                return value, headers.get("date")
    return found, headers.get("date")


def _notes(
    exchange: Exchange,
    body: Body,
    payload: Body | None,
    diagnostics: list[Diagnostic],
    status: int | None,
) -> Iterator[Note]:
    """All that was guessed, repaired or in conflict."""
    yield from exchange.notes
    yield from body.notes
    for note in payload.notes if payload else ():
        yield note._replace(message=f"in the request: {note.message}")
    if payload and payload.kind == "text" and any(d.locations for d in diagnostics):
        yield Note("request-not-json", "the request is not JSON, so no pointer can be followed in it")
    if len(diagnostics) == 1 and status is not None:
        own = diagnostics[0].problem.status
        if own is not None and own != status:
            yield Note("status-conflict", f"the response's status is {status}, the body says {own}")
    if len(diagnostics) >= MOST_PROBLEMS:
        yield Note("limit", f"only the first {MOST_PROBLEMS} problems are shown")
    for diagnostic in diagnostics:
        for name in diagnostic.absent:
            yield Note("expected-absent", f"{diagnostic.problem.code} should come with {name}; it is absent")


def _hints(
    exchange: Exchange,
    format: Format | None,
    diagnostics: list[Diagnostic],
    outcome: str,
    detection: Detection,
) -> Iterator[str]:
    """The next command, when something is missing."""
    pointed = any(d.problem.pointer_as_sent is not None for d in diagnostics)
    has_payload = exchange.request is not None and exchange.request.body is not None
    if pointed and not has_payload:
        yield "no request in the input: add --request FILE to see the fault in place"
    if outcome == "error" and format is None:
        yield "no documented format covers this; `errdecode catalog new ID` starts a catalog file for it"
    elif outcome == "unknown":
        yield "if this is an error, `errdecode catalog new ID` starts a catalog file for its format"
    if outcome == "no-response" and exchange.request and not exchange.failure and not exchange.notes:
        yield "only a request was given: paste its output as well, or pipe it in"
