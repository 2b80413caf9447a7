"""The laws of long lines in a frame: shown over several ones, with their own bytes and places."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_frame import build_frame, columns, frame_of, mark, marked
from test_frame_labels import drawn, frames_of

from errdecode.body import read_body
from errdecode.locate import Sent, locate
from errdecode.model import Diagnostic, Location, Problem, Text
from errdecode.pointer import build
from errdecode.render.frame import Frame, Look, Plan
from errdecode.sanitise import sanitise

FEW = settings(max_examples=150, deadline=None)
NAMES = st.text('ab"\\/~字\x1b\u0301😀0', min_size=1, max_size=4)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | NAMES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
"""Names are what readers leave as they are: without blanks around them."""
ORDER = json.dumps(
    {
        "first": {"x": 1},
        "order": {"id": "o-1", "lines": [{"sku": f"s-{n}", "price": 1e2} for n in range(40)]},
        "last": [],
    }
)


def test_the_way_to_the_value_is_shown() -> None:
    """Ancestors, the value and its neighbours; what is left out is marked; the place is true."""
    frame = frame_of(ORDER, "/order/lines/7/price", 80)
    column = ORDER.index("s-7") + len('s-7", "price": ') + 1

    assert [
        "1 { …",
        '    "order": { …',
        '      "lines": [ …',
        "        {",
        '          "sku": "s-7",',
        '          "price": 100.0 …',
        "                   ^^^^^ here",
        f"  (re-flowed; line 1, column {column} of the request body)",
    ] == drawn(frame)


def test_neighbours_in_brief() -> None:
    """The one before is shown, else the one behind; an object or array without its content."""
    content = json.dumps({"a": {"b": 1}, "c": 2, "d": [1], "e": [], "f": "x" * 90})

    assert ['    "a": {…},', '    "c": 2, …'] == drawn(frame_of(content, "/c", 80))[1:3]
    assert ['    "a": {"b": 1},', '    "c": 2, …'] == drawn(frame_of(content, "/a", 80))[1:4:2]
    assert ['    "d": […],', '    "e": [], …'] == drawn(frame_of(content, "/e", 80))[1:3]


def test_what_opens_together_shares_a_line() -> None:
    """Objects with nothing before the way into them take one line, as long as all is inside."""
    content = json.dumps({"order": {"line": {"id": 1, "pad": "x" * 90}}, "z": [0]})
    shared = drawn(frame_of(content, "/order/line/id", 80))
    parted, _ = frames_of(content, {"/order/line/id": "one", "/z/0": "two"}, 80)

    assert ['1 {"order": {"line": {', '    "id": 1,'] == shared[:2]
    assert ["1 {", '    "order": {'] == drawn(parted)[:2]


def test_several_values_in_one_tree() -> None:
    """Places that are far apart in a line share their ancestors."""
    frame, other = frames_of(ORDER, {"/order/lines/7/price": "dear", "/last": "empty"}, 80)

    assert other is None
    assert ["dear", "empty"] == [
        r.text.split()[-1] for r in (frame or mark(0, 1, "a")).rows if r.mark
    ]
    assert 1 == sum('"order"' in row for row in drawn(frame))


def test_what_is_missing_is_marked_there() -> None:
    """A missing member has a row of its own, as deep as its parent's last one."""
    rows = drawn(frame_of(ORDER, "/order/lines/39/unit", 80))

    assert ['          "price": 100.0 …', "+         ^ `unit` belongs here"] == rows[-3:-1]


def test_what_is_missing_behind_what_is_shown_inside() -> None:
    """It stands as deep as its siblings, whatever lines of theirs come before it."""
    content = json.dumps({"note": "x" * 90, "boat": {"owner": {"crew": [{"age": 7}]}}})
    problems = [
        Problem(pointer=pointer, pointer_as_sent=pointer, detail=detail)
        for pointer, detail in (
            ("/boat/owner/crew/0/age", "too low"),
            ("/boat/berth", "berth is required"),
            ("/when", "when is required"),
        )
    ]
    sent = Sent(read_body(Text(content)))
    diagnostics = tuple(Diagnostic(one, locate(one, sent)) for one in problems)
    frame = Plan(diagnostics, Look()).frame(diagnostics[0], diagnostics[0].locations[0])
    rows = [row.rstrip() for row in drawn(frame)]
    below = rows[next(at for at, row in enumerate(rows) if "too low" in row) + 1 :]

    assert ["+     ^ `berth` belongs here", "+   ^ `when` belongs here"] == below[:2]
    assert '      "owner": {' in "\n".join(rows)


