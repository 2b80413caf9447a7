"""What the catalog says of a word, without a response: behind the commands explain and formats.

`similar` tells whether a word means an entry, `search` finds formats by one.
"""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.catalog import KNOWLEDGE, Catalog
from errdecode.clue import fold_code
from errdecode.errors import UsageError
from errdecode.format import Code, Format
from errdecode.lookup.similar import like, plain, read_numbers, same_as, strip_label
from errdecode.meaning import Asked, broader_codes, choose, explanation_of
from errdecode.model import Exchange, Explanation, FormatName, Problem, Response, Retry, Text
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
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
    found_by: str = "code"
    """How: by its own code (or status, or format), another number or spelling of it, the server's
    message, as the broader code that it begins with, by the digits or part of it, or words of what
    it says."""


class Question(NamedTuple):
    """The words of `explain`, told apart."""

    format: str | None = None
    status: int | None = None
    word: str | None = None
    family: tuple[str, ...] = ()
    """Formats among which a word of their names tells: `aws`, `kubernetes`."""


_COMMON = frozenset("api error errors status http in of the and with its own client".split())
_NAME_WORD = expression(r"[\w.+#&-]+")
PARTIAL = frozenset(("digits", "part", "words"))
"""How entries are found that only have something of a word."""
_OLD_PHRASES = {
    302: "Moved Temporarily",
    413: "Request Entity Too Large, Payload Too Large",
    414: "Request-URI Too Long, Request-URI Too Large",
    416: "Requested Range Not Satisfiable",
    418: "I'm a teapot",
    422: "Unprocessable Entity",
    503: "Service Temporarily Unavailable",
    504: "Gateway Time-out",
}
"""Reason phrases that servers write besides those of RFC 9110."""


def read_words(words: list[str], catalog: Catalog) -> Question:
    """Tell `[FORMAT] [STATUS] CODE` apart: a format's id, a number from 100 to 599, the rest.

    The format may stand last, behind a status or a single word; the status behind the code. A
    number may be labelled (`HTTP 404`), and a status may bring its reason phrase along. In place of
    an id, a word of the names of several formats may stand first, if one of them has the rest; an
    id is such a word where its own format has not.
    """
    rest = list(words)
    format = _id_of(rest[0], catalog) if rest else None
    if format:
        del rest[0]
    elif len(rest) == 2 or (len(rest) > 2 and _is_status(strip_label(rest[0]))):
        format = _id_of(rest[-1], catalog)
        rest = rest[:-1] if format else rest
    if format is None and len(rest) > 1:
        asked = _read_rest(rest[1:], None, catalog)._replace(family=find_family(rest[0], catalog))
        if (asked.family and asked.status and asked.word is None) or _is_known(asked, catalog):
            return asked
    asked = _read_rest(rest, format, catalog)
    if format and asked.word and not _of_format(catalog.format(format), asked, None):
        wider = asked._replace(format=None, family=find_family(format, catalog))
        return wider if _is_known(wider, catalog) else asked
    return asked


def _is_known(asked: Question, catalog: Catalog) -> bool:
    """Whether a format of the family has the code."""
    return any(_of_format(catalog.format(id), asked, None) for id in asked.family)


def _read_rest(rest: list[str], format: str | None, catalog: Catalog) -> Question:
    """Tell a status and a code apart."""
    rest = strip_label(" ".join(rest)).split() or rest
    at = next((at for at in (0, -1) if rest and _is_status(rest[at])), None)
    status = None if at is None else int(rest.pop(at))
    word = strip_label(" ".join(rest)) or None
    if status and word and plain(word) in _phrases(status, catalog):
        word = None
    return Question(format, status, word)


def _id_of(word: str, catalog: Catalog) -> str | None:
    """The id of a format, in whatever case it is typed."""
    return next((id for id in (word, word.casefold()) if id in catalog), None)


def _is_status(word: str) -> bool:
    return len(word) == 3 and word.isdecimal() and 100 <= int(word) < 600


