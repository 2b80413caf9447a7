"""What a response must show before a shape is opened at all: a cheap test before all clues.

A gate never closes on a response that the shape's required clues hold for. What it asks of a body
are its signs, all in folded case, as far down as costs nothing: `error` is a member at the top,
`error=string` one with a string, `error=scalar` one with neither object nor array, `error/type` a
member of it, `errors/*/code` one of any item or member of it, `*/code` one of anything at the top,
and `=array` the type of the body itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from errdecode.clue import LONGEST_SUBJECT, Seen
from errdecode.format import Clue
from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.patterns import scalar, split_pattern
from errdecode.pointer import type_name
from errdecode.regex import expression

STRUCTURED = frozenset(("json", "xml", "form"))
"""Kinds of bodies in which `at` leads somewhere."""
LEAST = 1.0
"""Bits of the required clues below which a shape is not even a candidate: true of every other
response."""
_WRITTEN = expression(r"[a-z0-9 _.,:;()#@!?*=+-]+")
"""What every JSON text writes as it is, or as `\\u00..` (RFC 8259, section 7), in folded case."""
_PARTS = ("header", "host", "path", "failure", "status", "media_type")
"""Parts of an exchange that not every capture shows, as clues name them."""


Names = Sequence[str]
"""Each once, sorted: as the index stores them, so that the hundreds of gates of a start need not be
turned into sets of which most are asked once."""


class Gate(NamedTuple):
    """What the required clues of a shape ask for, as far as it can be told at a glance."""

    signs: Names = ()
    """Signs that the body bears."""
    either: Sequence[Names] = ()
    """Of these signs those of one at least are there; empty: nothing is asked."""
    kinds: Names = ()
    """Kinds of bodies it can be; empty: any."""
    fields: Names = ()
    """Fields of the response, in lower case, when it shows a head."""
    words: Sequence[Names] = ()
    """Of each of these texts one at least is in the body, in folded case."""
    parts: Sequence[Names] = ()
    """Of each of these parts of the exchange one at least is shown."""
    names: Names = ()
    """The only members that the body may have, in folded case; empty: any."""
    said: Sequence[Names] = ()
    """Of each of these texts one at least is in a string of the body, in folded case."""


class Glance(NamedTuple):
    """What gates look at in a response."""

    signs: frozenset[str]
    kind: str
    fields: frozenset[str] | None
    text: str
    """The beginning of the body, as far as expressions are searched, in folded case."""
    parts: frozenset[str]
    names: frozenset[str]
    """The members of the body, in folded case."""
    is_plain: bool
    """Its strings stand in its text as they are, apart from what `_WRITTEN` leaves out."""

    def bears_one(self, words: Names) -> bool:
        """Whether the text bears one of some words."""
        return any(word in self.text for word in words)


def gate_of(required: Sequence[Clue], body_weight: float = 0.0) -> Gate:
    """The gate of a shape whose required clues on the body have `body_weight` bits.

    Where these are too few, nothing may stay open: the parts that all other clues look at have to
    be shown. Else only those are that a clue asks to be seen.
    """
    kinds = STRUCTURED if any(clue.at is not None for clue in required) else frozenset()
    for clue in required:
        if clue.body is not None:
            kinds = frozenset((clue.body,)) & (kinds or frozenset((clue.body,)))
    signs = _names(sign for clue in required for sign in _signs_asked(clue))
    either: tuple[Names, ...] = ()
    for clue in required:
        choices = tuple(_names(_signs_asked(part)) for part in clue.any)
        if choices and all(choices) and (not either or len(choices) < len(either)):
            either = choices
    fields = _names(str(clue.header).lower() for clue in required if clue.header)
    asked = (_names(_parts_asked(clue, all=body_weight < LEAST)) for clue in required)
    return Gate(
        signs,
        either,
        _names(kinds),
        fields,
        tuple(filter(None, map(_words, required))),
        tuple(dict.fromkeys(filter(None, asked))),
        _names(_only_names(required)),
        tuple(filter(None, map(_said, required))),
    )


def _words(clue: Clue) -> Names:
    """Texts of which the body must hold one for a clue on its text to hold; of a choice those of
    all that may be chosen."""
    from errdecode.expressions.literals import find_literals  # when a catalog is compiled

    if clue.any:
        return _of_all(map(_words, clue.any))
    return _names(find_literals(clue.text or ""))


def _said(clue: Clue) -> Names:
    """Texts of which the body must hold one for a clue on a string to hold, as far as they are
    written in JSON as they are; of a choice those of all that may be chosen."""
    from errdecode.expressions.literals import SHORTEST, find_literals

    if clue.any:
        return _of_all(_said(part) or _words(part) or _named(part) for part in clue.any)
    if clue.at is None or clue.matches is None:
        return ()
    texts = find_literals(clue.matches)
    runs = [max(_WRITTEN.findall(text), key=len, default="") for text in texts]
    telling = all(len(run) >= SHORTEST and run.strip("0123456789.+-e") for run in runs)
    return _names(runs) if telling else ()


def _named(clue: Clue) -> Names:
    """The name of a member that is there where a clue holds, as JSON writes it."""
    tokens = split_pattern(str(clue.at or "").removeprefix("#"))
    names = [token.casefold() for token in (*tokens, *clue.has) if len(token) > 2]
    plain = [name for name in names if _WRITTEN.fullmatch(name) and not name.isdecimal()]
    return (max(plain, key=len),) if plain else ()


def _of_all(choices: Iterable[Names]) -> Names:
    """What all parts of a choice ask for; nothing when one of them asks for nothing."""
    asked = list(choices)
    return _names(text for texts in asked for text in texts) if all(asked) else ()


def _names(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(found)))


def opens(gate: Gate, shown: Glance) -> bool:
    """Whether a shape may fit a response."""
    return (
        shown.signs.issuperset(gate.signs)
        and (not gate.kinds or shown.kind in gate.kinds)
        and (not gate.names or shown.names.issubset(gate.names))
        and (not gate.either or any(map(shown.signs.issuperset, gate.either)))
        and (shown.fields is None or shown.fields.issuperset(gate.fields))
        and (not gate.parts or not any(map(shown.parts.isdisjoint, gate.parts)))
        and (not gate.words or all(map(shown.bears_one, gate.words)))
        and (not gate.said or not shown.is_plain or all(map(shown.bears_one, gate.said)))
    )


def pack_gate(gate: Gate) -> list[JSON]:
    """A gate as the index stores it."""
    return [*gate]  # type: ignore[list-item]  # names, and sequences of them


def unpack_gate(packed: list[JSON]) -> Gate:
    """A gate out of the index."""
    return Gate(*packed)  # type: ignore[arg-type]  # our own compiled index


# ---------------------------------------------------------------- what a clue asks


def _parts_asked(clue: Clue, *, all: bool) -> frozenset[str]:
    """The parts one of which must be shown for a clue to hold; none where the body may do."""
    if clue.any:
        sets = [_parts_asked(one, all=all) for one in clue.any]
        return frozenset().union(*sets) if min(sets, key=len) else frozenset()
    if not (all or clue.seen):
        return frozenset()
    return frozenset(part for part in _PARTS if getattr(clue, part) not in (None, ()))


def _only_names(required: Sequence[Clue]) -> frozenset[str]:
    """The names that a clue on the body as a whole leaves it; of several, the fewest."""
    asked = [frozenset(clue.only) for clue in required if clue.at == "" and clue.only]
    return frozenset(map(str.casefold, min(asked, key=len, default=())))


def _signs_asked(clue: Clue) -> Iterator[str]:
    """Signs that the body must bear for a clue to hold; none where it may hold anywhere."""
    if clue.at is None:
        return
    tokens = [_folded(token) for token in split_pattern(str(clue.at).removeprefix("#"))]
    if "**" in tokens:
        yield from filter(None, [_sign(tokens[: tokens.index("**")])])
        return
    if clue.has:
        yield from filter(None, (_sign([*tokens, _folded(name)]) for name in clue.has))
        return
    if len(tokens) < 2 and len(clue.is_) == 1:
        yield f"{''.join(tokens)}={clue.is_[0]}"
    elif len(tokens) == 1 and _asks_for_a_scalar(clue):
        yield f"{tokens[0]}=scalar"
    elif sign := _sign(tokens):
        yield sign


def _asks_for_a_scalar(clue: Clue) -> bool:
    """Whether no object and no array passes the clue."""
    values = isinstance(clue.equals, str | int | float) or bool(clue.in_)
    return values or clue.known or clue.matches is not None


def _folded(token: str) -> str:
    """A token as signs have it: an index stands for any item."""
    return "*" if token.isdecimal() else token.casefold()


def _sign(tokens: list[str]) -> str | None:
    """The longest sign that the first tokens of a place make; None when they make none."""
    match tokens:
        case ["*", name, *_] if name != "*":
            return f"*/{name}"
        case ["*", *_] | []:
            return None
        case [top, "*", name, *_] if name != "*":
            return f"{top}/*/{name}"
        case [top, name, *_] if name != "*":
            return f"{top}/{name}"
    return tokens[0]


# ---------------------------------------------------------------- what a response shows


def glance(seen: Seen) -> Glance:
    """What gates look at."""
    fields = None if seen.headers is None else frozenset(seen.headers)
    body = seen.body
    signs = frozenset(sign.casefold() for sign in _signs_shown(body.value, body.kind))
    values = (seen.headers, seen.host, seen.path, seen.failure, seen.status, seen.media_type)
    parts = frozenset(part for part, value in zip(_PARTS, values, strict=True) if value is not None)
    names = body.value if isinstance(body.value, dict) else ()
    text = body.text.value
    return Glance(
        signs,
        body.kind,
        fields,
        text[:LONGEST_SUBJECT].casefold(),
        parts,
        frozenset(map(str.casefold, names)),
        body.kind == "json"
        and body.tree is None
        and len(text) <= LONGEST_SUBJECT
        and "\\u00" not in text,
    )


_TYPES = tuple("object array string number integer boolean null scalar".split())


def _types(place: str, value: JSON, kind: str) -> Iterator[str]:
    """Which types stand at a place; an element can stand for its text."""
    if kind == "xml":
        yield from (f"{place}={name}" for name in _TYPES)
        return
    name = type_name(scalar(value))
    yield f"{place}={name}"
    if name == "integer":
        yield f"{place}=number"
    if name not in ("object", "array"):
        yield f"{place}=scalar"


def _signs_shown(value: JSON, kind: str) -> Iterator[str]:
    """The signs of a body, in time that grows with its first three levels."""
    yield from _types("", value, kind)
    if isinstance(value, list):
        yield from {sign for item in value for sign in _types("*", item, kind)}
        yield from (f"*/{name}" for name in _names_in(value))
    if not isinstance(value, dict):
        return
    if kind == "xml":
        yield from _signs_of_elements(value)
        return
    yield from (f"*/{name}" for name in _names_in(value.values()))
    for top, child in value.items():
        yield top
        yield from _types(top, child, kind)
        yield from _types("*", child, kind)
        if isinstance(child, dict):
            yield from (f"{top}/{name}" for name in child)
            yield from (f"{top}/*/{name}" for name in _names_in(child.values()))
        elif isinstance(child, list):
            yield from (f"{top}/*/{name}" for name in _names_in(child))


def _signs_of_elements(value: dict[str, JSON]) -> Iterator[str]:
    """The signs of an XML document: an element can stand for its text, and patterns leave out the
    lists that its children are."""
    for top, root in value.items():
        yield top
        yield from _types(top, root, "xml")
        yield from _types("*", root, "xml")
        children = _merge(root)
        yield from (f"{place}/{name}" for name in children for place in ("*", top, f"{top}/*"))
        inner = _names_in(map(_merge, children.values()))
        yield from (f"{top}/*/{name}" for name in inner)


def _names_in(values: Iterable[JSON]) -> set[str]:
    """All names of members of the objects among some values."""
    return set().union(*(value for value in values if isinstance(value, dict)))


def _merge(elements: JSON) -> dict[str, JSON]:
    """The elements of one name as one: each child's name with all there are of it."""
    merged: dict[str, JSON] = {}
    for element in elements if isinstance(elements, list) else [elements]:
        if isinstance(element, dict):
            for name, inner in element.items():
                known = merged.setdefault(name, [])
                if isinstance(known, list) and isinstance(inner, list):
                    known += inner
    return merged
