"""Windows over a range: every byte owned once, every signal seen with what stands around it."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from errdecode.scan.sources.content import Content
from errdecode.scan.windows import Measures, Span, Window, first_byte, read_windows

REACH = 64
LONG = REACH // 4
LOGS = st.lists(st.sampled_from([b"a", b"X", b"\n", b"b" * 7, b"c" * 20, b"d" * 90, b"\x00"])).map(
    b"".join
)


class Memory(Content):
    """Bytes that come in pieces of given lengths; a length of 0 is a moment without any."""

    def __init__(self, data: bytes, start: int = 0, pieces: tuple[int, ...] = ()) -> None:
        self._data, self._at, self._pieces = data, start, list(pieces)

    def readinto(self, view: memoryview) -> int | None:
        """Fill a view with the next piece."""
        most = self._pieces.pop(0) if self._pieces else len(view)
        if not most:
            return None
        piece = self._data[self._at : self._at + min(most, len(view))]
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


def find(data: bytearray, start: int, end: int) -> list[int]:
    """The lines that hold an X."""
    at = start
    found = []
    for line in re.findall(rb"[^\n]*\n|[^\n]+", data[start:end]):
        if b"X" in line:
            found.append(at)
        at += len(line)
    return found


def starts(data: bytes) -> list[int]:
    """Where lines start, and pieces of long ones, told from the whole."""
    found = [0]
    for line in re.finditer(rb"[^\n]*\n|[^\n]+", data):
        found.append(line.start())
        if len(line[0].rstrip(b"\n")) >= LONG:
            found += [at for at in range(line.start() + 1, line.end()) if at % LONG == 0]
    return sorted(set(found))


def windows(data: bytes, span: Span, size: int, *pieces: int) -> list[Window]:
    """The windows of a range, with a copy of their data."""
    content = Memory(data, first_byte(span, REACH), pieces)
    found = read_windows(content, span, find, measures=Measures(size, REACH))
    return [one._replace(data=one.data[:]) for one in found if one]


def seen(found: list[Window]) -> list[int]:
    """The signals that windows own, as offsets in the content."""
    return [
        window.base + line
        for window in found
        for line in window.lines
        if window.start <= window.base + line < window.end
    ]


@given(LOGS, st.integers(1, 60))
def test_windows_own_each_byte_once_with_its_surroundings(data: bytes, size: int) -> None:
    """Windows join, hold the content's bytes, and show twice the reach on both sides."""
    found = windows(data, Span(), size)
    edges = [(0, 0), *((one.start, one.end) for one in found)]

    assert all(left[1] == right[0] for left, right in pairwise(edges))
    assert len(data) == edges[-1][1]
    for one in found:
        assert data[one.base : one.base + len(one.data)] == one.data
        assert one.base <= max(0, one.start - 2 * REACH)
        assert min(len(data), one.end + 2 * REACH) <= one.base + len(one.data)


@given(LOGS, st.integers(1, 60), st.lists(st.integers(0, 400), max_size=3))
def test_signals_do_not_hang_on_the_split(data: bytes, size: int, cuts: list[int]) -> None:
    """Any ranges and any windows see the signals that one window over all sees."""
    edges = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    spans = [Span(start, end) for start, end in pairwise(edges)]
    whole = seen(windows(data, Span(), 10_000))

    assert whole == [at for span in spans for at in seen(windows(data, span, size))]


@given(LOGS, st.integers(1, 60), st.integers(0, 200), st.integers(0, 200))
def test_a_window_sees_all_signals_within_reach(
    data: bytes, size: int, start: int, length: int
) -> None:
    """The signals around a window are those of the whole within reach of what it owns."""
    span = Span(min(start, len(data)), min(start + length, len(data)))
    whole = seen(windows(data, Span(), 10_000))
    for one in windows(data, span, size):
        near = [at for at in whole if one.start - REACH <= at < one.end + REACH]

        assert near == [one.base + line for line in one.lines]


@given(LOGS)
def test_long_lines_are_seen_in_pieces(data: bytes) -> None:
    """A signal is told where its line starts, or the piece of a long line that bears it."""
    known = starts(data)
    signals = {max(at for at in known if at <= found.start()) for found in re.finditer(b"X", data)}

    assert signals <= set(seen(windows(data, Span(), 30)))
    assert set(seen(windows(data, Span(), 30))) <= set(known)


@given(LOGS, st.integers(1, 60), st.lists(st.integers(0, 40)))
def test_a_slow_stream_is_seen_like_a_file(data: bytes, size: int, pieces: list[int]) -> None:
    """How many bytes come at once changes nothing; idle windows end with a whole line."""
    found = windows(data, Span(), size, *pieces)
    merged = b"".join(bytes(one.data[one.start - one.base : one.end - one.base]) for one in found)

    assert data == merged
    assert seen(windows(data, Span(), 10_000)) == seen(found)


@given(LOGS, st.integers(0, 300))
def test_nothing_is_read_behind_the_limit(data: bytes, limit: int) -> None:
    """A file that grew since it was found is read as it was then."""
    content = Memory(data)
    found = [
        one
        for one in read_windows(content, Span(), find, limit=limit, measures=Measures(99, REACH))
        if one
    ]

    assert min(limit, len(data)) == found[-1].end


def test_a_buffer_is_used_again() -> None:
    """A buffer of another range serves the next, whatever it held."""
    buffer = bytearray(b"X\n" * 500)
    content = Memory(b"one\nX two\n")
    found = [
        one
        for one in read_windows(content, Span(), find, buffer=buffer, measures=Measures(99, REACH))
        if one
    ]

    assert [(b"one\nX two\n", [4])] == [(bytes(one.data), one.lines) for one in found]
