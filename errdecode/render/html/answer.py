"""One report as an article: the sections of every answer, in the order of every answer."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.model import Diagnostic, Report
from errdecode.render import View
from errdecode.render.causes import (
    Cause,
    all_causes,
    cause_sections,
    causes_shown,
    count_line,
    follow_line,
    is_under,
    marked,
)
from errdecode.render.frame import Look, Plan
from errdecode.render.html.frame import frame_table
from errdecode.render.html.markup import Markup, element, joined, link, prose
from errdecode.render.html.proof import exchange, proof
from errdecode.render.section import Section
from errdecode.render.sections import facts, headline, ticket

FULL = 3
"""Causes that stand open; the others open at a click."""
_LABELS = {
    "cause": "Root cause",
    "where": "Where",
    "said": "The server said",
    "why": "Why",
    "do": "What to do",
    "change": "The change",
    "retry": "May I retry?",
    "read": "Read more",
    "link": "The server’s link",
    "note": "Note",
    "next": "Next",
    "then": "Then",
    "ticket": "For a ticket",
}
_WHOLE = "the whole body"


def name_of(number: int) -> str:
    """The `id` of an article on its page; `number` is 1-based."""
    return f"answer-{number}"


def title_of(report: Report, view: View) -> str:
    """The report's headline as plain text."""
    kind, code, title = headline(report, _first(report, view))
    return f"{kind}{f'[{code}]' if code else ''}: {title}"


def heading_of(report: Report, view: View) -> Markup:
    """The report's headline, its code marked as such."""
    return _headline(report, _first(report, view))


def answer(report: Report, view: View, number: int | None = None) -> Markup:
    """A report as an article; `number`, 1-based, when it is one of several on the page."""
    return _Answer(report, view, number).article()


class _Answer:
    """Writes one article: its headings have their ranks and ids from its place on the page."""

    def __init__(self, report: Report, view: View, number: int | None) -> None:
        self.report = report
        self.view = view
        self.name = name_of(number or 1)
        self.rank = 1 if number is None else 2
        self.known: set[tuple[str, ...]] = set()

    def article(self) -> Markup:
        """The whole article."""
        return element(
            "article",
            *(joined(part, Markup("\n")) for part in self._parts()),
            id=self.name,
            aria_labelledby=f"{self.name}-heading",
        )

    def _parts(self) -> Iterator[Markup]:
        report, view = self.report, self.view
        shown = causes_shown(report, view)
        plan = Plan(marked(shown if view.verbose else shown[:FULL], view), Look())
        yield self._head(shown[0].first if shown else None)
        for number, cause in enumerate(shown):
            yield self._problem(cause, number, plan)
            if cause.follows and not view.verbose:
                yield self._folded(cause, plan)
        if ticket(report):
            yield _labelled(_row("ticket", *(element("p", line) for line in ticket(report))))
        if report.detection.candidates:
            yield proof(report, is_open=view.verbose > 0)
        yield exchange(report, is_open=view.verbose > 1)
        remarks = [] if view.quiet else list(_remarks(report))
        if remarks:
            yield _labelled(*remarks)

    def _head(self, first: Diagnostic | None) -> Markup:
        report = self.report
        items = [element("li", fact) for fact in facts(report)]
        if report.name != "-":
            items.append(element("li", report.name, class_="name"))
        words = _headline(report, first)
        heading = element(f"h{self.rank}", words, id=f"{self.name}-heading")
        kind, _, _ = headline(report, first)
        facts_list = element("ul", *items, class_="facts") if items else ""
        return element("header", heading, facts_list, class_=_tone(kind))

    def _problem(self, cause: Cause, number: int, plan: Plan) -> Markup:
        """A cause; the first one's headline is the article's own."""
        parts = _labelled(*self._sections(cause, plan))
        if number == 0:
            return parts
        kind, _, _ = headline(self.report, cause.first)
        heading = element(f"h{self.rank + 1}", _headline(self.report, cause.first))
        if number < FULL or self.view.verbose:
            return element("section", heading, parts, class_=f"problem {_tone(kind)}")
        place = _place(cause)
        summary = element("summary", heading, element("code", place) if place else "")
        return element("details", summary, parts, class_=f"problem {_tone(kind)}")

    def _folded(self, cause: Cause, plan: Plan) -> Markup:
        """What only follows from a cause, in one line that opens."""
        inner = [each for each in all_causes(self.report) if is_under(each, cause)]
        problems = [self._problem(each, 1, plan) for each in inner]
        summary = element("summary", follow_line(cause) or "")
        return element("details", summary, *problems, class_="folded")

    def _sections(self, cause: Cause, plan: Plan) -> Iterator[Markup]:
        """The sections of a cause; what an earlier one has said already is not said again."""
        above = False
        for section in cause_sections(self.report, cause, self.view, plan):
            content = (section.label, *section.lines)
            if section.kind == "frame" or content not in self.known or self.view.verbose:
                yield _row(section.label, *_section(section))
            else:
                above = above or section.label in ("why", "do")
            self.known.add(content)
        if above:
            yield _row("do", element("p", "as above"))


