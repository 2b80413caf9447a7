"""The options of `decode`, in one table: the Typer app, the quick reader, help and completions all come from it."""

from __future__ import annotations

from typing import NamedTuple

from errdecode.render import RENDERERS

WHEN = ("auto", "always", "never")


class Option(NamedTuple):
    """One option of `decode`, which `why` takes as well."""

    name: str
    """The member of `Chosen` it sets."""
    flags: tuple[str, ...]
    kind: str
    """text, integer, flag, count or choice."""
    help: str
    choices: tuple[str, ...] = ()
    metavar: str | None = None


OPTIONS = (
    Option("request", ("--request",), "text", "The original payload, to see the fault in place.", metavar="FILE"),
    Option("format", ("--format",), "text", "Decode as this format; do not detect.", metavar="ID"),
    Option("status", ("--status",), "integer", "The response's HTTP status, when the input lacks it.", metavar="N"),
    Option("method", ("--method",), "text", "The request's method.", metavar="M"),
    Option("url", ("--url",), "text", "The request's URL.", metavar="U"),
    Option("operation", ("--operation",), "text", "The API method called, such as createSubCampaign.", metavar="NAME"),
    Option("timeout", ("--timeout",), "flag", "There was no answer at all; reads no input."),
    Option("catalog", ("--catalog",), "text", "A folder of catalog files that goes over the built-in ones.",
           metavar="DIR"),
    Option("output", ("-o", "--output"), "choice", "The form of the answer.", tuple(RENDERERS)),
    Option("json", ("--json",), "flag", "The same as --output json."),
    Option("verbose", ("-v", "--verbose"), "count", "Add the proof of detection; twice: the parsed exchange, too."),
    Option("quiet", ("-q", "--quiet"), "flag", "Leave out notes and hints."),
    Option("color", ("--color",), "choice", "Use colour.", WHEN),
    Option("width", ("--width",), "integer", "Wrap prose at this many columns.", metavar="N"),
    Option("ascii", ("--ascii",), "flag", "Draw frames with ASCII characters only."),
    Option("links", ("--links",), "choice", "Make documentation links clickable.", WHEN),
    Option("show_secrets", ("--show-secrets",), "flag", "Do not mask secrets."),
    Option("read_files", ("--read-files",), "flag", "Read the files that `-d @FILE` names, beside the input."),
    Option("exit_code", ("--exit-code",), "choice", "`verdict`: let the exit code say what to do.", ("outcome", "verdict")),
    Option("max_bytes", ("--max-bytes",), "integer", "Largest input that is read (default 64 MiB).", metavar="N"),
)


class Chosen(NamedTuple):
    """What the command line asks of `decode`."""

    files: tuple[str, ...] = ()
    request: str | None = None
    format: str | None = None
    status: int | None = None
    method: str | None = None
    url: str | None = None
    operation: str | None = None
    timeout: bool = False
    catalog: str | None = None
    output: str | None = None
    json: bool = False
    verbose: int = 0
    quiet: bool = False
    color: str | None = None
    width: int | None = None
    ascii: bool = False
    links: str | None = None
    show_secrets: bool = False
    read_files: bool = False
    exit_code: str | None = None
    max_bytes: int | None = None
