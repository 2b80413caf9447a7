"""Sightings and scans made by hand, for the tests of what is made of them."""

from __future__ import annotations

import re
from typing import TypeVar

from hypothesis import strategies as st

from errdecode.catalog import open_catalog
from errdecode.scan.model import Context, Group, Place, Scan, Sighting, Skipped, Unreadable
from errdecode.scan.read import Reader
from errdecode.scan.tally import Tally, finish

_Thing = TypeVar("_Thing")

NOON = 1_763_640_000.0
"""2025-11-20 12:00:00 UTC."""
NAMES = {"example-pay": "Example Pay", "example-mail": "Example Mail"}


def sighting(
    offset: int = 0,
    *,
    file: str = "app.log",
    code: str | None = "declined",
    time: float | None = None,
    request_id: str | None = None,
    trace_id: str | None = None,
    url: str | None = None,
    format: str | None = "example-pay",
    status: int | None = 402,
    message: str | None = None,
    completeness: int = 0,
    pointer: str | None = None,
    title: str | None = "The payment was declined",
    length: int = 60,
    method: str | None = None,
    verdict: str = "after-change",
    actor: str | None = "caller",
) -> Sighting:
    """An error in a log; its line is its offset's hundredth."""
    context = Context(time, "error", request_id, trace_id, method, url, status)
    return Sighting(
        Place(file, offset, offset // 100 + 1),
        length,
        context,
        "body",
        format,
        "likely" if format else None,
        code,
        pointer,
        title,
        status,
        verdict,
        actor,
        1,
        message,
        completeness,
    )


def tally_of(*items: Sighting | Unreadable) -> Tally:
    """A tally of some errors."""
    tally = Tally()
    for item in items:
        tally.add(item)
    return tally


def seen(tally: Tally) -> tuple[tuple[Group, ...], tuple[Unreadable, ...], int, int]:
    """All that a tally tells."""
    return finish(tally), tuple(tally.listed), tally.unreadable, tally.errors


def parts(items: list[_Thing], cuts: list[int]) -> list[list[_Thing]]:
    """A list in pieces."""
    at = sorted(min(cut, len(items)) for cut in cuts)
    return [items[a:b] for a, b in zip([0, *at], [*at, len(items)], strict=True)]


def read_all(data: bytes, **options: bool) -> list[Sighting | Unreadable]:
    """Read a log in which every line bears a signal."""
    starts = [found.start() for found in re.finditer(rb"(?m)^", data) if found.start() < len(data)]
    return list(Reader(open_catalog(), year=2026, **options).read(data, starts))


def scan_of(*items: Sighting | Unreadable, skipped: tuple[Skipped, ...] = ()) -> Scan:
    """The account of a scan that met some errors."""
    tally = tally_of(*items)
    return Scan(
        finish(tally, NAMES.get),  # type: ignore[arg-type]  # all formats have names here
        tuple(tally.listed),
        tally.unreadable,
        skipped,
        files=2,
        bytes=3_000_000,
        lines=20_000,
        errors=tally.errors,
        seconds=0.5,
        engine="stdlib",
        jobs=2,
    )


WORDS = st.sampled_from(["a", "b", "declined", "sk_live_abcdefghijkl1234567", "é\x1b\ud800"])
TIMES = st.none() | st.floats(NOON, NOON + 100_000) | st.sampled_from([NOON, -1.0, float("nan")])


@st.composite
def sightings(draw: st.DrawFn) -> Sighting:
    """Any error; few values, so that groups meet."""
    return sighting(
        draw(st.integers(0, 10_000)),
        file=draw(st.sampled_from(["a.log", "b.log", "c.log"])),
        code=draw(st.none() | WORDS),
        time=draw(TIMES),
        request_id=draw(st.none() | st.integers(0, 30).map(str)),
        trace_id=draw(st.none() | WORDS),
        url=draw(st.none() | WORDS),
        format=draw(st.sampled_from([None, "example-pay", "example-mail"])),
        status=draw(st.sampled_from([None, 402, 500, 7])),
        message=draw(st.none() | WORDS),
        completeness=draw(st.integers(0, 3)),
        pointer=draw(st.none() | WORDS),
        verdict=draw(st.sampled_from(["after-change", "later", "unknown"])),
        actor=draw(st.sampled_from([None, "caller", "provider"])),
    )


ITEMS = sightings() | st.builds(
    Unreadable,
    st.builds(Place, st.sampled_from(["a.log", "b.log"]), st.integers(0, 10_000), st.just(1)),
    st.sampled_from(["it ends too early", "password=sk_live_abcdefghijkl1234567"]),
)


FAULTS = (
    "the {} has no handle",
    "the {} has no owner",
    "no such {}",
    "{} cannot reach {}",
    "You do not control a {} named {}.example.",
    "failed to open the {}",
    "failed to close the {}",
    "{}",
)
NAMES_OF_THINGS = [a + b for a in ("bo", "ka", "mi", "ru") for b in ("lano", "tesi", "vudo")]


@st.composite
def messages(draw: st.DrawFn) -> Sighting:
    """An error without a code; few faults, and more names."""
    name, other = (draw(st.sampled_from(NAMES_OF_THINGS)) for _ in range(2))
    return sighting(
        draw(st.integers(0, 10_000)),
        code=None,
        time=draw(TIMES),
        format=draw(st.sampled_from([None, None, None, "example-pay"])),
        message=draw(st.sampled_from(FAULTS)).format(name, other),
        title=None,
    )


def many_messages(least: int, most: int) -> st.SearchStrategy[list[Sighting]]:
    """Errors without a code, no two in one place."""
    return st.lists(
        messages(), min_size=least, max_size=most, unique_by=lambda one: one.place.offset
    )


def logs(most: int) -> st.SearchStrategy[list[Sighting | Unreadable]]:
    """What a scan may meet; no two things stand in one place."""
    return st.lists(ITEMS, max_size=most, unique_by=lambda one: one.place[:2])


def errors_in(text: str) -> list[Sighting]:
    """The errors of a log in which every line bears a signal."""
    return [one for one in read_all(text.encode()) if isinstance(one, Sighting)]
