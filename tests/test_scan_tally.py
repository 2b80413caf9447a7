"""Tallies: small, masked, and equal however a log was taken apart."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable

from hypothesis import example, given, settings
from hypothesis import strategies as st
from sightings import NOON, logs, parts, seen, sighting, tally_of

from errdecode.scan.fault import EXEMPLARS
from errdecode.scan.histogram import MOST, Timeline, add_up, align
from errdecode.scan.model import Histogram, Place, Sighting, Unreadable
from errdecode.scan.sample import Sample, fingerprint
from errdecode.scan.tally import LISTED, Tally, finish, merge

Found = list[Sighting | Unreadable]


# ---------------------------------------------------------------- merging


@settings(max_examples=60)
@given(logs(30), st.lists(st.integers(0, 30), max_size=4), st.randoms())
def test_any_parts_in_any_order_make_the_whole(
    items: Found, cuts: list[int], random: object
) -> None:
    """The tallies of the parts of a log, merged in any order, are the tally of the whole."""
    tallies = [tally_of(*part) for part in parts(items, cuts)]
    random.shuffle(tallies)  # type: ignore[attr-defined]  # hypothesis gives a Random
    sent = [pickle.loads(pickle.dumps(tally)) for tally in tallies]

    assert seen(tally_of(*items)) == seen(merge(sent))


@settings(max_examples=40)
@given(logs(30), st.integers(0, 30), st.integers(0, 30))
def test_merging_is_associative_and_commutative(items: Found, one: int, two: int) -> None:
    """a + (b + c) = (a + b) + c, and a + b = b + a; what is merged stays as it was."""
    three = (*parts(items, [one, two]), [])
    a, b, c = (lambda part=part: tally_of(*part) for part in three[:3])
    kept = b()

    assert seen(a().merge(b().merge(c()))) == seen(a().merge(b()).merge(c()))
    assert seen(a().merge(kept)) == seen(b().merge(a()))
    assert seen(b()) == seen(kept)


# ---------------------------------------------------------------- groups


def test_errors_that_say_nothing_are_told_apart_by_their_status() -> None:
    """Heads without a body have no code and no message, but what their status means."""
    heads = (
        sighting(at, code=None, format=None, status=status, title=title)
        for at, (status, title) in enumerate(
            [(404, "Not Found"), (500, "Error"), (404, "Not Found")]
        )
    )

    assert [2, 1] == [group.count for group in finish(tally_of(*heads))]


def test_groups_are_equal_in_format_code_and_pointer() -> None:
    """Format, code and pointer tell groups apart; the message does so only without a code."""
    groups = finish(
        tally_of(
            sighting(0),
            sighting(1, message="another"),
            sighting(2, format=None),
            sighting(3, pointer="/items/*"),
            sighting(4, code=None, message="no … left"),
            sighting(5, code=None, message="gone"),
        )
    )

    assert [2, 1, 1, 1, 1] == [group.count for group in groups]
    assert {None, "no … left", "gone"} == {group.message for group in groups}
    assert [1, 2, 3, 4, 5] == [group.number for group in groups]


def test_the_most_complete_are_the_exemplars() -> None:
    """Three at the most: by completeness, then file, then offset."""
    found = [(9, "a", 0), (1, "b", 5), (9, "a", 3), (9, "b", 1), (2, "a", 1)]
    items = [sighting(offset, file=file, completeness=c) for c, file, offset in found]
    exemplars = finish(tally_of(*items))[0].exemplars

    assert EXEMPLARS == len(exemplars)
    assert [("a", 0), ("a", 3), ("b", 1)] == [(e.place.file, e.place.offset) for e in exemplars]


def test_a_group_knows_when_where_and_how() -> None:
    """First and last time, the most frequent status, files, and what varied."""
    group = finish(
        tally_of(
            sighting(0, time=NOON + 5, status=402, file="a"),
            sighting(1, time=NOON, status=503, file="b"),
            sighting(2, status=503, file="b", title="Declined"),
        )
    )[0]
    varied = dict(group.varied)

    assert (NOON, NOON + 5, 503, 2) == (group.first, group.last, group.status, group.files)
    assert "503 in 2, 402 in 1" == varied["status"]
    assert "Declined · The payment was declined" == varied["title"]
    assert {"status", "title"} == set(varied)


def test_a_group_claims_of_all_what_all_have() -> None:
    """Verdict and actor are those of every error; where they differ, each is counted."""
    same = finish(tally_of(sighting(0), sighting(1)))[0]
    mixed = finish(
        tally_of(
            sighting(0, status=404),
            sighting(1, status=503, verdict="later", actor="provider"),
            sighting(2, status=503, verdict="later", actor="provider"),
        )
    )[0]

    assert ("after-change", "caller") == (same.verdict, same.actor)
    assert ("unknown", None) == (mixed.verdict, mixed.actor)
    assert ((503, 2), (404, 1)) == mixed.statuses
    assert (("later", 2), ("after-change", 1)) == mixed.verdicts
    assert "later in 2, after-change in 1" == dict(mixed.varied)["verdict"]


def test_places_can_be_shifted() -> None:
    """The lines of a part of a file are put right afterwards."""
    tally = tally_of(sighting(100), Unreadable(Place("app.log", 300, 4), "no"))
    tally.shift(40)

    assert (42, 44) == (finish(tally)[0].exemplars[0].place.line, tally.listed[0].place.line)


def test_unreadable_candidates_are_counted_and_listed() -> None:
    """All are counted; the first hundred by place are kept."""
    items = [Unreadable(Place("a", n, n), "cut off") for n in range(250, 0, -1)]
    tally = tally_of(*items)

    assert (250, LISTED) == (tally.unreadable, len(tally.listed))
    assert list(range(1, LISTED + 1)) == [item.place.offset for item in tally.listed]


# ---------------------------------------------------------------- secrets


@settings(max_examples=60)
@given(logs(20))
def test_no_secret_leaves_the_process(items: Found) -> None:
    """Whatever a tally holds as text is masked before it is handed over."""
    data = pickle.dumps(tally_of(*items))

    assert b"sk_live_abc" not in data


def test_grouping_is_by_what_was_sent() -> None:
    """Two secrets that look alike once they are masked stay two groups."""
    codes = ["password=abcdefgh", "password=ijklmnop"]
    groups = finish(tally_of(*(sighting(n, code=code) for n, code in enumerate(codes))))

    assert ["password=••••••••"] * 2 == [group.code for group in groups]


def test_secrets_are_shown_when_asked_for() -> None:
    """With --show-secrets a tally says what was sent."""
    tally = Tally(show_secrets=True)
    tally.add(sighting(code="password=abcdefgh"))

    assert "password=abcdefgh" == finish(tally)[0].code


# ---------------------------------------------------------------- sizes


def test_a_tally_is_small() -> None:
    """Ten thousand errors with ids of their own take a few kilobytes on the wire."""
    items = (
        sighting(n, time=NOON + n, request_id=f"r{n}", trace_id=f"t{n}", url=f"/orders/{n}")
        for n in range(10_000)
    )

    assert len(pickle.dumps(tally_of(*items))) < 20_000


# ---------------------------------------------------------------- histograms


@given(st.lists(st.floats(0, 2e9), min_size=1, max_size=60), st.lists(st.integers(0, 60)))
@example([0.0, 2e9], [1])
def test_a_histogram_counts_all(times: list[float], cuts: list[int]) -> None:
    """Up to 64 spans of a power of two of seconds have errors; it holds every time, and merges."""
    whole = timeline(times).freeze()
    merged = Timeline()
    for part in reversed(parts(times, cuts)):
        merged.merge(timeline(part))

    assert whole == merged.freeze()
    assert whole is not None
    assert 1 == whole.width.bit_count()
    assert len(whole.spans) <= MOST
    assert Counter(int(time) // whole.width for time in times) == dict(whole.spans)


def timeline(times: list[float]) -> Timeline:
    """Times, counted."""
    made = Timeline()
    made.add(times[:1])
    made.add(times[1:])
    return made


@given(
    st.lists(st.lists(st.floats(0, 2e9), max_size=9), min_size=1, max_size=5),
    st.integers(1, 70),
)
def test_histograms_meet_on_one_axis(many: list[list[float]], most: int) -> None:
    """On one axis nothing is lost, and no more spans are used than there may be."""
    frozen: list[Histogram | None] = [timeline(times).freeze() for times in many]
    axis = align(frozen, most, whole=True)

    assert (axis is None) == (not any(many))
    if axis is not None:
        assert axis.spans <= most
        assert [len(times) for times in many] == [sum(row) for row in axis.rows]
        assert sum(map(len, many)) == sum(add_up(axis.rows))


@given(st.lists(st.lists(st.floats(0, 2e9), max_size=40), min_size=1, max_size=5))
def test_an_axis_leaves_out_but_few(many: list[list[float]]) -> None:
    """What is not drawn is counted: one error, or one of a hundred."""
    axis = align([timeline(times).freeze() for times in many])
    errors = sum(map(len, many))
    if axis is not None:
        assert errors == axis.outside + sum(add_up(axis.rows))
        assert axis.outside <= max(errors / 100, errors >= 10)


def test_a_clock_that_was_not_set_blurs_nothing() -> None:
    """Fifty errors of an hour are drawn as well as without one of 1970, which is told."""
    hour = [1_795_348_800.0 + 71 * number for number in range(50)]
    with_, without = (align([timeline(times).freeze()]) for times in ([7.0, *hour], hour))

    assert with_ is not None
    assert without is not None
    assert without == with_._replace(outside=0)
    assert (1, 64.0) == (with_.outside, with_.width)


def test_without_times_there_is_no_axis() -> None:
    """No times, no histogram, no axis."""

    assert (None, None) == (Timeline().freeze(), align([None]))


# ---------------------------------------------------------------- samples


@given(st.lists(st.integers(0, 500)), st.lists(st.integers(0, 60)), st.integers(1, 20))
def test_a_sample_does_not_know_the_order(numbers: list[int], cuts: list[int], most: int) -> None:
    """Samples of parts, merged in any order, are the sample of the whole; small ones are exact."""
    make: Callable[[list[int]], Sample[str]] = lambda part: sample(part, most)  # noqa: E731  # short
    merged: Sample[str] = Sample(most)
    for part in reversed(parts(numbers, cuts)):
        merged.merge(make(part))
    whole, distinct = make(numbers), len(set(numbers))

    assert (whole.kept, whole.dropped, whole.top) == (merged.kept, merged.dropped, merged.top)
    assert (distinct > most) == whole.dropped
    assert whole.dropped or distinct == whole.count()


def sample(numbers: list[int], most: int) -> Sample[str]:
    """Numbers, sampled."""
    made: Sample[str] = Sample(most)
    for number in numbers:
        made.add(fingerprint(str(number)), str(number))
    return made


def test_a_large_number_is_estimated() -> None:
    """The number of ten thousand values is estimated from a hundred to within a third."""

    assert 7_000 < sample(list(range(10_000)), 100).count() < 13_000
