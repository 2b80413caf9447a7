"""One group on the page: a line that opens into all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from errdecode.model import Report
from errdecode.render import View
from errdecode.render.html.answer import answer
from errdecode.render.html.markup import Markup, element, joined
from errdecode.render.scan.html.chart import spark
from errdecode.render.scan.words import (
    between,
    change_of,
    count,
    format_of,
    moment,
    name_of,
    place_of,
    request_of,
    retry_of,
    status_of,
    title_of,
)
from errdecode.render.sections import ACTORS
from errdecode.scan.histogram import Axis
from errdecode.scan.model import Group, Sighting

_NEVER = 1e18
"""Where a group without a time is sorted to."""


def group_item(
    group: Group, axis: Axis | None, row: Sequence[int], opened: Mapping[int, Report], view: View
) -> Markup:
    """A group as an item of the list; `data-` attributes tell the script what to sort by."""
    report = opened.get(group.number)
    details = element(
        "details",
        _summary(group, axis, row),
        element("dl", *(_row(label, *content) for label, content in _facts(group))),
        _exemplars(group) if group.exemplars else "",
        answer(report, view, group.number) if report else "",
    )
    first = _NEVER if group.first is None else group.first
    return element(
        "li",
        details,
        id=f"group-{group.number}",
        data_number=str(group.number),
        data_first=f"{first:.3f}",
        data_last=f"{group.last or 0:.3f}",
        data_status=str(group.status or 999),
        data_name=name_of(group),
        data_format=format_of(group),
    )


def _summary(group: Group, axis: Axis | None, row: Sequence[int]) -> Markup:
    change = group.change if group.change not in (None, "same") else None
    name = element("code", group.code) if group.code else name_of(group)
    status = element("span", f"HTTP {status_of(group)}", class_="status") if group.status else ""
    return element(
        "summary",
        element("span", str(group.number), class_="number"),
        element("span", f"{group.count:,}", element("span", "×", class_="times"), class_="count"),
        spark(axis, row),
        element(
            "span",
            element("span", change, class_="badge") if change else "",
            element("span", name, class_="fault"),
            status,
            element("span", title_of(group) or "", class_="means"),
        ),
    )


def _facts(group: Group) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "Format", (element("p", format_of(group)),)
    if group.pointer:
        yield "Where", (element("p", element("code", group.pointer)),)
    if group.message:
        yield "Message", (element("p", group.message),)
    retry = retry_of(group)
    if retry:
        yield "May I retry?", (element("p", retry),)
    if group.actor:
        yield "To act", (element("p", ACTORS.get(group.actor, group.actor)),)
    if group.first is not None and group.last is not None:
        yield "When", (element("p", f"{between(group.first, group.last)} UTC"),)
    change = change_of(group)
    if change:
        yield "Baseline", (element("p", change),)
    if group.follows:
        yield "Follows", tuple(_follows(group))
    for name, words in group.varied:
        yield f"Varied: {name}", (element("p", words),)
    if group.files > 1:
        yield "Files", (element("p", count(group.files, "file")),)


def _follows(group: Group) -> Iterator[Markup]:
    for cause, reason in zip(group.causes, group.follows, strict=True):
        link = element("a", f"group {cause}", href=f"#group-{cause}")
        yield element("p", link, reason.removeprefix(f"group {cause}"))


def _row(label: str, *content: str) -> Markup:
    return element("div", element("dt", label), element("dd", *content))


def _exemplars(group: Group) -> Markup:
    names = ("Where it stands", "When (UTC)", "Request", "Ids")
    head = element("tr", *(element("th", name, scope="col") for name in names))
    table = element(
        "table",
        element("caption", "Exemplars, the most complete first"),
        element("thead", head),
        element("tbody", *map(_exemplar, group.exemplars)),
        class_="exemplars",
    )
    return element("div", table, class_="wide")


def _exemplar(one: Sighting) -> Markup:
    context = one.context
    ids = [
        element("p", f"{label} ", element("code", id))
        for label, id in (("request", context.request_id), ("trace", context.trace_id))
        if id
    ]
    place = joined(element("code", place_of(one.place)), element("p", f"byte {one.place.offset:,}"))
    request = request_of(one)
    return element(
        "tr",
        element("td", place),
        element("td", moment(context.time) if context.time is not None else ""),
        element("td", element("code", request) if request else ""),
        element("td", *ids),
    )
