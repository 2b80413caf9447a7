"""Rank the formats a response could be in: evidence for and against each, confidence as a word,
ties told as ties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from errdecode.catalog import Catalog, ShapeEntry
from errdecode.clue import Answer, Seen, check
from errdecode.clue.gate import LEAST
from errdecode.model import Candidate, Detection, Evidence
from errdecode.model.record import NamedTuple

CLAIM = 5.0
"""Bits below which a format is not claimed at all, only named among the candidates."""
LIKELY = 7.0
CERTAIN = 9.5
"""Bits that `certain` needs, besides the margin: no other format, house style or ordinary document
of the reference, nearly a thousand, is like it."""
MARGIN = 2.0
"""Bits that `certain` needs over the next family; `likely` needs half of it."""


AGAINST = 9.0
"""Bits of a body without its status that raise doubts of a status of success."""
_LONGEST_AGAINST = 100_000
"""Characters of such a body: one that is nothing but an error is short."""
MOST_CANDIDATES = 10
"""Formats that are named beside the best one."""


class _Fit(NamedTuple):
    """A shape that a response may have: what each of its clues answers, and the bits of all."""

    shape: ShapeEntry
    required: tuple[Answer, ...]
    supporting: tuple[Answer, ...]
    weight: float
    """Bits of the required clues."""
    score: float


def detect(catalog: Catalog, seen: Seen) -> Detection:
    """Hold the response against every shape of the catalog and rank what remains.

    Equal scores are a tie: the best is then only `possible` and the others stand beside it.
    """
    best_of: dict[str, _Fit] = {}
    for fit in _fits(catalog, seen):
        known = best_of.get(fit.shape.format)
        if known is None or fit.score > known.score:
            best_of[fit.shape.format] = fit
    standing = [fit for fit in best_of.values() if not _yields(fit, best_of)]
    ranked = sorted(standing, key=lambda fit: (-fit.score, fit.shape.format))[:MOST_CANDIDATES]
    judged = tuple(_judge(fit, ranked) for fit in ranked)
    if any(note.kind == "truncated" for note in seen.body.notes):
        judged = tuple(_doubt(candidate) for candidate in judged)
    best = judged[0] if judged and judged[0].confidence else None
    return Detection(best, judged)


def force(catalog: Catalog, seen: Seen, id: str) -> Detection:
    """Take the format the user names; its shape is the best one that fits, or none."""
    tried = [fit for fit in _fits(catalog, seen) if fit.shape.format == id]
    fit = max(tried, key=lambda fit: fit.score, default=None)
    best = _candidate(fit) if fit else Candidate(id, "", None, 0.0)
    return Detection(best, (best,), forced=True)


def says_success(catalog: Catalog, seen: Seen) -> str | None:
    """The id of a format in which the response says, in its body, that there is no error."""
    for shape in catalog.success_shapes():
        if all(check(clue, seen, shape.codes).matched for clue in shape.success):
            return shape.format
    return None


def detect_against(catalog: Catalog, seen: Seen) -> str | None:
    """The id of the format in which a response would most likely be an error, had it no status."""
    if len(seen.body.text.value) > _LONGEST_AGAINST:
        return None
    best = detect(catalog, seen._replace(status=None)).best
    likely = best is not None and best.confidence in ("certain", "likely")
    return best.id if best and likely and best.score >= AGAINST else None


def _fits(catalog: Catalog, seen: Seen) -> Iterator[_Fit]:
    """Every shape whose required clues hold and which nothing excludes."""
    for shape in catalog.shapes(seen):
        fit = _hold_against(shape, seen)
        if fit:
            yield fit


def _hold_against(shape: ShapeEntry, seen: Seen) -> _Fit | None:
    required = [Answer(None)] * len(shape.required)
    for at in shape.order:
        required[at] = check(shape.required[at], seen, shape.codes)
        if required[at].matched is False:
            return None
    weight = _weight_of_required(shape, required)
    if weight < LEAST:
        return None
    if any(check(clue, seen, shape.codes).matched for clue in shape.excluding):
        return None
    supporting = tuple(check(clue, seen, shape.codes) for clue, _ in shape.supporting)
    held = (
        w for (_, w), answer in zip(shape.supporting, supporting, strict=True) if answer.matched
    )
    return _Fit(shape, tuple(required), supporting, weight, round(weight + sum(held), 2))


def _weight_of_required(shape: ShapeEntry, answers: Sequence[Answer]) -> float:
    """Bits of the conjunction: of its part on the body where the capture does not show the rest."""
    if not any(answer.matched for answer in answers):
        return 0.0
    seen_all = all(answer.matched for answer in answers)
    return shape.weight if seen_all else min(shape.weight, shape.body_weight)


def _candidate(fit: _Fit) -> Candidate:
    """A fit with its evidence in words; the conjunction counts once, at its first clue."""
    shape = fit.shape
    first = next(at for at, answer in enumerate(fit.required) if answer.matched)
    weights = [fit.weight if at == first else 0.0 for at in range(len(fit.required))]
    weights += [weight for _, weight in shape.supporting]
    answers = (*fit.required, *fit.supporting)
    evidence = tuple(map(_evidence, shape.claims, answers, weights))
    return Candidate(shape.format, shape.name, None, fit.score, evidence)


def _evidence(claim: str, answer: Answer, weight: float) -> Evidence:
    return Evidence(claim, answer.seen_at, weight if answer.matched else 0.0, answer.matched)


def _yields(fit: _Fit, best_of: dict[str, _Fit]) -> bool:
    """A dialect yields to the format it extends unless one of its own clues holds.

    The other way round, a standard yields to its dialect that has shown itself; and a shape that
    goes along with any body yields to whatever can be claimed for that body.
    """
    if fit.shape.yields and any(one.score >= CLAIM for one in best_of.values() if one is not fit):
        return True
    if fit.shape.extends in best_of and not _shows_itself(fit):
        return True
    dialects = (one for one in best_of.values() if one.shape.extends == fit.shape.format)
    return any(map(_shows_itself, dialects))


def _shows_itself(fit: _Fit) -> bool:
    """A clue of its own holds, and there is enough for a claim: not one that hangs on a host
    the capture does not show."""
    answers = (*fit.required, *fit.supporting)
    return fit.score >= CLAIM and any(answers[at].matched for at in fit.shape.own)


def _doubt(candidate: Candidate) -> Candidate:
    """Of half a body nothing is certain: what tells it apart may have been in the other half."""
    certain = candidate.confidence == "certain"
    return candidate._replace(confidence="likely") if certain else candidate


def _judge(fit: _Fit, ranked: list[_Fit]) -> Candidate:
    """Give a format its confidence, from its own bits and its distance to the best other one."""
    one = _candidate(fit)
    margin = fit.score - max((other.score for other in ranked if other is not fit), default=0.0)
    if one.score < CLAIM or margin < 0:
        return one
    if one.score >= CERTAIN and margin >= MARGIN:
        return one._replace(confidence="certain")
    if one.score >= LIKELY and margin >= MARGIN / 2:
        return one._replace(confidence="likely")
    return one._replace(confidence="possible")
