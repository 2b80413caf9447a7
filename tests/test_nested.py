"""The laws of texts inside texts: strings opened, encodings undone, every character in its
place."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.body import read_body
from errdecode.jsontext.repairs import Repairs
from errdecode.jsontext.strings import scan_string
from errdecode.model import JSON, Text
from errdecode.nested import Nested, describe, open_string, unwrap
from errdecode.nested.base64text import read_base64
from errdecode.source import to_parent, to_root

FEW = settings(max_examples=150, deadline=None)
LETTERS = st.text(st.characters(codec="utf-8"), max_size=30)
DOCUMENTS = st.dictionaries(LETTERS, LETTERS | st.integers() | st.lists(LETTERS), max_size=3).map(
    lambda members: json.dumps({"message": "no such thing", **members}, ensure_ascii=False)
)
SAMPLE = '{"error": {"code": "E7", "message": "die Größe 😀 fehlt"}}'


def freed(text: str) -> Nested:
    """What a text is an encoding of."""
    nested = unwrap(Text(text))
    assert nested is not None
    return nested


def opened(literal: str) -> Text:
    """The contents of a literal that stands within other characters."""
    text = open_string(Text(f"[{literal}]"), 1, 1 + len(literal))
    assert text is not None
    return text


@FEW
@given(st.text(max_size=40), st.booleans())
def test_strings_open_to_what_was_written(value: str, plain: bool) -> None:
    """The contents of a string that json.dumps wrote are the string."""
    literal = json.dumps(value, ensure_ascii=plain)

    assert json.loads(literal) == opened(literal).value


@FEW
@given(st.text(max_size=40), st.booleans())
def test_every_character_maps_to_its_escape(value: str, plain: bool) -> None:
    """What a character is mapped to, read as a JSON string, is the character."""
    text = opened(json.dumps(value, ensure_ascii=plain))
    for at, character in enumerate(text.value):
        start, end = to_parent(text, at, at + 1)

        assert text.parent is not None
        assert character == json.loads(f'"{text.parent.value[start:end]}"')


@FEW
@given(st.text("\\\"'u0019dDabcCxUn{}`\n“é\r", max_size=14), st.sampled_from("\"'`“"))
def test_damaged_strings_open_as_they_are_read(content: str, quote: str) -> None:
    """Strings of damaged JSON have the value that the lenient reader gives them."""
    literal = quote + content
    scanned = scan_string(literal, 0, Repairs())
    text = open_string(Text(literal), 0, scanned.end)

    assert text is not None
    assert scanned.value == text.value


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ("'it\\'s'", "it's"),
        ("b'a\\x41'", "aA"),
        ("u'\\u00e9'", "é"),
        ("r'a\\n'", "a\\n"),
        ('"two\nlines"', "two\nlines"),
        ('"no \\q escape"', "no \\q escape"),
        ('"\\u{1F600}"', "😀"),
    ],
)
def test_strings_of_other_languages(literal: str, value: str) -> None:
    """Prefixes, other quotes and escapes are read as their languages mean them."""
    assert value == opened(literal).value


@pytest.mark.parametrize("literal", ["12", "{}", "", "null", "bad'quote'"])
def test_only_strings_are_opened(literal: str) -> None:
    """What does not begin with a quote has no contents."""
    assert open_string(Text(literal), 0, len(literal)) is None


def encode_string(data: str | bytes) -> str | bytes:
    """Write a text as a JSON string; bytes as they are."""
    return json.dumps(data) if isinstance(data, str) else data


def encode_base64(data: str | bytes) -> str | bytes:
    """Write text or bytes as base64."""
    return base64.b64encode(data if isinstance(data, bytes) else data.encode()).decode()


def encode_url_safe(data: str | bytes) -> str | bytes:
    """Write text or bytes as base64url without padding."""
    raw = data if isinstance(data, bytes) else data.encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def encode_lines(data: str | bytes) -> str | bytes:
    """Write text or bytes as base64 in lines (RFC 2045, section 6.8)."""
    return base64.encodebytes(data if isinstance(data, bytes) else data.encode()).decode()


def encode_gzip(data: str | bytes) -> str | bytes:
    """Compress text or bytes."""
    return gzip.compress(data if isinstance(data, bytes) else data.encode(), mtime=0)


def encode_zlib(data: str | bytes) -> str | bytes:
    """Compress text or bytes without gzip's head."""
    return zlib.compress(data if isinstance(data, bytes) else data.encode())


