"""The problems of a response whose format is known: read out of it, located, explained."""

from __future__ import annotations

from errdecode.batch import find_answered, read_failed
from errdecode.catalog import KNOWLEDGE, Catalog
from errdecode.extract import extract
from errdecode.extract.generic import inherit_code, read_generically
from errdecode.format import Code, Format
from errdecode.locate import Sent, fit_dialect, leave_url, locate
from errdecode.meaning import Asked, Choice, ask, choose, explanation_of, read_beside
from errdecode.model import (
    Body,
    Detection,
    Diagnostic,
    Exchange,
    Explanation,
    Location,
    Patch,
    Problem,
    Retry,
)
from errdecode.model.record import NamedTuple
from errdecode.retry import derive_common, fit_steps
from errdecode.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from errdecode.locate.rows import Mark


class Case(NamedTuple):
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


def find_problems(case: Case) -> list[Problem]:
    """The problems, each with what tells its item from others, and in the item of the request."""
    problems, answer = _read_problems(case), case.body
    guessed = any(problem.unverified for problem in problems)
    if answer.kind != "json" or not (guessed or case.sent.body):
        return problems
    from errdecode.locate.rows import identify, place_in_rows

    marks = [identify(problem, answer.value) for problem in problems]
    named = [
        _name_item(problem, mark) if mark and problem.unverified else problem
        for problem, mark in zip(problems, marks, strict=True)
    ]
    if case.sent.body is None:
        return named
    items = find_answered(case.exchange, answer, case.format, case.detection)
    return place_in_rows(named, marks, case.sent.body, items, answer.value)


def _name_item(problem: Problem, mark: Mark) -> Problem:
    return problem._replace(extensions={mark.name: mark.value, **problem.extensions})


def _read_problems(case: Case) -> list[Problem]:
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


def diagnose(problems: list[Problem], case: Case) -> list[Diagnostic]:
    """Locate and explain the problems; what one of them lacks is looked for beside the others."""
    beside = read_beside(problems)
    diagnostics = [_diagnose(problem, case, beside) for problem in problems]
    if case.sent.body is None or not any(d.locations for d in diagnostics):
        return diagnostics
    from errdecode.locate.conventions import follow_conventions

    if len(diagnostics) > 1:
        from errdecode.locate.siblings import follow_siblings

        diagnostics = follow_siblings(diagnostics, case.sent.body)
    return follow_conventions(diagnostics, case.sent.body)


def _diagnose(problem: Problem, case: Case, beside: tuple[str, ...]) -> Diagnostic:
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
    problem = fit_dialect(leave_url(problem, exchange.request), case.sent.body)
    locations = locate(problem, case.sent)
    in_body = [where for where in locations if where.document == "request.body"]
    found = [one for one in in_body if one.found and not (one.basis and problem.positions)]
    if found and found[0].basis:  # the pointer was a count of characters
        problem = problem._replace(pointer=None)
    elif len(found) == 1 and problem.pointer is not None:
        problem = problem._replace(pointer=found[0].pointer)
    elif problem.assumes and not in_body and _is_vain(problem, case.sent.body):
        # a reading of ours that leads nowhere is no pointer, nor is one that is for looking about
        told = None if locations or problem.unverified else _name_of(problem)
        problem = problem._replace(pointer=None, pointer_as_sent=told)
    judge = case.format if asked.status is None and case.format and not entries else format
    retry = derive_common(exchange, asked.status, judge, entries, problem)
    return Diagnostic(
        problem,
        locations,
        _explain(entry, format, problem, retry) if entry and format else None,
        tuple(_explain(e, format, problem, retry) for e in choice.alternatives if format),
        retry,
        _absent(entry, problem),
        _correct(problem, locations, case.sent.body),
    )


def _is_vain(problem: Problem, payload: Body | None) -> bool:
    """Whether a reading of ours that leads nowhere is no pointer: where there is a payload that it
    could lead into, or where it is for looking about, or no more than a guess."""
    return bool(payload) or problem.unverified or "**" in (problem.pointer or "")


def _name_of(problem: Problem) -> str | None:
    """What the server names as the place, if that is a name which nothing else tells, and not a
    number or a sentence."""
    sent = problem.pointer_as_sent or ""
    is_name = sent and not sent.isdecimal() and not any(c.isspace() or c in "'\"" for c in sent)
    told = problem.parameter or problem.header or sent in map(str, problem.extensions.values())
    return sent if is_name and not told else None


def _explain(entry: Code, format: Format, problem: Problem, retry: Retry) -> Explanation:
    """What the catalog says of a code, with the steps that this answer leaves."""
    return fit_steps(explanation_of(entry, format, problem), entry, format, problem, retry)


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


def _choose(case: Case, asked: Asked) -> tuple[Format | None, Choice]:
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
