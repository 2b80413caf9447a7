"""The score sheet of `errdecode why`: each candidate's clues, what was seen, the runner-up, the
margin, and the smallest change that would flip the choice."""

from __future__ import annotations

import json
from collections.abc import Iterator

from errdecode.model import Candidate, Change, Flip, Report
from errdecode.render import View
from errdecode.sanitise import sanitise

_MARKS = {True: "yes", False: "no", None: "?"}


def render(report: Report, view: View) -> str:
    """The score sheet as text; it holds no colour, so that it can be pasted anywhere."""
    del view
    return "".join(sanitise(line) + "\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    detection = report.detection
    yield _verdict(report)
    for candidate in detection.candidates[:5]:
        yield ""
        yield from _sheet(candidate)
    if len(detection.candidates) > 1:
        first, second = detection.candidates[:2]
        yield ""
        margin = first.score - second.score
        yield f"runner-up: {second.id}, {second.score:.1f} bits; margin {margin:.1f} bits"
    yield from _flips(detection.flips or (), detection.best and detection.best.id)


def _verdict(report: Report) -> str:
    best = report.detection.best
    if report.detection.forced and best:
        return f"{report.name}: {best.id}, because --format says so"
    if best is None:
        tried = len(report.detection.candidates)
        near = "none came near"
        if tried:
            near = f"{tried} came near, {'none' if tried > 1 else 'not'} near enough to claim"
        return f"{report.name}: no documented format ({near})"
    tied = [c.id for c in report.detection.candidates[1:] if c.score == best.score]
    also = f"; equally: {', '.join(tied)}" if tied else ""
    return f"{report.name}: {best.id}, {best.confidence}{also}"


def _sheet(candidate: Candidate) -> Iterator[str]:
    yield f"{candidate.id} ({candidate.shape}): {candidate.score:.1f} bits"
    for piece in candidate.evidence:
        seen = f"  (at {piece.seen_at})" if piece.matched and piece.seen_at else ""
        yield f"  {_MARKS[piece.matched]:>3} {piece.weight:5.1f}  {piece.claim}{seen}"


def _flips(flips: tuple[Flip, ...], today: str | None) -> Iterator[str]:
    """What would have to be different, the smallest change first."""
    for number, flip in enumerate(flips):
        if not number:
            yield ""
            yield (
                "the smallest change that would flip it:" if flip.best != today else "what counts:"
            )
        said = " and ".join(_say_change(change) for change in flip.changes)
        yield f"  {said}, {_say_outcome(flip, today)}"


def _say_change(change: Change) -> str:
    kind, _, name = change.at.partition(":")
    if change.at == "text":
        return f"without the text that {change.value} finds"
    if kind == "header":
        place = f"the field {name}"
    elif kind in ("host", "path", "status"):
        return f"if the {kind} were {change.value}"
    else:
        place = change.at or "the body"
    if change.op == "remove":
        return f"without {place}"
    value = json.dumps(change.value, ensure_ascii=False)
    return f"with {place} = {value}" if change.op == "add" else f"if {place} were {value}"


def _say_outcome(flip: Flip, today: str | None) -> str:
    if flip.best is None:
        return f"{today} would no longer be claimed"
    if flip.best == today:
        return f"{today} would only be {flip.confidence}"
    ahead = f", {flip.lead:.1f} bits ahead of {today}" if flip.lead else ""
    ahead = f", no better than {today}" if flip.lead == 0 else ahead
    return f"it would be {flip.best} ({flip.confidence}){ahead}"
