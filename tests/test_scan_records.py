"""The records of long documents: each found once, whatever part of the document is looked at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from errdecode.scan.cut.brackets import DEEPEST, outline
from errdecode.scan.cut.records import LONGEST_NAME, Records, record_at, records_of
from errdecode.scan.cut.stretches import PIECE, Stretches

SMALL = 512
"""Bytes of a piece, here."""
TEXTS = st.sampled_from(
    ["", "a", "it was answered", "},{", '"[', '\\"', "é\u1234", "12:30, {", '{"a":1}', "\n]"]
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 999) | st.just(-2.5e10) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=6,
)
ITEMS = st.lists(VALUES, min_size=30, max_size=80)
DOCUMENTS = st.builds(
    lambda shape, items: shape(items),
    st.sampled_from(
        [
            lambda items: items,
            lambda items: {"next": None, "events": items, "total": {"value": 7}},
            lambda items: {"hits": {"hits": items, "max": 1}, "took": 5},
            lambda items: [items[:40], items[40:]],
        ]
    ),
    ITEMS,
)
STYLES = st.sampled_from(
    [
        {"separators": (",", ":")},
        {},
        {"indent": 1},
        {"indent": "\t", "ensure_ascii": False},
        {"indent": 0},
    ]
)


def texts_in(data: bytes, edges: list[int]) -> list[tuple[int, bytes]]:
    """The records that begin between each two places, told from what stands around those alone:
    where each begins, and its line."""
    found = []
    for start, end in pairwise(edges):
        base = max(0, start - 8 * SMALL)
        seen = data[base : end + 8 * SMALL + LONGEST_NAME]
        for stretch in Stretches(seen, base, SMALL).between(
            start - base - SMALL, end - base + LONGEST_NAME
        ):
            records = records_of(seen, stretch, 0, len(seen))
            for at, line in lines_of(records):
                place = base + records.to_data(at)
                if start <= place < end:
                    found.append((place, line))
    return found


def lines_of(records: Records) -> Iterator[tuple[int, bytes]]:
    """Where the line of each record begins, and the line."""
    for at, end in pairwise([*records.starts, len(records.text) + 1]):
        yield at, bytes(records.text[at : end - 1])


@settings(max_examples=40)
@given(DOCUMENTS, STYLES, st.lists(st.integers(0, 9000), max_size=3))
def test_records_do_not_hang_on_the_split(
    value: Any, style: dict[str, Any], cuts: list[int]
) -> None:
    """Any parts of a document have the records that the whole has."""
    data = f"{json.dumps(value, **style)}\n".encode()
    edges = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})

    assert texts_in(data, [0, len(data)]) == texts_in(data, edges)


@settings(max_examples=40)
@given(ITEMS)
def test_each_item_of_an_array_is_a_record(items: list[Any]) -> None:
    """Every object and array in a long array is found once, and in order."""
    data = json.dumps({"events": items}, separators=(",", ":")).encode()
    found = [json.loads(line) for _, line in texts_in(data, [0, len(data)])]
    small = [one for one in items if isinstance(one, list | dict)]
    assume(len(data) - len('{"events":}') > SMALL)
    assume(all(len(json.dumps(one, separators=(",", ":"))) <= SMALL for one in small))

    assert small == [one for one in found if isinstance(one, list | dict)]


@settings(max_examples=40)
@given(DOCUMENTS, STYLES)
def test_a_record_is_where_it_is_said_to_be(value: Any, style: dict[str, Any]) -> None:
    """A record's bytes stand in the document, but for line breaks and the brackets of members."""
    data = f"{json.dumps(value, **style)}\n".encode()
    for place, line in texts_in(data, [0, len(data)]):
        own = data[place : place + len(line)].replace(b"\n", b" ")

        assert own[1:-1] == line[1:-1]
        json.loads(line)


def test_a_record_is_found_around_a_place() -> None:
    """A record is found again by a place in it; a place between two records is in none."""
    items = [{"n": n, "text": "x" * 300} for n in range(2000)]
    data = json.dumps({"events": items}).encode()
    at = data.index(b'"n": 1500')
    line = json.dumps(items[1500]).encode()

    assert len(data) > 2 * PIECE
    assert (line, 1) == record_at(data, 0, at)
    assert record_at(data, 0, data.index(b'"events"') + 2) is None


def test_what_is_no_document_has_no_brackets() -> None:
    """Text is no JSON, and brackets without end are told to be that, at once."""
    text = b"an error without end, and an { opening bracket; " * 5000
    tangled = (b'{"error":' * 30_000, b"[" * PIECE, b"[]" * PIECE, b"}" * PIECE)

    assert outline(text, 0, len(text), words=True, ends=False) is None
    for one in tangled:
        found = outline(one, 0, PIECE, words=True, ends=False)

        assert found is not None
        assert found.tangled
    assert DEEPEST < PIECE
