"""Many problems come down to few root causes; none is lost, and the counts add up."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import steps_of
from hypothesis import given
from hypothesis import strategies as st

from errdecode.batch.counting import Counter
from errdecode.batch.grouping import group
from errdecode.batch.sameness import join_pointers, shape_of, template_of
from errdecode.extract import MOST_PROBLEMS
from errdecode.meaning import give_roles
from errdecode.model import Diagnostic, Group, Problem, Report
from errdecode.pipeline import decode
from errdecode.render.causes import Cause, follow_line


def group_all(diagnostics: list[Diagnostic], payload: Any = None) -> tuple[Group, ...]:
    """The groups of some problems, whose roles are tied first."""
    return group(give_roles(diagnostics), Counter(None, payload, None))


names = st.sampled_from(["items", "price", "0", "1", "2", "17", "a~1b", "*", ""])
pointers = st.lists(names, max_size=4).map(lambda tokens: "".join(f"/{t}" for t in tokens))
problems = st.fixed_dictionaries(
    {
        "code": st.sampled_from([None, "A", "B"]),
        "detail": st.sampled_from([None, "Item 1 is bad", "Item 2 is bad", "Other"]),
        "status": st.sampled_from([None, 400, 424]),
        "pointer": st.none() | pointers,
        "response_pointer": st.none() | pointers,
        "origin": pointers,
        "line": st.sampled_from([None, "1", "2", "N/A"]),
        "role": st.sampled_from(["cause", "cause", "consequence", "harmless"]),
    }
).map(lambda members: Problem(**members))
diagnostics = st.lists(problems.map(Diagnostic), max_size=12)


def matches(pattern: str | None, pointer: str | None) -> bool:
    """Whether a pointer is one of those that a pattern stands for."""
    if pattern is None or pointer is None:
        return pattern is pointer
    pairs = zip(pattern.split("/"), pointer.split("/"), strict=True)
    return all(one in ("*", token) for one, token in pairs)


# ---------------------------------------------------------------- laws


@given(diagnostics)
def test_no_problem_is_lost_or_invented(given_: list[Diagnostic]) -> None:
    """The groups part the problems: each is in exactly one."""
    grouped = [index for one in group_all(given_) for index in one.problems]

    assert sorted(grouped) == list(range(len(given_)))


@given(diagnostics)
def test_a_pattern_matches_every_member(given_: list[Diagnostic]) -> None:
    """The pointers and the origin of a group stand for those of all its members."""
    for one in group_all(given_):
        for member in (given_[index].problem for index in one.problems):
            assert matches(one.pointer, member.pointer)
            assert matches(one.response_pointer, member.response_pointer)
            assert matches(one.origin, member.origin)


@given(diagnostics)
def test_a_group_has_one_code_and_one_role(given_: list[Diagnostic]) -> None:
    """Only problems with the same code are joined, and a consequence never with a cause."""
    tied = [diagnostic.problem for diagnostic in give_roles(given_)]
    for one in group_all(given_):
        assert 1 == len({(tied[index].code, tied[index].role) for index in one.problems})


@given(diagnostics)
def test_consequences_stand_under_their_cause(given_: list[Diagnostic]) -> None:
    """A group lists just the problems that follow from its members; their group names it."""
    tied = [diagnostic.problem for diagnostic in give_roles(given_)]
    groups = group_all(given_)
    for number, one in enumerate(groups):
        follows = [i for i, problem in enumerate(tied) if problem.caused_by in one.problems]
        below = sorted(i for g in groups if g.caused_by == number for i in g.problems)

        assert follows == list(one.consequences) == below


@given(diagnostics)
def test_at_most_one_is_to_be_fixed_first(given_: list[Diagnostic]) -> None:
    """Only the first group can be the one to fix first, and harmless ones never come before."""
    groups = group_all(given_)
    tied = [diagnostic.problem.role for diagnostic in give_roles(given_)]
    roles = [tied[one.problems[0]] for one in groups if one.caused_by is None]

    assert not any(one.fix_first for one in groups[1:])
    assert sorted(roles, key=lambda role: role == "harmless") == roles


@given(st.lists(st.integers(0, 30), min_size=2, max_size=20, unique=True), st.integers(31, 40))
def test_items_are_counted(faulty: list[int], size: int) -> None:
    """As many items have the problem as there are indices, of as many as the array has."""
    given_ = [Diagnostic(Problem(code="A", pointer=f"/lots/{n}/x")) for n in faulty]
    (one,) = group_all(given_, {"lots": [{}] * size})

    assert ("/lots/*/x", len(faulty), size) == (one.pointer, one.items, one.total)


def test_items_within_items_are_counted() -> None:
    """With several wildcards all the items of the innermost lists count."""
    payload = {"orders": [{"lines": [1, 2]}, {"lines": [1, 2, 3]}]}
    places = ["/orders/0/lines/1/sku", "/orders/1/lines/0/sku"]
    given_ = [Diagnostic(Problem(code="A", pointer=place)) for place in places]
    (one,) = group_all(given_, payload)

    assert ("/orders/*/lines/*/sku", 2, 5) == (one.pointer, one.items, one.total)


def test_the_wrong_payload_is_not_counted() -> None:
    """An array with fewer items than are at fault is not the one that was sent."""
    given_ = [Diagnostic(Problem(code="A", pointer=f"/lots/{n}")) for n in range(4)]
    (one,) = group_all(given_, {"lots": [1, 2]})

    assert (None, None) == (one.items, one.total)


# ---------------------------------------------------------------- what is of one kind


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Item 3 is bad", "Item 14 is bad", True),
        ("'EURO' is no currency", "'Mark' is no currency", True),
        ('Field "a b" is empty', 'Field "c" is empty', True),
        ("items[3].price is missing", "items[7].price is missing", True),
        ("ann@example.com is inactive", "bob@example.org is inactive", True),
        ("The name is empty", "The name is too long", False),
        ("It doesn't fit, isn't it", "It doesn't match, isn't it", False),
        (None, "It does not fit", False),
        (None, None, True),
    ],
)
def test_messages_are_compared_by_template(one: str | None, other: str | None, same: bool) -> None:
    """Quotations, numbers, addresses and paths belong to an item; all other words to the cause."""
    assert same == (template_of(one) == template_of(other))


@given(st.text(max_size=400))
def test_any_message_has_a_template(message: str) -> None:
    """A template is no longer than what it was made of, and a template of itself."""
    template = template_of(message)

    assert template is not None
    assert template == template_of(template)


def test_values_are_no_part_of_a_template() -> None:
    """A value that the message repeats without quotation marks is left out."""
    assert template_of("EURO is unknown", ["EURO"]) == template_of("Mark is unknown", ["Mark"])


@given(st.lists(pointers, min_size=1, max_size=5))
def test_joined_pointers_keep_what_they_share(found: list[str]) -> None:
    """Pointers of one shape become one, which differs from each in wildcards only."""
    alike = [pointer for pointer in found if shape_of(pointer) == shape_of(found[0])]
    joined = join_pointers(alike)

    assert all(matches(joined, pointer) for pointer in alike)
    assert joined == alike[0] or len(set(alike)) > 1


# ---------------------------------------------------------------- roles


def test_a_failed_dependency_is_a_consequence() -> None:
    """A status 424 follows from another problem, but not when there is none."""
    failed, other = Diagnostic(Problem(status=424)), Diagnostic(Problem(status=400))

    assert [None, None] == [d.problem.caused_by for d in give_roles([failed, failed])]
    assert [1, None] == [d.problem.caused_by for d in give_roles([failed, other])]


def test_the_nearest_cause_is_the_one() -> None:
    """A consequence follows from the cause in the innermost part of the response they share."""
    origins = ["/r/0/p/0", "/r/1/p/0", "/r/1/p/1", "/r/2/p/0"]
    roles = ["cause", "cause", "consequence", "consequence"]
    pairs = zip(origins, roles, strict=True)
    given_ = [Diagnostic(Problem(origin=origin, role=role)) for origin, role in pairs]

    assert [None, None, 1, 0] == [d.problem.caused_by for d in give_roles(given_)]


def test_what_sums_up_several_causes_is_put_down_to_none() -> None:
    """Of causes of equal weight none comes first because the summary around them was tied to it."""
    summary = Problem(origin="/details", role="consequence")
    causes = [Problem(code=code, origin=f"/details/causes/{code}") for code in ("A", "B")]
    first, _, second = group_all([Diagnostic(one) for one in (*causes, summary)])
    alone, _ = group_all([Diagnostic(one) for one in (causes[0], summary)])

    assert [(2,), ()] == [one.consequences for one in (first, second)]
    assert [False, False] == [one.fix_first for one in (first, second)]
    assert [True, False] == [one.shared for one in (first, alone)]
    assert "1 more follows from this one and from others (consequence)" == follow_line(
        Cause(first, (Diagnostic(causes[0]),), (Diagnostic(summary),))
    )


def test_what_stands_around_others_comes_first() -> None:
    """A problem that others were read from within keeps its place, and is none to fix first."""
    inner = [Diagnostic(Problem(code="B", origin=f"/error/details/{n}")) for n in range(3)]
    outer = Diagnostic(Problem(code="A", origin="/error"))
    groups = group_all([outer, *inner])

    assert [(0,), (1, 2, 3)] == [one.problems for one in groups]
    assert [False, False] == [one.fix_first for one in groups]


# ---------------------------------------------------------------- whole reports


def order(faulty: list[int], size: int) -> Report:
    """A JSON:API answer to an order in which some items are at fault."""
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
    request = json.dumps({"items": [{"currency": "EURO"}] * size})
    (report,) = decode(json.dumps({"errors": errors}), request=request)
    return report


@given(st.sets(st.integers(0, 11), min_size=2, max_size=12))
def test_counts_add_up(faulty: set[int]) -> None:
    """412 of 500: the failed items are those of the groups, and no more than there are."""
    report = order(sorted(faulty), 12)
    batch = report.batch

    assert batch is not None
    assert (12, len(faulty), ("/items/*",)) == (batch.total, batch.failed, batch.items)
    assert [len(faulty)] == [one.items for one in report.groups]


def test_the_cost_is_linear() -> None:
    """Ten times the problems take ten times the work, not a hundred times."""
    small, large = (
        [
            Diagnostic(Problem(code=f"C{n % 7}", detail=f"{n} is bad", pointer=f"/a/{n}/b",
                               origin=f"/errors/{n}"))
            for n in range(size)
        ]
        for size in (100, MOST_PROBLEMS)
    )  # fmt: skip
    cost = steps_of(group_all, small), steps_of(group_all, large)

    assert cost[1] < 12 * cost[0]
