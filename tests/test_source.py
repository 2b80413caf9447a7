"""The laws of texts: bytes to characters, lines and columns, and origin maps back to the input."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.model import Position, Text
from errdecode.source import (
    Builder,
    byte_length,
    cut,
    end_of_bytes,
    input_span,
    join,
    position,
    read_text,
    span,
    to_bytes,
    to_parent,
    to_root,
)

FEW = settings(max_examples=150, deadline=None)
SAMPLE = 'ä€😀 "é"\n'


@pytest.mark.parametrize(
    ("data", "encoding", "head"),
    [
        (SAMPLE.encode(), "utf-8", 0),
        (b"\xef\xbb\xbf" + SAMPLE.encode(), "utf-8", 3),
        (b"\xff\xfe" + SAMPLE.encode("utf-16-le"), "utf-16-le", 2),
        (b"\xfe\xff" + SAMPLE.encode("utf-16-be"), "utf-16-be", 2),
        (b"\xff\xfe\0\0" + SAMPLE.encode("utf-32-le"), "utf-32-le", 4),
        (b"\0\0\xfe\xff" + SAMPLE.encode("utf-32-be"), "utf-32-be", 4),
    ],
)
def test_charset_is_told(data: bytes, encoding: str, head: int) -> None:
    """Marked or plain, the bytes become the same characters."""
    assert Text(SAMPLE, encoding=encoding, head=head) == read_text(data)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(encoding: str) -> None:
    """UTF-16 shows itself by its zero bytes."""
    text = read_text('{"message": "no"}'.encode(encoding))

    assert Text('{"message": "no"}', encoding=encoding) == text


@pytest.mark.parametrize(
    ("data", "value", "encoding"),
    [
        (b"caf\xe9", "café", "latin-1"),
        (b"\x93quoted\x94 \x96 5 \x80", "“quoted” – 5 €", "cp1252"),
        (b"\x81\x93", "\x81\x93", "latin-1"),
        (b"\xff\xe9, \xc3\xab", "ÿé, Ã«", "latin-1"),
        (b"\xef\xbb\xbfcaf\xe9", "café", "latin-1"),
    ],
)
def test_eight_bit_charsets(data: bytes, value: str, encoding: str) -> None:
    """What is no UTF-8 is Windows-1252 where it holds typography, else latin-1."""
    text = read_text(data)

    assert text is not None
    assert (value, encoding) == (text.value, text.encoding)


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ("é日".encode() + b"\xff.", "é日\udcff."),
        (b"\xff, " + "é".encode(), "\udcff, é"),
        (b"\xff\xe9, " + "日".encode(), "\udcff\udce9, 日"),
        ("é".encode() + b" \xe2\x82", "é \udce2\udc82"),
        ("é".encode() + b" \xc3", "é \udcc3"),
        (b"caf\xe2\x82", "caf\udce2\udc82"),
        (b"\xef\xbb\xbf" + "é日".encode() + b"\xff", "é日\udcff"),
    ],
)
def test_nearly_utf8_is_utf8(data: bytes, value: str) -> None:
    """A few bad bytes, or half a character at the end, spoil no other character, and no place."""
    text = read_text(data)
    assert text is not None
    end = position(text, len(text.value))

    assert (value, "utf-8", len(data)) == (text.value, text.encoding, end.offset)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\0\0\0\0", b"ELF\0\1\2"])
def test_binary_is_no_text(data: bytes) -> None:
    """Bytes with NULs that are no UTF-16 are not text."""
    assert read_text(data) is None


@given(st.binary(max_size=80) | st.text(max_size=40).map(str.encode))
@FEW
def test_reading_never_raises(data: bytes) -> None:
    """Any bytes are text or not; text has as many bytes as the input, but for a cut-off unit."""
    text = read_text(data)

    if text is None:
        assert b"\0" in data
    else:
        unit = {"utf-16": 2, "utf-32": 4}.get(text.encoding[:6], 1)
        size = text.head + byte_length(text.value, text.encoding)
        assert 0 <= size - len(data) < unit


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_end_at_lf_crlf_and_cr(ending: str) -> None:
    """Lines are counted from 1, columns from 1 in code points, offsets from 0 in bytes."""
    text = Text(f"é1{ending}😀23{ending}4")
    at = text.value.index("3")

    assert Position(2, 3, 3 + len(ending) + 5) == position(text, at)
    assert Position(3, 1, 3 + len(ending) * 2 + 6) == position(text, text.value.index("4"))


def test_between_cr_and_lf() -> None:
    """The place between CR and LF belongs to the line they end."""
    text = Text("ab\r\ncd")

    assert [(1, 3), (1, 4), (2, 1)] == [position(text, at)[:2] for at in (2, 3, 4)]


def test_ends_of_a_text() -> None:
    """The first place is 1:1 behind the mark; the last is the length itself."""
    text = Text("a\n", head=3)

    assert (Position(1, 1, 3), Position(2, 1, 5)) == span(text, 0, 2)
    assert Position(1, 1, 0) == position(Text(""), 0)


@given(st.binary(max_size=40) | st.text(max_size=12).map(str.encode), st.integers(0, 40))
@FEW
def test_bytes_end_where_characters_do(data: bytes, size: int) -> None:
    """So many bytes are so many whole characters, bad bytes among them."""
    value = "é日\ud800" + data.decode("utf-8", "surrogateescape")
    end = end_of_bytes(value, 2, size)

    if end is None:
        assert len(to_bytes(value[2:], "utf-8")) < size
    else:
        assert 0 <= size - len(to_bytes(value[2:end], "utf-8")) < 4


@given(st.text(max_size=40), st.integers(0, 40))
@FEW
def test_offset_is_the_length_of_the_prefix(value: str, at: int) -> None:
    """The offset of a character is the length of all before it, in the text's encoding."""
    at = min(at, len(value))
    for encoding in ("utf-8", "utf-16-le", "utf-32-be"):
        expected = len(value[:at].encode(encoding, "surrogatepass"))

        assert expected == position(Text(value, encoding=encoding), at).offset


