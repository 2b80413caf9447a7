"""Makes the sightings of errors: what was decoded, where it stands, and what stands around it."""

from __future__ import annotations

from errdecode.scan.cut.json_values import MISSING
from errdecode.scan.cut.views import View
from errdecode.scan.model import Context, Place, Sighting
from errdecode.scan.reading.answers import Answer
from errdecode.scan.reading.descend import Candidate


def sight_entry(
    raw: bytes, context: Context, answer: Answer, span: tuple[int, int], begin: Place
) -> Sighting:
    """An error between two bytes of an entry, which begins at a place."""
    start, end = span
    candidate = Candidate(View(raw[start:end], start), MISSING, "har", (), (), "har", False)
    item, _ = sight_of(candidate, candidate.view, context, answer)
    line = begin.line + raw.count(b"\n", 0, start)
    return item._replace(place=Place(begin.file, begin.offset + start, line))


def sight_of(
    candidate: Candidate, view: View, context: Context, answer: Answer
) -> tuple[Sighting, int]:
    """An error, still without its place, and where its body begins in the data."""
    start = view.locate(0)
    length = view.locate(len(view.text)) - start
    known = len(context) - context.count(None)
    return Sighting(
        Place("", start, 0),
        length,
        context,
        candidate.how,
        answer.format,
        answer.confidence,
        answer.code,
        answer.pointer,
        answer.title,
        answer.status,
        answer.verdict,
        answer.actor,
        answer.problems,
        answer.message,
        answer.worth + known,
        not answer.explained or answer.message is not None,
    ), start
