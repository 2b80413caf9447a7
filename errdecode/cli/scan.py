"""Run `scan`: find all errors of some logs, compare, save, and print what was asked for."""

from __future__ import annotations

import sys
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from errdecode.cli.manners import view_of
from errdecode.cli.options import check_sense
from errdecode.cli.scan_options import Asked, read_options
from errdecode.cli.streams import warn, write
from errdecode.errors import INTERRUPTED, NOT_UNDERSTOOD, UNDERSTOOD, InputError, UsageError
from errdecode.render.charset import to_plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from errdecode.catalog import Catalog
    from errdecode.cli.options import Chosen
    from errdecode.model import Report
    from errdecode.scan.baseline import Baseline
    from errdecode.scan.exemplar import Opened
    from errdecode.scan.model import Group, Scan, Sighting, Unreadable

OPENED = 25
"""Groups whose first exemplar an HTML report shows in full."""
PATIENCE = 5.0
"""Seconds after which no further one is opened."""
WARNED = 20
"""Skipped files that are told on standard error, where the output has no place for them."""


def run_scan(paths: tuple[str, ...], options: dict[str, object]) -> int:
    """Scan what the command line names; the exit code."""
    from errdecode.cli.run import open_for

    asked, chosen = read_options(paths, options)
    check_sense(chosen)
    if not asked.paths and sys.stdin.isatty():
        raise UsageError(
            "no PATH, and standard input is a terminal; see `errdecode scan -h`",
            "for example: errdecode scan /var/log/app",
        )
    asked = asked._replace(paths=asked.paths or ("-",))
    baseline = _read_baseline(asked.compare)
    catalog = open_for(chosen)
    found = _scan(asked, chosen)
    whole = found
    if baseline is not None:
        from errdecode.scan.baseline import compare

        whole = compare(found, baseline, partial(_name_of, catalog))
    if asked.save is not None:
        _save(found, asked.save, chosen)
    _show(whole, asked, chosen, catalog)
    return exit_code(whole, asked)


def _name_of(catalog: Catalog, id: str) -> str:
    """What people call a format; a baseline may know one that this catalog does not."""
    return catalog.name(id).name if id in catalog else id


def exit_code(scan: Scan, asked: Asked) -> int:
    """130 when it was interrupted, 3 when a path could not be read, 1 for what `--fail-on` says."""
    if scan.interrupted:
        return INTERRUPTED
    unread = {one.file for one in scan.skipped if not one.again} & set(asked.paths)
    if unread or (scan.skipped and not scan.files):
        return InputError.exit_code
    here = [group for group in scan.groups if group.count]
    found = {
        "any": bool(here),
        "unknown": any(group.format is None for group in here),
        "new": any(group.change == "new" for group in here),
    }
    return NOT_UNDERSTOOD if asked.fail_on and found[asked.fail_on] else UNDERSTOOD


def _scan(asked: Asked, chosen: Chosen) -> Scan:
    """Scan, with progress on a terminal; for `--jsonl`, each error is printed at once."""
    from errdecode.cli.progress import ProgressLine, is_wanted
    from errdecode.scan.run import ScanOptions, scan

    options = ScanOptions(
        catalog=chosen.catalog,
        engine=asked.engine,
        jobs=asked.jobs,
        follow=asked.follow,
        scheduler=asked.scheduler,
        show_secrets=chosen.show_secrets,
    )
    line = ProgressLine()
    wanted = is_wanted(quiet=chosen.quiet) and not (
        asked.follow or (asked.form == "jsonl" and sys.stdout.isatty())
    )
    each = _printer(asked, chosen)
    try:
        return scan(asked.paths, options, line.show if wanted else None, each)
    finally:
        line.clear()


def _printer(asked: Asked, chosen: Chosen) -> Callable[[Sighting | Unreadable], None] | None:
    """What prints each error while the scan goes on: for lines of JSON, and for `--follow`."""
    if asked.open is not None or asked.why is not None:
        return None
    if asked.form == "jsonl":
        from errdecode.render.scan.jsonl import line as as_json

        make = partial(as_json, show_secrets=chosen.show_secrets)
    elif asked.follow and asked.form == "terminal":
        from errdecode.render.scan.terminal import line

        make = partial(line, view=view_of(chosen))
    else:
        return None

    def show(item: Sighting | Unreadable) -> None:
        sys.stdout.write(make(item))
        if asked.follow:
            sys.stdout.flush()

    return show


