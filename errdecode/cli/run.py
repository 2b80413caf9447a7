"""Run `decode` and `why`: read the inputs, decode, mask, render, print; and the exit code."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from errdecode.cli.inputs import read_bytes
from errdecode.cli.manners import use_color, view_of
from errdecode.cli.options import Chosen
from errdecode.errors import NOT_UNDERSTOOD, UNDERSTOOD, ErrdecodeError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from errdecode.catalog import Catalog
    from errdecode.model import Report, Text


def run_decode(chosen: Chosen, why: bool = False) -> int:
    """Decode all that the command line names, print it, and return the exit code.

    An input that cannot be read is told and the others go on (BEHAVIOUR: 3 over 1 over 0).
    """
    from errdecode.catalog import open_catalog

    catalog = open_catalog(Path(chosen.catalog) if chosen.catalog else None)
    for note in catalog.notes:
        warn(note.message)
    if chosen.format:
        catalog.format(chosen.format)
    payload = read_payload(chosen)
    names = ["-"] if chosen.timeout else list(chosen.files) or ["-"]
    done: list[Report] = []
    failed: InputError | None = None
    for name in names:
        try:
            reports = decode_input(name, chosen, payload, catalog)
        except InputError as fault:
            complain(fault, chosen)
            failed = fault
            continue
        for report in reports:
            single = len(names) == len(reports) == 1
            write(show(report, chosen, why, single), separate=bool(done) and not is_json(chosen))
            done.append(report)
    if failed:
        return failed.exit_code
    return exit_code(done, chosen.exit_code == "verdict")


def read_payload(chosen: Chosen) -> Text | None:
    """The original payload of `--request`."""
    if chosen.request is None:
        return None
    from errdecode.decode import to_text

    return to_text(read_bytes(chosen.request, chosen.max_bytes), chosen.request)


def decode_input(
    name: str, chosen: Chosen, payload: Text | None, catalog: Catalog
) -> list[Report]:
    """The reports on one input. Raises `InputError`."""
    from errdecode.decode import Settings, decode_text, to_text

    data = b"" if chosen.timeout else read_bytes(name, chosen.max_bytes)
    if not data.strip() and chosen.status is None and not chosen.timeout:
        said = "standard input" if name == "-" else name
        raise InputError(
            f"{said} is empty",
            "curl hides the response of a failed call with -f; an empty body can be explained with --status N",
        )
    settings = Settings(
        payload,
        chosen.request or "",
        chosen.format,
        chosen.status,
        chosen.method,
        chosen.url,
        chosen.operation,
        chosen.timeout,
        _reader_beside(name, chosen) if chosen.read_files else None,
    )
    return decode_text(to_text(data, name), name, settings, catalog)


def _reader_beside(name: str, chosen: Chosen) -> Callable[[str], Text | None]:
    """Reads files that lie beside the input, or below it: nothing else, whatever a pasted command names."""
    from errdecode.decode import to_text

    folder = os.path.realpath("." if name == "-" else os.path.dirname(name) or ".")

    def read(wanted: str) -> Text | None:
        path = os.path.realpath(os.path.join(folder, wanted))
        if os.path.commonpath([folder, path]) != folder or not os.path.isfile(path):
            return None
        return to_text(read_bytes(path, chosen.max_bytes), wanted)

    return read


def show(report: Report, chosen: Chosen, why: bool, single: bool) -> str:
    """A report as the text the user asked for, with its secrets masked unless they asked for them."""
    from errdecode.render import render

    if not chosen.show_secrets:
        from errdecode.redact import redact

        report = redact(report)
    view = view_of(chosen)
    if is_json(chosen):
        return render(report, "json", view._replace(indent=single and sys.stdout.isatty()))
    if why:
        from errdecode.render.why import render as render_why

        return render_why(report, view)
    return render(report, chosen.output or "terminal", view)


def is_json(chosen: Chosen) -> bool:
    """Whether the answer is JSON."""
    return chosen.json or chosen.output == "json"


def write(text: str, separate: bool = False) -> None:
    """Print an answer; characters the stream cannot encode are shown as escapes."""
    encoding = sys.stdout.encoding or "utf-8"
    data = (("\n" if separate else "") + text).encode(encoding, "backslashreplace")
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(data.decode(encoding))
    else:
        binary.write(data)
        binary.flush()


# ---------------------------------------------------------------- what goes to standard error


def warn(message: str) -> None:
    """Tell something about errdecode itself."""
    from errdecode.sanitise import sanitise

    print(f"errdecode: warning: {sanitise(message)}", file=sys.stderr)


def complain(fault: ErrdecodeError, chosen: Chosen | None = None) -> None:
    """Tell what stopped a run or an input: what and where, then what to do; as JSON where JSON is asked for."""
    from errdecode.sanitise import sanitise

    if chosen and is_json(chosen):
        import json

        error = {"message": fault.message, "hint": fault.hint, "exit_code": fault.exit_code}
        print(json.dumps({"error": error}), file=sys.stderr)
        return
    bold, plain = ("\x1b[1;31m", "\x1b[0m") if use_color(chosen and chosen.color, sys.stderr) else ("", "")
    print(f"{bold}errdecode:{plain} {sanitise(fault.message)}", file=sys.stderr)
    if fault.hint:
        print(f"  {sanitise(fault.hint)}", file=sys.stderr)


# ---------------------------------------------------------------- exit codes


def exit_code(reports: list[Report], verdict: bool = False) -> int:
    """0 when all was understood, else 1; with `verdict`, what the first cause asks for."""
    if verdict:
        codes = [_verdict_code(report) for report in reports]
        return next((code for code in codes if code), UNDERSTOOD)
    return UNDERSTOOD if all(map(is_understood, reports)) else NOT_UNDERSTOOD


def is_understood(report: Report) -> bool:
    """An error of a documented format, or a response that is none."""
    if report.outcome in ("success", "redirect"):
        return True
    return report.format is not None and bool(report.diagnostics)


_CREDENTIALS = frozenset({401, 403, 407})
_NOT_FOUND = frozenset({404, 410})
_CONFLICT = frozenset({409, 412})
_GATEWAY = frozenset({502, 504})


def _verdict_code(report: Report) -> int:
    """What to do about a response, as a number for scripts."""
    if report.outcome in ("success", "redirect"):
        return UNDERSTOOD
    cause = next((d for d in report.diagnostics if d.problem.role == "cause"), None)
    if cause is None:
        return 19 if report.outcome == "unknown" or not report.diagnostics else UNDERSTOOD
    if report.exchange.failure:
        return 16
    response = report.exchange.response
    status = cause.problem.status or (response.status if response else None)
    actor = cause.explanation.actor if cause.explanation else None
    verdict = cause.retry.verdict
    table = (
        (verdict == "reconcile-first", 14),
        (status in _CREDENTIALS, 12),
        (status in _NOT_FOUND, 13),
        (status in _CONFLICT, 14),
        (verdict in ("later", "once"), 10),
        (status in _GATEWAY or actor == "operator", 16),
        (actor == "provider" or (status or 0) >= 500, 15),
        (verdict in ("after-change", "never"), 11),
    )
    return next((code for holds, code in table if holds), 19)
