"""The Typer app: every command, its help and its completions; a command parses, builds and runs, and decides nothing."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import Annotated, Any, Literal, Optional

import typer
from typer.core import TyperCommand, TyperGroup

from errdecode.cli.argv import find_command
from errdecode.cli.completion import Shell, script_for
from errdecode.cli.options import OPTIONS, Chosen, Option

EXAMPLES = """
\b
  curl -sS -i https://api.example.com/orders | errdecode
  errdecode paste.txt                      a pasted terminal session
  errdecode --request order.json error.json
  errdecode explain telecomx invalid_token
"""


class DefaultGroup(TyperGroup):
    """A group that takes `decode` when no command is named."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the command first: the one that is named, wherever it stands, or `decode`."""
        if not (ctx.resilient_parsing and not args):
            at = find_command(args)
            args = ["decode", *args] if at is None else [args[at], *args[:at], *args[at + 1 :]]
        rest: list[str] = super().parse_args(ctx, args)
        return rest


class DecodeCommand(TyperCommand):
    """`decode`, whose help is the program's: it lists the other commands, too."""

    def get_usage(self, ctx: Any) -> str:
        """The two ways to call the program."""
        return "Usage: errdecode [OPTIONS] [FILE]...\n       errdecode COMMAND ..."

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """List the commands of the program."""
        group = ctx.parent.command
        rows = [(name, group.commands[name].get_short_help_str(70)) for name in group.commands]
        with formatter.section("Commands"):
            formatter.write_dl([row for row in rows if row[0] != "decode"])
        with formatter.section("Exit codes"):
            formatter.write_dl(
                [
                    ("0", "understood, or a response that is no error"),
                    ("1", "not understood: no documented format covers it"),
                    ("2", "usage"),
                    ("3", "the input cannot be read"),
                    ("4", "a catalog file is wrong"),
                    ("5", "a bug in errdecode"),
                ]
            )


