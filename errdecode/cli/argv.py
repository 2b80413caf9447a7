"""The quick reader of `decode`'s command line: spares the usual call the import of Typer.

It knows the option table and nothing else. What it does not understand, and everything that is not `decode`, it
leaves to the Typer app; a test holds that both read every form alike.
"""

from __future__ import annotations

from errdecode.cli.options import OPTIONS, Chosen, Option

COMMANDS = ("decode", "why", "explain", "formats", "catalog", "completion")
_BY_FLAG = {flag: option for option in OPTIONS for flag in option.flags}


def read_argv(arguments: list[str]) -> Chosen | None:
    """Read a plain call of `decode`; None when Typer should have a look."""
    if find_command(arguments) is not None:
        return None
    values: dict[str, object] = {}
    files: list[str] = []
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word == "--":
            files += rest
            break
        if word == "-" or not word.startswith("-"):
            files.append(word)
        elif not _read_option(word, rest, values):
            return None
    return Chosen(files=tuple(files), **values)  # type: ignore[arg-type]  # the table names the members


def _read_option(word: str, rest: list[str], values: dict[str, object]) -> bool:
    """Read one option and its value into `values`; False when it is not plainly one of the table."""
    if not word.startswith("--"):
        return _read_short(word, rest, values)
    flag, equals, value = word.partition("=")
    option = _BY_FLAG.get(flag)
    if option is None or (equals and option.kind in ("flag", "count")):
        return False
    return _take(option, value if equals else None, rest, values)


def _read_short(word: str, rest: list[str], values: dict[str, object]) -> bool:
    """Read `-v`, `-vvq`, `-o json`, `-ojson`."""
    letters = word[1:]
    while letters:
        option = _BY_FLAG.get("-" + letters[0])
        if option is None:
            return False
        letters = letters[1:]
        if option.kind not in ("flag", "count"):
            return _take(option, letters or None, rest, values)
        _take(option, None, rest, values)
    return True


def _take(option: Option, value: str | None, rest: list[str], values: dict[str, object]) -> bool:
    """Set the option's value, taken from the next word where it needs one; False when it does not fit."""
    if option.kind == "flag":
        values[option.name] = True
        return True
    if option.kind == "count":
        values[option.name] = int(str(values.get(option.name, 0))) + 1
        return True
    if value is None:
        if not rest:
            return False
        value = rest.pop(0)
    if option.kind == "integer":
        if not (value.isascii() and value.isdecimal()):
            return False
        values[option.name] = int(value)
    elif option.kind == "choice" and value not in option.choices:
        return False
    else:
        values[option.name] = value
    return True


def find_command(arguments: list[str]) -> int | None:
    """Where the command's name stands, 0-based: the first word that is neither an option nor an option's value."""
    skip = False
    for at, word in enumerate(arguments):
        if skip:
            skip = False
        elif word == "--":
            return None
        elif word.startswith("-") and word != "-":
            option = _BY_FLAG.get(word)
            skip = option is not None and option.kind not in ("flag", "count")
        else:
            return at if word in COMMANDS else None
    return None