@given(st.text(alphabet="ab\r\n😀", max_size=30), st.integers(0, 30))
@FEW
def test_line_and_column_lead_back(value: str, at: int) -> None:
    """Lines and columns name the very character, however lines end."""
    at = min(at, len(value))
    place = position(Text(value), at)
    starts = [0]
    for i, character in enumerate(value):
        if character == "\n" or (character == "\r" and value[i + 1 : i + 2] != "\n"):
            starts.append(i + 1)

    assert at == starts[place.line - 1] + place.column - 1


def test_cut_and_join_know_their_places() -> None:
    """A text cut out of a joined one leads back through both to the root."""
    root = Text("> ab\n> cd\n")
    lines = join(root, [(2, 5), (7, 9)])
    word = cut(lines, 1, 5)

    assert ("ab\ncd", "b\ncd") == (lines.value, word.value)
    assert (root, 7, 9) == to_root(word, 2, 4)
    assert (root, 3, 9) == to_root(word, 0, 4)
    assert 2 == input_span(word, 3, 4).start.line


def test_builder_undoes_escapes() -> None:
    """A decoded character stands for all of its escape."""
    root = Text(r"a\u00e9b")
    builder = Builder(root)
    builder.copy(0, 1)
    builder.put("é", 1, 7)
    builder.copy(7, 8)
    text = builder.text()

    assert "aéb" == text.value
    assert [(0, 1), (1, 7), (7, 8)] == [to_parent(text, i, i + 1) for i in range(3)]


def test_empty_ranges_and_texts() -> None:
    """An empty range maps to an empty one; a root has no parent to map to."""
    root = Text("abc")
    empty = cut(root, 1, 1)

    assert (1, 1) == to_parent(empty, 0, 0)
    assert (3, 3) == to_parent(cut(root, 1, 3), 2, 2)
    assert (0, 0) == to_parent(join(root, []), 0, 0)
    with pytest.raises(ValueError, match="not cut out"):
        to_parent(root, 0, 1)


@given(st.text(min_size=1, max_size=30), st.data())
@FEW
def test_origin_maps_lead_to_the_same_characters(value: str, data: st.DataObject) -> None:
    """However often a text is cut and joined, each character leads to itself in the root."""
    root = text = Text(value)
    for _ in range(data.draw(st.integers(1, 4))):
        size = len(text.value)
        places = st.tuples(st.integers(0, size), st.integers(0, size)).map(sorted).map(tuple)
        pieces = data.draw(st.lists(places, min_size=1, max_size=3))
        text = cut(text, *pieces[0]) if len(pieces) == 1 else join(text, pieces)
    found = [to_root(text, at, at + 1) for at in range(len(text.value))]

    assert text.value == "".join(source.value[start:end] for source, start, end in found)
    assert all(source is root for source, _, _ in found)


@given(st.lists(st.tuples(st.booleans(), st.text(min_size=1, max_size=5)), max_size=8))
@FEW
def test_built_texts_lead_back(pieces: list[tuple[bool, str]]) -> None:
    """Copied characters lead to themselves, decoded ones to the range they stand for."""
    root = Text("".join(piece for _, piece in pieces))
    builder, at = Builder(root), 0
    expected: list[tuple[int, int]] = []
    for copied, piece in pieces:
        end = at + len(piece)
        if copied:
            builder.copy(at, end)
            expected += [(i, i + 1) for i in range(at, end)]
        else:
            builder.put("xy", at, end)
            expected += [(at, end)] * 2
        at = end
    text = builder.text()

    assert expected == [to_parent(text, i, i + 1) for i in range(len(text.value))]
