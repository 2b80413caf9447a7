"""What is shown of a scan: one folder a case, held output by output, and what holds for any scan.

`tests/scans/NAME/errors.jsonl` holds the errors as `--jsonl` has them, `baseline.json` beside it
what they are compared with; `pytest --update` writes the outputs anew. Read the difference before
keeping it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from sightings import NOON, logs, scan_of, sighting
from test_snapshots import changes

from errdecode.render import View
from errdecode.render.charset import to_plain
from errdecode.render.scan import RENDERERS, Findings, render
from errdecode.render.scan.json import read_schema
from errdecode.render.scan.jsonl import line
from errdecode.render.scan.terminal import line as live
from errdecode.render.scan.terminal import sparkline
from errdecode.render.scan.words import between, iso, moment, size
from errdecode.sanitise import sanitise
from errdecode.scan.baseline import compare, read
from errdecode.scan.model import Context, Place, Scan, Sighting, Skipped, Unreadable

SCANS = Path(__file__).parent / "scans"
CASES = sorted(path.name for path in SCANS.iterdir() if path.is_dir())
OUTPUTS: Mapping[str, tuple[str, View]] = {
    "terminal.txt": ("terminal", View(width=100)),
    "narrow.txt": ("terminal", View(width=60)),
    "ascii.txt": ("terminal", View(width=100, ascii=True)),
    "color.txt": ("terminal", View(width=100, color=True)),
    "scan.json": ("json", View(indent=True)),
    "scan.md": ("markdown", View()),
    "scan.html": ("html", View()),
}
"""Each file of a case's folder that is made, with the output and the view that make it."""
SCHEMA: dict[str, Any] = json.loads(read_schema())
VALIDATOR = Draft202012Validator(SCHEMA)


def scan_in(folder: Path) -> Scan:
    """The scan of a case."""
    items: list[Sighting | Unreadable] = []
    skipped: list[Skipped] = []
    for text in (folder / "errors.jsonl").read_text(encoding="ascii").splitlines():
        value = json.loads(text)
        if value["kind"] == "skipped":
            part = value.get("part", False)
            skipped.append(Skipped(value["file"], value["reason"], part=part))
        else:
            items.append(read_item(value))
    scan = scan_of(*items, skipped=tuple(skipped))
    baseline = folder / "baseline.json"
    if not baseline.exists():
        return scan
    return compare(scan, read(baseline.read_text(encoding="ascii"), "baseline.json"))


def read_item(value: dict[str, Any]) -> Sighting | Unreadable:
    """A line of `--jsonl` as what it was made of."""
    place = Place(value["file"], value["offset"], value["line"])
    if value["kind"] == "unreadable":
        return Unreadable(place, value["reason"])
    time = None if value["time"] is None else seconds(value["time"])
    named = {name: value[name] for name in Context._fields if name in value} | {"time": time}
    own = {name: value[name] for name in Sighting._fields if name in value}
    return Sighting(**{**own, "place": place, "context": Context(**named)})


def seconds(text: str) -> float:
    """A time of the JSON output, in seconds since 1970."""
    from datetime import datetime

    return datetime.fromisoformat(text).timestamp()


# ---------------------------------------------------------------- cases


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("case", CASES)
def test_a_scan_is_shown_as_its_snapshot(case: str, output: str, update: bool) -> None:
    """Each output of a case is as the file of its folder has it."""
    form, view = OUTPUTS[output]
    text = render(Findings(scan_in(SCANS / case), command="errdecode scan logs"), form, view)
    if view.ascii:
        text = to_plain(text)
    if form == "html":
        text = re.sub(r"(?<=<style>).*?(?=</style>)", "", text, flags=re.DOTALL)
        text = re.sub(r"(?<=<script>).*?(?=</script>)", "", text, flags=re.DOTALL)
        text = re.sub(r"(?<=sha256-)[^&]*", "", text)
    file = SCANS / case / output
    if update:
        file.write_text(text, encoding="utf-8", newline="")

    assert file.exists(), "there is no such snapshot yet: run pytest --update and review it"
    if difference := changes(file.read_bytes().decode(), text):
        pytest.fail(difference, pytrace=False)


def test_no_orphans() -> None:
    """Every file in a case's folder is its input or one of its outputs."""
    known = {"errors.jsonl", "baseline.json", *OUTPUTS}
    files = {path.name for case in CASES for path in (SCANS / case).iterdir()}

    assert set() == files - known


# ---------------------------------------------------------------- any scan


@settings(max_examples=50)
@given(logs(15), st.sampled_from(sorted(RENDERERS)), st.integers(20, 120) | st.none())
def test_nothing_harmful_is_shown(
    items: list[Sighting | Unreadable], form: str, width: int | None
) -> None:
    """Whatever a log holds, what is for people holds neither secrets nor what steers a terminal,
    and JSON is ASCII."""
    text = render(Findings(scan_of(*items)), form, View(width=width))

    assert "sk_live_abc" not in text
    assert text == sanitise(text, keep_lines=True)
    assert text.isascii() or form in ("terminal", "markdown")


@settings(max_examples=50)
@given(logs(15))
def test_json_is_as_its_schema_says(items: list[Sighting | Unreadable]) -> None:
    """The document, and each line, keeps to the published schema and tells every group."""
    scan = scan_of(*items)
    value = json.loads(render(Findings(scan), "json", View()))

    VALIDATOR.validate(value)
    for item in items:
        VALIDATOR.evolve(schema={**SCHEMA["$defs"]["line"], "$defs": SCHEMA["$defs"]}).validate(
            json.loads(line(item))
        )
    assert scan.errors == value["errors"] == sum(group["count"] for group in value["groups"])


