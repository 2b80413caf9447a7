"""What an answer says, in its fixed order, before any output has given it a form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errdecode.extract.claims import read_denial
from errdecode.model import JSON, Diagnostic, Explanation, Report
from errdecode.regex import expression
from errdecode.render import View
from errdecode.render.brevity import shorten
from errdecode.render.frame import Look, Plan, label_of
from errdecode.render.own_words import find_own_words
from errdecode.render.section import Section
from errdecode.render.where import where

ACTORS = {
    "caller": "you, the caller",
    "provider": "the provider",
    "operator": "whoever operates the installation, or the network in between",
    "customer": "the end customer",
}
VERDICTS = {
    "never": "no",
    "after-change": "only after a change",
    "later": "yes, later",
    "once": "yes, once",
    "reconcile-first": "not before you have found out how things stand now",
    "unknown": "not known",
}
_OUTCOMES = {
    "success": "no error",
    "redirect": "no error: a redirect",
    "unknown": "nothing that is known to be an error",
    "no-response": "no response",
    "error": "an error",
}


MOST_OF_MEMBER = 200
"""Characters of another member of the item that are shown."""
MOST_LEAVES = 4
"""Scalars of a nested member that are shown, where the explanation speaks of it."""
NO_TYPE = "about:blank"
"""A type that says no more than the status (RFC 9457, section 4.2.1)."""
_STATUS_LINK = expression(
    r"https?://[\w./-]{1,60}rfc(?:2616|6585|723[0-5]|9110)(?:\.html)?#section-[\d.]{1,20}", re.I
)
"""A link to the section on a status in HTTP's standards: it says no more than the status."""
MOST_SAID = 8
"""Lines of the server's words that are shown."""


def headline(report: Report, diagnostic: Diagnostic | None) -> tuple[str, str | None, str]:
    """The first line: what it is (`error`, `no error`), its code, and what happened."""
    if diagnostic is None:
        return _OUTCOMES[report.outcome], None, _about_response(report)
    problem, explanation = diagnostic.problem, diagnostic.explanation
    kind = "error" if problem.role == "cause" else problem.role
    if report.outcome == "unknown":
        kind = "perhaps an error"
    own = find_own_words(problem, explanation)
    code = None if problem.code and _STATUS_LINK.fullmatch(problem.code) else problem.code
    if explanation and own is None:
        return kind, code, explanation.title
    if diagnostic.alternatives and not own:
        return kind, code, f"one of {len(diagnostic.alternatives)} meanings"
    return kind, code, own or problem.detail or _about_failure(report)


def _about_failure(report: Report) -> str:
    """What a problem without words is: its status, unless this is one of success."""
    response = report.exchange.response
    if response is None or not 200 <= (response.status or 0) < 300:
        return _about_response(report)
    denial = read_denial(report.body) if report.body else None
    return shorten(denial or "the body says no more")


def _about_response(report: Report) -> str:
    response = report.exchange.response
    if response is None:
        return "the browser recorded none" if report.exchange.kind == "har" else "none in the input"
    unknown = "the body says no more" if report.outcome == "error" else "a body without a status"
    said = f"HTTP {response.status}" if response.status else unknown
    return shorten(f"{said} {response.reason or ''}".strip())


def facts(report: Report) -> list[str]:
    """The second line: format, confidence, status, which request."""
    exchange, parts = report.exchange, []
    if report.format:
        how = "forced by --format" if report.detection.forced else _confidence(report)
        parts.append(f"{report.format.name} ({how})")
    elif report.outcome == "error" or (report.outcome == "unknown" and report.diagnostics):
        parts.append("no documented format; read generically, unverified")
    if exchange.failure and exchange.response is None:
        parts.append(f"{exchange.failure.client} exit code {exchange.failure.code}")
    elif exchange.response and exchange.response.status and report.diagnostics:
        parts.append(f"HTTP {exchange.response.status}")
    if report.outcome == "redirect" and exchange.response:
        names = (f for f in exchange.response.headers if f.name.lower() == "location")
        parts += [f"to {field.value.value}" for field in names]
    parts += _items(report)
    request = exchange.request
    if request and (request.method or request.url):
        parts.append(f"{request.method or ''} {request.url.value if request.url else ''}".strip())
    return [shorten(part) for part in parts]


