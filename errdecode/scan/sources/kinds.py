"""What a file is, told from its first bytes and never from its name."""

from __future__ import annotations

from errdecode.regex import expression

HEAD = 64 * 1024
"""Bytes that are looked at; fewer when a stream begins with less."""

MAGIC = {
    "gzip": b"\x1f\x8b\x08",
    "bzip2": b"BZh",
    "xz": b"\xfd7zXZ\x00",
    "zstd": b"\x28\xb5\x2f\xfd",
    "zip": b"PK\x03\x04",
}
"""How the codings that are undone begin (RFC 1952 section 2.3; RFC 8878 section 3.1.1; the xz
format, section 2.1.1.1; APPNOTE.TXT, section 4.3.7)."""

_BZIP2 = expression(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")  # a block, or the end of an empty one
_SKIPPABLE = expression(rb"[\x50-\x5f]\x2a\x4d\x18")  # RFC 8878, section 3.1.2
_BINARIES = (
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it first"),
    (b"Rar!\x1a\x07", "a rar archive: unpack it first"),
    (b"\x04\x22\x4d\x18", "compressed by lz4: decompress it first"),
    (b"\x1f\x9d", "compressed by compress (.Z): decompress it first"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"PAR1", "a Parquet file"),
    (b"Obj\x01", "an Avro file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"LPKSHHRH", "a binary journal: export it with `journalctl --file … -o json`"),
    (b"ElfFile\x00", "a Windows event log: export it as text first"),
    (b"\xd4\xc3\xb2\xa1", "a packet capture"),
    (b"\x0a\x0d\x0d\x0a", "a packet capture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\x00asm", "a program"),
    (b"\x89PNG\r\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"%PDF-", "a PDF document"),
)
_MARKS = (  # RFC 2781, section 3.2; the longer one first
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\b\x1b\x00"))
_HAR = expression(rb"(?:\xef\xbb\xbf)?\s*+\{\s*+\"log\"\s*+:\s*+\{")
_HAR_MEMBER = expression(rb'"(?:version|creator|entries)"\s*+:')

_HAR_TIME = expression(rb'"startedDateTime"\s*+:\s*+"')  # of a page, or of an entry


def coding_of(head: bytes) -> str | None:
    """The compression or archive a content begins with: gzip, bzip2, xz, zstd or zip."""
    if head.startswith(MAGIC["bzip2"]):
        return "bzip2" if _BZIP2.match(head) else None
    if _SKIPPABLE.match(head):
        return "zstd"
    return next((name for name, magic in MAGIC.items() if head.startswith(magic)), None)


def charset_of(head: bytes) -> str | None:
    """The wide encoding a text begins with, told by its mark, or by the NULs of Latin letters."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    sample = head[: len(head) & ~1]
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if half < 8 or max(even, odd) < 0.8 * half or min(even, odd) > 0.05 * half:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def binary_reason(head: bytes) -> str | None:
    """Why a content holds no text; None when it may.

    NULs alone do not count: a log that was cut while it was written begins with a hole of them.
    """
    for magic, reason in _BINARIES:
        if head.startswith(magic):
            return reason
    if head[257:262] == b"ustar":
        return "a tar archive: unpack it first"
    written = len(head) - head.count(0)
    controls = written - len(head.translate(None, _CONTROL + b"\x00"))
    if any(len(head) > 1 and magic.startswith(head) for magic in MAGIC.values()):
        return None if head.isascii() else "it ends in the midst of its first bytes"
    return "not text" if controls > 0.05 * written else None


def is_har(head: bytes) -> bool:
    """Whether a text begins as a HAR file does (HAR 1.2, section "log"), its members in any
    order."""
    start = _HAR.match(head)
    if start is None:
        return False
    named = set(_HAR_MEMBER.findall(head, start.end(), start.end() + 4096))
    return len(named) > 1 or _HAR_TIME.search(head) is not None
