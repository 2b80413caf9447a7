"""The law of survival: whatever the bytes are, decoding ends, with true spans."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.errors import InputError
from errdecode.pipeline import decode
from errdecode.source import input_span

CAPTURES = sorted(
    path
    for path in (Path(__file__).parent / "captures").iterdir()
    if path.suffix not in (".args", ".request")
)
FEW = settings(max_examples=60, deadline=None)


@given(st.text(max_size=200) | st.binary(max_size=200))
@FEW
def test_any_input_is_decoded(data: str | bytes) -> None:
    """Any text is a list of reports; bytes may be no text, nothing else."""
    try:
        reports = decode(data)
    except InputError:
        assert isinstance(data, bytes)
        assert b"\0" in data
    else:
        assert list(range(len(reports))) == [report.number for report in reports]


@given(st.sampled_from(CAPTURES), st.data())
@settings(max_examples=80, deadline=None)
def test_damaged_captures_are_decoded(capture: Path, data: st.DataObject) -> None:
    """Captures cut, spliced and overwritten anywhere are still decoded, with true spans."""
    content = capture.read_bytes().decode()
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 40)))
        piece = data.draw(
            st.sampled_from(["", '"', "{", "]", "\x00", "\r\n", "'", "HTTP/1.1 200", "é"])
        )
        content = content[:start] + piece + content[end:]
    for report in decode(content):
        for diagnostic in report.diagnostics:
            for location in diagnostic.locations:
                if location.text is not None:
                    span = input_span(location.text, location.start, location.end)

                    assert 0 <= span.start.offset <= span.end.offset <= len(content.encode())


@pytest.mark.parametrize(
    "data",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        "<a>" * 50_000,
        '{"errors": [' + '{"title": "x", "source": {"pointer": "/a"}},' * 5_000 + "{}]}",
        '{"error": {"code": "multiple", "status": 422, "inner": [' * 500,
        '{"message": "' + "a" * 1_000_000 + '"}',
        '{"status": "error", "errors": {"code": "' + "X" * 500_000 + '"}}',
        "HTTP/1.1 400 x\r\n" * 5_000,
        "HTTP/1.1 401 x\r\nWWW-Authenticate: " + "Bearer a=b, " * 20_000 + "\r\n\r\n",
        "9" * 200_000,
        "curl -d '" * 5_000,
        "\x1b]8;;" * 20_000,
    ],
    ids=range(12),
)
def test_hostile_input_ends(data: str) -> None:
    """Deep, long and repeated input is decoded in the end."""
    assert decode(data) is not None


@pytest.mark.parametrize(
    "pointer", ["/a" * 20_000, "/" + "9" * 9_000, "~" * 1_000, "/*/**" * 500, "#" + "%41" * 5_000]
)
def test_hostile_pointers_end(pointer: str) -> None:
    """Whatever pointer a server sends, the request is looked through once."""
    error = {"title": "t", "details": "d", "source": {"pointer": pointer}}
    content = json.dumps({"message": "m", "errors": [error]})
    (report,) = decode(content, request=json.dumps({"a": [{"a": 1}] * 100}))

    assert not report.diagnostics[0].locations[0].found
