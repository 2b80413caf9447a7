"""The command line: parse, run, and one place where every exception becomes a message and an exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from errdecode.errors import BUG, INTERRUPTED, ErrdecodeError

if TYPE_CHECKING:
    from errdecode.cli.options import Chosen


def main(arguments: list[str] | None = None) -> int:
    """Run the program; never raises, returns the exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        return _run(arguments)
    except ErrdecodeError as fault:
        from errdecode.cli.run import complain

        complain(fault, _as_far_as_known(arguments))
        return fault.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader has seen enough; keep Python from complaining at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as fault:
        return _report_bug(fault)


def _run(arguments: list[str]) -> int:
    """The usual calls without Typer, all others through it."""
    if arguments in (["--version"], ["-V"]):
        from errdecode import __version__

        print(f"errdecode {__version__}")
        return 0
    if arguments[:2] == ["completion", "--words"]:
        from errdecode.cli.completion.words import print_words

        return print_words(arguments[2:])
    from errdecode.cli.argv import read_argv

    chosen = read_argv(arguments)
    if chosen and (chosen.files or chosen.timeout or not sys.stdin.isatty()):
        from errdecode.cli.run import run_decode

        return run_decode(chosen)
    from errdecode.cli.app import run_app

    return run_app(arguments)


def _as_far_as_known(arguments: list[str]) -> Chosen | None:
    """What was asked for, so that the complaint comes in the form the user wants."""
    from errdecode.cli.argv import read_argv

    return read_argv(arguments)


def _report_bug(fault: Exception) -> int:
    """One line on standard error, and a log without a word of the payload: places and types only."""
    import tempfile
    import traceback

    frames = traceback.extract_tb(fault.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    with tempfile.NamedTemporaryFile(
        "w", prefix="errdecode-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.write("\n".join([type(fault).__name__, *lines]) + "\n")
    print(f"errdecode: a bug ({type(fault).__name__}); please report it with {log.name}", file=sys.stderr)
    return BUG
