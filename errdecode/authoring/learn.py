"""`errdecode catalog learn FILE...`: a draft from bodies that no format covers yet."""

from __future__ import annotations

from collections.abc import Sequence

from errdecode.authoring.account import count
from errdecode.authoring.compose import compose
from errdecode.authoring.draft import Draft, check_id, name_for, write_draft
from errdecode.authoring.samples import harmless, make_samples
from errdecode.errors import InputError
from errdecode.model import Report

ID = "new-format"
"""What the draft is called when nobody says."""
MOST_SAMPLES = 300
_ADVICE = (
    "Secrets in the examples are masked. Replace names, hosts and numbers that are yours as well,"
    " before you give this file away."
)
_ONE = "one response shows what is there, not what is always there: learn from several if you can"


def learn(reports: Sequence[Report], id: str | None, name: str | None) -> tuple[str, list[str]]:
    """Write a draft from decoded responses, and an account of what was taken for what.

    Raises `UsageError` for an id that cannot be one, `InputError` when nothing can be learned.
    """
    id = check_id(id or ID)
    errors, account = _errors(reports)
    if len(errors) > MOST_SAMPLES:
        account.append(f"only the first {MOST_SAMPLES} of {len(errors)} errors are looked at")
        errors = errors[:MOST_SAMPLES]
    samples = make_samples(errors, [_label(report, reports) for report in errors])
    head = f"Learned from {count(len(samples), 'response')}. {_ADVICE}"
    composed = compose(Draft(id, name or name_for(id), head=(head,)), samples)
    account += composed.account
    if composed.draft is None:
        raise InputError(
            "; ".join(account) or "there is no error response in the input",
            "a draft is learned from error bodies in JSON, XML or a form; `errdecode catalog new"
            " ID` starts a file for any other",
        )
    if len(samples) == 1:
        account.append(_ONE)
    account.append(f"save it as {id}.toml, fill in what begins with TODO:, and check it")
    return write_draft(composed.draft), account


def _errors(reports: Sequence[Report]) -> tuple[list[Report], list[str]]:
    """The responses that are errors, and what is to be said of the others."""
    kept, account = [], []
    for report in reports:
        label = _label(report, reports)
        if report.outcome in ("success", "redirect", "no-response"):
            account.append(f"{label}: {_OTHERS[report.outcome]}, nothing is learned from it")
            continue
        if report.format is not None:
            known = f"{report.format.id}, {_confidence(report)}"
            account.append(f"{label}: errdecode knows this format already ({known})")
        kept.append(report)
    return kept, account


_OTHERS = {
    "success": "this is no error",
    "redirect": "this is a redirect",
    "no-response": "there is no response",
}


def _confidence(report: Report) -> str:
    best = report.detection.best
    return (best.confidence if best else None) or "forced"


def _label(report: Report, reports: Sequence[Report]) -> str:
    """The file, and which response in it when it holds several."""
    name = harmless("standard input" if report.name == "-" else report.name)
    several = any(other.number for other in reports if other.name == report.name)
    return f"{name} ({report.number + 1})" if several else name
