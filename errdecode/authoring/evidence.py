"""What samples have in common, as clues: members that are always there, values of one kind."""

from __future__ import annotations

from collections.abc import Sequence

from errdecode.authoring.draft import Line
from errdecode.authoring.finding import Reading, pattern_step
from errdecode.authoring.guesses import guess_identifier, guess_pattern
from errdecode.authoring.samples import Sample, is_masked
from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.patterns import scalar, select
from errdecode.pointer import type_name

_MOST_NAMES = 12
"""Members that one clue asks for."""
_LONGEST_CONSTANT = 40
_MOST_VALUES = 300
"""Values that a pattern is made from."""


class Group(NamedTuple):
    """Samples whose problems stand in the same place."""

    each: str
    """The pattern that leads to the problems."""
    samples: list[Sample]
    readings: list[list[Reading]]
    """Of each sample."""

    @property
    def is_xml(self) -> bool:
        """Whether the bodies are XML."""
        return self.samples[0].body.kind == "xml"


class Clues(NamedTuple):
    """What speaks for a group."""

    required: list[Line]
    supporting: list[Line]


def find_clues(group: Group, places: dict[str, list[str]]) -> Clues:
    """Gather what is true of all samples of a group; `places` are those of `[extract]`, by word.

    What one sample bears may be there by chance, so only what is read out of it is required.
    """
    at = {word: [_absolute(group, one) for one in several] for word, several in places.items()}
    clues = Clues([], [])
    _add_containers(group, {one for several in at.values() for one in several}, clues)
    if not clues.required:  # the samples share no member: each has one of those that are read
        places_read: list[JSON] = [{"at": one} for several in at.values() for one in several]
        clues.required.append(Line({"any": places_read}, _all(group)))
    if "code" in at:
        _add_code(group, at["code"][0], clues)
    if "detail" in at:
        _add_type(group, at["detail"][0], clues)
    for pattern in at.get("request_id", ()):
        _add_identifier(group, pattern, clues)
    _add_constants(group, {at[word][0] for word in at}, clues)
    return clues


def reach(sample: Sample, pattern: str) -> list[JSON]:
    """The values of a sample that a pattern leads to."""
    xml = sample.body.kind == "xml"
    return [value for _, value in select(sample.body.value, pattern, fold=xml, lists=xml)]


def find_names(sample: Sample, pattern: str) -> tuple[str, ...]:
    """The members that every object has to which a pattern leads, in a sample or by its schema."""
    if sample.promised is not None and not sample.given:
        return sample.promised.get(pattern, ())
    objects = [value for value in reach(sample, pattern) if isinstance(value, dict)]
    if not objects:
        return ()
    shared = set(objects[0]).intersection(*objects[1:])
    return tuple(n for n in objects[0] if n in shared and n[:1] not in ("@", "#"))


def says(group: Group, number: int) -> str:
    """How many samples bear a clue out: `2 of 3`."""
    return f"{number} of {len(group.samples)}"


def _absolute(group: Group, place: str) -> str:
    return place[1:] if place.startswith("#") else group.each + place


def _add_containers(group: Group, read: set[str], clues: Clues) -> None:
    """The members that the items always have, and those of the body around them."""
    for pattern in dict.fromkeys((group.each, "")):
        reached = [value for sample in group.samples for value in reach(sample, pattern)]
        if not all(isinstance(value, dict) for value in reached):
            clues.required.append(Line({"at": pattern, "is": _types(reached)}, _all(group)))
            continue
        names = _shared_names(group, pattern)
        if not names or _is_single(group):
            ways = {*read, f"{group.each}/"}
            names = [n for n in _names_of_all(group, pattern) if _leads(pattern, n, ways)]
        if names:
            every = {"every": True} if "*" in pattern else {}
            clue: JSON = {"at": pattern, "has": list[JSON](names[:_MOST_NAMES]), **every}
            clues.required.append(Line(clue, _all(group)))


def _is_single(group: Group) -> bool:
    """Whether there is one sample, and no schema behind it."""
    return len(group.samples) < 2 and not group.samples[0].promised


def _all(group: Group) -> str:
    return says(group, len(group.samples))


