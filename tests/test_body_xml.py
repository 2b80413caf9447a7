"""The laws of seeing XML as JSON."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.body import place, read_body
from errdecode.body.xml import NESTING, read_xml
from errdecode.model import JSON, Body, Text, Tree

FEW = settings(max_examples=150, deadline=None)
NAMES = st.sampled_from(["a", "b", "code", "é", "x-y"])
WORDS = st.text(alphabet="ab<>&\"' é日😀]", max_size=6).map(str.strip)
ELEMENTS = st.recursive(
    st.tuples(NAMES, st.dictionaries(NAMES, WORDS, max_size=2), WORDS),
    lambda inner: st.tuples(NAMES, st.dictionaries(NAMES, WORDS, max_size=2), st.lists(inner)),
    max_leaves=8,
)


def write(element: tuple[str, dict[str, str], object]) -> tuple[str, dict[str, JSON]]:
    """An element's XML, and its value."""
    name, attributes, content = element
    head = "".join(f" {key}={quoteattr(item)}" for key, item in attributes.items())
    value: dict[str, JSON] = {f"@{key}": item for key, item in attributes.items()}
    if isinstance(content, str):
        if content:
            value["#text"] = content
        return f"<{name}{head}>{escape(content)}</{name}>", value
    inner = ""
    assert isinstance(content, list)
    for child in content:
        text, item = write(child)
        inner += "\n " + text
        value.setdefault(child[0], []).append(item)  # type: ignore[union-attr]
    return (f"<{name}{head}>{inner}\n</{name}>" if inner else f"<{name}{head}/>"), value


@FEW
@given(ELEMENTS)
def test_elements_are_objects(element: tuple[str, dict[str, str], object]) -> None:
    """Elements, attributes and text are seen as the module describes, without a note."""
    text, value = write(element)
    body = read_body(Text('<?xml version="1.0" encoding="utf-8"?>\n' + text))

    assert (body.kind, body.value, body.notes) == ("xml", {element[0]: [value]}, ())


@FEW
@given(ELEMENTS)
def test_places_cut_elements(element: tuple[str, dict[str, str], object]) -> None:
    """The place of each element cuts its own XML, and each attribute's its value."""
    text, _ = write(element)
    tree = read_xml(" " + text).tree
    assert tree is not None
    todo: list[tuple[tuple[str, dict[str, str], object], Tree]] = [
        (element, first(tree, element[0]))
    ]
    for (_name, attributes, content), found in todo:
        written = write((_name, attributes, content))[0]

        assert (" " + text)[found.start : found.end] == written
        assert isinstance(found.children, dict)
        for key, item in attributes.items():
            child = found.children["@" + key]
            assert (" " + text)[child.start : child.end] == quoteattr(item)[1:-1]
        if isinstance(content, str):
            if content:
                child = found.children["#text"]
                assert (" " + text)[child.start : child.end] == escape(content)
            continue
        assert isinstance(content, list)
        counts: dict[str, int] = {}
        for inner in content:
            todo.append((inner, first(found, inner[0], counts.setdefault(inner[0], 0))))
            counts[inner[0]] += 1


def first(tree: Tree, name: str, index: int = 0) -> Tree:
    """The place of a child."""
    assert isinstance(tree.children, dict)
    items = tree.children[name].children
    assert isinstance(items, list)
    item: Tree = items[index]
    return item


def cut_out(body: Body, *tokens: str) -> str:
    """The text at a pointer's place."""
    tree = place(body, tokens)
    assert tree is not None
    return body.text.value[tree.start : tree.end]


def test_namespaces() -> None:
    """Names are local, and a namespace is told where it differs from the parent's."""
    text = (
        '<s:Envelope xmlns:s="urn:soap"><s:Body s:id="1"><Fault xmlns="urn:f">'
        "<code>5</code></Fault></s:Body><plain/></s:Envelope>"
    )
    body = read_body(Text(text), "text/xml")

    assert body.value == {
        "Envelope": [
            {
                "@xmlns": "urn:soap",
                "Body": [
                    {"@id": "1", "Fault": [{"@xmlns": "urn:f", "code": [{"#text": "5"}]}]},
                ],
                "plain": [{"@xmlns": ""}],
            }
        ]
    }
    assert cut_out(body, "Envelope", "0", "@xmlns") == "urn:soap"
    assert cut_out(body, "Envelope", "0", "Body", "0", "@id") == "1"
    assert (
        cut_out(body, "Envelope", "0", "Body", "0", "Fault", "0", "code", "0") == "<code>5</code>"
    )
    assert cut_out(body, "Envelope", "0", "plain", "0") == "<plain/>"


