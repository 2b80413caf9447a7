"""Run `explain` and `formats`: ask the catalog, print the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdecode.cli.argv import find_command
from errdecode.cli.manners import view_of
from errdecode.cli.options import check_sense
from errdecode.cli.streams import is_json, warn, write
from errdecode.errors import UNDERSTOOD, UsageError
from errdecode.regex import expression

if TYPE_CHECKING:
    from errdecode.catalog import Catalog
    from errdecode.cli.options import Chosen


_NEGATIVE = expression(r"-\d+|-0[xX][0-9a-fA-F]+")


def shield_numbers(arguments: list[str]) -> list[str]:
    """A command line of `explain` whose negative numbers are words, not options: `-32601`."""
    at = find_command(arguments)
    if at is None or arguments[at] != "explain" or "--" in arguments:
        return arguments
    numbers = [word for word in arguments if _NEGATIVE.fullmatch(word)]
    others = [word for word in arguments if not _NEGATIVE.fullmatch(word)]
    return [*others, "--", *numbers] if numbers else arguments


def _open(chosen: Chosen) -> Catalog:
    from errdecode.catalog import open_catalog

    check_sense(chosen)
    catalog = open_catalog(chosen.catalog)
    for note in catalog.notes:
        warn(note.message, chosen)
    return catalog


def run_explain(words: list[str], chosen: Chosen) -> int:
    """Explain a code or a status."""
    from errdecode.lookup import look_up, read_words
    from errdecode.render.catalog import entries_json, render_answer

    catalog = _open(chosen)
    question = read_words(words, catalog)
    entries = look_up(question, chosen.operation, catalog)
    text = render_answer(entries, question, view_of(chosen).width)
    write(entries_json(entries) if is_json(chosen) else text)
    return UNDERSTOOD


def run_formats(words: list[str], chosen: Chosen) -> int:
    """List the formats, or show one."""
    from errdecode.lookup.search import search
    from errdecode.render.catalog import formats_json, render_formats

    catalog = _open(chosen)
    if words[:1] == ["show"]:
        return _show_format(words[1:], chosen, catalog)
    found = search(catalog, " ".join(words).strip() or None)
    if not found:
        raise UsageError(f"no format matches {' '.join(words)!r}", catalog.near(words[0]))
    write(formats_json(found) if is_json(chosen) else render_formats(found))
    return UNDERSTOOD


def _show_format(words: list[str], chosen: Chosen, catalog: Catalog) -> int:
    """All that is known of one format."""
    from errdecode.lookup import Question, look_up
    from errdecode.render.catalog import entries_json, render_format

    if len(words) != 1:
        hint = "for example: errdecode formats show talonone"
        raise UsageError("`formats show` takes one id", hint)
    format = catalog.format(words[0])
    entries = look_up(Question(format.id), None, catalog)
    text = render_format(format, entries, view_of(chosen).width)
    write(entries_json(entries) if is_json(chosen) else text)
    return UNDERSTOOD