@pytest.mark.parametrize("number", ["1.50", "1E+2", "12345678901234567890", '"\\u0041\\/"', '"字"'])
def test_bytes_are_kept(number: str) -> None:
    """Values are cut out of the text, not written anew."""
    content = f'{{"pad": "{"x" * 90}", "a": {number}, "a2": 1}}'

    assert number == marked(frame_of(content, "/a", 80))


def test_a_masked_number_is_no_hindrance() -> None:
    """Bullets in place of a number still let the rest be found."""
    content = f'{{"pin": ••••, "pad": "{"x" * 90}", "a": false}}'
    start = content.index("false")

    assert "false" == marked(mark(start, start + 5, content, 80))
    assert drawn(mark(start, start + 5, content, 80))[0].startswith("1 {")


FORM = "&".join(["grant_type=password", *(f"scope={name}" for name in "abcdefghijklm")])


def test_pairs_of_a_form() -> None:
    """A form has a pair on each line, with the sign that parts it from the next one."""
    assert [
        "1 …",
        "  scope=c&",
        "  scope=d& …",
        "        ^ here",
        "  (re-flowed; line 1, column 51 of the request body)",
    ] == drawn(frame_of(FORM, "/scope/3", 80))
    assert ["1 grant_type=password&", "             ^^^^^^^^ here", "  scope=a& …"] == drawn(
        frame_of(FORM, "/grant_type", 80)
    )[:3]


def test_a_pair_without_others() -> None:
    """A form or a URL of one long pair is cut to size instead."""
    content = "note=" + "x" * 200

    assert [1, None, None] == [row.number for row in frame_of_form(content, 80).rows]
    assert "…" == drawn(frame_of_form(content, 80))[0][-1]


def frame_of_form(content: str, width: int) -> Frame:
    """The frame of a form's last value."""
    return mark(content.rindex("=") + 1, len(content), content, width)


ENVELOPE = (
    '<?xml version="1.0"?><s:Envelope xmlns:s="urn:example:soap"><s:Body><put id="7">'
    "<to><name>Ada</name></to>"
    + "".join(f"<line><sku>s-{n}</sku><qty unit='&gt;'>{n}</qty></line>" for n in range(20))
    + "<last/></put></s:Body></s:Envelope>"
)


def test_elements() -> None:
    """XML has an element on each line: the way to the one in question, and its neighbour."""
    frame = frame_of(ENVELOPE, "/Envelope/0/Body/0/put/0/line/7/qty/0", 80)
    column = ENVELOPE.index("<qty unit='&gt;'>7") + 1

    assert [
        '1 <s:Envelope xmlns:s="urn:example:soap">',
        "    <s:Body>",
        '      <put id="7"> …',
        "        <line>",
        "          <sku>s-7</sku>",
        "          <qty unit='&gt;'>7</qty> …",
        "          ^^^^^^^^^^^^^^^^^^^^^^^^ here",
        f"  (re-flowed; line 1, column {column} of the request body)",
    ] == drawn(frame)


def test_elements_in_brief() -> None:
    """A neighbour that has elements is shown without them; so is one whose attribute is marked."""
    assert ["        <to>…</to>", "        <line><sku>s-0</sku>"] == [
        row[:28] for row in drawn(frame_of(ENVELOPE, "/Envelope/0/Body/0/put/0/line/0", 80))[3:5]
    ]
    assert ['      <put id="7">…</put>', "               ^ here"] == drawn(
        frame_of(ENVELOPE, "/Envelope/0/Body/0/put/0/@id", 80)
    )[2:4]


DAMAGED = (
    "{'first': {'x': 1}, /* } */ order: {'id': 'o-1', lines: ["
    + ", ".join(f"{{'sku': 's-{n}', 'ok': True, price: None,}}" for n in range(9))
    + "], } // end"
)


@pytest.mark.parametrize("length", [len(DAMAGED), DAMAGED.index("'s-8'") + 3])
def test_damaged_json(length: int) -> None:
    """Other quotes, comments, lone commas and a missing end do not keep it on one line."""
    content = DAMAGED[:length]

    assert [
        "1 { …",
        "    order: { …",
        "      lines: [ …",
        "        {",
        "          'sku': 's-7',",
        "          'ok': True, …",
        "                ^^^^ here",
        f"  (re-flowed; line 1, column {content.index('s-7') + 13} of the request body)",
    ] == drawn(frame_of(content, "/order/lines/7/ok", 80))


