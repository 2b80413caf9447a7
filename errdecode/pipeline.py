"""The pipeline, readable from top to bottom: capture, detect, extract, locate, explain."""

from __future__ import annotations

from os import PathLike

from errdecode.batch import find_answered, sum_up
from errdecode.body import read_body
from errdecode.capture import read_exchanges
from errdecode.catalog import Catalog, open_catalog
from errdecode.clue import see
from errdecode.detect import detect, detect_against, force, says_success
from errdecode.diagnosis import Case, diagnose, find_problems
from errdecode.errors import InputError
from errdecode.example import content_type
from errdecode.extract.claims import is_record, looks_like_error
from errdecode.locate import match_items, read_sent
from errdecode.meaning import give_roles
from errdecode.model import (
    Detection,
    Exchange,
    Note,
    Report,
    Text,
)
from errdecode.outcome import decide_outcome, has_succeeded
from errdecode.remarks import (
    gather_notes,
    read_ticket,
    say_alike,
    say_partial,
    say_success,
    suggest,
)
from errdecode.settings import Settings, complete
from errdecode.source import read_text
from errdecode.unpack import decompress, detect_carried, detect_inside, read_as_words, unpack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from errdecode.lookup import Entry


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
    catalog: str | PathLike[str] | None = None,
) -> list[Report]:
    """Decode everything that `data` holds: a body, an HTTP message, a pasted session.

    One report for each response found. Nothing is masked: `redact.redact` does that where a report
    leaves the process. Raises `errors.InputError` for bytes that are not text, `UsageError` for an
    unknown format, `CatalogError`.
    """
    text, notes = open_data(data, "the input")
    payload = None if request is None else to_text(request, "the request")
    settings = Settings(payload, "", format, status, method, url, operation, timeout)
    opened = open_catalog(catalog)
    return decode_text(text, "-", settings, opened, notes)


def explain(
    word: str,
    *,
    format: str | None = None,
    status: int | None = None,
    operation: str | None = None,
    catalog: str | PathLike[str] | None = None,
) -> list[Entry]:
    """Explain a code, or a status (`"404"`), without a body: every entry of the catalog it leads
    to.

    HTTP's own meaning of a status comes first. Raises `errors.UsageError` with near words when the
    catalog has no entry, or no such format, and `CatalogError`.
    """
    from errdecode.lookup import Question, look_up, read_words  # not on the way of a response

    opened = open_catalog(catalog)
    asked = read_words([word], opened)
    asked = Question(format or asked.format, asked.status if status is None else status, asked.word)
    return look_up(asked, operation, opened)


def to_text(data: bytes | str, name: str) -> Text:
    """Decode bytes, decompressed first if need be; raises `InputError` when they are not text."""
    return open_data(data, name)[0]


def open_data(data: bytes | str, name: str) -> tuple[Text, tuple[Note, ...]]:
    """Decode bytes as `to_text` does, with notes on what had to be done for it."""
    notes: tuple[Note, ...] = ()
    if isinstance(data, bytes) and b"\x1f\x8b" in data:
        data, notes = decompress(data)
    text = Text(data) if isinstance(data, str) else read_text(data)
    if text is None:
        raise InputError(
            f"{name} is not text", "errdecode reads text in UTF-8, UTF-16 or an 8-bit charset"
        )
    return text, notes


def decode_text(
    text: Text, name: str, settings: Settings, catalog: Catalog, notes: tuple[Note, ...] = ()
) -> list[Report]:
    """One report for each exchange in a capture; `notes` tell how its text came about.

    Of a browser's record only what failed is reported, if anything did: requests, or else things
    that were asked for.
    """
    exchanges = [_no_answer(text)] if settings.timeout else read_exchanges(text)
    reports = [
        decode_exchange(
            complete(exchange._replace(notes=(*notes, *exchange.notes)), settings),
            name,
            index,
            settings,
            catalog,
        )
        for index, exchange in enumerate(exchanges)
    ]
    if any(exchange.kind != "har" for exchange in exchanges):
        return reports
    failed = [report for report in reports if report.outcome not in ("success", "redirect")]
    requests = [report for report in failed if not _is_of_data(report)]
    return [report._replace(number=at) for at, report in enumerate(requests or failed or reports)]


def _is_of_data(report: Report) -> bool:
    """Whether what failed is the thing that was asked for, a job, and not the request."""
    if report.format or not report.body or not has_succeeded(report.exchange):
        return False
    return is_record(report.body)