def _read_baseline(file: str | None) -> Baseline | None:
    if file is None:
        return None
    from errdecode.cli.inputs import read_bytes
    from errdecode.scan.baseline import read

    said = f"--compare {file}"
    return read(read_bytes(file, None, "--compare").decode("utf-8", "replace"), said)


def _save(scan: Scan, file: str, chosen: Chosen) -> None:
    """Write the baseline; what is not whole is none."""
    from errdecode.scan.baseline import to_json

    if scan.interrupted:
        warn(f"--save {file}: not saved, as the scan was interrupted", chosen)
        return
    try:
        with open(file, "w", encoding="ascii") as target:
            target.write(to_json(scan))
    except OSError as fault:
        reason = fault.strerror or "cannot be written"
        raise InputError(f"--save {file}: {reason}", "check the path and its permissions") from None


def _show(scan: Scan, asked: Asked, chosen: Chosen, catalog: Catalog) -> None:
    """Print the groups, or the one that is asked for."""
    if asked.open is not None:
        _open(_group(scan, asked.open), asked, chosen, catalog)
        return
    view = view_of(chosen)
    if asked.why is not None:
        from errdecode.render.scan.why import render_why

        group = _group(scan, asked.why)
        text = render_why(group, view, json=chosen.json)
    else:
        from errdecode.render.scan import Findings, render

        opened = _open_some(scan, chosen, catalog) if asked.form == "html" else {}
        findings = Findings(scan, opened, _command(asked))
        indent = asked.form == "json" and sys.stdout.isatty()
        text = render(findings, asked.form, view._replace(indent=indent))
    if asked.form == "jsonl":
        _tell_skipped(scan, chosen)
    write(to_plain(text) if view.ascii and asked.form in ("terminal", "markdown") else text)


def _group(scan: Scan, number: int) -> Group:
    groups = [group for group in scan.groups if group.number == number]
    if not groups:
        there = f"there are {len(scan.groups):,}" if scan.groups else "there are no errors"
        raise UsageError(f"there is no group {number}", there)
    return groups[0]


def _open(group: Group, asked: Asked, chosen: Chosen, catalog: Catalog) -> None:
    """Print the full report on a group's first exemplar that can be read again."""
    from errdecode.cli.run import show
    from errdecode.scan.exemplar import open_exemplar

    reason = "it is gone: the baseline holds no body" if not group.exemplars else None
    for sighting in group.exemplars:
        opened = open_exemplar(sighting, catalog)
        report = _masked(opened, chosen)
        if report:
            form = "json" if asked.form == "jsonl" else asked.form
            write(show(report, chosen._replace(output=form), False, True))
            return
        reason = reason or opened.reason
    raise InputError(f"group {group.number} cannot be opened: {reason}")


def _open_some(scan: Scan, chosen: Chosen, catalog: Catalog) -> dict[int, Report]:
    """The reports on the most frequent groups, masked, as many as there is time for."""
    from errdecode.scan.exemplar import open_exemplar

    opened: dict[int, Report] = {}
    end = monotonic() + PATIENCE
    for group in scan.groups[:OPENED]:
        if group.exemplars and monotonic() < end:
            exemplar = open_exemplar(group.exemplars[0], catalog)
            report = _masked(exemplar, chosen)
            if report:
                opened[group.number] = report
    return opened


def _masked(opened: Opened, chosen: Chosen) -> Report | None:
    """The report on an exemplar without its secrets, unless the user asked for them."""
    from errdecode.redact import redact

    if opened.report is None or chosen.show_secrets:
        return opened.report
    return redact(opened.report, opened.around)


def _command(asked: Asked) -> str:
    """The command line for a hint: with its paths, when they are few."""
    import shlex

    paths = " ".join(map(shlex.quote, asked.paths))
    return f"errdecode scan {paths}" if len(paths) <= 60 else "errdecode scan …"


def _tell_skipped(scan: Scan, chosen: Chosen) -> None:
    if chosen.quiet:
        return
    for one in scan.skipped[:WARNED]:
        warn(f"{one.file} was {'read in part' if one.part else 'skipped'}: {one.reason}", chosen)
    if len(scan.skipped) > WARNED:
        warn(f"{len(scan.skipped) - WARNED:,} more were skipped, or read in part", chosen)
