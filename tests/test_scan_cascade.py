"""What followed from what: told from shared ids and bursts, and never without them."""

from __future__ import annotations

from hypothesis import given, settings
from sightings import NOON, logs, sighting, tally_of

from errdecode.scan.cascade import first_failures, followers
from errdecode.scan.fault import IDS
from errdecode.scan.model import Group, Sighting, Unreadable
from errdecode.scan.tally import finish


def groups_of(*items: Sighting) -> dict[str | None, Group]:
    """The groups by code."""
    return {group.code: group for group in finish(tally_of(*items))}


def pair(number: int, *, cause: str = "timeout", effect: str = "declined") -> list[Sighting]:
    """Two errors of one trace, a second apart."""
    time, trace = NOON + 60 * number, f"trace-{number}"
    return [
        sighting(number * 1000, code=cause, time=time, trace_id=trace),
        sighting(number * 1000 + 500, code=effect, time=time + 1, trace_id=trace),
    ]


def test_shared_traces_tie_groups() -> None:
    """The error that came first in the traces of both is told as the cause, with the figures."""
    items = [one for number in range(9) for one in pair(number)]
    groups = groups_of(*items, sighting(99_000, time=NOON, trace_id="alone"))
    cause, effect = groups["timeout"], groups["declined"]

    assert (f"group {cause.number}: same trace id in 9 of 10",) == effect.follows
    assert ((), (cause.number,)) == (cause.follows, effect.causes)


def test_request_ids_tie_groups_as_well() -> None:
    """Without trace ids, shared request ids are told as such."""
    items = [
        one._replace(context=one.context._replace(request_id=one.context.trace_id, trace_id=None))
        for number in range(4)
        for one in pair(number)
    ]
    groups = groups_of(*items)

    assert "same request id in 4 of 4" in groups["declined"].follows[0]


def test_without_times_the_place_in_the_file_decides() -> None:
    """In a log without times, what stands first came first."""
    items = [
        one._replace(context=one.context._replace(time=None))
        for number in range(4)
        for one in pair(number)
    ]

    assert groups_of(*items)["declined"].causes


def test_one_shared_trace_is_no_evidence() -> None:
    """A single id in common of groups that have more errors, or few of many, ties nothing."""
    few = [sighting(9000 + n, time=NOON, trace_id=f"other-{n}") for n in range(8)]
    many = [one for number in range(2) for one in pair(number)]
    without = sighting(9000, code="declined", time=NOON + 9)

    assert () == groups_of(*pair(0), few[0])["declined"].causes
    assert () == groups_of(*pair(0), without)["declined"].causes
    assert () == groups_of(*many, *few)["declined"].causes


def test_a_request_that_failed_in_several_places_is_told() -> None:
    """A single id ties groups that have no other, and came soon after each other."""
    tried = [sighting(n, code="refused", time=NOON + n, trace_id="one") for n in range(3)]
    then = sighting(500, code="broken", time=NOON + 4, trace_id="one")
    late = sighting(600, code="late", time=NOON + 900, trace_id="one")
    groups = groups_of(*tried, then, late)
    everywhere = [sighting(n, code=f"c{n}", time=NOON + n, trace_id="main") for n in range(9)]

    assert (f"group {groups['refused'].number}: same trace id in 1 of 1",) == (
        groups["broken"].follows
    )
    assert () == groups["late"].causes
    assert {()} == {group.causes for group in groups_of(*everywhere).values()}


def test_an_unsteady_order_is_no_evidence() -> None:
    """Where now one error comes first and now the other, none is a cause."""
    items = [one for number in range(4) for one in pair(number)]
    turned = [o for n in range(4, 8) for o in pair(n, cause="declined", effect="timeout")]

    assert {()} == {group.causes for group in groups_of(*items, *turned).values()}


def test_where_ids_are_sampled_the_figures_say_so() -> None:
    """Of more ids than are kept, a part is compared, and both groups keep the same part."""
    items = [one for number in range(5 * IDS) for one in pair(number)]
    follows = groups_of(*items)["declined"].follows[0]

    assert f"{IDS} of {IDS} sampled" in follows


def test_bursts_that_begin_together_are_told_as_that() -> None:
    """Without ids, a short burst within seconds of another is named, in weaker words."""
    steady = [sighting(n, code="slow", time=NOON + 60 * n) for n in range(100)]
    first = [sighting(20_000 + n, code="refused", time=NOON + 3000 + 2 * n) for n in range(20)]
    then = [sighting(30_000 + n, code="busy", time=NOON + 3004 + 2 * n) for n in range(20)]
    groups = groups_of(*steady, *first, *then)
    reason = "began 4.0 s after it, while it lasted; no id ties them together"

    assert (f"group {groups['refused'].number}: {reason}",) == groups["busy"].follows
    assert ((), ()) == (groups["slow"].causes, groups["refused"].causes)


def test_steady_errors_follow_from_nothing() -> None:
    """Errors that are there all the time are no bursts, whenever they begin."""
    items = [
        sighting(1000 * kind + n, code=str(kind), time=NOON + kind + 60 * n)
        for kind in range(3)
        for n in range(50)
    ]

    assert {()} == {group.causes for group in groups_of(*items).values()}


def test_the_first_failure_is_named() -> None:
    """It is what others follow from and what itself follows from nothing."""
    chain = [
        sighting(
            1000 * number + 100 * place,
            code=code,
            time=NOON + 60 * number + place,
            trace_id=f"trace-{number}",
        )
        for number in range(5)
        for place, code in enumerate(("root", "middle", "end"))
    ]
    groups = finish(tally_of(*chain, sighting(90_000, code="else")))
    numbers = {group.code: group.number for group in groups}

    assert ["root"] == [group.code for group in first_failures(groups)]
    assert tuple(sorted((numbers["middle"], numbers["end"]))) == followers(groups, numbers["root"])


@settings(max_examples=40)
@given(logs(30))
def test_nothing_follows_from_itself(items: list[Sighting | Unreadable]) -> None:
    """Whatever a log holds, causes are other groups, each has its reason, and two groups are
    never each other's cause."""
    groups = finish(tally_of(*items))
    causes = {group.number: group.causes for group in groups}

    assert all(number not in causes[number] for number in causes)
    assert all(len(group.causes) == len(group.follows) for group in groups)
    assert not [n for n in causes for other in causes[n] if n in causes[other]]
