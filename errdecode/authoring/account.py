"""The account that comes with a draft: what was taken for what, and how many samples bear it
out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from errdecode.authoring.draft import Line
from errdecode.authoring.evidence import Group
from errdecode.model import JSON


def count(number: int, noun: str) -> str:
    """A number with its noun: `1 file`, `2 files`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def tell_group(group: Group, words: Sequence[Line], shape: str) -> Iterator[str]:
    """The places of one group, a line each; `shape` names it where there are several."""
    given = sum(sample.given for sample in group.samples)
    schemas = len(group.samples) - given
    parts = [count(given, "response")] * bool(given) + [count(schemas, "schema")] * bool(schemas)
    yield f"{f'shape {shape}: ' if shape else ''}{' and '.join(parts)}"
    if not any(line.name == "each" for line in words):
        yield "  each             the body itself is the problem"
    for line in words:
        told = f"   {line.comment}" if line.comment else ""
        yield f"  {line.name:<16} {_say(line.value)}{told}"


def _say(value: JSON) -> str:
    if isinstance(value, dict):
        return "the name of the member" if "take" in value else str(value.get("at"))
    if isinstance(value, list):
        return ", else ".join(map(_say, value))
    return "yes" if value is True else str(value) or "the item itself"
