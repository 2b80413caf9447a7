"""Catalog entries and formats as text and as JSON: the answers of `errdecode explain` and
`errdecode formats`."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence

from errdecode.clue import describe
from errdecode.format import Extract, Format
from errdecode.lookup import PARTIAL, Entry, Question
from errdecode.lookup.search import FoundFormat
from errdecode.model import JSON
from errdecode.render.json import explanation_json
from errdecode.render.sections import ACTORS, VERDICTS
from errdecode.sanitise import sanitise

INDENT = 11


MOST_IN_FULL = 6
"""Entries of several formats that are shown in full."""
MOST_LINES = 20
"""Entries that are listed of those that only have something of a word."""


def render_answer(entries: Sequence[Entry], question: Question, width: int | None) -> str:
    """What `explain` says: entries in full, or where there are too many of them a line each.

    A bare status is explained as HTTP has it, and each format then says its own in one line.
    """
    partial = [entry for entry in entries if entry.found_by in PARTIAL]
    entries = [entry for entry in entries if entry.found_by not in PARTIAL]
    blocks = _render_exact(entries, question, width) if entries else []
    if partial:
        head = (
            "it is also found in:" if entries else f"no code is {question.word!r}; it is found in:"
        )
        blocks += _render_partial(partial, head)
    return sanitise("\n\n".join(filter(None, blocks)), keep_lines=True) + "\n"


def _render_exact(entries: Sequence[Entry], question: Question, width: int | None) -> list[str]:
    """The entries that a word is the code of, in some spelling."""
    ids = {entry.format.id for entry in entries}
    if question.word is None and question.format is None:
        return ["\n".join(_entry_lines(entries[0], width)), "\n".join(_line_each(entries[1:]))]
    if len(ids) > 1 and len(entries) > MOST_IN_FULL:
        head = f"{len(entries)} entries of {len(ids)} formats; name a format for all it says:"
        return [head, "\n".join(_lines(entries))]
    return ["\n".join(_entry_lines(entry, width)) for entry in entries]


def _render_partial(entries: Sequence[Entry], head: str) -> list[str]:
    """What comes near a word: a screenful at most."""
    blocks = [head, "\n".join(_lines(entries[:MOST_LINES]))]
    if len(entries) > MOST_LINES:
        rest = len(entries) - MOST_LINES
        blocks.append(f"and {rest} more: --json has them all, the id of a format narrows")
    return blocks


def _line_each(entries: Sequence[Entry]) -> Iterator[str]:
    """A line for each format: its most general entry, and how many more there are."""
    by_format: dict[str, list[Entry]] = {}
    for entry in entries:
        by_format.setdefault(entry.format.id, []).append(entry)
    first = [min(several, key=_is_special) for several in by_format.values()]
    for line, several in zip(_lines(first), by_format.values(), strict=True):
        yield line + (f" (and {len(several) - 1} more)" if several[1:] else "")


def _is_special(entry: Entry) -> int:
    """How many keys an entry has besides its status."""
    return sum(key is not None for key in (entry.code, entry.message, entry.operation))


def _lines(entries: Sequence[Entry]) -> Iterator[str]:
    widest = max((len(entry.format.id) for entry in entries), default=0)
    for e in entries:
        keys = e.message if e.message and not e.code else _keys(e)
        yield f"{e.format.id:<{widest}}  {keys}: {e.explanation.title}"


def _keys(entry: Entry) -> str:
    keys = (entry.code, entry.status and f"HTTP {entry.status}", entry.operation)
    return " ".join(str(key) for key in keys if key) or "any other"


def _entry_lines(entry: Entry, width: int | None) -> Iterator[str]:
    yield f"{_keys(entry)}: {entry.explanation.title}"
    yield f"  {entry.format.name} ({entry.format.id})"
    explanation = entry.explanation
    if entry.message:
        yield from _labelled("message", [entry.message], width)
    yield from _labelled(
        "why", [explanation.meaning, *(f"See also {s}" for s in explanation.see_also)], width
    )
    steps = [f"{number}. {step}" for number, step in enumerate(explanation.remedies, 1)]
    yield from _labelled("do", steps, width)
    if explanation.actor:
        yield from _labelled("to act", [ACTORS[explanation.actor]], width)
    yield from _labelled("retry", [_retry(entry), *entry.retry.trail], width)
    if explanation.documentation:
        yield f"  {'read':<{INDENT - 2}}{explanation.documentation}"


def _retry(entry: Entry) -> str:
    seconds = entry.retry.after_seconds
    return VERDICTS[entry.retry.verdict] + (f", after {seconds:g} s" if seconds else "")


def _labelled(label: str, lines: Sequence[str], width: int | None) -> Iterator[str]:
    for line in lines:
        parts = [line]
        if width:
            room = max(20, width - INDENT)
            parts = textwrap.wrap(line, room, break_long_words=False, break_on_hyphens=False)
        for part in parts:
            yield f"  {label:<{INDENT - 2}}{part}"
            label = ""


def entries_json(entries: Sequence[Entry]) -> str:
    """Entries as a JSON array."""
    found: list[JSON] = [
        {
            "format": entry.format.id,
            "code": entry.code,
            "status": entry.status,
            "message": entry.message,
            "operation": entry.operation,
            "found_by": entry.found_by,
            "explanation": explanation_json(entry.explanation),
            "retry": {
                "verdict": entry.retry.verdict,
                "after_seconds": entry.retry.after_seconds,
                "trail": list(entry.retry.trail),
            },
        }
        for entry in entries
    ]
    return json.dumps(found, indent=2) + "\n"


def render_formats(found: Sequence[FoundFormat]) -> str:
    """Formats as a table: id, kind, name, and what each was found for."""
    widest = max((len(one.name.id) for one in found), default=0)
    lines = []
    for (id, name, kind, *_), reasons in found:
        why = f"  ({', '.join(reasons)})" if reasons else ""
        lines.append(f"{id:<{widest}}  {kind:<9}  {name}{why}\n")
    return sanitise("".join(lines), keep_lines=True)


def formats_json(found: Sequence[FoundFormat]) -> str:
    """Formats as a JSON array of objects."""
    objects: list[JSON] = [
        {
            "id": name.id,
            "name": name.name,
            "kind": name.kind,
            "documentation": name.documentation,
            "source": name.source,
            "found_by": list(reasons),
        }
        for name, reasons in found
    ]
    return json.dumps(objects, indent=2) + "\n"


def render_format(format: Format, entries: Sequence[Entry], width: int | None) -> str:
    """Everything known of one format: where it is documented, how it is recognised and read, its
    codes."""
    lines = [
        f"{format.name} ({format.id})",
        *_labelled("kind", [format.kind], None),
        *_labelled("read", [format.documentation], None),
        *_labelled("reviewed", [format.reviewed], None),
    ]
    if format.extends:
        lines += _labelled("extends", [format.extends], None)
    for shape in format.shapes or ():
        clues = [describe(clue) for clue in (*format.detect.required, *shape.required)]
        lines += _labelled("shape", [f"{shape.name}: {'; '.join(clues)}"], width)
    lines += _labelled("reads", _members(format.extract), width)
    lines += ["", f"{len(entries)} explanations:"]
    for entry in entries:
        keys = (entry.code, entry.status, entry.message, entry.operation)
        said = " · ".join(str(key) for key in keys if key is not None)
        lines.append(f"  {said or 'any other'}: {entry.explanation.title}")
    return sanitise("\n".join(lines), keep_lines=True) + "\n"


def _members(extract: Extract) -> list[str]:
    words = ("code", "type", "title", "detail", "status", "pointer", "parameter", "header", "line")
    found = []
    for word in words:
        reads = getattr(extract, word)
        places = [
            read if isinstance(read, str) else read.at or read.header or read.value
            for read in reads
        ]
        if places:
            found.append(f"{word}: {', '.join(str(place) for place in places)}")
    return found
