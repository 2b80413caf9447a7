"""Many strings searched as one: a parsed body may hold a million, and most hold no secret."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from errdecode.model import JSON
from errdecode.redact.collect import scan
from errdecode.redact.echoes import Secrets, find_echoes

_BETWEEN = "\n\0\n"  # belongs to no name, no value and no token


def clean_strings(value: JSON, secrets: Secrets) -> set[str]:
    """Give those strings in a value, names included, that hold no secret for sure.

    All of them are searched in one text; any that a hit touches is left to a closer look.
    """
    strings = list(dict.fromkeys(_strings(value)))
    joined = _BETWEEN.join(strings)
    hits = sorted((hit.start, hit.end) for hit in scan(joined) + find_echoes(joined, secrets))
    if not hits:
        return set(strings)
    return set(_untouched(strings, hits))


def _untouched(strings: Iterable[str], hits: list[tuple[int, int]]) -> Iterator[str]:
    start, index, reach = 0, 0, 0
    for string in strings:
        end = start + len(string)
        while index < len(hits) and hits[index][0] < end:
            reach = max(reach, hits[index][1])
            index += 1
        if reach <= start:
            yield string
        start = end + len(_BETWEEN)


def _strings(value: JSON) -> Iterator[str]:
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            yield from node
            stack += node.values()
        elif isinstance(node, list):
            stack += node
