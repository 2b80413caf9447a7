"""The options that `scan` has besides those of `decode`, in one table: app and help read it."""

from __future__ import annotations

from errdecode.cli.options import READING, SHOWING, Chosen, Option
from errdecode.errors import UsageError
from errdecode.model.record import NamedTuple
from errdecode.render.scan import RENDERERS
from errdecode.scan.engines import ENGINES

FINDING = "What to do with what is found"
SHARED = (
    "catalog", "json", "quiet", "color", "width", "ascii", "links", "show_secrets",
)  # fmt: skip
"""The options of `decode` that `scan` takes as well."""
FAIL_ON = ("any", "unknown", "new")
_COMPARE = (
    "Say what is new, gone, grown or shrunk since a saved scan. Grown: at least twice as many as "
    "its rate per hour leads to expect, and 10 more; shrunk: at most half, and 10 fewer."
)
_FAIL = "Exit with 1 on any error, on one of no documented format, on one the baseline lacks"

SCAN_OPTIONS = (
    Option(
        "open", ("--open",), "integer",
        "Show the group of this number in full, with its request where the log has it.",
        FINDING, "N", (), 1,
    ),
    Option(
        "why", ("--why",), "integer", "Show why the errors of this group were taken for one.",
        FINDING, "N", (), 1,
    ),
    Option("save", ("--save",), "text", "Save what was found to compare with.", FINDING, "FILE"),
    Option("compare", ("--compare",), "text", _COMPARE, FINDING, "FILE"),
    Option(
        "fail_on", ("--fail-on",), "choice", f"{_FAIL}: any, unknown or new.", FINDING, "WHAT",
        FAIL_ON,
    ),
    Option(
        "follow", ("-f", "--follow"), "flag",
        "Go on with what is added to files and folders, until Ctrl-C.", READING,
    ),
    Option(
        "jobs", ("-j", "--jobs"), "integer",
        "Use this many processes (default: one per processor).", READING, "N", (), 1, 1024,
    ),
    Option(
        "engine", ("--engine",), "choice",
        f"What looks for lines, the fastest first: {', '.join(ENGINES)} (default: the first one "
        "there is).",
        READING, "NAME", ENGINES,
    ),
    Option(
        "scheduler", ("--scheduler",), "text",
        "Scan on dask workers: the address of a scheduler, or `local`.", READING, "NAME",
    ),
    Option(
        "output", ("-o", "--output"), "choice",
        f"The form of the answer: {', '.join(RENDERERS)}.", SHOWING, "FORM", tuple(RENDERERS),
    ),
    Option(
        "verbose", ("-v", "--verbose"), "count",
        "List all groups, skipped files and unreadable places; with --open as in decode.",
        SHOWING,
    ),
    Option(
        "jsonl", ("--jsonl",), "flag",
        "Print every error as a line of JSON while it is found; places are those in the unpacked "
        "file.",
        SHOWING,
    ),
)  # fmt: skip


class Asked(NamedTuple):
    """What the command line asks of `scan` alone."""

    paths: tuple[str, ...] = ()
    open: int | None = None
    why: int | None = None
    save: str | None = None
    compare: str | None = None
    fail_on: str | None = None
    follow: bool = False
    jobs: int | None = None
    engine: str | None = None
    scheduler: str | None = None
    form: str = "terminal"
    """A key of `render.scan.RENDERERS`."""


def read_options(paths: tuple[str, ...], options: dict[str, object]) -> tuple[Asked, Chosen]:
    """Part what is asked of `scan` from what every command is asked; raises `UsageError`."""
    options = dict(options)
    jsonl, output = options.pop("jsonl", False), options.pop("output", None)
    form = "jsonl" if jsonl else "json" if options.get("json") else str(output or "terminal")
    options["json"] = form in ("json", "jsonl")
    own = {name: options.pop(name) for name in Asked._fields if name in options}
    asked = Asked(paths=paths, form=form, **own)  # type: ignore[arg-type]  # names of the table
    _check(asked)
    return asked, Chosen(**options)  # type: ignore[arg-type]  # names of the table


def _check(asked: Asked) -> None:
    """Raise `UsageError` for numbers out of range, and for what contradicts itself."""
    for option in SCAN_OPTIONS:
        value = getattr(asked, option.name, None)
        if option.kind != "integer" or value is None:
            continue
        if value < option.least or (option.most and value > option.most):
            limits = f"from {option.least}" + (f" to {option.most:,}" if option.most else " up")
            said = f"{option.flags[-1]} {value} is out of range"
            raise UsageError(said, f"it takes a number {limits}")
    if asked.fail_on == "new" and asked.compare is None:
        raise UsageError(
            "--fail-on new has nothing to compare with",
            "name a baseline: errdecode scan logs --compare base.json --fail-on new",
        )
    if asked.open is not None and asked.why is not None:
        raise UsageError("--open and --why each show a group; take one of them")
    if asked.follow and (asked.open is not None or asked.why is not None):
        raise UsageError(
            "--follow shows each error as it comes; --open and --why show a group of what is there",
            "leave out --follow, or run a second scan beside it",
        )
    if asked.follow and asked.scheduler:
        raise UsageError("--follow reads on this machine alone; leave out --scheduler")
