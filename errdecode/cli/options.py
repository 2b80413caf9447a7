"""The options of `decode`, in one table: app, quick reader, help and completions come from it."""

from __future__ import annotations

from errdecode.errors import UsageError
from errdecode.model.record import NamedTuple
from errdecode.render import RENDERERS

WHEN = ("auto", "always", "never")
LACKING, READING, SHOWING = "What the input lacks", "How it is read", "How it is shown"
"""The groups of the help page."""


class Option(NamedTuple):
    """One option of `decode`, which `why` takes as well."""

    name: str
    """The member of `Chosen` it sets."""
    flags: tuple[str, ...]
    kind: str
    """text, integer, flag, count or choice."""
    help: str
    group: str
    metavar: str | None = None
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int | None = None
    """The smallest and the largest value of an integer."""


def _text(name: str, metavar: str, help: str, group: str) -> Option:
    return Option(name, (_flag(name),), "text", help, group, metavar)


def _integer(name: str, help: str, group: str, least: int, most: int | None = None) -> Option:
    return Option(name, (_flag(name),), "integer", help, group, "N", (), least, most)


def _choice(
    name: str, metavar: str, help: str, group: str, choices: tuple[str, ...], short: str = ""
) -> Option:
    flags = (short, _flag(name)) if short else (_flag(name),)
    return Option(name, flags, "choice", f"{help}: {_either(choices)}.", group, metavar, choices)


def _switch(name: str, help: str, group: str, short: str = "", kind: str = "flag") -> Option:
    flags = (short, _flag(name)) if short else (_flag(name),)
    return Option(name, flags, kind, help, group)


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _either(choices: tuple[str, ...]) -> str:
    return " or ".join((", ".join(choices[:-1]), choices[-1]))


OPTIONS = (
    _text("request", "FILE", "The payload you sent, to see the fault in place.", LACKING),
    _integer("status", "The response's HTTP status.", LACKING, 100, 599),
    _text("method", "M", "The request's method.", LACKING),
    _text("url", "U", "The request's URL.", LACKING),
    _text("operation", "NAME", "The API method called, such as createSubCampaign.", LACKING),
    _switch("timeout", "There was no answer at all; reads no input.", LACKING),
    _text("format", "ID", "Decode as this format, one of `errdecode formats`.", READING),
    _text("catalog", "DIR", "A folder of catalog files to lay over the built-in ones.", READING),
    _switch("read_files", "Read the files that `-d @FILE` names, beside the input.", READING),
    _integer("max_bytes", "The largest input that is read (default: 64 MiB).", READING, 1),
    _choice("output", "FORM", "The form of the answer", SHOWING, tuple(RENDERERS), "-o"),
    _switch("json", "Answer in JSON.", SHOWING),
    _switch("verbose", "Add the proof of detection; -vv the exchange.", SHOWING, "-v", "count"),
    _switch("quiet", "Leave out notes and hints.", SHOWING, "-q"),
    _choice("color", "WHEN", "Use colour", SHOWING, WHEN),
    _integer("width", "Wrap prose at this many columns.", SHOWING, 1),
    _switch("ascii", "Draw frames with ASCII characters only.", SHOWING),
    _choice("links", "WHEN", "Make documentation links clickable", SHOWING, WHEN),
    _switch("show_secrets", "Do not mask secrets.", SHOWING),
    _choice("exit_code", "WHAT", "What the exit code tells", SHOWING, ("outcome", "verdict")),
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


def check_sense(chosen: Chosen) -> None:
    """Raise `UsageError` for numbers out of range, and for words that contradict each other."""
    for option in OPTIONS:
        value = getattr(chosen, option.name)
        if option.kind == "integer" and value is not None:
            _check_range(option, value)
    if chosen.timeout and chosen.files:
        raise UsageError(
            f"--timeout reads no input, yet {chosen.files[0]} is named",
            "leave out --timeout to decode it, or the file when there was no answer",
        )
    if chosen.request == "-" and not set(chosen.files) - {"-"} and not chosen.timeout:
        raise UsageError(
            "standard input cannot be the request and the response at once",
            "name a file for one of them: errdecode --request - error.json",
        )


def _check_range(option: Option, value: int) -> None:
    if value >= option.least and (option.most is None or value <= option.most):
        return
    limits = f"from {option.least}" + (f" to {option.most}" if option.most else " up")
    raise UsageError(f"{option.flags[-1]} {value} is out of range", f"it takes a number {limits}")
