"""One line per root cause, with `-v` one per problem; for grep and for lists."""

from __future__ import annotations

from errdecode.model import Diagnostic, Report
from errdecode.render import View
from errdecode.render.brevity import shorten
from errdecode.render.causes import Cause, all_causes, count_line
from errdecode.render.own_words import is_phrase
from errdecode.render.sections import headline
from errdecode.render.where import as_written
from errdecode.sanitise import sanitise
from errdecode.source import input_span, position


def render(report: Report, view: View) -> str:
    """`NAME:LINE: error[CODE]: what happened (pointer) [format, retry]` for each cause."""
    if not report.diagnostics:
        kind, _, title = headline(report, None)
        return f"{sanitise(report.name)}{_line_of(report)}: {kind}: {sanitise(title)}\n"
    if view.verbose:
        return "".join(_line(report, diagnostic) for diagnostic in report.diagnostics)
    return "".join(_of_cause(report, cause) for cause in all_causes(report))


def _of_cause(report: Report, cause: Cause) -> str:
    """One line for all problems with one cause, and for those that follow from one: how many."""
    if len(cause.members) == 1:
        return _line(report, cause.first)
    details = {diagnostic.problem.detail for diagnostic in cause.members}
    return _line(report, cause.first, count_line(cause), words=len(details) == 1)


def _line(
    report: Report, diagnostic: Diagnostic, count: str | None = None, *, words: bool = True
) -> str:
    kind, code, title = headline(report, diagnostic)
    problem = diagnostic.problem
    name = None if problem.title is None or is_phrase(problem.title) else problem.title
    said = problem.detail or name if words else None
    said = None if said == title else said
    where = count or _place_of(diagnostic)
    place = f"{report.name}{_line_number(report, diagnostic)}"
    format = report.format.id if report.format else "unverified"
    parts = [
        f"{place}: {kind}{f'[{code}]' if code else ''}: {title}",
        f"({where})" if where else "",
        f"- {said}" if said else "",
        f"[{format}, retry: {diagnostic.retry.verdict}]",
    ]
    return sanitise(" ".join(part for part in parts if part)) + "\n"


def _place_of(diagnostic: Diagnostic) -> str | None:
    """Where it is: the pointer, as the other lines write theirs, else what the server names."""
    problem = diagnostic.problem
    searched = "**" in (problem.pointer or "")  # for wherever a name stands
    pointer = None if searched and not problem.assumes else problem.pointer
    location = next((one for one in diagnostic.locations if one.document == "request.body"), None)
    if pointer and location:
        pointer = as_written(problem, location, pointer)
    return shorten(pointer or "") or problem.pointer_as_sent or problem.parameter or problem.header


def _line_number(report: Report, diagnostic: Diagnostic) -> str:
    """The line of the input on which the fault lies, when the request stands in the input."""
    for location in diagnostic.locations:
        if location.text and location.text.parent:
            return f":{input_span(location.text, location.start, location.end).start.line}"
    return _line_of(report)


def _line_of(report: Report) -> str:
    """The line on which an exchange begins; a body that is the whole input needs none."""
    exchange = report.exchange
    if exchange.kind == "body" and exchange.end - exchange.start == len(exchange.source.value):
        return ""
    return f":{position(exchange.source, exchange.start).line}"
