"""The steps of a repair, each one thing that was read otherwise, and the sentence that says so."""

from __future__ import annotations

from errdecode.model.record import NamedTuple

_MOST_TOLD = 4
"""Steps that a reason tells."""
_LONGEST_SHOWN = 60
"""Characters of a name that a reason repeats; a longer one is not cut, but left out."""
_SENTENCES = {
    "inside": "the payload wraps it in {name}",
    "without": "the payload has no {name} around it",
    "whole": "{name} stands for the payload itself",
    "case": "the payload writes {name} in another letter case",
    "convention": "the payload writes {name}{told}",
    "plural": "the payload has {name} in the {told}",
    "counted": "counted from one, item {name} has the index {told}",
    "selected": "{name} tells the item {told}",
    "single": "{name} is an array of one item",
    "unlisted": "{name} is no array, so it has no items",
}
_SUBJECT = "the payload "


class Step(NamedTuple):
    """One thing that was read otherwise."""

    kind: str
    """A kind of `model.Repair`."""
    verb: str
    """How the reason says it: a name of `_SENTENCES`."""
    name: str = ""
    told: str = ""
    """What the sentence says of the name: a naming convention, an index."""


def tell(steps: tuple[Step, ...]) -> str:
    """Say all that was read otherwise in one sentence."""
    merged: list[Step] = []
    for step in steps:
        last = merged[-1] if merged else None
        if last and last.verb == step.verb and step.verb in ("inside", "without"):
            merged[-1] = last._replace(name=f"{last.name}/{step.name}")
        else:
            merged.append(step)
    said = ""
    for sentence in dict.fromkeys(_say(step) for step in merged[:_MOST_TOLD]):
        goes_on = said.startswith(_SUBJECT) and sentence.startswith(_SUBJECT)
        said += (", and " if said else "") + sentence[len(_SUBJECT) * goes_on :]
    return said


def _say(step: Step) -> str:
    name = f"`{step.name}`" if 0 < len(step.name) <= _LONGEST_SHOWN else "a member"
    if step.verb == "counted":
        name = step.name
    if step.verb == "single" and not step.name:
        name = "the payload"
    told = f" in {step.told}" if step.verb == "convention" and step.told else step.told
    return _SENTENCES[step.verb].format(name=name, told=told)