def test_text_between_markup_is_joined() -> None:
    """Text around children, comments and CDATA sections is joined; its place spans all of it."""
    body = read_body(Text("<e>\n one <b/> two <!-- no --><![CDATA[<three>]]>\r\n</e>"))

    assert body.value == {"e": [{"#text": "one  two <three>", "b": [{}]}]}
    assert cut_out(body, "e", "0", "#text") == "one <b/> two <!-- no --><![CDATA[<three>"


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE e [<!ENTITY a "x">]><e>&a;</e>',
        '<?xml version="1.0"?>\n<!DOCTYPE e SYSTEM "http://example.com/e.dtd"><e/>',
        '<!-- c --><!DOCTYPE e [<!ENTITY a SYSTEM "file:///etc/hostname">]><e>&a;</e>',
        '<!DOCTYPE e [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><e>&b;</e>',
    ],
)
def test_document_types_are_refused(text: str) -> None:
    """XML with a document type declaration is kept as text, nothing of it is expanded."""
    body = read_body(Text(text), "application/xml")

    assert (body.kind, body.value) == ("text", text)
    assert [note.kind for note in body.notes] == ["xml-doctype", "media-type-conflict"]


SAMPLE = '<?xml version="1.0"?><e a="1"><c>x</c><c b="2">y &amp; z</c><d/></e>'


@pytest.mark.parametrize("cut", range(32, len(SAMPLE)))
def test_cut_off_xml_keeps_its_beginning(cut: int) -> None:
    """XML cut off anywhere behind its first tag keeps what was read, and says where it ends."""
    body = read_body(Text(SAMPLE[:cut]))

    assert (body.kind, [note.kind for note in body.notes]) == ("xml", ["lenient-xml"])
    assert isinstance(body.value, dict)
    assert list(body.value) == ["e"]


def test_damage_is_told_with_its_place() -> None:
    """The note on damage says line, column and what is wrong."""
    body = read_body(Text("<e>\n<é>x</é><c>y</d></e>"))

    assert body.value == {"e": [{"é": [{"#text": "x"}], "c": [{"#text": "y"}]}]}
    assert [note.message for note in body.notes] == [
        "the XML is damaged at line 2, column 15: mismatched tag"
    ]


def test_undeclared_prefixes_are_read() -> None:
    """A fragment whose prefixes are not declared is read by its local names."""
    body = read_body(Text("<s:Body><s:Fault s:id='1'>x</s:Fault></s:Body>"))

    assert body.value == {"Body": [{"Fault": [{"@id": "1", "#text": "x"}]}]}
    assert [note.kind for note in body.notes] == ["lenient-xml"]


def test_what_follows_is_left_out() -> None:
    """Text behind the document is left out, and a note says so."""
    body = read_body(Text("\ufeff \n<e/>\n$ "))

    assert (body.value, [note.kind for note in body.notes]) == ({"e": [{}]}, ["trailing-text"])


@pytest.mark.parametrize("depth", [NESTING + 1, 5_000])
def test_deep_elements_stay_as_text(depth: int) -> None:
    """Elements nested deeper than the limit stay as their text."""
    body = read_body(Text("<d>" * depth + "é" + "</d>" * depth))

    value = body.value
    for _ in range(NESTING):
        assert isinstance(value, dict)
        items = value["d"]
        assert isinstance(items, list)
        value = items[0]
    left = depth - NESTING
    assert value == {"d": ["<d>" * left + "é" + "</d>" * left]}
    assert [note.kind for note in body.notes] == ["limit"]


@pytest.mark.parametrize(
    "piece", ["<a>", "<a/>", "<a b='", "<!--", "&", "<![CDATA[", "<a b='1'>", "</a>", "é", "<é"]
)
def test_hostile_xml_is_read(piece: str) -> None:
    """Damaged XML of any size neither raises nor hangs."""
    body = read_body(Text("<?xml version='1.0'?><r>" + piece * 60_000))

    assert body.kind == "xml"
