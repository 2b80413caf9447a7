"""Run `explain` and `formats`: ask the catalog, print the answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from errdecode.cli.manners import view_of
from errdecode.cli.options import Chosen
from errdecode.cli.run import warn, write
from errdecode.errors import UNDERSTOOD, UsageError

if TYPE_CHECKING:
    from errdecode.catalog import Catalog


def _open(folder: Path | None) -> Catalog:
    from errdecode.catalog import open_catalog

    catalog = open_catalog(folder)
    for note in catalog.notes:
        warn(note.message)
    return catalog


def run_explain(words: list[str], operation: str | None, json: bool, folder: Path | None) -> int:
    """Explain a code or a status."""
    from errdecode.lookup import look_up, read_words
    from errdecode.render.catalog import entries_json, render_entries

    catalog = _open(folder)
    question = read_words(words, catalog)
    entries = look_up(question, operation, catalog)
    bare = question.word is None and question.format is None
    text = render_entries(entries, view_of(Chosen()).width, brief=bare)
    write(entries_json(entries) if json else text)
    return UNDERSTOOD


def run_formats(words: list[str], json: bool, folder: Path | None) -> int:
    """List the formats, or show one."""
    from errdecode.lookup import Question, look_up, search
    from errdecode.render.catalog import (
        entries_json,
        formats_json,
        render_format,
        render_formats,
    )

    catalog = _open(folder)
    if words[:1] == ["show"]:
        if len(words) != 2:
            raise UsageError("`formats show` takes one id", "for example: errdecode formats show talonone")
        format = catalog.format(words[1])
        entries = look_up(Question(words[1]), None, catalog)
        width = view_of(Chosen()).width
        write(entries_json(entries) if json else render_format(format, entries, width))
        return UNDERSTOOD
    names = search(catalog, " ".join(words) or None)
    if not names:
        raise UsageError(f"no format matches {' '.join(words)!r}", catalog.near(words[0]))
    write(formats_json(names) if json else render_formats(names))
    return UNDERSTOOD


def complete_word(words: list[str], incomplete: str) -> list[str]:
    """Completions for `explain`."""
    from errdecode.catalog import open_catalog
    from errdecode.lookup import complete_word

    return complete_word(words, incomplete, open_catalog())
