"""Samples of a format put together: its draft, and an account of what was taken for what."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence

from errdecode.authoring.account import count, tell_group
from errdecode.authoring.clues import find_dead_clues
from errdecode.authoring.codes import gather_codes
from errdecode.authoring.draft import (
    BLANK_EXAMPLE,
    BODY,
    Draft,
    ExampleDraft,
    Line,
    ShapeDraft,
    write_draft,
)
from errdecode.authoring.evidence import Group, find_clues, reach
from errdecode.authoring.extractor import find_places, words_of
from errdecode.authoring.finding import Reading, find_readings
from errdecode.authoring.salvage import salvage
from errdecode.authoring.samples import STRUCTURED, Listed, Sample, harmless
from errdecode.body import read_body
from errdecode.example import content_type, exchange_of
from errdecode.extract import extract
from errdecode.format import Example, Format
from errdecode.model import JSON, Problem
from errdecode.model.record import NamedTuple
from errdecode.pointer import parse

MOST_GROUPS = 5
"""Forms of bodies that are told apart in one draft."""
MOST_EXAMPLES = 12
LONGEST_BODY = 20_000
"""Characters of a body that is taken as an example."""
_LONGEST_NAME = 60
_MOST_EXPECTED = 10
"""Problems that one example lists."""


class Composed(NamedTuple):
    """A draft, and what is to be said about it."""

    draft: Draft | None
    """None when no sample could be read as an error."""
    account: list[str]


def compose(
    draft: Draft,
    samples: Sequence[Sample],
    hosts: Sequence[str] = (),
    listed: Sequence[Listed] = (),
) -> Composed:
    """Fill in a draft from samples: clues, places, codes and examples.

    `hosts` are those that a description names; else they are those of the samples. `listed` are
    codes that it lists apart from its schemas.
    """
    account: list[str] = []
    groups = list(_group(samples, account))
    if not groups:
        return Composed(None, account)
    if len(groups) > MOST_GROUPS:
        left = groups[MOST_GROUPS:]
        account.append(f"{count(len(left), 'rarer form')} left out: {', '.join(map(_where, left))}")
        groups = groups[:MOST_GROUPS]
    shapes, supporting = [], []
    names = _shape_names(groups)
    for group, name in zip(groups, names, strict=True):
        places = find_places(group)
        clues = find_clues(group, {word: one.at for word, one in places.items()})
        words = list(words_of(group, places))
        supporting += clues.supporting
        required = tuple(_distinct(clues.required))
        shapes.append(ShapeDraft(name, required, tuple(words), tuple(_exclude(group, groups))))
        account += tell_group(group, words, name if len(groups) > 1 else "")
    codes, told = gather_codes(groups, listed)
    account += told
    draft = draft._replace(
        supporting=(*_distinct(supporting), *_hosts(hosts, groups)),
        codes=codes,
        examples=tuple(_choose_examples(groups, names, account)),
    )
    if len(shapes) == 1:
        draft = draft._replace(required=shapes[0].required, extract=shapes[0].extract)
    else:
        draft = draft._replace(shapes=tuple(shapes))
    return Composed(_settle(draft, account), account)


# ---------------------------------------------------------------- groups


def _group(samples: Sequence[Sample], account: list[str]) -> Iterator[Group]:
    """Put samples together whose problems stand in the same place, the largest group first."""
    groups: dict[tuple[bool, str], Group] = {}
    for sample in samples:
        readings = find_readings(sample) if sample.body.kind in STRUCTURED else []
        if not readings:
            if sample.given:
                account.append(f"{sample.label}: {_why_not(sample)}")
            continue
        each = _commonest(readings)
        group = groups.setdefault((sample.body.kind == "xml", each), Group(each, [], []))
        group.samples.append(sample)
        group.readings.append([one for one in readings if one.each == each])
    yield from sorted(groups.values(), key=lambda group: -len(group.samples))


def _why_not(sample: Sample) -> str:
    if sample.body.kind == "empty":
        return "there is no body to learn from"
    if sample.body.kind not in STRUCTURED:
        return f"the body is {sample.body.kind}, which has no members to learn from"
    return "no code and no message was found in the body"


def _commonest(readings: Sequence[Reading]) -> str:
    counts: dict[str, int] = {}
    for reading in readings:
        counts[reading.each] = counts.get(reading.each, 0) + 1
    return max(counts, key=lambda each: counts[each])


def _shape_names(groups: Sequence[Group]) -> list[str]:
    """A name for each group: that of the member its problems stand in."""
    names: list[str] = []
    for group in groups:
        tokens = [token for token in parse(group.each).tokens or () if token != "*"]
        name = harmless(tokens[-1])[:_LONGEST_NAME] if tokens else "body"
        names.append(name if name not in names else f"{name}-{len(names) + 1}")
    return names


def _where(group: Group) -> str:
    return f"{group.each or 'the body itself'} ({group.samples[0].label})"


def _exclude(group: Group, groups: Sequence[Group]) -> Iterator[Line]:
    """What only the samples of more particular groups have: it rules this one out."""
    for other in groups:
        deeper = other.each.count("/") > group.each.count("/")
        if deeper and not any(reach(sample, other.each) for sample in group.samples):
            yield Line({"at": other.each})


def _distinct(lines: Sequence[Line]) -> list[Line]:
    kept: list[Line] = []
    for line in lines:
        if all(line.value != other.value for other in kept):
            kept.append(line)
    return kept


def _hosts(told: Sequence[str], groups: Sequence[Group]) -> Iterator[Line]:
    """The hosts that answer so; an address or a machine's own name tells nothing."""
    seen = [
        (sample.url or "").removeprefix("https://").split("/")[0]
        for group in groups
        for sample in group.samples
    ]
    hosts = [h for h in dict.fromkeys(told or seen) if "." in h and any(map(str.isalpha, h))]
    if len(hosts) == 1:
        yield Line({"host": hosts[0]})
    elif hosts:
        yield Line({"any": [{"host": host} for host in hosts[:8]]})


