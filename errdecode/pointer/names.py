"""What reference tokens mean among the names of a document, which may be flat or hold dots."""

from __future__ import annotations

from collections.abc import Iterable

from errdecode.model import JSON
from errdecode.pointer.dialects import DIALECTS, Dialect
from errdecode.pointer.reading import read_path
from errdecode.pointer.rfc6901 import INDEX, Tokens, array_index

_FLAT = DIALECTS["dotted"]._replace(separators="./")
"""The names of forms and queries, whatever framework wrote them: dots, slashes or brackets."""
_LONGEST_NAME = 32
"""Tokens that may be one name."""


def find_flat(names: Iterable[str], tokens: Tokens) -> str | None:
    """Find the flat name of a form or a query that stands for the tokens; None when none does.

    `items[0][price]`, `items[0].price`, `items.0.price` and `items/0/price` all stand for
    `/items/0/price`, and `tags[]` for `/tags/*`. Of several the exact name, or the one with dots,
    comes before the first. Numbers are compared as they stand: `Parsed.literal` has them as sent.
    """
    if not tokens:
        return None
    exact = ".".join(tokens)
    rare = {tokens[0], tokens[-1]} - {"*"}  # spares most names the reading
    first = None
    for name in names:
        if name == exact:
            return name
        if first is None and all(token in name for token in rare):
            first = name if read_path(name, _FLAT).tokens == tokens else None
    return first


def split_flat(name: str) -> Tokens:
    """The tokens that the flat name of a form or a query stands for; none where it cannot be."""
    return read_path(name, _FLAT).tokens or ()


def settle(document: JSON, tokens: Tokens, dialect: str) -> Tokens:
    """Fit the tokens of a pointer to the document they lead into, as its dialect allows.

    Literal names win over split ones: at each object the longest run of tokens that is a member's
    name, joined by dots, is taken as one (`address.street`). Where the dialect counts from 1 but
    there is an object and no array, its member is named as it was sent. Where brackets may select
    an item (`ports[https]`), its index stands in place of the key, if one item alone is meant. A
    bare name that only attributes bear is one of theirs. All else stays as it is.
    """
    row = DIALECTS[dialect]
    if row.anywhere and len(tokens) > 1 and _is_attribute(document, tokens[1]):
        return (tokens[0], "@" + tokens[1])
    return _walk(document, tokens, row)


def _walk(document: JSON, tokens: Tokens, row: Dialect) -> Tokens:
    """Follow the tokens as far as they lead, and name each step as the document does."""
    settled: list[str] = []
    at = 0
    while at < len(tokens):
        name, size = tokens[at], 1
        if isinstance(document, dict):
            size = _join(document, tokens, at) if row.dotted_names else 1
            name = _as_sent(document, ".".join(tokens[at : at + size]), row)
            document = document.get(name)
        elif isinstance(document, list):
            index = array_index(name, len(document))
            if index is None and row.selects:
                index = _select(document, name)
                name = name if index is None else str(index)
            document = None if index is None else document[index]
        else:
            document = None
        settled.append(name)
        at += size
    return tuple(settled)


def _join(members: dict[str, JSON], tokens: Tokens, at: int) -> int:
    """How many tokens from `at` on are the name of one member."""
    sizes = range(min(len(tokens) - at, _LONGEST_NAME), 1, -1)
    return next((size for size in sizes if ".".join(tokens[at : at + size]) in members), 1)


def _as_sent(members: dict[str, JSON], name: str, row: Dialect) -> str:
    """A number as it was sent, if a member bears it as its name."""
    sent = str(int(name) + 1) if row.from_one and INDEX.fullmatch(name) else name
    return sent if sent in members else name


def _select(items: list[JSON], key: str) -> int | None:
    """The index of the only item that a key selects: by its `name`, by any value, by `a=b,c=d`."""
    pairs = [pair.partition("=") for pair in key.split(",")]
    found = _matching(items, [("name", key)]) or _matching(items, [("", key)])
    if not found and "=" in key:
        found = _matching(items, [(name, value.strip('"')) for name, _, value in pairs])
    return found[0] if len(found) == 1 else None


def _matching(items: list[JSON], sought: list[tuple[str, str]]) -> list[int]:
    """The items that hold all values sought, each in the member it comes with, or anywhere."""
    found = []
    for index, item in enumerate(items):
        members = item if isinstance(item, dict) else {"": item}
        texts = {n: str(value) for n, value in members.items() if isinstance(value, str | int)}
        if all(texts.get(n) == v if n else v in texts.values() for n, v in sought):
            found.append(index)
    return found


def _is_attribute(document: JSON, name: str) -> bool:
    """Whether attributes, but no elements of an XML body bear a name, whatever its letter case."""
    name = name.casefold()
    seen = set()
    rest = [document]
    while rest:
        value = rest.pop()
        if isinstance(value, dict):
            seen |= {name, "@" + name} & {member.casefold() for member in value}
        if isinstance(value, dict | list):
            rest += value.values() if isinstance(value, dict) else value
    return seen == {"@" + name}
