"""The JSON output, version 1: written out by hand, as `report.schema.json` has it."""

from __future__ import annotations

import json
from math import isfinite

from errdecode.model import (
    JSON,
    Diagnostic,
    Explanation,
    Field,
    Flip,
    Group,
    Location,
    Patch,
    Repair,
    Report,
    Response,
    Span,
    Text,
)
from errdecode.render import View
from errdecode.source import span, to_parent, to_root

VERSION = 1
"""Members may be added within a version, never removed or renamed."""


def render(report: Report, view: View) -> str:
    """One JSON object, ASCII only, on one line or indented."""
    return json.dumps(_report(report), indent=2 if view.indent else None) + "\n"


def read_schema() -> str:
    """The JSON Schema of this output, as text."""
    from pathlib import Path

    return (Path(__file__).parent / "report.schema.json").read_text(encoding="utf-8")


def _report(report: Report) -> dict[str, JSON]:
    exchange, detection = report.exchange, report.detection
    return {
        "version": VERSION,
        "input": {
            "name": report.name,
            "kind": exchange.kind,
            "index": report.number,
            "span": _span(span(exchange.source, exchange.start, exchange.end)),
        },
        "outcome": report.outcome,
        "request": _request(report),
        "response": _response(report),
        "earlier": [_earlier(response) for response in exchange.earlier],
        "failure": _failure(report),
        "request_id": report.request_id,
        "date": report.date,
        "format": None
        if report.format is None
        else {
            "id": report.format.id,
            "name": report.format.name,
            "kind": report.format.kind,
            "confidence": (detection.best and detection.best.confidence) or "possible",
            "forced": detection.forced,
            "documentation": report.format.documentation,
            "source": report.format.source,
        },
        "candidates": [
            {
                "id": candidate.id,
                "confidence": candidate.confidence,
                "score": candidate.score,
                "evidence": [
                    {
                        "claim": piece.claim,
                        "seen_at": piece.seen_at,
                        "weight": piece.weight,
                        "matched": piece.matched,
                    }
                    for piece in candidate.evidence
                ],
            }
            for candidate in detection.candidates
        ],
        **({} if detection.flips is None else {"flips": [*map(_flip, detection.flips)]}),
        "problems": _problems(report),
        "groups": [_group(group) for group in report.groups],
        "batch": _batch(report),
        "notes": [{"kind": note.kind, "message": note.message} for note in report.notes],
        "hints": list(report.hints),
    }


def _flip(flip: Flip) -> JSON:
    changes: list[JSON] = [
        {"op": change.op, "at": change.at, "value": change.value} for change in flip.changes
    ]
    return {
        "changes": changes,
        "format": flip.best,
        "confidence": flip.confidence,
        "lead": flip.lead,
    }


def _problems(report: Report) -> list[JSON]:
    """All problems, however many there are, each with the number of its group."""
    groups = {index: at for at, group in enumerate(report.groups) for index in group.problems}
    return [
        {**problem_json(diagnostic, report.exchange.source), "group": groups.get(index)}
        for index, diagnostic in enumerate(report.diagnostics)
    ]


def _group(group: Group) -> JSON:
    return {
        "problems": list(group.problems),
        "pointer": group.pointer,
        "response_pointer": group.response_pointer,
        "origin": group.origin,
        "items": group.items,
        "total": group.total,
        **_at_least(group.at_least),
        "caused_by": group.caused_by,
        "consequences": list(group.consequences),
        "fix_first": group.fix_first,
    }


def _batch(report: Report) -> JSON:
    batch = report.batch
    if batch is None:
        return None
    counted = "response" if batch.in_response else "request"
    return {
        "total": batch.total,
        "failed": batch.failed,
        "items": list(batch.items),
        "counted_in": counted,
        **_at_least(batch.at_least),
    }


def _at_least(more: bool) -> dict[str, JSON]:  # a member of what is written
    """A member for counts that are not complete, which hardly any is."""
    return {"at_least": True} if more else {}


def _request(report: Report) -> JSON:
    request = report.exchange.request
    if request is None:
        return None
    return {
        "method": request.method,
        "url": request.url.value if request.url else None,
        "headers": _headers(request.headers),
        "body": None
        if request.body is None
        else {
            "media_type": _declared(request.headers),
            "text": request.body.value,
        },
    }


def _response(report: Report) -> JSON:
    response = report.exchange.response
    if response is None:
        return None
    return {
        "status": response.status,
        "reason": response.reason,
        "headers": _headers(response.headers),
        "media_type": report.body.media_type if report.body else None,
    }


def _earlier(response: Response) -> JSON:
    headers = _headers(response.headers)
    return {"status": response.status, "reason": response.reason, "headers": headers}


