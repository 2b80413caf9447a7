"""The table of the bash script: what each command takes, in two `case` statements."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from errdecode.cli.completion.tree import Command, Value, group_alike


def write_table(commands: list[Command]) -> str:
    """Write the function of the script that differs from program to program."""
    lines = [
        "# What a command takes: its subcommands; its options, with what their values are; and",
        '# what its arguments are ("...": as many as you like).',
        "__errdecode_takes() {  # COMMAND",
        "    commands=() options=() arguments=()",
        "    case $1 in",
        *_commands(commands),
        "    esac",
        "    case $1 in",
        *_options(commands),
        "    esac",
        "}",
    ]
    return "\n".join(lines) + "\n"


def _commands(commands: list[Command]) -> Iterator[str]:
    for command in commands:
        if command.commands:
            names = " ".join(one.name for one in command.commands)
            yield f"    {quote(command.path)}) commands=({names}) ;;"


def _options(commands: list[Command]) -> Iterator[str]:
    for paths, command in group_alike(commands):
        yield f"    {' | '.join(map(quote, paths))})"
        yield "        options=("
        for option in command.options:
            value = "" if option.value is None else f"={_value(option.value)}"
            yield "            " + " ".join(quote(flag + value) for flag in option.flags)
        yield "        )"
        if command.arguments:
            values = [_value(one.value) + "..." * one.many for one in command.arguments]
            yield f"        arguments=({' '.join(map(quote, values))})"
        yield "        ;;"


def _value(value: Value) -> str:
    return " ".join((value.kind, *value.choices))
