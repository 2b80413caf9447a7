"""Makes a text in which a regular expression finds something: what a clue asks for, as an
example."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module

Node = tuple[object, object]
"""A part of a parsed expression: its operation, and what that is applied to."""

_POOL = "a1A -_/.:,;=<>{}[]()\"'\n\té"
"""Characters that are tried where an expression leaves a choice."""
_LONGEST = 400
"""Characters of a text that is made."""
_CLASSES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}
_TRIES = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 0))
"""Which branch is taken, and how many repetitions more than the fewest."""


def parse(pattern: str) -> list[Node] | None:
    """The parts of an expression, as `re` itself reads them; None when it cannot be read.

    The parser is not documented; where a Python lacks it, nothing is known of any expression.
    """
    try:
        return list(import_module("re._parser").parse(pattern))
    except (ImportError, AttributeError, re.error, RecursionError, OverflowError):
        return None


def sample(pattern: str) -> str | None:
    """A text in which the expression finds something; None when none was come by."""
    nodes = parse(pattern)
    for branch, more in _TRIES if nodes is not None else ():
        text = write(nodes or [], branch, more)
        if text is not None and re.search(pattern, text):
            return text
    return None


def write(nodes: Sequence[Node], branch: int = 0, more: int = 0) -> str | None:
    """A text for some parts of an expression, without regard to what its assertions ask for."""
    parts: list[str] = []
    for op, argument in nodes:
        part = _write_one(str(op), argument, branch, more)
        if part is None:
            return None
        parts.append(part)
    text = "".join(parts)
    return text if len(text) <= _LONGEST else None


def _write_one(op: str, argument: object, branch: int, more: int) -> str | None:
    """A text for one part; catalogs' expressions are no deeper than `re` itself can read."""
    inner = inner_of((op, argument))
    if op in ("AT", "ASSERT", "ASSERT_NOT"):
        return ""
    if inner and op == "BRANCH":
        return write(inner[min(branch, len(inner) - 1)], branch, more)
    if inner:
        text = write(inner[0], branch, more)
        limits = repeats((op, argument))
        if text is None or limits is None:
            return text
        least, most = limits
        return text * min(least + more, _LONGEST if most is None else most, _LONGEST)
    return next((char for char in characters((op, argument))), None)


def repeats(node: Node) -> tuple[int, int | None] | None:
    """How often a part is repeated, at least and at most (None: without end); None for others."""
    op, argument = node
    if not str(op).endswith("_REPEAT") or not isinstance(argument, tuple):
        return None
    least, most = int(argument[0]), int(argument[1])
    return least, None if most >= int(import_module("re._constants").MAXREPEAT) else most


def inner_of(node: Node) -> list[list[Node]]:
    """The parts inside a part: one list for each branch."""
    op, argument = str(node[0]), node[1]
    if op == "BRANCH" and isinstance(argument, tuple):
        return [list(one) for one in argument[1]]
    if op.endswith("_REPEAT") or op in ("SUBPATTERN", "ASSERT", "ASSERT_NOT"):
        return [list(argument[-1])] if isinstance(argument, tuple) else []
    return [list(argument)] if op == "ATOMIC_GROUP" and isinstance(argument, Sequence) else []


def characters(node: Node) -> list[str]:
    """Some of the characters that a part for one character takes, the plainest first."""
    op, argument = str(node[0]), node[1]
    own = [chr(argument)] if isinstance(argument, int) else []
    if op == "LITERAL":
        return own
    if op == "IN" and isinstance(argument, list):
        own = [chr(n) for name, value in argument for n in _named(str(name), value)]
    return [char for char in (*_POOL, *own) if _takes(op, argument, char)]


def _named(op: str, value: object) -> Sequence[int]:
    """The characters that a class names: the single ones, and the ends of its ranges."""
    if op == "RANGE" and isinstance(value, tuple):
        return value
    return (value,) if op == "LITERAL" and isinstance(value, int) else ()


def _takes(op: str, argument: object, char: str) -> bool:
    if op == "ANY":
        return char != "\n"
    if op == "NOT_LITERAL":
        return ord(char) != argument
    if op != "IN" or not isinstance(argument, list):
        return False
    names = [str(name) for name, _ in argument]
    hit = any(_is_in(str(name), value, char) for name, value in argument)
    return hit != ("NEGATE" in names)


def _is_in(op: str, value: object, char: str) -> bool:
    if op == "RANGE" and isinstance(value, tuple):
        return bool(value[0] <= ord(char) <= value[1])
    if op == "CATEGORY":
        return re.match(_CLASSES.get(str(value), r"(?!)"), char) is not None
    return op == "LITERAL" and value == ord(char)
