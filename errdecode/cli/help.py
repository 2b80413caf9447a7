"""The pages of `-h`: usage, examples to copy, options; the program's lists commands, too."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from errdecode.cli.argv import COMMANDS
from errdecode.cli.options import OPTIONS
from errdecode.cli.scan_options import SCAN_OPTIONS

Row = tuple[str, str]
"""A term and what is said of it."""

PROGRAM = "errdecode decode"
"""The command whose page is the program's."""
EXAMPLES: dict[str, tuple[Row, ...]] = {
    PROGRAM: (
        ("curl -sS -i https://api.example.com/orders | errdecode", ""),
        ("errdecode paste.txt", "a pasted session: command and response"),
        ("errdecode --request order.json error.json", "the payload sent, and the response"),
        ("errdecode explain telecomx invalid_token", "a code, without a response"),
        ("errdecode --json paste.txt | jq .problems", "for scripts"),
    ),
    "errdecode why": (
        ("errdecode why paste.txt", "which clues held, and what would flip the choice"),
    ),
    "errdecode fix": (
        ("errdecode fix paste.txt", "the corrected command of a pasted session"),
        ("errdecode fix --request order.json error.json > fixed.json", "the corrected payload"),
        ("errdecode fix --patch --request order.json error.json", "what would be changed"),
    ),
    "errdecode scan": (
        ("errdecode scan /var/log/app", "all files of a folder, compressed ones too"),
        ("kubectl logs deploy/shop | errdecode scan -", "standard input"),
        ("errdecode scan app.log --open 2", "the second group in full, with its request"),
        ("errdecode scan app.log -o html > report.html", "a page with a chart"),
        ("errdecode scan today.log --compare base.json --fail-on new", "what is new, for CI"),
        ("errdecode scan app.log --jsonl | jq -r .code", "every error as a line"),
    ),
    "errdecode explain": (
        ("errdecode explain 429", "a status, in HTTP and in every format"),
        ("errdecode explain invalid_token", "a code, in every format that has it"),
        ("errdecode explain telecomx invalid_token", "a code of one format"),
    ),
    "errdecode formats": (
        ("errdecode formats", "all of them"),
        ("errdecode formats talon", "those with this word in their name"),
        ("errdecode formats card_declined", "those that know this code"),
        ("errdecode formats show talonone", "clues, places and codes of one"),
    ),
    "errdecode catalog": (
        ("errdecode catalog new example-pay > ~/.config/errdecode/catalog/example-pay.toml", ""),
        ("errdecode catalog check ~/.config/errdecode/catalog", ""),
    ),
    "errdecode catalog check": (
        ("errdecode catalog check example-pay.toml", "one file"),
        ("errdecode catalog check ~/.config/errdecode/catalog", "all files of a folder"),
    ),
    "errdecode catalog new": (("errdecode catalog new example-pay > example-pay.toml", ""),),
    "errdecode catalog test": (
        ("errdecode catalog test", "all formats, your own among them"),
        ("errdecode catalog test my-catalog --only example-pay", "one of your own"),
    ),
    "errdecode catalog import": (
        ("errdecode catalog import api.json --id example-pay > example-pay.toml", "OpenAPI 3"),
        ("errdecode catalog import codes.csv --id example-pay > example-pay.toml", "a table"),
    ),
    "errdecode catalog learn": (
        ("errdecode catalog learn refused.http busy.http --id example-pay > example-pay.toml", ""),
    ),
    "errdecode catalog gaps": (
        ("export ERRDECODE_GAPS=~/.local/state/errdecode/gaps", "count from now on"),
        ("errdecode catalog gaps", "what was met since"),
    ),
    "errdecode completion": (
        ("errdecode completion bash > ~/.local/share/bash-completion/completions/errdecode", ""),
    ),
}
EXIT_CODES: tuple[Row, ...] = (
    ("0", "understood, or a response that is no error"),
    ("1", "not understood: no documented format covers it"),
    ("2", "wrong usage"),
    ("3", "an input cannot be read, or the output cannot be written"),
    ("4", "a catalog file, or what --catalog or --format names, is wrong"),
    ("5", "a bug in errdecode"),
    ("130", "interrupted"),
)
VERDICTS: tuple[Row, ...] = (
    ("0", "no error"),
    ("10", "retry later"),
    ("11", "change the request"),
    ("12", "check the credentials"),
    ("13", "not found"),
    ("14", "conflict; or find out first what became of the request"),
    ("15", "the provider's fault"),
    ("16", "the network or a gateway"),
    ("19", "not known"),
)
_INDENT = "  "


