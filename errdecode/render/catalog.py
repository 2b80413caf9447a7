"""Catalog entries and formats as text and as JSON: the answers of `errdecode explain` and
`errdecode formats`."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence

from errdecode.clue import describe
from errdecode.format import Extract, Format
from errdecode.lookup import Entry
from errdecode.model import JSON, FormatName
from errdecode.render.json import explanation_json
from errdecode.render.sections import ACTORS, VERDICTS
from errdecode.sanitise import sanitise

INDENT = 11


def render_entries(entries: Sequence[Entry], width: int | None, brief: bool = False) -> str:
    """Entries one below the other, each with its format; `brief` gives all but the first a line
    each."""
    full = entries[:1] if brief else entries
    blocks = ["\n".join(_entry_lines(entry, width)) for entry in full]
    rest = entries[len(full) :]
    widest = max((len(entry.format.id) for entry in rest), default=0)
    lines = [f"{e.format.id:<{widest}}  {_keys(e)}: {e.explanation.title}" for e in rest]
    if lines:
        blocks.append("\n".join(lines))
    return sanitise("\n\n".join(blocks), keep_lines=True) + "\n"


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


def render_formats(names: Sequence[FormatName]) -> str:
    """Formats as a table: id, kind, name."""
    widest = max((len(name.id) for name in names), default=0)
    return "".join(f"{n.id:<{widest}}  {n.kind:<9}  {n.name}\n" for n in names)


def formats_json(names: Sequence[FormatName]) -> str:
    """Formats as a JSON array of objects."""
    found: list[JSON] = [
        {
            "id": n.id,
            "name": n.name,
            "kind": n.kind,
            "documentation": n.documentation,
            "source": n.source,
        }
        for n in names
    ]
    return json.dumps(found, indent=2) + "\n"


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
