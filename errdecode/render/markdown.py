"""The answer for a ticket: Markdown in which nothing foreign is interpreted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errdecode.model import Diagnostic, Report
from errdecode.render import View
from errdecode.render.causes import cause_sections, causes_shown, follow_line, marked
from errdecode.render.frame import Frame, Look, Plan
from errdecode.render.section import Section
from errdecode.render.sections import facts, headline, ticket
from errdecode.render.spans import code_span
from errdecode.sanitise import escape_markdown, fence_for, safe_link, sanitise

_LABELS = {
    "cause": "Root cause",
    "where": "Where",
    "said": "What the server said",
    "why": "Why",
    "do": "What to do",
    "change": "The change",
    "retry": "May I retry?",
    "read": "Where to read more",
    "link": "The server's own link",
}


def render(report: Report, view: View) -> str:
    """The answer as Markdown (CommonMark)."""
    shown = causes_shown(report, view)
    plan = Plan(marked(shown, view), Look(view.width, view.ascii, view.charset))
    blocks = [*_head(report, shown[0].first if shown else None)]
    for number, cause in enumerate(shown):
        if number:
            blocks.append(_heading(report, cause.first))
        for section in cause_sections(report, cause, view, plan):
            blocks += _section(section)
        folded = None if view.verbose else follow_line(cause)
        if folded:
            blocks.append(escape_markdown(folded))
    if not view.quiet:
        blocks += [f"> note: {escape_markdown(note.message)}" for note in report.notes]
        blocks += [f"> next: {escape_markdown(hint)}" for hint in report.hints]
    return "\n\n".join(blocks) + "\n"


def _head(report: Report, first: Diagnostic | None) -> Iterator[str]:
    yield _heading(report, first)
    lines = [escape_markdown(fact) for fact in [*facts(report), *ticket(report)]]
    if lines:
        yield "\n".join(f"- {line}" for line in lines)


def _heading(report: Report, diagnostic: Diagnostic | None) -> str:
    kind, code, title = headline(report, diagnostic)
    return f"### {kind}{f' {code_span(code)}' if code else ''}: {escape_markdown(title)}"


def _section(section: Section) -> Iterator[str]:
    label = f"**{_LABELS.get(section.label, escape_markdown(section.label.capitalize()))}**"
    lines = list(section.lines)
    if section.kind == "steps":
        yield label
        yield "\n".join(f"{n}. {_prose(line)}" for n, line in enumerate(lines, 1))
    elif section.kind == "diff":
        yield f"{label}: {_prose(lines[0])}"
        text = sanitise("\n".join(lines[1:]), keep_lines=True)
        yield f"{fence_for(text)}diff\n{text}\n{fence_for(text)}"
    elif section.kind == "maybe":
        yield f"{label}: {_prose(lines[0])}"
        yield "\n".join(f"- {_prose(line)}" for line in lines[1:])
    elif section.kind == "places":
        yield f"{label}: {_prose(lines[0])}"
    elif section.kind == "link":
        links = [safe_link(line) for line in lines]
        yield f"{label}: " + ", ".join(f"<{link}>" for link in links if link)
    elif section.kind == "quote":
        yield label
        yield "  \n".join(f"> {escape_markdown(line)}" for line in lines)
    elif section.kind == "frame":
        first = code_span(lines[0]) if lines[0].startswith("/") else _prose(lines[0])
        yield f"{label}: {first}" + "".join(f" ({_prose(x)})" for x in lines[1:])
        if section.frame:
            yield _frame(section.frame)
    else:
        yield f"{label}: " + "  \n".join(_prose(line) for line in lines)


def _prose(line: str) -> str:
    """Our own words, in which backticks mark code; all else is text."""
    parts = re.split(r"`([^`]+)`", line)
    return "".join(code_span(p) if at % 2 else _between(p) for at, p in enumerate(parts))


def _between(text: str) -> str:
    """Text beside a code span keeps its blanks, which would start a block elsewhere."""
    words = text.strip(" ")
    if not words:
        return text
    lead, tail = len(text) - len(text.lstrip(" ")), len(text) - len(text.rstrip(" "))
    return " " * lead + escape_markdown(words) + " " * tail


def _frame(frame: Frame) -> str:
    rows = [
        f"{row.edge:>{frame.gutter}}{'' if row.is_gap else f' │ {row.text}'}".rstrip()
        for row in frame.rows
    ]
    text = sanitise("\n".join([frame.head.replace("\u00a0", " "), *rows]), keep_lines=True)
    fence = fence_for(text)
    return f"{fence}text\n{text}\n{fence}"
