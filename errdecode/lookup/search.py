"""Finds formats by a word: their name, their kind, a host, or a code that they have."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from errdecode.catalog import Catalog
from errdecode.format import Clue, Format
from errdecode.lookup.similar import plain, same_as, strip_label
from errdecode.model import FormatName
from errdecode.model.record import NamedTuple
from errdecode.regex import expression

LEAST_HOST = 4
"""Characters of a part of a host: less is in too many of them."""
_HOST = expression(r"(?i)(?:[a-z][a-z0-9+.-]*:)?//(?:[^/?#@]*@)?([^/?#:]+)")


class FoundFormat(NamedTuple):
    """A format, and what it was found for."""

    name: FormatName
    found_by: tuple[str, ...] = ()
    """In words: `the code not_found`; empty for its id or name, and where all are listed."""


def search(catalog: Catalog, word: str | None) -> list[FoundFormat]:
    """The formats that a word leads to, in the order of their ids; all of them without one.

    A word is a part of an id or a name, a kind, a part of a host (of the documentation or of the
    API), or a code in any spelling.
    """
    names = [catalog.name(id) for id in catalog.ids()]
    if word is None:
        return [FoundFormat(name) for name in names]
    found = []
    for name in names:
        named = is_named(name, word)
        reasons = tuple(dict.fromkeys(_reasons(name, catalog.format(name.id), word)))
        if named or reasons:
            found.append(FoundFormat(name, () if named else reasons))
    return found


def is_named(name: FormatName, word: str) -> bool:
    """Whether a word is in a format's id or name, however it is written there."""
    folded, wanted = word.casefold(), plain(word)
    if folded in name.id or folded in name.name.casefold():
        return True
    return bool(wanted) and (wanted in plain(name.id) or wanted in plain(name.name))


def _reasons(name: FormatName, format: Format, word: str) -> Iterator[str]:
    """What a format may be found for besides its name."""
    if word.casefold() == name.kind:
        yield f"the kind {name.kind}"
    host = _host_of(word) or word.casefold()
    if len(host) >= LEAST_HOST:
        documented = _host_of(name.documentation or "")
        if documented and host in documented:
            yield f"its documentation at {documented}"
        for known in _hosts(format):
            if host in known or ("." in host and fnmatchcase(host, known)):
                yield f"the host {known}"
    for likeness in same_as(strip_label(word)):
        codes = [entry.code for entry in format.codes if entry.code and likeness.fits(entry)]
        if codes:
            yield f"the code {codes[0]}"
            return


def _host_of(url: str) -> str | None:
    found = _HOST.match(url.strip())
    return found[1].casefold() if found else None


def _hosts(format: Format) -> Iterator[str]:
    """The hosts that its clues name, as they name them: with `*`."""
    lists = [format.detect.required, format.detect.supporting]
    lists += [clues for shape in format.shapes for clues in (shape.required, shape.supporting)]
    stack: list[Clue] = [clue for clues in lists for clue in clues]
    while stack:
        clue = stack.pop(0)
        if clue.host is not None:
            yield clue.host.casefold()
        stack += clue.any
