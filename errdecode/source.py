"""Texts with origin maps: decode bytes, cut texts out of texts, find a character's place again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from errdecode.model import Position, Run, Span, Text
from errdecode.regex import expression

_MARKS = (  # byte order marks (RFC 3629, section 6; RFC 2781, section 3.2)
    (b"\xff\xfe\x00\x00", "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


_TYPOGRAPHY = expression(rb"[\x80\x91-\x94\x96\x97]")
"""The euro sign, quotation marks and dashes of Windows-1252, control characters in latin-1."""
BAD_BYTE = expression("[\udc80-\udcff]")
"""What stands for a byte that is no UTF-8, as `surrogateescape` (PEP 383) has it."""


def read_text(data: bytes) -> Text | None:
    """Decode a capture: byte order mark, UTF-8, UTF-16 told by its zeros, else an 8-bit charset.

    Every character encodes back to the bytes it came from, so offsets are exact. Single bytes in
    UTF-8 that are none, and a last character that is cut off, become `BAD_BYTE`s. None when the
    bytes are not text: they hold NULs and are no UTF-16.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data, encoding, len(mark))
    if b"\0" in data:
        utf16 = _utf16_by_zeros(data)
        return _decode(data, utf16, 0) if utf16 else None
    return _decode(data, "utf-8", 0)


def cut(text: Text, start: int, end: int) -> Text:
    """Cut the characters `start` (0-based) up to `end` out of a text, which becomes the parent."""
    return Text(text.value[start:end], (Run(0, start),), text)


def join(parent: Text, pieces: Iterable[tuple[int, int]]) -> Text:
    """Join several half-open ranges of `parent` into one text; body lines of a transcript, say."""
    runs: list[Run] = []
    parts: list[str] = []
    length = 0
    for start, end in pieces:
        if end > start:
            runs.append(Run(length, start))
            parts.append(parent.value[start:end])
            length += end - start
    return Text("".join(parts), tuple(runs), parent)


class Builder:
    """Builds a text out of a parent piece by piece, with its origin map: the way to undo escapes.

    `copy` takes characters as they are; `put` adds decoded ones that stand for a range of the
    parent.
    """

    def __init__(self, parent: Text) -> None:
        self.parent = parent
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self.length = 0
        """Characters so far."""

    def copy(self, start: int, end: int) -> None:
        """Add the parent's characters `start` up to `end`, unchanged."""
        if end > start:
            last = self._runs[-1] if self._runs else None
            if not (
                last
                and last.step == last.width == 1
                and last.origin + self.length - last.start == start
            ):
                self._runs.append(Run(self.length, start))
            self._parts.append(self.parent.value[start:end])
            self.length += end - start

    def put(self, value: str, start: int, end: int) -> None:
        """Add characters that all stand for the parent's range `start` up to `end`."""
        if value:
            self._runs.append(Run(self.length, start, 0, end - start))
            self._parts.append(value)
            self.length += len(value)

    def text(self) -> Text:
        """The text built so far."""
        return Text("".join(self._parts), tuple(self._runs), self.parent)


def to_parent(text: Text, start: int, end: int) -> tuple[int, int]:
    """Map a half-open range of a text to the smallest range of its parent that it came from.

    An empty range maps to an empty one, before the character that follows it. Raises `ValueError`
    when the text has no parent.
    """
    if text.parent is None:
        raise ValueError("this text was not cut out of another")
    if not text.runs:
        return (0, 0)
    if start >= end:
        at = _edge(text, start)
        return (at, at)
    first, _ = _origin(text, start)
    _, last = _origin(text, end - 1)
    return (min(first, last), max(first, last))


def to_root(text: Text, start: int, end: int) -> tuple[Text, int, int]:
    """Map a range through all parents: the root text, and the range in it."""
    while text.parent is not None:
        start, end = to_parent(text, start, end)
        text = text.parent
    return text, start, end


def up_to(text: Text, ancestor: Text, start: int, end: int) -> tuple[int, int]:
    """Map a range of a text to the one of an ancestor that it came from.

    Raises `ValueError` when the text does not descend from it.
    """
    while text is not ancestor:
        if text.parent is None:
            raise ValueError("this text was not cut out of that one")
        start, end = to_parent(text, start, end)
        text = text.parent
    return start, end


def position(text: Text, at: int) -> Position:
    """The place of character `at` (0-based; the length itself is the end) in its own text.

    Lines end at LF, CRLF or a lone CR.
    """
    value = text.value
    lines = value.count("\n", 0, at) + value.count("\r", 0, at) - value.count("\r\n", 0, at)
    if 0 < at < len(value) and value[at - 1 : at + 1] == "\r\n":
        lines -= 1  # between CR and LF: still the line they end
        begin = max(value.rfind("\n", 0, at - 1), value.rfind("\r", 0, at - 1)) + 1
    else:
        begin = max(value.rfind("\n", 0, at), value.rfind("\r", 0, at)) + 1
    return Position(lines + 1, at - begin + 1, text.head + byte_length(value[:at], text.encoding))


