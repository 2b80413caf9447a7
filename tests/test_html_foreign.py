"""Whatever stands in a report, no markup comes of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.model import (
    Candidate,
    Detection,
    Diagnostic,
    Evidence,
    Exchange,
    Explanation,
    Field,
    FormatName,
    Location,
    Note,
    Problem,
    Report,
    Request,
    Response,
    Retry,
    Text,
)
from errdecode.render import View, render_all
from errdecode.render.html.markup import element
from errdecode.sanitise import sanitise

if TYPE_CHECKING:
    pass
from test_html import Page, unexpected

HOSTILE = st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='x",
        "</style></title></code><b>",
        "<!-- x -->",
        "]]>&lt;&#60;&amp",
        "javascript:alert(1)",
        "https://evil.example.org/",
        "`<i>`",
        "\x1b]8;;x\x07\u202e\ud800",
    ]
) | st.text(max_size=12)


@st.composite
def hostile_reports(draw: st.DrawFn) -> Report:
    """Reports in which any text is anything."""
    fill = lambda: draw(HOSTILE)  # noqa: E731  # a name for what stands everywhere below
    payload = Text(f'{{"a": "{fill()}"}}')
    location = Location(
        "request.body",
        fill(),
        draw(st.booleans()),
        text=payload,
        start=1,
        end=4,
        described=fill(),
        reason=fill(),
        suggestions=(fill(),),
    )
    explanation = Explanation(
        fill(), fill(), (fill(), fill()), "provider", fill(), see_also=(fill(),)
    )
    problem = Problem(
        code=fill(),
        title=fill(),
        detail=fill(),
        help=fill(),
        type=fill(),
        extensions={fill(): fill()},
        parameter=fill(),
        header=fill(),
        line=fill(),
        pointer_as_sent=fill(),
        role=draw(st.sampled_from(["cause", "consequence", "harmless"])),
    )
    known = draw(st.booleans())
    diagnostic = Diagnostic(
        problem,
        (location,),
        explanation if known else None,
        () if known else (explanation,),
        Retry("later", 3, (fill(), fill())),
    )
    candidate = Candidate(
        fill(),
        fill(),
        "likely",
        3.0,
        (Evidence(fill(), fill(), 1.0, True), Evidence(fill(), None, 0, None)),
    )
    header = (Field(fill(), Text(fill())),)
    exchange = Exchange(
        "http",
        Text(fill()),
        request=Request(fill(), Text(fill()), header),
        response=Response(400, fill(), header),
    )
    return Report(
        fill(),
        0,
        "error",
        exchange,
        None,
        FormatName(fill(), fill(), "vendor", None),
        Detection(candidate, (candidate,)),
        (diagnostic,) * draw(st.integers(0, 5)),
        (Note(fill(), fill()),),
        (fill(),),
        fill(),
        fill(),
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(hostile_reports(), min_size=1, max_size=2), st.integers(0, 2))
def test_no_text_becomes_markup(reports: list[Report], verbose: int) -> None:
    """Whatever stands in a report, no tag or attribute comes of it, and no link of ours is led
    astray."""
    text = render_all(reports, "html", View(verbose=verbose))
    page = Page(text)

    assert ([], set()) == (page.faults, unexpected(page))
    assert all(re.fullmatch(r"--column: \d+", style) for style in page.values("style"))
    assert all(re.match(r"https://|#answer-\d+$", link) for link in page.values("href"))
    assert text.isascii()


@given(st.text())
def test_text_is_shown_as_it_is(text: str) -> None:
    """What is printable is read as it was given, in content and in attributes."""
    shown = "".join(character for character in text if sanitise(character) == character)
    page = Page(element("p", shown, class_=shown))

    assert page.values("class") == ([shown] if shown else [])
