"""The answer for people, on a terminal or in a pipe; the only module that knows rich.

Lines are built from styled pieces of our own; rich is loaded only when there is colour or a link to
write, as its import takes as long as all the rest.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from errdecode.model import Candidate, Diagnostic, Field, Report
from errdecode.model.record import NamedTuple
from errdecode.render import View
from errdecode.render.brevity import LONGEST_IN_FULL, shorten
from errdecode.render.causes import (
    brief_sections,
    cause_sections,
    causes_shown,
    follow_line,
    marked,
)
from errdecode.render.frame import Frame, Look, Plan
from errdecode.render.section import Section
from errdecode.render.sections import facts, headline, ticket
from errdecode.sanitise import safe_link, sanitise

INDENT = 10
"""Columns before the text of a section; its label stands in them."""
FULL = 3
"""Causes shown in full; the others get a line each, unless the reader asks for more."""
MOST_EARLIER = 10
"""Answers before the last one that are shown."""
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


class Piece(NamedTuple):
    """A stretch of a line in one style."""

    text: str
    style: str = ""
    """A key of `_STYLES`, or nothing."""
    link: str | None = None


Line = tuple[Piece, ...]


def render(report: Report, view: View) -> str:
    """The answer as text; with `view.color` or `view.links`, with the terminal's escapes for
    them."""
    lines = _lines(report, view)
    if view.color or view.links:
        return _paint(lines, view.color)
    return "".join("".join(piece.text for piece in line) + "\n" for line in lines)


def _paint(lines: Iterable[Line], color: bool) -> str:
    """Write the lines through rich, which knows the escapes."""
    import io

    from rich.console import Console
    from rich.style import Style
    from rich.text import Text

    out = io.StringIO()
    console = Console(
        file=out,
        force_terminal=True,
        color_system="standard" if color else None,
        no_color=not color,
        width=1_000_000,  # lines are broken here, not by rich
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for line in lines:
        text = Text()
        for piece in line:
            style = Style.parse(_STYLES.get(piece.style, "") if color else "")
            text.append(piece.text, style + Style(link=piece.link) if piece.link else style)
        console.print(text, soft_wrap=True)
    return out.getvalue()


def _text(value: str, style: str = "", link: str | None = None) -> Line:
    """Every string on its way to the terminal passes here: the one boundary for foreign text."""
    return (Piece(sanitise(value), style, link),)


def _lines(report: Report, view: View) -> Iterator[Line]:
    shown = causes_shown(report, view)
    yield from _head(report, shown[0].first if shown else None, view)
    full = len(shown) if view.verbose else FULL
    plan = Plan(marked(shown[:full], view), Look(view.width, view.ascii, view.charset))
    known: set[tuple[str, ...]] = set()
    for number, cause in enumerate(shown):
        if number:
            yield ()
            yield _headline(report, cause.first)
        if number < full:
            yield from _diagnostic(cause_sections(report, cause, view, plan), view, known)
        else:
            for section in brief_sections(report, cause, view, plan):
                yield from _section(section, view)
        folded = None if view.verbose else follow_line(cause)
        if folded:
            yield from _labelled("then", [folded], view)
    if len(shown) > FULL and not view.verbose:
        last = "problem" if len(shown) == FULL + 1 else f"{len(shown) - FULL}"
        more = f"-v tells all that is known of the last {last}, too"
        yield from _labelled("next", [more], view)
    if ticket(report):
        yield from _labelled("ticket", [" · ".join(ticket(report))], view)
    if view.verbose:
        yield from _proof(report, view)
    if view.verbose > 1:
        yield from _exchange(report)
    if not view.quiet:
        yield from _notes(report, view)


def _diagnostic(parts: list[Section], view: View, known: set[tuple[str, ...]]) -> Iterator[Line]:
    """The sections of a problem; what an earlier one has said already is not said again."""
    above = False
    for section in parts:
        content = (section.label, *section.lines)
        if section.kind == "frame" or content not in known or view.verbose:
            yield from _section(section, view)
        else:
            above = above or section.label in ("why", "do")
        known.add(content)
    if above:
        yield from _labelled("do", ["as above"], view)


def _head(report: Report, first: Diagnostic | None, view: View) -> Iterator[Line]:
    yield _headline(report, first)
    parts = facts(report)
    if report.name != "-":
        parts.append(report.name)
    for line in _fill(parts, view.width):
        yield _text("  " + line, "dim")


def _fill(parts: list[str], width: int | None) -> Iterator[str]:
    """Set parts side by side with a dot between them, as many on a line as fit; none is split."""
    line = ""
    for part in parts:
        longer = f"{line} · {part}" if line else part
        if line and width is not None and len(longer) + 2 > width:
            yield line
            longer = part
        line = longer
    if line:
        yield line


def _headline(report: Report, diagnostic: Diagnostic | None) -> Line:
    kind, code, title = headline(report, diagnostic)
    style = kind if kind in _STYLES else ("good" if kind.startswith("no error") else "label")
    line = _text(kind, style)
    if code:
        line += _text(f"[{code}]", style)
    return line + _text(f": {title}", "label")


def _section(section: Section, view: View) -> Iterator[Line]:
    lines = list(section.lines)
    if section.kind == "steps":
        lines = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
        yield from _labelled(section.label, lines, view, hang=3)
    elif section.kind == "diff":
        yield from _labelled(section.label, lines[:1], view)
        for line in lines[1:]:
            yield _text(" " * INDENT + line, "good" if line.startswith("+") else "error")
    elif section.kind == "maybe":
        yield from _labelled(section.label, lines[:1], view)
        yield from _labelled("", [f"- {line}" for line in lines[1:]], view, hang=2)
    elif section.kind == "places":
        yield from _labelled("", [f"{lines[0]}: -v tells all of them"], view)
    elif section.kind == "link":
        for number, line in enumerate(lines):
            label = section.label if number == 0 else ""
            link = safe_link(line) if view.links else None
            yield _gutter(label) + _text(line, link=link)
    else:
        yield from _labelled(section.label, lines, view)
    if section.frame:
        yield from _frame(section.frame, view)


def _gutter(label: str) -> Line:
    return _text(f"  {label} ".ljust(INDENT) if label else " " * INDENT, "label")


def _labelled(
    label: str, lines: list[str], view: View, hang: int = 0, style: str = ""
) -> Iterator[Line]:
    """Lines of prose beside a label, wrapped at the reader's width; `hang` indents what follows."""
    for line in lines:
        for part in _wrap(sanitise(line), view.width, hang):
            yield _gutter(label) + _text(part, style)
            label = ""