def test_the_schema_knows_all_members() -> None:
    """Nothing is in the document that the schema does not describe."""
    VALIDATOR.check_schema(SCHEMA)
    value = json.loads(render(Findings(scan_in(SCANS / "shop")), "json", View()))
    known = SCHEMA["$defs"]

    assert set(value) == set(SCHEMA["properties"])
    assert set(value["groups"][0]) == set(known["group"]["properties"])
    assert set(value["groups"][0]["exemplars"][0]) == set(known["error"]["properties"])
    assert all("description" in one for one in known["error"]["properties"].values())


@settings(max_examples=50)
@given(logs(10))
def test_a_line_gives_back_what_it_was_made_of(items: list[Sighting | Unreadable]) -> None:
    """A line of `--jsonl` loses nothing but what was masked and the order of exemplars."""
    for item in items:
        text = line(item, show_secrets=True)
        value = read_item(json.loads(text))

        assert text.isascii()
        assert 1 == text.count("\n")
        assert json.loads(line(value, show_secrets=True)) == json.loads(text)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_table_keeps_to_the_width(width: int) -> None:
    """No line is longer than the terminal, but for a code, a pointer, a place or a command."""
    text = render(Findings(scan_in(SCANS / "shop")), "terminal", View(width=width))
    long = [one for one in text.splitlines() if len(one) > width]

    assert [] == [one for one in long if width >= 60 or not re.search(r"[\d-]  \w+", one)]


def test_codes_are_never_split() -> None:
    """A code stands whole on its line, however narrow the terminal."""
    code = "a_code_that_is_longer_than_any_terminal_" * 3
    text = render(Findings(scan_of(sighting(code=code))), "terminal", View(width=40))

    assert code in text


def test_colour_only_adds() -> None:
    """Without its escapes, the coloured table is the plain one."""
    findings = Findings(scan_in(SCANS / "compared"))
    plain, colored = (render(findings, "terminal", View(80, color=on)) for on in (False, True))

    assert plain == re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert "\x1b[" in colored


def test_more_groups_are_told_and_shown_when_asked_for() -> None:
    """Twenty groups are shown, the others counted; -v shows them all."""
    scan = scan_of(*(sighting(n, code=f"code_{n:02}") for n in range(30)))
    text = render(Findings(scan), "terminal", View())

    assert "and 10 more groups with 10 errors; -v shows them all" in text
    assert 20 == len(re.findall(r"\bcode_\d\d\n", text))
    assert 30 == len(
        re.findall(r"\bcode_\d\d\n", render(Findings(scan), "terminal", View(verbose=1)))
    )


def test_an_interruption_is_told() -> None:
    """Every output for people says how far an interrupted scan came."""
    scan = scan_of(sighting())._replace(interrupted="after 1.0 GB of 4.0 GB (25 %)")

    for form in ("terminal", "markdown", "html", "json"):
        assert "25 %" in render(Findings(scan), form, View()).replace("\\", "")


@pytest.mark.parametrize(
    ("row", "shown", "plain"),
    [
        ((), "", ""),
        ((0, 0), "  ", "  "),
        ((1, 2, 4, 8), "▁▂▄█", ".:=@"),
        ((1, 1_000_000), "▁█", ".@"),
        ((5, 0, 5), "█ █", "@ @"),
    ],
)
def test_sparklines(row: tuple[int, ...], shown: str, plain: str) -> None:
    """The most fill the line, one alone can be seen, and nothing is nothing."""

    assert (shown, plain) == (sparkline(row), sparkline(row, ascii=True))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 B"), (999, "999 B"), (1500, "1.5 kB"), (99_960, "100 kB"), (999_600, "1.0 MB"),
        (1e9, "1.0 GB"), (1.5e12, "1.5 TB"), (1e16, "10,000.0 TB"),
    ],
)  # fmt: skip
def test_sizes(number: float, words: str) -> None:
    """Bytes are told in thousands, with at most three digits before TB."""

    assert words == size(number)


def test_times() -> None:
    """Times are UTC; a day is not said twice, milliseconds only where there are any."""

    assert "2025-11-20 12:00:00" == moment(NOON)
    assert "2025-11-20 12:00:00 to 12:01:00" == between(NOON, NOON + 60)
    assert "2025-11-20 12:00:00 to 2025-11-21 12:00:00" == between(NOON, NOON + 86_400)
    assert ("2025-11-20T12:00:00Z", "2025-11-20T12:00:00.250Z") == (iso(NOON), iso(NOON + 0.25))


def test_many_followers_are_counted() -> None:
    """Of very many groups that follow from one, the first ten are named."""
    items = [
        sighting(100 * n + 50 * trace, code=f"code_{n:02}", time=NOON + n, trace_id=f"t-{trace}")
        for n in range(15)
        for trace in range(2)
    ]
    text = render(Findings(scan_of(*items)), "terminal", View())

    assert "groups 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 4 more follow from it" in text


def test_an_error_in_a_line() -> None:
    """While files are followed, each error is a line with its place; foreign text is harmless."""
    error = live(sighting(1700, title="a\x1b[2Jb"), View())
    bare = live(sighting(0, code=None, title=None, message="gone", status=None), View())
    lost = live(Unreadable(Place("a.log", 0, 9), "cut off"), View())

    assert "app.log:18: error[declined]: a\\x1b[2Jb [HTTP 402]\n" == error
    assert "app.log:1: error: gone\n" == bare
    assert "a.log:9: cut off\n" == lost


# ---------------------------------------------------------------- why
