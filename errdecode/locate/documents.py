"""Finds places in a payload that is several documents, of which a pointer means one.

The pointers of the places begin with the document's index, as if all were the items of an array.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, pairwise

from errdecode.body.documents import document_of
from errdecode.locate.echo import confirm, read_echoes
from errdecode.locate.lines import locate_lines
from errdecode.locate.payload import locate_in_body
from errdecode.locate.spelling import Names
from errdecode.model import JSON, Body, Location, Problem, Repair
from errdecode.patterns import select_tokens, split_pattern
from errdecode.pointer import Tokens, read_pointer

_MOST_DOCUMENTS = 2_000
"""Documents in which a name is looked for, where nothing tells which one is meant."""
_MOST_TRIED = 10
"""Documents into which a pointer is followed."""

Shares = dict[Tokens, Sequence[int]]
"""By the place of an item of the answer: the indices of the documents it is about."""


def share_out(items: Sequence[Tokens], answer: JSON, documents: JSON) -> Shares:
    """Match the items of an answer with the documents of the request, in order; else nothing.

    `items` are the places of all of them, failed or not. Each has one document, or two, or one of
    its own name with what follows it: `{"create": {...}}` and a source, or none.
    """
    if not isinstance(documents, list) or not items:
        return {}
    values = [value for place in items for _, value in select_tokens(answer, place)]
    count = len(documents)
    shares = _by_heads(values, documents) if len(values) == len(items) else None
    if shares is None and count in (len(items), 2 * len(items)):
        size = count // len(items)
        shares = [range(size * at, size * at + size) for at in range(len(items))]
    return dict(zip(items, shares, strict=True)) if shares else {}


def _by_heads(values: list[JSON], documents: list[JSON]) -> list[range] | None:
    """The documents of each item: a head with the item's only name, and at most one behind it."""
    names = [*map(_only_name, values), None]
    shares = []
    at = 0
    for name, following in pairwise(names):
        if name is None or at >= len(documents) or _only_name(documents[at]) != name:
            return None
        end = at + 1
        if end < len(documents) and (following is None or _only_name(documents[end]) != following):
            end += 1
        shares.append(range(at, end))
        at = end
    return shares if at == len(documents) else None


def _only_name(value: JSON) -> str | None:
    """The name of an object's only member, if that is an object itself."""
    if not isinstance(value, dict) or len(value) != 1:
        return None
    name, inner = next(iter(value.items()))
    return name if isinstance(inner, dict) else None


def locate_in_documents(
    problem: Problem, body: Body, described: str, names: Names | None, shares: Shares
) -> list[Location]:
    """Follow a problem's pointer into the documents that it may be about.

    Where that is not known, it has a place only if a single document has one; else the location
    says why it has none.
    """
    own = _own(problem, shares)
    tried = own or _candidates(problem, body)
    found = [_locate(problem, body, index, described, names) for index in tried[:_MOST_TRIED]]
    found = [places for places in found if places]
    hits = [places for places in found if places[0].found]
    if own:
        return _best(problem, hits) or _repaired(found) or (found[-1] if found else [])
    if len(hits) > 1:
        hits = [places for places in hits if _is_quoted(problem, places)]
    if len(hits) == 1:
        return hits[0]
    return [] if problem.assumes else [_lost(problem, body, described, len(tried))]


def locate_lines_in_documents(
    problem: Problem, body: Body, described: str, shares: Shares, found: Sequence[Location]
) -> list[Location]:
    """Find lines and columns that a problem names; where it is about one document, they count from
    the beginning of that one."""
    own = _own(problem, shares)
    if not own:
        return locate_lines(problem, body, described, found)
    document, start = document_of(body, own[-1])
    named = locate_lines(problem, document, described, found)
    return [_move(location, body, own[-1], start) for location in named]


def _own(problem: Problem, shares: Shares) -> Sequence[int]:
    """The documents that a problem's item in the answer is about."""
    tokens = split_pattern(problem.origin)
    sizes = range(len(tokens), 0, -1)
    return next((shares[tokens[:size]] for size in sizes if tokens[:size] in shares), ())


def _candidates(problem: Problem, body: Body) -> Sequence[int]:
    """The documents that have the first name of the pointer."""
    documents = body.value if isinstance(body.value, list) else []
    sent = problem.pointer_as_sent or ""
    pointer, dialect = problem.pointer, "json-pointer"
    tokens = read_pointer(sent if pointer is None else pointer, dialect).tokens or ()
    if not tokens or tokens[0] in ("*", "**"):
        return range(min(len(documents), _MOST_TRIED))
    return [
        index
        for index, document in enumerate(islice(documents, _MOST_DOCUMENTS))
        if isinstance(document, dict) and (tokens[0] in document or sent in document)
    ]


def _best(problem: Problem, hits: list[list[Location]]) -> list[Location]:
    """The places with the value that the server quotes, else those in the last document."""
    quoted = [places for places in hits if _is_quoted(problem, places)]
    return (quoted or hits or [[]])[-1]


def _is_quoted(problem: Problem, places: list[Location]) -> bool:
    return confirm(read_echoes(problem), places[0].value) is True


def _repaired(found: list[list[Location]]) -> list[Location]:
    return next((places for places in reversed(found) if places[0].repairs), [])


def _lost(problem: Problem, body: Body, described: str, tried: int) -> Location:
    """A pointer that cannot be followed, for want of a document, or of knowing which."""
    count = len(body.value) if isinstance(body.value, list) else 0
    if tried:
        reason = f"nothing tells which of the {count} documents is meant"
    else:
        reason = f"none of the {min(count, _MOST_DOCUMENTS)} documents has it"
        reason += ", and the others were not looked at" * (count > _MOST_DOCUMENTS)
    pointer = problem.pointer_as_sent if problem.pointer is None else problem.pointer
    return Location("request.body", pointer or "", False, reason=reason, described=described)


def _locate(
    problem: Problem, body: Body, index: int, described: str, names: Names | None
) -> list[Location]:
    """The places in one document, as places in the text of all."""
    document, start = document_of(body, index)
    return [
        _move(location, body, index, start)
        for location in locate_in_body(problem, document, described, names)
    ]


def _move(location: Location, body: Body, index: int, start: int) -> Location:
    if location.text is None:
        return location
    nearest = None if location.nearest is None else f"/{index}{location.nearest}"
    return location._replace(
        pointer=f"/{index}{location.pointer}",
        nearest=nearest,
        text=body.text,
        start=location.start + start,
        end=location.end + start,
        key=_shift(location.key, start),
        repairs=tuple(_move_repair(repair, index, start) for repair in location.repairs),
    )


def _move_repair(repair: Repair, index: int, start: int) -> Repair:
    return repair._replace(
        pointer=f"/{index}{repair.pointer}",
        start=repair.start + start if repair.end else 0,
        end=repair.end + start if repair.end else 0,
        key=_shift(repair.key, start),
    )


def _shift(key: tuple[int, int] | None, start: int) -> tuple[int, int] | None:
    return None if key is None else (key[0] + start, key[1] + start)
