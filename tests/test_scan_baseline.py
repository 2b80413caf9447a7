"""Baselines: what is new, gone and grown since an earlier scan, and what a file of it may hold."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sightings import NOON, logs, scan_of, sighting, tally_of

from errdecode.errors import InputError
from errdecode.scan.baseline import compare, read, to_json
from errdecode.scan.model import Scan, Sighting, Unreadable
from errdecode.scan.tally import Tally, finish

Items = list[Sighting | Unreadable]


def changes(before: Items, now: Items) -> dict[str | None, str | None]:
    """What a comparison says of each code."""
    compared = compare(scan_of(*now), read(to_json(scan_of(*before)), "base.json"))
    return {group.code: group.change for group in compared.groups}


def many(count: int, code: str, hours: float | None = None, start: int = 0) -> Items:
    """So many errors, evenly over some hours."""
    return [
        sighting(
            start + n,
            code=code,
            time=None if hours is None else NOON + 3600 * hours * n / (count - 1),
        )
        for n in range(count)
    ]


def test_new_and_gone() -> None:
    """What was not there is new; what is no longer there is gone and stands last."""
    compared = compare(
        scan_of(*many(3, "old"), *many(2, "fresh", start=50)),
        read(to_json(scan_of(*many(3, "old"), *many(4, "lost", start=50))), "base.json"),
    )

    assert [("old", "same", 3), ("fresh", "new", None), ("lost", "gone", 4)] == [
        (group.code, group.change, group.before) for group in compared.groups
    ]
    assert [3, 2, 0] == [group.count for group in compared.groups]
    assert [1, 2, 3] == [group.number for group in compared.groups]


def test_gone_groups_are_named_as_present_ones() -> None:
    """A group that is gone bears its format's name, not its id."""
    baseline = read(to_json(scan_of(sighting(code="lost"))), "base.json")
    compared = compare(scan_of(sighting(code="fresh")), baseline, str.title)

    assert ["Example Pay", "Example-Pay"] == [group.format_name for group in compared.groups]
    assert [None] == [group.format_name for group in compare(scan_of(), baseline).groups]


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (10, 20, "grown"),
        (10, 19, "same"),
        (2, 11, "same"),
        (2, 12, "grown"),
        (20, 10, "shrunk"),
        (11, 2, "same"),
        (20, 11, "same"),
        (100, 100, "same"),
    ],
)
def test_grown_and_shrunk(before: int, now: int, change: str) -> None:
    """Grown: twice as many and ten more; shrunk: half as many and ten fewer."""

    assert {"a": change} == changes(many(before, "a"), many(now, "a"))


@pytest.mark.parametrize(
    ("hours", "change"), [(1, "grown"), (4, "same"), (24, "shrunk"), (None, "grown")]
)
def test_what_is_expected_is_a_rate(hours: float | None, change: str) -> None:
    """Four times as many in four times the time are the same; without times, the count counts."""

    assert {"a": change} == changes(many(100, "a", 1), many(400, "a", hours))


@settings(max_examples=40)
@given(logs(20))
def test_a_scan_is_the_same_as_itself(items: Items) -> None:
    """Compared with itself, nothing of a scan is new, gone, grown or shrunk."""
    scan = scan_of(*items)
    compared = compare(scan, read(to_json(scan), "base.json"))

    assert {"same"} >= {group.change for group in compared.groups}
    assert len(scan.groups) == len(compared.groups)


@settings(max_examples=40)
@given(logs(20), st.booleans())
def test_no_secret_is_saved(items: Items, show_secrets: bool) -> None:
    """A baseline is masked, and ASCII, even of a scan that shows its secrets."""
    tally = Tally(show_secrets=show_secrets)
    for item in items:
        tally.add(item)
    text = to_json(scan_of()._replace(groups=finish(tally)))

    assert "sk_live_abc" not in text
    assert text.isascii()


def test_masks_of_two_users_are_one() -> None:
    """The tag of a masked secret, which is made with a key of the user, tells no groups apart."""
    codes = ["token ‹0f0f0f›••••••••••••", "token ‹123456›••••••••••••"]

    assert {codes[1]: "same"} == changes(many(9, codes[0]), many(9, codes[1]))


def test_a_baseline_holds_no_body() -> None:
    """What is saved are the keys, titles and counts of groups, and how far the errors reach."""
    value = json.loads(to_json(scan_of(*many(3, "a", 2), sighting(900, url="https://x.test/"))))

    assert {"kind", "version", "errors", "seconds", "groups"} == set(value)
    assert {"format", "code", "pointer", "message", "title", "count"} == set(value["groups"][0])
    assert (4, 7200.0) == (value["errors"], value["seconds"])


GOOD = json.loads(to_json(Scan((), (), 0, (), 0, 0, 0, 0, 0.0, "stdlib", 1)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a baseline"),
        ('{"version": 1}', "not a baseline"),
        (json.dumps({**GOOD, "version": 2}), "version 2"),
        (json.dumps({**GOOD, "version": None}), "version None"),
        (json.dumps({**GOOD, "groups": None}), "broken"),
        (json.dumps({**GOOD, "groups": [1]}), "broken"),
        (json.dumps({**GOOD, "groups": [{"count": -1}]}), "broken"),
        (json.dumps({**GOOD, "groups": [{"count": True}]}), "broken"),
        (json.dumps({**GOOD, "groups": [{"count": 1, "code": 5}]}), "broken"),
        (json.dumps({**GOOD, "seconds": "long"}), "broken"),
        (json.dumps({**GOOD, "seconds": float("nan")}), "broken"),
    ],
)
def test_what_is_no_baseline_is_told(text: str, said: str) -> None:
    """A foreign or broken file is refused with its name, the reason and what to do."""
    with pytest.raises(InputError, match=said) as raised:
        read(text, "base.json")

    assert "base.json" in raised.value.message
    assert "--save" in (raised.value.hint or "")


def test_a_baseline_may_have_more_members() -> None:
    """What later versions add is passed over; what may be left out is."""
    text = json.dumps({**GOOD, "more": 1, "groups": [{"code": "a", "count": 3, "more": {}}]})
    known = read(text, "base.json").groups

    assert [("a", None, 3)] == [(one.key.code, one.key.format, one.count) for one in known]


def test_a_tally_can_be_compared_group_by_group() -> None:
    """Groups of one masked key are counted together."""
    codes = ["password=abcdefgh", "password=ijklmnop"]
    both = [one for code in codes for one in many(10, code, start=100 * codes.index(code))]
    compared = compare(scan_of(*both), read(to_json(scan_of(*both)), "base.json"))

    assert ["same", "same"] == [group.change for group in compared.groups]
    assert 2 == len(finish(tally_of(*both)))
