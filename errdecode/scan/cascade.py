"""Which errors followed from which: told from ids they share, else from bursts that begin
together.

Two groups are tied by ids when at least half of the second one's ids (and two at the least) are the
first one's too, and the first one's error came first in four of five of them. Where ids are
sampled, the figures count the sample. A single id ties groups of few errors, all of which bear it
and came soon after each other: one request that failed in several places. Without shared ids, two
short bursts of which one begins within seconds of the other are told as that, and no more is
claimed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from errdecode.model.record import NamedTuple
from errdecode.scan.fault import Fault, Mark
from errdecode.scan.model import Group
from errdecode.scan.sample import Sample

COMPARED = 100
"""Groups that are compared with each other: the most frequent ones."""
SHARED = 2
SHARE = 0.5
FIRST = 0.8
"""Ids, the part of a group's ids, and the part of those in which the cause came first: the least
that is taken for evidence."""
ONCE = 5
"""Groups that may be one request which failed in several places; each has as many errors as there
are exemplars, at the most."""
SOON = 120.0
"""Seconds within which they came."""
SECONDS = 10.0
"""Within which a burst begins after the one it may follow from."""
SHORT = 8
"""A burst takes no more than this part of the time of all errors."""
FEWEST = 3
"""Errors of a burst."""
CAUSES = 3
"""Causes of a group that are told, the best proven first."""


class Link(NamedTuple):
    """What one group follows from."""

    cause: int
    """The number of a group, 1-based."""
    reason: str
    share: float
    """The part of the group's ids that the cause shares; 0 when only time ties them."""


def find_links(faults: Sequence[Fault]) -> dict[int, tuple[Link, ...]]:
    """What each group that follows from others follows from; groups are numbered from 1."""
    known = list(enumerate(faults[:COMPARED], 1))
    links: dict[int, list[Link]] = {}
    for one, two in _sharing(known):
        cause, effect = faults[one - 1], faults[two - 1]
        found = [*_by_ids(one, cause, two, effect), *_by_ids(two, effect, one, cause)]
        for number, link in found if len(found) == 1 else ():  # both ways is no evidence
            links.setdefault(number, []).append(link)
    for number, link in _by_bursts(known, set(links)):
        links.setdefault(number, []).append(link)
    return {
        number: tuple(sorted(found, key=lambda link: (-link.share, link.cause))[:CAUSES])
        for number, found in links.items()
    }


def first_failures(groups: Sequence[Group]) -> tuple[Group, ...]:
    """The groups that others follow from and that follow from none, by when they began."""
    causes = {cause for group in groups for cause in group.causes}
    found = [group for group in groups if group.number in causes and not group.causes]
    return tuple(sorted(found, key=lambda one: (one.first is None, one.first or 0.0, one.number)))


def followers(groups: Sequence[Group], number: int) -> tuple[int, ...]:
    """The numbers of all groups that follow from a group, also by way of others."""
    found: set[int] = set()
    fresh = {number}
    while fresh:
        fresh = {g.number for g in groups if fresh & {*g.causes}} - found - {number}
        found |= fresh
    return tuple(sorted(found))


def _sharing(known: list[tuple[int, Fault]]) -> list[tuple[int, int]]:
    """The pairs of groups that share enough ids of a kind to be compared, or the only one."""
    holders: dict[tuple[str, int], list[int]] = {}
    for number, fault in known:
        for name, sample in (("trace", fault.traces), ("request", fault.requests)):
            for id in sample.kept:
                holders.setdefault((name, id), []).append(number)
    pairs: Counter[tuple[str, tuple[int, int]]] = Counter()
    alone: set[tuple[int, int]] = set()
    faults = dict(known)
    for (name, _), numbers in holders.items():
        if len(numbers) > 1:
            pairs.update((name, pair) for pair in combinations(numbers, 2))
        if len(numbers) <= ONCE:
            few = [number for number in numbers if _is_one_request(faults[number], name)]
            alone.update(combinations(few, 2))
    return sorted({pair for (_, pair), count in pairs.items() if count >= SHARED} | alone)


def _is_one_request(fault: Fault, name: str) -> bool:
    """Whether the few errors of a group, all with one id, may have come of a single request."""
    ids = [getattr(one.context, f"{name}_id") for one in fault.exemplars]
    if fault.count != len(ids) or None in ids or len(set(ids)) > 1:
        return False
    return fault.first is None or fault.last is None or fault.last - fault.first <= SOON


def _by_ids(number: int, cause: Fault, after: int, effect: Fault) -> Iterator[tuple[int, Link]]:
    """The link from an effect to a cause with which it shares ids, if there is one."""
    for name, ids, others in (
        ("trace", effect.traces, cause.traces),
        ("request", effect.requests, cause.requests),
    ):
        known = ids.within(others)
        shared = known & others.kept.keys()
        alone = len(known) == 1 and _are_one_request(cause, effect, name)
        least = 1 if alone else SHARED
        if len(shared) < least or len(shared) < SHARE * len(known):
            continue
        earlier = sum(_is_before(others.kept[id], ids.kept[id]) for id in shared)
        if earlier < FIRST * len(shared):
            continue
        figures = f"{len(shared)} of {len(known)}{_sampled(ids, others)}"
        order = "" if earlier == len(shared) else f", in {earlier} of them after it"
        reason = f"same {name} id in {figures}{order}"
        yield after, Link(number, reason, len(shared) / len(known))
        return


def _are_one_request(one: Fault, other: Fault, name: str) -> bool:
    """Whether two groups may be a single request that failed in several places."""
    if not (_is_one_request(one, name) and _is_one_request(other, name)):
        return False
    times = [t for t in (one.first, other.first) if t is not None]
    return len(times) < 2 or abs(times[0] - times[1]) <= SOON


def _is_before(one: Mark, other: Mark) -> bool:
    """Whether an id was met here first: by the clock, else by the place in one file."""
    if one.time != other.time and max(one.time, other.time) < float("inf"):
        return one.time < other.time
    return one.file == other.file and one.offset < other.offset


def _sampled(ids: Sample[Mark], others: Sample[Mark]) -> str:
    return " sampled" if ids.dropped or others.dropped else ""


def _by_bursts(known: list[tuple[int, Fault]], told: set[int]) -> Iterator[tuple[int, Link]]:
    """The nearest earlier burst for each burst that no id ties to anything."""
    times = [t for _, fault in known for t in (fault.first, fault.last) if t is not None]
    whole = max(times) - min(times) if times else 0.0
    bursts = sorted(
        (fault.first, number, fault.last)
        for number, fault in known
        if fault.first is not None
        and fault.last is not None
        and fault.count >= FEWEST
        and (fault.last - fault.first) * SHORT <= whole
    )
    for (begun, cause, ended), (start, effect, _) in pairwise(bursts):
        if effect not in told and 0 < start - begun <= SECONDS and start <= ended:
            reason = (
                f"began {start - begun:.1f} s after it, while it lasted; no id ties them together"
            )
            yield effect, Link(cause, reason, 0.0)
