"""The catalog's patterns over a body: JSON Pointers with `*` for any item or member, `**` for any
depth."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.pointer import Tokens, array_index

MOST_VISITED = 200_000
"""How many values one `**` pattern looks at before it gives up."""


def select(
    value: JSON, pattern: str, *, fold: bool = False, lists: bool = False
) -> Iterator[tuple[Tokens, JSON]]:
    """Yield the place and value of everything a catalog pattern reaches, in document order.

    `*` is any item or member, `**` any depth (itself included). `fold` compares names without
    regard to letter case; `lists` lets the pattern leave out steps over lists, as patterns into XML
    do.
    """
    return select_tokens(value, split_pattern(pattern), fold=fold, lists=lists)


_split: dict[str, Tokens] = {}


def split_pattern(pattern: str) -> Tokens:
    """The tokens of a pattern, unescaped; remembered, as patterns come from the catalog."""
    if pattern not in _split:
        parts = pattern.split("/")[1:] if pattern else []
        _split[pattern] = tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)
    return _split[pattern]


class _Step(NamedTuple):
    """A value on the way, and how far the pattern has come."""

    value: JSON
    at: int
    """The next token, 0-based."""
    place: Tokens
    below: bool = False
    """The value stands below the one at which a `**` began."""


def select_tokens(
    value: JSON, tokens: Tokens, *, fold: bool = False, lists: bool = False
) -> Iterator[tuple[Tokens, JSON]]:
    """Do what `select` does for reference tokens, of which a response may bring very many."""
    if fold or lists or "**" in tokens:
        return _select_widely(value, tokens, fold, lists)
    return _select_plainly(value, tokens, ())


def _select_plainly(value: JSON, tokens: Tokens, place: Tokens) -> Iterator[tuple[Tokens, JSON]]:
    """Follow names, indices and `*`, with nothing built that is not asked for: large bodies have
    very many items. It calls itself once for each `*` that the value has room for."""
    for at, token in enumerate(tokens):
        if token == "*" and isinstance(value, dict | list):
            rest = tokens[at + 1 :]
            children = value.items() if isinstance(value, dict) else enumerate(value)
            for name, child in children:
                yield from _select_plainly(child, rest, (*place, str(name)))
            return
        if isinstance(value, dict):
            if token not in value:
                return
            value = value[token]
        elif isinstance(value, list):
            index = array_index(token, len(value))
            if index is None:
                return
            value = value[index]
        else:
            return
        place = (*place, token)
    yield place, value


def _select_widely(
    value: JSON, tokens: Tokens, fold: bool, lists: bool
) -> Iterator[tuple[Tokens, JSON]]:
    """Follow any pattern; without recursion, as `**` may lead deep."""
    depths = tokens.count("**")
    left = MOST_VISITED if depths else -1
    met: set[tuple[Tokens, int, bool]] = set()
    stack = [_Step(value, 0, ())]
    while stack and left:
        left -= 1
        step = stack.pop()
        if depths > 1:  # several `**` reach a value in many ways
            if (step.place, step.at, step.below) in met:
                continue
            met.add((step.place, step.at, step.below))
        if step.at == len(tokens):
            if lists and isinstance(step.value, list):
                for index, item in enumerate(step.value):
                    yield (*step.place, str(index)), item
            else:
                yield step.place, step.value
        elif tokens[step.at] == "**":
            stack.extend(reversed(_descend(step)))
        else:
            stack.extend(reversed(_follow(step, tokens[step.at], fold, lists)))


def _follow(step: _Step, name: str, fold: bool, lists: bool) -> list[_Step]:
    """Where one token leads: into members, items, or past a list that the pattern leaves out."""
    value, at, place = step.value, step.at, step.place
    if isinstance(value, dict):
        names = _names(value, name, fold)
        return [_Step(value[member], at + 1, (*place, member)) for member in names]
    if not isinstance(value, list):
        return []
    index = array_index(name, len(value))
    if index is not None:
        return [_Step(value[index], at + 1, (*place, name))]
    if not lists and name != "*":
        return []
    return [
        _Step(item, at if lists else at + 1, (*place, str(index)))
        for index, item in enumerate(value)
        if not (lists and isinstance(item, list))
    ]


def _names(value: dict[str, JSON], name: str, fold: bool) -> list[str]:
    if name == "*":
        return list(value)
    if name in value:
        return [name]
    if not fold:
        return []
    wanted = name.casefold()
    return [member for member in value if member.casefold() == wanted]


def _descend(step: _Step) -> list[_Step]:
    """The value itself if it is an object, then all below it; lists are stepped over."""
    value, place = step.value, step.place
    itself = isinstance(value, dict) or not (step.below or isinstance(value, list))
    steps = [_Step(value, step.at + 1, place)] if itself else []
    children: list[tuple[str, JSON]] = []
    if isinstance(value, dict):
        children = list(value.items())
    elif isinstance(value, list):
        children = [(str(index), item) for index, item in enumerate(value)]
    inner = [(name, child) for name, child in children if isinstance(child, dict | list)]
    return steps + [_Step(child, step.at, (*place, name), True) for name, child in inner]


def scalar(value: JSON) -> JSON:
    """What a value says: the text of an XML element, or the first of several; else the value."""
    if isinstance(value, list) and value and isinstance(value[0], dict) and "#text" in value[0]:
        value = value[0]
    if isinstance(value, dict) and isinstance(value.get("#text"), str):
        return value["#text"]
    return value
