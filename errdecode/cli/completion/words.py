"""What a script asks of the program: `completion --words KIND [--catalog DIR] [WORD...]`.

The answer is a word a line, then a tab and what it means. It loads neither Typer nor rich, because
somebody waits for it with a finger on TAB.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from errdecode.sanitise import sanitise

if TYPE_CHECKING:
    from errdecode.catalog import Catalog

Word = tuple[str, str]
"""A word and what it means."""


def print_words(arguments: list[str]) -> int:
    """Answer a script; an unknown kind has no words."""
    kind, *words = arguments or [""]
    folder = None
    if len(words) >= 2 and words[0] == "--catalog":
        folder = Path(words[1]).expanduser()
        words = words[2:]
    lines = [f"{word}\t{sanitise(help)}\n" for word, help in find_words(kind, words, _open(folder))]
    sys.stdout.buffer.write("".join(lines).encode("utf-8", "replace"))
    return 0


def _open(folder: Path | None) -> Catalog:
    """The catalog, without a folder that is not there or has faults: no time to complain."""
    from errdecode.catalog import open_catalog
    from errdecode.errors import CatalogError

    try:
        return open_catalog(folder)
    except CatalogError:
        return open_catalog()


def find_words(kind: str, words: list[str], catalog: Catalog) -> list[Word]:
    """What may stand after `words`: format ids (`ids`); arguments of `explain` or of `formats`."""
    if kind == "explain":
        found = list(_of_explain(words, catalog))
    elif kind == "formats":
        found = list(_of_formats(words, catalog))
    else:
        found = list(_ids(catalog)) if kind == "ids" else []
    return [(word, help) for word, help in found if _can_be_typed(word)]


def _can_be_typed(word: str) -> bool:
    """Whether a word is one line without a tab or anything that harms a terminal."""
    return bool(word) and sanitise(word) == word


def _ids(catalog: Catalog) -> Iterator[Word]:
    for id in catalog.ids():
        yield id, catalog.name(id).name


def _of_formats(words: list[str], catalog: Catalog) -> Iterator[Word]:
    """`show` or an id; after `show` an id."""
    if not words:
        yield "show", "all that is known of one format"
    if words in ([], ["show"]):
        yield from _ids(catalog)


def _of_explain(words: list[str], catalog: Catalog) -> Iterator[Word]:
    """Ids and codes; after an id or a status the codes that fit."""
    from errdecode.lookup import read_words

    question = read_words(words, catalog)
    if question.word is not None:
        return
    if not words:
        yield from _ids(catalog)
    for word, title in _codes(question.format, question.status, catalog):
        if read_words([*words, word], catalog).word == word:  # not taken for a status
            yield word, title


def _codes(format: str | None, status: int | None, catalog: Catalog) -> Iterator[Word]:
    """The codes of one format or of all, each once, with the title of its first entry.

    Where a provider has no codes, its messages stand for them.
    """
    titles: dict[str, str] = {}
    for id in [format] if format else catalog.ids():
        for entry in catalog.format(id).codes:
            word = entry.code or _plain(entry.message)
            if word and (status is None or entry.status in (None, status)):
                titles.setdefault(word, entry.title)
    yield from sorted(titles.items())


def _plain(message: str | None) -> str | None:
    """A message without a place for `%s` or `{0}`: one that somebody can have seen as it stands."""
    return None if message is None or "%" in message or "{" in message else message
