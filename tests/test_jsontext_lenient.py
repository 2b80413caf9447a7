"""The laws of reading damaged JSON: repairs, notes, what is no JSON, and linear time."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.jsontext import Reading, place_in, read_json
from errdecode.jsontext.lenient import read_lenient
from errdecode.model import JSON

SAMPLE = (
    '{"error": {"code": 42, "text": "caf\\u00e9 \\ud83d\\ude00 {[", "list": [1, -2.5, true, null]},'
    ' "more": [{"a": "b"}, {}], "flag": false}'
)
FEW = settings(max_examples=200, deadline=None)


def read(text: str) -> Reading:
    """Read a text that is JSON."""
    reading = read_json(text)
    assert reading is not None
    return reading


REPAIRS: list[tuple[str, JSON]] = [
    ('{\u00a0"a":\u20031}', {"a": 1}),
    ('\ufeff{"a":1}', {"a": 1}),
    ('\x1b[1;34m{"a"\x1b[0m:\x1b[32m1\x1b[0m}', {"a": 1}),
    ("{a: 1, $b: 2, _c: 3, d-e: 4, f.g: 5}", {"a": 1, "$b": 2, "_c": 3, "d-e": 4, "f.g": 5}),
    ("{'a': 'it\\'s', 'b': \"it's\"}", {"a": "it's", "b": "it's"}),
    ("{'a': 'it's bad'}", {"a": "it's bad"}),
    ("{`a`: `b`}", {"a": "b"}),
    ("{“a”: “b”, ‘c’: ‘d’}", {"a": "b", "c": "d"}),
    ('{"a": "the field "name" is "bad"", "b": 1}', {"a": 'the field "name" is "bad"', "b": 1}),
    ('{"a": [1, 2,], "b": 3,}', {"a": [1, 2], "b": 3}),
    ('{"a": 1 "b": [1 2 "x" "y"]}', {"a": 1, "b": [1, 2, "x", "y"]}),
    ('{"a": [1,,2],, "b": 3}', {"a": [1, 2], "b": 3}),
    ('{// one\n"a": 1, /* two */ "b": 2 # three\n}', {"a": 1, "b": 2}),
    ("{'a': None, 'b': True, 'c': False}", {"a": None, "b": True, "c": False}),
    ("{u'a': b'x', 'r': r'\\d'}", {"a": "x", "r": "\\d"}),
    ("{'a': (1, 2), 'b': (1,), 'c': (1), 'd': ()}", {"a": [1, 2], "b": [1], "c": 1, "d": []}),
    ("{'a': {'x', 'y'}, 'b': set(), 'c': {1}}", {"a": ["x", "y"], "b": [], "c": [1]}),
    ("{'at': datetime.datetime(2026, 1, 2, 3, 4)}", {"at": "datetime.datetime(2026, 1, 2, 3, 4)"}),
    ("{'a': Decimal('1.50')}", {"a": "1.50"}),
    ("{'a': OrderedDict([('x', 1), ('y', [2])])}", {"a": {"x": 1, "y": [2]}}),
    ("OrderedDict([('x', 1)])", {"x": 1}),
    ("{'a': defaultdict(<class 'int'>, {'x': 1})}", {"a": {"x": 1}}),
    ("{'a': <Color.RED: 1>, 'b': Point(x=1, y=2)}", {"a": "<Color.RED: 1>", "b": {"x": 1, "y": 2}}),
    ("{a: undefined, b: NaN, c: -Infinity}", {"a": None, "b": "NaN", "c": "-Infinity"}),
    ('{"a": NaN}', {"a": "NaN"}),
    ('{a: new Date("2026-01-02"), b: new Date()}', {"a": "2026-01-02", "b": "new Date()"}),
    ("{a: [Object], b: Oops {c: 1}}", {"a": "[Object]", "b": {"c": 1}}),
    ("[0x1F, +1, .5, 5., 1_000, -0x10, 0b11, 7n]", [31, 1, 0.5, 5.0, 1000, -16, 3, 7]),
    (
        '{"_id": ObjectId("5f1"), "n": NumberLong(5), "d": ISODate("2026")}',
        {"_id": "5f1", "n": 5, "d": "2026"},
    ),
    ("{'_id': ObjectID('5f1')}", {"_id": "5f1"}),
    ('{"  message": "x", "code ": 1}', {"message": "x", "code": 1}),
    ('{"a": "one\ntwo\tthree\x01"}', {"a": "one\ntwo\tthree\x01"}),
    (r'{"a": "\x41\'\q C:\dir"}', {"a": "A'\\q C:\\dir"}),
    (r'{"a": "\U0001F600\u{1F600}"}', {"a": "😀😀"}),
    ('{"a": [1, ...], "b": {...}, "c": ..., ...}', {"a": [1], "b": {}, "c": None}),
    ('{"a": [1, …, 9]}', {"a": [1, 9]}),
    ('{:a=>1, "b"=>nil, :c=>{"d"=>"e"}}', {"a": 1, "b": None, "c": {"d": "e"}}),
    ('{"a" = 1; "b" = 2;}', {"a": 1, "b": 2}),
    ('{"a" 1, "b": 2}', {"a": 1, "b": 2}),
    (
        "{code: 404 Not Found, text: no such thing}",
        {"code": "404 Not Found", "text": "no such thing"},
    ),
    ("{url: http://example.com/x?y=1, b: 2}", {"url": "http://example.com/x?y=1", "b": 2}),
    ('["a" => 1, "b" => [2]]', {"a": 1, "b": [2]}),
    ('{"a": [1, {"b": 2], "c": 3}', {"a": [1, {"b": 2}], "c": 3}),
    ('{{"a": 1}}', {"a": 1}),
    ('{"a":, "b": 1}', {"a": None, "b": 1}),
    ('{\\"a\\":{\\"b\\":\\"c\\\\nd \\\\\\"e\\\\\\"\\"}}', {"a": {"b": 'c\nd "e"'}}),
    ('{"a"：1，"b"：2}', {"a": 1, "b": 2}),
    ("{1: 'a', None: 'b'}", {"1": "a", "None": "b"}),
]


@pytest.mark.parametrize(("text", "value"), REPAIRS)
def test_repairs(text: str, value: JSON) -> None:
    """Each kind of damage is repaired to what was meant, with at least one note and with places."""
    reading = read(text)

    assert reading.value == value
    assert reading.notes
    assert reading.tree is not None


@pytest.mark.parametrize(("text", "value"), REPAIRS)
def test_repaired_values_have_places(text: str, value: JSON) -> None:
    """The tree of a lenient reading has the shape of its value, within the text."""
    todo = [(read(text).tree, value)]
    for tree, inner in todo:
        assert tree is not None
        assert 0 <= tree.start <= tree.end <= len(text)
        if isinstance(inner, dict):
            assert isinstance(tree.children, dict)
            assert tree.children.keys() == inner.keys()
            todo.extend((tree.children[name], item) for name, item in inner.items())
        elif isinstance(inner, list):
            assert isinstance(tree.children, list)
            todo.extend(zip(tree.children, inner, strict=True))


AROUND: list[tuple[str, JSON, str]] = [
    ('{"a":1} %', {"a": 1}, "trailing-text"),
    ('{"a":1}\nuser@host:~/some/long/folder$ ', {"a": 1}, "trailing-text"),
    ('{"a":1}</html>', {"a": 1}, "trailing-text"),
    ('{"a":1}\n[2026-01-02] INFO and so the log goes on, and on', {"a": 1}, "trailing-text"),
    ('callback({"a":1});', {"a": 1}, "leading-text"),
    ("/**/jQuery_12.done[0]([1])", [1], "leading-text"),
    (')]}\',\n{"a":1}', {"a": 1}, "leading-text"),
    (")]}'[1]", [1], "leading-text"),
    ("while(1);[1]", [1], "leading-text"),
    ('for(;;);{"a":1}', {"a": 1}, "leading-text"),
    ('const answer = {"a": 1};', {"a": 1}, "leading-text"),
    ('```json\n{"a": 1}\n```\n', {"a": 1}, "leading-text"),
    ('2026-01-02T03:04:05Z ERROR request failed: {"a":1}', {"a": 1}, "leading-text"),
    ('[INFO] {"a": 1}', {"a": 1}, "leading-text"),
    ('Answer: {"error": "no such user"}', {"error": "no such user"}, "leading-text"),
]


@pytest.mark.parametrize(("text", "value", "kind"), AROUND)
def test_text_around_json_is_left_out(text: str, value: JSON, kind: str) -> None:
    """Guards, log prefixes and what follows the value are left out, and one note says so."""
    reading = read(text)

    assert reading.value == value
    assert [note.kind for note in reading.notes] == [kind]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            r'ERROR status=402 body="{\"a\":{\"b\":\"say \\\"c\\\"\"}}" id=7',
            {"a": {"b": 'say "c"'}},
        ),
        (r"level=warn body='[\n {\n  \"a\": 1\n }]' x", [{"a": 1}]),
        (r'{"log": "no"} is no prefix, body="{\"a\":1}"', {"log": "no"}),
    ],
)
def test_json_in_a_string_of_a_log_is_read_whole(text: str, value: JSON) -> None:
    """A body that is the value of a field begins where its string does, not within itself."""

    assert read(text).value == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "Not found",
        "<html><body>{}</body></html>",
        "[2026-01-02] ERROR foo",
        "[ERROR] it broke",
        "[12:30:15] it broke",
        "{{ template }}",
        "{% if x %}",
        "{0}",
        "{name}",
        "[user@host folder]$ ls",
        "[1] Smith et al., On the reading of damaged texts",
        "curl -d '{\"a\":1}' https://example.com",
        '$ http POST example.com {"a":1}',
        "<div data-x='{\"a\":1}'>",
        'see {"a":1} for more, or read the manual of the thing you are using',
        "NaN",
        "None",
        '"abc',
        "body { color: red }",
        "{return foo(x)}",
        "]",
        "callback(1)",
    ],
)
def test_what_is_no_json(text: str) -> None:
    """Prose, markup, commands, templates and log heads are no JSON."""

    assert read_json(text) is None


def test_one_note_for_each_kind() -> None:
    """A note says what was repaired, how often, and where first."""
    notes = read("{\n 'a': 1,\n 'b': [2,],}").notes

    assert [(note.kind, note.message) for note in notes] == [
        (
            "lenient-json",
            "single-quoted strings were accepted (2 times, first at line 2, column 2)",
        ),
        ("lenient-json", "trailing commas were dropped (2 times, first at line 3, column 9)"),
    ]


def test_padded_names_collide_like_others() -> None:
    """Stripped names keep the last of equal ones, and both facts are told."""
    reading = read('{"a": 1, " a": 2}')

    assert reading.value == {"a": 2}
    assert [note.kind for note in reading.notes] == ["padded-key", "duplicate-key"]


def test_padded_values_are_no_damage() -> None:
    """Blanks at the ends of values, and names of blanks alone, stay."""
    reading = read('{"a": " b ", " ": " : "}')

    assert (reading.value, reading.notes) == ({"a": " b ", " ": " : "}, ())


def test_escaped_text_keeps_its_places() -> None:
    """Places in a backslash-escaped text are places of that text, escapes included."""
    text = 'x: {\\"a\\":{\\"b\\":\\"cd\\"}}'[3:]
    tree = read(text).tree
    assert tree is not None
    found = place_in(tree, ("a", "b"))

    assert found is not None
    assert text[found.start : found.end] == '\\"cd\\"'


@pytest.mark.parametrize("cut", range(1, len(SAMPLE)))
def test_cut_off_text_gives_the_beginning(cut: int) -> None:
    """A text cut off anywhere gives a beginning of its value, and says that it was cut off."""
    reading = read(SAMPLE[:cut])

    assert begins(reading.value, json.loads(SAMPLE))
    assert "truncated" in [note.kind for note in reading.notes]


def begins(part: JSON, whole: JSON) -> bool:
    """Tell whether a value is a beginning of another; a number may lack its last digits."""
    if isinstance(part, dict) and isinstance(whole, dict):
        names = list(part)
        complete = all(part[name] == whole[name] for name in names[:-1])
        tail = not names or begins(part[names[-1]], whole[names[-1]])
        return names == list(whole)[: len(names)] and complete and tail
    if isinstance(part, list) and isinstance(whole, list):
        tail = not part or begins(part[-1], whole[len(part) - 1])
        return len(part) <= len(whole) and part[:-1] == whole[: max(0, len(part) - 1)] and tail
    if isinstance(part, str) and isinstance(whole, str):
        return whole.startswith(part)
    return part == whole or (type(whole) in (int, float) and str(whole).startswith(str(part)))


@FEW
@given(st.data())
def test_mutations_never_raise(data: st.DataObject) -> None:
    """Deleted, inserted and swapped characters never raise."""
    text = data.draw(st.sampled_from([SAMPLE, *(sample for sample, _ in REPAIRS)]))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        piece = data.draw(
            st.sampled_from([*"\"'`“{}[](),:;=\\/#*<>.-+\0 \nutN0x\x1b", "", "...", "\\u"])
        )
        text = text[:at] + piece + text[at + data.draw(st.integers(0, 2)) :]
    reading = read_json(text)

    assert reading is None or json.dumps(reading.value)


@FEW
@given(st.text(alphabet="[]{}()\"'`:,=;\\/*#.-+ \n01eaxuNtrue\u00a0“”<>\ud800", max_size=40))
def test_any_soup_of_marks_is_survived(text: str) -> None:
    """No sequence of marks raises."""
    for start in ("", "{", "[", '{"a":'):
        reading = read_lenient(start + text)

        assert reading is None or json.dumps(reading.value)
