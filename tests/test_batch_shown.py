"""Four hundred problems with one cause take one explanation; every output says how many, where."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from errdecode.extract import MOST_PROBLEMS
from errdecode.model import Report
from errdecode.pipeline import decode
from errdecode.redact import redact
from errdecode.render import View, render
from errdecode.render.causes import MOST_PLACES, all_causes, causes_of
from errdecode.render.json import read_schema

VALIDATOR = Draft202012Validator(json.loads(read_schema()))


def order(faulty: list[int], size: int, others: int = 0, skipped: int = 0) -> Report:
    """An order refused for the currency of some items, for other reasons, and what follows."""
    errors = [
        {
            "status": "422",
            "code": "currency",
            "title": "Invalid currency",
            "detail": f"Item {n} has none",
            "source": {"pointer": f"/items/{n}/currency"},
        }
        for n in faulty
    ]
    codes = ("red", "green", "blue", "grey")
    errors += [
        {"status": "409", "code": f"colour_{code}", "title": "Wrong", "detail": f"No {code} ones"}
        for code in codes[:others]
    ]
    errors += [{"status": "424", "code": "skipped", "title": "Skipped"}] * skipped
    request = json.dumps({"items": [{"currency": "EURO"}] * size}, indent=1)
    (report,) = decode(json.dumps({"errors": errors}), request=request)
    return redact(report)


def test_four_hundred_and_twelve_of_five_hundred() -> None:
    """One line says how many and where, one frame shows the first few, the rest is folded."""
    text = render(order(list(range(412)), 500), "terminal", View())

    assert "412 of 500: /items/*/currency" in text
    assert "and 409 more places: -v tells all of them" in text
    assert MOST_PLACES == len(re.findall(r"\^ Item \d+ has none", text))
    assert 1 == text.count("  why  ")
    assert len(text.splitlines()) < 50


def test_a_count_of_what_was_read_is_no_count_of_all() -> None:
    """Where the reading stops at its limit, the count is the least there can be."""
    cut = order(list(range(MOST_PROBLEMS + 5)), 2 * MOST_PROBLEMS)
    whole = order(list(range(MOST_PROBLEMS)), MOST_PROBLEMS)
    document = json.loads(render(cut, "json", View()))

    assert f"at least {MOST_PROBLEMS} of {2 * MOST_PROBLEMS}: " in render(cut, "terminal", View())
    assert "at least" not in render(whole, "terminal", View())
    assert [True, True] == [document["batch"]["at_least"], document["groups"][0]["at_least"]]
    assert [] == list(VALIDATOR.iter_errors(document))


def test_faults_of_several_kinds_are_counted_likewise() -> None:
    """The count over all causes says so as well."""
    cut = order(list(range(MOST_PROBLEMS - 1)), 2 * MOST_PROBLEMS, others=3)

    assert "at least" in render(cut, "terminal", View())


def test_more_is_told_of_all() -> None:
    """With -v all places are shown, and still the explanation once."""
    text = render(order(list(range(40)), 50), "terminal", View(verbose=1))

    assert 40 == len(set(re.findall(r"\^ Item (\d+) has none", text)))
    assert 1 == text.count("  why  ")


@pytest.mark.parametrize("output", ["terminal", "short", "markdown", "html"])
def test_every_output_counts(output: str) -> None:
    """The count and the pattern stand in each output for people."""
    text = render(order([0, 3, 4, 9], 12), output, View())

    assert "4 of 12: /items/*/currency" in text.replace("\\", "")


@settings(max_examples=25)
@given(
    st.sets(st.integers(0, 9)).map(sorted), st.integers(0, 4), st.integers(0, 3), st.integers(0, 1)
)
def test_json_bears_all(faulty: list[int], others: int, skipped: int, verbose: int) -> None:
    """Every problem stands in the JSON, whatever is folded elsewhere, and names its group."""
    if not faulty and not others and not skipped:
        faulty = [1]
    report = order(faulty, 10, others, skipped)
    shown = json.loads(render(report, "json", View(verbose=verbose)))
    VALIDATOR.validate(shown)
    groups = shown["groups"]

    assert len(faulty) + others + skipped == len(shown["problems"])
    for index, problem in enumerate(shown["problems"]):
        assert index in groups[problem["group"]]["problems"]


@settings(max_examples=15)
@given(st.sets(st.integers(0, 9), min_size=1).map(sorted), st.integers(0, 4), st.integers(0, 3))
def test_short_has_a_line_for_each_cause(faulty: list[int], others: int, skipped: int) -> None:
    """A line for each group, consequences too; with -v a line for each problem."""
    report = order(faulty, 10, others, skipped)
    lines = render(report, "short", View()).splitlines()
    more = render(report, "short", View(verbose=1)).splitlines()

    assert len(all_causes(report)) == len(lines)
    assert len(report.diagnostics) == len(more)


def test_what_comes_first_is_said() -> None:
    """Of several causes the one with most behind it leads, and the answer says why."""
    report = order([1, 2, 3], 5, others=1, skipped=2)
    text = render(report, "terminal", View())

    assert text.startswith("error[currency]")
    assert "fix this first: 3 of the 6 problems are this one, and 2 others follow from it" in text
    assert "2 more follow from these (skipped)" in text
    assert "error[colour_red]" in text
    assert "consequence[skipped]" not in text


def test_nothing_comes_first_where_all_weigh_the_same() -> None:
    """Two causes with one problem each stand in the order of the response, without advice."""
    report = order([1], 5, others=1)

    assert ["currency", "colour_red"] == [c.first.problem.code for c in causes_of(report)]
    assert "fix this first" not in render(report, "terminal", View())


def test_consequences_alone_are_shown() -> None:
    """What follows from something that is not in the answer is all there is to show."""
    text = render(order([], 5, skipped=2), "terminal", View())

    assert text.startswith("error[skipped]")


def test_a_report_without_groups_is_shown() -> None:
    """A report whose problems were taken apart shows each of them by itself."""
    report = order([1, 2], 5)
    bare = report._replace(diagnostics=report.diagnostics[:1])

    assert 1 == len(causes_of(bare))
    assert "/items/1/currency" in render(bare, "terminal", View())
