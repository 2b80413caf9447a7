"""The laws of nested bodies: found where errors hide them, the likeliest first, in their place."""

from __future__ import annotations

import base64
import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.body import place, read_body
from errdecode.model import JSON, Body, Text
from errdecode.nested import Nested, describe, find_nested, follow
from errdecode.source import to_root

FEW = settings(max_examples=100, deadline=None)
INNER = '{"error": {"code": "E7", "message": "die Größe fehlt"}}'
XML = "<Error><Code>E7</Code></Error>"


def body_of(document: JSON | Text) -> Body:
    """A body as it is read; a document is written as JSON first."""
    return read_body(document if isinstance(document, Text) else Text(json.dumps(document)))


def found_in(document: JSON | Text) -> list[tuple[str, tuple[str, ...], str]]:
    """Place, steps and text of each nested body."""
    return [
        ("/".join(nested.tokens), nested.steps, nested.text.value)
        for nested in find_nested(body_of(document))
    ]


def origin(nested: Nested, part: str) -> str:
    """What a part of a nested text is written as in the response's own text."""
    start = nested.text.value.index(part)
    root, first, last = to_root(nested.text, start, start + len(part))
    return root.value[first:last]


def b64(data: str | bytes) -> str:
    """Base64."""
    return base64.b64encode(data if isinstance(data, bytes) else data.encode()).decode()


@pytest.mark.parametrize(
    ("value", "steps", "inner"),
    [
        (INNER, (), INNER),
        (f"  {INNER}\n", (), f"  {INNER}\n"),
        (XML, (), XML),
        (json.dumps(INNER), ("JSON string",), INNER),
        (b64(INNER), ("base64",), INNER),
        (b64(XML), ("base64",), XML),
        (b64(gzip.compress(INNER.encode(), mtime=0)), ("base64", "gzip"), INNER),
        (b64(b64(INNER)), ("base64", "base64"), INNER),
        (f"Upstream failed: {INNER}", ("JSON within text",), INNER),
        (f'400 Bad Request: "{INNER}"', ("JSON within text",), INNER),
        (f"400 : [{INNER}]", ("JSON within text",), f"[{INNER}]"),
        (f"[400] during [POST] to [http://x]: [{INNER}]", ("JSON within text",), f"[{INNER}]"),
        (f"failed for {{id}}: {INNER}.", ("JSON within text",), INNER),
        (f'sent {{"a": 1}}, got {INNER}', ("JSON within text",), INNER),
        (b64(f"Upstream failed: {INNER}"), ("base64", "JSON within text"), INNER),
        ("failed: {'code': 'E7', 'at': None}", ("JSON within text",), "{'code': 'E7', 'at': None}"),
        ('500: {"code": "E7", "mess', ("JSON within text",), '{"code": "E7", "mess'),
    ],
)
def test_what_strings_hold(value: str, steps: tuple[str, ...], inner: str) -> None:
    """A member's string gives the body it holds, each step named; so does a text alone."""
    assert [("message", ("JSON string", *steps), inner)] == found_in({"message": value})
    assert [("", ("JSON string", *steps), inner)] == found_in(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "{}",
        "[]",
        "[1]: document missing",
        "[MASK]",
        "[REDACTED]",
        "{linkId} must be a valid host label",
        "[POST] /things/{id}",
        "[a, b] is not allowed",
        '<a href="https://example.com/">a link</a>',
        "<pad>",
        "expected {0} but got {1}",
        '"quoted"',
        "InvalidInputException",
        "ba5e16ca1ac7e15abcdef01234567890",
        b64("just some words that are long enough"),
        b64(bytes(range(200))),
        "user@example.com said \"{'",
    ],
)
def test_what_strings_do_not_hold(value: str) -> None:
    """Words in brackets, templates, links, identifiers and empty values are no bodies."""
    assert [] == found_in({"message": value})


def test_the_likeliest_comes_first() -> None:
    """Members named as errors name them come first, then the shallow ones."""
    document = {
        "zone": INNER,
        "meta": {"deep": {"Error_Message": INNER}},
        "list": [{"other": INNER}],
        "cause": {"x": 1},
        "details": [INNER],
        "body": INNER,
    }

    assert [
        "body",
        "details/0",
        "meta/deep/Error_Message",
        "zone",
        "list/0/other",
    ] == [place for place, _, _ in found_in(document)]


def test_words_behind_the_json_are_told() -> None:
    """What follows JSON within a text is left out with a note."""
    (nested,) = find_nested(body_of({"message": f"got {INNER} from upstream"}))

    assert ["trailing-text"] == [note.kind for note in nested.notes]


