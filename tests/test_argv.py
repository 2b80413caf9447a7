"""One command line, two readers: the quick one and Typer read every form alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from typer.main import get_command

from errdecode.cli import app, run
from errdecode.cli.argv import COMMANDS, read_argv, read_manners
from errdecode.cli.options import LACKING, OPTIONS, READING, SHOWING, Chosen, Option
from errdecode.errors import UsageError

FILES = ["paste.txt", "-", "./explain", "a b", "żółw.json", "x=1", "", "/tmp/why"]
WORDS = [
    *FILES,
    *COMMANDS,
    *(flag for option in OPTIONS for flag in option.flags),
    *("--", "json", "12", "-1", "1_0", "--json=1", "--width=", "--width=٣", "-v=3", "-oshort"),
    *("-vx", "--bogus", "-h", "--outpu", "--verbos", "---", "--=", "-o=json"),
]
"""What may stand on a line, rightly or not."""


def typer_reads(arguments: list[str]) -> tuple[Chosen, bool] | None:
    """What Typer makes of a line: what is chosen, and whether it is for `why`; None for neither."""
    asked: list[tuple[Chosen, bool]] = []

    def remember(chosen: Chosen, why: bool = False) -> int:
        asked.append((chosen, why))
        return 0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "run_decode", remember)
        try:
            app.run_app(arguments)
        except UsageError:
            return None
    return asked[0] if asked else None


@st.composite
def written_options(draw: DrawFn) -> list[str]:
    """One option of the table with a fitting value, in one of the ways it may be written."""
    option = draw(st.sampled_from(OPTIONS))
    flag = draw(st.sampled_from(option.flags))
    if option.kind in ("flag", "count"):
        return [flag]
    value = draw(values_of(option))
    if not flag.startswith("--"):
        return draw(st.sampled_from([[flag, value], [flag + value]]))
    return draw(st.sampled_from([[flag, value], [f"{flag}={value}"]]))


def values_of(option: Option) -> st.SearchStrategy[str]:
    """Values that an option takes."""
    if option.kind == "choice":
        return st.sampled_from(option.choices)
    if option.kind == "integer":
        return st.integers(0, 10**12).map(str)
    return st.sampled_from(["x.json", "-", "--", "--json", "why", "https://example.com/a?b=c", ""])


@st.composite
def hot_lines(draw: DrawFn) -> list[str]:
    """A call of `decode` as people write it: options before, between and after files, or `--`."""
    short = st.sampled_from(["-v", "-vv", "-q", "-vq", "-qvojson", "-vo", "-vvq"])
    parts = draw(st.lists(st.one_of(written_options(), short.map(lambda word: [word])), max_size=5))
    parts = [[*part, "short"] if part == ["-vo"] else part for part in parts]
    parts += [[file] for file in draw(st.lists(st.sampled_from(FILES), max_size=3))]
    words = [word for part in draw(st.permutations(parts)) for word in part]
    return words + draw(st.sampled_from([[], ["--"], ["--", "explain", "--json", "-"]]))


@settings(deadline=None, max_examples=150)
@given(hot_lines())
def test_both_read_hot_lines_alike(line: list[str]) -> None:
    """Every call of `decode` that fits the table is read by the quick reader, and as Typer does."""
    quick = read_argv(line)

    assert quick is not None
    assert (quick, False) == typer_reads(line)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(WORDS), max_size=5))
def test_what_the_quick_reader_takes_typer_takes_alike(line: list[str]) -> None:
    """Whatever the words are: the quick reader reads them as Typer does, or leaves them to it."""
    quick = read_argv(line)

    assert quick is None or (quick, False) == typer_reads(line)


@pytest.mark.parametrize(
    ("line", "chosen"),
    [
        ([], Chosen()),
        (["f"], Chosen(files=("f",))),
        (["-"], Chosen(files=("-",))),
        (["f", "--json"], Chosen(files=("f",), json=True)),
        (["--json", "f", "g"], Chosen(files=("f", "g"), json=True)),
        (["-o", "json", "f"], Chosen(files=("f",), output="json")),
        (["-ojson"], Chosen(output="json")),
        (["--output=short"], Chosen(output="short")),
        (["-vvq"], Chosen(verbose=2, quiet=True)),
        (["-v", "--verbose"], Chosen(verbose=2)),
        (["-qo", "short"], Chosen(quiet=True, output="short")),
        (["--width=60", "--width", "70"], Chosen(width=70)),
        (["-o", "json", "-oshort"], Chosen(output="short")),
        (["--url=a=b"], Chosen(url="a=b")),
        (["--request", "-", "f"], Chosen(files=("f",), request="-")),
        (["--", "--json"], Chosen(files=("--json",))),
        (["--", "explain"], Chosen(files=("explain",))),
        (["./explain"], Chosen(files=("./explain",))),
        (["f", "explain"], Chosen(files=("f", "explain"))),
        (["--format", "why", "f"], Chosen(files=("f",), format="why")),
    ],
)
def test_hot_forms(line: list[str], chosen: Chosen) -> None:
    """The forms that people type are read as they are meant, by both readers."""

    assert chosen == read_argv(line)
    assert (chosen, False) == typer_reads(line)


@pytest.mark.parametrize(
    ("line", "chosen"),
    [
        (["why", "f"], Chosen(files=("f",))),
        (["--json", "why", "f"], Chosen(files=("f",), json=True)),
        (["-vo", "json", "why", "f"], Chosen(files=("f",), output="json", verbose=1)),
        (["--width=60", "why", "f", "-q"], Chosen(files=("f",), width=60, quiet=True)),
        (["why", "--", "why"], Chosen(files=("why",))),
    ],
)
def test_a_command_may_stand_after_options(line: list[str], chosen: Chosen) -> None:
    """The first word that is no option and no option's value is the command."""

    assert read_argv(line) is None
    assert (chosen, True) == typer_reads(line)


@pytest.mark.parametrize(
    "line",
    [
        *(["--bogus"], ["-x"], ["-vx"], ["--json=1"], ["--no-json"], ["--outpu=json"]),
        *(["--width"], ["--width", "x"], ["--width", "9" * 5000], ["--status=-1"]),
        *(["-o", "jsn"], ["--colour", "f"]),
    ],
)
def test_what_does_not_fit_is_left_to_typer(line: list[str]) -> None:
    """A line that does not fit the table is none for the quick reader."""

    assert read_argv(line) is None


def test_the_readers_know_the_same_commands() -> None:
    """The quick reader's list of commands is that of the app."""
    program = get_command(app.app)

    assert set(COMMANDS) == set(getattr(program, "commands", ()))


def test_the_table_and_what_is_chosen_have_the_same_names() -> None:
    """Every option sets a member, every member but the files is set by an option."""

    assert {"files", *(option.name for option in OPTIONS)} == set(Chosen._fields)
    assert {LACKING, READING, SHOWING} == {option.group for option in OPTIONS}


@given(st.lists(st.text(max_size=6) | st.sampled_from(["--json", "-ojson", "--color", "--"])))
def test_complaints_know_their_form_on_any_line(line: list[str]) -> None:
    """No line is too odd to be asked whether it wants JSON."""
    manners = read_manners(line)

    assert manners.json in (False, "--json" in line)


def test_json_is_found_on_a_wrong_line() -> None:
    """A complaint about a wrong option comes as JSON where JSON is asked for, on either side."""

    assert read_manners(["--bogus", "--json"]).json
    assert read_manners(["explain", "x", "--bogus=1", "-vojson"]).output == "json"
    assert not read_manners(["--", "--json"]).json
    assert not read_manners(["--format", "--json"]).json
