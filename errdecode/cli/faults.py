"""Typer's complaints about a command line, told as errdecode tells its own."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from errdecode.cli.help import EXAMPLES
from errdecode.errors import UsageError


def as_ours(fault: Any) -> UsageError:
    """Put a usage fault of Typer into our words.

    Told apart by name: up to Typer 0.25 the classes are click's, later those of its own copy.
    """
    command = getattr(fault.ctx, "command", None)
    path = getattr(fault.ctx, "command_path", "errdecode")
    more = f"`{path.removesuffix(' decode')} -h` shows what it takes"
    kind = type(fault).__name__
    if kind == "NoSuchOption":
        return UsageError(f"there is no option {fault.option_name}", _near_option(fault, more))
    if kind == "MissingParameter" and fault.param is not None:
        example = EXAMPLES.get(path, (("", ""),))[0][0]
        return UsageError(f"{path} needs {_name_of(fault.param)}", f"for example: {example}")
    if kind == "BadParameter" and fault.param is not None:
        said = f"{_name_of(fault.param)}: {_plain(fault.message)}"
        return UsageError(said, _near_choice(fault, more))
    names = list(getattr(command, "commands", {}))
    if names and fault.message == "Missing command.":
        return UsageError(f"{path} needs a command", f"one of {', '.join(names)}; {more}")
    return UsageError(_plain(fault.message), more)


def no_such_command(path: str, word: str, names: list[str]) -> UsageError:
    """The complaint about a command that a group does not have; the guess is told, never run."""
    close = get_close_matches(word, names, 1)
    hint = f"did you mean `{path} {close[0]}`?" if close else f"it has {', '.join(names)}"
    return UsageError(f"{path} has no command {word!r}", hint)


def _plain(message: str) -> str:
    """A sentence of Typer's as the middle of one of ours."""
    return (message[:1].lower() + message[1:]).rstrip(".")


def _name_of(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or "|".join(parameter.type.choices))
    return "/".join(parameter.opts)


def _near_option(fault: Any, more: str) -> str:
    """The close options of the command."""
    options = [flag for one in fault.ctx.command.params for flag in getattr(one, "opts", ())]
    named = [flag for flag in options if flag.startswith("--")]
    close = get_close_matches(fault.option_name, named, 2, 0.7)
    return f"did you mean {' or '.join(close)}? {more}" if close else more


def _near_choice(fault: Any, more: str) -> str:
    """The close choices of an option."""
    choices = list(getattr(fault.param.type, "choices", ()))
    sent = fault.message.split("'")[1] if "'" in fault.message else ""
    close = get_close_matches(sent, choices, 1)
    return f"did you mean {close[0]}?" if close else more
