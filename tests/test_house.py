"""The laws of house styles: always the same ones, and in no documented format for certain."""

from __future__ import annotations

import json

from errdecode.body import read_body
from errdecode.catalog import open_catalog
from errdecode.clue import Seen
from errdecode.compile.house import build_houses
from errdecode.detect import detect
from errdecode.model import Text


def test_they_are_the_same_each_time() -> None:
    """What clues are weighed against does not change from one build to the next."""
    houses = build_houses()

    assert houses == build_houses()
    assert len(houses) == len({house.host for house in houses})


def test_none_is_certain_to_be_a_documented_format() -> None:
    """A body that was made up by dice is nobody's; at most it may look like somebody's."""
    bodies = [house.body for house in build_houses()]
    texts = {body if isinstance(body, str) else json.dumps(body) for body in bodies}
    catalog, claimed = open_catalog(), []
    for text in sorted(texts):
        best = detect(catalog, Seen(read_body(Text(text)))).best
        if best and best.confidence == "certain":
            claimed.append((best.id, best.shape, text))

    assert [] == claimed