def _first(report: Report, view: View) -> Diagnostic | None:
    """The problem in the headline of the answer."""
    shown = causes_shown(report, view)
    return shown[0].first if shown else None


def _headline(report: Report, diagnostic: Diagnostic | None) -> Markup:
    kind, code, title = headline(report, diagnostic)
    marked = [" ", element("code", code)] if code else []
    return joined(element("span", kind, *marked, class_="kind"), ": ", element("b", title))


_TONES = {"error": "bad", "consequence": "mild", "harmless": "good"}


def _tone(kind: str) -> str:
    """The colour of a headline; its words say the same."""
    return _TONES.get(kind, "good" if kind.startswith("no error") else "mild")


def _place(cause: Cause) -> str | None:
    """Where it is, for a cause that opens at a click."""
    problem = cause.first.problem
    if len(cause.members) > 1:
        return count_line(cause)
    return problem.pointer_as_sent or problem.parameter or problem.header


def _labelled(*rows: Markup) -> Markup:
    return element("dl", Markup("\n"), *(joined(row, Markup("\n")) for row in rows))


def _row(label: str, *content: Markup) -> Markup:
    """A label, and what stands beside it."""
    term = element("dt", _LABELS.get(label, label.capitalize()))
    return element("div", term, element("dd", *content), class_=label.split()[0])


def _section(section: Section) -> Iterator[Markup]:
    lines = section.lines
    if section.kind == "steps":
        yield element("ol", *(element("li", prose(line)) for line in lines))
    elif section.kind == "diff":
        yield element("p", prose(lines[0]))
        marks = {"-": "del", "+": "ins"}
        changed = (element(marks[line[0]], line) for line in lines[1:])
        yield element("pre", *changed, class_="diff")
    elif section.kind == "maybe":
        yield element("p", prose(lines[0]))
        yield element("ul", *(element("li", prose(line)) for line in lines[1:]))
    elif section.kind == "places":
        places = element("ul", *(element("li", element("code", place)) for place in lines[1:]))
        yield element("details", element("summary", lines[0]), places)
    elif section.kind == "link":
        yield from (element("p", link(line)) for line in lines)
    elif section.kind == "quote":
        yield element("blockquote", *(element("p", line) for line in lines))
    elif section.kind == "frame":
        yield element("p", element("code", lines[0]) if lines[0] != _WHOLE else _WHOLE)
        yield from (element("p", prose(line)) for line in lines[1:])
    else:
        yield from (element("p", prose(line)) for line in lines)
    if section.frame:
        yield frame_table(section.frame)


def _remarks(report: Report) -> Iterator[Markup]:
    yield from (_row("note", element("p", prose(note.message))) for note in report.notes)
    yield from (_row("next", element("p", prose(hint))) for hint in report.hints)
