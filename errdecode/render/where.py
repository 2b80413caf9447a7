"""Where a problem lies, in words and frames: in the request's body, URL or head, or in the
answer."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.model import Diagnostic, Location, Problem
from errdecode.pointer import parse
from errdecode.pointer.writing import write
from errdecode.render import View
from errdecode.render.brevity import shorten
from errdecode.render.frame import Plan, may_be_elsewhere
from errdecode.render.frame.kinds import kind_of
from errdecode.render.section import Section

MOST_SHOWN = 4
"""Places of one problem that are shown."""


def where(diagnostic: Diagnostic, view: View, plan: Plan) -> list[Section]:
    """The place in the request, or as much of it as is known."""
    problem = diagnostic.problem
    parts = []
    for count, location in enumerate(diagnostic.locations):
        if count and count >= MOST_SHOWN and len(diagnostic.locations) > MOST_SHOWN + 1:
            left = len(diagnostic.locations) - count
            parts.append(Section("where", (f"and {left} more places of {problem.pointer}",)))
            break
        frame = plan.frame(diagnostic, location)
        lines = [_resolved(problem, location)]
        if plan.is_above(location):
            lines.append("in the frame above")
        lines += _repaired(location)
        lines += [] if _leads(location) else _lost(diagnostic, location)
        said = plan.narrate(diagnostic, location) if view.verbose else None
        lines += [said] if said else []
        parts.append(Section("where", tuple(lines), "frame", frame))
    documents = {location.document for location in diagnostic.locations}
    if _is_parameter_of_body(diagnostic):
        documents.add("request.query")
    if not problem.parameter and "request.query" in documents:
        documents.add("request.body")  # the pointer was followed there
    return parts + [
        Section("where", (said,)) for document, said in _named(problem) if document not in documents
    ]


def _is_parameter_of_body(diagnostic: Diagnostic) -> bool:
    """Whether a parameter that the server only names was found in the body."""
    problem = diagnostic.problem
    if problem.parameter_in is not None or not problem.parameter:
        return False
    names = (
        location.pointer.rpartition("/")[2]
        for location in diagnostic.locations
        if location.document == "request.body" and _leads(location)
    )
    return problem.parameter.casefold() in map(str.casefold, names)


def _named(problem: Problem) -> Iterator[tuple[str, str]]:
    """What the server names as the place, in words; each with the document that would show it."""
    in_body = problem.parameter_in is None or (
        problem.parameter_in == "body" and not problem.parameter
    )
    if problem.pointer_as_sent is not None and in_body and not problem.header:
        read = problem.pointer if problem.assumes and "**" not in (problem.pointer or "") else None
        sent = "" if problem.pointer == "" and problem.assumes else problem.pointer_as_sent
        yield "request.body", read or sent or "the whole body"
    if problem.parameter:
        part = problem.parameter_in or "query"
        yield f"request.{part}", _in_part(f"request.{part}", problem.parameter)
    if problem.header:
        yield "request.header", _in_part("request.header", problem.header)
    if problem.response_pointer is not None:
        yield "response.body", _in_part("response.body", problem.response_pointer)
    if problem.line:
        yield "", _uploaded_line(problem.line)


_PARTS = {
    "request.query": "query parameter {}",
    "request.path": "path parameter {}",
    "request.header": "header field {}",
    "request.cookie": "cookie {}",
    "request.body": "{}",
    "response.body": "the response's {}",
}


def _in_part(document: str, name: str) -> str:
    """A place outside the request's body, in words."""
    return shorten(_PARTS.get(document, "{}").format(name))


def _uploaded_line(line: str) -> str:
    if line == "N/A":
        return "a line of the uploaded file that the server could not name"
    return f"line {line} of the uploaded file"


def _resolved(problem: Problem, location: Location) -> str:
    """The pointer that leads somewhere: the one that was sent, or its likeliest reading."""
    pointer = location.pointer
    if not location.found and location.repairs and location.document != "request.path":
        pointer = location.repairs[0].pointer
    pointer = as_written(problem, location, pointer)
    if location.document == "request.query" and not pointer:
        return "the whole query"
    if location.document not in ("request.body", "response.body"):
        pointer = "/".join(parse(pointer).tokens or ())
    name = _in_part(location.document, pointer) if pointer or location.basis is None else ""
    if location.basis:
        return f"{location.basis} of the text in {name}" if name else location.basis
    return name or "the whole body"


def as_written(problem: Problem, location: Location, pointer: str) -> str:
    """A pointer as people write it for the document: into XML an XPath, the server's own if it
    sent one; elsewhere it stays."""
    if not pointer or kind_of(location) != "xml":
        return pointer
    sent = problem.pointer_as_sent or ""
    own = location.found and problem.dialect == "xpath" and pointer == problem.pointer
    if own and sent.startswith("/") and not sent.startswith("//"):
        return sent
    tokens = parse(pointer).tokens or ()
    return write(tuple(token for token in tokens if token not in _OF_THE_VIEW), "xpath") or pointer


_OF_THE_VIEW = ("0", "#text")
"""Tokens that only the view of XML as JSON has: the first of its name, and the text within."""


def _repaired(location: Location) -> list[str]:
    """What was read instead of a pointer that leads nowhere, and what else it could mean."""
    if location.found or not location.repairs:
        return []
    first, *others = location.repairs
    if location.document == "request.path":
        value = f"`{first.value}`" if first.value else "a part of the path"
        others_said = [f"or `{other.value}`: {other.reason}" for other in others]
        return [f"{value}: {first.reason}", *others_said]
    if first.pointer == location.pointer:  # inside a string
        lines = [first.reason]
    else:
        lines = [f"not at {_plainly(location)} as sent: {first.reason}"]
    if first.confirmed is not None:
        lines[0] += f"; the server quotes {'its' if first.confirmed else 'another'} value"
    return lines + [f"or at {other.pointer}: {other.reason}" for other in others]


def _leads(location: Location) -> bool:
    """Whether there is something at the place, or where its pointer leads when read otherwise."""
    return location.found or any(one.found for one in location.repairs)


def _plainly(location: Location) -> str:
    """A place as its document names it: a pointer in a body, a bare name elsewhere."""
    if location.document in ("request.body", "response.body"):
        return shorten(location.pointer)
    return "/".join(parse(location.pointer).tokens or ())


def _lost(diagnostic: Diagnostic, location: Location) -> list[str]:
    """What to make of a pointer that leads nowhere."""
    has_frame = location.text is not None and location.text.value.strip() != ""
    lines = [] if has_frame else [f"not found in the request: {location.reason}"]
    if location.suggestions:
        lines.append(f"did you mean {' or '.join(location.suggestions)}?")
    elif may_be_elsewhere(diagnostic.problem, location, diagnostic.explanation):
        lines.append(
            "not a member of the payload; it may be part of the URL, or kept by the server"
        )
    return lines
