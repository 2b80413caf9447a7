"""The answer for people, on a terminal or in a pipe; the only module that knows rich."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator

from rich.console import Console
from rich.style import Style
from rich.text import Text

from errdecode.model import Candidate, Diagnostic, Report
from errdecode.render import View
from errdecode.render.frame import Frame
from errdecode.render.sections import Section, consequence_line, facts, headline, sections, ticket
from errdecode.sanitise import safe_link, sanitise

INDENT = 10
"""Columns before the text of a section; its label stands in them."""
FULL = 3
"""Problems shown in full; the others get a line each, unless the reader asks for more."""
_STYLES = {
    "error": "bold red",
    "consequence": "yellow",
    "harmless": "cyan",
    "label": "bold",
    "dim": "dim",
    "mark": "bold red",
    "good": "bold green",
    "note": "yellow",
}


def render(report: Report, view: View) -> str:
    """The answer as text; with `view.color`, with the terminal's escapes for colour."""
    out = io.StringIO()
    console = Console(
        file=out,
        force_terminal=view.color,
        color_system="standard" if view.color else None,
        width=1_000_000,  # lines are broken here, not by rich
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for line in _lines(report, view):
        console.print(line, soft_wrap=True, end="\n")
    return out.getvalue()


def _text(value: str, style: str = "", link: str | None = None) -> Text:
    """Every string on its way to the terminal passes here: the one boundary for foreign text."""
    text = Text(sanitise(value), _STYLES.get(style, ""))
    if link:
        text.stylize(Style(link=link))
    return text


def _lines(report: Report, view: View) -> Iterator[Text]:
    shown = [d for d in report.diagnostics if d.problem.role != "consequence" or view.verbose]
    yield from _head(report, shown[0] if shown else None)
    known: set[tuple[str, ...]] = set()
    for number, diagnostic in enumerate(shown):
        if number:
            yield Text()
            yield _headline(report, diagnostic)
        if number < FULL or view.verbose:
            yield from _diagnostic(report, diagnostic, view, known)
        else:
            yield from _in_brief(diagnostic)
    folded = None if view.verbose else consequence_line(report)
    if folded:
        yield from _labelled("then", [folded], view)
    if ticket(report):
        yield from _labelled("ticket", [" · ".join(ticket(report))], view)
    if view.verbose:
        yield from _proof(report)
    if view.verbose > 1:
        yield from _exchange(report)
    if not view.quiet:
        yield from _notes(report, view)


def _diagnostic(
    report: Report, diagnostic: Diagnostic, view: View, known: set[tuple[str, ...]]
) -> Iterator[Text]:
    """The sections of a problem; what an earlier one has said already is not said again."""
    for section in sections(report, diagnostic, view):
        content = (section.label, *section.lines)
        if section.frame or content not in known or view.verbose:
            yield from _section(section, view)
        known.add(content)


def _head(report: Report, first: Diagnostic | None) -> Iterator[Text]:
    yield _headline(report, first)
    parts = facts(report)
    if report.name != "-":
        parts.append(report.name)
    if parts:
        yield _text("  " + " · ".join(parts), "dim")


def _headline(report: Report, diagnostic: Diagnostic | None) -> Text:
    kind, code, title = headline(report, diagnostic)
    style = kind if kind in _STYLES else ("good" if kind.startswith("no error") else "label")
    line = _text(kind, style)
    if code:
        line.append_text(_text(f"[{code}]", style))
    return line.append_text(_text(f": {title}", "label"))


def _in_brief(diagnostic: Diagnostic) -> Iterator[Text]:
    """A problem that is not among the first: where, and what the server said."""
    problem = diagnostic.problem
    parts = [problem.pointer_as_sent or problem.parameter, problem.detail or problem.title]
    text = " · ".join(part for part in parts if part)
    if text:
        yield _text(" " * INDENT + text, "dim")


def _section(section: Section, view: View) -> Iterator[Text]:
    lines = list(section.lines)
    if section.kind == "steps":
        lines = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
        yield from _labelled(section.label, lines, view, hang=3)
    elif section.kind == "link":
        for number, line in enumerate(lines):
            label = section.label if number == 0 else ""
            link = safe_link(line) if view.links else None
            yield _gutter(label).append_text(_text(line, link=link))
    else:
        yield from _labelled(section.label, lines, view)
    if section.frame:
        yield from _frame(section.frame, view)


def _gutter(label: str) -> Text:
    return _text(f"  {label:<{INDENT - 2}}"[: max(INDENT, len(label) + 3)], "label")


def _labelled(label: str, lines: list[str], view: View, hang: int = 0) -> Iterator[Text]:
    """Lines of prose beside a label, wrapped at the reader's width."""
    first = True
    for line in lines:
        for number, part in enumerate(_wrap(sanitise(line), view.width, hang)):
            indent = " " * hang if number else ""
            yield _gutter(label if first else "").append_text(_text(indent + part))
            first = False


def _wrap(line: str, width: int | None, hang: int) -> list[str]:
    """Break prose at blanks; words such as codes, pointers and links are never split."""
    if width is None:
        return [line]
    room = max(20, width - INDENT - hang)
    return textwrap.wrap(line, room, break_long_words=False, break_on_hyphens=False) or [""]


def _frame(frame: Frame, view: View) -> Iterator[Text]:
    bar = "|" if view.ascii else "│"
    gutter = max(len(str(row.number or "")) for row in frame.rows)
    yield _text(" " * (INDENT - 2) + "  " + (frame.head.replace("·", "-") if view.ascii else frame.head), "dim")
    for row in frame.rows:
        number = "" if row.number is None else str(row.number)
        line = _text(f"{' ' * INDENT}{number:>{gutter}} {bar} ", "dim")
        text = row.text.replace("…", "...") if view.ascii else row.text
        yield line.append_text(_text(text, "mark" if row.mark else ""))


def _proof(report: Report) -> Iterator[Text]:
    """Why this format: every clue of the best candidates."""
    for number, candidate in enumerate(report.detection.candidates[:3]):
        label = "format" if number == 0 else "or"
        yield from _score_sheet(candidate, label)


def _score_sheet(candidate: Candidate, label: str) -> Iterator[Text]:
    word = candidate.confidence or "too weak to claim"
    line = f"{candidate.id}: {word}, {candidate.score:.1f} bits ({candidate.shape})"
    yield _gutter(label).append_text(_text(line))
    marks = {True: "+", False: "-", None: "?"}
    for piece in candidate.evidence:
        seen = f" (seen at {piece.seen_at or 'the body'})" if piece.matched else ""
        worth = f" {piece.weight:.1f}" if piece.weight else ""
        yield _text(f"{' ' * INDENT}{marks[piece.matched]}{worth} {piece.claim}{seen}", "dim")


def _exchange(report: Report) -> Iterator[Text]:
    """The parsed exchange: what was taken for what."""
    request, response = report.exchange.request, report.exchange.response
    if request:
        url = request.url.value if request.url else ""
        yield _gutter("request").append_text(_text(f"{request.method or ''} {url}".strip()))
        for field in request.headers:
            yield _text(f"{' ' * INDENT}{field.name}: {field.value.value}", "dim")
    if response:
        said = f"{response.status or ''} {response.reason or ''}".strip()
        kind = report.body.kind if report.body else "empty"
        yield _gutter("response").append_text(_text(f"{said} ({kind} body)"))
        for field in response.headers:
            yield _text(f"{' ' * INDENT}{field.name}: {field.value.value}", "dim")


def _notes(report: Report, view: View) -> Iterator[Text]:
    for note in report.notes:
        yield from _labelled("note", [note.message], view)
    for hint in report.hints:
        yield from _labelled("next", [hint], view)