def _wrap(line: str, width: int | None, hang: int = 0) -> list[str]:
    """Break prose at blanks; words such as codes, pointers and links are never split."""
    if width is None:
        return [line]
    return textwrap.wrap(
        line,
        max(20, width - INDENT),
        subsequent_indent=" " * hang,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


def _frame(frame: Frame, view: View) -> Iterator[Line]:
    bar = "|" if view.ascii else "│"
    gutter = frame.gutter
    for part in _wrap(sanitise(frame.head), view.width):
        yield _text(" " * INDENT + part.replace("\u00a0", " "), "dim")
    for row in frame.rows:
        edge = f"{' ' * INDENT}{row.edge:>{gutter}}"
        if row.is_gap:
            yield _text(edge, "dim")
            continue
        yield _text(f"{edge} {bar} ", "dim") + _text(row.text, "mark" if row.mark else "")


def _proof(report: Report, view: View) -> Iterator[Line]:
    """Why this format: every clue of the best candidates."""
    for number, candidate in enumerate(report.detection.candidates[:3]):
        label = "format" if number == 0 else "or"
        yield from _score_sheet(candidate, label, view)


def _score_sheet(candidate: Candidate, label: str, view: View) -> Iterator[Line]:
    word = candidate.confidence or "too weak to claim"
    line = f"{candidate.id}: {word}, {candidate.score:.1f} bits ({candidate.shape})"
    yield from _labelled(label, [line], view)
    marks = {True: "+", False: "-", None: "?"}
    for piece in candidate.evidence:
        seen = f" (seen at {piece.seen_at or 'the body'})" if piece.matched else ""
        worth = f" {piece.weight:.1f}" if piece.weight else ""
        clue = f"{marks[piece.matched]}{worth} {piece.claim}{seen}"
        yield from _labelled("", [clue], view, hang=2, style="dim")


def _exchange(report: Report) -> Iterator[Line]:
    """The parsed exchange: what was taken for what."""
    request, response = report.exchange.request, report.exchange.response
    for number, one in enumerate(report.exchange.earlier[:MOST_EARLIER]):
        said = f"{one.status or ''} {one.reason or ''}".strip()
        yield _gutter("" if number else "earlier") + _text(shorten(said, LONGEST_IN_FULL))
        yield from _fields(one.headers)
    if request:
        url = request.url.value if request.url else ""
        line = f"{request.method or ''} {url}".strip()
        yield _gutter("request") + _text(shorten(line, LONGEST_IN_FULL))
        yield from _fields(request.headers)
    if response:
        said = f"{response.status or ''} {response.reason or ''}".strip()
        kind = report.body.kind if report.body else "empty"
        yield _gutter("response") + _text(f"{shorten(said, LONGEST_IN_FULL)} ({kind} body)")
        yield from _fields(response.headers)


def _fields(fields: tuple[Field, ...]) -> Iterator[Line]:
    for field in fields:
        value = shorten(field.value.value, LONGEST_IN_FULL)
        yield _text(f"{' ' * INDENT}{field.name}: {value}", "dim")


def _notes(report: Report, view: View) -> Iterator[Line]:
    for note in report.notes:
        yield from _labelled("note", [note.message], view)
    for hint in report.hints:
        yield from _labelled("next", [hint], view)
