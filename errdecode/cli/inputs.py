"""Reading inputs: files and standard input, within limits, with a clear word when it fails."""

from __future__ import annotations

import os
import sys

from errdecode.errors import InputError

MAX_BYTES = 64 * 1024 * 1024


def read_bytes(name: str, most: int | None = None, role: str = "") -> bytes:
    """The bytes of a file, or of standard input for "-". Raises `InputError`.

    `role` names the option that asked for the file, for the complaint.
    """
    most = MAX_BYTES if most is None else most
    said = f"{role} {name_of(name)}".strip()
    try:
        if name == "-":
            return _within(sys.stdin.buffer.read(most + 1), said, most)
        if os.path.isdir(name):
            from shlex import quote

            scan = "" if role else f", or look into all of them: errdecode scan {quote(name)}"
            raise InputError(f"{said} is a directory", f"name the files in it{scan}")
        with open(name, "rb") as file:
            return _within(file.read(most + 1), said, most)
    except FileNotFoundError:
        raise InputError(f"{said}: there is no such file", _near(name, not role)) from None
    except OSError as fault:
        reason = fault.strerror or "cannot be read"
        raise InputError(f"{said}: {reason}", "check the path and its permissions") from None


def name_of(name: str) -> str:
    """An input's name in a sentence."""
    return "standard input" if name == "-" else name or "''"


def _within(data: bytes, said: str, most: int) -> bytes:
    if len(data) > most:
        said = f"{said} is larger than {most:,} bytes"
        raise InputError(said, "raise the limit with --max-bytes N")
    return data


def _near(name: str, may_be_command: bool) -> str:
    """What to do about a missing file: a close name beside it, or a command that is misspelt."""
    from difflib import get_close_matches

    from errdecode.cli.argv import COMMANDS

    folder, base = os.path.split(name)
    try:
        names = os.listdir(folder or ".")
    except OSError:
        return f"there is no folder {folder} either"
    close = get_close_matches(base, names, 1)
    if close:
        return f"did you mean {os.path.join(folder, close[0])}?"
    if may_be_command and base == "help":
        return "`errdecode -h` shows the help"
    commands = get_close_matches(name, COMMANDS, 1) if may_be_command else []
    if commands:
        return f"did you mean the command `errdecode {commands[0]}`?"
    aside = "; without a FILE, errdecode reads standard input" if may_be_command else ""
    return f"check the path{aside}"
