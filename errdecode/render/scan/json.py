"""A scan as one JSON document, version 1: written out by hand, as `scan.schema.json` has it."""

from __future__ import annotations

import json

from errdecode.model import JSON
from errdecode.render import View
from errdecode.render.scan import Findings
from errdecode.render.scan.words import iso
from errdecode.scan.cascade import first_failures
from errdecode.scan.histogram import align
from errdecode.scan.model import Group, Histogram, Place, Scan, Sighting, Unreadable

VERSION = 1
"""Members may be added within a version, never removed or renamed."""


def render(findings: Findings, view: View) -> str:
    """One JSON object, ASCII only, on one line or indented."""
    return json.dumps(_scan(findings.scan), indent=2 if view.indent else None) + "\n"


def read_schema() -> str:
    """The JSON Schema of this output, and of the lines of `--jsonl`, as text."""
    from pathlib import Path

    return (Path(__file__).parent / "scan.schema.json").read_text(encoding="utf-8")


def _scan(scan: Scan) -> JSON:
    return {
        "version": VERSION,
        "errors": scan.errors,
        "groups": [group_json(group) for group in scan.groups],
        "first_failures": [group.number for group in first_failures(scan.groups)],
        "unreadable": {
            "count": scan.unreadable_count,
            "listed": [{**place_json(one.place), "reason": one.reason} for one in scan.unreadable],
        },
        "skipped": [
            {"file": one.file, "reason": one.reason, "part": one.part} for one in scan.skipped
        ],
        "files": scan.files,
        "bytes": scan.bytes,
        "lines": scan.lines,
        "seconds": round(scan.seconds, 3),
        "engine": scan.engine,
        "jobs": scan.jobs,
        "interrupted": scan.interrupted,
        "notes": list(scan.notes),
    }


def group_json(group: Group) -> JSON:
    """One group with its exemplars."""
    follows: list[JSON] = [
        {"group": cause, "reason": reason.partition(": ")[2]}
        for cause, reason in zip(group.causes, group.follows, strict=True)
    ]
    return {
        "number": group.number,
        "format": None
        if group.format is None
        else {"id": group.format, "name": group.format_name or group.format},
        "code": group.code,
        "pointer": group.pointer,
        "message": group.message,
        "title": group.title,
        "status": group.status,
        "statuses": {str(status): count for status, count in group.statuses},
        "verdict": group.verdict,
        "verdicts": dict(group.verdicts),
        "actor": group.actor,
        "count": group.count,
        "first": _time(group.first),
        "last": _time(group.last),
        "histogram": _histogram(group.histogram),
        "files": group.files,
        "follows": follows,
        "change": group.change,
        "before": group.before,
        "varied": dict(group.varied),
        "exemplars": [sighting_json(one) for one in group.exemplars],
    }


def sighting_json(sighting: Sighting) -> dict[str, JSON]:
    """One error, with all that is known of it without opening it."""
    context = sighting.context
    return {
        **place_json(sighting.place),
        "length": sighting.length,
        "wrapper": sighting.wrapper,
        "time": _time(context.time),
        "level": context.level,
        "request_id": context.request_id,
        "trace_id": context.trace_id,
        "method": context.method,
        "url": context.url,
        "status": sighting.status,
        "format": sighting.format,
        "confidence": sighting.confidence,
        "code": sighting.code,
        "pointer": sighting.pointer,
        "title": sighting.title,
        "message": sighting.message,
        "verdict": sighting.verdict,
        "actor": sighting.actor,
        "problems": sighting.problems,
    }


def unreadable_json(item: Unreadable) -> dict[str, JSON]:
    """What looked like an error and could not be read."""
    return {**place_json(item.place), "reason": item.reason}


def place_json(place: Place) -> dict[str, JSON]:
    """A place in a log."""
    return {"file": place.file, "line": place.line, "offset": place.offset}


def _histogram(histogram: Histogram | None) -> JSON:
    axis = align([histogram], whole=True)
    if axis is None:
        return None
    counts: list[JSON] = list(axis.rows[0])
    return {"start": iso(axis.start), "width": axis.width, "counts": counts}


def _time(time: float | None) -> JSON:
    return None if time is None else iso(time)
