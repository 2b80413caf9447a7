"""Which problems are of one kind: by their codes, by their words without what is particular to one
item, and by their places without indices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from errdecode.model import Diagnostic, Problem
from errdecode.pointer.rfc6901 import INDEX
from errdecode.regex import expression

LONGEST_MESSAGE = 300
"""Characters of a message that are compared."""
_MOST_VALUES = 20
"""Members of an item whose values are looked for in its message."""
_PARTICULAR = expression(
    r"""(?<!\w)(?:"[^"]{0,200}"|'[^']{0,200}'|`[^`]{0,200}`|“[^”]{0,200}”|«[^»]{0,200}»)(?!\w)"""
    r"""|\[[^\[\]]{0,80}\]|[^\s\d@/]*[\d@/]\S*"""
)
"""What belongs to a single item: what is quoted or in brackets, numbers, addresses and paths."""
_AROUND = ".,:;!?()"
_NUMBERED = expression(r"(?<=[\[.])[0-9]+(?=[\].]|$)")

Kind = tuple[object, ...]
"""What problems of one kind have in common, to be compared and nothing else."""


def kind_of(diagnostic: Diagnostic) -> Kind:
    """What a problem shares with all others that have the same root cause."""
    problem, explanation = diagnostic.problem, diagnostic.explanation
    values = _values_of(diagnostic)
    return (
        problem.role,
        problem.code,
        problem.type,
        problem.status,
        template_of(problem.title, values),
        template_of(problem.detail, values),
        explanation and template_of(explanation.title, values),
        diagnostic.retry.verdict,
        *_place_of(problem),
    )


def template_of(message: str | None, values: Iterable[str] = ()) -> str | None:
    """A message without what is particular to one item: `values`, quotations, numbers, paths."""
    if message is None:
        return None
    text = message[:LONGEST_MESSAGE]
    words = set()
    for value in values:
        if " " in value:
            text = text.replace(value, "…")
        else:
            words.add(value)
    kept = _PARTICULAR.sub("…", text).split()
    return " ".join("…" if word.strip(_AROUND) in words else word for word in kept)


def shape_of(pointer: str | None) -> str | None:
    """A pointer with `*` for every index."""
    if pointer is None:
        return None
    return "/".join("*" if INDEX.fullmatch(token) else token for token in pointer.split("/"))


def join_pointers(pointers: Sequence[str]) -> str:
    """The pointer of several of one shape: `*` where their tokens differ."""
    columns = zip(*(pointer.split("/") for pointer in pointers), strict=True)
    return "/".join(column[0] if len(set(column)) == 1 else "*" for column in columns)


def _place_of(problem: Problem) -> Kind:
    """Where the problem lies; of an uploaded file any line will do."""
    return (
        shape_of(problem.pointer),
        shape_of(problem.response_pointer),
        shape_of(problem.origin),
        problem.parameter and _NUMBERED.sub("*", problem.parameter),
        problem.parameter_in,
        problem.header,
        problem.line if problem.line and not problem.line.isdecimal() else problem.line is None,
    )


def _values_of(diagnostic: Diagnostic) -> list[str]:
    """The values of an item that its message may quote without quotation marks, longest first."""
    found = [where.value for where in diagnostic.locations[:_MOST_VALUES] if where.found]
    found += list(diagnostic.problem.extensions.values())[:_MOST_VALUES]
    texts = {str(value) for value in found if isinstance(value, str | int | float)}
    kept = (text for text in texts if 0 < len(text) <= LONGEST_MESSAGE)
    return sorted(kept, key=len, reverse=True)
