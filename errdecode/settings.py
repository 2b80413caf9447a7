"""What the user adds to an input, and the exchange completed by it; each addition is a note."""

from __future__ import annotations

from collections.abc import Callable

from errdecode.model import Exchange, Note, Request, Response, Text
from errdecode.model.record import NamedTuple


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
    read_file: Callable[[str], Text | None] | None = None
    """Reads a file that `-d @FILE` names; None when the user did not allow it."""


def complete(exchange: Exchange, settings: Settings) -> Exchange:
    """Add to an exchange what the user said of it."""
    notes = list(exchange.notes)
    response = _complete_response(exchange.response, settings, notes)
    request = _complete_request(exchange.request, settings, notes)
    return exchange._replace(request=request, response=response, notes=tuple(notes))


def _complete_response(
    response: Response | None, settings: Settings, notes: list[Note]
) -> Response | None:
    status = settings.status
    if status is None:
        return response
    if response and response.status not in (None, status):
        message = f"the response says {response.status}, --status says {status}, which counts"
        notes.append(Note("status-conflict", message))
    notes.append(Note("given", f"the status {status} comes from --status"))
    return (response or Response())._replace(status=status)


def _complete_request(
    request: Request | None, settings: Settings, notes: list[Note]
) -> Request | None:
    known = request or Request()
    if settings.method:
        known = known._replace(method=settings.method)
    if settings.url:
        known = known._replace(url=Text(settings.url))
    if settings.read_file and known.body is None and len(known.files) == 1:
        found = settings.read_file(known.files[0])
        if found is not None:
            known = known._replace(body=found, described=known.files[0])
            notes[:] = [note for note in notes if note.kind != "body-in-file"]
    if settings.request is not None:
        described = settings.request_name or "the original payload"
        known = known._replace(body=settings.request, described=described)
        notes[:] = [note for note in notes if note.kind != "shown-file"]
    return request if known == Request() else known
