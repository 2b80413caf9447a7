"""What stops a run: our exceptions and their exit codes.

    ErrdecodeError
    ├── UsageError            2  an option or argument makes no sense
    ├── InputError            3  an input cannot be read
    └── CatalogError          4  the built-in catalog, or a file the user named, is wrong

All are raised where the cause is known and caught in one place, `cli.main`, which prints the
message (what, where, what to do) on standard error and leaves with the exit code. Findings about an
input that could be read are values, never exceptions.
"""

from __future__ import annotations

UNDERSTOOD = 0
NOT_UNDERSTOOD = 1
BUG = 5
INTERRUPTED = 130


class ErrdecodeError(Exception):
    """Base of all; `exit_code` is the process's exit code."""

    exit_code = BUG

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        """What and where, in one sentence without a final full stop."""
        self.hint = hint
        """What to do about it."""


class UsageError(ErrdecodeError):
    """An option or argument makes no sense."""

    exit_code = 2


class InputError(ErrdecodeError):
    """An input cannot be read: missing, a directory, not text, too large, empty."""

    exit_code = 3


class CatalogError(ErrdecodeError):
    """The built-in catalog, or what `--catalog` or `--format` names, is wrong."""

    exit_code = 4
