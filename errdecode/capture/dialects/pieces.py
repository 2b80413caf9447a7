"""Texts put together from several texts of one ancestor, their origin maps kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from errdecode.model import Run, Text
from errdecode.source import to_parent


def concatenate(ancestor: Text, pieces: Iterable[Text | str]) -> Text:
    """Put pieces together into one text whose parent is `ancestor`.

    A text must descend from `ancestor`, or have no parent at all. A string, and a text without a
    parent, stands for the empty place behind the piece before it.
    """
    runs: list[Run] = []
    parts: list[str] = []
    length = behind = 0
    for piece in pieces:
        value = piece if isinstance(piece, str) else piece.value
        if not value:
            continue
        if isinstance(piece, str) or piece.parent is None:
            runs.append(Run(length, behind, 0, 0))
        else:
            flat = flatten(piece, ancestor)
            runs += [run._replace(start=run.start + length) for run in flat.runs]
            behind = to_parent(flat, len(value) - 1, len(value))[1]
        parts.append(value)
        length += len(value)
    return Text("".join(parts), tuple(runs), ancestor)


def flatten(text: Text, ancestor: Text) -> Text:
    """Give a text a map straight into `ancestor`, which it descends from."""
    while text.parent is not None and text.parent is not ancestor:
        parent = text.parent
        if parent.parent is None:
            break
        runs: list[Run] = []
        for index, run in enumerate(text.runs):
            after = text.runs[index + 1].start if index + 1 < len(text.runs) else len(text.value)
            runs += _through(run, after, parent)
        text = Text(text.value, tuple(runs), parent.parent)
    return text


def _through(run: Run, after: int, parent: Text) -> list[Run]:
    """The runs into the grandparent that one run, which ends before `after`, stands for."""
    if not parent.runs:
        return [Run(run.start, 0, 0, 0)]
    if run.step == 0:
        first, last = to_parent(parent, run.origin, run.origin + run.width)
        return [Run(run.start, first, 0, last - first)]
    if run.step == run.width == 1:
        return _copied(run, after, parent)
    runs: list[Run] = []
    for at in range(run.start, after):
        origin = run.origin + (at - run.start) * run.step
        first, last = to_parent(parent, origin, origin + run.width)
        runs.append(Run(at, first, 0, last - first))
    return runs


def _copied(run: Run, after: int, parent: Text) -> list[Run]:
    """The parent's runs that a copied stretch of it touches, cut to that stretch."""
    shift = run.start - run.origin
    index = max(0, bisect_right(parent.runs, run.origin, key=lambda one: one.start) - 1)
    runs: list[Run] = []
    while index < len(parent.runs) and parent.runs[index].start + shift < after:
        one = parent.runs[index]
        begin = max(one.start, run.origin)
        runs.append(
            one._replace(start=begin + shift, origin=one.origin + (begin - one.start) * one.step)
        )
        index += 1
    return runs
