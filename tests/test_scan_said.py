"""What every output says of a scan: that nothing was found only where nothing was left unread, and
what happened to the scan itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sightings import scan_of

from errdecode.render import View
from errdecode.render.scan import Findings, render
from errdecode.render.scan.words import headline
from errdecode.render.spans import code_span
from errdecode.scan.model import Place, Unreadable

UNREADABLE = tuple(Unreadable(Place("app.log", at, 1), "the line is too long") for at in (7, 9))
FOR_PEOPLE = ["terminal", "markdown", "html"]


@pytest.mark.parametrize("output", FOR_PEOPLE)
def test_what_could_not_be_read_is_no_good_news(output: str) -> None:
    """Without errors, the first words tell of all that may be one and could not be read."""
    text = render(Findings(scan_of(*UNREADABLE)), output, View(color=True))

    assert "no errors found, but 2 places could not be read" in text
    assert "\x1b[32m" not in text


def test_no_errors_are_said_where_all_was_read() -> None:
    """With nothing left unread there is no word of it."""
    assert "no errors" == headline(scan_of())
    assert headline(scan_of(UNREADABLE[0])).endswith("but 1 place could not be read")


@pytest.mark.parametrize("output", FOR_PEOPLE)
def test_notes_on_the_scan_are_shown(output: str) -> None:
    """What happened to the scan itself stands in every output for people."""
    note = "a process died and its part was done again"
    text = render(Findings(scan_of()._replace(notes=(note,))), output, View())

    assert note in text


@given(st.text(st.sampled_from("`ab \\|"), max_size=12))
def test_nothing_ends_a_code_span_but_its_end(value: str) -> None:
    """The run of backticks around a value does not stand in it (CommonMark 0.31, section 6.1)."""
    span = code_span(value)
    ticks = span[: len(span) - len(span.lstrip("`"))]
    inner = span[len(ticks) : -len(ticks)]

    assert span.endswith(ticks)
    assert not any(run == ticks for run in _runs(inner))


def _runs(text: str) -> list[str]:
    """The runs of backticks in a text."""
    return [run for run in "".join(c if c == "`" else " " for c in text).split(" ") if run]
