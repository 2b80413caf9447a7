"""What every client's reader is given and gives back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from errdecode.capture.dialects.escapes import unescape
from errdecode.capture.dialects.line import Simple
from errdecode.capture.dialects.pieces import concatenate
from errdecode.model import Field, Note, Request, Text
from errdecode.model.record import NamedTuple

if TYPE_CHECKING:
    from errdecode.capture.shown import Shown

FORM = "application/x-www-form-urlencoded"
_FORMAT = ("%s", "%b", "%s\n", "%b\n", "%s\\n", "%b\\n")


class Stdin(NamedTuple):
    """What a command would read from standard input."""

    text: Text | None = None
    file: str | None = None
    """The file it comes from, whose content the paste does not show."""
    command: str | None = None
    """The command that makes it, which is not run."""
    find_file: Callable[[str], Shown | None] = lambda _: None
    """What the session shows of a file."""


class Reading(NamedTuple):
    """What a client makes of its words."""

    request: Request
    notes: tuple[Note, ...] = ()
    files: tuple[str, ...] = ()
    """Names of files that the body is read from."""
    others: tuple[Request, ...] = ()
    """The requests that the same command sends after this one, in order."""
    pattern: Text | None = None
    """The URL as it is written, if it stands for those of all requests."""


def find_stdin(commands: Sequence[Simple], index: int, ancestor: Text) -> Stdin:
    """Find what feeds the simple command `index` (0-based): a here-document, `<`, or `echo`,
    `printf`, `cat` in a pipe.
    """
    own = commands[index]
    if own.stdin is not None:
        return Stdin(own.stdin)
    if own.stdin_file is not None:
        return Stdin(file=own.stdin_file.value)
    if index == 0 or commands[index - 1].operator != "|":
        return Stdin()
    before = commands[index - 1]
    name, arguments = before.words[0].value, before.words[1:]
    if name == "cat":
        return _cat(before, arguments)
    if name == "echo":
        return Stdin(_echo(arguments, ancestor))
    if name == "printf" and arguments:
        printed = _printf(arguments)
        return Stdin(printed) if printed else Stdin(command=name)
    if not arguments and not name.isalnum():
        return Stdin(before.words[0])  # PowerShell pipes the value of an expression
    return Stdin(command=name)


def body_in_file(name: str) -> Note:
    """The note for a body that stands in a file."""
    return Note(
        "body-in-file", f"the request body is in the file {name}, which is not part of the input"
    )


def body_from_command(name: str) -> Note:
    """The note for a body that another command makes."""
    return Note(
        "body-from-command", f"the request body is made by the command {name}, which is not run"
    )


def has_field(fields: Sequence[Field], name: str) -> bool:
    """True when a header field of that name is there, whatever its case."""
    return any(field.name.lower() == name.lower() for field in fields)


def _cat(before: Simple, arguments: Sequence[Text]) -> Stdin:
    names = [one.value for one in arguments if one.value != "-"]
    if names:
        return Stdin(file=names[0])
    file = before.stdin_file.value if before.stdin_file else None
    return Stdin(before.stdin, file)


def _echo(arguments: Sequence[Text], ancestor: Text) -> Text:
    """What echo prints: its arguments with spaces between, escapes undone after -e, a line break
    unless -n.
    """
    options, at = "", 0
    while at < len(arguments) and arguments[at].value in ("-n", "-e", "-E", "-ne", "-en"):
        options += arguments[at].value
        at += 1
    pieces: list[Text | str] = []
    for one in arguments[at:]:
        pieces += (
            [" ", unescape(one) if "e" in options else one]
            if pieces
            else [unescape(one) if "e" in options else one]
        )
    return concatenate(ancestor, pieces if "n" in options else [*pieces, "\n"])


def _printf(arguments: Sequence[Text]) -> Text | None:
    """What printf prints, for a format that is plain text or just one conversion."""
    if arguments[0].value in _FORMAT and len(arguments) > 1:
        return unescape(arguments[1]) if "b" in arguments[0].value else arguments[1]
    return None if "%" in arguments[0].value else unescape(arguments[0])
