"""What the catalog says of a word, without a response: behind the commands explain and formats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from errdecode.catalog import KNOWLEDGE, Catalog
from errdecode.clue import fold_code
from errdecode.errors import UsageError
from errdecode.format import Code, Format
from errdecode.meaning import Asked, choose, explanation_of
from errdecode.model import Exchange, Explanation, FormatName, Problem, Response, Retry, Text
from errdecode.retry import derive


class Entry(NamedTuple):
    """One entry of the catalog that a word leads to."""

    format: FormatName
    code: str | None
    status: int | None
    message: str | None
    operation: str | None
    explanation: Explanation
    retry: Retry


class Question(NamedTuple):
    """The words of `explain`, told apart."""

    format: str | None = None
    status: int | None = None
    word: str | None = None


def read_words(words: list[str], catalog: Catalog) -> Question:
    """Tell `[FORMAT] [STATUS] CODE` apart: a format's id, a number from 100 to 599, the rest."""
    rest = list(words)
    format = rest.pop(0) if len(rest) > 1 and rest[0] in catalog else None
    if format is None and len(rest) == 1 and rest[0] in catalog:
        format = rest.pop(0)
    status = None
    if rest and len(rest[0]) == 3 and rest[0].isdecimal() and 100 <= int(rest[0]) < 600:
        status = int(rest.pop(0))
    return Question(format, status, " ".join(rest) or None)


def look_up(question: Question, operation: str | None, catalog: Catalog) -> list[Entry]:
    """All entries that answer a question, HTTP's own meaning of a status first.

    Raises `UsageError` with near codes when there is none.
    """
    ids = [question.format] if question.format else [KNOWLEDGE, *catalog.ids()]
    found: list[Entry] = []
    for id in ids:
        format = catalog.format(id)
        entries = _of_format(format, question, operation)
        found += [_entry(format, catalog, entry, question.status, operation) for entry in entries]
    if not found:
        said = " ".join(str(part) for part in question if part is not None)
        raise UsageError(f"the catalog has no entry for {said!r}", _near(question, catalog))
    return found


def _of_format(format: Format, question: Question, operation: str | None) -> list[Code]:
    """The entries of one format: the one a decoder would choose, then all others that may apply."""
    if question.word is None:
        if question.status is None:
            return list(format.codes)
        return [e for e in format.codes if e.status == question.status and not e.timeout]
    bearing = [e for e in format.codes if _names(e, question.word)]
    fitting = [e for e in bearing if question.status in (None, e.status) or e.status is None]
    if not fitting:
        return []
    code = fitting[0].code
    asked = Asked(code, question.status, () if code else (question.word,), operation)
    choice = choose(format._replace(codes=tuple(fitting)), asked)
    chosen = [choice.entry] if choice.entry else list(choice.alternatives)
    if operation is not None:
        return chosen
    return chosen + [e for e in fitting if e not in chosen]


def _names(entry: Code, word: str) -> bool:
    """Whether a word is the entry's code, or its message where it has none; case does not count."""
    if entry.code is not None:
        return fold_code(entry.code) == fold_code(word)
    return entry.message is not None and fold_code(entry.message).rstrip(".") == fold_code(
        word
    ).rstrip(".")


def _entry(
    format: Format, catalog: Catalog, entry: Code, status: int | None, operation: str | None
) -> Entry:
    status = status or entry.status
    answer = None if entry.timeout else Response(status)
    explanation = explanation_of(entry, format, Problem(code=entry.code, operation=operation))
    if entry.template and "…" in explanation.title:
        explanation = explanation._replace(title=entry.title)
    return Entry(
        catalog.name(format.id),
        entry.code,
        entry.status,
        entry.message,
        entry.operation,
        explanation,
        derive(Exchange("body", Text(""), response=answer), status, format, entry),
    )


def _near(question: Question, catalog: Catalog) -> str:
    from difflib import get_close_matches

    known = sorted(set(all_codes(catalog, question.format)))
    plain = {fold_code(code): code for code in known}
    close = get_close_matches(fold_code(question.word or ""), list(plain), 3, 0.6)
    if close:
        return f"did you mean {' or '.join(plain[word] for word in close)}?"
    return "`errdecode formats show ID` lists the codes of a format"


def all_codes(catalog: Catalog, id: str | None = None) -> Iterator[str]:
    """The codes of one format, or of all."""
    for one in [id] if id else catalog.ids():
        yield from (entry.code for entry in catalog.format(one).codes if entry.code)


def search(catalog: Catalog, word: str | None) -> list[FormatName]:
    """The formats whose id or name holds a word; all of them without one."""
    wanted = (word or "").casefold()
    names = [catalog.name(id) for id in catalog.ids()]
    return [n for n in names if wanted in n.id or wanted in n.name.casefold()]
