"""How a log is stored is told by its content: compressed, in wide characters, no log at all."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stored import CODINGS, LOG, Memory, contents, forbid, read, zstd

from errdecode.scan.sources.decoded import Decompressed, Transcoded
from errdecode.scan.sources.kinds import binary_reason, charset_of, coding_of, is_har


@pytest.mark.parametrize("coding", CODINGS)
def test_compression_is_told_by_content(tmp_path: Path, coding: str) -> None:
    """A compressed log is read under any name."""
    file = tmp_path / "app.log"
    file.write_bytes(CODINGS[coding](LOG))

    assert {str(file): LOG} == contents(file)


@pytest.mark.parametrize("coding", CODINGS)
def test_members_follow_one_another(coding: str) -> None:
    """Several members, with padding between and after them, are one content."""
    one = CODINGS[coding](b"one\n")
    content = Decompressed(Memory(one + CODINGS[coding](b"two\n") + one + b"\0" * 8, 7), coding)

    assert (b"one\ntwo\none\n", None) == (read(content), content.note)


@pytest.mark.parametrize("coding", CODINGS)
@given(at=st.floats(0, 1))
def test_what_is_cut_is_read_as_far_as_it_goes(coding: str, at: float) -> None:
    """The content before a cut is read, and the rest is noted."""
    whole = CODINGS[coding](LOG)
    content = Decompressed(Memory(whole[: int(at * (len(whole) - 1))], 64), coding)
    data = read(content)

    assert LOG[: len(data)] == data
    assert content.note == "it ends in the midst"


@pytest.mark.parametrize("coding", CODINGS)
@given(at=st.floats(0, 1), byte=st.integers(0, 255))
def test_damage_never_raises(coding: str, at: float, byte: int) -> None:
    """A damaged content is read as far as it goes, and damage that its checksum tells is noted."""
    log = bytes(range(256)) + LOG
    whole = bytearray(CODINGS[coding](log))
    whole[int(at * (len(whole) - 1))] = byte
    content = Decompressed(Memory(bytes(whole)), coding)

    assert read(content) == log or content.note or coding == "zstd"


def test_garbage_behind_a_member_is_noted() -> None:
    """What follows the last member is left out."""
    content = Decompressed(Memory(gzip.compress(LOG) + b"-- end of the upload --"), "gzip")

    assert (LOG, "what follows the gzip data in it was left out") == (read(content), content.note)


def test_both_gzip_decompressors_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """zlib gives what isal gives: members, cuts and all."""
    pytest.importorskip("isal")
    whole = gzip.compress(LOG) * 2
    stored = [whole, whole[:-9], whole[: len(whole) // 2 + 5], whole[:30], whole + b"x" * 40]
    fast = [Decompressed(Memory(data), "gzip") for data in stored]
    forbid(monkeypatch, "isal")
    slow = [Decompressed(Memory(data), "gzip") for data in stored]

    assert [(read(one), one.note) for one in fast] == [(read(one), one.note) for one in slow]


def test_zstd_without_its_package_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be decompressed says what to install."""
    (tmp_path / "app.log").write_bytes(zstd(LOG))
    forbid(monkeypatch, "zstandard", "compression")

    assert {str(tmp_path / "app.log"): "compressed by zstd: install zstandard"} == contents(
        tmp_path
    )


def test_a_bomb_is_unfolded_in_pieces() -> None:
    """However much a few bytes unfold to, each step gives no more than was asked for."""
    content = Decompressed(Memory(gzip.compress(bytes(50 << 20))), "gzip")
    view = memoryview(bytearray(1 << 16))

    assert content.readinto(view) == 1 << 16
    assert len(content._rest) <= 1 << 16


def test_codings_may_lie_over_one_another(tmp_path: Path) -> None:
    """A compressed log that was compressed again is read, up to a depth."""
    data = LOG
    for _ in range(4):
        data = gzip.compress(data)
    (tmp_path / "four").write_bytes(data)
    (tmp_path / "six").write_bytes(gzip.compress(gzip.compress(data)))

    assert {
        str(tmp_path / "four"): LOG,
        str(tmp_path / "six"): "compressed more than 4 times",
    } == contents(tmp_path)


@given(text=st.text(), piece=st.integers(1, 9), charset=st.sampled_from(["utf-16", "utf-32"]))
def test_wide_text_becomes_utf8(text: str, piece: int, charset: str) -> None:
    """A text in UTF-16 or UTF-32 is read as UTF-8, however its bytes come."""
    content = Transcoded(Memory(text.encode(charset), piece), charset)

    assert text.encode() == read(content)


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_text_is_told_from_binary(tmp_path: Path, charset: str) -> None:
    """A log as PowerShell writes it is read, with a mark or without."""
    (tmp_path / "app.log").write_bytes(LOG.decode().encode(charset))
    if charset == "utf-32":
        assert (None, "utf-32") == (coding_of(b""), charset_of(b"\xff\xfe\x00\x00a\x00\x00\x00"))

    assert {str(tmp_path / "app.log"): LOG} == contents(tmp_path)


def test_binaries_are_skipped_and_holes_are_not() -> None:
    """Content decides: noise is no text; NULs and a coloured terminal's marks may stand in it."""
    noise = bytes(range(256)) * 8

    assert "not text" == binary_reason(noise)
    assert binary_reason(bytes(4096) + LOG) is None
    assert binary_reason(bytes(4096)) is None
    assert binary_reason(b"\x1b[31merror\x1b[0m caf\xe9\n" * 20) is None
    assert binary_reason(b"") is None
    assert "it ends in the midst of its first bytes" == binary_reason(b"\x1f\x8b")
    assert binary_reason(b"BZ") is None


def test_har_files_are_told_by_their_first_members() -> None:
    """A HAR file is told from a log record with a member `log`."""
    har = b'\xef\xbb\xbf{\n "log": {\n "version": "1.2",\n "creator": {"name": "x"},\n "entries": ['

    assert is_har(har)
    assert is_har(b'{"log":{"entries":[],"version":"1.2"}}')
    assert not is_har(b'{"log":{"level":"error","version":1},"message":"no"}')
    assert not is_har(b'{"message":"log"}')
