"""Groups whose messages differ in names alone are one, whatever the order they came in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sightings import many_messages, parts, scan_of, seen, sighting, tally_of

from errdecode.scan.baseline import compare, read, to_json
from errdecode.scan.mining import FEWEST, merge_alike
from errdecode.scan.model import Sighting
from errdecode.scan.tally import finish, merge
from errdecode.scan.templates import VARIES, join, words_of


def covers(pattern: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether a template is a case of another one."""
    pairs = zip(pattern, words, strict=False)
    return len(pattern) == len(words) and all(one in (other, VARIES) for one, other in pairs)


def name(number: int) -> str:
    """A name of its own for each number, without a digit."""
    return "".join("bdfglmnprstvz"[number // 13**place % 13] + "aeiou"[place] for place in range(4))


def said(*messages: str, times: int = 1, start: int = 0) -> list[Sighting]:
    """An error without a code for each message, so many times."""
    return [
        sighting(start + n, code=None, message=message, title=None)
        for n, message in enumerate(message for message in messages for _ in range(times))
    ]


def named(template: str, many: int, first: int = 0) -> list[str]:
    """A message with so many names, one of which is in each."""
    return [template.format(name(n)) for n in range(first, first + many)]


def counts(*items: Sighting) -> dict[str | None, int]:
    """How many errors each message of the groups has."""
    return {group.message: group.count for group in finish(tally_of(*items))}


# ---------------------------------------------------------------- laws


@settings(max_examples=30, deadline=None)
@given(many_messages(20, 60), st.lists(st.integers(0, 60), max_size=3), st.randoms())
def test_any_parts_in_any_order_make_the_whole(
    items: list[Sighting], cuts: list[int], random: object
) -> None:
    """What is merged depends on the errors alone: not on their order, not on parts."""
    tallies = [tally_of(*part) for part in parts(items, cuts)]
    random.shuffle(tallies)  # type: ignore[attr-defined]  # hypothesis gives a Random
    mixed = list(items)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a Random

    assert seen(tally_of(*items)) == seen(merge(tallies)) == seen(tally_of(*mixed))


@settings(max_examples=30, deadline=None)
@given(many_messages(20, 60))
def test_a_group_covers_what_it_counts(items: list[Sighting]) -> None:
    """Each error is counted once, in a group whose message is its own but for the names."""
    tally = tally_of(*items)
    apart, merged = tally.faults(), merge_alike(tally.faults())
    fitting = {
        key: [words_of(one.key.message or "") for one in apart if one.key[:3] == key]
        for key in {one.key[:3] for one in merged}
    }

    assert len(items) == sum(fault.count for fault in merged)
    for fault in merged:
        words = words_of(fault.key.message or "")
        covered = [one for one in fitting[fault.key[:3]] if covers(words, one)]
        assert covered
        assert any(word != VARIES for word in words)
        for place in (n for n, word in enumerate(words) if word == VARIES):
            assert len({one[place] for one in covered}) >= FEWEST


@settings(max_examples=30, deadline=None)
@given(many_messages(20, 60))
def test_what_is_merged_stays_so(items: list[Sighting]) -> None:
    """Merging leaves the tally as it is, so it can be asked again."""
    tally = tally_of(*items)
    before = [(fault.key, fault.count) for fault in tally.faults()]

    assert finish(tally) == finish(tally)
    assert before == [(fault.key, fault.count) for fault in tally.faults()]


@given(st.lists(st.lists(st.sampled_from("abc…"), max_size=4).map(tuple), min_size=1, max_size=5))
def test_what_templates_share_does_not_know_the_order(templates: list[tuple[str, ...]]) -> None:
    """Joined from either end it is the same, and it covers all of them where there is any."""
    forth, back = templates[0], templates[-1]
    for one, other in zip(templates, reversed(templates), strict=True):
        forth, back = join(forth, one), join(back, other)

    assert forth == back
    assert forth == () or all(covers(forth, one) for one in templates)


# ---------------------------------------------------------------- what is merged


@pytest.mark.parametrize(
    "template",
    [
        "the {} has no handle",
        "* the {} has no handle",
        "{} cannot be opened now",
        "the table is not ready: {}",
        "You do not control a {0} named {0}.example.",
        "no such container: {}",
        "not {}",
    ],
)
def test_names_do_not_part_a_fault(template: str) -> None:
    """Hundreds of names in a message are one group; a name may stand in it twice."""
    merged = template.replace("{0}.example.", "{}").replace("{0}", "{}").format(VARIES, VARIES)

    assert {merged: 254} == counts(*said(*named(template, 254)))


def test_two_names_that_vary_freely() -> None:
    """Where names stand in two places, one group is left, not one for each name."""
    items = said(*(f"{name(n * 7 % 20)} cannot reach {name(n % 31)}" for n in range(300)))

    assert {"… cannot reach …": 300} == counts(*items)


def test_faults_of_one_form_stay_apart() -> None:
    """What few different words tell apart is not merged, however many names there are beside."""
    messages = [
        m for verb in ("open", "close", "read") for m in named(f"cannot {verb} {{}} now", 60)
    ]

    assert {f"cannot {verb} … now": 60 for verb in ("open", "close", "read")} == counts(
        *said(*messages)
    )


@pytest.mark.parametrize(
    ("template", "fewest"),
    [("the {} has no handle", 5), ("no such {}", 8), ("no {}", 11), ("{} is gone", 8)],
)
def test_how_many_names_it_takes(template: str, fewest: int) -> None:
    """Five names are enough where three other words are said, more where fewer are."""

    assert fewest - 1 == len(counts(*said(*named(template, fewest - 1))))
    assert 1 == len(counts(*said(*named(template, fewest))))


def test_a_name_alone_is_no_message() -> None:
    """Messages of one word, and signs, are never merged: nothing would be left."""

    assert 40 == len(counts(*said(*named("{}", 40))))
    assert 40 == len(counts(*said(*named("* {} … !", 40))))


def test_words_that_come_again_are_no_names() -> None:
    """Ten fields in ten thousand errors are a closed set: names would have gone on growing."""
    fields = named("the {} field is required", 10)

    assert {"the … field is required": 30} == counts(*said(*fields, times=3))
    assert 10 == len(counts(*said(*fields, times=1000)))


def test_one_name_may_be_frequent() -> None:
    """That one of many names comes often does not part them."""
    names = named("the {} has no handle", 40)

    assert {"the … has no handle": 2040} == counts(
        *said(*names), *said(names[7], times=2000, start=50)
    )


def test_only_what_is_alike_otherwise_is_merged() -> None:
    """Other formats, pointers, and errors with a code stay apart."""
    names = named("the {} has no handle", 30)
    items = [
        one._replace(
            format=(None, "example-pay")[n % 2],
            pointer=(None, "/boats/*", "/quays/*")[n % 3],
            code="declined" if n >= 24 else None,
        )
        for n, one in enumerate(said(*names))
    ]
    groups = finish(tally_of(*items))

    assert 24 == len([group for group in groups if group.message and VARIES not in group.message])
    assert 6 == sum(group.count for group in groups if group.code)


def test_what_varied_is_told() -> None:
    """A group of several messages shows some of them, and has the first of all exemplars."""
    (group,) = finish(tally_of(*said(*named("the {} has no handle", 9))))

    assert dict(group.varied)["message"].endswith(" has no handle · and more")
    assert [0, 1, 2] == [one.place.offset for one in group.exemplars]


# ---------------------------------------------------------------- baselines


Change = tuple[str | None, str | None, int, int | None]


def changes(before: list[Sighting], now: list[Sighting]) -> list[Change]:
    """What a comparison says: message, change, count and count before of each group."""
    compared = compare(scan_of(*now), read(to_json(scan_of(*before)), "base.json"))
    return [(g.message, g.change, g.count, g.before) for g in compared.groups]


def test_other_names_are_the_same_fault() -> None:
    """A merged group is found again in a baseline where it was merged from other names."""
    before, now = named("the {} has no handle", 30), named("the {} has no handle", 40, 100)

    assert [("the … has no handle", "same", 40, 30)] == changes(said(*before), said(*now))


def test_few_names_before_or_now_are_the_same_fault() -> None:
    """It is found where names were too few to be merged, on either side; what differs is new."""
    few, many = named("the {} has no handle", 2), named("the {} has no handle", 30, 100)

    assert [("the … has no handle", "grown", 30, 2)] == changes(said(*few), said(*many))
    assert [(message, "shrunk", 1, 30) for message in few] == changes(said(*many), said(*few))
    assert ["new", "gone"] == [
        change for _, change, _, _ in changes(said(*many), said("the berth has no owner"))
    ]


def test_what_the_reader_left_out_covers_nothing() -> None:
    """A `…` that stands for a number covers no word: the one may be new, the other gone."""
    before, now = said("the rate limit is …", times=9), said("the rate limit is exceeded", times=9)

    assert {"new", "gone"} == {change for _, change, _, _ in changes(before, now)}


@settings(max_examples=30, deadline=None)
@given(many_messages(20, 60))
def test_a_scan_is_the_same_as_itself(items: list[Sighting]) -> None:
    """Compared with itself, nothing of a scan is new, gone, grown or shrunk."""

    assert {"same"} == {change for _, change, _, _ in changes(items, items)}
