"""The laws of outlines: which member holds a place, in whatever text and order of questions."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_jsontext import STYLES, VALUES, pointers

from errdecode import model
from errdecode.body.xml import read_xml
from errdecode.jsontext import place, place_in
from errdecode.render.frame import outline
from errdecode.render.frame.elements import XML
from errdecode.render.frame.members import JSON
from errdecode.render.frame.outline import Found, Kind, Outline
from errdecode.render.frame.pairs import FORM, URL
from errdecode.render.frame.shape import Mark

FEW = settings(max_examples=100, deadline=None)
ELEMENTS = st.recursive(
    st.text("a<&é\n", max_size=4).map(escape),
    lambda inner: st.lists(
        st.builds("<{0}{1}>{2}</{0}>".format, st.sampled_from(("a", "b", "x:ab")),
                  st.sampled_from(("", ' i="1>2"')), inner) | st.just("<a/>"),
        max_size=4,
    ).map("".join),
    max_leaves=12,
)  # fmt: skip
KINDS = {"json": JSON, "xml": XML, "form": FORM, "url": URL}


def found_in(text: str, kind: Kind, at: int) -> Found:
    """The surroundings of a place."""
    found = Outline(text, kind).find(Mark(at, at, ""))
    assert found is not None
    return found


@FEW
@given(VALUES, STYLES)
def test_members_are_those_of_the_walk(value: model.JSON, style: dict[str, object]) -> None:
    """In strict JSON the member of a place is the one that a pointer to it finds."""
    text = json.dumps([value], **style)  # type: ignore[arg-type]
    for tokens, _ in pointers([value])[1:]:
        tree = place(text, tokens)
        assert tree is not None
        member = found_in(text, JSON, tree.start).member

        assert member is not None
        assert (tree.key[0] if tree.key else tree.start, tree.end) == (member.start, member.end)


@FEW
@given(ELEMENTS)
def test_elements_are_those_of_the_reader(content: str) -> None:
    """In XML it is the element that the reader of bodies finds."""
    text = f'<?xml version="1.0"?><!-- <a> --><x:r xmlns:x="urn:x">{content}<![CDATA[<b>]]></x:r>'
    reading = read_xml(text)
    for tokens, value in pointers(reading.value):
        tree = place_in(reading.tree, tokens) if reading.tree else None
        if tree is None or not isinstance(value, dict) or not tokens:
            continue
        member = found_in(text, XML, tree.start).member

        assert member is not None
        assert (tree.start, tree.end) == (member.start, member.end)


@FEW
@given(VALUES, STYLES, st.integers(1, 9), st.data())
def test_haste_changes_nothing(
    value: model.JSON, style: dict[str, object], times: int, data: st.DataObject
) -> None:
    """Passing members unread, and remembering where they are, finds what reading all would."""
    text = json.dumps({"all": [value] * times, "end": [value]}, **style)  # type: ignore[arg-type]
    text = text[: data.draw(st.integers(len(text) // 2, len(text)))]
    places = data.draw(st.lists(st.integers(0, len(text)), max_size=8))
    marks = [Mark(at, at, "", inserted=data.draw(st.booleans())) for at in places]
    slow = Outline(text, JSON._replace(skip=None))
    expected = [slow.find(mark) for mark in marks]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outline, "_STRIDE", data.draw(st.sampled_from((0, 3, 20))))
        fast = Outline(text, JSON)

        assert expected == [fast.find(mark) for mark in marks]


@FEW
@given(ELEMENTS, st.integers(1, 9), st.data())
def test_haste_changes_no_element(content: str, times: int, data: st.DataObject) -> None:
    """The same in XML."""
    text = f"<r>{content * times}</r>"
    places = data.draw(st.lists(st.integers(0, len(text)), max_size=8))
    slow, marks = Outline(text, XML._replace(skip=None)), [Mark(at, at, "") for at in places]
    expected = [slow.find(mark) for mark in marks]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outline, "_STRIDE", data.draw(st.sampled_from((0, 3, 20))))
        fast = Outline(text, XML)

        assert expected == [fast.find(mark) for mark in marks]


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(data=st.data())
def test_any_text_has_an_outline(kind: str, data: st.DataObject) -> None:
    """No text leads astray: a member holds its place, and all stands in the order of the text."""
    text = data.draw(st.text("{}[]()\"',:=;<>/!?-&#\\ \na1é", max_size=60))
    at = data.draw(st.integers(0, len(text)))
    parent, before, member, after = found_in(text, KINDS[kind], at)
    spans = [span for span in (before, member, after) if span]
    edges = [edge for span in spans for edge in span]

    assert edges == sorted(edges)
    assert parent is None or not spans or parent.inside <= spans[0].start
    assert member is None or member.start <= at <= member.end
    assert all(0 <= edge <= len(text) for edge in edges)


DAMAGED = (
    "{'a': {'b': 1, 'c': [True, None]}}",
    "{a: {b: 1, /* a } */ c: [1, 2,],},}",
    '{"a": {"b": "it"s odd", "c": [1',
    'INFO it\'s sent: {"a": {"b": {"x": 1}, "c": [{"y": 2}]}',
    "{'a': {'b': ObjectId('77'), 'c': ('}', [])}}",
    '{"a": {"b": ••••, # no ]\n "c": [«1»]}}',
)


@pytest.mark.parametrize("text", DAMAGED)
def test_damage_hides_no_member(text: str) -> None:
    """Quotes, comments, calls, odd words and a missing end leave members what they are."""
    found = found_in(text, JSON, text.rindex("c"))

    assert found.member is not None
    assert found.before is not None
    assert found.parent is not None
    assert text[found.member.start : found.member.inside].strip("\"'").startswith("c")
    assert text[found.before.start : found.before.end].strip("\"'").startswith("b")
    assert 1 == found.parent.depth


def test_one_bracket_closes_what_was_forgotten() -> None:
    """A bracket that does not fit closes the nearest one that it fits, or nothing."""
    text = '{"a": [1, {"b": 2], "c": 3)}'
    found = found_in(text, JSON, text.index("c"))

    assert found.before is not None
    assert '"a": [1, {"b": 2]' == text[found.before.start : found.before.end]


def test_what_is_nested_too_deeply_has_no_outline() -> None:
    """Some thousand levels are told apart, no more."""
    text = "[" * 100_000

    assert Outline(text, JSON).find(Mark(1_000, 1_001, ""))
    assert Outline(text, JSON).find(Mark(99_999, 99_999, "")) is None


def test_a_text_is_read_once() -> None:
    """However many places are asked about, a long text is gone through once and a little more."""
    text, read = json.dumps([{"n": n, "of": [n]} for n in range(20_000)]), [0]

    def count(text: str, at: int, is_inside: bool) -> outline.Piece:
        piece = JSON.read(text, at, is_inside)
        read[0] += piece.after - at
        return piece

    slow = Outline(text, Kind(count, JSON.fits))
    for at in range(len(text) - 1, 0, -len(text) // 50):
        slow.find(Mark(at, at + 1, ""))

    assert read[0] < 1.2 * len(text)
