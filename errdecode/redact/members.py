"""Secrets in parsed JSON: which members hold one, and a copy of the value with them masked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from errdecode.model import JSON
from errdecode.redact.names import COOKIES, NONE, SECRET, TOKEN, WEAK, classify, word_set
from errdecode.regex import expression

_NAMING = word_set(
    "name field fieldname param parameter key property path propertyname propertypath attribute"
    " loc header pointer"
)
_VALUES = word_set("value rejectedvalue rejected_value attemptedvalue input actual received given")
_STEP = expression(r"[^./\[\]\"'$]+")

Mask = Callable[["str | int | float", int], JSON]
"""Masks a scalar whose name is of the given kind."""
Rename = Callable[[str], str]
"""Masks a member's name."""

_Pending: TypeAlias = "tuple[JSON, JSON, int, bool]"
_NOTHING: list[_Pending] = []


def kind_of_path(path: JSON) -> int:
    """Tell what the last name of a path says: `/a/password`, `a.password`, `["body", "pin"]`."""
    if isinstance(path, list):
        path = next((step for step in reversed(path) if isinstance(step, str)), None)
    if not isinstance(path, str) or len(path) > 512 or " " in path:
        return NONE
    names = [
        step.lstrip("@") for step in _STEP.findall(path) if not step.isdigit() and step != "#text"
    ]
    kind = classify(names[-1]) if names else NONE
    return NONE if kind in (WEAK, COOKIES) else kind


def mask_members(
    value: JSON, mask: Mask, rename: Rename, kind: int = NONE, *, paired: bool = False
) -> JSON:
    """Copy a value with every scalar masked as its name asks for, to any depth.

    `kind` is that of the value's own name. `paired`: of a top-level object, the members such as
    `value` are a secret's. Members whose names become equal are told apart by a number.
    """
    root, stack = _copied(value, mask, kind, paired)
    while stack:
        node, copy, kind, paired = stack.pop()
        if isinstance(node, list) and isinstance(copy, list):
            for item in node:
                inner, more = _copied(item, mask, kind, False)
                copy.append(inner)
                stack += more
        elif isinstance(node, dict) and isinstance(copy, dict):
            kinds = _member_kinds(node, kind, paired)
            names = distinct_names(node, rename)
            for name, own, item in zip(names, kinds, node.values(), strict=True):
                copy[name], more = _copied(item, mask, own, False)
                stack += more
    return root


def named_values(value: JSON) -> Iterator[str]:
    """Give the strings and numbers that stand under a secret's name."""
    return (member for member, _ in named_members(value))


def named_members(value: JSON) -> Iterator[tuple[str, int]]:
    """Give the strings and numbers that stand under a secret's name, and what the name says."""
    found: list[tuple[str, int]] = []

    def keep(scalar: str | int | float, kind: int) -> JSON:
        if kind in (SECRET, TOKEN):
            found.append((str(scalar), kind))
        return scalar

    mask_members(value, keep, str)
    return iter(found)


def distinct_names(node: Iterable[str], rename: Rename) -> list[str]:
    """Rename members; names that become equal are told apart by a number."""
    names: dict[str, None] = {}
    for name in node:
        shown = masked = rename(name)
        count = len(names)
        while shown in names:
            count += 1
            shown = f"{masked}({count})"
        names[shown] = None
    return list(names)


def _copied(node: JSON, mask: Mask, kind: int, paired: bool) -> tuple[JSON, list[_Pending]]:
    """Copy a scalar masked; of a container give an empty copy, and what is left to do."""
    if isinstance(node, dict):
        members: dict[str, JSON] = {}
        return members, [(node, members, kind, paired)]
    if isinstance(node, list):
        items: list[JSON] = []
        return items, [(node, items, kind, False)]
    if node is None or node is True or node is False:
        return node, _NOTHING
    return mask(node, NONE if kind == COOKIES else kind), _NOTHING


def _member_kinds(node: dict[str, JSON], kind: int, paired: bool) -> list[int]:
    """Tell for each member what its name says, in the light of its neighbours' and its parent's."""
    if not paired and len(node) > 1:
        paired = any(
            name.lower() in _NAMING and kind_of_path(item) != NONE for name, item in node.items()
        )
    if not paired and kind != COOKIES:
        return [_member_kind(name) for name in node]
    jar = kind == COOKIES
    alone = jar and "value" not in node
    return [
        SECRET
        if alone or (jar and name == "value") or (paired and name.lower() in _VALUES)
        else _member_kind(name)
        for name in node
    ]


def _member_kind(name: str) -> int:
    kind = classify(name)
    return NONE if kind == WEAK else kind