def _phrases(status: int, catalog: Catalog) -> set[str]:
    """The reason phrases of a status, plain."""
    known = catalog.format(KNOWLEDGE).codes if KNOWLEDGE in catalog else ()
    phrases = [entry.title for entry in known if entry.status == status and not entry.timeout]
    return {plain(text) for text in (*phrases, *_OLD_PHRASES.get(status, "").split(","))}


def look_up(question: Question, operation: str | None, catalog: Catalog) -> list[Entry]:
    """All entries that answer a question, HTTP's own meaning of a status first; that alone where a
    format says nothing of a status.

    A word is a code, in any spelling: first come the formats that spell it so, then those that
    spell it otherwise; among a family, the standard before those that speak like it. Where no
    format has it, all entries that have something of it answer, the closest first. Raises
    `UsageError` with near codes when there is none.
    """
    ids = [question.format] if question.format else [KNOWLEDGE, *catalog.ids()]
    ids = list(question.family) or ids
    formats = [catalog.format(id) for id in ids if id in catalog or id != KNOWLEDGE]
    found: list[Entry] = []
    for format in formats:
        for entry, by in _of_format(format, question, operation):
            found.append(_entry(format, catalog, entry, question.status, operation, by))
    order = ["code", "number", "spelling", "message", "broader"]
    found = _without_copies(found, {format.id for format in formats if _borrows(format)})
    found.sort(key=lambda entry: (order.index(entry.found_by), _is_dialect(entry, question)))
    if found and (" " not in (question.word or "") or found[0].found_by == "code"):
        return found
    named = question.format or question.family
    if not found and named and question.status and question.word is None:
        return _of_phrase(formats, question.status, operation, catalog)
    return found + _look_further(question, operation, catalog, formats, found)


def _is_dialect(entry: Entry, question: Question) -> bool:
    """Whether an entry may be a family's own use of a code that a standard among it defines."""
    return bool(question.family) and entry.format.kind != "standard"


def _of_phrase(
    formats: list[Format], status: int, operation: str | None, catalog: Catalog
) -> list[Entry]:
    """What HTTP says of a status, and the entries of formats that say the same in words."""
    found = look_up(Question(KNOWLEDGE, status), operation, catalog)
    phrases = {entry.explanation.title for entry in found}
    ways = [one for phrase in phrases for one in like(phrase) if one.by == "words"]
    for format in formats:
        fitting = (entry for entry in format.codes if any(way.fits(entry) for way in ways))
        found += [_entry(format, catalog, one, status, operation, "words") for one in fitting]
    return found


def _borrows(format: Format) -> bool:
    """Whether some of a format's entries are another's."""
    return format.extends is not None or bool(format.shares)


def _without_copies(entries: list[Entry], borrowers: set[str]) -> list[Entry]:
    """Entries that say something of their own, without those that formats have from others."""
    said: dict[tuple[object, ...], Entry] = {}
    for one in sorted(entries, key=lambda one: one.format.id in borrowers):
        told = one.explanation
        said.setdefault((*one[1:5], told.title, told.meaning, told.remedies), one)
    return [one for one in entries if one in said.values()]


def _of_format(format: Format, question: Question, operation: str | None) -> list[tuple[Code, str]]:
    """The entries of one format: the one a decoder would choose, then all others that may apply;
    each with how it was found."""
    word, status = question.word, question.status
    if word is None:
        said = None if status is None else str(status)
        fitting = [
            e for e in format.codes if said is None or (e.status == status and not e.timeout)
        ]
        fitting += [e for e in format.codes if e.code == said is not None and e not in fitting]
        return [(entry, "code") for entry in fitting]
    for likeness in same_as(word):
        bearing = [e for e in format.codes if likeness.fits(e) or _is_phrase(e, format, word)]
        fitting = [e for e in bearing if status in (None, e.status) or e.status is None]
        if fitting:
            return [(entry, likeness.by) for entry in _order(fitting, format, question, operation)]
    broader = broader_codes(format, word)[1:2]
    found = [_of_format(format, question._replace(word=one), operation) for one in broader]
    return [(entry, "broader") for entries in found for entry, _ in entries]