# ---------------------------------------------------------------- examples


def _choose_examples(
    groups: Sequence[Group], shapes: Sequence[str], account: list[str]
) -> Iterator[ExampleDraft]:
    """One example for each set of codes, from every group; a blank one where there is none."""
    names: set[str] = set()
    for group, shape in zip(groups, shapes, strict=True):
        met: set[tuple[str, ...]] = set()
        for sample, readings in zip(group.samples, group.readings, strict=True):
            codes = tuple(str(r.places["code"].value) for r in readings if "code" in r.places)
            if not sample.given or (codes and codes in met):
                continue
            if len(names) >= MOST_EXAMPLES or len(sample.body.text.value) > LONGEST_BODY:
                account.append(f"{sample.label}: not taken as an example, {_too(sample)}")
                continue
            met.add(codes)
            name = _name(codes, readings, sample, names)
            names.add(name)
            yield _example(sample, name)._replace(shape=shape)
        if not met:
            told = f"The problems stand in {_where(group)}."
            yield BLANK_EXAMPLE._replace(comment=told, shape=shape)


def _too(sample: Sample) -> str:
    long = len(sample.body.text.value) > LONGEST_BODY
    return "its body is too long" if long else f"there are {MOST_EXAMPLES} already"


def _name(
    codes: tuple[str, ...], readings: Sequence[Reading], sample: Sample, names: set[str]
) -> str:
    """A name that no other example has: its codes, else its message, else where it comes from."""
    said = next((str(r.places["detail"].value) for r in readings if "detail" in r.places), "")
    told = ", ".join(dict.fromkeys(codes)) or said or sample.label
    name = harmless(told)[:_LONGEST_NAME] or "a response"
    number = 2
    base = name
    while name in names:
        name, number = f"{base} ({number})", number + 1
    return name


def _example(sample: Sample, name: str) -> ExampleDraft:
    declared = sample.media_type if sample.media_type != "application/json" else None
    return ExampleDraft(
        name,
        sample.body.text.value,
        sample.status,
        declared,
        sample.url,
        (),
        sample.said,
    )


# ---------------------------------------------------------------- the draft read back


def _settle(draft: Draft, account: list[str]) -> Draft:
    """Read a draft as the catalog would, fill in what its examples say, hide unearned clues."""
    format = _read(draft)
    examples = []
    for example, read in zip(draft.examples, format.examples, strict=True):
        if example.body == BODY:
            examples.append(example)
            continue
        problems = tuple(_expected(problem) for problem in _extract(format, read, example.shape))
        if problems:
            examples.append(example._replace(problems=problems[:_MOST_EXPECTED]))
        else:
            account.append(f"example {example.name}: nothing is read out of it, so it is left out")
    shown = {example.shape for example in examples}
    lost = [name for name in dict.fromkeys(e.shape for e in draft.examples) if name not in shown]
    examples += [BLANK_EXAMPLE._replace(shape=name) for name in lost]
    draft = draft._replace(examples=tuple(examples))
    return _hide_dead(draft) if all(one.body != BODY for one in draft.examples) else draft


def _read(draft: Draft) -> Format:
    return salvage(tomllib.loads(write_draft(draft)), draft.id).format


def _extract(format: Format, example: Example, shape: str) -> list[Problem]:
    """The problems of an example, as its shape reads them."""
    exchange = exchange_of(example)
    text = exchange.response.body if exchange.response else None
    body = read_body(text or exchange.source._replace(value=""), content_type(exchange))
    return [p for p in extract(format, shape, exchange, body) if p.code or p.detail or p.title]


def _expected(problem: Problem) -> dict[str, JSON]:
    """What an example says of one problem: its code and place, else its words."""
    members: dict[str, JSON] = {"code": problem.code}
    members |= {"pointer": problem.pointer, "parameter": problem.parameter}
    if problem.code is None:
        members["title" if problem.detail is None else "detail"] = problem.detail or problem.title
    return {name: value for name, value in members.items() if value is not None}


def _hide_dead(draft: Draft) -> Draft:
    """Make comments of the clues that no example earns."""
    dead = {fault.path for fault in find_dead_clues(_read(draft), {})}

    def keep(lines: Sequence[Line], *place: str | int) -> tuple[Line, ...]:
        return tuple(
            line._replace(hidden=True, comment="no example shows this")
            if (*place, at) in dead
            else line
            for at, line in enumerate(lines)
        )

    return draft._replace(
        required=keep(draft.required, "detect", "required"),
        supporting=keep(draft.supporting, "detect", "supporting"),
        shapes=tuple(
            shape._replace(required=keep(shape.required, "shapes", at, "required"))
            for at, shape in enumerate(draft.shapes)
        ),
    )
