"""The codes that samples bear or a schema lists, as entries whose meaning is still to be told."""

from __future__ import annotations

from collections.abc import Sequence

from errdecode.authoring.draft import BLANK_CODE, CodeDraft
from errdecode.authoring.evidence import Group
from errdecode.authoring.extractor import find_places
from errdecode.authoring.finding import Reading
from errdecode.authoring.samples import Listed, Sample, harmless, is_masked
from errdecode.extract import LONGEST_CODE, as_status
from errdecode.model import JSON

MOST_CODES = 2_000
_MOST_HEARD = 4
"""Texts of the provider that are quoted for one code."""
_MOST_MESSAGES = 20
"""Entries made of messages, where there is neither a code nor a status."""


class Codes:
    """Codes in the order they are met, each once, with what is said of them."""

    def __init__(self) -> None:
        self._heard: dict[tuple[str, str | int], list[str]] = {}
        self.left_out = 0
        """Codes that look like secrets, are too long, or are too many."""

    def add(self, key: str, value: str | int, *heard: str) -> None:
        """Add an entry, or what is said to one that is known; `heard` is foreign text."""
        if isinstance(value, str):
            shown = harmless(value)
            if shown != value or is_masked(value) or not 0 < len(value) <= LONGEST_CODE:
                self.left_out += 1
                return
        if (key, value) not in self._heard and len(self._heard) >= MOST_CODES:
            self.left_out += 1
            return
        said = self._heard.setdefault((key, value), [])
        said += [text for text in dict.fromkeys(map(harmless, heard)) if text and text not in said]

    def drafts(self) -> tuple[CodeDraft, ...]:
        """The entries."""
        return tuple(
            CodeDraft({key: value}, tuple(heard[:_MOST_HEARD]))
            for (key, value), heard in self._heard.items()
        )


def gather_codes(
    groups: Sequence[Group], listed: Sequence[Listed] = ()
) -> tuple[tuple[CodeDraft, ...], list[str]]:
    """The codes of some groups, and what is to be said of them; a blank one when there is none.

    Where the format has no codes, the statuses stand for them, else the messages.
    """
    codes = Codes()
    for group in groups:
        agreed = find_places(group)
        if "code" in agreed:
            _add_codes(group, agreed["code"].at, codes)
        else:
            _add_others(group, codes)
    for one in listed:
        codes.add("code", one.code, one.said)
    drafts = codes.drafts()
    account = [f"codes to explain: {len(drafts)}"] if drafts else []
    if codes.left_out:
        account.append(f"codes left out: {codes.left_out}, too long, too many, or like a secret")
    return drafts or (BLANK_CODE,), account


def _add_codes(group: Group, places: Sequence[str], codes: Codes) -> None:
    for sample, readings in zip(group.samples, group.readings, strict=True):
        for reading in readings if sample.given else ():
            place = reading.places.get("code")
            if place and isinstance(place.value, str | int):
                codes.add("code", str(place.value), _heard(sample, reading))
        for at in places:
            absolute = at[1:] if at.startswith("#") else group.each + at
            for listed in sample.listed.get(absolute, ()):
                codes.add("code", listed.code, listed.said)


def _add_others(group: Group, codes: Codes) -> None:
    """Statuses, or messages, of a format without codes."""
    messages = 0
    for sample, readings in zip(group.samples, group.readings, strict=True):
        for reading in readings:
            status = sample.status or as_status(_value(reading, "status"))
            message = _value(reading, "detail")
            if status:
                codes.add("status", status, _heard(sample, reading))
            elif sample.given and isinstance(message, str) and messages < _MOST_MESSAGES:
                messages += 1
                codes.add("message", message)


def _heard(sample: Sample, reading: Reading) -> str:
    """What a response says of its code: the status, the message, the description of the
    response."""
    message = _value(reading, "detail") if sample.given else None
    parts = [f"HTTP {sample.status}"] if sample.status else []
    parts += [f'"{message}"'] if isinstance(message, str) else []
    parts += [sample.said] if sample.said else []
    return ": ".join(parts)


def _value(reading: Reading, word: str) -> JSON:
    return reading.places[word].value if word in reading.places else None
