"""Run `fix`: decode, correct what was sent, print it; nothing is ever sent."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from errdecode.cli.inputs import name_of
from errdecode.cli.options import Chosen, check_sense
from errdecode.cli.run import decode_inputs
from errdecode.cli.streams import write
from errdecode.errors import NOT_UNDERSTOOD, UNDERSTOOD, InputError, UsageError

if TYPE_CHECKING:
    from errdecode.model import Report
    from errdecode.render.fix import Fixed


def run_fix(chosen: Chosen, *, patch: bool, every: bool) -> int:
    """Print a corrected payload or command for each error that names one; the exit code.

    1 when some error could not be corrected.
    """
    check_sense(chosen)
    if not chosen.files and sys.stdin.isatty():
        raise UsageError(
            "no FILE, and standard input is a terminal; see `errdecode fix -h`",
            "for example: errdecode fix --request order.json error.json",
        )
    code, cut = UNDERSTOOD, False
    failed: InputError | None = None
    for found in decode_inputs(list(chosen.files) or ["-"], chosen):
        if isinstance(found, InputError):
            failed = found
            continue
        for report in found:
            text = _correct(report, chosen, patch=patch, every=every)
            if text is not None:
                write(f"\n{text}" if cut else text)
                cut = not text.endswith("\n")
            elif report.outcome not in ("success", "redirect"):
                code = NOT_UNDERSTOOD
    return failed.exit_code if failed else code


def _correct(report: Report, chosen: Chosen, *, patch: bool, every: bool) -> str | None:
    """What to print for one exchange; what there is to say of it is said."""
    from errdecode.render import fix

    make = fix.patch if patch else fix.fix
    fixed = make(report, every=every, show_secrets=chosen.show_secrets)
    _tell(report, fixed, chosen)
    return None if fixed.text is None else _safe(fixed.text)


def _safe(text: str) -> str:
    """A payload as it is, but harmless on a terminal, where its last line is ended."""
    if not sys.stdout.isatty():
        return text
    from errdecode.sanitise import sanitise

    text = sanitise(text, keep_lines=True)
    return text if text.endswith("\n") else text + "\n"


def _tell(report: Report, fixed: Fixed, chosen: Chosen) -> None:
    """Say on standard error what is masked, and what else could be corrected."""
    from errdecode.sanitise import sanitise

    name = sanitise(name_of(report.name))
    for remark in fixed.remarks:
        print(f"errdecode: {name}: {remark}", file=sys.stderr)
    if fixed.possible and not (chosen.quiet and fixed.text is not None):
        print(f"errdecode: {name}: --all makes these corrections as well", file=sys.stderr)
        for line in fixed.possible:
            print(f"  {sanitise(line)}", file=sys.stderr)
