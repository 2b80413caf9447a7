"""The exit code of a run that could read its inputs: what was understood, or what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdecode.errors import NOT_UNDERSTOOD, UNDERSTOOD
from errdecode.retry import PASSING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errdecode.model import Diagnostic, Report

LATER, CHANGE, CREDENTIALS, NOT_FOUND, CONFLICT, PROVIDER, NETWORK, UNKNOWN = (*range(10, 17), 19)

_CREDENTIALS = frozenset({401, 403, 407})
_NOT_FOUND = frozenset({404, 410})
_CONFLICT = frozenset({409, 412})
_GATEWAY = frozenset({502, 504})
_ABOUT_THE_REQUEST = frozenset({411, 413, 414, 415, 417, 431})
"""Whoever set the limit: the caller has to send something else (RFC 9110, section 15.5)."""


def exit_code(reports: Sequence[Report], verdict: bool = False) -> int:
    """0 when all was understood, else 1; with `verdict`, what the first cause asks for."""
    if verdict:
        return next((code for code in map(verdict_code, reports) if code), UNDERSTOOD)
    return UNDERSTOOD if all(map(is_understood, reports)) else NOT_UNDERSTOOD


def is_understood(report: Report) -> bool:
    """An error of a documented format, or a response that is none."""
    if report.outcome in ("success", "redirect"):
        return True
    if report.format is None or not report.diagnostics:
        return False
    best = report.detection.best
    if best and best.shape:
        return True
    return any(d.explanation or d.alternatives for d in report.diagnostics)


def verdict_code(report: Report) -> int:
    """What to do about a response, as a number for scripts."""
    if report.outcome in ("success", "redirect"):
        return UNDERSTOOD
    cause = next((d for d in report.diagnostics if d.problem.role == "cause"), None)
    if cause is None:
        return UNKNOWN if report.outcome == "unknown" or not report.diagnostics else UNDERSTOOD
    if report.exchange.failure:  # curl gave up: before it had sent anything, or after
        return CONFLICT if cause.retry.verdict == "reconcile-first" else NETWORK
    return _code_of(report, cause)


def _code_of(report: Report, cause: Diagnostic) -> int:
    """The first line that holds; the order is from what binds most to what binds least."""
    response = report.exchange.response
    known = cause.explanation
    answered = response.status if response else None
    status = cause.problem.status or answered
    status = (known.as_status if known else None) or status
    actor = known.actor if known else None
    verdict = cause.retry.verdict
    table = (
        (verdict == "reconcile-first", CONFLICT),
        (status == 403 and verdict == "later" and actor != "operator", LATER),  # a quota
        (answered in PASSING and verdict == "later" and actor != "operator", LATER),
        (status in _CREDENTIALS, CREDENTIALS),
        (status in _NOT_FOUND, NOT_FOUND),
        (status in _CONFLICT, CONFLICT),
        (verdict in ("later", "once"), LATER),
        (status in _ABOUT_THE_REQUEST and verdict in ("after-change", "never"), CHANGE),
        (status in _GATEWAY or actor == "operator", NETWORK),
        (actor == "provider" or (status or 0) >= 500, PROVIDER),
        (verdict in ("after-change", "never"), CHANGE),
    )
    return next((code for holds, code in table if holds), UNKNOWN)
