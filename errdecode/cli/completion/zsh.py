"""The table of the zsh script: one list of `_arguments` specifications per command."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.cli.completion.tree import Argument, Command, Option, Value, group_alike


def write_table(commands: list[Command]) -> str:
    """Write the function of the script that differs from program to program."""
    lines = [
        "# What a command takes: its subcommands; its options and arguments, as _arguments reads",
        "# them; and which of the options take a value.",
        "__errdecode_takes() {  # COMMAND",
        "    subcommands=() specs=() valued=()",
        "    case $1 in",
        *_commands(commands),
        "    esac",
        "    case $1 in",
        *_specs(commands),
        "    esac",
        "}",
    ]
    return "\n".join(lines) + "\n"


def _commands(commands: list[Command]) -> Iterator[str]:
    for command in commands:
        if command.commands:
            yield f"    ({_quote(command.path)})"
            yield "        subcommands=("
            for one in command.commands:
                yield f"            {_quote(f'{one.name}:{one.help}')}"
            yield "        )"
            yield "        ;;"


def _specs(commands: list[Command]) -> Iterator[str]:
    for paths, command in group_alike(commands):
        yield f"    ({' | '.join(map(_quote, paths))})"
        yield "        specs=("
        for option in command.options:
            yield f"            {_option(option)}"
        for spec in _arguments(command):
            yield f"            {spec}"
        yield "        )"
        valued = [flag for option in command.options if option.value for flag in option.flags]
        if valued:
            yield f"        valued=({' '.join(valued)})"
        yield "        ;;"


def _option(option: Option) -> str:
    """`'(-o --output)'{-o+,--output=}'[help]:name:(a b)'`."""
    if option.alone:
        before = "(- *)"
    elif option.many:
        before = "*"
    else:
        before = f"({' '.join(option.flags)})" if len(option.flags) > 1 else ""
    flags = [flag + _sign(flag, option.value) for flag in option.flags]
    after = f"[{_escape(option.help)}]"
    if option.value is not None:
        after += f":{option.value.name}:{_action(option.value)}"
    if len(flags) == 1:
        return _quote(before + flags[0] + after)
    return f"{_quote(before) if before else ''}{{{','.join(flags)}}}{_quote(after)}"


def _sign(flag: str, value: Value | None) -> str:
    """How the value may follow: `--output=short` or the next word; `-oshort` or the next word."""
    if value is None:
        return ""
    return "=" if flag.startswith("--") else "+"


def _arguments(command: Command) -> Iterator[str]:
    for number, argument in enumerate(command.arguments, 1):
        yield _quote(_argument(number, argument))
    if command.commands and not command.arguments:
        yield _quote("1:command: __errdecode_commands")


def _argument(number: int, argument: Argument) -> str:
    place = "*" if argument.many else str(number)
    files = argument.value.kind == "files"
    action = " __errdecode_files" if files else _action(argument.value)
    return f"{place}:{argument.value.name}:{action}"


def _action(value: Value) -> str:
    if value.kind == "files":
        return "_files"
    if value.kind == "folders":
        return "_path_files -/"
    if value.kind == "choices":
        return f"({' '.join(value.choices)})"
    return " " if value.kind == "nothing" else f" __errdecode_ask {value.kind}"


def _escape(text: str) -> str:
    """What `_arguments` would read as the end of a part."""
    for character in "\\:[]":
        text = text.replace(character, "\\" + character)
    return text


def _quote(text: str) -> str:
    """A word in single quotes."""
    return "'" + text.replace("'", "'\\''") + "'"
