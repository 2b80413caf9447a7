"""Groups whose messages differ in a word or a few become one: names that no rule can tell from
other words are told from there being many of them.

As in Drain (He et al., 2017) messages are compared word by word when they have as many. But Drain
decides as lines come in, and so by their order; here all templates are known at once, and what is
merged depends on nothing but them, as in SLCT (Vaarandi, 2003), which takes the frequent words for
what is said and the rare ones for what it is said of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from errdecode.scan.fault import Fault
from errdecode.scan.templates import VARIES, Words, is_said, put, words_of

FEWEST = 5
"""Different words that stand in one place, to be taken for names there: more than can be looked
through at a glance, and than are shown of what varied."""
SAYING = 3
"""Words that say what happened; with fewer of them, more names have to be seen: `MORE` for each."""
MORE = 3
RAREST = 6
"""Places of a message, those with the rarest words, of which several may vary."""
TOGETHER = 3
"""Places that are found to vary at once."""
ROUNDS = 8

_Pattern = tuple[Words, tuple[int, ...]]


class _Kind:
    """A template, with the groups that fit it."""

    __slots__ = ("faults", "names", "words")

    def __init__(self, words: Words, faults: list[Fault], names: dict[int, set[str]]) -> None:
        self.words, self.faults = words, faults
        self.names = names
        """By place: what stood where names were found to vary."""

    def at(self, place: int) -> set[str]:
        """The words that stood in a place."""
        return self.names.get(place) or {self.words[place]}

    def most(self) -> int:
        """How many words stood in the place where most did."""
        return max(map(len, self.names.values()), default=1)

    def varied_before(self, place: int) -> bool:
        """Whether `…` was put there when the message was read."""
        return self.words[place] == VARIES and place not in self.names

    def count(self) -> int:
        """Its errors."""
        return sum(fault.count for fault in self.faults)


def merge_alike(faults: Iterable[Fault]) -> list[Fault]:
    """Merge the groups without a code whose messages differ in names alone; others stay.

    Groups are merged when they share format, pointer and number of words, and when in each place
    where they differ there stand at least `FEWEST` words, more when little else is said, and no
    fewer than the logarithm of the errors to base 2: names go on growing in number with the errors
    that bear them (Heaps' law), while the few words of a closed set only come again. Where there is
    a choice, as few places as possible vary. The given groups are left as they are.
    """
    merged: list[Fault] = []
    alike: dict[tuple[object, ...], dict[Words, _Kind]] = {}
    for fault in faults:
        words = words_of(fault.key.message or "")
        if fault.key.code is not None or len(words) < 2:
            merged.append(fault)
            continue
        kinds = alike.setdefault((fault.key.format, fault.key.pointer, len(words)), {})
        kinds.setdefault(words, _Kind(words, [], {})).faults.append(fault)
    for kinds in alike.values():
        for kind in _mine(list(kinds.values())):
            merged += [_put_together(kind)] if kind.names else kind.faults
    return merged


def _put_together(kind: _Kind) -> Fault:
    """One group of all that fit a template."""
    whole = Fault(kind.faults[0].key)
    for fault in kind.faults:
        whole.take_in(fault)
    return whole


def _mine(kinds: list[_Kind]) -> list[_Kind]:
    """Merge what is alike until nothing is; all kinds have as many words."""
    for _ in range(ROUNDS):
        if sum(kind.most() for kind in kinds) < FEWEST:
            break
        patterns = sorted(_patterns(kinds), key=_order)
        taken: set[int] = set()
        made: list[_Kind] = []
        for words, numbers in patterns:
            left = tuple(number for number in numbers if number not in taken)
            some = [kinds[number] for number in left]
            names = _names(words, some) if len(some) > 1 else None
            if names is not None:
                faults = [fault for kind in some for fault in kind.faults]
                made.append(_Kind(words, faults, names))
                taken.update(left)
        if not made:
            break
        kinds = [kind for number, kind in enumerate(kinds) if number not in taken] + made
    return kinds


def _order(pattern: _Pattern) -> tuple[int, int, Words]:
    """First where little varies, then where much is merged."""
    words, numbers = pattern
    return (words.count(VARIES), -len(numbers), words)


def _patterns(kinds: Sequence[_Kind]) -> Iterator[_Pattern]:
    """The templates that cover several kinds and may do for all of them, with their numbers.

    Those of one kind have hashes that are sums over its words, so that each costs an addition,
    however many words there are; what meets in a hash is compared in full.
    """
    seen = Counter((place, word) for kind in kinds for place, word in enumerate(kind.words))
    meeting: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
    for number, kind in enumerate(kinds):
        hashes = [hash((place, word)) for place, word in enumerate(kind.words)]
        whole = sum(hashes)
        change = [hash((place, VARIES)) - one for place, one in enumerate(hashes)]
        for places in _choices(kind, seen):
            at = whole + sum([change[place] for place in places])
            meeting.setdefault(at, []).append((number, places))
    most = [kind.most() for kind in kinds]
    for met in meeting.values():
        if len(met) > 1 and sum(most[number] for number, _ in met) >= FEWEST:
            found: dict[Words, set[int]] = {}
            for number, places in met:
                found.setdefault(put(kinds[number].words, places), set()).add(number)
            for words, numbers in found.items():
                yield words, tuple(sorted(numbers))


def _choices(kind: _Kind, seen: Counter[tuple[int, str]]) -> Iterator[tuple[int, ...]]:
    """The places of a kind that may vary together: none, each one, and some of the rarest."""
    places = [place for place, word in enumerate(kind.words) if word != VARIES]
    rarest = sorted(places, key=lambda place: (seen[place, kind.words[place]], place))[:RAREST]
    rarest.sort()
    if len(places) < len(kind.words):
        yield ()
    for place in places:
        yield (place,)
    for many in range(2, TOGETHER + 1):
        yield from combinations(rarest, many)


def _names(words: Words, kinds: Sequence[_Kind]) -> dict[int, set[str]] | None:
    """What stands in each place where kinds differ, if it is names in all of them."""
    said = sum(map(is_said, words))
    fewest = FEWEST + MORE * max(0, SAYING - said)
    names: dict[int, set[str]] = {}
    for place, word in enumerate(words):
        if word != VARIES or all(kind.varied_before(place) for kind in kinds):
            continue
        names[place] = set().union(*(kind.at(place) for kind in kinds))
        errors = sum(kind.count() for kind in kinds if not kind.varied_before(place))
        if len(names[place]) < max(fewest, (errors - 1).bit_length()):
            return None
    return names if 0 < len(names) <= said else None