ENCODINGS: list[Callable[[str | bytes], str | bytes]] = [
    encode_string,
    encode_base64,
    encode_url_safe,
    encode_lines,
    encode_gzip,
    encode_zlib,
]


@FEW
@given(DOCUMENTS, st.lists(st.sampled_from(ENCODINGS), min_size=1, max_size=5))
def test_any_sequence_of_encodings_is_undone(
    document: str, encodings: list[Callable[[str | bytes], str | bytes]]
) -> None:
    """A document in any sequence of encodings up to the depth is recovered, and read."""
    data: str | bytes = document
    for encoding in encodings:
        data = encoding(data)
    outer = encode_base64(data) if isinstance(data, bytes) else data
    nested = unwrap(Text(str(outer)))
    if outer == document:
        return

    assert nested is not None
    assert document == nested.text.value
    assert read_body(Text(document)).value == nested.body.value
    assert to_root(nested.text, 0, len(document))[0].value == outer


@pytest.mark.parametrize(
    ("encodings", "steps"),
    [
        ([encode_string], ("JSON string",)),
        ([encode_base64], ("base64",)),
        ([encode_gzip, encode_base64], ("base64", "gzip")),
        ([encode_zlib, encode_base64, encode_string], ("JSON string", "base64", "zlib")),
        ([encode_gzip, encode_gzip, encode_base64], ("base64", "gzip", "gzip")),
    ],
)
def test_each_step_is_named(
    encodings: list[Callable[[str | bytes], str | bytes]], steps: tuple[str, ...]
) -> None:
    """The steps are named from the outermost to the innermost."""
    data: str | bytes = SAMPLE
    for encoding in encodings:
        data = encoding(data)
    nested = freed(str(data))

    assert steps == nested.steps
    assert f"read out of the body ({', '.join(steps)})" == describe(nested).message


@FEW
@given(DOCUMENTS, st.sampled_from([encode_base64, encode_url_safe, encode_lines]))
def test_base64_characters_hold_what_they_are_mapped_to(
    document: str, encoding: Callable[[str | bytes], str | bytes]
) -> None:
    """A character's bits are those of the characters it is mapped to, and all of them count."""
    outer = str(encoding(document))
    nested = freed(outer)
    byte = 0
    for at, character in enumerate(nested.text.value):
        start, end = to_parent(nested.text, at, at + 1)
        before = len("".join(outer[:start].split()))
        digits = "".join(outer[start:end].split())
        bits = int.from_bytes(base64.urlsafe_b64decode(pad(digits)), "big")
        size = len(character.encode())
        shift = (before + len(digits)) * 6 - (byte + size) * 8
        mask = (1 << 8 * size) - 1

        assert int.from_bytes(character.encode(), "big") == (bits >> shift) & mask
        assert before == byte * 8 // 6
        assert before + len(digits) == ((byte + size) * 8 + 5) // 6
        byte += size


def pad(digits: str) -> str:
    """Base64 digits with zeros before them, so that they fill whole groups, URL-safe."""
    return ("A" * (-len(digits) % 4) + digits).replace("+", "-").replace("/", "_")


