"""Bodies that something quoted in its own manner: a table of events as CSV, a program its bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from cases import Case, load_cases
from sightings import read_all

from errdecode.catalog import open_catalog
from errdecode.scan.engines.stdlib import Stdlib
from errdecode.scan.model import Sighting
from errdecode.scan.signals import signals

SHARE = 23
"""One in so many errors of the catalog is read."""


def as_csv(text: str) -> tuple[str, str, str]:
    """A field of a CSV file: what stands before the text, the text and what stands behind it."""
    return '1772352903112,"ERROR quay: answered 400: ', text.replace('"', '""'), '",quay-3\n'


def as_bytes(text: str) -> tuple[str, str, str]:
    """The same for bytes as Python shows them."""
    shown = repr(text.encode())
    return f"ERROR quay: answered 400: {shown[:2]}", shown[2:-1], shown[-1] + "\n"


QUOTES: dict[str, Callable[[str], tuple[str, str, str]]] = {"csv": as_csv, "bytes": as_bytes}


BEGINS = {"json": ("{", "["), "xml": ("<",)}
"""What a document begins with, by its kind."""


_DEEP = {
    ("azure-cosmos", "the exception of the Java client"),
    ("azure-cosmos", "the exception of the Java client, too many requests"),
}
"""Bodies that only an array in one of their strings gives away; in a table its quotes are a third
kind."""


def bodies() -> Iterator[Case]:
    """The errors of the catalog that stand in one line."""
    for case in load_cases():
        begins = BEGINS.get(case.kind, ())
        if case.outcome == "error" and case.line.startswith(begins) and "\n" not in case.line:
            yield case


@pytest.mark.parametrize("quote", QUOTES)
def test_a_quoted_body_is_read_as_it_was_sent(quote: str) -> None:
    """Its format and code are those of the same body between words, and its place is its own."""
    wrong = []
    for case in list(bodies())[::SHARE]:
        before, body, after = QUOTES[quote](case.line)
        place = len(before.encode()), len(body.encode())
        plain = [one[1:] for one in said(f"ERROR quay: answered 400: {case.line}\n")]
        if said(before + body + after) != [(place, *one) for one in plain]:
            wrong.append((case.format, case.name))

    assert [] == wrong


def said(text: str) -> list[tuple[object, ...]]:
    """Where each error of a text stands, and what it says."""
    return [
        ((one.place.offset, one.length), one.format, one.code, one.title)
        for one in read_all(text.encode())
        if isinstance(one, Sighting)
    ]


@pytest.mark.parametrize("quote", QUOTES)
def test_a_quoted_body_has_a_signal_line(quote: str) -> None:
    """All have one that have one between words."""
    engine = Stdlib(signals(open_catalog()))
    missed = []
    for case in bodies():
        data = "".join(QUOTES[quote](case.line)).encode()
        plain = case.line.encode()
        if engine.lines(plain, len(plain)) and not engine.lines(data, len(data)):
            missed.append((case.format, case.name))

    assert [] == [one for one in missed if one not in _DEEP]
