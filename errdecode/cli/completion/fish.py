"""The table of the fish script: one `complete` line per option or argument of some commands."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.cli.completion.tree import Command, Option, Value, group_alike


def write_table(commands: list[Command]) -> str:
    """Write the part of the script that differs from program to program."""
    parts = [_takes(commands), _commands(commands), _options(commands), _arguments(commands)]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _takes(commands: list[Command]) -> Iterator[str]:
    """Two questions, for the walk over the words before the cursor."""
    yield "function __errdecode_takes_value --argument-names command option"
    yield "    set -l valued"
    yield "    switch $command"
    for paths, command in group_alike(commands):
        valued = [flag for option in command.options if option.value for flag in option.flags]
        if valued:
            yield f"        case {' '.join(map(_quote, paths))}"
            yield f"            set valued {' '.join(valued)}"
    yield "    end"
    yield "    contains -- $option $valued"
    yield "end"
    yield ""
    yield "function __errdecode_has_subcommand --argument-names command word"
    names = [f"{command.path}/{one.name}" for command in commands for one in command.commands]
    yield f'    contains -- "$command/$word" {" ".join(names)}'
    yield "end"


def _commands(commands: list[Command]) -> Iterator[str]:
    yield "# Commands."
    for command in commands:
        for one in command.commands:
            condition = _quote(f"__errdecode_at 0 {_word(command.path)}")
            yield f"complete -c errdecode -n {condition} -a {one.name} -d {_quote(one.help)}"


def _options(commands: list[Command]) -> Iterator[str]:
    """An option that several commands take alike is one line."""
    owners: dict[Option, list[str]] = {}
    for command in commands:
        for option in command.options:
            owners.setdefault(option, []).append(command.path)
    yield "# Options."
    for option, paths in owners.items():
        condition = _quote(f"__errdecode_on {' '.join(map(_word, paths))}")
        flags = " ".join(map(_flag, option.flags))
        value = "" if option.value is None else f" {_value(option.value)}"
        yield f"complete -c errdecode -n {condition} {flags}{value} -d {_quote(option.help)}"


def _arguments(commands: list[Command]) -> Iterator[str]:
    """`__errdecode_at 1 COMMAND`: at the second argument; `__errdecode_from`: there and after."""
    owners: dict[str, list[str]] = {}
    for command in commands:
        for number, argument in enumerate(command.arguments):
            kind = argument.value.kind
            if kind == "nothing":
                continue
            what = "-F" if kind == "files" else _value(argument.value)
            place = f"__errdecode_{'from' if argument.many else 'at'} {number}"
            owners.setdefault(f"{place}\t{what.removeprefix('-x ')}", []).append(command.path)
    yield "# Arguments."
    yield "complete -c errdecode -f"
    for key, paths in owners.items():
        place, what = key.split("\t")
        condition = _quote(f"{place} {' '.join(map(_word, paths))}")
        yield f"complete -c errdecode -n {condition} {what}"


def _flag(flag: str) -> str:
    return f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}"


def _value(value: Value) -> str:
    """What follows an option: `-r -F` are files, `-x` what `-a` says and nothing else."""
    if value.kind == "files":
        return "-r -F"
    if value.kind == "nothing":
        return "-x"
    if value.kind == "choices":
        return f"-x -a {_quote(' '.join(value.choices))}"
    if value.kind == "folders":
        return "-x -a '(__fish_complete_directories)'"
    return f"-x -a '(__errdecode_ask {value.kind})'"


def _word(text: str) -> str:
    """A word, in quotes where it needs them."""
    return text if text.isalpha() else f'"{text}"'


def _quote(text: str) -> str:
    """A word in single quotes, in which fish knows two escapes."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