def test_compressed_characters_map_to_the_whole() -> None:
    """Decompressed text can only be mapped to all that was compressed, without blanks around."""
    encoded = str(encode_base64(encode_gzip(SAMPLE)))
    nested = freed(f" {encoded}\n")

    assert (1, 1 + len(encoded.rstrip("="))) == to_parent(nested.text, 5, 6)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_base64_of_other_charsets(encoding: str) -> None:
    """Text in base64 is UTF-8 or UTF-16; each character keeps its place."""
    outer = base64.b64encode(SAMPLE.encode(encoding)).decode()
    nested = freed(outer)
    at = SAMPLE.index("E7")
    start, end = to_parent(nested.text, at, at + 2)

    assert SAMPLE == nested.text.value
    assert b"E" in base64.b64decode(outer[start // 4 * 4 : -(-end // 4) * 4])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain words",
        "InvalidInputException",
        "authorization_pending",
        "ba5e16ca1ac7e15abcdef01234567890",
        "8516091485743033",
        "4f3c2f64-8c5b-4ed1-9d5b-0a1f6f4b2b11",
        SAMPLE,
        "<Error><Code>x</Code></Error>",
        '"two" strings',
        "x^2 + y",
        "eA==",
        base64.b64encode(bytes(range(256))).decode(),
    ],
)
def test_words_are_no_encodings(text: str) -> None:
    """Names, numbers, identifiers, base64 of binary data and content itself are left alone."""
    assert unwrap(Text(text)) is None


def test_depth_is_stated() -> None:
    """Eight encodings are undone; a note tells that there are more."""
    text = SAMPLE
    for _ in range(9):
        text = json.dumps(text)
    nested = freed(text)

    assert (("JSON string",) * 8, ["limit"]) == (nested.steps, [note.kind for note in nested.notes])
    assert json.dumps(SAMPLE) == nested.text.value


def test_bombs_end_with_a_note() -> None:
    """Data that grows beyond the limit when decompressed is cut off there, and told."""
    bomb = gzip.compress(bytes(40 << 20).replace(b"\0", b"[ "), mtime=0)
    nested = freed(base64.b64encode(gzip.compress(bomb, mtime=0)).decode())

    assert (("base64", "gzip", "gzip"), False) == (nested.steps, nested.is_content)
    assert ["limit"] == [note.kind for note in nested.notes]
    assert len(nested.text.value) <= 16 << 20


def test_truncated_gzip_gives_what_could_be_read() -> None:
    """Of compressed data that is cut off, what could be read is kept, with a note."""
    document = json.dumps({"message": [f"item {number * number}" for number in range(300)]})
    outer = base64.b64encode(gzip.compress(document.encode())[:-200]).decode()
    nested = freed(outer)

    assert document.startswith(nested.text.value)
    assert "truncated" in {note.kind for note in nested.notes}


@FEW
@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda data: data.decode("latin-1")))
def test_unwrapping_never_raises(text: str) -> None:
    """Any text is an encoding or not."""
    nested = unwrap(Text(text))

    assert nested is None or 1 <= len(nested.steps) <= 8


@FEW
@given(st.binary(max_size=60))
def test_unwrapping_any_compressed_bytes_never_raises(data: bytes) -> None:
    """Damaged compressed data in base64 is read as far as it goes, or left alone."""
    for head in (b"\x1f\x8b\x08\x00", b"\x78\x9c", gzip.compress(data)[:-4]):
        nested = unwrap(Text(base64.b64encode(head + data).decode()))

        assert nested is None or nested.steps[0] == "base64"


@FEW
@given(st.binary(min_size=1, max_size=60), st.booleans())
def test_base64_is_read_padded_or_not(data: bytes, padded: bool) -> None:
    """Base64 gives its bytes back; with bits left over that are not zero it is none."""
    text = base64.b64encode(data).decode()
    block = read_base64(text if padded else text.rstrip("="))

    assert block is not None
    assert data == block.data


@pytest.mark.parametrize("text", ["A", "AAAAA", "ab-c+def", "aB==", "AAA=AAAA", "AAAA BBBB", "==="])
def test_what_is_no_base64(text: str) -> None:
    """Impossible lengths, mixed alphabets, spare bits, padding or blanks inside are no base64."""
    assert read_base64(text) is None


def test_values_do_not_change() -> None:
    """Big numbers and escapes reach the inner body as they were written."""
    document = '{"id": 12345678901234567890, "s": "a\\u00e9\\n\\"q\\""}'
    value: JSON = freed(json.dumps(document)).body.value

    assert json.loads(document) == value
