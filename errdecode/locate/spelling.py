"""Spellings of one name: letter case, naming conventions, singular and plural."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from errdecode.model import JSON

_MOST_ALIKE = 5
_MOST_IN_ONE = 2000
"""Names of one object that are compared."""
_MOST_IN_ALL = 100_000
_LONGEST = 100
"""Characters of a name that is compared at all: the time grows with their square."""
_MOST_COMPARED = 500
"""Names that are held against one that is not there."""
MOST_SUGGESTIONS = 3
_CLOSE = 0.7
"""How much of two names has to be the same, without separators, for them to be close."""
_LIKE = 0.6
"""How much of two words, where names have as many of them."""

_STYLES = {
    "snake_case": r"[a-z0-9]+(?:_[a-z0-9]+)+",
    "SNAKE_CASE": r"[A-Z0-9]+(?:_[A-Z0-9]+)+",
    "kebab-case": r"[a-z0-9]+(?:-[a-z0-9]+)+",
    "camelCase": r"[a-z][a-z0-9]*[A-Z][a-zA-Z0-9]*",
    "PascalCase": r"[A-Z][a-zA-Z0-9]*[a-z][a-zA-Z0-9]*",
}
_SEPARATORS = str.maketrans("", "", "_- ")
_BRACKETS = str.maketrans("", "", "_- .[]")


def style(name: str) -> str:
    """The naming convention that a name of several words follows; empty when it follows none."""
    import re

    if len(name) > _LONGEST:
        return ""
    return next((word for word, form in _STYLES.items() if re.fullmatch(form, name)), "")


def split_words(name: str) -> list[str]:
    """The words of a name in any convention, in lower case: `orderId` is order and id."""
    import re

    return [word.lower() for word in re.findall("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", name)]


def close_names(names: Iterable[str], token: str) -> tuple[str, ...]:
    """The names that are nearly the token, the closest first, at most `MOST_SUGGESTIONS`.

    Letter case and separators do not count: `zip_code` and `ZipCode` are close. A whole word in
    place of another one is no slip: `FirstName` is not close to `LastName`, nor `line1` to `line2`.
    """
    plain: dict[str, list[str]] = {}
    for name in islice(names, _MOST_COMPARED):
        plain.setdefault(_strip(name[:_LONGEST], _SEPARATORS), []).append(name)
    if not plain:
        return ()
    from difflib import get_close_matches

    wanted = _strip(token[:_LONGEST], _SEPARATORS)
    close = get_close_matches(wanted, list(plain), MOST_SUGGESTIONS, _CLOSE)
    names = (name for one in close for name in plain[one] if not _says_else(name, token))
    return tuple(islice(names, MOST_SUGGESTIONS))


def _says_else(name: str, token: str) -> bool:
    """Whether, of two names of as many words, one has a word that is nothing like the other's."""
    from difflib import SequenceMatcher

    words, others = split_words(name[:_LONGEST]), split_words(token[:_LONGEST])
    return len(words) == len(others) > 1 and any(
        SequenceMatcher(None, *pair).ratio() < _LIKE for pair in zip(words, others, strict=True)
    )


class _Index:
    """The names of one object by what is left of them."""

    __slots__ = ("flat", "folded", "plain", "singular")

    def __init__(self) -> None:
        self.folded: dict[str, list[str]] = {}
        """Without letter case."""
        self.plain: dict[str, list[str]] = {}
        """Without letter case and separators."""
        self.flat: dict[str, list[str]] = {}
        """Without brackets and dots, too."""
        self.singular: dict[str, list[str]] = {}
        """Without separators and the ending of the plural."""


class Names:
    """The names in one payload, as far as they are asked for; each object is indexed once.

    The payload must outlive it.
    """

    def __init__(self) -> None:
        self._left = _MOST_IN_ALL
        self._known: dict[int, _Index] = {}

    def alike(
        self, value: dict[str, JSON], token: str, *, flat: bool = False
    ) -> Iterator[tuple[str, str]]:
        """Yield the names that are another spelling of a token, each with the kind of repair.

        Kinds: case, convention, and plural when nothing else is alike and one name only has the
        same stem. With `flat` `a[b]` is a spelling of `a.b`. The token itself is never yielded.
        """
        if len(token) > _LONGEST:
            return
        index = self._index(value)
        plain = _strip(token, _SEPARATORS)
        if flat:
            names = index.flat.get(_strip(token, _BRACKETS), [])
        else:
            names = index.plain.get(plain, []) or index.folded.get(token.casefold(), [])
        for name in islice((name for name in names if name != token), _MOST_ALIKE):
            yield name, "case" if name.casefold() == token.casefold() else "convention"
        stems = index.singular.get(singular(plain), [])
        if not flat and token not in value and not names and len(stems) == 1:
            yield stems[0], "plural"

    def _index(self, value: dict[str, JSON]) -> _Index:
        known = self._known.get(id(value))
        if known is None:
            size = min(_MOST_IN_ONE, self._left)
            self._left -= min(size, len(value))
            known = self._known[id(value)] = _make_index(islice(value, size))
        return known


def _make_index(names: Iterator[str]) -> _Index:
    index = _Index()
    for name in names:
        if len(name) <= _LONGEST:
            plain = _strip(name, _SEPARATORS)
            index.folded.setdefault(name.casefold(), []).append(name)
            index.flat.setdefault(_strip(name, _BRACKETS), []).append(name)
            if plain:
                index.plain.setdefault(plain, []).append(name)
                index.singular.setdefault(singular(plain), []).append(name)
    return index


def _strip(name: str, separators: dict[int, int | None]) -> str:
    return name.casefold().translate(separators)


def singular(plain: str) -> str:
    """A name without the commonest endings of an English plural; short names stay as they are."""
    if len(plain) > 4 and plain.endswith("ies"):
        return plain[:-3] + "y"
    if len(plain) > 4 and plain.endswith(("ses", "xes", "ches", "shes")):
        return plain[:-2]
    if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss"):
        return plain[:-1]
    return plain
