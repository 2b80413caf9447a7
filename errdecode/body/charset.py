"""The charset a body declares: decoding the text again where that makes sense, origin kept."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from errdecode.body.media import declared_charset
from errdecode.model import Note, Run, Text
from errdecode.regex import expression
from errdecode.source import BAD_BYTE, Builder, read_text, to_bytes, to_root

_XML = expression(
    r"[\s\ufeff\u00ef\u00bb\u00bf]{0,20}<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([^\"']{1,40})"
)
_META = expression(r"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_NAME = expression(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,39}\Z")
_TEXTUAL = expression(
    r"(?:ascii|utf-(?:8|16|32)|iso8859|iso2022|cp\d|koi8|mac|shift|euc|gb|big5|hz|johab|tis)"
)
_WIDE = ("utf-16", "utf-32")
_SHIFTING = ("iso2022", "hz")
_EQUAL = (("iso8859-1", "cp1252"), ("ascii", "utf-8"), ("ascii", "cp1252"), ("ascii", "iso8859-1"))
_ASCII = expression(rb"[\x00-\x7f]+")
_BEYOND_ASCII = expression("[^\x00-\x7f\udc80-\udcff]")
_PARTED = expression(
    "[\udcc2-\udcdf][\udc80-\udcbf]|[\udce0-\udcef][\udc80-\udcbf]{2}"
    "|[\udcf0-\udcf4][\udc80-\udcbf]{3}"
)
_CUT_OFF = expression("[\udcc2-\udcf4][\udc80-\udcbf]{0,2}\\Z")
_SINGLE_BYTE = ("latin-1", "cp1252")  # how `source.read_text` reads what is no UTF-8
_GUESSED = ("iso8859-1", "cp1252")  # the same, as Python names them
_GUESS = "no charset is declared, and the bytes are no UTF-8: read as {}"
_HEAD = 1024


def decode_declared(text: Text, content_type: str | None) -> tuple[Text, tuple[Note, ...]]:
    """Decode a body by its declared charset when the capture was read by another that fits less.

    The charset comes from the Content-Type field, else the XML declaration (RFC 7303, section 3) or
    the HTML `meta` element. Bytes that are valid UTF-8 beyond ASCII are taken for UTF-8 whatever is
    declared. The new text's parent is the old one, so that places stay true.
    """
    name = declared_charset(content_type) or _declared_inside(text.value)
    codec = _find_codec(name) if name else "utf-8"
    if codec is None:
        return text, (Note("charset", f'the declared charset "{name}" is not known'),)
    used = _used(text)
    if used == "utf-8" and BAD_BYTE.search(text.value):
        return _read_damaged(text, codec, name)
    if used is None or codec == used or not _matters(codec, text.value):
        return text, ()
    decoded = _decode(text, codec)
    if decoded:
        return decoded, ()
    return text, _tell_used(codec if name else None, used)


def _tell_used(codec: str | None, used: str) -> tuple[Note, ...]:
    """What is told of a charset that is not the declared one, or was guessed as none is."""
    if codec is None:
        return (Note("charset", _GUESS.format(used)),) if used in _GUESSED else ()
    return () if codec == used or (codec, used) in _EQUAL else (_contradict(codec, used),)


def _contradict(codec: str, used: str) -> Note:
    return Note("charset", f"declared as {codec}, but read as {used}, which fits the bytes")


def _read_damaged(text: Text, codec: str, name: str | None) -> tuple[Text, tuple[Note, ...]]:
    """Read a part of a UTF-8 capture in which there are bytes that are none.

    A part of which no character beyond ASCII is UTF-8 is in another charset: in the declared one,
    if it fits, else in the one that it would be read by alone.
    """
    if not _BEYOND_ASCII.search(text.value):
        decoded = _decode(text, codec) if codec not in ("utf-8", "iso8859-1") else None
        alone = read_text(to_bytes(text.value, "utf-8"))
        if decoded:
            return decoded, ()
        if alone is not None and alone.encoding in _SINGLE_BYTE:
            used = codecs.lookup(alone.encoding).name
            notes = _tell_used(codec if name else None, used)
            return Text(alone.value, (Run(0, 0),), text), notes
    text = _mend(text)
    return text, (_tell_bad_bytes(text.value),) if BAD_BYTE.search(text.value) else ()


def _mend(text: Text) -> Text:
    """Put characters together that were parted: by the sizes of chunks, say."""
    builder, done = Builder(text), 0
    for found in _PARTED.finditer(text.value):
        character = to_bytes(found[0], "utf-8").decode(errors="surrogateescape")
        if len(character) == 1:
            builder.copy(done, found.start())
            builder.put(character, *found.span())
            done = found.end()
    if not done:
        return text
    builder.copy(done, len(text.value))
    return builder.text()


def _tell_bad_bytes(value: str) -> Note:
    """How many bytes are no UTF-8, or that the last character lacks its end."""
    count = len(value) - len(BAD_BYTE.sub("", value))
    if _CUT_OFF.search(value) and not BAD_BYTE.search(value, 0, len(value) - count):
        return Note("truncated", "the last character is cut off: its end is missing")
    said = "1 byte is" if count == 1 else f"{count} bytes are"
    shown = "it is shown as an escape" if count == 1 else "they are shown as escapes"
    return Note("charset", f"{said} no UTF-8, though all else is: {shown}")


def _matters(codec: str, value: str) -> bool:
    """Tell whether the text has what a codec is for: bytes beyond ASCII, NULs, or shifts."""
    if codec.startswith(_WIDE):
        return "\0" in value
    if codec.startswith(_SHIFTING):
        return "\x1b" in value or "~{" in value
    return not value.isascii()


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
    """The codec the text was read by; None when its characters do not stand for their own bytes."""
    place = text
    while place.parent is not None:
        if any((run.step, run.width) != (1, 1) for run in place.runs):
            return None
        place = place.parent
    return codecs.lookup(place.encoding).name


def _decode(text: Text, codec: str) -> Text | None:
    """Decode the text's bytes again; None when they do not fit, or were decoded for certain."""
    root, _, _ = to_root(text, 0, 0)
    if codec == "iso8859-1" and root.encoding in _SINGLE_BYTE:
        return None  # read as Windows-1252, which is what the name means (Encoding Standard, 4.2)
    if root.encoding not in _SINGLE_BYTE and _BEYOND_ASCII.search(text.value):
        return None
    try:
        data = to_bytes(text.value, root.encoding)
        codec, skip = _pass_mark(data, codec)
        value = data[skip:].decode(codec)
        runs = _map(data, skip, codec, len(value))
    except UnicodeError:
        return None
    return Text(value, runs, text)


