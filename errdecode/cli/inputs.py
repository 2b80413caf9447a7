"""Reading inputs: files and standard input, within limits, with a clear word when it cannot be done."""

from __future__ import annotations

import os
import sys

from errdecode.errors import InputError

MAX_BYTES = 64 * 1024 * 1024


def read_bytes(name: str, most: int | None = None) -> bytes:
    """The bytes of a file, or of standard input for "-". Raises `InputError`."""
    most = MAX_BYTES if most is None else most
    try:
        if name == "-":
            return _within(sys.stdin.buffer.read(most + 1), "standard input", most)
        if os.path.isdir(name):
            raise InputError(f"{name} is a directory", "name the files in it")
        with open(name, "rb") as file:
            return _within(file.read(most + 1), name, most)
    except FileNotFoundError:
        raise InputError(f"{name}: there is no such file", _near(name)) from None
    except OSError as fault:
        raise InputError(f"{name}: {fault.strerror or 'cannot be read'}", "check the path and its permissions") from None


def _within(data: bytes, name: str, most: int) -> bytes:
    if len(data) > most:
        raise InputError(f"{name} is larger than {most:,} bytes", "raise the limit with --max-bytes N")
    return data


def _near(name: str) -> str:
    """What to do about a missing file: a name beside it that is close."""
    from difflib import get_close_matches

    folder, base = os.path.split(name)
    try:
        names = os.listdir(folder or ".")
    except OSError:
        return "check the path"
    close = get_close_matches(base, names, 1)
    return f"did you mean {os.path.join(folder, close[0])}?" if close else "check the path"
