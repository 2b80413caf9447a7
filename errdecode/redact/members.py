"""Secrets in parsed JSON: which members hold one, and a copy of the value with them masked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from errdecode.model import JSON
from errdecode.redact.names import COOKIES, NONE, SECRET, WEAK, classify
from errdecode.redact.pattern import Pattern

_NAMING = frozenset(
    "name field fieldname param parameter key property path propertyname attribute loc header pointer"
    " propertypath".split()
)
_VALUES = frozenset("value rejectedvalue rejected_value attemptedvalue input actual received given".split())
_STEP = Pattern(r"[^./\[\]\"'$]+")

Mask = Callable[["str | int | float", int], JSON]
"""Masks a scalar whose name is of the given kind."""


def kind_of_path(path: JSON) -> int:
    """Tell what the last name of a path says: `/user/password`, `user.password`, `["body", "pin"]`."""
    if isinstance(path, list):
        path = next((step for step in reversed(path) if isinstance(step, str)), None)
    if not isinstance(path, str) or len(path) > 512:
        return NONE
    names = [step.lstrip("@") for step in _STEP.compiled.findall(path) if not step.isdigit() and step != "#text"]
    kind = classify(names[-1]) if names else NONE
    return NONE if kind in (WEAK, COOKIES) else kind


def mask_members(
    value: JSON, mask: Mask, rename: Callable[[str], str], kind: int = NONE, *, paired: bool = False
) -> JSON:
    """Copy a value with every scalar masked as its name asks for, to any depth.

    `kind` is that of the value's own name. `paired`: the members of a top-level object such as `value`
    are those of a secret. Members whose names become equal are told apart by a number.
    """
    holder: list[JSON] = [None]
    stack: list[tuple[JSON, list[JSON] | dict[str, JSON], int | str, int, bool]] = [
        (value, holder, 0, kind, paired)
    ]
    while stack:
        node, target, place, kind, paired = stack.pop()
        copy: JSON
        if isinstance(node, dict):
            names = distinct_names(node, rename)
            copy = dict.fromkeys(names)
            kinds = _member_kinds(node, kind, paired)
            stack += [
                (item, copy, name, inner, False)
                for item, name, inner in zip(node.values(), names, kinds, strict=True)
            ]
        elif isinstance(node, list):
            copy = [None] * len(node)
            stack += [(item, copy, index, kind, False) for index, item in enumerate(node)]
        elif node is None or isinstance(node, bool):
            copy = node
        else:
            copy = mask(node, NONE if kind == COOKIES else kind)
        if isinstance(target, dict):
            target[str(place)] = copy
        else:
            target[int(place)] = copy
    return holder[0]


def named_values(value: JSON) -> Iterator[str]:
    """Give the strings and numbers that stand under a secret's name."""
    found: list[str] = []

    def keep(scalar: str | int | float, kind: int) -> JSON:
        if kind == SECRET:
            found.append(str(scalar))
        return scalar

    mask_members(value, keep, str)
    return iter(found)


def _member_kinds(node: dict[str, JSON], kind: int, paired: bool) -> list[int]:
    """Tell for each member what its name says, in the light of its neighbours' and its parent's."""
    jar = kind == COOKIES
    if not paired and not jar and len(node) > 1:
        for name, item in node.items():
            if name.lower() in _NAMING and kind_of_path(item) != NONE:
                paired = True
    kinds = []
    for name in node:
        inner = classify(name)
        if (paired and name.lower() in _VALUES) or (jar and (name == "value" or "value" not in node)):
            inner = SECRET
        kinds.append(NONE if inner == WEAK else inner)
    return kinds


def distinct_names(node: Iterable[str], rename: Callable[[str], str]) -> list[str]:
    """Rename members; names that become equal are told apart by a number."""
    names: dict[str, None] = {}
    for name in node:
        shown = rename(name)
        count = 2
        while shown in names:
            shown = f"{rename(name)}({len(names) + count})"
            count += 1
        names[shown] = None
    return list(names)
