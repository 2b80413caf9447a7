"""A scan as one page for a browser: it loads nothing, and its one script only sorts and filters.

Everything can be read without the script, whose controls show themselves only where it runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from errdecode.render import View, html
from errdecode.render.html.markup import Markup, element, joined, to_ascii, void
from errdecode.render.scan import Findings
from errdecode.render.scan.html.chart import chart
from errdecode.render.scan.html.group import group_item
from errdecode.render.scan.words import (
    account,
    axis_of,
    count,
    failures,
    headline,
    left_unread,
    place_of,
    reach,
)
from errdecode.scan.histogram import MOST
from errdecode.scan.model import Scan

SHOWN = 300
"""Groups on the page: more would make it slow, and nobody reads them."""
LISTED = 100
"""Skipped files that are named."""
SORTS = (
    ("number", "number", "most errors"),
    ("first", "number", "first seen"),
    ("last", "falling", "last seen"),
    ("status", "number", "status"),
    ("name", "text", "code"),
    ("format", "text", "format"),
)
"""What groups are sorted by: a `data-` attribute, how it is compared, and what it is called."""


def render(findings: Findings, view: View) -> str:
    """The whole page."""
    scan = findings.scan
    parts = [
        _header(scan),
        chart(scan),
        _groups(findings, view),
        *([] if view.quiet else _rest(scan)),
    ]
    if scan.groups and not view.quiet:
        command = f"{findings.command} --open {scan.groups[0].number}"
        parts.append(element("p", "A group in full: ", element("code", command), class_="next"))
    return _page(headline(scan), [part for part in parts if part])


def _page(title: str, parts: list[Markup]) -> str:
    script = _file("page.js")
    head = element(
        "head",
        *_lines(
            void("meta", charset="utf-8"),
            void("meta", http_equiv="Content-Security-Policy", content=_policy(script)),
            void("meta", name="viewport", content="width=device-width, initial-scale=1"),
            void("meta", name="color-scheme", content="light dark"),
            void("meta", name="referrer", content="no-referrer"),
            element("title", f"{title} · errdecode scan"),
            element("style", Markup(_style())),
        ),
    )
    body = element("main", *_lines(*parts)), element("script", Markup(script))
    page = element("html", *_lines(head, element("body", *_lines(*body), class_="scan")), lang="en")
    return to_ascii(f"<!DOCTYPE html>\n{page}\n")


def _policy(script: str) -> str:
    """What a browser may load: nothing, and it may run this one script
    (https://www.w3.org/TR/CSP3/)."""
    from base64 import b64encode
    from hashlib import sha256

    digest = b64encode(sha256(script.encode("ascii")).digest()).decode("ascii")
    return f"{html.POLICY}; script-src 'sha256-{digest}'"


def _style() -> str:
    own = _file("page.css")
    return Path(html.__file__).with_name("page.css").read_text(encoding="ascii") + own


def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="ascii")


def _lines(*content: str) -> list[str]:
    """Each piece on lines of its own."""
    return [Markup("\n"), *(joined(piece, Markup("\n")) for piece in content)]


def _header(scan: Scan) -> Markup:
    when = reach(scan)
    facts = [fact for fact in (when, *account(scan)) if fact]
    return element(
        "header",
        element("h1", element("b", headline(scan))),
        element("ul", *(element("li", fact) for fact in facts), class_="facts"),
        *_remarks(scan),
    )


def _remarks(scan: Scan) -> Iterator[Markup]:
    if scan.interrupted:
        yield element("p", f"Interrupted: {scan.interrupted}", class_="remark")
    for note in scan.notes:
        yield element("p", f"Note: {note}", class_="remark")
    for line in failures(scan):
        yield element("p", element("b", "First failure:"), f" {line}", class_="remark")


def _groups(findings: Findings, view: View) -> Markup:
    scan = findings.scan
    if not scan.groups:
        return Markup("")
    axis = axis_of(scan, MOST)
    items = (
        group_item(group, axis, axis.rows[at] if axis else (), findings.opened, view)
        for at, group in enumerate(scan.groups[:SHOWN])
    )
    left = scan.groups[SHOWN:]
    errors = count(sum(group.count for group in left), "error")
    rest = f"and {count(len(left), 'more group')} with {errors}, which `--json` has"
    return element(
        "section",
        element("h2", "Groups", id="groups"),
        element("p", _limit(scan), class_="remark") if left else "",
        _controls(f"{len(scan.groups):,}" if left else None),
        element("ol", *_lines(*items), class_="groups", aria_labelledby="groups"),
        element("p", rest) if left else "",
    )


def _limit(scan: Scan) -> str:
    """What the page has of very many groups."""
    return (
        f"This page has the {SHOWN:,} most frequent of {len(scan.groups):,} groups: what is sorted "
        "and filtered are these alone."
    )


def _controls(all: str | None) -> Markup:
    """What the script answers to; it is hidden where no script runs. `all`: the number of groups,
    when there are more than are here."""
    options = (
        element("option", words, value=name, data_by=by, selected="" if name == "number" else None)
        for name, by, words in SORTS
    )
    search = (
        element("label", "Filter", for_="filter"),
        void("input", type="search", id="filter", placeholder="code, message, URL, file ..."),
    )
    sort = element("label", "Sort by", for_="sort"), element("select", *options, id="sort")
    return element(
        "div",
        element("span", *search, class_="control"),
        element("span", *sort, class_="control"),
        element("output", id="shown", for_="filter", data_all=all),
        class_="controls",
        hidden="",
    )


def _rest(scan: Scan) -> Iterator[Markup]:
    """What could not be read, and what was left out."""
    if scan.unreadable_count:
        places = [(place_of(one.place), one.reason) for one in scan.unreadable]
        summary = f"{scan.unreadable_count:,} looked like an error and could not be read"
        yield _list(summary, places, scan.unreadable_count)
    for said, files in left_unread(scan):
        listed = [(one.file, one.reason) for one in files[:LISTED]]
        yield _list(f"{len(files):,} {said}", listed, len(files))


def _list(summary: str, lines: list[tuple[str, str]], whole: int) -> Markup:
    items = [element("li", element("code", place), f": {reason}") for place, reason in lines]
    if whole > len(items):
        items.append(element("li", f"and {whole - len(items):,} more"))
    return element("details", element("summary", summary), element("ul", *items), class_="left-out")
