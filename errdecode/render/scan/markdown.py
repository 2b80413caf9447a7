"""A scan for a ticket: Markdown in which nothing foreign is interpreted."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.render import View
from errdecode.render.scan import Findings
from errdecode.render.scan.words import (
    account,
    between,
    change_of,
    count,
    failures,
    format_of,
    headline,
    left_unread,
    name_of,
    place_of,
    reach,
    request_of,
    retry_of,
    status_of,
    title_of,
)
from errdecode.render.spans import code_span
from errdecode.sanitise import escape_markdown
from errdecode.scan.model import Group, Scan

SHOWN = 50
"""Groups in the table."""
DETAILED = 10
"""Groups that are told one by one."""
LISTED = 20
"""Skipped files, and unreadable candidates, that are named."""


def render(findings: Findings, view: View) -> str:
    """The account as Markdown (GitHub Flavored, for the table)."""
    scan = findings.scan
    blocks = [f"### {headline(scan)}", *_head(scan), *_table(scan)]
    for group in scan.groups[:DETAILED]:
        blocks += _group(group)
    if not view.quiet:
        blocks += _rest(scan)
        blocks += _next(findings)
    return "\n\n".join(blocks) + "\n"


def _head(scan: Scan) -> Iterator[str]:
    facts = [fact for fact in (reach(scan), *account(scan)) if fact]
    yield "\n".join(f"- {fact}" for fact in facts)
    if scan.interrupted:
        yield f"> interrupted: {escape_markdown(scan.interrupted)}"
    for note in scan.notes:
        yield f"> note: {escape_markdown(note)}"
    told = [f"- first failure: {escape_markdown(line)}" for line in failures(scan)]
    if told:
        yield "\n".join(told)


def _table(scan: Scan) -> Iterator[str]:
    groups = scan.groups[:SHOWN]
    if not groups:
        return
    change = any(group.change for group in groups)
    head = ["#", "count", *(["change"] if change else []), "status", "error", "format", "means"]
    ruler = ["--:", "--:", *(["---"] if change else []), "--:", "---", "---", "---"]
    rows = [_row(group, change=change) for group in groups]
    yield "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ruler, *rows))
    left = scan.groups[SHOWN:]
    if left:
        errors = count(sum(group.count for group in left), "error")
        yield f"and {count(len(left), 'more group')} with {errors}"


def _row(group: Group, *, change: bool) -> list[str]:
    name = _cell(code_span(group.code)) if group.code else escape_markdown(name_of(group))
    return [
        str(group.number),
        f"{group.count:,}",
        *([group.change or ""] if change else []),
        status_of(group),
        name,
        escape_markdown(format_of(group)),
        escape_markdown(title_of(group) or ""),
    ]


def _cell(span: str) -> str:
    """A code span in a table, where a bar would end the cell even there."""
    return span.replace("|", "\\|")


def _group(group: Group) -> Iterator[str]:
    name = code_span(group.code) if group.code else escape_markdown(name_of(group))
    yield f"#### {group.number}. {name}"
    yield "\n".join(f"- {line}" for line in _lines(group))


def _lines(group: Group) -> Iterator[str]:
    title = title_of(group)
    if title:
        yield f"**{escape_markdown(title)}**"
    yield f"{group.count:,} × {escape_markdown(format_of(group))}" + (
        f", HTTP {status_of(group)}" if group.status else ""
    )
    if group.pointer:
        yield f"at {code_span(group.pointer)}"
    if group.first is not None and group.last is not None:
        yield f"{between(group.first, group.last)} UTC"
    retry = retry_of(group)
    if retry:
        yield f"May I retry? {retry}"
    change = change_of(group)
    if change:
        yield f"Against the baseline: {change}"
    yield from (f"follows {escape_markdown(line)}" for line in group.follows)
    for one in group.exemplars:
        request = request_of(one)
        after = f": {code_span(request)}" if request else ""
        yield f"{code_span(place_of(one.place))}, byte {one.place.offset:,}{after}"


def _rest(scan: Scan) -> Iterator[str]:
    if scan.unreadable_count:
        listed = [
            f"{code_span(place_of(one.place))}: {escape_markdown(one.reason)}"
            for one in scan.unreadable
        ]
        yield f"{scan.unreadable_count:,} looked like an error and could not be read:"
        yield _list(listed, scan.unreadable_count)
    for said, files in left_unread(scan):
        listed = [f"{code_span(one.file)}: {escape_markdown(one.reason)}" for one in files]
        yield f"{len(files):,} {said}:"
        yield _list(listed, len(files))


def _list(lines: list[str], whole: int) -> str:
    shown = lines[:LISTED]
    if whole > len(shown):
        shown.append(f"and {whole - len(shown):,} more")
    return "\n".join(f"- {line}" for line in shown)


def _next(findings: Findings) -> Iterator[str]:
    groups = findings.scan.groups
    if groups:
        command = f"{findings.command} --open {groups[0].number}"
        yield f"> next: {code_span(command)} shows a group in full"
