"""Documents that are written while they are scanned: kept until they end, or for so long."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.scan.cut.unfinished import find_unfinished
from errdecode.scan.model import Sighting, Unreadable
from errdecode.scan.run.parts import read_window
from errdecode.scan.run.tools import open_tools
from errdecode.scan.sources import Content
from errdecode.scan.windows import LOOKS, Span, read_windows

_SAID = {"type": "card_error", "code": "card_declined", "message": "No.", "more": [{"pier": 4}]}
_PRETTY = json.dumps({"error": _SAID}, indent=2)
DOCUMENTS = {
    "bare": f"{_PRETTY}\n",
    "behind words": f"08:00:01 ERROR answered 400 {_PRETTY}\n08:00:02 INFO idle\n",
    "behind a prefix": "".join(f"web-1 | {line}\n" for line in _PRETTY.split("\n")),
    "markup": (
        "08:00:01 ERROR answered\n<error>\n  <code>card_declined</code>\n"
        "  <message>the tide is out</message>\n</error>\n08:00:02 INFO idle\n"
    ),
}


class Slow(Content):
    """A text that comes in two parts, with looks in vain between them."""

    def __init__(self, text: str, cut: int, looks: int) -> None:
        self._parts: list[bytes | None] = [
            text[:cut].encode(),
            *[None] * looks,
            text[cut:].encode(),
        ]

    def readinto(self, view: memoryview) -> int | None:
        """See `Content`."""
        part = self._parts.pop(0) if self._parts else b""
        if part is None:
            return None
        view[: len(part)] = part
        return len(part)


def read(content: Content) -> list[tuple[int, str]]:
    """The errors of a stream, each with where it stands; what cannot be read has its reason."""
    tools = open_tools(None, "stdlib")
    found: list[tuple[int, str]] = []
    for window in read_windows(content, Span(), tools.find):
        for item in read_window(window, tools.reader, tools.find, "-") if window else ():
            assert isinstance(item, Sighting | Unreadable)
            said = item.code if isinstance(item, Sighting) else item.reason
            found.append((item.place.offset, str(said)))
    return found


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=list(DOCUMENTS))
def test_a_document_in_two_parts_is_one(text: str) -> None:
    """Wherever a pause falls, an error is found as if there were none."""
    whole = read(Slow(text, len(text), 0))

    assert ["card_declined"] == [said for _, said in whole]
    for cut in range(1, len(text), 7):
        assert whole == read(Slow(text, cut, 3)), text[:cut]


def test_it_is_not_kept_for_ever() -> None:
    """After so many looks, what there is of a document is all there is."""
    text = f"{_PRETTY[:60]}\n"
    content = Slow(text, len(text), 0)
    content._parts[1:] = [None] * (LOOKS + 5)
    windows = list(read_windows(content, Span(), open_tools(None, "stdlib").find))

    assert [len(text)] == [window.end for window in windows[:-1] if window]


@pytest.mark.parametrize(
    "log",
    ["", "\n\n", "INFO [GC (young)\nINFO idle\n", f"{_PRETTY}\n\n", "<a>\n</a>\n<b/>\n", "x > 5\n"],
)
def test_what_has_its_end_is_not_waited_for(log: str) -> None:
    """Lines of words, and documents that are whole, are read at once."""

    assert find_unfinished(log.encode()) is None


@settings(max_examples=200)
@given(st.lists(st.sampled_from([b"{", b"}", b"[", b'"a": ', b"\n", b"<a>", b" ", b"x", b"'"])))
def test_any_end_is_looked_at(parts: list[bytes]) -> None:
    """What is kept begins with a line, whatever the text."""
    data = b"".join(parts) + b"\n"
    place = find_unfinished(data)

    assert not place or data[place - 1 : place] == b"\n"
