"""What an earlier scan found, saved to compare a later one with: masked, and without any body.

A group is the same in both when format, code, pointer and message are; where messages that differ
in names are one group in either, all that it covers in the other is that group. It is grown when
there are at least twice as many as the baseline leads one to expect and at least 10 more; shrunk
when there are at most half as many and at least 10 fewer. What is expected is the baseline's rate
per hour, for as long as this scan's errors reach; where either has no times, or less than a minute
of them, it is the baseline's count.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from errdecode.errors import InputError
from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.scan.fault import Key
from errdecode.scan.frames import TOO_MANY
from errdecode.scan.masking import hide
from errdecode.scan.model import Group, Scan
from errdecode.scan.templates import VARIES, Words, put, words_of

VERSION = 1
KIND = "errdecode scan baseline"
TIMES = 2.0
"""How many times as many as expected a grown group has."""
FLOOR = 10
"""How many more a grown group has than expected, at the least."""
SHAPES = 50
"""Choices of places in a message that are tried to find what covers it, those of most first."""
SHORTEST = 60.0
"""Seconds that errors have to reach for a rate."""
_MASK = expression("(?:‹[0-9a-f]{6}›)?[•＊·🞄]+")
_REDO = "save it again with `errdecode scan … --save FILE`"


class Known(NamedTuple):
    """A group of the baseline."""

    key: Key
    title: str | None
    count: int  # type: ignore[assignment]  # a tuple's own method of this name is not used
    merged: bool = False
    """Whether `…` in its message stands for the names of several groups."""


class Baseline(NamedTuple):
    """An earlier scan."""

    groups: tuple[Known, ...]
    seconds: float | None
    """From its first error to its last."""


def to_json(scan: Scan) -> str:
    """A scan as a baseline: the text of the file to save."""
    groups: list[JSON] = [
        {
            **known.key._asdict(),
            "title": known.title,
            "count": known.count,
            **({"merged": True} if known.merged else {}),
        }
        for known in _merge(_known(group) for group in scan.groups)
    ]
    value = {
        "kind": KIND,
        "version": VERSION,
        "errors": scan.errors,
        "seconds": _reach(scan.groups),
        "groups": groups,
    }
    return json.dumps(value, indent=1) + "\n"


def read(text: str, name: str) -> Baseline:
    """Read a baseline. Raises `InputError` when the text is none; `name` is the file's."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise InputError(f"{name} is not a baseline: it is not JSON", _REDO) from None
    if not isinstance(value, dict) or value.get("kind") != KIND:
        raise InputError(f"{name} is not a baseline of errdecode scan", _REDO)
    if value.get("version") != VERSION:
        said = f"{name} is a baseline of version {value.get('version')!r}"
        raise InputError(f"{said}; this errdecode knows {VERSION}", _REDO)
    groups, seconds = value.get("groups"), value.get("seconds")
    known = [_read_group(one) for one in groups] if isinstance(groups, list) else [None]
    whole = [one for one in known if one is not None]
    if len(whole) < len(known) or not (seconds is None or _is_number(seconds)):
        raise InputError(f"{name} is a broken baseline: its groups cannot be read", _REDO)
    return Baseline(tuple(whole), seconds)


def compare(scan: Scan, baseline: Baseline, name_of: Callable[[str], str] | None = None) -> Scan:
    """The scan with the change of each group; those that are gone stand last.

    `name_of` gives what people call a format, by its id.
    """
    old, new = _merge(baseline.groups), [_known(group) for group in scan.groups]
    cover = _Cover(known.key for known in (*old, *new) if known.merged)
    before, now = cover.count(old), cover.count(new)
    scale = _scale(_reach(scan.groups), baseline.seconds)
    groups = []
    for group, known in zip(scan.groups, new, strict=True):
        key = cover.find(known.key)
        was = before.get(key)
        change = "new" if was is None else _change(now[key], was * scale)
        groups.append(group._replace(change=change, before=was))
    gone = [known for known in old if cover.find(known.key) not in now]
    lost = [_gone(known, len(groups) + at, name_of) for at, known in enumerate(gone, 1)]
    return scan._replace(groups=(*groups, *lost))