def span(text: Text, start: int, end: int) -> Span:
    """The places of a half-open range in its own text."""
    return Span(position(text, start), position(text, end))


def input_span(text: Text, start: int, end: int) -> Span:
    """The places of a half-open range in the input that the user gave."""
    return span(*to_root(text, start, end))


def byte_length(value: str, encoding: str) -> int:
    """How many bytes a string takes in an encoding; lone surrogates count as if allowed."""
    if value.isascii() and not encoding.startswith(("utf-16", "utf-32")):
        return len(value)
    return len(to_bytes(value, encoding))


def to_bytes(value: str, encoding: str) -> bytes:
    """Encode a string as it was read; in UTF-8 a `BAD_BYTE` is the byte it stands for."""
    if encoding != "utf-8":
        errors = "surrogatepass" if encoding.startswith("utf-") else "replace"
        return value.encode(encoding, errors)
    try:
        return value.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # another lone surrogate
        parts = re.split(f"({BAD_BYTE.pattern}+)", value)
        ways = ("surrogatepass", "surrogateescape")
        return b"".join(part.encode("utf-8", ways[at % 2]) for at, part in enumerate(parts))


def end_of_bytes(value: str, start: int, size: int, encoding: str = "utf-8") -> int | None:
    """Where the characters end that are whole in `size` bytes from `start` on; None: too few."""
    piece = value[start : start + size]
    if piece.isascii():
        return start + size if len(piece) == size else None
    if byte_length(piece, encoding) < size:
        return None
    counts = range(1, len(piece) + 1)
    return start + bisect_right(
        counts, size, key=lambda count: byte_length(piece[:count], encoding)
    )


def _decode(data: bytes, encoding: str, head: int) -> Text:
    """Decode text that should be in `encoding`, from byte `head` on.

    What is broken in UTF-16 and UTF-32 becomes U+FFFD, which is as long. What is no UTF-8, and not
    nearly, is read as Windows-1252 or latin-1 from the beginning.
    """
    content = data[head:]
    if encoding != "utf-8":
        return Text(content.decode(encoding, "replace"), encoding=encoding, head=head)
    try:
        return Text(content.decode(), head=head)
    except UnicodeDecodeError as fault:
        if _is_nearly_utf8(content, fault):
            return Text(content.decode("utf-8", "surrogateescape"), head=head)
    value, charset = decode_single_bytes(content)
    return Text(value, encoding=charset, head=head)


def decode_single_bytes(data: bytes) -> tuple[str, str]:
    """Decode what is no UTF-8: as Windows-1252 where it holds typography, else as latin-1."""
    if _TYPOGRAPHY.search(data):
        try:
            return data.decode("cp1252"), "cp1252"
        except UnicodeDecodeError:
            pass
    return data.decode("latin-1"), "latin-1"


def _is_nearly_utf8(data: bytes, fault: UnicodeDecodeError) -> bool:
    """Tell UTF-8 with a few bad bytes, or with its last character cut in half, from other charsets.

    Characters of several bytes are hardly ever met by chance, so their bytes must outnumber the bad
    ones; at the end, the half of a character is as good as one of them.
    """
    if fault.reason == "unexpected end of data":
        return len(data) - fault.start > 1 or not data[: fault.start].isascii()
    value = data.decode("utf-8", "surrogateescape")
    sound = value.encode("utf-8", "ignore")
    return len(data) - len(sound) < len(sound) - len(value.encode("ascii", "ignore"))


def _utf16_by_zeros(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zeros, at every other place; else NULs are not text."""
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if len(data) % 2 == 0 and odd * 10 > half * 4 and even * 20 < half:
        return "utf-16-le"
    if len(data) % 2 == 0 and even * 10 > half * 4 and odd * 20 < half:
        return "utf-16-be"
    return None


def _run_at(text: Text, at: int) -> Run:
    return text.runs[max(0, bisect_right(text.runs, at, key=lambda run: run.start) - 1)]


def _origin(text: Text, at: int) -> tuple[int, int]:
    """The parent's range that character `at` came from."""
    run = _run_at(text, at)
    first = run.origin + (at - run.start) * run.step
    return first, first + run.width


def _edge(text: Text, at: int) -> int:
    """The parent's place between two characters: before the next one, or after the last."""
    if at < len(text.value):
        return _origin(text, at)[0]
    return _origin(text, at - 1)[1] if at else text.runs[0].origin
