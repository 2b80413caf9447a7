"""Leaves out of a pointer what names no member: the branch of a union that a validator tried.

`["pet", "Cat", "name"]` is about the member `name` of `pet`, which was held against the type `Cat`.
"""

from __future__ import annotations

from collections.abc import Sequence

from errdecode.body import place as find_place
from errdecode.clue import search
from errdecode.locate.echo import Echo, confirm
from errdecode.locate.parents import put_into
from errdecode.locate.spelling import Names
from errdecode.model import JSON, Body, Location, Repair
from errdecode.pointer import Tokens, build, resolve

_MOST_MEMBERS = 200
"""Members of an object that may tell its type."""
_MOST_TOKENS = 64
_LONGEST_SHOWN = 60
"""Characters of a name that a reason repeats."""


def leave_branches(
    lost: Location,
    body: Body,
    tokens: Tokens,
    branches: str,
    echoes: tuple[Echo, ...],
    names: Names | None,
    *,
    missing: bool,
) -> Location | None:
    """A place that is not there, with the one that its pointer means without its branches.

    `branches` is the expression of their names; what tells the type of an object, the value of one
    of its members, is one too. None where another segment leads nowhere: no validator goes on below
    what is not there. What is said to be `missing` is the last segment, and no branch.
    """
    if len(tokens) > _MOST_TOKENS:
        return None
    value, own, left, absent = body.value, list[str](), list[str](), False
    for at, token in enumerate(tokens):
        step = resolve(value, (token,))
        absent = missing and not step.found and at == len(tokens) - 1 and isinstance(value, dict)
        if step.found:
            value = step.value
            own.append(token)
        elif not absent:
            if not _is_branch(token, value, branches, names):
                return None
            left.append(token)
    if not left:
        return None
    return _lead(lost, body, tuple(own), value, tokens[-1:] * absent, _tell(left), echoes)


def _is_branch(token: str, value: JSON, branches: str, names: Names | None) -> bool:
    """Whether a segment that is not there names a branch, and no member in another spelling."""
    if isinstance(value, dict):
        members = list(value.values())[:_MOST_MEMBERS]
        if any(isinstance(member, str) and member == token for member in members):
            return True
        if any((names or Names()).alike(value, token)):
            return False
    return search(branches, token) is not None


def _lead(
    lost: Location,
    body: Body,
    own: Tokens,
    value: JSON,
    absent: Tokens,
    reason: str,
    echoes: tuple[Echo, ...],
) -> Location | None:
    """Lead a place to the value that is meant, or to the object which lacks a member."""
    if absent:
        return put_into(lost, body, Repair(build(own), "branch", reason, None, value), absent)
    tree, confirmed = find_place(body, own), confirm(echoes, value)
    if tree is None or confirmed is False:
        return None
    repair = Repair(build(own), "branch", reason, confirmed, value, tree.start, tree.end, tree.key)
    return lost._replace(repairs=(repair,))


def _tell(left: Sequence[str]) -> str:
    """Say which segments were left out; long ones are not repeated."""
    shown = [f"`{name}`" for name in left if len(name) <= _LONGEST_SHOWN]
    if len(shown) < len(left):
        return "a part of the pointer names no member but a branch of a union"
    if len(shown) == 1:
        return f"{shown[0]} names no member but a branch of a union"
    return f"{', '.join(shown[:-1])} and {shown[-1]} name no members but branches of unions"
