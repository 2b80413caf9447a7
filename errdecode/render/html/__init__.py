"""The answer as one page for a browser: it loads nothing, runs nothing, and reads well printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from errdecode.model import Report
from errdecode.render import View
from errdecode.render.html.answer import answer, heading_of, name_of, title_of
from errdecode.render.html.markup import Markup, element, joined, to_ascii, void

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may load for the page: nothing (https://www.w3.org/TR/CSP3/)."""


def render(report: Report, view: View) -> str:
    """One report as a page of its own."""
    return render_all([report], view)


def render_all(reports: Sequence[Report], view: View) -> str:
    """All reports on one page, those of several inputs under a table of contents."""
    if len(reports) == 1:
        return _page(title_of(reports[0], view), answer(reports[0], view))
    title = f"{len(reports)} answers"
    answers = (answer(report, view, number) for number, report in enumerate(reports, 1))
    return _page(title, element("h1", title), _contents(reports, view), *answers)


def _contents(reports: Sequence[Report], view: View) -> Markup:
    items = (
        element(
            "li",
            element("a", heading_of(report, view), href=f"#{name_of(number)}"),
            " " if report.name != "-" else "",
            element("span", report.name, class_="name") if report.name != "-" else "",
        )
        for number, report in enumerate(reports, 1)
    )
    return element("nav", element("ol", *items), class_="contents", aria_label="Answers")


def _page(title: str, *content: str) -> str:
    head = element(
        "head",
        *_lines(
            void("meta", charset="utf-8"),
            void("meta", http_equiv="Content-Security-Policy", content=POLICY),
            void("meta", name="viewport", content="width=device-width, initial-scale=1"),
            void("meta", name="color-scheme", content="light dark"),
            void("meta", name="referrer", content="no-referrer"),
            element("title", f"{title} · errdecode"),
            element("style", Markup(_style())),
        ),
    )
    main = element("main", *_lines(*content))
    page = element("html", *_lines(head, element("body", *_lines(main))), lang="en")
    return to_ascii(f"<!DOCTYPE html>\n{page}\n")


def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="ascii")


def _lines(*content: str) -> list[str]:
    """Each piece on lines of its own."""
    return [Markup("\n"), *(joined(piece, Markup("\n")) for piece in content)]