@pytest.mark.parametrize(
    ("text", "tokens", "steps"),
    [
        (f"<r><m><![CDATA[{INNER}]]></m></r>", "r/0/m/0/#text", "XML text"),
        (
            f"<E><B><F><d><x><m>{INNER}</m></x></d></F></B></E>",
            "E/0/B/0/F/0/d/0/x/0/m/0/#text",
            "XML text",
        ),
        ("<r m='" + INNER.replace('"', "&quot;") + "'/>", "r/0/@m", "XML text"),
        ("error=1&body=%7B%22code%22%3A%22E7%22%7D", "body", "form value"),
        ("{'status': 500, 'body': '" + INNER + "'}", "body", "JSON string"),
    ],
)
def test_other_kinds_of_bodies(text: str, tokens: str, steps: str) -> None:
    """XML, forms and damaged JSON hold bodies too; their places lie in the outer text."""
    (nested,) = find_nested(body_of(Text(text)))
    tree = place(body_of(Text(text)), nested.tokens)
    _, start, end = to_root(nested.text, 0, len(nested.text.value))

    assert (tokens, (steps,)) == ("/".join(nested.tokens), nested.steps)
    assert tree is not None
    assert tree.start <= start < end <= tree.end


def test_a_text_holds_a_body() -> None:
    """Of a text that is mostly words, the JSON in it is found in its place."""
    words = "The service could not answer because of the following reason, sorry: " * 3
    (nested,) = find_nested(body_of(Text(words + INNER)))

    assert (("JSON within text",), INNER) == (nested.steps, origin(nested, INNER))


def test_places_lead_through_all_layers() -> None:
    """A value in the innermost body is traced to the characters that it was sent as."""
    inner = json.dumps({"body": b64(INNER)})
    document = {"message": f"got {json.dumps({'error': inner})}"}
    last = list(follow(body_of(document)))[-1]
    sent = origin(last, '"E7"')

    assert (INNER, '{"code') == (last.text.value, INNER[10:16])
    assert b'"E7"' in base64.b64decode(b64(INNER)[: b64(INNER).index(sent) + len(sent)] + "===")
    assert describe(last).message == (
        "read out of /message (JSON string, JSON within text), in it /error (JSON string),"
        " in it /body (JSON string, base64)"
    )


@FEW
@given(
    st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=4),
    st.sampled_from(["message", "other", "é"]),
)
def test_each_value_stands_where_it_was_written(members: dict[str, str], name: str) -> None:
    """Each string of a nested body maps to its doubly escaped form in the outer text."""
    inner = json.dumps({"code": "E7", **members})
    (nested,) = find_nested(body_of({name: inner}))
    for token, value in members.items():
        tree = place(nested.body, (token,))
        if tree is None or token.strip() != token:
            continue
        sent = origin(nested, nested.text.value[tree.start : tree.end])

        assert value == json.loads(json.loads(f'"{sent}"'))


def test_layers_are_followed_one_by_one() -> None:
    """Nested bodies of nested bodies come after those around them, each knowing its outer one."""
    document = {"a": json.dumps({"body": INNER, "x": json.dumps({"y": XML})}), "b": INNER}
    followed = list(follow(body_of(document)))

    assert [("a",), ("b",), ("body",), ("x",), ("y",)] == [nested.tokens for nested in followed]
    assert [None, None, ("a",), ("a",), ("x",)] == [
        nested.outer and nested.outer.tokens for nested in followed
    ]


def test_the_depth_holds_through_all_layers() -> None:
    """At most eight encodings are undone, in however many bodies."""
    document: JSON = {"code": "E7"}
    for _ in range(12):
        document = {"message": json.dumps(document)}

    assert 8 == len(list(follow(body_of(document))))


def test_the_walk_is_bounded() -> None:
    """Of very many values only the first are looked at, and only the first bodies are yielded."""
    early = {"list": [INNER] * 100}
    late = {"list": [*range(5000), INNER]}
    deep: JSON = INNER
    for _ in range(9):
        deep = {"a": deep}

    assert [8, 0, 0] == [len(found_in(document)) for document in (early, late, deep)]


@pytest.mark.parametrize(
    "text",
    [
        '{"message": "' + "{" * 100_000 + '"}',
        '{"message": "' + '{\\"a' * 50_000 + '"}',
        '{"message": "' + '[\\"' * 50_000 + '"}',
        json.dumps({"message": "eyJh" * 50_000}),
        json.dumps({"a": ['{"x' + "[" * 500] * 1000}),
        '"' + '\\"' * 100_000 + '"',
        "{'a': '" + "\\u0041" * 50_000,
    ],
)
def test_hostile_bodies_end(text: str) -> None:
    """Texts that promise very much and hold nothing are done with."""
    assert isinstance(found_in(Text(text)), list)


@FEW
@given(st.recursive(st.text('{}[]"\\<>/ae:,1 \n', max_size=20), st.lists, max_leaves=8))
def test_finding_never_raises(document: JSON) -> None:
    """Any body holds others or does not; their texts descend from the body's own."""
    body = body_of(document)
    for nested in find_nested(body):
        root, start, end = to_root(nested.text, 0, len(nested.text.value))

        assert root is body.text
        assert 0 <= start <= end <= len(root.value)
        assert nested.is_content
