"""What a program printed of an error as a sighting, where it is the error of an API: with what the
print says of the exchange."""

from __future__ import annotations

from errdecode.model import Report
from errdecode.redact import find_secrets
from errdecode.scan.context import merge
from errdecode.scan.model import Context, Sighting
from errdecode.scan.reading.answers import Answer, answer_of
from errdecode.scan.reading.decide import SURE
from errdecode.scan.reading.descend import Candidate
from errdecode.scan.reading.sightings import sight_of
from errdecode.scan.veil import hide_echoes_of


def sight_print(
    candidate: Candidate, report: Report, words: Context, *, show_secrets: bool
) -> tuple[Sighting, int] | None:
    """The error of a print, still without its place, and where it begins in the data; None when it
    is none of an API."""
    answer, said = answer_of(report), _said_of(report)
    if not _is_answered(answer, said):
        return None
    item, start = sight_of(candidate, candidate.view, merge(said, words), answer)
    if not show_secrets:
        item = hide_echoes_of(item, find_secrets(report.exchange, report.body))
    return item, start


def _said_of(report: Report) -> Context:
    """What was asked for and what was answered, as the members of the error tell it."""
    request, response = report.exchange.request, report.exchange.response
    return Context(
        request_id=report.request_id,
        method=request.method if request else None,
        url=request.url.value if request and request.url else None,
        status=response.status if response else None,
    )


def _is_answered(answer: Answer, said: Context) -> bool:
    """Whether a server refused a request, by what is printed of the error: programs print those of
    their own alike, and these may bear a status, too."""
    if answer.outcome != "error":
        return False
    failing = said.status is not None and said.status >= 400
    return answer.confidence in SURE or (failing and bool(answer.format or said.url))
