"""Places in files of UTF-16 and UTF-32 are those of their bytes, and lead back to them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdecode.catalog import open_catalog
from errdecode.scan.exemplar import open_exemplar
from errdecode.scan.model import Sighting
from errdecode.scan.run import ScanOptions, scan
from errdecode.scan.run.account import Item
from errdecode.scan.sources.wide import Finder, first_byte_of, measure

CHARSETS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32")
BODY = '{"error": {"code": "é-𝄞", "message": "declined 𝄞"}}'
LOG = "".join(f"2026-11-22T10:00:0{n}Z ERROR 402 café 𝄞 {BODY}\n" for n in range(3))
HAR = json.dumps(
    {
        "log": {
            "version": "1.2",
            "creator": {"name": "𝄞é"},
            "entries": [
                {
                    "request": {"method": "POST", "url": "https://api.example.com/a"},
                    "response": {
                        "status": 402,
                        "statusText": "é𝄞",
                        "content": {"mimeType": "application/json", "text": BODY},
                    },
                }
            ]
            * 2,
        }
    },
    ensure_ascii=False,
)


def found_in(file: Path) -> list[Sighting]:
    """The errors of a file."""
    found: list[Item] = []
    scan([str(file)], ScanOptions(jobs=1), None, found.append)
    return [one for one in found if isinstance(one, Sighting)]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("charset", CHARSETS)
def test_a_place_leads_to_the_bytes_of_the_file(tmp_path: Path, charset: str, packed: bool) -> None:
    """Offset and length cut the body out of the file, and it can be opened."""
    data = LOG.encode(charset)
    file = tmp_path / "app.log"
    file.write_bytes(gzip.compress(data) if packed else data)
    found = found_in(file)
    order = "utf-16-le" if charset == "utf-16" else "utf-32-le" if charset == "utf-32" else charset

    assert [BODY] * 3 == [
        data[one.place.offset :][: one.length].decode(order, "replace") for one in found
    ]
    assert [1, 2, 3] == [one.place.line for one in found]
    opened = open_exemplar(found[2], open_catalog())
    assert opened.report is not None
    assert opened.report.exchange.response is not None
    assert "declined 𝄞" == opened.report.diagnostics[0].problem.detail


def test_so_does_one_in_a_har_file(tmp_path: Path) -> None:
    """The entries of a record as a shell writes it that makes all text UTF-16."""
    data = HAR.encode("utf-16")
    file = tmp_path / "x.har"
    file.write_bytes(data)
    found = found_in(file)
    shown = [data[one.place.offset :][: one.length].decode("utf-16-le") for one in found]

    assert [json.dumps(BODY, ensure_ascii=False)[1:-1]] * 2 == shown
    assert open_exemplar(found[1], open_catalog()).report is not None


@given(st.text(), st.sampled_from(CHARSETS))
def test_what_is_measured_is_what_is_stored(text: str, charset: str) -> None:
    """The length of a text in a wide encoding is told from its UTF-8."""
    stored = len(text.encode(charset)) - first_byte_of(charset)

    assert stored == measure(text.encode(), charset)


@given(st.text(min_size=1), st.sampled_from(CHARSETS), st.integers(1, 9), st.data())
def test_a_place_is_found_whatever_the_pieces(
    text: str, charset: str, piece: int, data: st.DataObject
) -> None:
    """A byte of the file is found again in the UTF-8, however it is read."""
    at = data.draw(st.integers(0, len(text)))
    known = text.encode()
    finder = Finder(charset, first_byte_of(charset) + measure(text[:at].encode(), charset))
    for start in range(0, len(known), piece):
        finder.take(known[start : start + piece])

    assert len(text[:at].encode()) == finder.place
