"""What the README shows is what the program does."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from conftest import ROOT

README = ROOT / "README.md"
IMAGES = ROOT / ".github" / "images"
CAPTURE = "tests/captures/readme-session.paste"
PICTURES = {
    "session.svg": (CAPTURE, ["paste.txt"]),
    "correction.svg": ("tests/captures/readme-correction.paste", ["fix", "paste.txt"]),
    "scan.svg": ("tests/logs/shop.log", ["scan", "shop.log"]),
}
"""Each with the capture it shows and the words behind `errdecode`."""
COLUMNS = 94


def run(
    *arguments: str, columns: int = 100, at: Path = ROOT, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run the program as a user would, in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "errdecode", *arguments],
        cwd=at,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": str(columns)},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def draw(text: str, title: str) -> str:
    """A terminal's output as an SVG picture that loads nothing from anywhere."""
    import io

    from rich.console import Console
    from rich.terminal_theme import MONOKAI
    from rich.text import Text

    console = Console(record=True, width=COLUMNS, file=io.StringIO(), legacy_windows=False)
    console.print(Text.from_ansi(text), soft_wrap=True)
    svg = console.export_svg(title=title, unique_id="errdecode", theme=MONOKAI)
    return re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)


def words_of(svg: str) -> list[str]:
    """The words shown in a picture, in order."""
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    return " ".join(unescape(text).replace("\xa0", " ") for text in texts).split()


def test_the_help_is_the_programs(update: bool) -> None:
    """The README's help text is what `errdecode --help` prints."""
    text = README.read_text(encoding="utf-8")
    shown = run("--help").stdout
    pattern = r"(<!-- `COLUMNS=100 errdecode --help`.*?-->\n```text\n)(.*?)(```)"
    if update:
        text = re.sub(pattern, lambda m: m[1] + shown + m[3], text, flags=re.DOTALL)
        README.write_text(text, encoding="utf-8")
    found = re.search(pattern, text, re.DOTALL)

    assert found is not None
    assert shown == found[2]


@pytest.mark.parametrize("name", PICTURES)
def test_the_pictures_are_real(
    name: str, update: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture shows what the program prints for its capture."""
    capture, words = PICTURES[name]
    key = tmp_path / "errdecode" / "key"
    key.parent.mkdir()
    key.write_bytes(bytes(range(32)))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    (tmp_path / words[-1]).write_bytes((ROOT / capture).read_bytes())
    manners = () if words[0] == "fix" else ("--color", "always", "--links", "never")
    shown = run(*words, *manners, columns=COLUMNS, at=tmp_path).stdout
    shown = re.sub(r"(?<= · )\d+\.\d s(?= · engine)", "0.2 s", shown)
    svg = draw(shown, " ".join(["errdecode", *words]))
    if update:
        (IMAGES / name).write_text(svg, encoding="utf-8")
    drawn = (IMAGES / name).read_text(encoding="utf-8")

    assert words_of(svg) == words_of(drawn)
    assert 'url("http' not in drawn
    assert f".github/images/{name}" in README.read_text(encoding="utf-8")


def tables() -> dict[str, str]:
    """The tables of the README that are generated, by the name in the comment above them."""
    from errdecode.catalog import open_catalog
    from errdecode.pointer import DIALECTS

    catalog = open_catalog()
    kinds: dict[str, list[str]] = {}
    for id in catalog.ids():
        kinds.setdefault(catalog.name(id).kind, []).append(f"`{id}`")
    formats = [f"| {kind} | {', '.join(ids)} |" for kind, ids in sorted(kinds.items())]
    dialects = [f"| {name} | `{row.example}` | {row.sentence} |" for name, row in DIALECTS.items()]
    return {
        "formats": "\n".join(["| kind | formats |", "|---|---|", *formats]),
        "dialects": "\n".join(["| dialect | for example | |", "|---|---|---|", *dialects]),
    }


@pytest.mark.parametrize("name", ["formats", "dialects"])
def test_the_tables_are_generated(name: str, update: bool) -> None:
    """The README lists all formats of the catalog, and all dialects of pointers."""
    table = tables()[name]
    pattern = rf"(<!-- generated: {name} -->\n).*?(<!-- end -->)"
    text = README.read_text(encoding="utf-8")
    if update:
        text = re.sub(pattern, lambda m: f"{m[1]}{table}\n{m[2]}", text, flags=re.DOTALL)
        README.write_text(text, encoding="utf-8")
    found = re.search(pattern, text, re.DOTALL)

    assert found is not None
    assert f"<!-- generated: {name} -->\n{table}\n<!-- end -->" == found[0]


def commands() -> list[str]:
    """The commands of the README's sections on use and on logs."""
    text = README.read_text(encoding="utf-8")
    sections = [text.split(f"## {name}\n")[1].split("\n## ")[0] for name in ("Use", "In logs")]
    shown = [line for line in "\n".join(sections).split("\n") if line.startswith("$ ")]
    lines = [line[2:].partition("  #")[0].strip() for line in shown]
    return [line for line in lines if line.startswith("errdecode") and "|" not in line]


def test_a_followed_folder_is_read_until_it_is_interrupted(tmp_path: Path) -> None:
    """That command of the README prints what is there, goes on, and ends with Ctrl-C."""
    (command,) = (line for line in commands() if "--follow" in line)
    shutil.copytree(ROOT / "tests/logs", tmp_path / "logs")
    following = subprocess.Popen(
        [sys.executable, "-m", "errdecode", *shlex.split(command)[1:]],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert following.stdout
    first = following.stdout.readline()
    following.send_signal(signal.SIGINT)
    rest = following.communicate()[0]

    assert "error" in first
    assert (0, True) == (following.returncode, "errors in" in rest)


@pytest.mark.parametrize("command", [one for one in commands() if "--follow" not in one])
def test_the_commands_run(command: str, tmp_path: Path) -> None:
    """Every command of those sections does its job on files of the names it uses."""
    for name in ("paste.txt", "error.json", "order.json", "empty.txt"):
        (tmp_path / name).write_text('{"state": "Closed"}' if name == "order.json" else "")
    shutil.copy(ROOT / CAPTURE, tmp_path / "paste.txt")
    shutil.copy(ROOT / "tests/captures/talonone-enum-body.json", tmp_path / "error.json")
    shutil.copytree(ROOT / "tests/logs", tmp_path / "logs")
    shutil.copy(ROOT / "tests/logs/shop.log", tmp_path / "shop.log")
    if "monday.json" in command:
        run("scan", "shop.log", "--save", "monday.json", at=tmp_path)
    words, _, source = command.partition(" > ")[0].partition("<")
    arguments = shlex.split(words.replace("*.json", "error.json"))[1:]
    done = subprocess.run(
        [sys.executable, "-m", "errdecode", *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=(tmp_path / source.strip()).read_text() if source else "",
        capture_output=True,
        text=True,
        check=False,
    )

    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout


def test_the_capture_is_in_the_repository() -> None:
    """The README's first command decodes a capture that is there, and finds the fault in it."""
    done = run(CAPTURE)

    assert CAPTURE in README.read_text(encoding="utf-8")
    assert (0, True) == (done.returncode, "^^^^^" in done.stdout)
