"""The score sheet of `errdecode why`: each candidate's clues, what was seen, the runner-up and
the margin."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.model import Candidate, Report
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


def _verdict(report: Report) -> str:
    best = report.detection.best
    if report.detection.forced and best:
        return f"{report.name}: {best.id}, because --format says so"
    if best is None:
        tried = len(report.detection.candidates)
        return f"{report.name}: no documented format ({tried} came near, none near enough to claim)"
    tied = [c.id for c in report.detection.candidates[1:] if c.score == best.score]
    also = f"; equally: {', '.join(tied)}" if tied else ""
    return f"{report.name}: {best.id}, {best.confidence}{also}"


def _sheet(candidate: Candidate) -> Iterator[str]:
    yield f"{candidate.id} ({candidate.shape}): {candidate.score:.1f} bits"
    for piece in candidate.evidence:
        seen = f"  (at {piece.seen_at})" if piece.matched and piece.seen_at else ""
        yield f"  {_MARKS[piece.matched]:>3} {piece.weight:5.1f}  {piece.claim}{seen}"