def test_damaged_and_short_of_a_member() -> None:
    """What is missing is marked where the text breaks off, too."""
    frame = frame_of(DAMAGED[: DAMAGED.index("'s-7'")] + "'s-7'", "/order/lines/7/price", 80)

    assert ["          'sku': 's-7'", "+         ^ `price` belongs here"] == drawn(frame)[4:6]


def test_a_long_url() -> None:
    """What stands before the query holds the pairs, and there is but one line to count from."""
    url = "https://api.example.com/v1/orders?" + "&".join(f"f{n}=v-{n}" for n in range(20)) + "#top"
    start = url.index("v-7")
    location = Location("request.query", "/f7", True, text=Text(url), start=start, end=start + 3)
    frame = build_frame(location._replace(described="the query"), "here", 80)

    assert frame is not None
    assert "query" == frame.head
    assert [
        "1 https://api.example.com/v1/orders? …",
        "    f6=v-6&",
        "    f7=v-7& …",
        "       ^^^ here",
        f"  (re-flowed; column {start + 1} of the URL)",
    ] == drawn(frame)


@pytest.mark.parametrize("content", [ORDER, ENVELOPE, FORM, DAMAGED])
@pytest.mark.parametrize("share", range(1, 10))
def test_every_row_is_cut_out_of_the_text(content: str, share: int) -> None:
    """Whatever is marked, the rows are the source's own characters, in their order."""
    at = len(content) * share // 10
    rows = [row.text for row in mark(at, at + 1, content, 80).rows if not row.mark][:-1]
    pieces = [piece for row in rows for piece in row.replace(" …", "").strip().split("…")]
    where = 0
    for piece in pieces:
        where = content.index(piece.strip(), where)

    assert "".join(pieces)


def test_a_long_value_with_a_line_to_itself() -> None:
    """A text with lines of its own keeps them."""
    frame = frame_of(json.dumps({"a": 1, "b": "x" * 200, "c": 2}, indent=1), "/b", 80)

    assert [2, 3, None, None, 4] == [row.number for row in frame.rows]


@pytest.mark.parametrize("width", [28, 40, 60, 100])
def test_narrow_frames_keep_their_levels(width: int) -> None:
    """What lies within something is indented by more than that, however little room there is."""
    spec = {"name": "web", "ports": [{"port": 99999, "note": "n" * 60}]}
    content = json.dumps({"spec": {"template": {"spec": {"containers": [{"a": [spec]}]}}}})
    frame = frame_of(content, "/spec/template/spec/containers/0/a/0/ports/0/port", width)
    rows = [row.text for row in frame.rows if not row.mark]
    rows = rows[: next(at for at, row in enumerate(rows) if row.startswith("(re-flowed"))]
    indents = [len(row) - len(row.lstrip()) for row in rows]

    assert '": 99999' in "".join(rows)
    assert sorted(set(indents)) == indents[: len(set(indents))]
    assert len(set(indents)) >= len(rows) - 1  # the neighbour stands beside the value


def test_deep_nesting() -> None:
    """Of many ancestors the outermost and the innermost are shown; too many are cut instead."""
    content = '{"a":' * 60 + "[1]" + "}" * 60
    frame = frame_of(content, "/a" * 60 + "/0", 80)

    assert 9 >= len(frame.rows)
    assert "1" == marked(frame)
    deep = "[" * 5_000 + "1" + "]" * 5_000
    assert "1" == marked(mark(5_000, 5_001, deep, 80))


@given(DOCUMENTS, st.data())
@FEW
def test_any_value_of_any_document(document: object, data: st.DataObject) -> None:
    """The caret stands under the value's own characters, and every row fits and is safe."""
    content = json.dumps({"pad": "x" * 80, "in": document}, ensure_ascii=False)
    tokens, value = ["in"], document
    while isinstance(value, dict | list) and value and data.draw(st.booleans()):
        key = data.draw(
            st.sampled_from(list(value) if isinstance(value, dict) else range(len(value)))
        )
        tokens.append(str(key))
        value = value[key]  # type: ignore[index]
    frame = frame_of(content, build(tokens), 60)
    written = sanitise(json.dumps(value, ensure_ascii=False)).expandtabs(4)

    assert "^" in "".join(row.text for row in frame.rows if row.mark)
    if written.isascii() and len(written) < 10 and not isinstance(value, dict | list):
        assert written == marked(frame)
    for row in frame.rows:
        assert sanitise(row.text) in (row.text, row.text.replace("\xa0", "\xa0"))
        assert columns(row.text.replace("\u200d", "")) <= 44
