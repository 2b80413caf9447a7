"""The command line: parse, run, and the one place where exceptions become messages and codes."""

from __future__ import annotations

import sys

from errdecode.cli.streams import complain, discard_output, prepare_streams
from errdecode.errors import BUG, INTERRUPTED, UNDERSTOOD, ErrdecodeError, InputError


def main(arguments: list[str] | None = None) -> int:
    """Run the program; never raises, returns the exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    prepare_streams()
    try:
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except ErrdecodeError as fault:
        return _complain(fault, arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader has seen enough
        discard_output()
        return UNDERSTOOD
    except OSError as fault:
        discard_output()
        reason = fault.strerror or type(fault).__name__
        return _complain(InputError(f"the answer cannot be written: {reason}"), arguments)
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
    if chosen:
        from errdecode.cli.run import run_decode

        return run_decode(chosen)
    from errdecode.cli.app import run_app
    from errdecode.cli.lookup import shield_numbers

    return run_app(shield_numbers(arguments))


def _complain(fault: ErrdecodeError, arguments: list[str]) -> int:
    """Tell the fault in the form that the command line asks for, as far as that can be read."""
    from errdecode.cli.argv import read_manners

    complain(fault, read_manners(arguments))
    return fault.exit_code


def _report_bug(fault: Exception) -> int:
    """One line on standard error, and a log without a word of the payload: places and types."""
    import traceback

    frames = traceback.extract_tb(fault.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    log = _write_log("\n".join([type(fault).__name__, *lines]) + "\n")
    hint = f"please report it with {log}" if log else f"please report it; it was in {lines[-1]}"
    print(f"errdecode: a bug ({type(fault).__name__}); {hint}", file=sys.stderr)
    return BUG


def _write_log(text: str) -> str | None:
    """Write a log beside other temporary files; its path, or None when that cannot be done."""
    import tempfile

    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="errdecode-", suffix=".log", delete=False, encoding="utf-8"
        ) as log:
            log.write(text)
    except OSError:
        return None
    return log.name
