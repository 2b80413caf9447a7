"""How far a confidence can be trusted: the examples of the catalog, damaged, held against it.

A mutated example is no longer what its provider documents. What is still claimed for certain should
be right in all but a few cases: see `MOST_WRONG`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from errdecode.body import read_body
from errdecode.catalog import Catalog
from errdecode.clue import Seen, check, see
from errdecode.detect import detect
from errdecode.example import content_type, exchange_of
from errdecode.format import Example
from errdecode.model import JSON, Text
from errdecode.model.record import NamedTuple

MOST_WRONG = 1 / 200
"""The share of `certain` claims on mutated examples that may be wrong."""
WORDS = ("certain", "likely", "possible")
_MOST_MEMBERS = 4
"""Members of one object that are dropped and renamed, each in an example of its own."""


class Claim(NamedTuple):
    """What was said of one mutated example."""

    format: str
    """Id of the format whose example it was."""
    name: str
    mutation: str
    confidence: str | None
    """None: no format was claimed."""
    claimed: str | None
    is_right: bool
    """The format itself, one of its family, or one that asks for nothing the whole example does not
    have: without their `validation`, celebrate's errors are hapi's."""


def calibrate(catalog: Catalog, examples: Iterable[tuple[str, Example]]) -> Iterator[Claim]:
    """Mutate examples, each given with its format's id, and ask which format they are in."""
    for id, example in examples:
        if example.outcome != "error" or not example.body:
            continue
        both = _met_by(catalog, _see(example, example.body))
        for mutation, body in mutate(example.body):
            best = detect(catalog, _see(example, body)).best
            if best is None:
                yield Claim(id, example.name, mutation, None, None, False)
                continue
            right = catalog.family(best.id) == catalog.family(id) or best.id in both
            yield Claim(id, example.name, mutation, best.confidence, best.id, right)


def _see(example: Example, body: str) -> Seen:
    exchange = exchange_of(example._replace(body=body))
    return see(exchange, read_body(Text(body), content_type(exchange)))


def _met_by(catalog: Catalog, seen: Seen) -> set[str]:
    """The formats whose required clues a response meets, whatever may rule them out."""
    return {
        shape.format
        for shape in catalog.shapes(seen)
        if all(check(clue, seen, shape.codes).matched for clue in shape.required)
    }


def show_calibration(claims: list[Claim]) -> Iterator[str]:
    """The table: of each confidence, how many claims there were and how many were wrong."""
    yield f"calibration over {len(claims)} mutated examples"
    for word in WORDS:
        made = [claim for claim in claims if claim.confidence == word]
        wrong = sum(not claim.is_right for claim in made)
        share = f"  {wrong / len(made):.2%}" if made else ""
        yield f"  {word:<9}{len(made):>6} claims{wrong:>5} wrong{share}"
    yield f"  {'none':<9}{sum(claim.confidence is None for claim in claims):>6} left unclaimed"


def find_wrong(claims: list[Claim]) -> list[Claim]:
    """The claims that were certain and wrong, when they are more than may be."""
    certain = [claim for claim in claims if claim.confidence == "certain"]
    wrong = [claim for claim in certain if not claim.is_right]
    return wrong if len(wrong) > MOST_WRONG * len(certain) else []


# ---------------------------------------------------------------- mutations


def mutate(body: str) -> Iterator[tuple[str, str]]:
    """Damage a body in each of several ways: what was done, and what came out."""
    yield "truncated", body.rstrip()[: len(body.rstrip()) * 2 // 3]
    try:
        value: JSON = json.loads(body)
    except ValueError:
        return
    if not isinstance(value, dict | list):
        return
    yield "re-nested", json.dumps({"result": value})
    for mutation, changed in _mutate_objects(value):
        yield mutation, json.dumps(changed)


def _mutate_objects(value: JSON) -> Iterator[tuple[str, JSON]]:
    """Drop, rename and swap members of the outermost object and of the first one inside."""
    if isinstance(value, list):
        for mutation, changed in _mutate_objects(value[0]) if value else ():
            yield mutation, [changed, *value[1:]]
        return
    if not isinstance(value, dict):
        return
    names = list(value)
    for name in names[:_MOST_MEMBERS]:
        yield f"dropped {name}", {n: v for n, v in value.items() if n != name}
        yield f"renamed {name}", {f"{n}_x" if n == name else n: v for n, v in value.items()}
    if len(names) > 1:
        one, other = names[0], names[-1]
        yield "swapped", {**value, one: value[other], other: value[one]}
    for name, inner in value.items():
        if isinstance(inner, dict | list) and inner:
            for mutation, changed in _mutate_objects(inner):
                yield f"{mutation} in {name}", {**value, name: changed}
            return
