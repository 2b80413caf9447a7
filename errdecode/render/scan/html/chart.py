"""Errors over time as drawings: one chart for all of them, and a small one for each group."""

from __future__ import annotations

from collections.abc import Sequence

from errdecode.render.html.markup import Markup, element
from errdecode.render.scan.words import axis_of, count, ends_of_axis, left_out, moment
from errdecode.scan.histogram import MOST, Axis, add_up
from errdecode.scan.model import Scan

_STEP, _BAR, _HEIGHT = 10, 8, 120
"""Of the drawing: a span's width, its bar's, and the height of the highest bar."""


def chart(scan: Scan) -> Markup:
    """The chart over time, with its figures in a table; nothing when no error bore a time."""
    axis = axis_of(scan, MOST)
    if axis is None:
        return Markup("")
    counts = add_up(axis.rows)
    timed = sum(counts)
    caption = f"{count(timed, 'error')} over time, in spans of {_long(axis.width)}"
    if axis.outside:
        caption += f"; {left_out(axis)}"
    if timed + axis.outside < scan.errors:
        caption += f"; {scan.errors - timed - axis.outside:,} bore no time"
    first, last = map(moment, ends_of_axis(scan, axis))
    ends = element(
        "div",
        element("span", first),
        element("span", f"{last} UTC"),
        class_="ends",
        aria_hidden="true",
    )
    return element(
        "figure",
        element("figcaption", caption),
        element("div", f"{max(counts):,}", class_="most", aria_hidden="true"),
        _bars(axis, counts, f"from {first} to {last} UTC"),
        ends,
        _figures(axis, counts),
        class_="chart",
    )


def spark(axis: Axis | None, row: Sequence[int]) -> Markup:
    """A group's own counts; what it says stands beside it in words."""
    if axis is None or not any(row):
        return element("span", class_="spark")
    top = max(row)
    bars = "".join(
        f"M{at * 3} 24v-{max(1, round(number * 24 / top))}h2v{max(1, round(number * 24 / top))}z"
        for at, number in enumerate(row)
        if number
    )
    return element(
        "svg",
        element("path", d=bars),
        class_="spark",
        viewBox=f"0 0 {axis.spans * 3} 24",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def _bars(axis: Axis, counts: tuple[int, ...], when: str) -> Markup:
    top = max(counts)
    bars = (
        element(
            "rect",
            element("title", f"{moment(_start(axis, at))} UTC: {count(number, 'error')}"),
            x=str(at * _STEP),
            y=str(_HEIGHT - _high(number, top)),
            width=str(_BAR),
            height=str(_high(number, top)),
        )
        for at, number in enumerate(counts)
        if number
    )
    worst = counts.index(top)
    words = (
        f"{count(sum(counts), 'error')} {when}; "
        f"the most, {top:,}, in the {_long(axis.width)} from {moment(_start(axis, worst))}"
    )
    return element(
        "svg",
        element("title", "Errors over time", id="chart-title"),
        element("desc", words, id="chart-words"),
        *bars,
        role="img",
        aria_labelledby="chart-title chart-words",
        viewBox=f"0 0 {axis.spans * _STEP} {_HEIGHT}",
        preserveAspectRatio="none",
    )


def _figures(axis: Axis, counts: tuple[int, ...]) -> Markup:
    head = element(
        "tr", element("th", "From (UTC)", scope="col"), element("th", "Errors", scope="col")
    )
    rows = (
        element(
            "tr",
            element("th", moment(_start(axis, at)), scope="row"),
            element("td", f"{number:,}"),
        )
        for at, number in enumerate(counts)
        if number
    )
    table = element(
        "table",
        element("caption", f"Errors in each span of {_long(axis.width)}"),
        element("thead", head),
        element("tbody", *rows),
        class_="figures",
    )
    return element("details", element("summary", "The figures"), table)


def _start(axis: Axis, at: int) -> float:
    return axis.start + axis.width * at


def _high(number: int, top: int) -> int:
    """How high a bar is; one error can be seen beside a million."""
    return max(2, round(number * _HEIGHT / top))


def _long(seconds: float) -> str:
    """`64 s`, `17 min`, `4.6 h`, `6.1 days`."""
    if seconds < 600:
        return f"{seconds:.0f} s"
    if seconds < 7200:
        return f"{seconds / 60:.0f} min"
    if seconds < 172_800:
        return f"{seconds / 3600:.1f} h"
    return f"{seconds / 86_400:.1f} days"
