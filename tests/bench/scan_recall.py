"""The recall of `errdecode scan` over every body of the catalog in every wrapper, and what a body
costs.

    python tests/bench/scan_recall.py [SHARE]

SHARE: one in so many of all pairs; 1, which is not given, takes a few minutes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import process_time

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from test_scan_recall import (  # noqa: E402  # the tests' folders come first
    decode_body,
    every_line,
    known_of,
    log_of,
    needs_sign,
    pairs,
    text_of,
)
from wrappers import WRAPPERS  # noqa: E402  # the tests' folders come first

from errdecode.catalog import open_catalog  # noqa: E402  # the tests' folders come first
from errdecode.scan.model import Sighting  # noqa: E402  # the tests' folders come first
from errdecode.scan.read import Reader  # noqa: E402  # the tests' folders come first


def measure_recall(share: int) -> None:
    """Print what was missed, invented, or read as another format."""
    catalog = open_catalog()
    reader = Reader(catalog, year=2026)
    data, places = log_of(list(pairs(share)))
    found = [item for item in reader.read(data, every_line(data)) if isinstance(item, Sighting)]
    formats = {item.place.offset: item.format for item in found}
    missed = other = 0
    for at, pair in places.items():
        known = known_of(pair)
        answer = decode_body(catalog, text_of(pair), known)
        sure = answer.outcome == "error" and not needs_sign(answer, known.status)
        missed += sure and at not in formats
        other += at in formats and formats[at] != answer.format
    ends = {at: at + pair.wrapped.length for at, pair in places.items()}
    outside = [at for at in formats if not any(a <= at < e for a, e in ends.items())]
    print(f"{len(places)} bodies: {len(formats)} found, {missed} missed, {other} as another format")
    print(f"{len(outside)} invented, {len(found) - len(formats)} found twice")


def measure_speed(share: int) -> None:
    """Print what a body costs that was seen before, as a ratio to a loop of Python."""
    start = process_time()
    for _ in range(1000):
        sum(range(1000))
    unit = (process_time() - start) / 1000
    for wrapper in WRAPPERS:
        some = [pair for pair in pairs(share) if pair.wrapper is wrapper]
        data, _ = log_of(some)
        lines = every_line(data) if wrapper.how in ("lines", "transcript") else starts(some)
        reader = Reader(open_catalog(), year=2026)
        first, second = (timed(reader, data, lines) for _ in range(2))
        each = 1e6 / max(1, len(some))
        print(
            f"{wrapper.name:16} {first * each:7.0f} us at first, {second * each:5.0f} us again, "
            f"{second / max(1, len(some)) / unit:5.1f} x sum(range(1000))"
        )


def starts(some: list) -> list[int]:  # type: ignore[type-arg]  # pairs
    """The lines in which the bodies begin."""
    data, places = log_of(some)
    return sorted({data.rfind(b"\n", 0, at) + 1 for at in places})


def timed(reader: Reader, data: bytes, lines: list[int]) -> float:
    """Seconds of this process."""
    start = process_time()
    for _ in reader.read(data, lines):
        pass
    return process_time() - start


if __name__ == "__main__":
    SHARE = int(sys.argv[1]) if sys.argv[1:] else 1
    measure_recall(SHARE)
    measure_speed(max(SHARE, 20))