def _no_answer(text: Text) -> Exchange:
    return Exchange("body", text, notes=(Note("no-response", "there was no answer (--timeout)"),))


def decode_exchange(
    exchange: Exchange,
    name: str,
    index: int,
    settings: Settings,
    catalog: Catalog,
    alone: Exchange | None = None,
) -> Report:
    """The whole way of one exchange: its report.

    `alone` is the exchange without what was found out about it elsewhere: where it is given, the
    format is told by it.
    """
    case = _detect(exchange, settings, catalog, alone or exchange)
    exchange = case.exchange
    succeeded, alike = case.success is not None, case.alike is not None
    outcome = decide_outcome(exchange, case.body, case.detection, succeeded, alike)
    if outcome == "unknown" and case.around and looks_like_error(case.around):
        outcome = "error"
    problems = find_problems(case) if outcome not in ("success", "redirect") else []
    diagnostics = give_roles(diagnose(problems, case))
    bodies = (case.body, case.sent.body)
    groups, batch = sum_up(diagnostics, exchange, bodies, case.format, case.detection)
    by_status = case.format is not None and catalog.fails_by_status(case.format.id)
    said_by, alike_in = (catalog.name(id).name if id else None for id in (case.success, case.alike))
    notes = (
        *say_success(exchange, case.body, said_by, outcome),
        *say_alike(alike_in, outcome),
        *say_partial(exchange, case.body, batch),
        *gather_notes(
            exchange, *bodies, case.format, diagnostics, by_status, doubtful=outcome == "unknown"
        ),
    )
    request_id, date = read_ticket(
        exchange, case.body, case.format, case.detection, around=case.around
    )
    return Report(
        name,
        index,
        outcome,
        exchange,
        case.body,
        catalog.name(case.format.id) if case.format else None,
        case.detection,
        tuple(diagnostics),
        tuple(dict.fromkeys(notes)),
        tuple(suggest(exchange, case.body, case.format, diagnostics, outcome)),
        request_id,
        date,
        groups,
        batch,
    )


def _detect(exchange: Exchange, settings: Settings, catalog: Catalog, alone: Exchange) -> Case:
    """The format of an exchange; of what a client printed, that of the answer in it."""
    case = _detect_as_it_is(exchange, settings, catalog, alone)
    text = exchange.response.body if exchange.response else None
    if text is None or case.success or exchange.kind != "body" or _has_status(exchange):
        return case
    body = case.body
    if case.format and body.text.value != text.value:  # it stands in what was printed
        body = read_body(text)
    elif case.format and catalog.name(case.format.id).kind != "client":
        return case
    from errdecode.nested.client_errors import read_client_error

    found = None
    for inner in read_client_error(exchange, body):
        read = _detect(inner, settings, catalog, inner)
        if read.format:
            found = read
            break
        if found is None and case.format is None and _has_status(inner):
            found = read
    if found is None:
        return case
    notes = (note for note in found.body.notes if note.kind != "lenient-json")  # as programs print
    return found._replace(body=found.body._replace(notes=tuple(notes)))


def _has_status(exchange: Exchange) -> bool:
    return exchange.response is not None and exchange.response.status is not None


def _detect_as_it_is(
    exchange: Exchange, settings: Settings, catalog: Catalog, alone: Exchange
) -> Case:
    text = exchange.response.body if exchange.response else None
    body = read_body(text if text is not None else Text(""), content_type(exchange))
    body = unpack(exchange, body)
    seen = see(alone, body)
    around = None
    detection = Detection(None)  # without an answer there is nothing to recognise
    if settings.format:
        detection = force(catalog, seen, settings.format)
    elif exchange.response or exchange.failure:
        detection = detect(catalog, seen)
        if detection.best is None and says_success(catalog, seen) is None:
            detection, body, around = detect_inside(alone, body, detection, catalog)
            words = None if detection.best or around else read_as_words(body)
            if words:
                detection, body = detect(catalog, see(alone, words)), words
        elif detection.best:
            detection, body, around = detect_carried(alone, body, detection, catalog)
    best = detection.best
    format = catalog.format(best.id) if best else None
    sent = read_sent(exchange.request, body)
    if sent.body and sent.body.kind == "documents":
        sent = match_items(sent, find_answered(exchange, body, format, detection))
    return Case(
        exchange,
        body,
        sent,
        detection,
        format,
        says_success(catalog, seen) if best is None or detection.forced else None,
        catalog,
        settings,
        detect_against(catalog, seen) if best is None and has_succeeded(exchange) else None,
        around,
    )
