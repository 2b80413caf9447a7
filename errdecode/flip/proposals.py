"""The changes of a response after which a clue would no longer hold, or would."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from errdecode.clue import Codes, Seen, check
from errdecode.expressions.witness import sample
from errdecode.flip.edit import step
from errdecode.format import At, Clue
from errdecode.model import JSON, Change
from errdecode.patterns import scalar, select_tokens, split_pattern
from errdecode.pointer import Tokens, build

Changes = tuple[Change, ...]

MOST_PLACES = 6
"""Places of one clue that are changed together."""
OTHER = "other"
_EMPTY: dict[str, JSON] = {
    "string": "text",
    "number": 1,
    "integer": 1,
    "boolean": True,
    "null": None,
    "object": {},
    "array": [],
}
_STATUSES = (400, 500, 404, 200, 302)


def undo(clue: Clue, seen: Seen, codes: Codes) -> Iterator[Changes]:
    """Yield changes after which a clue that holds may no longer hold."""
    if clue.any:
        parts = [part for part in clue.any if check(part, seen, codes).matched]
        ways = [list(undo(part, seen, codes))[:2] for part in parts[:MOST_PLACES]]
        for together in product(*ways) if len(ways) == len(parts) else ():
            changes = [change for one in together for change in one]
            yield tuple(c for at, c in enumerate(changes) if c not in changes[:at])
    elif clue.at is not None:
        yield from _undo_at(clue, seen, codes)
    elif clue.text is not None and seen.body.kind in ("html", "text"):
        yield (Change("remove", "text", clue.text),)
    else:
        yield from _undo_head(clue, seen)


def _undo_head(clue: Clue, seen: Seen) -> Iterator[Changes]:
    if clue.status:
        hit = {*clue.status}
        other = (n for n in _STATUSES if not {n, f"{n // 100}xx"} & hit)
        yield from ((Change("replace", "status", status),) for status in list(other)[:1])
    elif clue.host is not None:
        yield (Change("replace", "host", "other.example"),)
    elif clue.path is not None:
        yield (Change("replace", "path", "/"),)
    elif clue.media_type is not None:
        yield (Change("replace", "header:Content-Type", "text/plain"),)
    elif clue.header is not None:
        if clue.matches or clue.in_ or clue.equals is not None:
            yield (Change("replace", f"header:{clue.header}", OTHER),)
        yield (Change("remove", f"header:{clue.header}"),)


def _undo_at(clue: Clue, seen: Seen, codes: Codes) -> Iterator[Changes]:
    """At every place at which the clue holds; at one, where it has to hold at all."""
    places = []
    for place, value in _reach(clue, seen):
        if check(clue._replace(at=At(build(place))), seen, codes).matched:
            places.append((place, value))
        if len(places) > MOST_PLACES:
            return
    if clue.every:
        places = places[:1]
    places.reverse()  # so that an item that goes moves none that is still to go
    for ways in zip(*(_undo_value(clue, *one) for one in places), strict=False):
        yield tuple(ways)


def _reach(clue: Clue, seen: Seen) -> Iterator[tuple[Tokens, JSON]]:
    tokens, xml = split_pattern(clue.at or ""), seen.body.kind == "xml"
    return select_tokens(seen.body.value, tokens, fold=clue.fold, lists=xml)


def _undo_value(clue: Clue, place: Tokens, value: JSON) -> list[Change]:
    """Changes of one value: another of the same type, then none, then another type."""
    at, said = build(_leaf(place, value)), scalar(value)
    changes: list[Change] = []
    if clue.matches or clue.known or clue.in_ or clue.equals is not None:
        changes += [Change("replace", at, other) for other in _others(said)]
    if isinstance(value, dict):
        for name in clue.has:
            own = next((n for n in value if n == name or n.casefold() == name.casefold()), name)
            changes.append(Change("remove", build((*place, own))))
        added = clue.lacks[:1] or ((OTHER,) if clue.only else ())
        changes += [Change("add", build((*place, name)), "text") for name in added]
    if place:
        changes.append(Change("remove", build(place)))
    if clue.is_ or not changes:
        other_type = 1 if isinstance(said, str) else "text"
        changes.append(Change("replace", at, other_type))
    return changes


def _leaf(place: Tokens, value: JSON) -> Tokens:
    """Where the text of an XML element stands; any other value stands where it is."""
    if isinstance(value, dict) and isinstance(value.get("#text"), str):
        return (*place, "#text")
    return place


def _others(value: JSON) -> list[JSON]:
    """Another value of the same type, where there is one."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value + 1]
    return [OTHER] if isinstance(value, str) else []


