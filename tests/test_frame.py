"""The laws of the frame: the source's own lines, and carets that stand under the fault."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.body import read_body
from errdecode.locate import Sent, locate
from errdecode.model import Diagnostic, Location, Problem, Text
from errdecode.render.frame import Frame, Look, Plan
from errdecode.render.frame.cells import width_of
from errdecode.sanitise import sanitise

FEW = settings(max_examples=150, deadline=None)


def frame_of(content: str, pointer: str, width: int | None = None, label: str = "here") -> Frame:
    """The frame of a pointer into a request."""
    problem = Problem(pointer=pointer, pointer_as_sent=pointer, title=label)
    (location,) = locate(problem, Sent(read_body(Text(content))))
    frame = build_frame(location, label, width)
    assert frame is not None
    return frame


def build_frame(
    location: Location, label: str, width: int | None = None, charset: str | None = None
) -> Frame | None:
    """The frame of a location alone; with a charset, as it is drawn without marks of ours."""
    diagnostic = Diagnostic(Problem(title=label), (location,))
    look = Look(width, ascii=charset is not None, charset=charset)
    return Plan((diagnostic,), look).frame(diagnostic, location)


def mark(start: int, end: int, content: str, width: int | None = None) -> Frame:
    """The frame of a range of a text."""
    location = Location("request.body", "", True, text=Text(content), start=start, end=end)
    frame = build_frame(location, "here", width)
    assert frame is not None
    return frame


def columns(text: str) -> int:
    """How wide a terminal shows a text without joined emoji."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.category(c) in ("Mn", "Me") for c in text)


def marked(frame: Frame) -> str:
    """What stands above the carets."""
    at = next(n for n, row in enumerate(frame.rows) if row.mark)
    line, carets = frame.rows[at - 1].text, frame.rows[at].text
    begin = len(carets) - len(carets.lstrip(" "))
    end = begin + carets.count("^")
    return "".join(c for n, c in enumerate(line) if begin <= columns(line[:n]) < end)


BODY = '{\n  "a": 1,\n  "b": [\n    false\n  ],\n  "c": 2\n}\n'


def test_lines_around_the_fault() -> None:
    """The line in question, the one before and the one after, with their numbers."""
    frame = frame_of(BODY, "/b/0", label="no number")

    assert "request body, line 4" == frame.head.replace("\xa0", " ").partition(" · ")[0]
    assert [
        (3, '  "b": [', False),
        (4, "    false", False),
        (None, "    ^^^^^ no number", True),
        (5, "  ],", False),
    ] == [row[:3] for row in frame.rows]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending(ending: str) -> None:
    """Lines are shown without their ends, whatever these are."""
    frame = frame_of(BODY.replace("\n", ending), "/b/0")

    assert [3, 4, None, 5] == [row.number for row in frame.rows]
    assert ["[", "e", "e", ","] == [row.text[-1] for row in frame.rows]


def test_first_and_last_line() -> None:
    """At the edges of a document there is nothing more to show."""
    assert [1, None, 2] == [row.number for row in mark(0, 1, "ab\ncd").rows]
    assert [1, 2, None] == [row.number for row in mark(4, 5, "ab\ncd").rows]
    assert [1, None] == [row.number for row in mark(0, 2, "ab").rows]


def test_a_value_over_several_lines() -> None:
    """Of a value over several lines the first one is marked to its end."""
    assert "[" == marked(frame_of(BODY, "/b"))


def test_an_empty_range_has_a_caret() -> None:
    """Something is always marked."""
    assert 1 == mark(1, 1, "ab").rows[1].text.count("^")
    assert 1 == mark(2, 2, "ab").rows[1].text.count("^")


def test_no_text_no_frame() -> None:
    """Without a document there is nothing to draw."""
    location = Location("request.body", "/a", False)

    assert build_frame(location, "x") is None
    assert build_frame(location._replace(text=Text(" \n")), "x") is None


@pytest.mark.parametrize(
    "before",
    [
        "plain",
        "日本語",
        "e\u0301a\u0300\u0323",
        "한글",
        "ｗｉｄｅ",
        "กำลัง",
        "😀🎉",
        "é\u200b\u202e\x1b[31m",
        "\ud800\ue000\x7f",
    ],
)
def test_carets_stand_under_the_value(before: str) -> None:
    """Wide, combining, invisible and hostile characters before it do not move the caret."""
    line = f'{{"{before}": "BAD", "x": "{before}"}}'
    start = line.index('"BAD"')

    assert '"BAD"' == marked(mark(start, start + 5, line))


@pytest.mark.parametrize("charset", ["ascii", "cp1252", "gbk"])
@pytest.mark.parametrize("before", ["日本語", "e\u0301", "😀", "Zoë ••• „x“", "❤\ufe0f…", "\x85"])
def test_carets_stand_under_what_a_charset_can_write(before: str, charset: str) -> None:
    """What the output's charset lacks is an escape before anything is measured."""
    line = f'{{"{before}": "BAD"}}'
    start = line.index('"BAD"')
    place = Location("request.body", "", True, text=Text(line), start=start, end=start + 5)
    frame = build_frame(place, f"here {before}", charset=charset)
    assert frame is not None

    for row in frame.rows:
        assert row.text == row.text.encode(charset).decode(charset)
    assert '"BAD"' == marked(frame)
    assert "^^^^^ here" in frame.rows[1].text


