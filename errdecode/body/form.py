"""Forms, application/x-www-form-urlencoded (URL Standard, section 5.1), as objects of strings."""

from __future__ import annotations

import re

from errdecode.model import JSON, Text, Tree
from errdecode.pointer import Tokens, array_index, find_flat
from errdecode.regex import expression
from errdecode.source import Builder

_ESCAPES = expression(r"(?:%[0-9a-fA-F]{2})+")
_WRITTEN = expression(r"\+|(?:%[0-9a-fA-F]{2})+")
"""What stands for other characters."""
_LONGEST_OPENED = 1_000_000
_MOST_NUMBERS = 4
"""Numbers of a path that are tried as the index of a repeated name."""
_NAME = expression(r"[\w.\[\]%+~$-]+\Z")


def read_form(text: str) -> tuple[dict[str, JSON], Tree]:
    """Read a form: its value and its places.

    A repeated name gives a list; `a[b]` stays a name of its own.
    Places are those of the text as sent, escapes included.
    """
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    members: dict[str, list[JSON]] = {}
    places: dict[str, list[Tree]] = {}
    while start < end:
        stop = text.find("&", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            equals = text.find("=", start, stop)
            middle = stop if equals < 0 else equals
            name = decode(text[start:middle])
            value_at = min(middle + 1, stop)
            members.setdefault(name, []).append(decode(text[value_at:stop]))
            places.setdefault(name, []).append(Tree(value_at, stop, (start, middle)))
        start = stop + 1
    return _shape(members, places, text)


def is_form(text: str) -> bool:
    """Tell whether a text is clearly a form: one line of at least two `name=value` pairs."""
    line = text.strip()
    if "&" not in line or "=" not in line or len(line.split(None, 1)) != 1:
        return False
    pairs = [pair.partition("=") for pair in line.split("&")]
    return all(equals and _NAME.match(name) for name, equals, _ in pairs)


def find_field(fields: dict[str, JSON], tokens: Tokens) -> Tokens | None:
    """Find the field that a path stands for: its name, and an index if the name is repeated.

    `/items/1/price` is the field `items[1][price]`, or the second of `items[][price]`; `/tags/1` is
    the second of `tags[]` or `tags`. Numbers stand as in the names: see `Parsed.literal`.
    """
    name = find_flat(fields, tokens)
    if name is not None:
        return (name,)
    numbers = [at for at, token in enumerate(tokens) if token.isdecimal()]
    for at in numbers[:_MOST_NUMBERS]:
        for between in (("*",), ()):
            name = find_flat(fields, (*tokens[:at], *between, *tokens[at + 1 :]))
            values = fields[name] if name is not None else []
            values = values if isinstance(values, list) else [values]
            if name is not None and array_index(tokens[at], len(values)) is not None:
                return (name, tokens[at]) if isinstance(fields[name], list) else (name,)
    return None


def open_field(text: Text, start: int, end: int) -> Text | None:
    """A name or value of a form as a text of its own, each character mapped to what it was written
    as; None for one of more than `_LONGEST_OPENED` characters."""
    if end - start > _LONGEST_OPENED:
        return None
    builder, at = Builder(text), start
    for match in _WRITTEN.finditer(text.value, start, end):
        builder.copy(at, match.start())
        at = match.start()
        decoded = decode(match[0])
        sizes = [3 * len(char.encode("utf-8", "replace")) for char in decoded]
        if match[0] == "+" or at + sum(sizes) != match.end():  # or bytes that are no UTF-8
            builder.put(decoded, at, match.end())
        else:
            for char, size in zip(decoded, sizes, strict=True):
                builder.put(char, at, at + size)
                at += size
        at = match.end()
    builder.copy(at, end)
    return builder.text()


def decode(piece: str) -> str:
    """Undo `+` and percent-encoding; bytes that are no UTF-8 become U+FFFD."""
    if "%" not in piece:
        return piece.replace("+", " ")
    return _ESCAPES.sub(_decode_run, piece.replace("+", " "))


def _decode_run(match: re.Match[str]) -> str:
    return bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace")


def _shape(
    members: dict[str, list[JSON]], places: dict[str, list[Tree]], text: str
) -> tuple[dict[str, JSON], Tree]:
    """Turn names that stand once into plain strings."""
    value: dict[str, JSON] = {}
    children: dict[str, Tree] = {}
    for name, values in members.items():
        trees = places[name]
        if len(values) == 1:
            value[name], children[name] = values[0], trees[0]
        else:
            items = [tree._replace(key=None) for tree in trees]
            value[name] = values
            children[name] = Tree(trees[0].start, trees[-1].end, trees[0].key, items)
    begin = len(text) - len(text.lstrip())
    return value, Tree(begin, max(begin, len(text.rstrip())), None, children)
