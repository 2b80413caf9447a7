"""The outputs: one pure function each, from a report to text; only the command line prints."""

from __future__ import annotations

from collections.abc import Sequence

from errdecode.model import Report
from errdecode.model.record import NamedTuple

RENDERERS = {
    "terminal": "errdecode.render.terminal",
    "short": "errdecode.render.short",
    "json": "errdecode.render.json",
    "markdown": "errdecode.render.markdown",
    "html": "errdecode.render.html",
}
"""The choices of `--output`, each with the module whose `render` makes it; a module that has
`render_all` shows several reports together."""


class View(NamedTuple):
    """How the reader wants to see it."""

    width: int | None = None
    """Columns to wrap prose at; None leaves lines as long as they are."""
    color: bool = False
    ascii: bool = False
    """Draw frames with ASCII characters only."""
    charset: str | None = None
    """What the answer is written in, where that lacks characters: they are shown as escapes."""
    links: bool = False
    """Make documentation links clickable (OSC 8)."""
    verbose: int = 0
    """1 adds the proof of detection, 2 the parsed exchange."""
    quiet: bool = False
    """Leave out hints and notes."""
    indent: bool = False
    """JSON over several lines."""


def render(report: Report, output: str, view: View) -> str:
    """Render a report that has been through `redact`; the text ends with a line break."""
    from importlib import import_module

    text = import_module(RENDERERS[output]).render(_for_people(report, output, view), view)
    assert isinstance(text, str)  # noqa: S101  # the contract of every module in RENDERERS
    return text


def is_joint(output: str) -> bool:
    """Whether several reports are shown together, as on one page, and not one after the other."""
    from importlib import import_module

    return hasattr(import_module(RENDERERS[output]), "render_all")


def render_all(reports: Sequence[Report], output: str, view: View) -> str:
    """Render reports that have been through `redact` together; only where `is_joint` says so."""
    from importlib import import_module

    shown = [_for_people(report, output, view) for report in reports]
    text = import_module(RENDERERS[output]).render_all(shown, view)
    assert isinstance(text, str)  # noqa: S101  # the contract of every module that has it
    return text


def _for_people(report: Report, output: str, view: View) -> Report:
    """A report whose long texts are cut short, but for a program, which wants them whole."""
    if output == "json":
        return report
    from errdecode.render.brevity import shorten_report

    return shorten_report(report, view.verbose)