def test_tabs_are_spaces() -> None:
    """A tab takes four columns, in the line and above the caret alike."""
    frame = mark(3, 4, "\t\ta7")

    assert ("        a7", "         ^ here") == (frame.rows[0].text, frame.rows[1].text)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("👩\u200d💻", 2),
        ("❤\ufe0f", 2),
        ("👍🏽", 2),
        ("🇩🇪", 2),
        ("a\u200db", 8),
        ("é", 1),
        ("字", 2),
        ("\u200b", 6),
        ("\U000e0041", 10),
        ("\ufe0f", 6),
    ],
)
def test_columns_of_characters(text: str, width: int) -> None:
    """Emoji sequences take two columns; what is shown as an escape, that escape's."""
    frame = mark(len(text), len(text) + 1, text + "7")

    assert " " * width + "^ here" == frame.rows[1].text


def test_hostile_characters_are_shown() -> None:
    """What could steer a terminal is an escape in the frame already."""
    frame = mark(0, 3, "\x1b\u202e\x07", None)

    assert r"\x1b\u202e\x07" == frame.rows[0].text
    assert "^" * 14 + " here" == frame.rows[1].text
    assert r"a\x1bb" in frame_of('{"a": 1}', "/a", label="a\x1bb").rows[1].text


@pytest.mark.parametrize("at", [0, 1, 50, 5_000, 99_999])
@pytest.mark.parametrize("width", [None, 40, 80, 10])
def test_long_lines_are_cut_around_the_fault(at: int, width: int | None) -> None:
    """Of a minified body the part around the value is shown, with marks where it was cut."""
    content = "x" * at + "7" + "y" * (100_000 - at)
    frame = mark(at, at + 1, content, width)
    shown = frame.rows[0].text

    assert "7" == marked(frame)
    assert columns(shown) <= max(20, (width or 100) - 8) + 2
    assert (at >= 50, at < 99_999) == (shown.startswith("…"), shown.endswith("…"))


def test_a_long_value_is_marked_as_far_as_it_is_shown() -> None:
    """Carets never run beyond the line."""
    frame = mark(10, 5_000, "a" * 10 + "b" * 5_000 + "c")

    assert set("b") <= set(marked(frame)) <= set("b…")
    assert frame.rows[1].text.count("^") <= 94


@pytest.mark.parametrize("character", ["字", "\U000e0041", "\u0301", "👩\u200d", "\t"])
def test_windows_count_columns(character: str) -> None:
    """A line of wide or hostile characters is cut by what it takes on the screen."""
    content = character * 3_000 + "7" + character * 3_000
    at = content.index("7")
    frame = mark(at, at + 1, content)

    assert "7" in frame.rows[0].text
    assert len(frame.rows[1].text) <= 92 + 2 + len(" here")
    assert len(frame.rows[0].text) <= 92 * 10


@pytest.mark.parametrize("columns_before", range(20, 30))
def test_a_cut_through_an_emoji_still_fits(columns_before: int) -> None:
    """Where a joined emoji is cut, its joiner is shown as an escape and counted as one."""
    content = "👩\u200d💻" * 30 + "x" * columns_before + "7" + "👩\u200d💻" * 30
    at = content.index("7")
    frame = mark(at, at + 1, content, 70)

    assert width_of(frame.rows[0].text) <= 54
    assert width_of(frame.rows[0].text.partition("7")[0]) == frame.rows[1].text.index("^")


def test_lines_around_are_cut_too() -> None:
    """A long line before or after is shown from its beginning."""
    frame = mark(5_001, 5_002, "a" * 5_000 + "\nb\n" + "c" * 5_000)

    assert [1, 2, None, 3] == [row.number for row in frame.rows]
    assert all(len(row.text) <= 94 for row in frame.rows)
    assert frame.rows[0].text.startswith("aaa")


@given(
    st.text(alphabet='ab"字\t\u0301\u200d😀\ufe0f\x1b\n\r{}', max_size=150),
    st.integers(0, 150),
    st.integers(0, 150),
    st.sampled_from([None, 10, 40]),
)
@FEW
def test_any_range_of_any_text_is_drawn(
    content: str, start: int, end: int, width: int | None
) -> None:
    """Any range has one row of carets; rows are safe to show and not wider than allowed."""
    start, end = sorted((min(start, len(content)), min(end, len(content))))
    location = Location("request.body", "", True, text=Text(content), start=start, end=end)
    frame = build_frame(location, "x", width)

    if not content.strip():
        assert frame is None
        return
    assert frame is not None
    assert "^" in next(row.text for row in frame.rows if row.mark)
    for row in frame.rows:
        assert sanitise(row.text) == row.text
        assert columns(row.text.replace("\u200d", "")) <= 5 * (max(20, (width or 100) - 8) + 2)


@given(st.dictionaries(st.text(max_size=4), st.integers(0, 9), min_size=1, max_size=4))
@FEW
def test_the_number_is_the_true_one(document: dict[str, int]) -> None:
    """The line in question bears its own number, and the value stands on it."""
    content = json.dumps(document, indent=1)
    for number, (name, value) in enumerate(document.items(), 2):
        if name != name.strip() or name.strip("\ufeff\u200b\xa0") != name:
            continue
        start = content.split("\n")[number - 1].rindex(str(value))
        begin = sum(len(line) + 1 for line in content.split("\n")[: number - 1])
        frame = mark(begin + start, begin + start + 1, content)

        assert str(value) == marked(frame)
        assert number in [row.number for row in frame.rows]
