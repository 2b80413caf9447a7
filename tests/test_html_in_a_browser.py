"""The page of `-o html` as a browser shows it: headless Chromium, which loads nothing else."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import zlib
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from conftest import CAPTURES

from errdecode.catalog import open_catalog
from errdecode.pipeline import decode_text, to_text
from errdecode.redact import redact
from errdecode.render import View, render_all
from errdecode.settings import Settings

CHROMIUM = shutil.which("chromium")
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars"
    " --disable-background-networking --disable-component-update --disable-sync"
).split()
PATIENCE = 120
"""Seconds until a browser that does not end has failed; a page takes about one."""
SHOWN = (
    "talonone-invalid-type-session.paste",
    "telecomx-multiple-session.paste",
    "journeyapps-batch-aborted.paste",
)
PAPER = {"light": (0xFD, 0xFC, 0xFA), "dark": (0x19, 0x18, 0x17)}
"""The page's background, red, green and blue, as page.css has it."""

Browse = Callable[..., str]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here")


@pytest.fixture
def browse(tmp_path: Path) -> Browse:
    """Open a page in a browser without a past; returns what it prints."""

    def open_page(page: str, *options: str) -> str:
        file = tmp_path / "page.html"
        file.write_text(page, encoding="ascii")
        done = subprocess.run(
            [str(CHROMIUM), *QUIET, f"--user-data-dir={tmp_path}/user", *options, file.as_uri()],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        return done.stdout

    return open_page


def page_of(*names: str) -> str:
    """The page on some captures, with all its folds open."""
    reports = [
        redact(report)
        for name in names
        for report in decode_text(
            to_text((CAPTURES / name).read_bytes(), name), name, Settings(), open_catalog()
        )
    ]
    return render_all(reports, "html", View(verbose=2))


def test_the_headline_is_read(browse: Browse) -> None:
    """The browser finds the headline, the marked value and the title in the page."""
    seen = browse(page_of(SHOWN[0]), "--dump-dom")

    assert "<b>A value has the wrong type</b></h1>" in seen
    assert "<mark>false</mark>" in seen
    assert "<title>error: A value has the wrong type · errdecode</title>" in seen


@pytest.mark.parametrize("scheme", PAPER)
def test_the_page_is_light_or_dark(browse: Browse, tmp_path: Path, scheme: str) -> None:
    """The page takes the colours that the reader prefers, and it is not blank."""
    picture = tmp_path / "page.png"
    prefers = f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}"
    browse(page_of(SHOWN[1]), f"--screenshot={picture}", "--window-size=900,1200", prefers)
    corner, rows = read_png(picture.read_bytes())

    assert PAPER[scheme] == corner
    assert rows > 100


@pytest.mark.parametrize("names", [*((name,) for name in SHOWN), SHOWN], ids=" ".join)
def test_nothing_overflows_a_telephone(browse: Browse, names: tuple[str, ...]) -> None:
    """At 360 pixels no line makes the page wider than the window."""
    measure = "const e = this.contentDocument.documentElement; document.title = e.scrollWidth"
    frame = f'<iframe width="360" srcdoc="{escape(page_of(*names))}" onload="{measure}"></iframe>'
    seen = browse(f"<!DOCTYPE html><title></title>{frame}", "--dump-dom")
    width = re.search("<title>(.*?)</title>", seen)

    assert width is not None
    assert "360" == width[1]


def read_png(data: bytes) -> tuple[tuple[int, ...], int]:
    """The colour of the first pixel, and how many different rows of pixels there are.

    The first pixel is the same under each of PNG's filters (ISO/IEC 15948, section 9.2).
    """
    width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
    assert (8, True) == (depth, kind in (2, 6))  # eight bits, in true colour
    packed, at = b"", 8
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        packed += data[at + 8 : at + 8 + size] if name == b"IDAT" else b""
        at += size + 12
    pixels = zlib.decompress(packed)
    row = 1 + width * (3 if kind == 2 else 4)
    return tuple(pixels[1:4]), len({pixels[n * row : (n + 1) * row] for n in range(height)})