def _items(report: Report) -> list[str]:
    """How many items failed; a single one needs no count, nor do those that one cause counts."""
    batch = report.batch
    if batch is None or batch.total < 2 or not batch.failed:
        return []
    if batch.in_response:
        return [f"{batch.failed} of {batch.total} items failed"]
    if any(group.items == batch.failed for group in report.groups):
        return []
    array = batch.items[0].removesuffix("/*") or "the body"
    failed = f"at least {batch.failed}" if batch.at_least else str(batch.failed)
    return [f"faults in {failed} of the {batch.total} items of {array}"]


def _confidence(report: Report) -> str:
    best = report.detection.best
    word = best.confidence if best and best.confidence else "possible"
    tied = [c.id for c in report.detection.candidates[1:] if best and c.score == best.score]
    return f"{word}; or {', '.join(tied)}" if tied else word


def sections(
    report: Report, diagnostic: Diagnostic, view: View, plan: Plan | None = None
) -> list[Section]:
    """The parts of one diagnostic, in the order of every answer.

    `plan` knows which problems share a frame; without one each has its own.
    """
    plan = plan or Plan((diagnostic,), Look(view.width, view.ascii, view.charset))
    return [
        *where(diagnostic, view, plan),
        *said(report, diagnostic, view),
        *advice(report, diagnostic),
    ]


def advice(report: Report, diagnostic: Diagnostic) -> list[Section]:
    """The parts after the server's words: why, what to do, whether to repeat it, where to read."""
    parts = _why(diagnostic)
    explanation = diagnostic.explanation
    if explanation and explanation.remedies:
        parts.append(Section("do", explanation.remedies, "steps"))
    parts += _change(report, diagnostic)
    parts.append(_retry(diagnostic))
    links = [explanation.documentation] if explanation and explanation.documentation else []
    links += [a.documentation for a in diagnostic.alternatives if a.documentation]
    if links:
        parts.append(Section("read", tuple(dict.fromkeys(links)), "link"))
    help = diagnostic.problem.help
    if help and _is_link(help) and help not in links:
        parts.append(Section("link", (help,), "quote"))
    return parts


def _is_link(address: str) -> bool:
    """Whether what a server gives as a link is one to read at; any other is only what it said."""
    return address[:8].lower() == "https://"


def _change(report: Report, diagnostic: Diagnostic) -> list[Section]:
    """The correction, as the lines before and after."""
    patch = diagnostic.patch
    if patch is None:
        return []
    from errdecode.correct import describe
    from errdecode.locate import read_request_body

    body = read_request_body(report.exchange.request)
    before, after = describe(patch, body) if body else ("", "")
    if not after:
        return []
    lines = [f"- {line.strip()}" for line in before.splitlines()]
    lines += [f"+ {line.strip()}" for line in after.splitlines()]
    command = "errdecode fix" if patch.applicability == "certain" else "errdecode fix --all"
    head = f"{patch.applicability}: {patch.reason} (`{command}`)"
    return [Section("change", (head, *lines), "diff")]


def said(
    report: Report, diagnostic: Diagnostic, view: View, *, framed: bool = True
) -> list[Section]:
    """The server's own words, and what else the item bears.

    Nested members stand there only when they are asked for, or when the explanation speaks of them.
    `framed`: the answer shows the frames of the problem, whose labels need not be said again.
    """
    problem = diagnostic.problem
    _, _, title = headline(report, diagnostic)
    shown = {title, *(label_of(diagnostic, one) for one in diagnostic.locations if framed)}
    words = [text for text in (problem.title, problem.detail) if text and text not in shown]
    if len(words) == 2 and words[0] in words[1]:
        words = words[1:]
    named = _named(diagnostic)
    if diagnostic is report.diagnostics[0]:
        words += _fields(report, named)
    type = None if problem.type == NO_TYPE else problem.type
    help = None if problem.help and _is_link(problem.help) else problem.help
    more = {"type": type, "instance": problem.instance, "help": help, **problem.extensions}
    for name, value in more.items():
        if view.verbose or not isinstance(value, dict | list):
            if value not in (None, "", problem.code):
                words.append(f"{name}: {_brief(value)}")
        elif name in named:
            words += (f"{path}: {_brief(leaf)}" for path, leaf in leaves(name, value))
    return [Section("said", tuple(dict.fromkeys(words[:MOST_SAID])), "quote")] if words else []


