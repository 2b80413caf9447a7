"""The Typer app: every command and what it takes; a command decides nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from errdecode.cli.argv import find_command
from errdecode.cli.completion import Shell, script_for
from errdecode.cli.faults import as_ours, no_such_command
from errdecode.cli.help import Page
from errdecode.cli.options import Chosen
from errdecode.cli.parameters import with_options
from errdecode.cli.scan_options import SCAN_OPTIONS, SHARED

_UsageFault: type[Exception] = typer.BadParameter.__bases__[0]
"""click's UsageError, from click or from Typer's own copy of it; Typer exports only its child."""


class Command(Page, TyperCommand):
    """A command with our help page."""


class Group(Page, TyperGroup):
    """A group of commands with our help page."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command, or tell a close one."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise no_such_command(ctx.command_path, args[0], list(self.commands))
        return super().resolve_command(ctx, args)


class DefaultGroup(Group):
    """A group that takes `decode` when no command is named."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the command first: the one that is named, wherever it stands, or `decode`."""
        if not (ctx.resilient_parsing and not args):
            at = find_command(args)
            args = ["decode", *args] if at is None else [args[at], *args[:at], *args[at + 1 :]]
        rest: list[str] = super().parse_args(ctx, args)
        return rest


app = typer.Typer(
    cls=DefaultGroup,
    name="errdecode",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 102},
)


def run_app(arguments: list[str]) -> int:
    """Run a command line through Typer; the exit code. Raises `UsageError`."""
    program = typer.main.get_command(app)
    try:
        with program.make_context("errdecode", list(arguments)) as context:
            program.invoke(context)
    except typer.Exit as leaving:
        return leaving.exit_code
    except _UsageFault as fault:
        raise as_ours(fault) from None
    return 0


# ---------------------------------------------------------------- decode and why


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


_FILES = Annotated[list[str] | None, typer.Argument(metavar="[FILE]...", show_default=False)]
_VERSION = Annotated[
    bool,
    typer.Option("-V", "--version", callback=_version, is_eager=True, help="Print the version."),
]
_SCHEMA = Annotated[
    bool,
    typer.Option(
        "--json-schema", callback=_json_schema, is_eager=True, help="Print the schema of --json."
    ),
]


@app.command("decode", cls=Command)
@with_options()
def decode(
    *,
    files: _FILES = None,
    version: _VERSION = False,
    json_schema: _SCHEMA = False,
    **options: Any,
) -> None:
    """Say what an API error response means, where in the request the fault lies, and what to do.

    It reads FILEs or standard input: a response with or without its head, the output of `curl -i`
    or `curl -v`, a pasted terminal session, a HAR file. It sends nothing, and it masks
    secrets.
    """
    from errdecode.cli.run import run_decode

    del version, json_schema
    raise typer.Exit(run_decode(Chosen(files=tuple(files or ()), **options)))


@app.command("why", cls=Command)
@with_options()
def why(*, files: _FILES = None, **options: Any) -> None:
    """Show why a format was recognised, and the runner-up.

    The score sheet is plain text, whatever form -o asks for; in JSON it is part of the answer.
    """
    from errdecode.cli.run import run_decode

    raise typer.Exit(run_decode(Chosen(files=tuple(files or ()), **options), why=True))


_PATCH = Annotated[bool, typer.Option("--patch", help="Print the JSON Patch (RFC 6902) alone.")]
_ALL = Annotated[bool, typer.Option("--all", help="Make likely corrections and placeholders, too.")]


@app.command("fix", cls=Command)
@with_options(
    "request", "status", "method", "url", "operation", "format", "catalog", "read_files",
    "max_bytes", "quiet", "color", "show_secrets",
)  # fmt: skip
def fix(
    *, files: _FILES = None, patch: _PATCH = False, every: _ALL = False, **options: Any
) -> None:
    """Print what you sent, corrected where the response leaves no doubt; it sends nothing.

    It prints the payload as it was written but for the corrections, or the pasted command that
    sends it. The exit code is 1 when there is an error and no correction to make.
    """
    from errdecode.cli.fix import run_fix

    raise typer.Exit(run_fix(Chosen(files=tuple(files or ()), **options), patch=patch, every=every))


# ---------------------------------------------------------------- logs


def _scan_schema(asked: bool) -> None:
    if asked:
        from errdecode.render.scan.json import read_schema

        print(read_schema(), end="")
        raise typer.Exit


_PATHS = Annotated[list[str] | None, typer.Argument(metavar="PATH...", show_default=False)]
_SCAN_SCHEMA = Annotated[
    bool,
    typer.Option(
        "--json-schema", callback=_scan_schema, is_eager=True, help="Print the schema of --json."
    ),
]


