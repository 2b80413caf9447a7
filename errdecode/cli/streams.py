"""The program's three streams: answers on standard output, all else on standard error."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from errdecode.cli.options import Chosen
    from errdecode.errors import ErrdecodeError


def prepare_streams() -> None:
    """Let no character a stream cannot encode stop the program: such ones are shown as escapes.

    A stream that the caller closed is None in Python; it is opened on nothing.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  # for good
        elif mode == "w" and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def write(text: str, separate: bool = False) -> None:
    """Print an answer at once; `separate` puts an empty line before it."""
    sys.stdout.write(f"\n{text}" if separate else text)
    sys.stdout.flush()


def discard_output() -> None:
    """Throw away what standard output still holds; else Python complains of it at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_json(chosen: Chosen) -> bool:
    """Whether the answer is JSON."""
    return chosen.json or chosen.output == "json"


def warn(message: str, chosen: Chosen) -> None:
    """Tell something about errdecode itself."""
    from errdecode.sanitise import sanitise

    if is_json(chosen):
        _tell_json("warning", {"message": message})
    else:
        print(f"errdecode: warning: {sanitise(message)}", file=sys.stderr)


def complain(fault: ErrdecodeError, chosen: Chosen) -> None:
    """Tell what stopped a run or an input: what and where, then what to do; as JSON if asked."""
    from errdecode.cli.manners import use_color
    from errdecode.sanitise import sanitise

    if is_json(chosen):
        error = {"message": fault.message, "hint": fault.hint, "exit_code": fault.exit_code}
        _tell_json("error", error)
        return
    bold, plain = ("\x1b[1;31m", "\x1b[0m") if use_color(chosen.color, sys.stderr) else ("", "")
    print(f"{bold}errdecode:{plain} {sanitise(fault.message)}", file=sys.stderr)
    if fault.hint:
        print(f"  {sanitise(fault.hint)}", file=sys.stderr)


def _tell_json(kind: str, value: dict[str, str | int | None]) -> None:
    """One line of JSON on standard error: `{"error": {...}}` or `{"warning": {...}}`."""
    import json

    print(json.dumps({kind: value}), file=sys.stderr)
