"""Slow regular expressions: found by what they do on texts that are made to mislead them.

`quantifiers` refuses what can take exponential time by its looks; what is slow by how its parts
overlap (`\\s*.*\\s*$`, `(?:a|a)*b`) is measured here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from math import inf, log
from time import process_time

from errdecode.authoring.advice import all_of
from errdecode.clue import LONGEST_SUBJECT
from errdecode.compile.schema import Fault
from errdecode.expressions.witness import Node, characters, inner_of, parse, repeats, write
from errdecode.format import Format, Regex

TOLERATED = 4.0
"""How many times as long as a plain quadratic search (`a+b` in a text of `a`) an expression may
take: so what counts as slow does not hang on the machine."""
_GROWTH = 1.6
"""How much longer the text is in each trial."""
_SHORTEST = 8
_SHORT = 80
"""Characters over which nothing takes long that is not exponential."""
_LONG_FOR_SHORT = 0.004
_TELLING = 600
"""Characters from which on the time tells how it will grow."""
_STOP = 0.03
"""Seconds of one trial beyond which the longer ones are reckoned, not tried."""
_MOST_TEXTS = 24
_TAIL = "\x01"
"""What no expression of a catalog asks for."""


def check_speed(format: Format) -> Iterator[Fault]:
    """Yield the regular expressions of a format that a response could stop the program with."""
    found: dict[str, float | None] = {}
    for path, pattern in sorted(all_of(Regex, format), key=lambda one: str(one[0])):
        if pattern not in found:
            found[pattern] = find_slow(pattern)
        seconds = found[pattern]
        if seconds is not None:
            told = "longer than anybody waits" if seconds > 3600 else f"some {seconds:.1f} s"
            message = f"slow: it takes {told} over {LONGEST_SUBJECT:,} characters that mislead it"
            yield Fault(path, f"{message}; keep parts that take the same characters apart")


def find_slow(pattern: str) -> float | None:
    """Seconds that an expression takes, or would take, over a text of `LONGEST_SUBJECT` characters
    made to mislead it; None when it is quick over all of them.

    What is beyond a few hundredths of a second is reckoned from how fast the time grows; `inf`
    where it grows exponentially.
    """
    nodes = parse(pattern)
    if not nodes:
        return None
    compiled, limit = re.compile(pattern), TOLERATED * _quadratic()
    for before, unit in dict.fromkeys(islice(_misleading(nodes, ""), _MOST_TEXTS)):
        worst = _measure(compiled, before, unit, limit)
        if worst > limit:  # twice, as the machine may have been busy
            worst = min(worst, _measure(compiled, before, unit, limit))
        if worst > limit:
            return worst
    return None


@lru_cache(maxsize=1)
def _quadratic() -> float:
    """Seconds that a plain quadratic search takes over the longest text, here and now."""
    short = LONGEST_SUBJECT // 4
    compiled, text = re.compile("a+b"), "a" * short
    return min(_time(compiled, text) for _ in range(3)) * 16


def _misleading(nodes: Sequence[Node], before: str) -> Iterator[tuple[str, str]]:
    """Yield beginnings and the piece to repeat behind them: for each repetition without end what it
    takes, what stands in front of it as well."""
    for node in nodes:
        limits = repeats(node)
        inner = inner_of(node)
        if limits and limits[1] is None and inner:
            for unit in _units(inner[0]):
                yield before, unit
                if before:
                    yield "", before + unit
                    yield "", before
        for part in inner:
            yield from _misleading(part, before)
        before += write([node], more=1) or ""


def _units(nodes: list[Node]) -> Iterator[str]:
    """What a repeated part takes, in a few ways."""
    if len(nodes) == 1 and (several := characters(nodes[0])):
        yield from several[:1]
        yield from (char for char in (" ", "\n", "<", '"') if char in several[1:])
        return
    for branch in (0, 1):
        unit = write(nodes, branch)
        if unit:
            yield unit


def _measure(compiled: re.Pattern[str], before: str, unit: str, limit: float) -> float:
    """Seconds over the longest text, or as they are reckoned."""
    length, last = float(_SHORTEST), 0.0
    while True:
        length = min(length * _GROWTH, LONGEST_SUBJECT)
        text = (before + unit * (int(length) // len(unit) + 1))[: int(length)] + _TAIL
        took, rest = _time(compiled, text), LONGEST_SUBJECT / length
        if length > _TELLING and took * rest**3 < limit:
            return took  # even if the time grew with the third power
        if took > _STOP / 4:  # a pause of the machine is no time of the expression
            took = min(took, _time(compiled, text))
        if length < _SHORT and took > _LONG_FOR_SHORT:
            return inf
        if length >= LONGEST_SUBJECT:
            return took
        if took > _STOP:
            power = log(max(took / max(last, 1e-6), 1.0)) / log(_GROWTH)
            return took * float(rest ** min(power, 4.0))
        last = took


def _time(compiled: re.Pattern[str], text: str) -> float:
    start = process_time()
    compiled.search(text)
    return process_time() - start
