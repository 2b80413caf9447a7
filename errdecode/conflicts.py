"""Signals of one response that contradict each other: its status, its body, what is documented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from errdecode.clue import fold_code
from errdecode.format import Format
from errdecode.model import Body, Diagnostic, Exchange, Note, Problem
from errdecode.pointer import parse

_PROBLEM = "rfc9457"
_MANY = 207
"""Multi-Status: the status of each item is in the body (RFC 4918, section 13)."""


def note_conflicts(
    exchange: Exchange,
    body: Body,
    format: Format | None,
    diagnostics: Sequence[Diagnostic],
    by_status: bool = False,
    doubtful: bool = False,
) -> Iterator[Note]:
    """Yield a note for each pair of signals that cannot both be true; at most one on the status.

    Where a format says nothing of statuses, as JSON-RPC and GraphQL do, any of them goes with its
    errors, and nothing is noted; `by_status`: all its errors come with a failing status.
    `doubtful`: it may be no error at all.
    """
    status = exchange.response.status if exchange.response else None
    problems = [diagnostic.problem for diagnostic in diagnostics]
    if status is None or status == _MANY or not problems:
        return
    if 200 <= status < 300 and _is_item(problems[0].origin, body):
        return  # an answer with a part that failed is a success as a whole
    own = _own_status(body, format, problems)
    if own is not None and own != status:
        yield Note("status-conflict", f"the response's status is {status}, the body says {own}")
    elif (format is None or by_status) and 200 <= status < 300:
        tells = "may tell" if doubtful else "tells"
        yield Note("error-in-success", f"the status is {status}, yet the body {tells} of an error")
    elif format and len(diagnostics) == 1:
        documented = _documented(format, problems[0])
        if documented and status not in documented:
            said = " or ".join(map(str, sorted(documented)))
            told = f"{format.name} documents {said} for {problems[0].code}"
            yield Note("status-conflict", f"the response's status is {status}; {told}")


def _is_item(origin: str, body: Body) -> bool:
    """Whether a place in the body is in an item of an array."""
    value = body.value
    for token in parse(origin).tokens or ():
        if isinstance(value, list):
            return body.kind == "json"  # in XML every element is one
        value = value.get(token) if isinstance(value, dict) else None
    return False


def _own_status(body: Body, format: Format | None, problems: Sequence[Problem]) -> int | None:
    """The status that the body names for the whole response: that of its only problem, or the
    member of a problem document (RFC 9457, section 3.1.2)."""
    if len(problems) == 1:
        return problems[0].status
    is_problem = format is not None and _PROBLEM in (format.id, format.extends)
    is_problem = is_problem or (body.media_type or "").startswith("application/problem+")
    status = body.value.get("status") if is_problem and isinstance(body.value, dict) else None
    if isinstance(status, int) and not isinstance(status, bool) and 100 <= status < 600:
        return status
    return None


def _documented(format: Format, problem: Problem) -> set[int]:
    """The statuses that the catalog has for a code; none when one of its entries is for any."""
    code = fold_code(problem.code or "")
    if not code:
        return set()
    entries = [e for e in format.codes if e.code and fold_code(e.code) == code and not e.timeout]
    statuses = {entry.status for entry in entries}
    return set() if None in statuses else {status for status in statuses if status}