def _named(diagnostic: Diagnostic) -> set[str]:
    """The members that an explanation speaks of: `ctx` in "at most `ctx.le`"."""
    known = [e for e in (diagnostic.explanation, *diagnostic.alternatives) if e]
    prose = " ".join(text for one in known for text in (one.meaning, *one.remedies))
    return {code.partition(".")[0] for code in prose.split("`")[1::2]}


_OF_REQUESTS = frozenset(
    ("cache-control", "connection", "content-encoding", "content-length", "content-type", "date")
)
"""Fields of both: an explanation that names one speaks of the request."""


def _fields(report: Report, named: set[str]) -> Iterator[str]:
    """The header fields that an explanation speaks of: `Allow` in "those that `Allow` lists"."""
    wanted = {name.lower() for name in named if name[:1].isupper()} - _OF_REQUESTS
    response = report.exchange.response
    for field in response.headers if response else ():
        if field.name.lower() in wanted:
            yield f"{field.name}: {_brief(field.value.value)}"


def leaves(name: str, value: JSON) -> Iterator[tuple[str, JSON]]:
    """The first scalars within a member, each with its path in dots.

    What XML adds is left out: `#text`, namespaces, the lists of single elements.
    """
    stack: list[tuple[str, JSON]] = [(name, value)]
    found = 0
    while stack and found < MOST_LEAVES:
        path, node = stack.pop()
        if len(path) > MOST_OF_MEMBER:
            continue
        if isinstance(node, list):
            several = len(node) > 1
            inner = [(f"{path}[{at}]" if several else path, one) for at, one in enumerate(node)]
            stack += inner[MOST_LEAVES - 1 :: -1]
        elif isinstance(node, dict):
            names = [one for one in node if not one.startswith("@xmlns")][:MOST_LEAVES]
            stack += (
                (path if one == "#text" else f"{path}.{one}", node[one]) for one in names[::-1]
            )
        elif node not in (None, ""):
            found += 1
            yield path, node


def _brief(value: object) -> str:
    import json

    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return shorten(text, MOST_OF_MEMBER)


def _why(diagnostic: Diagnostic) -> list[Section]:
    explanation = diagnostic.explanation
    if explanation:
        lines = [explanation.meaning, *(f"See also {line}" for line in explanation.see_also)]
        if explanation.actor not in (None, "caller"):
            lines.append(f"To act: {ACTORS[explanation.actor]}.")
        return [Section("why", tuple(lines))]
    if not diagnostic.alternatives:
        return []
    several = [
        Section("why", (f"The response leaves {len(diagnostic.alternatives)} possibilities:",))
    ]
    return several + [_alternative(n, a) for n, a in enumerate(diagnostic.alternatives, 1)]


def _alternative(number: int, explanation: Explanation) -> Section:
    words = f"{explanation.title}. {explanation.meaning}"
    return Section(f"maybe {number}", (words, *explanation.remedies), "maybe")


def _retry(diagnostic: Diagnostic) -> Section:
    retry = diagnostic.retry
    verdict = VERDICTS[retry.verdict]
    if retry.after_seconds:
        verdict += f", after {retry.after_seconds:g} s"
    if not retry.trail:
        return Section("retry", (verdict + ".",))
    return Section("retry", (f"{verdict}. {retry.trail[0]}", *retry.trail[1:]))


def ticket(report: Report) -> list[str]:
    """Request id and date: what support asks for first."""
    parts = [f"request id {report.request_id}"] if report.request_id else []
    return parts + ([f"date {report.date}"] if report.date else [])
