"""What every command takes, read off Typer's command tree and told in words for completion.

The tree's classes come from click or from Typer's private copy of it, as Typer's version has it;
so nothing is imported from either, and the objects are asked for their attributes alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.model.record import NamedTuple

DEFAULT = "decode"
"""The command that needs no name."""

_OPTION_KINDS = {"FILE": "files", "DIR": "folders", "ID": "ids"} | dict.fromkeys(
    ("N", "M", "U", "NAME"), "nothing"
)
_ARGUMENT_KINDS = {
    "[FILE]...": "files",
    "[FILE]": "files",
    "FILE": "files",
    "FILE...": "files",
    "PATH...": "files",
    "FILE|DIR...": "files",
    "[DIR]": "folders",
    "ID": "nothing",  # of a format that is about to be made
    "[FORMAT] [STATUS] CODE": "explain",
    "[WORD | show ID]": "formats",
}


class Value(NamedTuple):
    """What may stand in one place."""

    kind: str
    """files, folders, choices, nothing; or what `words` is asked for: ids, explain, formats."""
    name: str
    """What help calls it."""
    choices: tuple[str, ...] = ()


class Option(NamedTuple):
    """One option of a command."""

    flags: tuple[str, ...]
    help: str
    value: Value | None
    """None for a flag."""
    many: bool
    """May be given more than once."""
    alone: bool
    """Prints something and leaves, so nothing else makes sense beside it."""


class Argument(NamedTuple):
    """One argument of a command; the last one may take all words that are left."""

    value: Value
    many: bool


class Command(NamedTuple):
    """One command and what may stand on its line."""

    path: str
    """Its words: `catalog check`; empty for the program, which takes what `decode` takes."""
    help: str
    commands: tuple[Command, ...]
    options: tuple[Option, ...]
    arguments: tuple[Argument, ...]

    @property
    def name(self) -> str:
        """The last of its words."""
        return self.path.rpartition(" ")[2]


def read_tree(program: object) -> list[Command]:
    """All commands, the program itself first, then each before its subcommands.

    Raises `ValueError` for a metavar of which it is not known what it completes to.
    """
    names = getattr(program, "context_settings", {}).get("help_option_names", ["--help"])
    help = Option(tuple(names), "Show this message and exit", None, many=False, alone=True)
    root = _read_command("", program, help)
    default = next(command for command in root.commands if command.path == DEFAULT)
    whole = root._replace(options=default.options, arguments=default.arguments)
    return list(_flatten(whole))


def group_alike(commands: list[Command]) -> list[tuple[list[str], Command]]:
    """Commands whose options and arguments are the same: their paths, and one of them."""
    groups: dict[tuple[object, ...], tuple[list[str], Command]] = {}
    for command in commands:
        paths, _ = groups.setdefault((command.options, command.arguments), ([], command))
        paths.append(command.path)
    return list(groups.values())


def _flatten(command: Command) -> Iterator[Command]:
    yield command
    for inner in command.commands:
        yield from _flatten(inner)


def _read_command(path: str, command: object, help: Option) -> Command:
    inner = {
        name: _read_command(f"{path} {name}".strip(), one, help)
        for name, one in getattr(command, "commands", {}).items()
        if not getattr(one, "hidden", False)
    }
    options, arguments = [], []
    for parameter in getattr(command, "params", ()):
        if getattr(parameter, "hidden", False):
            continue
        if parameter.param_type_name == "argument":
            arguments.append(_read_argument(path, parameter))
        else:
            options.append(_read_option(path, parameter))
    return Command(
        path,
        _first_paragraph(getattr(command, "help", None)),
        tuple(inner.values()),
        (*options, help),
        tuple(arguments),
    )


def _first_paragraph(help: str | None) -> str:
    """The first paragraph of a help text on one line, without the full stop at its end."""
    return " ".join((help or "").strip().split("\n\n")[0].split()).rstrip(".")


def _read_argument(path: str, parameter: object) -> Argument:
    value = _read_value(path, parameter, _ARGUMENT_KINDS)
    return Argument(value, getattr(parameter, "nargs", 1) == -1)


def _read_option(path: str, parameter: object) -> Option:
    flag = getattr(parameter, "is_flag", False) or getattr(parameter, "count", False)
    return Option(
        (*getattr(parameter, "opts", ()), *getattr(parameter, "secondary_opts", ())),
        _first_paragraph(getattr(parameter, "help", None)),
        None if flag else _read_value(path, parameter, _OPTION_KINDS),
        bool(getattr(parameter, "count", False) or getattr(parameter, "multiple", False)),
        bool(getattr(parameter, "is_eager", False)),
    )


def _read_value(path: str, parameter: object, kinds: dict[str, str]) -> Value:
    choices = tuple(getattr(getattr(parameter, "type", None), "choices", ()))
    metavar = getattr(parameter, "metavar", None)
    name = "".join(c for c in str(metavar or getattr(parameter, "name", "")) if c not in "[].:")
    if choices:
        return Value("choices", name, choices)
    if metavar not in kinds:
        raise ValueError(f"{path}: completion does not know what the metavar {metavar!r} takes")
    return Value(kinds[metavar], name)