def _failure(report: Report) -> JSON:
    failure = report.exchange.failure
    if failure is None:
        return None
    return {"client": failure.client, "code": failure.code, "message": failure.message}


def _headers(fields: tuple[Field, ...]) -> dict[str, JSON]:
    """Fields by name as first sent; repeated ones joined by a comma (RFC 9110, section 5.3)."""
    names: dict[str, str] = {}
    headers: dict[str, str] = {}
    for field in fields:
        name = names.setdefault(field.name.lower(), field.name)
        value = field.value.value
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return dict(headers)


def _declared(fields: tuple[Field, ...]) -> str | None:
    values = (f.value.value for f in fields if f.name.lower() == "content-type")
    declared = next(values, None)
    return declared.partition(";")[0].strip().lower() if declared else None


def problem_json(diagnostic: Diagnostic, source: Text | None = None) -> dict[str, JSON]:
    """One problem with all that is known of it; `source`: the input, for places in it."""
    problem, retry = diagnostic.problem, diagnostic.retry
    return {
        "code": problem.code,
        "code_as_sent": problem.code_as_sent,
        "type": problem.type,
        "title": problem.title,
        "detail": problem.detail,
        "status": problem.status,
        "instance": problem.instance,
        "help": problem.help,
        "unverified": problem.unverified,
        "extensions": {name: _finite(value) for name, value in problem.extensions.items()},
        "pointer": problem.pointer,
        "pointer_as_sent": problem.pointer_as_sent,
        "pointer_dialect": problem.dialect if problem.pointer_as_sent is not None else None,
        "parameter": problem.parameter,
        "parameter_in": problem.parameter_in,
        "header": problem.header,
        "positions": [{"line": line, "column": column} for line, column in problem.positions],
        "response_pointer": problem.response_pointer,
        "line": problem.line,
        "operation": problem.operation,
        "origin": problem.origin,
        "role": problem.role,
        "caused_by": problem.caused_by,
        "locations": [_location(location, source) for location in diagnostic.locations],
        "explanation": diagnostic.explanation and explanation_json(diagnostic.explanation),
        "alternatives": [explanation_json(other) for other in diagnostic.alternatives],
        "retry": {
            "verdict": retry.verdict,
            "after_seconds": retry.after_seconds,
            "trail": list(retry.trail),
        },
        "patch": diagnostic.patch and _patch(diagnostic.patch),
    }


def _patch(patch: Patch) -> JSON:
    return {
        "operations": [_finite(operation) for operation in patch.operations],
        "applicability": patch.applicability,
        "reason": patch.reason,
    }


def _location(location: Location, source: Text | None) -> JSON:
    return {
        "document": location.document,
        "pointer": location.pointer,
        "found": location.found,
        "value": _finite(location.value) if location.found else None,
        "nearest": location.nearest,
        "reason": location.reason,
        "basis": location.basis,
        "suggestions": list(location.suggestions),
        "repairs": [_repair(repair, location, source) for repair in location.repairs],
        "span": _own_span(location, location.found),
        "input_span": _input_span(location, location.found, source),
    }


def _repair(repair: Repair, location: Location, source: Text | None) -> JSON:
    place = location._replace(start=repair.start, end=repair.end)
    has_place = repair.end > repair.start
    return {
        "pointer": repair.pointer,
        "kind": repair.kind,
        "reason": repair.reason,
        "confirmed": repair.confirmed,
        "value": _finite(repair.value),
        "span": _own_span(place, has_place),
        "input_span": _input_span(place, has_place, source),
    }


def _own_span(location: Location, has_place: bool) -> JSON:
    """The place in the document's own text; a text inside it is no document."""
    if location.text is None or not has_place:
        return None
    text, start, end = location.text, location.start, location.end
    if location.basis and location.pointer and text.parent:
        start, end = to_parent(text, start, end)
        text = text.parent
    return _span(span(text, start, end))


def _input_span(location: Location, has_place: bool, source: Text | None) -> JSON:
    """The place in the input itself, when the document was cut out of it."""
    if location.text is None or not has_place:
        return None
    root, start, end = to_root(location.text, location.start, location.end)
    return _span(span(root, start, end)) if root is source else None


def _span(place: Span) -> JSON:
    return {"start": place.start._asdict(), "end": place.end._asdict()}


def explanation_json(explanation: Explanation) -> JSON:
    """An explanation with all its parts."""
    return {
        "title": explanation.title,
        "meaning": explanation.meaning,
        "remedies": list(explanation.remedies),
        "actor": explanation.actor,
        "documentation": explanation.documentation,
        "source": explanation.source,
        "see_also": list(explanation.see_also),
    }


def _finite(value: JSON) -> JSON:
    """JSON knows no infinities: give them as text. Values are as deep as the body reader allows."""
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {name: _finite(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return value
