"""The signals that a catalog's shapes ask for beside those of any error: rare names and values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from errdecode.catalog import ShapeEntry
from errdecode.format import Clue
from errdecode.model import JSON
from errdecode.patterns import split_pattern
from errdecode.regex import expression
from errdecode.scan.signals.common import Value, common
from errdecode.scan.signals.generic import CLOSE, COLON, GIVEN
from errdecode.scan.signals.model import RARE, Signal, Start, escape
from errdecode.scan.signals.needles import find_needles, is_anchored
from errdecode.scan.signals.words import (
    FAILED,
    ORDINARY,
    STATES,
    STATUSES,
    SUCCESSES,
    TELLING,
    TOLD,
    WORDS,
)

_LOUD = expression(r"(?i)error|fault|exception")
_FOUND = frozenset((*WORDS, *TELLING))
_PAIRS = (
    (frozenset(("code", "Code", *STATUSES)) - {"status", "Status"}, TOLD),
    (frozenset(("title", "Title")), frozenset(("status", "Status", "type", "Type", "code"))),
)
"""Names that the generic signals look for together."""
_MOST_VALUES = 60
_SHORTEST_NAME = 4
_SHORTEST_VALUE = 6
_SHORTEST_TEXT = 4
_SHORTEST_PART = 8
_LOUDLY = 4
"""Capitals with which a shorter part is as rare."""
_CLASSES = expression(r"\[(?:\\.|[^\]\\])*\]|\(\?P?<[=!]?")
_TEXT = expression(r"[A-Za-z0-9][A-Za-z0-9 _.:/#-]*")
_WORD = expression(r"[\w.-]+")
_TELLS_APART = expression(r"[A-Za-z][ _:/-]\w|[a-z][A-Z]|::")
"""What a value has that is no common word: a second word."""


def derive(shapes: Iterable[ShapeEntry]) -> Iterator[Signal]:
    """Yield one way to find each shape in a line that the generic signals do not find anyway.

    A shape that asks for nothing but everyday names, or for nothing of the body, gets none: the
    generic signals on objects, statuses and heads are all that can be said of it.
    """
    for shape in shapes:
        if not _is_found_anyway(shape.required):
            yield from _best(shape.required, shape)


def _is_found_anyway(clues: Iterable[Clue]) -> bool:
    """Whether the generic signals find every body in which the clues hold."""
    clues = tuple(clues)
    in_markup = any(map(_is_of_markup, clues))
    if any(_is_generic(clue, in_markup=in_markup) or _is_page(clue) for clue in clues):
        return True
    if in_markup:  # elements in pairs are not looked for
        return False
    return any(
        any(_asks_for(clue, one) for clue in clues) and any(_asks_for(clue, two) for clue in clues)
        for one, two in _PAIRS
    )


def _is_page(clue: Clue) -> bool:
    """Pages, and what asks for an element by its tag, are found by the page's beginning."""
    return clue.body == "html" or "<" in _CLASSES.sub("", clue.text or "")


def _is_of_markup(clue: Clue) -> bool:
    """Whether the clue holds for XML alone."""
    if clue.any:
        return all(map(_is_of_markup, clue.any))
    return clue.body == "xml" or clue.namespace is not None or "#text" in str(clue.at)


def _is_generic(clue: Clue, *, in_markup: bool = False) -> bool:
    """Whether the generic signals find every body in which the clue holds.

    `in_markup`: the body is XML, of which they look at what elements are named, not at what they
    hold.
    """
    if clue.any:
        return all(_is_generic(part, in_markup=in_markup) for part in clue.any)
    names = _names(clue)
    if not names or clue.equals in ([], {}) or "null" in clue.is_:
        return False
    if names[-1] in STATES and FAILED.fullmatch(str(clue.equals)) and not in_markup:
        return True
    if names[-1] in SUCCESSES and clue.equals in (False, "false"):
        return True
    failing = any(isinstance(one, int) and one >= 400 for one in clue.in_)
    if names[-1] in STATUSES and failing and not in_markup:
        return True
    return any(_LOUD.search(name) or name in _FOUND for name in names)


def _asks_for(clue: Clue, names: frozenset[str]) -> bool:
    """Whether a clue holds only for bodies with one of some names."""
    if clue.any:
        return all(_asks_for(part, names) for part in clue.any)
    return not names.isdisjoint(_names(clue))


def _names(clue: Clue) -> list[str]:
    """Names of members or elements that the body bears when the clue holds."""
    steps = [] if clue.at is None else split_pattern(clue.at)
    names = [step for step in steps if step not in ("*", "**", "#text") and not step.isdecimal()]
    return [*names, *clue.has]


