"""The laws of frames with several labels: which problems share one, and how labels are stacked."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_frame import columns

from errdecode.body import read_body
from errdecode.locate import Sent, locate
from errdecode.model import Diagnostic, Explanation, Location, Problem, Text
from errdecode.render.frame import Frame, Look, Plan, label_of
from errdecode.render.frame.carets import Caret, draw_carets
from errdecode.sanitise import sanitise

FEW = settings(max_examples=120, deadline=None)


def frames_of(content: str, said: dict[str, str], width: int | None = None) -> list[Frame | None]:
    """The frame of each of several problems: pointers with what the server says of them."""
    body, diagnostics = read_body(Text(content)), []
    for pointer, title in said.items():
        problem = Problem(pointer=pointer, pointer_as_sent=pointer, title=title)
        diagnostics.append(Diagnostic(problem, locate(problem, Sent(body))))
    plan = Plan(diagnostics, Look(width))
    return [plan.frame(one, one.locations[0]) for one in diagnostics]


def drawn(frame: Frame | None) -> list[str]:
    """The rows as they stand under one another."""
    assert frame is not None
    return [f"{row.edge:>{frame.gutter}} {row.text}" for row in frame.rows]


def test_labels_on_one_line_are_stacked() -> None:
    """The last label stands beside its carets, the others below, the last of them first."""
    frame, *others = frames_of(
        '{"a": 1, "b": 22, "c": 3}', {"/a": "one", "/b": "two", "/c": "three"}
    )

    assert [None, None] == others
    assert [
        '1 {"a": 1, "b": 22, "c": 3}',
        "        ^       ^^       ^ three",
        "        │       │",
        "        │       two",
        "        one",
    ] == drawn(frame)


@pytest.mark.parametrize(
    ("title", "detail", "label"),
    [
        ("Bad Request", "The tide table is not of this year", "The tide table is not of this year"),
        (
            "One or more faults were found",
            "The tide at the quay is too low for a ship of that draught, wait for the next one.",
            "The tide at the quay is too low for a ship of that draught, wait for…",
        ),
        (
            None,
            "The tide is too low for a ship like this. Wait for the next one, or take another quay",
            "The tide is too low for a ship like this.",
        ),
        (
            None,
            "Bad payload received. The tide is too low for a ship like this, and for all others",
            "Bad payload received. The tide is too low for a ship like this, and for…",
        ),
        (None, "too low for this ship\nat the quay:\n" + 9 * "the tide ", "too low for this ship"),
        (None, 99 * "x", 71 * "x" + "…"),
        ("Unknown", 12 * "no ship ", "Unknown"),
        ("The tide is too low", None, "The tide is too low"),
    ],
)
def test_a_label_says_what_the_server_says_of_the_place(
    title: str | None, detail: str | None, label: str
) -> None:
    """A long sentence is cut, where it can be at the end of one; no general title stands for it."""
    body = read_body(Text('{"a": 1}'))
    problem = Problem(pointer="/a", pointer_as_sent="/a", title=title, detail=detail)
    (location,) = locate(problem, Sent(body))
    known = Explanation("The value is wrong", "")

    assert label == label_of(Diagnostic(problem, (location,), known), location)


def test_labels_on_lines_nearby() -> None:
    """Each line has its carets; a single line between is shown, more of them are left out."""
    content = json.dumps({name: ord(name) for name in "abcdefgh"}, indent=1)
    frame, other, far = frames_of(content, {"/a": "one", "/c": "three", "/h": "last"})

    assert (None, None) == (other, far)
    assert [
        " 1 {",
        ' 2  "a": 97,',
        "         ^^ one",
        ' 3  "b": 98,',
        ' 4  "c": 99,',
        "         ^^ three",
        ' 5  "d": 100,',
        " ⋮ ",
        ' 8  "g": 103,',
        ' 9  "h": 104',
        "         ^^^ last",
        "10 }",
    ] == drawn(frame)


def test_far_places_have_frames_of_their_own() -> None:
    """Places that are many lines apart do not share a frame."""
    content = json.dumps(list(range(50)), indent=1)
    frames = frames_of(content, {"/1": "one", "/40": "forty", "/2": "two"})

    assert [True, True, False] == [frame is not None for frame in frames]
    assert any("two" in row for row in drawn(frames[0]))


def test_the_first_problem_holds_the_frame() -> None:
    """Wherever it points: the frame stands where the reader meets the first of its problems."""
    first, second = frames_of('{\n"a": 1,\n"b": 2\n}', {"/b": "two", "/a": "one"})

    assert second is None
    assert ["one", "two"] == [
        row.text.split()[-1] for row in (first or Frame("", ())).rows if row.mark
    ]


def test_one_place_with_two_labels() -> None:
    """Two problems of one value share its carets."""
    body = read_body(Text('{"a": 1}'))
    problems = [Problem(pointer="/a", pointer_as_sent="/a", title=t) for t in ("one", "two")]
    shown = [Diagnostic(problem, locate(problem, Sent(body))) for problem in problems]

    assert (
        "      ^ one; two"
        == drawn(Plan(shown, Look()).frame(shown[0], shown[0].locations[0]))[1][2:]
    )


def test_a_value_over_several_lines_says_how_far_it_goes() -> None:
    """Its first line is marked, and its last one named."""
    (frame,) = frames_of('{"a": [\n1,\n2\n]}', {"/a": "too short"})

    assert "       ^ … to line 4: too short" == drawn(frame)[1][1:]


def test_many_problems_do_not_fill_one_frame() -> None:
    """A frame has six places at most; the others are in the next one."""
    content = json.dumps(dict.fromkeys("abcdefghij", 1), indent=1)
    frames = frames_of(content, {f"/{name}": "x" for name in "abcdefghij"})

    assert [0, 6] == [at for at, frame in enumerate(frames) if frame]


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(1, 20), st.text("ab 字", max_size=30)),
        min_size=1,
        max_size=6,
    )
)
@FEW
def test_every_caret_and_label_is_drawn(places: list[tuple[int, int, str]]) -> None:
    """All columns in question are marked and no others; every label's words stand somewhere."""
    carets = [Caret(*place) for place in places]
    rows = draw_carets(carets, 90, "│")
    marked = {at for row in rows for at, char in enumerate(row.text) if char == "^"}

    assert {at for c in carets for at in range(c.column, c.column + c.length)} == marked
    assert {word for c in carets for word in c.label.split()} <= {
        word for row in rows for word in row.text.replace(";", "").split()
    }
    assert max(columns(row.text) for row in rows) <= 90