class _Cover:
    """The groups of two scans in which several others are one."""

    def __init__(self, keys: Iterable[Key]) -> None:
        found: dict[tuple[object, ...], dict[tuple[int, ...], dict[Words, Key]]] = {}
        for key in keys:
            words = words_of(key.message or "")
            places = tuple(place for place, word in enumerate(words) if word == VARIES)
            alike = found.setdefault((key.format, key.pointer, len(words)), {})
            alike.setdefault(places, {})[words] = key
        self._known = {
            shared: sorted(alike.items(), key=_by_width)[:SHAPES] for shared, alike in found.items()
        }
        """By what all have in common: the places of `…` in messages, most first, and by words."""

    def find(self, key: Key) -> Key:
        """The key of the group that covers most of those that cover a key, or the key itself."""
        words = words_of(key.message or "")
        if key.code is None:
            for places, known in self._known.get((key.format, key.pointer, len(words)), ()):
                if put(words, places) in known:
                    return known[put(words, places)]
        return key

    def count(self, groups: Iterable[Known]) -> Counter[Key]:
        """The errors of groups, by what covers them."""
        counts: Counter[Key] = Counter()
        for known in groups:
            counts[self.find(known.key)] += known.count
        return counts


def _by_width(shape: tuple[tuple[int, ...], object]) -> tuple[int, tuple[int, ...]]:
    return (-len(shape[0]), shape[0])


def _change(count: int, expected: float) -> str:
    if count >= TIMES * expected and count >= expected + FLOOR:
        return "grown"
    if count * TIMES <= expected and count <= expected - FLOOR:
        return "shrunk"
    return "same"


def _scale(now: float | None, before: float | None) -> float:
    """How much longer this scan's errors reach than the baseline's."""
    if now is None or before is None or now < SHORTEST or before < SHORTEST:
        return 1.0
    return now / before


def _reach(groups: Sequence[Group]) -> float | None:
    """Seconds from the first error to the last."""
    firsts = [group.first for group in groups if group.first is not None]
    lasts = [group.last for group in groups if group.last is not None]
    return max(lasts) - min(firsts) if firsts and lasts else None


def _known(group: Group) -> Known:
    """A group as a baseline has it: masked, without the tags that differ from user to user."""
    parts = (group.format, group.code, group.pointer, group.message)
    varied = {name for name, _ in group.varied}
    merged = group.code is None and "message" in varied and group.message != TOO_MANY
    return Known(Key(*map(_plain, parts)), _plain(group.title), group.count, merged)


def _plain(text: str | None) -> str | None:
    hidden = hide(text)
    return None if hidden is None else _MASK.sub("•", hidden)


def _merge(groups: Sequence[Known] | Iterator[Known]) -> list[Known]:
    """Groups that are alike once they are masked are one."""
    merged: dict[Key, Known] = {}
    for known in groups:
        before = merged.get(known.key)
        count = known.count + (before.count if before else 0)
        several = known.merged or (before is not None and before.merged)
        merged[known.key] = (before or known)._replace(count=count, merged=several)
    return list(merged.values())


def _gone(known: Known, number: int, name_of: Callable[[str], str] | None) -> Group:
    format, code, pointer, message = known.key
    name = name_of(format) if format and name_of else None
    return Group(
        number, format, name, code, pointer, message, known.title, None, "unknown", None,
        0, None, None, None, (), 0, change="gone", before=known.count,
    )  # fmt: skip


def _read_group(value: JSON) -> Known | None:
    if not isinstance(value, dict):
        return None
    words = [value.get(name) for name in (*Key._fields, "title")]
    count = value.get("count")
    if not all(word is None or isinstance(word, str) for word in words):
        return None
    if not isinstance(count, int) or isinstance(count, bool) or count < 0:
        return None
    format, code, pointer, message, title = (None if w is None else str(w) for w in words)
    return Known(Key(format, code, pointer, message), title, count, value.get("merged") is True)


def _is_number(value: object) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return 0 <= value < float("inf")
