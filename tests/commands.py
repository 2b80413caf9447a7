"""Commands read in a line, for the tests of what each program sends."""

from __future__ import annotations

from errdecode.capture.command import Command, find_commands
from errdecode.model import Text


def only_command(value: str) -> Command:
    """The one command in a text."""
    commands = find_commands(Text(value))

    assert len(commands) == 1
    return commands[0]


def url_of(command: Command) -> str | None:
    """Where it sends its request."""
    return command.request.url.value if command.request.url else None


def body_of(command: Command) -> str | None:
    """The payload it sends."""
    return command.request.body.value if command.request.body else None