def _best(clues: Iterable[Clue], shape: ShapeEntry) -> list[Signal]:
    """The signals that find the shape: those of its rarest name, else of a value, else a text."""
    clues = tuple(clues)
    in_markup = any(map(_is_of_markup, clues))
    names = {name for clue in clues for name in _names(clue)}
    rare = sorted(filter(_is_rare, names), key=lambda name: (-len(name), name))
    if in_markup:
        rare = [name for name in rare if not name.startswith("@")]
    if rare:
        return [one for one in _named(rare[0]) if not in_markup or one.start is Start.ELEMENT]
    for clue in (clue for clue in clues if not clue.any):
        found = _valued(clue, shape) or _texted(clue)
        if found:
            return found
    for clue in clues:
        parts = [_best([part], shape) for part in clue.any if not _is_generic(part)]
        if parts and all(parts):
            return [signal for part in parts for signal in part]
    return []


def _is_rare(name: str) -> bool:
    plain = name.lstrip("@").casefold()
    if len(plain) < _SHORTEST_NAME or plain in ORDINARY or name in STATUSES:
        return False
    return _LOUD.search(name) is None


def _named(name: str) -> Iterator[Signal]:
    """A member or an element of that name."""
    plain = name.lstrip("@").encode()
    yield Signal(Start.QUOTE, plain, COLON + GIVEN, leads=RARE)
    if re.fullmatch(rb"[\w.-]+", plain) and not name.startswith("@"):
        yield Signal(Start.ELEMENT, plain, rb"(?:[ \t>/\\&\r]|$)", leads=RARE)


def _valued(clue: Clue, shape: ShapeEntry) -> list[Signal]:
    """The values that a clue asks for, behind a quote or between tags; or what they begin with.

    None for messages: their wording is much, and objects of a message are found without.
    """
    if clue.at is None or not TOLD.isdisjoint(_names(clue)[-1:]):
        return []
    values: tuple[JSON, ...] = clue.in_
    if clue.equals is not None:
        values = (clue.equals,)
    elif clue.known and not clue.matches and not shape.codes.fold:
        values = tuple(sorted(shape.codes.values))
    if values and len(values) <= _MOST_VALUES:
        texts = [value for value in values if isinstance(value, str)]
        return _literals(texts, CLOSE) or _members(_names(clue)[-1:], values)
    return _literals(find_needles(clue.matches, start=True), b"") if clue.matches else []


def _literals(texts: Iterable[str], after: bytes) -> list[Signal]:
    """Strings behind a quote, without those that could stand anywhere."""
    found = []
    for text in texts:
        plain = _TEXT.match(text)
        if plain and len(plain[0]) >= _SHORTEST_VALUE and _TELLS_APART.search(plain[0]):
            close = after if plain[0] == text else b""
            found.append(Signal(Start.QUOTE, plain[0].encode(), close, leads=RARE))
    return found


def _members(name: list[str], values: Iterable[JSON]) -> list[Signal]:
    """A name with each of the common words or numbers that a clue asks for behind it."""
    if not name or not all(map(_WORD.fullmatch, map(str, values))):
        return []
    texts = [one.encode() for one in values if one and isinstance(one, str)]
    numbers = [b"%d" % one for one in values if type(one) is int and one]
    ways = [Value((escape(one),), quoted=True, closed=True) for one in texts]
    ways += [Value((one,)) for one in numbers]
    return [common(name[0], ways)] if ways else []


def _texted(clue: Clue) -> list[Signal]:
    """Texts that a clue searches in the body: at the beginning of a line or of a string."""
    if clue.text is None:
        return []
    begins = find_needles(clue.text, start=True) if is_anchored(clue.text) else []
    return _of_needles(begins, begins=True) or _of_needles(
        find_needles(clue.text, start=False), begins=False
    )


def _of_needles(needles: Sequence[str], *, begins: bool) -> list[Signal]:
    """The signals for texts one of which is in the body; none where one could stand anywhere."""
    plain = [_plain_part(needle, begins=begins) for needle in needles]
    if not all(len(text) >= _SHORTEST_TEXT for text in plain):
        return []
    texts = sorted({text.encode() for text in plain})
    starts = (Start.LINE, Start.QUOTE) if begins else (Start.NONE,)
    if needles and needles[0].startswith("\n"):
        starts = (Start.LINE,)
    return [Signal(start, text, leads=RARE) for text in texts for start in starts]


def _plain_part(needle: str, *, begins: bool) -> str:
    """The beginning of a needle that engines look for, or the longest part that they do."""
    if begins or needle.startswith("\n"):
        found = _TEXT.match(needle.lstrip("\n"))
        return found[0] if found else ""
    found = _TEXT.match(needle)
    longest = max(_TEXT.findall(needle), key=len, default="")
    loud = sum(char.isupper() for char in longest) >= _LOUDLY
    telling = len(longest) >= _SHORTEST_PART and _TELLS_APART.search(longest)
    return found[0] if found else longest if loud or telling else ""
