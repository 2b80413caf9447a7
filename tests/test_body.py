"""The laws of reading bodies: kinds, media types, charsets, forms and pages."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.body import media_type, place, read_body
from errdecode.body.form import read_form
from errdecode.body.html import read_html
from errdecode.capture.chunked import dechunk
from errdecode.model import JSON, Body, Text
from errdecode.source import cut, read_text, to_root

FEW = settings(max_examples=150, deadline=None)


def kinds(body: Body) -> list[str]:
    """The kinds of a body's notes."""
    return [note.kind for note in body.notes]


def found(body: Body, *tokens: str) -> str:
    """The text that stands at a pointer's place."""
    tree = place(body, tokens)
    assert tree is not None
    return body.text.value[tree.start : tree.end]


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("Application/JSON; charset=utf-8", "application/json"),
        (" application/vnd.api+json ", "application/vnd.api+json"),
        ("application/json, application/json", "application/json"),
        ("json", None),
        ("", None),
        ("a b/c", None),
        (None, None),
    ],
)
def test_media_types(content_type: str | None, expected: str | None) -> None:
    """A media type is in lower case and without parameters, or None."""

    assert media_type(content_type) == expected


BODIES: list[tuple[str, str | None, str, JSON, list[str]]] = [
    ('{"a":1}', None, "json", {"a": 1}, []),
    ('{"a":1}', "application/json", "json", {"a": 1}, []),
    ('{"a":1}', "application/problem+json; charset=utf-8", "json", {"a": 1}, []),
    ('{"a":1}', "text/plain", "json", {"a": 1}, []),
    ('{"a":1}', "text/html", "json", {"a": 1}, ["media-type-conflict"]),
    ('{"a":1}', "application/x-www-form-urlencoded", "json", {"a": 1}, ["media-type-conflict"]),
    ("{a:1}", "application/json", "json", {"a": 1}, ["lenient-json"]),
    ("404", None, "json", 404, []),
    ("404", "text/plain", "text", "404", []),
    ('"gone"', "application/json", "json", "gone", []),
    ("Gone.", "application/json", "text", "Gone.", ["media-type-conflict"]),
    ("Gone.", "text/html", "text", "Gone.", []),
    ("Gone.", None, "text", "Gone.", []),
    (
        "<e><c>1</c></e>",
        "application/json",
        "xml",
        {"e": [{"c": [{"#text": "1"}]}]},
        ["media-type-conflict"],
    ),
    ("<e/>", "application/soap+xml", "xml", {"e": [{}]}, []),
    ("a=b&c=d+e", None, "form", {"a": "b", "c": "d e"}, []),
    ("a=b&c=d", "text/plain", "form", {"a": "b", "c": "d"}, []),
    ("a=b&c=d", "application/json", "text", "a=b&c=d", ["media-type-conflict"]),
    ("a=b & c=d", "text/plain", "text", "a=b & c=d", []),
    ("a=b", "application/x-www-form-urlencoded", "form", {"a": "b"}, []),
    ("a=b", None, "text", "a=b", []),
    ("a=b&c=d\ne=f", None, "text", "a=b&c=d\ne=f", []),
    ("https://example.com/?a=b&c=d", None, "text", "https://example.com/?a=b&c=d", []),
    ("", "application/json", "empty", None, []),
    (" \r\n\t", None, "empty", None, []),
    ("<5 minutes", None, "text", "<5 minutes", []),
    ("<ann@example.com> is unknown", None, "text", "<ann@example.com> is unknown", []),
]


@pytest.mark.parametrize(("text", "content_type", "kind", "value", "notes"), BODIES)
def test_kinds(
    text: str, content_type: str | None, kind: str, value: JSON, notes: list[str]
) -> None:
    """The content decides the kind, the media type the rest; a contradiction is noted."""
    body = read_body(Text(text), content_type)

    assert (body.kind, body.value, kinds(body)) == (kind, value, notes)


def test_html_is_told_by_its_content() -> None:
    """A page that was declared as JSON is HTML, with a note."""
    page = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>x</body></html>"
    body = read_body(Text(page), "application/json")

    assert body.value == {"title": "502 Bad Gateway", "headings": [], "text": "x"}
    assert (body.kind, kinds(body)) == ("html", ["media-type-conflict"])


def test_visible_text_of_a_page() -> None:
    """A page's value is its title, its headings, and the text a reader sees."""
    page = (
        "<html><head><title> Not\n found </title><style>p{}</style></head><body>"
        "<script>let x = '<b>'</script><h1>No <b>such</b> page</h1><h2></h2>"
        "<p>Look<br>else&shy;where &amp; wait</p><!-- not here --><noscript>nor here</noscript>"
    )

    assert read_html(page) == {
        "title": "Not found",
        "headings": ["No such page"],
        "text": "No such page Look else\u00adwhere & wait",
    }


