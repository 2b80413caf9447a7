"""Errors in more groups than are kept apart: counted by what their messages share, in any order."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sightings import many_messages, parts, seen, sighting, sightings, tally_of

from errdecode.scan import frames as frames_module
from errdecode.scan import tally as tally_module
from errdecode.scan.frames import TOO_MANY
from errdecode.scan.model import Sighting
from errdecode.scan.tally import Tally, finish, merge

SYLLABLES = ("bo", "da", "fi", "ge", "lu", "mo", "na", "pi", "re", "sa")


def name(number: int) -> str:
    """A name of its own for each number below 10,000."""
    return "".join(SYLLABLES[number // 10**place % 10] for place in range(4))


def messages(*texts: str) -> list[Sighting]:
    """An error without a code or a format for each text."""
    return [
        sighting(n, code=None, format=None, message=text, title=None)
        for n, text in enumerate(texts)
    ]


def counts(tally: Tally) -> dict[str | None, int]:
    """How many errors each message of the groups has."""
    return {group.message: group.count for group in finish(tally)}


@pytest.fixture(params=[(4, 0, 6), (4, 2, 30), (10, 1, 500)], ids=str)
def small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a few dozen errors reach: groups, those that wait above it, and frames' room."""
    limits = zip(
        ((tally_module, "GROUPS"), (tally_module, "SPARE"), (frames_module, "ROOM")),
        request.param,
        strict=True,
    )
    for (module, word), limit in limits:
        monkeypatch.setattr(module, word, limit)


# ---------------------------------------------------------------- laws


@pytest.mark.usefixtures("small")
def test_any_parts_in_any_order_make_the_whole() -> None:
    """What is put together is the same whatever the order and the parts; nothing is lost."""

    @settings(max_examples=40, deadline=None)
    @given(
        many_messages(8, 60)
        | st.lists(sightings(), min_size=8, unique_by=lambda one: one.place[:2]),
        st.lists(st.integers(0, 60), max_size=4),
        st.randoms(),
    )
    def holds(items: list[Sighting], cuts: list[int], random: object) -> None:
        tallies = [pickle.loads(pickle.dumps(tally_of(*part))) for part in parts(items, cuts)]
        random.shuffle(tallies)  # type: ignore[attr-defined]  # hypothesis gives a Random
        mixed = list(items)
        random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a Random
        whole, merged = tally_of(*items), merge(tallies)

        assert seen(whole) == seen(merged) == seen(tally_of(*mixed))
        assert [(f.key, f.count, f.exemplars) for f in whole.faults()] == [
            (f.key, f.count, f.exemplars) for f in merged.faults()
        ]
        assert len(items) == sum(group.count for group in finish(whole))
        assert len(whole.groups) <= tally_module.GROUPS

    holds()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 25)] * 3), min_size=1, max_size=80), st.integers(0, 80))
@example([(n, 0, 0) for n in range(11)], 10)
@example([(n, 0, 0) for n in range(12)], 10)
def test_batches_make_no_difference(numbers: list[tuple[int, int, int]], cut: int) -> None:
    """Words that become too many are put together at once or later, with the same result."""
    items = messages(*(f"{name(a)} of {name(b)} is {name(c)} and so on" for a, b, c in numbers))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tally_module, "GROUPS", 1)
        one, two = tally_of(*items[:cut]), tally_of(*items[cut:])

        assert seen(tally_of(*items)) == seen(one.merge(two))


# ---------------------------------------------------------------- what is told


def test_names_without_number_are_counted_exactly() -> None:
    """Five thousand names in each of four messages are four groups, and none is left out."""
    faults = ["the {} has no handle", "the {} has no owner", "{} cannot reach {}", "lost: {}"]
    items = messages(*(faults[n % 4].format(name(n // 4), name(n)) for n in range(20_000)))

    assert {
        "the … has no handle": 5000,
        "the … has no owner": 5000,
        "… cannot reach …": 5000,
        "lost: …": 5000,
    } == counts(tally_of(*items))


def test_what_bears_a_code_is_kept_first() -> None:
    """Two thousand messages do not drive out a group with a code."""
    items = messages(*(f"message {n}" for n in range(2000)))
    groups = finish(tally_of(*items, sighting(5000)))

    assert [("message …", 2000), (None, 1)] == [(g.message, g.count) for g in groups]
    assert "declined" == groups[1].code


def test_what_shares_nothing_is_one_group() -> None:
    """Messages of which too little is left are counted for their format, with some of them."""
    items = messages(*(f"{name(n)} {name(n * 7 % 9999)} {name(n * 3)}" for n in range(3000)))
    groups = finish(tally_of(*items))

    assert (TOO_MANY, 2000) == (groups[0].message, groups[0].count)
    assert dict(groups[0].varied)["message"].endswith(" · and more")
    assert 3000 == sum(group.count for group in groups)


def test_codes_without_number_are_one_group() -> None:
    """What bears a code is told apart by it alone, or not at all."""
    groups = finish(tally_of(*(sighting(n, code=name(n)) for n in range(2000))))

    lump = next(group for group in groups if group.code is None)

    assert (TOO_MANY, 1000) == (lump.message, lump.count)
    assert dict(lump.varied)["code"].endswith(" · and more")
    assert lump.title is None


def test_a_tally_stays_small() -> None:
    """Whatever messages are made of, a tally holds few thousand groups."""
    words = [name(n) for n in range(12)] + ["a", "is", "of", "to"]
    items = messages(
        *(" ".join(words[n // 16**at % 16] for at in range(1 + n % 5)) for n in range(30_000))
    )
    tally = tally_of(*items)

    assert 30_000 == sum(fault.count for fault in tally.faults())
    assert len(tally.faults()) <= tally_module.GROUPS + frames_module.ROOM


def test_no_secret_is_in_what_is_put_together() -> None:
    """Messages are masked before they are compared and kept."""
    items = messages(*(f"sk_live_abcdefghijkl{n} of {name(n)} is not known" for n in range(1500)))

    assert b"sk_live_abc" not in pickle.dumps(tally_of(*items))