def _is_phrase(entry: Code, format: Format, word: str) -> bool:
    """Whether a word is the reason phrase of a status."""
    return format.id == KNOWLEDGE and plain(entry.title) == plain(word)


def _order(
    fitting: list[Code], format: Format, question: Question, operation: str | None
) -> list[Code]:
    """The entry that a decoder would choose first; the only one where the operation is known."""
    code = fitting[0].code
    messages = () if code else (fitting[0].message or str(question.word),)
    asked = Asked(code, question.status, messages, operation)
    choice = choose(format._replace(codes=tuple(fitting)), asked)
    chosen = [choice.entry] if choice.entry else list(choice.alternatives)
    if operation is not None:
        return chosen
    return chosen + [e for e in fitting if e not in chosen]


def _look_further(
    question: Question,
    operation: str | None,
    catalog: Catalog,
    formats: list[Format],
    known: list[Entry],
) -> list[Entry]:
    """The entries that have something of the word, the closest first, without those known."""
    found: dict[tuple[str, int], Entry] = {}
    status = question.status
    for likeness in like(question.word or ""):
        for format in formats:
            for at, entry in enumerate(format.codes):
                if status not in (None, entry.status) and entry.status is not None:
                    continue
                if (format.id, at) not in found and likeness.fits(entry):
                    one = _entry(format, catalog, entry, status, operation, likeness.by)
                    found[format.id, at] = one
    if not found and not known:
        said = " ".join(str(part) for part in question[:3] if part is not None)
        raise UsageError(f"the catalog has no entry for {said!r}", _near(question, catalog))
    codes = {(entry.format.id, entry.code, entry.message) for entry in known}
    return [e for e in found.values() if (e.format.id, e.code, e.message) not in codes]


def _entry(
    format: Format,
    catalog: Catalog,
    entry: Code,
    status: int | None,
    operation: str | None,
    by: str,
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
        by,
    )


def _near(question: Question, catalog: Catalog) -> str:
    from difflib import get_close_matches

    other = None if question.format else _near_format(question, catalog)
    if other:
        return f"did you mean `errdecode explain {other}`?"
    if read_numbers(question.word or ""):
        return "`errdecode formats show ID` lists the codes of a format"
    known = sorted(set(all_codes(catalog, question.format)))
    plain = {fold_code(code): code for code in known}
    close = get_close_matches(fold_code(question.word or ""), list(plain), 3, 0.6)
    if close:
        return f"did you mean {' or '.join(plain[word] for word in close)}?"
    return "`errdecode formats show ID` lists the codes of a format"


def _near_format(question: Question, catalog: Catalog) -> str | None:
    """The same question with the id of a format in place of a word that is much like it."""
    from difflib import get_close_matches

    words = (question.word or "").split()
    status = [str(question.status)] if question.status else []
    for at in {0, len(words) - 1} if words else ():
        rest = [*status, *words[:at], *words[at + 1 :]]
        for id in get_close_matches(words[at].casefold(), catalog.ids(), 3, 0.75) if rest else ():
            asked = read_words([id, *rest], catalog)
            if _of_format(catalog.format(id), asked, None):
                return " ".join(str(part) for part in asked if part)
    return None


def find_family(word: str, catalog: Catalog) -> tuple[str, ...]:
    """The formats that have a word in their names or ids; none for what many names have."""
    wanted = word.casefold()
    found = (
        id
        for id in catalog.ids()
        if wanted in id.split("-") or wanted in _NAME_WORD.findall(catalog.name(id).name.casefold())
    )
    return () if wanted in _COMMON else tuple(found)


def all_codes(catalog: Catalog, id: str | None = None) -> Iterator[str]:
    """The codes of one format, or of all."""
    for one in [id] if id else catalog.ids():
        yield from (entry.code for entry in catalog.format(one).codes if entry.code)
