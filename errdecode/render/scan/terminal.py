"""A scan for people: a table of groups with sparklines, then what else is to be known.

Two lines for each group and more where there is more to say; codes, pointers and places are never
split. Colours are written by hand: loading a library for them takes longer than all the rest.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from errdecode.render import View
from errdecode.render.scan import Findings
from errdecode.render.scan.words import (
    account,
    axis_of,
    between,
    change_of,
    count,
    ends_of_axis,
    failures,
    format_of,
    headline,
    left_out,
    left_unread,
    moment,
    name_of,
    place_of,
    reach,
    retry_of,
    status_of,
    title_of,
)
from errdecode.sanitise import sanitise
from errdecode.scan.histogram import Axis
from errdecode.scan.model import Group, Scan, Sighting, Unreadable

SHOWN = 20
"""Groups that are shown, unless the reader asks for more."""
LISTED = 3
"""Skipped files, and unreadable candidates, that are named, unless the reader asks for more."""
INDENT = 6
_BARS = " ▁▂▃▄▅▆▇█"
_ASCII_BARS = " .:-=+*#@"
_STYLES = {"error": "1;31", "label": "1", "dim": "2", "note": "33", "good": "32", "new": "1;33"}


def render(findings: Findings, view: View) -> str:
    """The groups, the most frequent first, and the summary."""
    scan = findings.scan
    lines = [
        *_head(scan, view),
        *_groups(scan, view),
        *_more(scan, view),
        *_summary(findings, view),
    ]
    return "".join(line.rstrip() + "\n" for line in lines)


def line(item: Sighting | Unreadable, view: View) -> str:
    """One error while it is found, for `--follow`: `app.log:17: error[CODE]: what happened`."""
    place = sanitise(place_of(item.place))
    if isinstance(item, Unreadable):
        return f"{place}: {_paint(item.reason, 'note', view)}\n"
    kind = _paint(f"error[{item.code}]" if item.code else "error", "error", view)
    status = f" [HTTP {item.status}]" if item.status else ""
    title = sanitise(item.title or item.message or "")
    return f"{place}: {kind}: {title}{status}\n"


def sparkline(row: tuple[int, ...], *, ascii: bool = False) -> str:
    """Counts as bars, the largest one full; a blank stands for none."""
    bars = _ASCII_BARS if ascii else _BARS
    top, most = max(row, default=0), len(bars) - 1
    return "".join(bars[-(-number * most // top) if number else 0] for number in row)


def _paint(text: str, style: str, view: View) -> str:
    """Every string on its way to the terminal passes here: the one boundary for foreign text."""
    clean = sanitise(text)
    return f"\x1b[{_STYLES[style]}m{clean}\x1b[0m" if view.color and clean.strip() else clean


def _head(scan: Scan, view: View) -> Iterator[str]:
    style = "error" if scan.errors else "note" if scan.unreadable_count else "good"
    said, when = headline(scan), reach(scan)
    fits = view.width is None or len(said) + len(when or "") + 3 <= view.width
    yield _paint(said, style, view) + (f" · {when}" if when and fits else "")
    if when and not fits:
        yield when
    if scan.interrupted:
        yield _paint(f"interrupted: {scan.interrupted}", "note", view)
    for note in scan.notes:
        yield from _wrapped(f"note: {note}", "note", view, 0)


def _groups(scan: Scan, view: View) -> Iterator[str]:
    shown = scan.groups if view.verbose else scan.groups[:SHOWN]
    if not shown:
        return
    axis = axis_of(scan, 16 if view.width is not None and view.width < 90 else 32)
    digits = max(len("count"), *(len(f"{group.count:,}") for group in shown))
    yield ""
    yield _paint(f"{'#':>3}  {'count':>{digits}}  {_scale(scan, axis)}status  error", "dim", view)
    for at, group in enumerate(shown):
        row = axis.rows[at] if axis else ()
        yield from _group(group, axis, row, digits, view)
    if axis and axis.outside:
        yield ""
        yield f"not among the bars: {left_out(axis)}"
    left = scan.groups[len(shown) :]
    if left:
        errors = count(sum(group.count for group in left), "error")
        yield ""
        yield f"and {count(len(left), 'more group')} with {errors}; -v shows them all"


def _scale(scan: Scan, axis: Axis | None) -> str:
    """The head of the sparklines: when the first and the last error came, as far as there is
    room."""
    if axis is None:
        return ""
    first, last = map(moment, ends_of_axis(scan, axis))
    part = slice(11, 16) if axis.width * axis.spans < 86400 else slice(5, 10)
    ends = f"{first[part]}{last[part]:>{max(0, axis.spans - 5)}}" if axis.spans >= 12 else "time"
    return f"{ends:<{axis.spans}.{axis.spans}}  " if axis.spans >= 4 else " " * (axis.spans + 2)


def _group(
    group: Group, axis: Axis | None, row: tuple[int, ...], digits: int, view: View
) -> Iterator[str]:
    spark = f"{sparkline(row, ascii=view.ascii):<{axis.spans}}  " if axis else ""
    status = f"{status_of(group) or '-':>6}  "
    change = f"{group.change.upper()} " if group.change not in (None, "same") else ""
    before = f"{group.number:>3}  {group.count:>{digits},}  {spark}{status}"
    room = None if view.width is None else view.width - len(before + change)
    name = _name(group, room)
    where = f" at {sanitise(group.pointer)}" if group.pointer else ""
    apart = bool(where) and room is not None and len(name + where) > room
    shown = _paint(name, "error" if group.code else "label", view) + ("" if apart else where)
    yield before + _paint(change, "new", view) + shown
    if apart:
        yield " " * INDENT + where.lstrip()
    title = title_of(group)
    if title:
        yield from _wrapped(title, "label", view)
    yield from _filled(_facts(group), "dim", view)
    for follows in group.follows:
        yield from _wrapped(f"follows {follows}", "note", view)


def _name(group: Group, room: int | None) -> str:
    """The name of a group, in what is left of the line; a code is never cut, a message may be."""
    name = sanitise(name_of(group))
    if group.code or room is None:
        return name
    return textwrap.shorten(name, max(20, room), placeholder=" …")


def _facts(group: Group) -> list[str]:
    facts = [format_of(group)]
    retry = retry_of(group)
    if retry:
        facts.append(f"retry: {retry}")
    if group.first is not None and group.last is not None:
        facts.append(between(group.first, group.last))
    if group.files > 1:
        facts.append(count(group.files, "file"))
    if group.exemplars:
        facts.append(place_of(group.exemplars[0].place))
    change = change_of(group)
    return [*facts, change] if change else facts


def _more(scan: Scan, view: View) -> Iterator[str]:
    """First failures, then what could not be read."""
    told = list(failures(scan))
    if told:
        yield ""
    for line in told:
        yield from _wrapped(f"first failure: {line}", "label", view, 0)
    most = None if view.verbose else LISTED
    if scan.unreadable_count and not view.quiet:
        yield ""
        said = f"{scan.unreadable_count:,} looked like an error and could not be read:"
        yield from _wrapped(said, "note", view, 0)
        listed = [f"{place_of(one.place)}: {one.reason}" for one in scan.unreadable[:most]]
        yield from _listed(listed, scan.unreadable_count, view)
    for said, files in () if view.quiet else left_unread(scan):
        yield ""
        yield _paint(f"{len(files):,} {said}:", "note", view)
        listed = [f"{one.file}: {one.reason}" for one in files[:most]]
        yield from _listed(listed, len(files), view)


def _listed(lines: list[str], whole: int, view: View) -> Iterator[str]:
    for line in lines:
        yield from _wrapped(line, None, view, 2)
    if whole > len(lines):
        more = "" if view.verbose else "; -v lists more"
        yield f"  and {whole - len(lines):,} more{more}"


def _summary(findings: Findings, view: View) -> Iterator[str]:
    yield ""
    yield from _filled(account(findings.scan), "dim", view, 0)
    if findings.scan.groups and not view.quiet:
        first = findings.scan.groups[0].number
        yield from _wrapped(
            f"next: `{findings.command} --open {first}` shows a group in full", "dim", view, 0
        )


def _wrapped(line: str, style: str | None, view: View, indent: int = INDENT) -> Iterator[str]:
    """Prose in the reader's width; words such as codes and places are never split."""
    clean = sanitise(line)
    room = None if view.width is None else max(20, view.width - indent)
    parts = [clean]
    if room:
        parts = textwrap.wrap(clean, room, break_long_words=False, break_on_hyphens=False)
    for part in parts:
        yield " " * indent + (_paint(part, style, view) if style else part)


def _filled(parts: list[str], style: str, view: View, indent: int = INDENT) -> Iterator[str]:
    """Facts side by side, as many on a line as fit; none is split."""
    line = ""
    for part in map(sanitise, parts):
        longer = f"{line} · {part}" if line else part
        if line and view.width is not None and len(longer) + indent > view.width:
            yield " " * indent + _paint(line, style, view)
            longer = part
        line = longer
    yield " " * indent + _paint(line, style, view)
