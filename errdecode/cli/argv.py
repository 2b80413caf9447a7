"""The quick reader of `decode`'s command line: spares the usual call the import of Typer.

It knows the option table and nothing else. What it does not understand, and everything that is not
`decode`, it leaves to the Typer app; a test holds that both read every form alike.
"""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.cli.options import OPTIONS, Chosen, Option
from errdecode.model.record import NamedTuple

COMMANDS = ("decode", "why", "fix", "scan", "explain", "formats", "catalog", "completion")
_BY_FLAG = {flag: option for option in OPTIONS for flag in option.flags}


class Piece(NamedTuple):
    """One part of a command line."""

    at: int
    """The word it begins in, 0-based."""
    kind: str
    """word, option, rest (a word after `--`) or unknown (not of the table, or written oddly)."""
    value: str | None
    """The word, or the option's value; None for options that take none."""
    option: Option | None = None


def read_argv(arguments: list[str]) -> Chosen | None:
    """Read a plain call of `decode`; None when Typer should have a look."""
    if find_command(arguments) is not None:
        return None
    values: dict[str, object] = {}
    files: list[str] = []
    for piece in _pieces(arguments):
        if piece.option is None and piece.value is not None:
            files.append(piece.value)
        elif piece.option is None or not _set(piece.option, piece.value, values):
            return None
    return Chosen(files=tuple(files), **values)  # type: ignore[arg-type]  # names of the table


def read_manners(arguments: list[str]) -> Chosen:
    """What any command line, a wrong one too, asks of its complaints: JSON and colour."""
    values: dict[str, object] = {}
    for piece in _pieces(arguments):
        if piece.option and piece.option.name in ("json", "output", "color"):
            _set(piece.option, piece.value, values)
    return Chosen(**values)  # type: ignore[arg-type]  # names of the table


def find_command(arguments: list[str]) -> int | None:
    """Where the command's name stands, 0-based: the first word that is no option nor its value."""
    for piece in _pieces(arguments):
        if piece.kind in ("word", "rest"):
            return piece.at if piece.kind == "word" and piece.value in COMMANDS else None
    return None


def _pieces(arguments: list[str]) -> Iterator[Piece]:
    """Take a command line apart as Typer does: `--opt value`, `--opt=value`, `-vq`, `-ojson`."""
    at = 0
    while at < len(arguments):
        word = arguments[at]
        if word == "--":
            yield from (Piece(n, "rest", arguments[n]) for n in range(at + 1, len(arguments)))
            return
        if word == "-" or not word.startswith("-"):
            yield Piece(at, "word", word)
            at += 1
            continue
        pieces = list(_options(word, at))
        if pieces[-1].kind == "wants value":
            value = arguments[at + 1] if at + 1 < len(arguments) else None
            kind = "unknown" if value is None else "option"
            pieces[-1] = Piece(at, kind, value, pieces[-1].option if value is not None else None)
            at += 1
        yield from pieces
        at += 1


def _options(word: str, at: int) -> Iterator[Piece]:
    """The options in one word; the last may want its value, which is the next word."""
    if word.startswith("--"):
        flag, equals, value = word.partition("=")
        option = _BY_FLAG.get(flag)
        if option is None or (equals and not _takes_value(option)):
            yield Piece(at, "unknown", None)
        elif equals or not _takes_value(option):
            yield Piece(at, "option", value if equals else None, option)
        else:
            yield Piece(at, "wants value", None, option)
        return
    letters = word[1:]
    while letters:
        option, letters = _BY_FLAG.get("-" + letters[0]), letters[1:]
        if option is None:
            yield Piece(at, "unknown", None)
            return
        if _takes_value(option):
            yield Piece(at, "option" if letters else "wants value", letters or None, option)
            return
        yield Piece(at, "option", None, option)


def _takes_value(option: Option) -> bool:
    return option.kind not in ("flag", "count")


def _set(option: Option, value: str | None, values: dict[str, object]) -> bool:
    """Set the option's value; False when it does not fit."""
    if value is None:
        before = values.get(option.name, 0)
        values[option.name] = int(str(before)) + 1 if option.kind == "count" else True
        return True
    if option.kind == "integer":
        if not (value.isascii() and value.isdecimal() and len(value) < 19):
            return False
        values[option.name] = int(value)
        return True
    values[option.name] = value
    return option.kind != "choice" or value in option.choices
