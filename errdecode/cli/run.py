"""Run `decode` and `why`: read the inputs, decode, mask, render, print."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from errdecode.cli.inputs import name_of, read_bytes
from errdecode.cli.manners import view_of
from errdecode.cli.options import Chosen, check_sense
from errdecode.cli.streams import complain, is_json, warn, write
from errdecode.cli.verdict import exit_code
from errdecode.errors import CatalogError, InputError, UsageError
from errdecode.render.charset import to_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from errdecode.catalog import Catalog
    from errdecode.model import Report, Text


def run_decode(chosen: Chosen, why: bool = False) -> int:
    """Decode all that the command line names, print it, and return the exit code.

    An input that cannot be read is told and the others go on; the exit code is then 3.
    """
    check_sense(chosen)
    if not chosen.files and not chosen.timeout and sys.stdin.isatty():
        raise UsageError(
            "no FILE, and standard input is a terminal; see `errdecode -h`",
            "for example: curl -sS -i https://api.example.com/orders | errdecode"
            + (
                f"; or `errdecode explain {chosen.status}`, without an answer" * bool(chosen.status)
            ),
        )
    names = ["-"] if chosen.timeout else list(chosen.files) or ["-"]
    together = not why and _is_joint(chosen)
    done: list[Report] = []
    failed: InputError | None = None
    for found in decode_inputs(names, chosen, why):
        if isinstance(found, InputError):
            failed = found
            continue
        for report in found:
            single = len(names) == len(found) == 1
            if not together:
                text = show(report, chosen, why, single)
                write(text, separate=bool(done) and not _is_lines(chosen))
            done.append(report)
    if together and done:
        write(show_together(done, chosen))
    tally = os.environ.get("ERRDECODE_GAPS")
    if tally and not why:
        _count_gaps(tally, done, chosen)
    return failed.exit_code if failed else exit_code(done, chosen.exit_code == "verdict")


def _count_gaps(path: str, reports: list[Report], chosen: Chosen) -> None:
    """Add what a run could not explain to the tally; a tally that cannot be written is told."""
    from errdecode.authoring.gaps import record

    complaint = record(path, reports)
    if complaint:
        warn(complaint, chosen)


def decode_inputs(
    names: list[str], chosen: Chosen, why: bool = False
) -> Iterator[list[Report] | InputError]:
    """The reports on each input in turn; one that cannot be read is told, and is a fault here.

    `why` adds to each what would flip its choice.
    """
    catalog = open_for(chosen)
    payload = read_payload(chosen)
    for name in names:
        try:
            found = decode_input(name, chosen, payload, catalog)
        except InputError as fault:
            complain(fault, chosen)
            yield fault
        else:
            yield _add_flips(found, catalog) if why else found


def _add_flips(reports: list[Report], catalog: Catalog) -> list[Report]:
    from errdecode.flip import add_flips

    return [add_flips(report, catalog) for report in reports]


def open_for(chosen: Chosen) -> Catalog:
    """The catalog, once it is sure that it has what `--format` names."""
    from errdecode.catalog import open_catalog

    catalog = open_catalog(chosen.catalog)
    for note in catalog.notes:
        warn(note.message, chosen)
    if chosen.format is not None and chosen.format not in catalog.ids():
        from errdecode.render import RENDERERS

        hint = catalog.near(chosen.format)
        if chosen.format in RENDERERS:
            hint = f"the form of the answer is chosen with --output {chosen.format}"
        raise CatalogError(f"--format {chosen.format}: the catalog has no such format", hint)
    return catalog


def read_payload(chosen: Chosen) -> Text | None:
    """The original payload of `--request`. Raises `InputError`."""
    if chosen.request is None:
        return None
    from errdecode.pipeline import to_text

    said = f"--request {name_of(chosen.request)}"
    text = to_text(read_bytes(chosen.request, chosen.max_bytes, "--request"), said)
    if not text.value.strip():
        raise InputError(f"{said} is empty", "leave it out to decode without the payload")
    return text


def decode_input(name: str, chosen: Chosen, payload: Text | None, catalog: Catalog) -> list[Report]:
    """The reports on one input. Raises `InputError`."""
    from errdecode.pipeline import decode_text, open_data
    from errdecode.settings import Settings

    data = b"" if chosen.timeout else read_bytes(name, chosen.max_bytes)
    text, notes = open_data(data, name_of(name))
    if chosen.status is None and not chosen.timeout and not text.value.strip():
        raise InputError(
            f"{name_of(name)} is empty",
            "`curl -f` hides the answer of a failed call; --status N explains one without a body",
        )
    settings = Settings(
        request=payload,
        request_name=chosen.request or "",
        format=chosen.format,
        status=chosen.status,
        method=chosen.method,
        url=chosen.url,
        operation=chosen.operation,
        timeout=chosen.timeout,
        read_file=_reader_beside(name, chosen) if chosen.read_files else None,
    )
    return decode_text(text, name, settings, catalog, notes)


def _reader_beside(name: str, chosen: Chosen) -> Callable[[str], Text | None]:
    """Reads files beside the input, or below it: nothing else, whatever a pasted command names."""
    from errdecode.pipeline import to_text

    folder = os.path.realpath("." if name == "-" else os.path.dirname(name) or ".")

    def read(wanted: str) -> Text | None:
        try:
            path = os.path.realpath(os.path.join(folder, wanted))
            if os.path.commonpath([folder, path]) != folder or not os.path.isfile(path):
                return None
            return to_text(read_bytes(path, chosen.max_bytes), wanted)
        except (ValueError, InputError):  # a NUL in the name, another drive; or no text
            return None

    return read


def show(report: Report, chosen: Chosen, why: bool, single: bool) -> str:
    """A report as the user wants it, with its secrets masked unless they asked for them."""
    from errdecode.render import render

    report, view = _masked(report, chosen), view_of(chosen)
    if is_json(chosen):
        return render(report, "json", view._replace(indent=single and sys.stdout.isatty()))
    if why:
        from errdecode.render.why import render as render_why

        text = render_why(report, view)
    else:
        text = render(report, _output(chosen), view)
    return to_plain(text) if view.ascii else text


def show_together(reports: list[Report], chosen: Chosen) -> str:
    """All reports in one text, for an output that is a document of its own."""
    from errdecode.render import render_all

    masked = [_masked(report, chosen) for report in reports]
    return render_all(masked, _output(chosen), view_of(chosen))


def _masked(report: Report, chosen: Chosen) -> Report:
    """The report without its secrets, unless the user asked for them."""
    if chosen.show_secrets:
        return report
    from errdecode.redact import redact

    return redact(report)


def _output(chosen: Chosen) -> str:
    return "json" if chosen.json else chosen.output or "terminal"


def _is_joint(chosen: Chosen) -> bool:
    from errdecode.render import is_joint

    return is_joint(_output(chosen))


def _is_lines(chosen: Chosen) -> bool:
    """Whether the answers are lines for other programs, which no empty line may part."""
    return is_json(chosen) or chosen.output == "short"
