"""Groups of problems with one root cause: which belong together, which follow from which, and in
what order they are to be fixed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from errdecode.batch.counting import Counter, may_be_more
from errdecode.batch.sameness import Kind, join_pointers, kind_of
from errdecode.model import Diagnostic, Group, Problem
from errdecode.model.record import NamedTuple

DEEPEST = 16
"""Tokens of an origin that tell what stands around it."""
_RANKS = {"cause": 0, "consequence": 0, "harmless": 1}
"""A consequence that stands for itself has its cause elsewhere; it is all there is to be fixed."""


class _Root(NamedTuple):
    """A root cause on its way to a group."""

    members: list[int]
    followers: list[list[int]]
    """The consequences, those of a kind together."""
    shared: int
    """How many of the consequences follow from other causes as well."""
    is_envelope: bool
    """It stands around other problems, which say more: an `error` around its `details`."""
    rank: tuple[int, int, int]
    """Its place in the order of fixing."""

    @property
    def load(self) -> int:
        """How many problems go away with it."""
        return len(self.members) + sum(map(len, self.followers)) - self.shared


def group(diagnostics: Sequence[Diagnostic], counter: Counter) -> tuple[Group, ...]:
    """Put every problem into one group, those of a kind together, in the order of fixing them.

    A cause comes before another when more problems are of its kind or follow from it; each is
    followed by its consequences, and what is harmless comes last.
    """
    problems = [diagnostic.problem for diagnostic in diagnostics]
    roots = sorted(_find_roots(diagnostics), key=lambda root: root.rank)
    first = _first_of(roots, problems)
    groups: list[Group] = []
    for root in roots:
        cause = len(groups)
        follows = sorted(index for each in root.followers for index in each)
        made = _make(root.members, problems, counter)
        made = made._replace(consequences=tuple(follows), shared=root.shared > 0)
        groups.append(made._replace(fix_first=root is first))
        groups += [
            _make(each, problems, counter)._replace(caused_by=cause) for each in root.followers
        ]
    return tuple(groups)


def _find_roots(diagnostics: Sequence[Diagnostic]) -> Iterator[_Root]:
    """The root causes with what follows from them, in the order of the response."""
    problems = [diagnostic.problem for diagnostic in diagnostics]
    kinds = [kind_of(diagnostic) for diagnostic in diagnostics]
    causes = [problem.caused_by for problem in problems]
    roots = _gather((at, kinds[at]) for at, cause in enumerate(causes) if cause is None)
    root_of = {index: number for number, root in enumerate(roots) for index in root}
    follows = {at: root_of[cause] for at, cause in enumerate(causes) if cause is not None}
    followers: list[list[list[int]]] = [[] for _ in roots]
    for each in _gather((at, (root, *kinds[at])) for at, root in follows.items()):
        followers[follows[each[0]]].append(each)
    around, summing = _count_inner(problems), _find_shared(problems, root_of)
    for members, after in zip(roots, followers, strict=True):
        inner = max(around.get(problems[index].origin, 0) for index in members)
        shared = sum(problems[index].origin in summing for each in after for index in each)
        load = len(members) + sum(map(len, after)) - shared + inner
        rank = (_RANKS[problems[members[0]].role], -load, members[0])
        yield _Root(members, after, shared, inner > 0, rank)


def _gather(kinds: Iterable[tuple[int, Kind]]) -> list[list[int]]:
    """The indices of each kind, in the order in which the kinds are met."""
    found: dict[Kind, list[int]] = {}
    for index, kind in kinds:
        found.setdefault(kind, []).append(index)
    return list(found.values())


def _find_shared(problems: Sequence[Problem], root_of: dict[int, int]) -> set[str]:
    """The places that stand around several root causes: what was read there sums them all up."""
    found: dict[str, int] = {}
    shared = set()
    for index, root in root_of.items():
        if problems[index].role == "cause":
            for place in _around(problems[index].origin)[:-1]:
                if found.setdefault(place, root) != root:
                    shared.add(place)
    return shared


def _around(origin: str) -> list[str]:
    """A place and all that it stands in, from the root inwards."""
    tokens = origin.split("/")[: DEEPEST + 1]
    return ["/".join(tokens[: size + 1]) for size in range(len(tokens))]


def _count_inner(problems: Sequence[Problem]) -> dict[str, int]:
    """How many problems were read within each place that another one may have been read from."""
    counts: dict[str, int] = {}
    for problem in problems:
        for place in _around(problem.origin)[:-1]:
            counts[place] = counts.get(place, 0) + 1
    return counts


def _first_of(roots: Sequence[_Root], problems: Sequence[Problem]) -> _Root | None:
    """The cause with which most goes away, if there is a choice and one stands out."""
    causes = [root for root in roots if problems[root.members[0]].role == "cause"]
    if len(causes) < 2 or causes[0].is_envelope:
        return None
    return causes[0] if causes[0].load > max(cause.load for cause in causes[1:]) else None


def _make(members: Sequence[int], problems: Sequence[Problem], counter: Counter) -> Group:
    own = [problems[index] for index in members]
    pointers = [problem.pointer for problem in own if problem.pointer is not None]
    responses = [p.response_pointer for p in own if p.response_pointer is not None]
    made = Group(
        tuple(members),
        join_pointers(pointers) if pointers else None,
        join_pointers(responses) if responses else None,
        join_pointers([problem.origin for problem in own]),
    )
    items, total = counter.count(made, own)
    at_least = may_be_more(problems) and (items is None or items != total)
    return made._replace(items=items, total=total, at_least=at_least)
