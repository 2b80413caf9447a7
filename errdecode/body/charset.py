"""The charset a body declares: decoding the text again where that makes sense, origin kept."""

from __future__ import annotations

import codecs
import re

from errdecode.body.media import declared_charset
from errdecode.model import Note, Run, Text
from errdecode.source import to_root

_XML = re.compile(
    r"[\s\ufeff\u00ef\u00bb\u00bf]{0,20}<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([^\"']{1,40})"
)
_META = re.compile(r"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,39}\Z")
_TEXTUAL = re.compile(
    r"(?:ascii|utf-(?:8|16|32)|iso8859|iso2022|cp\d|koi8|mac|shift|euc|gb|big5|hz|johab|tis|ptcp|kz)"
)
_SINGLE_BYTE = ("latin-1", "cp1252")  # how `source.read_text` reads what is no UTF-8
_HEAD = 1024


def decode_declared(text: Text, content_type: str | None) -> tuple[Text, tuple[Note, ...]]:
    """Decode a body by its declared charset when the capture was read by another one that fits less.

    The charset comes from the Content-Type field, else the XML declaration (RFC 7303, section 3) or
    the HTML `meta` element. Bytes that are valid UTF-8 beyond ASCII are taken for UTF-8 whatever is
    declared. The new text's parent is the old one, so that places stay true.
    """
    name = declared_charset(content_type) or _declared_inside(text.value)
    if name is None:
        return _decode(text, "utf-8") or text, ()
    codec = _find_codec(name)
    if codec is None:
        return text, (Note("charset", f'the declared charset "{name[:40]}" is not known'),)
    if text.value.isascii() and not codec.startswith(("utf-16", "utf-32", "iso2022", "hz")):
        return text, ()
    used = _used(text)
    if (
        used is None
        or codec == used
        or (codec, used) in (("iso8859-1", "cp1252"), ("ascii", "utf-8"))
    ):
        return text, ()
    decoded = _decode(text, codec)
    if decoded is None:
        return text, (
            Note("charset", f"declared as {codec}, but read as {used}, which fits the bytes"),
        )
    return decoded, ()


def _declared_inside(value: str) -> str | None:
    """The encoding that an XML declaration or an HTML head names."""
    head = value[:_HEAD].replace("\0", "")
    match = _XML.match(head) or (_META.search(head) if "<" in head[:64] else None)
    return match[1] if match else None


def _find_codec(name: str) -> str | None:
    """Python's name of a charset; None for what is unknown or no charset at all (`base64`)."""
    if not _NAME.match(name):
        return None
    try:
        codec = codecs.lookup(name).name
    except (LookupError, UnicodeError, ValueError):
        return None
    return codec if _TEXTUAL.match(codec) else None


def _used(text: Text) -> str | None:
    """The codec by which the text's bytes were read; None when its characters are not the capture's own."""
    place: Text | None = text
    while place is not None and place.parent is not None:
        if any((run.step, run.width) != (1, 1) for run in place.runs):
            return None
        place = place.parent
    return codecs.lookup(place.encoding).name if place is not None else None


def _decode(text: Text, codec: str) -> Text | None:
    """Decode the text's bytes again; None when they do not fit the codec, or were decoded for certain."""
    root, _, _ = to_root(text, 0, 0)
    single = root.encoding in _SINGLE_BYTE
    if not single and not (root.encoding == "utf-8" and text.value.isascii()):
        return None
    if text.value.isascii() and codec == "utf-8":
        return None
    if single and _used(text) is None:
        return None
    try:
        data = text.value.encode(root.encoding)
        value = data.decode(codec)
        runs = _map(value, data, codec)
    except UnicodeError:
        return None
    return Text(value, runs, text) if value != text.value and runs else None


def _map(value: str, data: bytes, codec: str) -> tuple[Run, ...]:
    """The origin map of a decoded text: how many bytes each of its characters took."""
    if len(value) == len(data):
        return (Run(0, 0),)
    byte = len(data) - len(value.encode(codec)) if codec in ("utf-16-le", "utf-16-be") else 0
    runs: list[Run] = []
    widths = _widths(value, data, codec)
    for at, width in enumerate(widths):
        if not runs or runs[-1].width != width:
            runs.append(Run(at, byte, width, width))
        byte += width
    return tuple(runs)


def _widths(value: str, data: bytes, codec: str) -> list[int]:
    """How many bytes each character took, the bytes before it that made no character included."""
    decoder = codecs.getincrementaldecoder(codec)()
    widths: list[int] = []
    taken = 0
    for at in range(len(data)):
        taken += 1
        made = len(decoder.decode(data[at : at + 1]))
        if made:
            widths += [taken] + [0] * (made - 1)
            taken = 0
    return widths