app = typer.Typer(
    cls=DefaultGroup,
    name="errdecode",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def run_app(arguments: list[str]) -> int:
    """Run a command line through Typer; the exit code."""
    command = typer.main.get_command(app)
    try:
        result = command.main(args=arguments, prog_name="errdecode", standalone_mode=True)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    return result if isinstance(result, int) else 0


# ---------------------------------------------------------------- decode and why, from the option table


def _typer_option(option: Option) -> Any:
    """One option of the table as Typer writes it."""
    words: dict[str, Any] = {"help": option.help, "metavar": option.metavar}
    if option.kind == "count":
        words["count"] = True
    if option.kind == "integer":
        words["min"] = 0
    return typer.Option(*option.flags, **words)


_KINDS: dict[str, Any] = {
    "text": (Optional[str], None),
    "integer": (Optional[int], None),
    "flag": (bool, False),
    "count": (int, 0),
}


def _with_options(run: Any) -> Any:
    """Give a function the signature that the option table describes."""
    kind = inspect.Parameter.KEYWORD_ONLY
    files = Annotated[Optional[list[str]], typer.Argument(metavar="[FILE]...", show_default=False)]
    parameters = [inspect.Parameter("files", kind, default=None, annotation=files)]
    for option in OPTIONS:
        if option.choices:
            type_, default = Optional[Literal[option.choices]], None
        else:
            type_, default = _KINDS[option.kind]
        annotation = Annotated[type_, _typer_option(option)]
        parameters.append(
            inspect.Parameter(option.name, kind, default=default, annotation=annotation)
        )
    extra = inspect.signature(run, eval_str=True).parameters
    parameters += [p for name, p in extra.items() if name != "words"]
    run.__signature__ = inspect.Signature(parameters)
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run


def _version(asked: bool) -> None:
    if asked:
        from errdecode import __version__

        print(f"errdecode {__version__}")
        raise typer.Exit


def _json_schema(asked: bool) -> None:
    if asked:
        from errdecode.render.json import read_schema

        print(read_schema(), end="")
        raise typer.Exit


def _chosen(words: dict[str, Any]) -> Chosen:
    files = tuple(words.pop("files") or ())
    return Chosen(files=files, **{o.name: words[o.name] for o in OPTIONS})


@app.command("decode", cls=DecodeCommand)
@_with_options
def decode(
    *,
    version: Annotated[
        bool, typer.Option("-V", "--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    json_schema: Annotated[
        bool,
        typer.Option(
            "--json-schema", callback=_json_schema, is_eager=True, help="Print the JSON Schema of --json."
        ),
    ] = False,
    **words: Any,
) -> None:
    """Say what an API error response means, where in the request the fault lies, and what to do."""
    del version, json_schema
    chosen = _chosen(words)
    if not chosen.files and not chosen.timeout and sys.stdin.isatty():
        _explain_use()
    from errdecode.cli.run import run_decode

    raise typer.Exit(run_decode(chosen))


def _explain_use() -> None:
    """Nothing to read: say at once what to do."""
    print(f"errdecode reads an API error response from standard input or a file:\n{EXAMPLES}", file=sys.stderr)
    print("`errdecode -h` shows all options.", file=sys.stderr)
    raise typer.Exit(2)


@app.command("why")
@_with_options
def why(**words: Any) -> None:
    """Show why a format was recognised: matched and failed clues, the runner-up, the margin."""
    from errdecode.cli.run import run_decode

    raise typer.Exit(run_decode(_chosen(words), why=True))


# ---------------------------------------------------------------- asking the catalog


_CATALOG = Annotated[
    Optional[Path], typer.Option("--catalog", metavar="DIR", help="A folder of catalog files.")
]
_JSON = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


@app.command("explain")
def explain(
    words: Annotated[
        list[str], typer.Argument(metavar="[FORMAT] [STATUS] CODE")
    ],
    operation: Annotated[
        Optional[str], typer.Option("--operation", metavar="NAME", help="The API method called.")
    ] = None,
    json: _JSON = False,
    catalog: _CATALOG = None,
) -> None:
    """Say what a code or a status means, without a response."""
    from errdecode.cli.lookup import run_explain

    raise typer.Exit(run_explain(words, operation, json, catalog))


@app.command("formats")
def formats(
    words: Annotated[
        Optional[list[str]],
        typer.Argument(metavar="[WORD | show ID]", show_default=False),
    ] = None,
    json: _JSON = False,
    catalog: _CATALOG = None,
) -> None:
    """List the documented formats; `formats show ID` tells all that is known of one."""
    from errdecode.cli.lookup import run_formats

    raise typer.Exit(run_formats(words or [], json, catalog))


# ---------------------------------------------------------------- authoring and completions

authoring = typer.Typer(help="Check, test and start catalog files.", no_args_is_help=True)
app.add_typer(authoring, name="catalog")


@authoring.command("check")
def catalog_check(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE|DIR...", show_default=False)],
) -> None:
    """Report all faults of catalog files, each with its file and line."""
    from errdecode.authoring.check import run_check

    raise typer.Exit(run_check(paths))


@authoring.command("new")
def catalog_new(id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Print a commented skeleton of a catalog file."""
    from errdecode.authoring.new import skeleton

    print(skeleton(id), end="")


@authoring.command("test")
def catalog_test(
    folder: Annotated[Optional[Path], typer.Argument(metavar="[DIR]", show_default=False)] = None,
    ids: Annotated[
        Optional[list[str]], typer.Option("--only", metavar="ID", help="Test this format only.")
    ] = None,
) -> None:
    """Run every example against every format and print the confusion matrix."""
    from errdecode.authoring.test import run_test

    raise typer.Exit(run_test(folder, ids or []))


@app.command("completion")
def completion(shell: Annotated[Shell, typer.Argument(show_default=False)]) -> None:
    """Print the completion script of a shell."""
    print(script_for(shell, typer.main.get_command(app)), end="")
