"""The laws of compressed files: all that can be read, within bounds, with a note when not all."""

from __future__ import annotations

import gzip
import zlib

from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.nested.inflate import Inflated, gunzip_bytes, inflate

FEW = settings(max_examples=100, deadline=None)
SAMPLE = b"".join(b"line %d\n" % (number * number) for number in range(500))


def kinds(inflated: Inflated) -> list[str]:
    """The kinds of its notes."""
    return [note.kind for note in inflated.notes]


@FEW
@given(st.lists(st.binary(min_size=1, max_size=200), min_size=1, max_size=3))
def test_gzip_comes_back(members: list[bytes]) -> None:
    """All members of a gzip file are decompressed, one after the other."""
    data = b"".join(gzip.compress(member) for member in members)

    assert Inflated(b"".join(members), "gzip") == gunzip_bytes(data)


@FEW
@given(st.integers(0, len(gzip.compress(SAMPLE)) - 1))
def test_truncated_gzip(size: int) -> None:
    """Of a file that is cut off comes a beginning of its content, with a note; or nothing."""
    inflated = gunzip_bytes(gzip.compress(SAMPLE, mtime=0)[:size])

    if inflated is not None:
        assert (True, ["truncated"]) == (SAMPLE.startswith(inflated.data), kinds(inflated))


def test_damaged_gzip() -> None:
    """Of a damaged file comes what stands before the damage; a wrong checksum costs nothing."""
    data = bytearray(gzip.compress(SAMPLE, mtime=0))
    data[-6] ^= 1
    inflated = gunzip_bytes(bytes(data))

    assert inflated is not None
    assert (SAMPLE, ["truncated"]) == (inflated.data, kinds(inflated))


def test_the_limit_holds() -> None:
    """No more than the limit is decompressed, whatever the ratio."""
    inflated = gunzip_bytes(gzip.compress(bytes(8 << 20)), limit=1000)

    assert inflated is not None
    assert (1000, True, ["limit"]) == (len(inflated.data), inflated.is_limited, kinds(inflated))


def test_exactly_the_limit_is_no_excess() -> None:
    """Content of just the limit's size is complete."""
    assert Inflated(bytes(1000), "gzip") == gunzip_bytes(gzip.compress(bytes(1000)), limit=1000)


def test_many_members_end() -> None:
    """A file of very many tiny members is read so far, with a note."""
    inflated = gunzip_bytes(gzip.compress(b"x", mtime=0) * 5000)

    assert inflated is not None
    assert (True, True) == (inflated.is_limited, set(inflated.data) == set(b"x"))


def test_trailing_bytes_do_not_count() -> None:
    """What follows the file, such as padding, is left out."""
    assert Inflated(SAMPLE, "gzip") == gunzip_bytes(gzip.compress(SAMPLE) + bytes(512))


def test_zlib_counts_when_complete() -> None:
    """Two bytes are soon met by chance: zlib is told by its end."""
    data = zlib.compress(SAMPLE)

    assert Inflated(SAMPLE, "zlib") == inflate(data, 1 << 20)
    assert [None, None] == [inflate(data[:-9], 1 << 20), gunzip_bytes(data)]


@FEW
@given(st.binary(max_size=200))
def test_any_bytes_are_endured(data: bytes) -> None:
    """Any bytes behind either head are decompressed as far as they go."""
    for head in (b"\x1f\x8b", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", b"\x78\x9c", b""):
        inflated = inflate(head + data, 4096)

        assert inflated is None or 0 < len(inflated.data) <= 4096
