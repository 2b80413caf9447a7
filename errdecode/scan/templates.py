"""Messages as templates of words, in which `…` stands for what varies."""

from __future__ import annotations

from collections.abc import Iterable

VARIES = "…"
Words = tuple[str, ...]


def words_of(message: str) -> Words:
    """The words of a message."""
    return tuple(message.split())


def is_said(word: str) -> bool:
    """Whether a word of a template says something: `…` and signs alone do not."""
    return any(map(str.isalpha, word))


def put(words: Words, places: Iterable[int]) -> Words:
    """A template with `…` in some places, 0-based."""
    changed = list(words)
    for place in places:
        changed[place] = VARIES
    return tuple(changed)


def join(one: Words, other: Words) -> Words:
    """What two templates have in common; none at all when they differ in length.

    It does not matter in which order many are joined.
    """
    if len(one) != len(other):
        return ()
    return tuple(a if a == b else VARIES for a, b in zip(one, other, strict=True))


def says_enough(words: Words) -> bool:
    """Whether at least half of the words of a template are there."""
    return 2 * sum(map(is_said, words)) >= len(words) > 0
