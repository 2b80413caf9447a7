"""Tries the changes that could matter, and keeps the smallest that do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from errdecode.catalog import Catalog, ShapeEntry
from errdecode.clue import Seen, check, see
from errdecode.detect import detect
from errdecode.flip.edit import apply, step
from errdecode.flip.proposals import Changes, fulfil, undo
from errdecode.model import JSON, Candidate, Change, Detection, Flip, Report
from errdecode.model.record import NamedTuple
from errdecode.pointer import parse

MOST_TRIALS = 160
"""Changed responses that are held against the catalog."""
LONGEST_TEXT = 300_000
"""Characters of a body that is looked into: every trial holds all of it against the catalog."""
MOST_TOGETHER = 3
"""Changes that are made together."""
_RIVALS = 2
"""Candidates behind the best one for which a change is looked for."""
_NEARLY = 3
"""Shapes that lack one required clue and are tried as well."""
_MOST_PAIRED = 6
"""Changes that are made in pairs, where none alone is enough."""
_MOST_COUNTED = 1_000
_RANKS = (None, "possible", "likely", "certain")
_ODDNESS = {"replace": 0, "remove": 1, "add": 2}
_SPECIFIC = 3
"""How much odder a change is that puts what another format asks for, not just something else."""


class _Proposal(NamedTuple):
    """A change that is to be tried."""

    changes: Changes
    specific: bool
    """It puts what a clue asks for."""


class _Trial(NamedTuple):
    """A change, and what detection says of the response then."""

    proposal: _Proposal
    size: tuple[int, int]
    """Changes, and values touched."""
    oddness: int
    """How much at odds they are with what was sent."""
    after: Detection

    @property
    def best(self) -> str | None:
        """The format that is claimed."""
        return self.after.best.id if self.after.best else None


def add_flips(report: Report, catalog: Catalog) -> Report:
    """The report with the smallest changes that would flip its choice; before it is masked, as what
    is masked is no longer what was sent."""
    if report.body is None:
        return report
    flips = find_flips(catalog, see(report.exchange, report.body), report.detection)
    return report._replace(detection=report.detection._replace(flips=flips))


def find_flips(catalog: Catalog, seen: Seen, today: Detection) -> tuple[Flip, ...]:
    """The smallest changes that would change the choice, the smallest of all first.

    Then the smallest for each of the next candidates, and the smallest that leaves the choice as it
    is with less confidence. Each was tried: what is told is what detection says of the changed
    response. Tried is what the clues look at, up to three places together, so another change that
    nobody's clue asks for is not found. None is looked for where the user named the format.
    """
    if today.forced or not today.candidates or len(seen.body.text.value) > LONGEST_TEXT:
        return ()
    own = today.best.id if today.best else None
    trials = _Laboratory(catalog, seen, own).run(_propose(catalog, seen, today))
    rivals = [c.id for c in today.candidates if c.id != own][:_RIVALS]
    flipping = [trial for trial in trials if trial.best != own]
    found = flipping[:1]
    for rival in rivals:
        found += [trial for trial in flipping if trial.best == rival][:1]
    if today.best:
        found += [trial for trial in trials if _is_less(trial, today.best)][:1]
    apart = {repr(trial.proposal): trial for trial in found}
    return tuple(_flip(trial, own) for trial in apart.values())


def _is_less(trial: _Trial, best: Candidate) -> bool:
    after = trial.after.best
    return (
        after is not None
        and after.id == best.id
        and _RANKS.index(after.confidence) < _RANKS.index(best.confidence)
    )


def _flip(trial: _Trial, own: str | None) -> Flip:
    scores = {candidate.id: candidate.score for candidate in trial.after.candidates}
    best, lead = trial.after.best, None
    if best and own in scores and best.id != own:
        lead = round(best.score - scores[own], 2)
    return Flip(trial.proposal.changes, best and best.id, best and best.confidence, lead)


# ---------------------------------------------------------------- what is tried


def _propose(catalog: Catalog, seen: Seen, today: Detection) -> Iterator[_Proposal]:
    """Yield changes against the best format, and for those behind it."""
    wanted = [(one.id, one.shape) for one in today.candidates[: 1 + _RIVALS]]
    shapes = {(shape.format, shape.name): shape for shape in catalog.shapes(seen)}
    for place, key in enumerate(wanted):
        if key in shapes:
            turn = _against if place == 0 and today.best else _in_favour
            yield from turn(shapes[key], seen)
    least = today.candidates[0].score if today.best else 0.0
    ids = {id for id, _ in wanted}
    others = (shape for shape in shapes.values() if shape.format not in ids)
    for shape in _nearest(others, seen, least):
        yield from _in_favour(shape, seen)


def _against(shape: ShapeEntry, seen: Seen) -> Iterator[_Proposal]:
    for clue in (*shape.required, *(clue for clue, _ in shape.supporting)):
        if check(clue, seen, shape.codes).matched:
            yield from (_Proposal(one, False) for one in undo(clue, seen, shape.codes))
    for clue in shape.excluding:
        yield from (_Proposal(one, True) for one in fulfil(clue, seen, shape.codes))


def _in_favour(shape: ShapeEntry, seen: Seen) -> Iterator[_Proposal]:
    for clue in (*shape.required, *(clue for clue, _ in shape.supporting)):
        if not check(clue, seen, shape.codes).matched:
            yield from (_Proposal(one, True) for one in fulfil(clue, seen, shape.codes))
    for clue in shape.excluding:
        if check(clue, seen, shape.codes).matched:
            yield from (_Proposal(one, False) for one in undo(clue, seen, shape.codes))


def _nearest(shapes: Iterator[ShapeEntry], seen: Seen, least: float) -> list[ShapeEntry]:
    """The shapes that one required clue is missing from, or that one thing excludes, and that would
    be worth enough."""
    near = []
    for shape in shapes:
        failed = sum(check(c, seen, shape.codes).matched is False for c in shape.required)
        failed += sum(check(c, seen, shape.codes).matched is True for c in shape.excluding)
        held = (w for c, w in shape.supporting if check(c, seen, shape.codes).matched)
        worth = shape.weight + sum(held)
        if failed == 1 and worth >= least:
            near.append((-worth, shape.format, shape))
    return [shape for _, _, shape in sorted(near, key=lambda one: one[:2])[:_NEARLY]]


# ---------------------------------------------------------------- trying


class _Laboratory:
    """Holds changed responses against the catalog, each once, and no more than it may."""

    def __init__(self, catalog: Catalog, seen: Seen, own: str | None) -> None:
        self._catalog, self._seen, self._own = catalog, seen, own
        self._done: dict[str, _Trial] = {}
        """By the changes as text: their values may be arrays and objects."""

    def run(self, proposed: Iterator[_Proposal]) -> list[_Trial]:
        """All trials, the smallest first: single changes, and where none is enough several."""
        for proposal in proposed:
            self._try(proposal)
        for _ in range(2):
            if any(trial.best != self._own for trial in self._done.values()):
                break
            self._combine()
        return sorted(self._done.values(), key=self._order)

    def _combine(self) -> None:
        """Try the most promising changes together with each other."""
        most = sorted(self._done.values(), key=self._lead)[:_MOST_PAIRED]
        for one, other in combinations([trial.proposal for trial in most], 2):
            changes = one.changes + tuple(c for c in other.changes if c not in one.changes)
            apart = len({change.at for change in changes}) == len(changes)
            if apart and len(changes) <= MOST_TOGETHER:
                self._try(_Proposal(changes, one.specific or other.specific))

    def _try(self, proposal: _Proposal) -> None:
        key = repr(proposal.changes)
        if len(self._done) >= MOST_TRIALS or key in self._done:
            return
        value = self._seen.body.value
        touched = sum(_touched(change, value) for change in proposal.changes)
        odd = sum(_oddness(change, value) for change in proposal.changes)
        self._done[key] = _Trial(
            proposal,
            (len(proposal.changes), touched),
            odd + _SPECIFIC * proposal.specific,
            detect(self._catalog, apply(proposal.changes, self._seen)),
        )

    def _lead(self, trial: _Trial) -> float:
        """Bits by which the format chosen now is still ahead of the best other one, or of none."""
        scores = {one.id: one.score for one in trial.after.candidates}
        own = scores.pop(self._own, 0.0) if self._own else 0.0
        return own - max(scores.values(), default=0.0)

    def _order(self, trial: _Trial) -> tuple[bool, tuple[int, int], int, float, str]:
        """The smallest first; those that end in a tie decide nothing and come last."""
        scores = [one.score for one in trial.after.candidates[:2]]
        is_tied = len(scores) == 2 and scores[0] == scores[1]
        return is_tied, trial.size, trial.oddness, self._lead(trial), repr(trial.proposal)


def _touched(change: Change, value: JSON) -> int:
    """How many values a change puts, or takes away."""
    if not change.at.startswith("/"):
        return 1
    for token in parse(change.at).tokens or ():
        value = step(value, token)
    return max(_leaves(value), _leaves(change.value))


def _leaves(value: JSON) -> int:
    """Values that hold no others; counted up to a limit."""
    count, stack = 0, [value]
    while stack and count < _MOST_COUNTED:
        one = stack.pop()
        if isinstance(one, dict | list) and one:
            stack.extend(one.values() if isinstance(one, dict) else one)
        else:
            count += 1
    return count


def _oddness(change: Change, value: JSON) -> int:
    """Another value of the same type is the least; one of another type is the most."""
    if change.op != "replace" or not change.at.startswith("/"):
        return _ODDNESS[change.op]
    for token in parse(change.at).tokens or ():
        value = step(value, token)
    return 0 if type(value) is type(change.value) else 3
