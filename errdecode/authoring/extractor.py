"""The words of `[extract]`, by the agreement of several readings."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.authoring.draft import Line
from errdecode.authoring.evidence import Group, says
from errdecode.authoring.finding import WORDS, Place
from errdecode.authoring.guesses import guess_dialect
from errdecode.model import JSON
from errdecode.model.record import NamedTuple

_MOST_PLACES = 3
"""Places of one word, of which the first that yields something counts."""


class Agreed(NamedTuple):
    """Where the samples have one part of their problems."""

    at: list[str]
    """The places, the commonest first."""
    take: str | None
    values: list[JSON]
    bearing: int
    """In how many samples it was found."""
    total: int
    """In how many problems it was found."""


def find_places(group: Group) -> dict[str, Agreed]:
    """The places on which the samples of a group agree, by word."""
    agreed = {}
    for word in WORDS:
        found = [
            [reading.places[word] for reading in readings if word in reading.places]
            for readings in group.readings
        ]
        if any(found):
            agreed[word] = _agree(found)
    return agreed


def words_of(group: Group, places: dict[str, Agreed]) -> Iterator[Line]:
    """The lines of `[extract]`, each with how many samples bear it out."""
    if group.each:
        yield Line(group.each, says(group, len(group.samples)), "each")
    for word, agreed in places.items():
        reads: list[JSON] = [
            {"at": at, "take": agreed.take} if agreed.take and at == "" else at for at in agreed.at
        ]
        told = says(group, agreed.bearing)
        yield Line(reads[0] if len(reads) == 1 else reads, told, word)
        if word == "pointer":
            yield from _dialect(agreed, group)


def _agree(found: list[list[Place]]) -> Agreed:
    """Count the places by samples; another one counts where the first ones are absent."""
    votes: dict[str, int] = {}
    for places in found:
        for at in {place.at for place in places}:
            votes[at] = votes.get(at, 0) + 1
    kept: list[str] = []
    for at in sorted(votes, key=lambda at: -votes[at]):
        news = any(_bears(places, at) and not any(_bears(places, k) for k in kept)
                   for places in found)  # fmt: skip
        if news and len(kept) < _MOST_PLACES:
            kept.append(at)
    every = [place for places in found for place in places]
    take = next((place.take for place in every if place.take), None)
    values = [place.value for place in every]
    return Agreed(kept, take, values, sum(map(bool, found)), len(every))


def _bears(places: list[Place], at: str) -> bool:
    return any(place.at == at for place in places)


def _dialect(agreed: Agreed, group: Group) -> Iterator[Line]:
    """How the pointers are written, with a word of doubt where any dialect would fit."""
    guess = guess_dialect(agreed.values, group.is_xml)
    told = f"{guess.fitting} of {len(agreed.values)} pointers look so"
    doubt = "" if guess.told else "; a bare name fits others as well"
    if guess.name != "json-pointer" or guess.told:
        yield Line(guess.name, told + doubt, "pointer_dialect")
    if guess.headed:
        yield Line(True, "the first segment names the part of the request", "pointer_head")