@given(
    st.text(alphabet='ab"字\t\u0301\u200d😀\x1b\n\r{}[]:,1 ', max_size=120),
    st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), min_size=1, max_size=5),
    st.sampled_from([None, 40, 60]),
)
@example("12345678\u200d\u200d字字", [(0, 0), (12, 12)], 40)  # full, and marked behind
@FEW
def test_any_ranges_of_any_text_share_frames(
    content: str, places: list[tuple[int, int]], width: int | None
) -> None:
    """Whatever is marked: rows fit, are safe to show, and each problem is in one frame."""
    text = Text(content)
    shown = []
    for at, place in enumerate(places):
        start, end = sorted(min(one, len(content)) for one in place)
        location = Location("request.body", "/x", True, text=text, start=start, end=end)
        shown.append(Diagnostic(Problem(title=f"say{at}"), (location,)))
    plan = Plan(shown, Look(width))
    frames = [plan.frame(one, one.locations[0]) for one in shown]
    rows = [row for frame in frames if frame for row in frame.rows]

    assert all(
        any(f"say{at}" in row.text for row in rows)
        for at in range(len(shown) if content.strip() else 0)
    )
    for row in rows:
        assert sanitise(row.text) == row.text
        assert columns(row.text.replace("\u200d", "")) <= (width or 100) - 16
    for frame in filter(None, frames):
        numbers = [row.number for row in frame.rows if row.number]
        assert all(one <= other for one, other in pairwise(numbers))
