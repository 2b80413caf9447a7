"""The outputs of a scan: one pure function each, from its account to text."""

from __future__ import annotations

from collections.abc import Mapping

from errdecode.model import Report
from errdecode.model.record import NamedTuple
from errdecode.render import View
from errdecode.scan.model import Scan

RENDERERS = {
    "terminal": "errdecode.render.scan.terminal",
    "json": "errdecode.render.scan.json",
    "jsonl": "errdecode.render.scan.jsonl",
    "markdown": "errdecode.render.scan.markdown",
    "html": "errdecode.render.scan.html",
}
"""The choices of `scan --output`, each with the module whose `render` makes it; `jsonl` is written
line by line, while the scan goes on."""


class Findings(NamedTuple):
    """What is shown: the account, and what was made of it."""

    scan: Scan
    """Masked, unless the user asked for secrets."""
    opened: Mapping[int, Report] = {}  # nobody writes to it
    """The full report on the first exemplar of some groups, by the number of the group."""
    command: str = "errdecode scan …"
    """The command line up to its options, for the hints."""


def render(findings: Findings, output: str, view: View) -> str:
    """Render a scan; the text ends with a line break, or is empty."""
    from importlib import import_module

    text = import_module(RENDERERS[output]).render(findings, view)
    assert isinstance(text, str)  # noqa: S101  # the contract of every module in RENDERERS
    return text
