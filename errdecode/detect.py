"""Rank the formats a response could be in: evidence for and against each, confidence as a word,
ties told as ties."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.catalog import Catalog, ShapeEntry
from errdecode.clue import Answer, Seen, check, describe
from errdecode.format import Clue
from errdecode.model import Candidate, Detection, Evidence

LEAST = 1.0
"""Bits of the required clues below which a format is not even a candidate: true of every other
response."""
CLAIM = 5.0
"""Bits below which a format is not claimed at all, only named among the candidates."""
LIKELY = 7.0
CERTAIN = 9.0
"""Bits that `certain` needs, besides the margin: rarer than one response in 500, of other formats,
house styles and ordinary documents."""
MARGIN = 2.0
"""Bits that `certain` needs over the next family; `likely` needs half of it."""


def detect(catalog: Catalog, seen: Seen) -> Detection:
    """Hold the response against every shape of the catalog and rank what remains.

    Equal scores are a tie: the best is then only `possible` and the others stand beside it.
    """
    found = list(_candidates(catalog, seen))
    best_of: dict[str, tuple[Candidate, ShapeEntry]] = {}
    for candidate, shape in found:
        known = best_of.get(candidate.id)
        if known is None or candidate.score > known[0].score:
            best_of[candidate.id] = (candidate, shape)
    standing = [one for one in best_of.values() if not _yields(one, best_of)]
    ranked = sorted((one for one, _ in standing), key=lambda c: (-c.score, c.id))
    judged = [_judge(catalog, one, ranked) for one in ranked]
    best = judged[0] if judged and judged[0].confidence else None
    return Detection(best, tuple(judged))


def force(catalog: Catalog, seen: Seen, id: str) -> Detection:
    """Take the format the user names; its shape is the best one that fits, or none."""
    tried = [one for one, _ in _candidates(catalog, seen) if one.id == id]
    best = max(tried, key=lambda c: c.score, default=Candidate(id, "", None, 0.0))
    return Detection(best, (best,), forced=True)


def says_success(catalog: Catalog, seen: Seen) -> str | None:
    """The id of a format in which the response says, in its body, that there is no error."""
    for shape in catalog.success_shapes():
        if all(check(clue, seen, shape.codes).matched for clue in shape.success):
            return shape.format
    return None


def _candidates(catalog: Catalog, seen: Seen) -> Iterator[tuple[Candidate, ShapeEntry]]:
    """Every shape whose required clues hold and which nothing excludes."""
    value = seen.body.value
    names = {name.casefold() for name in value} if isinstance(value, dict) else set()
    for shape in catalog.shapes(names):
        candidate = _hold_against(shape, seen)
        if candidate:
            yield candidate, shape


def _hold_against(shape: ShapeEntry, seen: Seen) -> Candidate | None:
    answers = []
    for clue in shape.required:
        answers.append(check(clue, seen, shape.codes))
        if answers[-1].matched is False:
            return None
    weight = _weight_of_required(shape, answers)
    if weight < LEAST:
        return None
    if any(check(clue, seen, shape.codes).matched for clue in shape.excluding):
        return None
    first = next(at for at, answer in enumerate(answers) if answer.matched)
    evidence = [  # the conjunction counts once: its first clue bears the weight of all
        _evidence(clue, answer, weight if at == first else 0.0)
        for at, (clue, answer) in enumerate(zip(shape.required, answers, strict=True))
    ]
    evidence += [
        _evidence(clue, check(clue, seen, shape.codes), weight) for clue, weight in shape.supporting
    ]
    score = round(sum(piece.weight for piece in evidence), 2)
    return Candidate(shape.format, shape.name, None, score, tuple(evidence))


def _weight_of_required(shape: ShapeEntry, answers: list[Answer]) -> float:
    """Bits of the conjunction: of its part on the body where the capture does not show the rest."""
    if not any(answer.matched for answer in answers):
        return 0.0
    seen_all = all(answer.matched for answer in answers)
    return shape.weight if seen_all else min(shape.weight, shape.body_weight)


def _evidence(clue: Clue, answer: Answer, weight: float) -> Evidence:
    return Evidence(
        describe(clue), answer.seen_at, weight if answer.matched else 0.0, answer.matched
    )


def _yields(
    one: tuple[Candidate, ShapeEntry], best_of: dict[str, tuple[Candidate, ShapeEntry]]
) -> bool:
    """A dialect yields to the format it extends unless one of its own clues holds.

    The other way round, a standard yields to its dialect that has shown itself.
    """
    candidate, shape = one
    if shape.extends in best_of and not _shows_itself(candidate, shape):
        return True
    dialects = (two for two in best_of.values() if two[1].extends == candidate.id)
    return any(_shows_itself(*two) for two in dialects)


def _shows_itself(candidate: Candidate, shape: ShapeEntry) -> bool:
    """A clue of its own holds, and there is enough for a claim: not one that hangs on a host
    the capture does not show."""
    own = any(candidate.evidence[at].matched for at in shape.own)
    return own and candidate.score >= CLAIM


def _judge(catalog: Catalog, one: Candidate, ranked: list[Candidate]) -> Candidate:
    """Give a candidate its confidence, from its own bits and its distance to the best other one."""
    others = [other.score for other in ranked if other.id != one.id]
    margin = one.score - max(others, default=0.0)
    if one.score < CLAIM or margin < 0:
        return one
    if one.score >= CERTAIN and margin >= MARGIN:
        return one._replace(confidence="certain")
    if one.score >= LIKELY and margin >= MARGIN / 2:
        return one._replace(confidence="likely")
    return one._replace(confidence="possible")
