"""The table of the PowerShell script: a hash table of commands, each with what it takes."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.cli.completion.tree import Command, Value


def write_table(commands: list[Command]) -> str:
    """Write the table: paths to subcommands, options (flag, value, help) and arguments."""
    lines = ["    $table = @{"]
    for command in commands:
        lines += [f"        {_quote(command.path)} = @{{", *_members(command), "        }"]
    return "\n".join([*lines, "    }"]) + "\n"


def _members(command: Command) -> Iterator[str]:
    """The members of one command: arrays of arrays; the comma keeps one alone from being undone."""
    yield "            Commands = @("
    for one in command.commands:
        yield f"                , @({_quote(one.name)}, {_quote(one.help)})"
    yield "            )"
    yield "            Options = @("
    for option in command.options:
        value = "" if option.value is None else _value(option.value)
        for flag in option.flags:
            yield f"                , @({_quote(flag)}, {_quote(value)}, {_quote(option.help)})"
    yield "            )"
    values = [_value(one.value) + "..." * one.many for one in command.arguments]
    yield f"            Arguments = @({', '.join(map(_quote, values))})"


def _value(value: Value) -> str:
    return " ".join((value.kind, *value.choices))


def _quote(text: str) -> str:
    """A word in single quotes, which PowerShell also sees in typographic ones."""
    for character in "'‘’‚‛":
        text = text.replace(character, character * 2)
    return f"'{text}'"