def fulfil(clue: Clue, seen: Seen, codes: Codes) -> Iterator[Changes]:
    """Yield changes after which a clue that does not hold may hold."""
    if clue.any:
        for part in clue.any[:MOST_PLACES]:
            yield from fulfil(part, seen, codes)
    elif clue.at is not None:
        yield from _fulfil_at(clue, seen, codes)
    elif clue.status:
        first = clue.status[0]
        status = first if isinstance(first, int) else int(str(first)[0]) * 100
        yield (Change("add" if seen.status is None else "replace", "status", status),)
    elif clue.host is not None:
        host = clue.host.replace("*", "api").replace("?", "a")
        yield (Change("add" if seen.host is None else "replace", "host", host),)
    elif clue.path is not None and (path := sample(clue.path)) is not None:
        yield (Change("add" if seen.path is None else "replace", "path", path),)
    elif clue.media_type is not None:
        op = "add" if seen.media_type is None else "replace"
        yield (Change(op, "header:Content-Type", clue.media_type.replace("*", "x")),)
    elif clue.header is not None and (value := make(clue, None, codes)):
        op = "replace" if clue.header.lower() in (seen.headers or {}) else "add"
        yield (Change(op, f"header:{clue.header}", str(value[0])),)


def _fulfil_at(clue: Clue, seen: Seen, codes: Codes) -> Iterator[Changes]:
    """Where a value stands already, put one that fits; else add one where its parent is."""
    if seen.body.kind not in ("json", "xml", "form"):
        return
    for number, (place, value) in enumerate(_reach(clue, seen)):
        if number >= MOST_PLACES:
            return
        if isinstance(value, dict) and (clue.has or clue.lacks or clue.only):
            yield _fit_members(clue, place, value)
        else:
            leaf = build(_leaf(place, value))
            yield from ((Change("replace", leaf, new),) for new in make(clue, value, codes))
    parent = _lead_on(seen.body.value, split_pattern(clue.at or ""))
    if parent is not None and seen.body.kind != "xml":
        yield from ((Change("add", build(parent), new),) for new in make(clue, None, codes))


def _fit_members(clue: Clue, place: Tokens, value: dict[str, JSON]) -> Changes:
    """Add the members that a clue misses, take out those that it does not want."""
    names = {name.casefold() for name in value} if clue.fold else set(value)
    added = [n for n in clue.has if (n.casefold() if clue.fold else n) not in names]
    extra = [n for n in value if n in clue.lacks or (clue.only and n not in clue.only)]
    return (
        *(Change("add", build((*place, name)), "text") for name in added),
        *(Change("remove", build((*place, name))) for name in extra),
    )


def _lead_on(value: JSON, tokens: Tokens) -> Tokens | None:
    """Where a pattern's last name could be added: its parent is there and is an object.

    A `*` on the way takes the first member or item.
    """
    place: Tokens = ()
    for token in tokens[:-1]:
        if token == "*" and isinstance(value, dict | list) and value:
            token = next(iter(value)) if isinstance(value, dict) else "0"
        value = step(value, token)
        place = (*place, token)
    last = tokens[-1] if tokens else "*"
    if not isinstance(value, dict) or last in ("*", "**") or last in value:
        return None
    return (*place, last)


def make(clue: Clue, present: JSON, codes: Codes) -> list[JSON]:
    """Values that pass the tests of a clue, the plainest one; none where they cannot be made."""
    if clue.equals is not None:
        return [clue.equals]
    if clue.in_:
        return [clue.in_[0]]
    if clue.known:
        return [min(codes.values)] if codes.values else []
    if clue.matches is not None:
        text = sample(clue.matches)
        if text is not None and clue.is_ and "string" not in clue.is_:
            return [int(text)] if text.isascii() and text.isdecimal() else []
        return [] if text is None else [text]
    if clue.is_:
        return [_EMPTY[clue.is_[0]]]
    if clue.has:
        members: dict[str, JSON] = dict.fromkeys(clue.has, "text")
        return [members]
    return ["text"] if present is None else []
