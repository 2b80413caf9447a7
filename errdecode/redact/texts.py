"""Masks that run through origin maps: what is covered in a text is covered where it was cut from.

A secret may be known in one text only: `-u bob:pw` in the header field made of it. Its place goes
up to the capture, and from there down to every other text of that place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from errdecode.model import Run, Text
from errdecode.redact.marks import Hit, cover, merge

_WIDEST = 16
"""A run of one wider origin (a compressed body, say) tells nothing of its single characters."""


def with_parents(texts: Iterable[Text]) -> list[Text]:
    """List the texts and all they were cut from, each once, parents first."""
    depths: dict[int, tuple[int, Text]] = {}
    for text in texts:
        chain = []
        current: Text | None = text
        while current is not None and id(current) not in depths:
            chain.append(current)
            current = current.parent
        depth = depths[id(current)][0] + 1 if current is not None else 0
        for at, member in enumerate(reversed(chain)):
            depths[id(member)] = (depth + at, member)
    return [text for _, text in sorted(depths.values(), key=_by_depth)]


def spread(texts: list[Text], found: dict[int, list[Hit]]) -> dict[int, list[Hit]]:
    """Carry the hits of each text (by its id) to its parents and on to their other children.

    `texts` are ordered parents first. The hits that come back are merged.
    """
    hits = {id(text): list(found.get(id(text), ())) for text in texts}
    for text in reversed(texts):
        own = hits[id(text)] = merge(hits[id(text)])
        if text.parent is not None and own:
            hits[id(text.parent)] += _upwards(text, own)
    for text in texts:
        if text.parent is not None and hits[id(text.parent)]:
            down = _downwards(text, hits[id(text.parent)])
            hits[id(text)] = merge([*hits[id(text)], *down])
    return hits


def cover_texts(texts: list[Text], hits: dict[int, list[Hit]]) -> dict[int, Text]:
    """Cover each text; an untouched one stays the same object.

    Masks of an ASCII text count one byte a character, so that byte offsets stay true.
    """
    covered: dict[int, Text] = {}
    for text in texts:
        value, encoding = text.value, text.encoding
        if hits[id(text)]:
            if encoding.startswith("utf-8") and value.isascii():
                encoding = "ascii"
            value = cover(value, hits[id(text)], encoding)
        parent = None if text.parent is None else covered[id(text.parent)]
        same = value == text.value and parent is text.parent
        covered[id(text)] = text if same else Text(value, text.runs, parent, encoding, text.head)
    return covered


def _by_depth(entry: tuple[int, Text]) -> int:
    return entry[0]


def _upwards(text: Text, hits: list[Hit]) -> Iterator[Hit]:
    """Map merged hits to the parent, piece by piece; the first piece bears the tag."""
    for hit in hits:
        raw = hit.raw
        at = max(0, bisect_right(text.runs, hit.start, key=_run_start) - 1)
        pieces: list[list[int]] = []
        while at < len(text.runs) and text.runs[at].start < hit.end:
            run, stop = text.runs[at], _run_end(text, at)
            first = max(hit.start, run.start) - run.start
            last = min(hit.end, stop) - 1 - run.start
            start = run.origin + first * run.step
            end = run.origin + last * run.step + run.width
            if pieces and pieces[-1][1] >= start:
                pieces[-1][1] = max(end, pieces[-1][1])
            else:
                pieces.append([start, end])
            at += 1
        for start, end in pieces:
            yield Hit(start, end, raw, hit.echoed)
            raw = ""


def _downwards(text: Text, hits: list[Hit]) -> Iterator[Hit]:
    """Map the parent's merged hits to a text cut out of it."""
    for at, run in enumerate(text.runs):
        length = _run_end(text, at) - run.start
        if length <= 0 or (run.step == 0 and run.width > _WIDEST):
            continue
        stop = run.origin + (length - 1) * run.step + run.width
        index = max(0, bisect_right(hits, run.origin, key=_hit_start) - 1)
        while index < len(hits) and hits[index].start < stop:
            hit = hits[index]
            index += 1
            if hit.end <= run.origin:
                continue
            first, last = 0, length - 1
            if run.step:
                first = max(0, (hit.start - run.origin - run.width) // run.step + 1)
                last = min(last, (hit.end - 1 - run.origin) // run.step)
            if first <= last:
                yield Hit(run.start + first, run.start + last + 1, hit.raw, hit.echoed)


def _run_start(run: Run) -> int:
    return run.start


def _hit_start(hit: Hit) -> int:
    return hit.start


def _run_end(text: Text, at: int) -> int:
    return text.runs[at + 1].start if at + 1 < len(text.runs) else len(text.value)