def _pass_mark(data: bytes, codec: str) -> tuple[str, int]:
    """Settle the byte order: the exact codec, and how many bytes its mark takes."""
    if codec not in ("utf-16", "utf-32"):
        return codec, 0
    width = int(codec[4:]) // 8
    head = data[:width]
    if head in (b"\xff\xfe", b"\xff\xfe\0\0"):
        return codec + "-le", width
    if head in (b"\xfe\xff", b"\0\0\xfe\xff"):
        return codec + "-be", width
    return codec + ("-be" if head[:1] == b"\0" else "-le"), 0


def _map(data: bytes, byte: int, codec: str, length: int) -> tuple[Run, ...]:
    """The origin map of a decoded text into its bytes, which are one character each."""
    if length == len(data):
        return (Run(0, 0),)
    runs: list[Run] = []
    at = 0
    for width, count in _widths(data, byte, codec):
        if not runs or runs[-1].width != width or width == 0:
            runs.append(Run(at, byte, width, width))
        at += count
        byte += width * count
    return tuple(runs)


def _widths(data: bytes, at: int, codec: str) -> Iterator[tuple[int, int]]:
    """Yield how many bytes a character took, and how many such characters follow each other."""
    decoder = codecs.getincrementaldecoder(codec)()
    plain = not codec.startswith((*_WIDE, *_SHIFTING))
    start = at
    while at < len(data):
        ascii_run = _ASCII.match(data, at) if plain and at == start else None
        if ascii_run:
            yield 1, ascii_run.end() - at
            start = at = ascii_run.end()
            continue
        at += 1
        made = len(decoder.decode(data[at - 1 : at]))
        if made:
            yield at - start, 1
            if made > 1:
                yield 0, made - 1
            start = at
