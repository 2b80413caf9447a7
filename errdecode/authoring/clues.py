"""Dead clues: no example of their own format satisfies them, so nobody knows whether they work."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.clue import Codes, Seen, check, see
from errdecode.compile import codes_of, inherit
from errdecode.compile.rules import clues_of
from errdecode.compile.schema import Fault
from errdecode.example import content_type, exchange_of
from errdecode.format import Clue, Example, Format


def find_dead_clues(format: Format, known: dict[str, Format]) -> Iterator[Fault]:
    """Yield every clue that no example earns; clues that rule a format out are not asked."""
    codes = codes_of(inherit(format, known))
    responses = [_see(example) for example in format.examples if not example.timeout]
    for place, clues in clues_of(format):
        if place[-1] == "excluding" or not responses:
            continue
        for at, clue in enumerate(clues):
            if not _is_earned(clue, responses, codes):
                yield Fault((*place, at), "no example of this file satisfies this clue")


def _is_earned(clue: Clue, responses: list[Seen], codes: Codes) -> bool:
    return any(check(clue, seen, codes).matched for seen in responses)


def _see(example: Example) -> Seen:
    from errdecode.body import read_body

    exchange = exchange_of(example)
    text = exchange.response.body if exchange.response else None
    body = read_body(text or exchange.source._replace(value=""), content_type(exchange))
    return see(exchange, body)