class Page:
    """Mixed into Typer's commands and groups: writes their help page."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page as wide as the terminal allows."""
        formatter.write("\n".join(lines_of(self, ctx, formatter.width)) + "\n")


def lines_of(command: Any, context: Any, width: int) -> Iterator[str]:
    """The lines of a command's page."""
    path = context.command_path
    yield from _usage(command, path)
    for paragraph in command.help.split("\n\n"):
        yield ""
        yield from textwrap.wrap(" ".join(paragraph.split()), width)
    yield from _section("Examples", EXAMPLES.get(path, ()), width)
    options = list(_options(command, context))
    column = _column([row for _, rows in options for row in rows])
    for title, rows in options:
        yield from _section(title, rows, width, column)
    if path == PROGRAM:
        yield from _section("Commands", _commands(context.parent.command), width)
        yield from _section("Exit codes", EXIT_CODES, width)
        yield from _section("Exit codes with --exit-code verdict", VERDICTS, width)
    elif hasattr(command, "commands"):
        yield from _section("Commands", _commands(command), width)


def _usage(command: Any, path: str) -> Iterator[str]:
    if path == PROGRAM:
        yield "Usage: errdecode [OPTIONS] [FILE]..."
        yield "       errdecode COMMAND ..."
        return
    words = [term for term, _ in _arguments(command)]
    if hasattr(command, "commands"):
        words = ["COMMAND ..."]
    yield " ".join(["Usage:", path, "[OPTIONS]", *words])


def _arguments(command: Any) -> list[Row]:
    """The arguments of a command; one that may be left out stands in brackets."""
    return [
        (str(one.metavar or "|".join(one.type.choices)), str(one.help or ""))
        for one in command.params
        if one.param_type_name == "argument"
    ]


def _options(command: Any, context: Any) -> Iterator[tuple[str, list[Row]]]:
    """The options in the groups of the table; those that are not in it stand last."""
    table = (*OPTIONS, *SCAN_OPTIONS)
    groups: dict[str, list[Row]] = {option.group: [] for option in table}
    others: list[Row] = []
    group_of = {option.name: option.group for option in table}
    named = [one for one in command.get_params(context) if one.param_type_name != "argument"]
    whole = len(named) > 10
    for one in named:
        row = (_term(one), str(one.help))
        rows = groups[group_of[one.name]] if whole and one.name in group_of else others
        rows.append(row)
    yield from groups.items()
    yield ("Others" if whole else "Options"), others


def _term(option: Any) -> str:
    """`-o, --output FORM`; long flags stand below each other."""
    flags = sorted(option.opts, key=len)
    start = "" if len(flags[0]) == 2 else "    "
    return f"{start}{', '.join(flags)} {option.metavar or ''}".rstrip()


def _commands(group: Any) -> list[Row]:
    """The commands of a group, each with the first sentence of its help."""
    names = sorted(group.commands, key=lambda name: COMMANDS.index(name) if name in COMMANDS else 0)
    helps = {name: " ".join(group.commands[name].help.split("\n\n")[0].split()) for name in names}
    return [(name, help) for name, help in helps.items() if name != "decode"]


def _column(rows: Sequence[Row]) -> int:
    """How wide the terms of some rows are, with the gap behind them."""
    return max((len(term) for term, help in rows if help), default=0) + 2


def _section(title: str, rows: Sequence[Row], width: int, column: int = 0) -> Iterator[str]:
    """A heading and two columns; a term without help may be as long as it likes."""
    if rows:
        yield ""
        yield f"{title}:"
    column = column or _column(rows)
    for term, help in rows:
        room = max(20, width - column - len(_INDENT))
        for line in textwrap.wrap(help, room, break_on_hyphens=False) or [""]:
            yield f"{_INDENT}{term:<{column}}{line}".rstrip()
            term = ""
