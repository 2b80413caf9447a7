"""Long texts cut short for people, with how much was left out; JSON keeps them whole.

It is done to a masked report, as a part of a secret would not be known for one.
"""

from __future__ import annotations

from errdecode.model import Diagnostic, Report
from errdecode.render.section import Section

LONGEST = 1000
"""Characters of one text that are shown, unless the reader asks for more."""
LONGEST_IN_FULL = 10_000
"""Characters of one text that are shown with `-v`."""


def limit(verbose: int) -> int:
    """How many characters of one text the reader wants to see."""
    return LONGEST_IN_FULL if verbose else LONGEST


def shorten(text: str, most: int = LONGEST) -> str:
    """Cut a text after `most` characters and say how many follow.

    A text stays itself when it is hardly longer: than the words that would say so.
    """
    left = f"… ({len(text) - most:,} more characters; --json has all)"
    return text if len(text) <= most + len(left) else text[:most] + left


def shorten_report(report: Report, verbose: int) -> Report:
    """Cut what the server said of each problem, the notes and the hints."""
    most = limit(verbose)
    return report._replace(
        diagnostics=tuple(_shorten_problem(one, most) for one in report.diagnostics),
        request_id=_shorten(report.request_id, most),
        date=_shorten(report.date, most),
        notes=tuple(note._replace(message=shorten(note.message, most)) for note in report.notes),
        hints=tuple(shorten(hint, most) for hint in report.hints),
    )


def shorten_section(section: Section, verbose: int) -> Section:
    """Cut lines that were made of several texts; a frame has its own measure."""
    most = 4 * limit(verbose)
    return section._replace(lines=tuple(shorten(line, most) for line in section.lines))


def _shorten_problem(diagnostic: Diagnostic, most: int) -> Diagnostic:
    problem = diagnostic.problem
    words = problem._replace(
        code=_shorten(problem.code, most),
        type=_shorten(problem.type, most),
        title=_shorten(problem.title, most),
        detail=_shorten(problem.detail, most),
        instance=_shorten(problem.instance, most),
        help=_shorten(problem.help, most),
        pointer_as_sent=_shorten(problem.pointer_as_sent, most),
        parameter=_shorten(problem.parameter, most),
        header=_shorten(problem.header, most),
        line=_shorten(problem.line, most),
    )
    return diagnostic._replace(problem=words)


def _shorten(text: str | None, most: int) -> str | None:
    return None if text is None else shorten(text, most)
