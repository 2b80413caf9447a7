"""Faults that stand in a tree which is built as the request is: under the names of its members.

Frameworks of forms write them so: `{"address": {"zip": ["must not be blank"]}}`, or with a level
between, `{"children": {"zip": {"errors": ["must not be blank"]}}}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.extract import MOST_PROBLEMS
from errdecode.extract.generic import read_object
from errdecode.model import JSON, Problem
from errdecode.model.record import NamedTuple
from errdecode.pointer import Tokens, build, read_pointer

_INNER = "children"
"""A level of the tree that the request does not have: what stands below are members."""
_OWN = ("errors", "_errors")
"""Faults of the member itself, where others are those of its members."""
_DEPTH = 20
_MOST_VISITED = 10_000


class _Branch(NamedTuple):
    """A part of the tree."""

    value: JSON
    place: Tokens
    """In the response."""
    tokens: Tokens
    """In the request."""


def read_tree(value: JSON, place: Tokens) -> list[Problem]:
    """Read the faults of a tree that holds nothing but members, indices and messages.

    Nothing when it holds anything else, names no member, or is an error itself.
    """
    members = value.items() if isinstance(value, dict) else ()
    texts: dict[str, JSON] = {name: text for name, text in members if isinstance(text, str)}
    if read_object(texts, place).detail:
        return []
    problems: list[Problem] = []
    stack = [_Branch(value, place, ())]
    for _ in range(_MOST_VISITED):
        if not stack or len(problems) >= MOST_PROBLEMS:
            break
        branch = stack.pop()
        found = _read_leaf(branch)
        if found is None:
            inner = list(_below(branch))
            if not inner and branch.value not in (None, {}, []):
                return []
            stack += reversed(inner)
        else:
            problems += found
    return problems if any(problem.pointer for problem in problems) else []


def _read_leaf(branch: _Branch) -> list[Problem] | None:
    """The problems of a leaf: a message, several, or an object that is one; None for a branch."""
    value, place = branch.value, branch.place
    if isinstance(value, str) and " " in value.strip():
        return [_aim(Problem(detail=value, origin=build(place)), branch)]
    if isinstance(value, list) and value and all(isinstance(text, str) for text in value):
        made = (Problem(detail=str(text), origin=build(place)) for text in value[:MOST_PROBLEMS])
        return [_aim(problem, branch) for problem in made if problem.detail]
    if isinstance(value, dict) and branch.tokens:
        problem = read_object(value, place)
        scalars = not any(isinstance(v, dict | list) for n, v in value.items() if n != "properties")
        if problem.detail and scalars and not all(map(_is_sentence, value.values())):
            return [problem if problem.pointer_as_sent else _aim(problem, branch)]
    return None


def _is_sentence(value: JSON) -> bool:
    return isinstance(value, str) and " " in value.strip()


def _below(branch: _Branch) -> Iterator[_Branch]:
    """What stands in a branch: members by their names, items by their indices."""
    value, place, tokens = branch.value, branch.place, branch.tokens
    if len(place) > _DEPTH:
        return
    if isinstance(value, list):
        for at, item in enumerate(value):
            yield _Branch(item, (*place, str(at)), (*tokens, str(at)))
    elif isinstance(value, dict):
        for name, member in value.items():
            between = name == _INNER and isinstance(member, dict)
            own = name in _OWN and isinstance(member, list)
            path = () if between or own else read_pointer(name, "dotted").tokens or (name,)
            yield _Branch(member, (*place, name), (*tokens, *path))


def _aim(problem: Problem, branch: _Branch) -> Problem:
    """Let a problem lie where its branch stands."""
    aimed = problem._replace(unverified=True, heuristic=True)
    if not branch.tokens:
        return aimed
    sent = "/".join(branch.tokens)
    return aimed._replace(pointer=build(branch.tokens), pointer_as_sent=sent, dialect="segments")
