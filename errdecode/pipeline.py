"""The pipeline, readable from top to bottom: capture, detect, extract, locate, explain."""

from __future__ import annotations

from os import PathLike

from errdecode.batch import find_answered, read_failed, sum_up
from errdecode.body import read_body
from errdecode.capture import read_exchanges
from errdecode.catalog import KNOWLEDGE, Catalog, open_catalog
from errdecode.clue import see
from errdecode.detect import detect, detect_against, force, says_success
from errdecode.errors import InputError
from errdecode.example import content_type
from errdecode.extract import extract
from errdecode.extract.claims import looks_like_error
from errdecode.extract.generic import inherit_code, read_generically
from errdecode.format import Code, Format
from errdecode.locate import Sent, fit_dialect, locate, match_items, read_sent
from errdecode.meaning import (
    Asked,
    Choice,
    ask,
    choose,
    explanation_of,
    give_roles,
    read_beside,
)
from errdecode.model import (
    Body,
    Detection,
    Diagnostic,
    Exchange,
    Location,
    Note,
    Patch,
    Problem,
    Report,
    Text,
)
from errdecode.model.record import NamedTuple
from errdecode.outcome import decide_outcome, has_succeeded
from errdecode.remarks import (
    gather_notes,
    read_ticket,
    say_alike,
    say_partial,
    say_success,
    suggest,
)
from errdecode.retry import derive_common
from errdecode.settings import Settings, complete
from errdecode.source import read_text
from errdecode.unpack import decompress, detect_inside, unpack

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

    Of a browser's record only what failed is reported, if anything did.
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
    return [report._replace(number=at) for at, report in enumerate(failed or reports)]


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
    succeeded, alike = case.success is not None, case.alike is not None
    outcome = decide_outcome(exchange, case.body, case.detection, succeeded, alike)
    if outcome == "unknown" and case.around and looks_like_error(case.around):
        outcome = "error"
    problems = _place_items(case) if outcome not in ("success", "redirect") else []
    diagnostics = give_roles(_diagnose_all(problems, case))
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


class _Case(NamedTuple):
    """One exchange on its way: what is known of it once its format is."""

    exchange: Exchange
    body: Body
    sent: Sent
    """The request, read for problems to be found in."""
    detection: Detection
    format: Format | None
    success: str | None
    """The format in which the body says that there is no error."""
    catalog: Catalog
    settings: Settings
    alike: str | None = None
    """The format in which the body would be an error, had its status not been one of success."""
    around: Body | None = None
    """The body that holds, as its message, the one that is read."""


def _detect(exchange: Exchange, settings: Settings, catalog: Catalog, alone: Exchange) -> _Case:
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
    best = detection.best
    format = catalog.format(best.id) if best else None
    sent = read_sent(exchange.request, body)
    if sent.body and sent.body.kind == "documents":
        sent = match_items(sent, find_answered(exchange, body, format, detection))
    return _Case(
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


def _read_problems(case: _Case) -> list[Problem]:
    """What the format's extractor reads; where no shape of a format fits, the generic reading."""
    exchange, best = case.exchange, case.detection.best
    if case.settings.timeout:
        return [Problem(title="There was no answer")]
    if case.format and best and best.shape:
        problems = extract(case.format, best.shape, exchange, case.body)
        if problems:
            return problems
    status = exchange.response.status if exchange.response else None
    problems = read_failed(case.body, status) or read_generically(case.body)
    if case.around:
        problems = inherit_code(problems, case.around)
    return problems or ([Problem(status=status)] if status is not None else [])


def _place_items(case: _Case) -> list[Problem]:
    """The problems, each with what tells its item from others, and in the item of the request."""
    problems, answer = _read_problems(case), case.body
    if answer.kind != "json":
        return problems
    from errdecode.locate.rows import identify, place_in_rows

    marks = [identify(p, answer.value) if p.unverified else None for p in problems]
    named = [
        p._replace(extensions={mark.name: mark.value, **p.extensions}) if mark else p
        for p, mark in zip(problems, marks, strict=True)
    ]
    items = find_answered(case.exchange, answer, case.format, case.detection)
    return place_in_rows(named, case.sent.body, answer, items)


def _diagnose_all(problems: list[Problem], case: _Case) -> list[Diagnostic]:
    """Locate and explain the problems; what one of them lacks is looked for beside the others."""
    beside = read_beside(problems)
    diagnostics = [_diagnose(problem, case, beside) for problem in problems]
    if len(diagnostics) == 1 or case.sent.body is None or not any(d.locations for d in diagnostics):
        return diagnostics
    from errdecode.locate.siblings import follow_siblings

    return follow_siblings(diagnostics, case.sent.body)


def _diagnose(problem: Problem, case: _Case, beside: tuple[str, ...]) -> Diagnostic:
    """Locate and explain one problem."""
    exchange = case.exchange
    status = exchange.response.status if exchange.response else None
    asked = ask(problem, status, case.settings.operation, beside)
    asked = asked._replace(timeout=case.settings.timeout)
    format, choice = _choose(case, asked)
    entry = choice.entry
    entries = choice.alternatives if entry is None else (entry,)
    problem = problem._replace(
        role=(entry.role if entry else None) or problem.role, operation=asked.operation
    )
    problem = fit_dialect(problem, case.sent.body)
    locations = locate(problem, case.sent)
    in_body = [where for where in locations if where.document == "request.body"]
    found = [one for one in in_body if one.found and not (one.basis and problem.positions)]
    if found and found[0].basis:  # the pointer was a count of characters
        problem = problem._replace(pointer=None)
    elif len(found) == 1 and problem.pointer is not None:
        problem = problem._replace(pointer=found[0].pointer)
    elif problem.assumes and not in_body and (case.sent.body or "**" in (problem.pointer or "")):
        # a reading of ours that leads nowhere is no pointer, nor is one that is for looking about
        problem = problem._replace(pointer=None, pointer_as_sent=None)
    return Diagnostic(
        problem,
        locations,
        explanation_of(entry, format, problem) if entry and format else None,
        tuple(explanation_of(e, format, problem) for e in choice.alternatives if format),
        derive_common(exchange, asked.status, format, entries, problem),
        _absent(entry, problem),
        _correct(problem, locations, case.sent.body),
    )


def _correct(
    problem: Problem, locations: tuple[Location, ...], payload: Body | None
) -> Patch | None:
    if not locations:
        return None
    from errdecode.correct import correct

    return correct(problem, locations, payload)


def _absent(entry: Code | None, problem: Problem) -> tuple[str, ...]:
    """Members promised with a code that the response lacks; XML's letter case may differ."""
    names = {name.casefold() for name in problem.extensions}
    return tuple(n for n in entry.expects if n.casefold() not in names) if entry else ()


def _choose(case: _Case, asked: Asked) -> tuple[Format | None, Choice]:
    """The entry for a problem, of the recognised format, else what HTTP says of the status.

    A forced format does not explain what was only read generically, unless its entry has a key.
    """
    if case.format:
        choice = choose(case.format, asked)
        guessed = case.body.kind in ("html", "text") and asked.code is None and choice.entry
        keyless = guessed and choice.entry and not (choice.entry.status or choice.entry.message)
        if (choice.entry or choice.alternatives) and not (keyless and not case.settings.timeout):
            return case.format, choice
    succeeded = asked.status is not None and 200 <= asked.status < 300
    if KNOWLEDGE not in case.catalog or succeeded:  # what a success means says nothing of an error
        return case.format, Choice(None)
    format = case.catalog.format(KNOWLEDGE)
    return format, choose(format, Asked(status=asked.status))
