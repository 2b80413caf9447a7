"""Base64 (RFC 4648, sections 4 and 5): told from words, decoded, each character with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from errdecode.model import Run, Text
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.source import byte_length

_BLOCK = expression(r"[A-Za-z0-9+/_-]+={0,2}")
_LINE = expression(r"[^\s]+")
_START = expression(r"[A-Za-z0-9+/_-]{16,44}")
_CONTROL = expression("[\0-\x08\x0e-\x1f\x7f\ufffd]")
_URL_SAFE = str.maketrans("-_", "+/")
_SHORTEST_LINE = 32
_FINE = 1_000_000
"""Characters up to which each one keeps its own place."""


class Block(NamedTuple):
    """Base64 that was decoded."""

    data: bytes
    step: str
    """base64 or base64url, as the alphabet tells."""
    places: Sequence[int]
    """Where each of its characters stands in the text, padding left out, 0-based."""


def promises_text(head: str) -> bool:
    """Tell cheaply by its first characters whether base64 holds text or compressed data."""
    match = _START.match(head)
    if not match:
        return False
    import binascii

    data = binascii.a2b_base64(match[0][: len(match[0]) // 4 * 4].translate(_URL_SAFE))
    if data.startswith((b"\x1f\x8b", b"x\x01", b"x\x5e", b"x\x9c", b"x\xda")) or b"\0" in data[:2]:
        return True
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    text = data.decode("utf-8", "replace")  # the last character may be cut off
    return not _CONTROL.search(text.rstrip("\ufffd") if data[-1] > 0x7F else text)


def read_base64(value: str) -> Block | None:
    """Decode a text that is base64 from end to end, padded or not, in one line or in equal lines.

    None when it is not: another character, an impossible length, bits left over that are not zero.
    """
    import binascii

    places = _find_places(value)
    if places is None:
        return None
    if isinstance(places, range):
        digits = value[places.start : places.stop]
    else:
        digits = "".join(value.split()).rstrip("=")
    url_safe = "-" in digits or "_" in digits
    if len(digits) % 4 == 1 or (url_safe and ("+" in digits or "/" in digits)):
        return None
    plain = digits.translate(_URL_SAFE) if url_safe else digits
    try:
        data = binascii.a2b_base64(plain + "=" * (-len(plain) % 4))
    except ValueError:
        return None
    if binascii.b2a_base64(data, newline=False).rstrip(b"=") != plain.encode():
        return None
    return Block(data, "base64url" if url_safe else "base64", places)


def _find_places(value: str) -> Sequence[int] | None:
    """Find the characters that count; None when the text does not have the shape of base64."""
    start = len(value) - len(value.lstrip())
    end = len(value.rstrip())
    match = _BLOCK.match(value, start, end)
    if not match:
        return None
    if match.end() == end:
        return range(start, start + len(match[0].rstrip("=")))
    if value[match.end()] not in "\r\n" or match.end() - start < _SHORTEST_LINE:
        return None
    lines = [line.span() for line in _LINE.finditer(value, start, end)]
    width = lines[0][1] - lines[0][0]
    if any(last - first != width for first, last in lines[:-1]):
        return None
    if lines[-1][1] - lines[-1][0] > width or " " in value[start:end]:
        return None
    if not _BLOCK.fullmatch("".join(value[first:last] for first, last in lines)):
        return None
    places = [at for first, last in lines for at in range(first, last)]
    return places[: len(places) - value.count("=", start, end)]


def build_text(parent: Text, block: Block, value: str, encoding: str, head: int) -> Text:
    """Make a text of what a block was decoded to, each character mapped to those it came from.

    `value` is the block's data from byte `head` on, as decoded by `encoding`. Byte i comes from
    the characters 4i/3 up to (4i + 4)/3, counted among those of the alphabet.
    """
    places = block.places
    if len(value) > _FINE:
        start, end = places[0], places[-1] + 1
        return Text(value, (Run(0, start, 0, end - start),), parent)
    runs: list[Run] = []
    byte = head
    for at, width in enumerate(_widths(value, encoding)):
        first = places[byte * 4 // 3]
        last = places[((byte + width) * 4 - 1) // 3] + 1
        run = runs[-1] if runs else None
        if not (run and run.width == last - first and run.origin + at - run.start == first):
            runs.append(Run(at, first, 1, last - first))
        byte += width
    return Text(value, tuple(runs), parent)


def _widths(value: str, encoding: str) -> Iterator[int]:
    """Yield how many bytes each character takes."""
    if value.isascii() and encoding == "utf-8":
        yield from [1] * len(value)
        return
    for character in value:
        yield byte_length(character, encoding)
