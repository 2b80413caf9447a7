"""Leaves out of a pointer what names no member: the branch of a union that a validator tried.

`["pet", "Cat", "name"]` is about the member `name` of `pet`, which was held against the type `Cat`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from errdecode.body import place as find_place
from errdecode.clue import search
from errdecode.locate.echo import Echo, confirm
from errdecode.locate.parents import put_into
from errdecode.locate.spelling import Names
from errdecode.model import JSON, Body, Location, Repair
from errdecode.model.record import NamedTuple
from errdecode.pointer import Tokens, build, resolve

_MOST_MEMBERS = 200
"""Members of an object that may tell its type."""
_MOST_TOKENS = 64
_MOST_TRIES = 400
"""Segments of all readings that are looked at."""
_LONGEST_SHOWN = 60
"""Characters of a name that a reason repeats."""


class _Way(NamedTuple):
    """A reading on its way through the payload."""

    value: JSON
    at: int = 0
    """The next segment, 0-based."""
    own: Tokens = ()
    """Where it has come to."""
    left: Tokens = ()
    """The branches on the way."""
    absent: Tokens = ()
    """The member that is missing."""


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
    waiting = [_Way(body.value)]
    for _ in range(_MOST_TRIES):
        if not waiting:
            break
        way = waiting.pop()
        if way.at < len(tokens):
            waiting += reversed(list(_go_on(way, tokens, branches, names, missing=missing)))
        elif way.left:
            return _lead(lost, body, way, echoes)
    return None


def _go_on(
    way: _Way, tokens: Tokens, branches: str, names: Names | None, *, missing: bool
) -> Iterator[_Way]:
    """What the next segment may be: a member, the one that is missing, or a branch."""
    token = tokens[way.at]
    step = resolve(way.value, (token,))
    further = way._replace(at=way.at + 1)
    if step.found:
        yield further._replace(value=step.value, own=(*way.own, token))
    elif missing and further.at == len(tokens) and isinstance(way.value, dict):
        yield further._replace(absent=(token,))
        return
    if _tells_type(token, way.value) or (
        not step.found and _is_branch(token, way.value, branches, names)
    ):
        yield further._replace(left=(*way.left, token))


def _tells_type(token: str, value: JSON) -> bool:
    """Whether a member of an object has a segment for its value: what tells the object's type."""
    members = islice(value.items(), _MOST_MEMBERS) if isinstance(value, dict) else ()
    return any(name != token and member == token for name, member in members)


def _is_branch(token: str, value: JSON, branches: str, names: Names | None) -> bool:
    """Whether a segment that is not there names a branch, and no member in another spelling."""
    if isinstance(value, dict) and any((names or Names()).alike(value, token)):
        return False
    return search(branches, token) is not None


def _lead(lost: Location, body: Body, way: _Way, echoes: tuple[Echo, ...]) -> Location | None:
    """Lead a place to the value that is meant, or to the object which lacks a member."""
    pointer, reason = build(way.own), _tell(way.left)
    if way.absent:
        return put_into(lost, body, Repair(pointer, "branch", reason, None, way.value), way.absent)
    tree, confirmed = find_place(body, way.own), confirm(echoes, way.value)
    if tree is None or confirmed is False:
        return None
    found = Repair(pointer, "branch", reason, confirmed, way.value, tree.start, tree.end, tree.key)
    return lost._replace(repairs=(found,))


def _tell(left: Sequence[str]) -> str:
    """Say which segments were left out; long ones are not repeated."""
    shown = [f"`{name}`" for name in left if len(name) <= _LONGEST_SHOWN]
    if len(shown) < len(left):
        return "a part of the pointer names no member but a branch of a union"
    if len(shown) == 1:
        return f"{shown[0]} names no member but a branch of a union"
    return f"{', '.join(shown[:-1])} and {shown[-1]} name no members but branches of unions"
