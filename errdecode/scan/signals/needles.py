"""What a regular expression of a catalog cannot do without: literal texts, one of which is in every
subject that it finds something in."""

from __future__ import annotations

from collections.abc import Sequence

from errdecode.expressions.witness import Node, characters, inner_of, parse, repeats

_MOST = 80
"""Beginnings of one expression; more are no better than none."""


def is_anchored(pattern: str) -> bool:
    """Whether an expression only finds what stands at the beginning of a text or of a line."""
    nodes = parse(pattern) or []
    return bool(nodes) and str(nodes[0][0]) == "AT" and "BEGINNING" in str(nodes[0][1])


def find_needles(pattern: str, *, start: bool) -> list[str]:
    """Texts one of which is in every match of a pattern, or, for `start`, begins it.

    Empty when nothing can be said, and for expressions that ignore letter case.
    """
    nodes = [] if "(?i" in pattern else parse(pattern) or []
    found = _prefixes(nodes) if start else max(_runs(nodes), key=_worth, default=[])
    return sorted(set(found)) if found and all(found) else []


def _worth(texts: Sequence[str]) -> tuple[int, int]:
    """How rare the most common one of some texts is: what is no small letter tells most."""
    return min(((sum(not c.islower() for c in text), len(text)) for text in texts), default=(0, 0))


def _prefixes(nodes: Sequence[Node]) -> list[str]:
    """What a match begins with; ends where the expression leaves a choice of many."""
    texts, _ = _begin(nodes)
    return texts


def _begin(nodes: Sequence[Node]) -> tuple[list[str], bool]:
    """The beginnings of a match, and whether they are the whole of it."""
    texts = [""]
    for node in nodes:
        op, argument = str(node[0]), node[1]
        if op in ("AT", "ASSERT_NOT"):
            continue
        if op == "LITERAL" and isinstance(argument, int):
            texts = [text + chr(argument) for text in texts]
            continue
        if op in ("SUBPATTERN", "BRANCH"):
            begun = [_begin(branch) for branch in inner_of(node)]
            ways = [way for found, _ in begun for way in found]
            if len(texts) * len(ways) > _MOST:
                return texts, False
            texts = [text + way for text in texts for way in ways]
            if all(whole for _, whole in begun):
                continue
        elif texts == [""] and _takes_blanks(node):
            continue
        elif repeats(node) == (0, 1):
            ways, whole = _begin(inner_of(node)[0])
            texts = [*texts, *(text + way for text in texts for way in ways)]
            if whole and len(texts) <= _MOST:
                continue
        return texts, False
    return texts, True


def _takes_blanks(node: Node) -> bool:
    """Whether a part is a repetition of what is no letter or digit, as `\\s*` is."""
    inner = inner_of(node)
    if not str(node[0]).endswith("_REPEAT") or len(inner) != 1 or len(inner[0]) != 1:
        return False
    return not any(char.isalnum() for char in characters(inner[0][0]))


def _runs(nodes: Sequence[Node]) -> list[list[str]]:
    """Each run of literal characters in a sequence, and what its branches cannot do without."""
    runs: list[list[str]] = []
    text = ""
    for node in nodes:
        op, argument = str(node[0]), node[1]
        if op == "LITERAL" and isinstance(argument, int):
            text += chr(argument)
            continue
        runs.append([text])
        text = ""
        if op in ("SUBPATTERN", "BRANCH"):
            ways = [max(_runs(branch), key=_worth, default=[]) for branch in inner_of(node)]
            if ways and all(ways):
                runs.append([one for way in ways for one in way])
    runs.append([text])
    return [run for run in runs if run and all(run)]