@app.command("scan", cls=Command)
@with_options(*SHARED, more=SCAN_OPTIONS)
def scan(*, paths: _PATHS = None, json_schema: _SCAN_SCHEMA = False, **options: Any) -> None:
    """Find, decode and group every error in logs, HAR files, archives and folders of them.

    A PATH is a file, a folder, a glob, an address such as s3://bucket/key, or - for standard input;
    of a folder, hidden files are left out. Errors are one group when format, code and pointer are
    the same. The exit code is 0 whatever is found, unless --fail-on says otherwise, and 3 when a
    PATH could not be read, or not all of it.
    """
    from errdecode.cli.scan import run_scan

    del json_schema
    raise typer.Exit(run_scan(tuple(paths or ()), options))


# ---------------------------------------------------------------- asking the catalog


@app.command("explain", cls=Command)
@with_options("operation", "json", "catalog", "width")
def explain(
    *,
    words: Annotated[list[str], typer.Argument(metavar="[FORMAT] [STATUS] CODE")],
    **options: Any,
) -> None:
    """Say what a code or a status means, without a response."""
    from errdecode.cli.lookup import run_explain

    raise typer.Exit(run_explain(words, Chosen(**options)))


@app.command("formats", cls=Command)
@with_options("json", "catalog", "width")
def formats(
    *,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORD | show ID]", show_default=False)
    ] = None,
    **options: Any,
) -> None:
    """List the documented formats, or show one."""
    from errdecode.cli.lookup import run_formats

    raise typer.Exit(run_formats(words or [], Chosen(**options)))


# ---------------------------------------------------------------- authoring and completions

authoring = typer.Typer(cls=Group, help="Make, check and test catalog files.")
app.add_typer(authoring, name="catalog")


@authoring.command("check", cls=Command)
def catalog_check(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE|DIR...", show_default=False)],
) -> None:
    """Report all faults of catalog files, each with its file and line."""
    from errdecode.authoring.check import run_check

    raise typer.Exit(run_check(paths))


@authoring.command("new", cls=Command)
def catalog_new(id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Print a commented skeleton of a catalog file."""
    from errdecode.authoring.new import skeleton

    print(skeleton(id), end="")


@authoring.command("test", cls=Command)
def catalog_test(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", show_default=False)] = None,
    ids: Annotated[
        list[str] | None, typer.Option("--only", metavar="ID", help="Test this format only.")
    ] = None,
) -> None:
    """Run every example against every format; print the confusion matrix."""
    from errdecode.authoring.test import run_test

    raise typer.Exit(run_test(folder, ids or []))


_NAME = Annotated[
    str | None, typer.Option("--name", metavar="NAME", help="What people call the format.")
]


@authoring.command("import", cls=Command)
@with_options("max_bytes")
def catalog_import(
    *,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    id: Annotated[str, typer.Option(metavar="NAME", help="Id of the format, and of its file.")],
    name: _NAME = None,
    **options: Any,
) -> None:
    """Draft a catalog file from an OpenAPI 3 document, or from a table of codes in CSV or JSON.

    What the description says of a code is quoted in a comment; what the code means, and what to
    do, is left to you. Secrets in examples are masked.
    """
    from errdecode.cli.authoring import run_import

    raise typer.Exit(run_import(file, id, name, Chosen(**options)))


@authoring.command("learn", cls=Command)
@with_options("max_bytes")
def catalog_learn(
    *,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", show_default=False)],
    id: Annotated[
        str | None, typer.Option(metavar="NAME", help="Id of the format (default: new-format).")
    ] = None,
    name: _NAME = None,
    **options: Any,
) -> None:
    """Draft a catalog file from error responses that no format covers yet.

    It finds what they have in common, and says on standard error what it took for what. Secrets in
    examples are masked.
    """
    from errdecode.cli.authoring import run_learn

    raise typer.Exit(run_learn(files, id, name, Chosen(**options)))


_CLEAR = Annotated[bool, typer.Option("--clear", help="Forget them once they are shown.")]


@authoring.command("gaps", cls=Command)
@with_options("json")
def catalog_gaps(*, clear: _CLEAR = False, **options: Any) -> None:
    """List the codes that could not be explained so far, the most frequent first.

    They are counted only while ERRDECODE_GAPS names a file to count them in: a format's id, the
    code, how often and when last, and nothing else of a response. The file stays where it is.
    """
    from errdecode.cli.authoring import run_gaps

    raise typer.Exit(run_gaps(clear, Chosen(**options)))


@app.command("completion", cls=Command)
def completion(shell: Annotated[Shell, typer.Argument(show_default=False)]) -> None:
    """Print the completion script of a shell."""
    print(script_for(shell, typer.main.get_command(app)), end="")
