"""Damaged JSON that is meant to cost much costs little."""

from __future__ import annotations

import sys

import pytest

from errdecode.jsontext import read_json

HOSTILE = [
    "[",
    '{"a": f("b"="c": 1',
    '{"a":',
    "(",
    "[(",
    ",",
    '"\\\\"',
    '"',
    "'",
    '"a',
    "a ",
    "a(",
    "<",
    "<a",
    "/",
    "/*",
    "#",
    "1 ",
    "1",
    ":",
    "]",
    "}{",
    "\u00a0",
    " ",
    ".",
    "-",
    "=>",
    "\\",
    '\\"',
    '"a" b',
    "{ ",
    "\x1b",
    "1_",
    "a:",
    "\\u",
    "[Object",
    ")]}'",
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("start", ["", "[", '{"a":', '["'])
def test_time_grows_with_the_text(piece: str, start: str) -> None:
    """Text twice as long takes about twice as many steps, whatever it consists of."""
    short, long = (count_steps(start + piece * times) for times in (300, 600))

    assert long < 2.6 * short + 2_000


def count_steps(text: str) -> int:
    """Count the lines that reading executes."""
    steps = 0

    def trace(*_: object):  # type: ignore[no-untyped-def]
        nonlocal steps
        steps += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read_json(text)
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("piece", HOSTILE)
def test_large_hostile_texts_end(piece: str) -> None:
    """Texts of 50,000 hostile characters are read or refused, without recursion."""
    for start in ("[", '{"a":'):
        reading = read_json(start + piece * (50_000 // len(piece)))

        assert reading is None or reading.notes