@pytest.mark.parametrize(
    "piece", ["<", "<!", "<!--", "<![", "<a ", "</", "&", "<?", "<a b='", "<p>", "<![CDATA[", "&#"]
)
def test_hostile_pages_are_read(piece: str) -> None:
    """Damaged markup of any size neither raises nor hangs."""
    body = read_body(Text("<html>" + piece * (600_000 // len(piece))))

    assert (body.kind, kinds(body)) == ("html", ["limit"])


def test_long_pages_are_capped() -> None:
    """The visible text of a page is capped."""
    text = read_html("<p>" + "word " * 10_000)["text"]

    assert isinstance(text, str)
    assert len(text) <= 20_000


CHARSETS = [
    ("iso-8859-1", "application/json; charset=iso-8859-1"),
    ("windows-1252", "application/json; charset=windows-1252"),
    ("iso-8859-15", 'application/json; charset="ISO-8859-15"'),
    ("shift_jis", "application/json; charset=Shift_JIS"),
    ("gb18030", "application/json; charset=gb18030"),
    ("euc-kr", "application/json; charset=euc-kr"),
    ("iso2022_jp", "application/json; charset=ISO-2022-JP"),
    ("utf-16", "application/json; charset=utf-16"),
    ("utf-16-be", "application/json"),
    ("utf-16-le", "application/json; charset=utf-16"),
    ("utf-8", "application/json"),
    ("utf-8-sig", "application/json; charset=utf-8"),
]
WORDS = {"shift_jis": "表示 ソ", "gb18030": "错误 é", "euc-kr": "오류", "iso2022_jp": "表示"}


@pytest.mark.parametrize(("codec", "content_type"), CHARSETS)
def test_charsets(codec: str, content_type: str) -> None:
    """A body is read by its declared charset, and places are those of the bytes that were given."""
    word = WORDS.get(codec, "café €" if "1252" in codec or "utf" in codec else "café")
    data = ('{"m": "' + word + '", "n": 42}').encode(codec)
    text = read_text(data)
    assert text is not None
    body = read_body(text, content_type)

    assert (body.value, kinds(body)) == ({"m": word, "n": 42}, [])
    assert found(body, "m") == f'"{word}"'
    assert at_root(body, "n") == "42"


def at_root(body: Body, *tokens: str) -> str:
    """The capture's own text at a pointer's place."""
    tree = place(body, tokens)
    assert tree is not None
    root, start, end = to_root(body.text, tree.start, tree.end)
    return root.value[start:end]


def test_charset_of_a_part() -> None:
    """A UTF-8 body in a capture that is not UTF-8 as a whole is still read as UTF-8."""
    head = "X-Ville: Orl\xe9ans\r\n\r\n".encode("latin-1")
    text = read_text(head + '{"m": "日é", "n": 42}'.encode())
    assert text is not None
    body = read_body(cut(text, len(head), len(text.value)), "application/json")

    assert (body.value, at_root(body, "n")) == ({"m": "日é", "n": 42}, "42")


@pytest.mark.parametrize("content_type", ["application/json", "text/json; charset=iso-8859-1"])
def test_part_of_another_charset(content_type: str) -> None:
    """A body that is not UTF-8, in a capture that is, is read as it would be alone; which is told
    where nothing declares it."""
    head = "X-Ville: Orléans et Besançon\r\n\r\n".encode()
    text = read_text(head + '{"m": "é", "n": 42}'.encode("latin-1"))
    assert text is not None
    body = read_body(cut(text, len(head) - 2, len(text.value)), content_type)

    told = [] if "charset" in content_type else ["charset"]

    assert (body.value, kinds(body)) == ({"m": "é", "n": 42}, told)
    assert at_root(body, "n") == "42"


@pytest.mark.parametrize(("content_type", "told"), [(None, 1), ("text/plain; charset=latin1", 0)])
def test_a_guessed_charset_is_told(content_type: str | None, told: int) -> None:
    """What bytes that are no UTF-8 are read by is told, unless a charset is declared."""
    text = read_text("Ungültig".encode("latin-1"))
    assert text is not None

    assert ["charset"] * told == kinds(read_body(text, content_type))


@pytest.mark.parametrize(
    ("data", "value", "kind"),
    [
        ('{"m": "日é"}'.encode().replace(b"}", b', "n": "\xff"}'), "日é", "charset"),
        ('{"n": "1", "m": "日é €'.encode()[:-1], "日é ", "truncated"),
    ],
)
def test_bad_bytes_are_told(data: bytes, value: str, kind: str) -> None:
    """A byte that is no UTF-8 is told; half a character at the end is where the text is cut off."""
    text = read_text(data)
    assert text is not None
    body = read_body(text, "application/json")

    assert isinstance(body.value, dict)
    assert (body.value["m"], kinds(body)[0]) == (value, kind)


def test_characters_parted_by_chunks() -> None:
    """A character whose bytes stood in two chunks becomes one when the sizes are taken out."""
    whole = '{"m": "日é 日本語"}'.encode()
    chunks = (b"%x\r\n%s\r\n" % (len(part), part) for part in (whole[:9], whole[9:], b""))
    text = read_text(b"".join(chunks))
    assert text is not None
    body = read_body(dechunk(text)[0], "application/json")

    assert (body.value, kinds(body)) == ({"m": "日é 日本語"}, [])


@pytest.mark.parametrize("width", [b"\0", b""])
def test_utf16_inside_a_capture(width: bytes) -> None:
    """A UTF-16 body between other bytes is read by its charset, whatever its byte order."""
    data = '{"m": "é"}'.encode("utf-16-be" if width else "utf-16-le")
    body = read_body(Text(data.decode("latin-1"), encoding="latin-1"), "text/json; charset=utf-16")

    assert (body.value, at_root(body, "m")) == (
        {"m": "é"},
        '"é"'.encode("utf-16-be" if width else "utf-16-le").decode("latin-1"),
    )


@pytest.mark.parametrize("name", ["nonsense", "base64", "rot13", "../x", "unicode_escape", "utf-7"])
def test_unknown_charsets_are_noted(name: str) -> None:
    """What is no charset is a note, and the body is read all the same."""
    body = read_body(Text('{"a":"é"}'), f"application/json; charset={name}")

    assert (body.value, kinds(body)) == ({"a": "é"}, ["charset"])


def test_wrong_charsets_are_noted() -> None:
    """Bytes that are valid UTF-8 are UTF-8, whatever was declared."""
    body = read_body(Text('{"a":"é"}'), "application/json; charset=iso-8859-1")

    assert (body.value, kinds(body)) == ({"a": "é"}, ["charset"])


@FEW
@given(st.dictionaries(st.text(max_size=6), st.text(max_size=8), max_size=5))
def test_forms_are_read_back(fields: dict[str, str]) -> None:
    """Forms that the standard library writes are read back; places cut the encoded values."""
    from urllib.parse import urlencode

    text = urlencode(fields, errors="replace")
    value, tree = read_form(text)
    expected = {
        name.encode("utf-8", "replace").decode(): item.encode("utf-8", "replace").decode()
        for name, item in fields.items()
    }

    assert value == expected
    assert isinstance(tree.children, dict)
    for name, child in tree.children.items():
        assert read_form("x=" + text[child.start : child.end])[0] == {"x": expected[name]}


def test_repeated_form_names_are_lists() -> None:
    """A repeated name is a list; brackets are part of a name."""
    body = read_body(Text("a[b]=1&x=2&&x=%33&y&=z\r\n"), "application/x-www-form-urlencoded")

    assert body.value == {"a[b]": "1", "x": ["2", "3"], "y": "", "": "z"}
    assert (found(body, "x", "1"), found(body, "a[b]")) == ("%33", "1")


def test_places_in_json_bodies() -> None:
    """Places are found in strict and in lenient JSON alike."""
    for text in ('{"a": [1, {"b": "x"}]}', "{a: [1, {b: 'x',}]}"):
        body = read_body(Text(text))

        assert found(body, "a", "1", "b")[1:-1] == "x"
        assert place(body, ("a", "2")) is None


def test_places_in_text() -> None:
    """Text has a place as a whole, and none inside."""
    body = read_body(Text("no such user"))

    assert (found(body), place(body, ("a",))) == ("no such user", None)


@FEW
@given(
    st.text(alphabet="<>/!?-[]{}\"'=&;%+ab1: \n\0é\ud800", max_size=40),
    st.sampled_from(
        [
            None,
            "application/json",
            "text/xml; charset=utf-16",
            "text/html; charset=latin-1",
            "application/x-www-form-urlencoded; charset=shift_jis",
            "text/plain; charset=iso-2022-jp",
        ]
    ),
)
def test_any_text_is_a_body(text: str, content_type: str | None) -> None:
    """No text and no media type raises, and every value is JSON."""
    body = read_body(Text(text), content_type)

    assert json.dumps(body.value)
    assert place(body, ()) is not None or body.tree is None


@FEW
@given(st.binary(max_size=40), st.sampled_from([codec for codec, _ in CHARSETS]))
def test_any_bytes_are_a_body(data: bytes, codec: str) -> None:
    """No bytes raise, whatever charset they are declared to be in, and places stay in the input."""
    text = Text(data.decode("latin-1"), encoding="latin-1")
    body = read_body(text, f"text/plain; charset={codec}")
    _, start, end = to_root(body.text, 0, len(body.text.value))

    assert 0 <= start <= end <= len(data)