def _leads(pattern: str, name: str, ways: set[str]) -> bool:
    """Whether something that is read stands in this member, or below it."""
    at = pattern_step(pattern, name)
    return at in ways or any(way.startswith(at + "/") for way in ways)


def _shared_names(group: Group, pattern: str) -> list[str]:
    first, *others = [find_names(sample, pattern) for sample in group.samples]
    return [name for name in first if all(name in names for names in others)]


def _names_of_all(group: Group, pattern: str) -> list[str]:
    """Members that all samples bear, whatever their schema promises."""
    bodies = [sample._replace(promised=None) for sample in group.samples]
    return _shared_names(group._replace(samples=bodies), pattern)


def _types(values: Sequence[JSON]) -> JSON:
    types = list(dict.fromkeys(type_name(value) for value in values))
    return types[0] if len(types) == 1 else list[JSON](types)


def _add_code(group: Group, pattern: str, clues: Clues) -> None:
    """How codes are written, where there are several of them; else their type."""
    texts = find_codes(group, pattern)
    shape = guess_pattern(texts)
    bearing = sum(bool(reach(sample, pattern)) for sample in group.samples)
    told = f"{says(group, bearing)}{_examples(texts)}"
    line = Line({"at": pattern, "matches": shape}, told)
    several = len(set(texts)) > 1 and bearing == len(group.samples)
    if shape and several:
        clues.required.append(line)
    else:
        _add_type(group, pattern, clues)
    if texts:
        clues.supporting.append(Line({"at": pattern, "known": True}))
    if shape and not several:
        clues.supporting.append(line)


def find_codes(group: Group, pattern: str) -> list[str]:
    """The codes at a place, each once: those of the examples, then those that a schema lists."""
    given = [scalar(v) for s in group.samples if s.given for v in reach(s, pattern)]
    texts = [str(v) for v in given if isinstance(v, str | int) and not isinstance(v, bool)]
    texts += [one.code for s in group.samples for one in s.listed.get(pattern, ())]
    return [text for text in dict.fromkeys(texts) if text and not is_masked(text)][:_MOST_VALUES]


def _add_type(group: Group, pattern: str, clues: Clues) -> None:
    """The type of a value; in XML everything is text."""
    if group.is_xml:
        return
    reached = [reach(sample, pattern) for sample in group.samples]
    bearing = sum(bool(values) for values in reached)
    if bearing:
        line = Line(
            {"at": pattern, "is": _types([value for values in reached for value in values])},
            says(group, bearing),
        )
        (clues.required if bearing == len(group.samples) else clues.supporting).append(line)


def _examples(texts: Sequence[str]) -> str:
    """The first values, for a comment."""
    more = ", ..." if len(texts) > 3 else ""
    return f": {', '.join(texts[:3])[:_LONGEST_CONSTANT]}{more}" if texts else ""


def _add_identifier(group: Group, pattern: str, clues: Clues) -> None:
    values = [str(scalar(v)) for s in group.samples if s.given for v in reach(s, pattern)]
    shape = guess_identifier([value for value in values if not is_masked(value)])
    if shape:
        clues.supporting.append(Line({"at": pattern, "matches": shape}, says(group, len(values))))


def _add_constants(group: Group, read: set[str], clues: Clues) -> None:
    """Members of the body that say the same in all of several samples."""
    bodies = [sample.body.value for sample in group.samples if sample.given]
    objects = [body for body in bodies if isinstance(body, dict)]
    if len(objects) < 2 or len(objects) < len(group.samples) or group.is_xml:
        return
    for name, value in objects[0].items():
        at = pattern_step("", name)
        said = [one.get(name) for one in objects]
        same = all(type(other) is type(value) and other == value for other in said)
        if same and at not in read and _is_telling(value):
            clues.supporting.append(Line({"at": at, "equals": value}, _all(group)))


def _is_telling(value: JSON) -> bool:
    """Whether a value may be one that never changes: a truth value, or a word."""
    if isinstance(value, bool):
        return True
    short = isinstance(value, str) and 0 < len(value) <= _LONGEST_CONSTANT
    return short and " " not in str(value) and not is_masked(str(value))
