"""The completion scripts: generated, current, shipped; and the question that TAB asks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import get_args

import pytest
import typer
from conftest import ROOT

from errdecode.catalog import Catalog, open_catalog
from errdecode.cli.app import app
from errdecode.cli.completion import FILES, SHELLS, Shell, script_for
from errdecode.cli.completion.tree import read_tree
from errdecode.cli.completion.words import find_words
from errdecode.lookup import look_up, read_words

COMPLETIONS = ROOT / "completions"


@pytest.mark.parametrize("shell", SHELLS)
def test_scripts_are_current(shell: Shell, update: bool) -> None:
    """Each file in completions/ is what `errdecode completion SHELL` prints."""
    file = COMPLETIONS / FILES[shell]
    script = script_for(shell, typer.main.get_command(app))
    if update:
        file.write_text(script, encoding="utf-8", newline="\n")

    assert script == file.read_text(encoding="utf-8")


def test_every_shell_has_a_file() -> None:
    """The command, the folder and the wheel know the same shells."""
    wheel = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    shipped = {name for name in FILES.values() if f'"completions/{name}"' in wheel}

    assert (set(SHELLS), shipped) == (set(FILES), {file.name for file in COMPLETIONS.iterdir()})
    assert get_args(Shell) == SHELLS


def test_the_command_prints_the_script(run: Callable[..., object]) -> None:
    """`errdecode completion SHELL` prints the script and nothing else."""
    script = script_for("zsh", typer.main.get_command(app))

    assert (0, script, "") == run("completion", "zsh")


def test_what_a_metavar_takes_is_known() -> None:
    """A metavar that completion does not know is told, so that no new option is forgotten."""
    other = typer.Typer()

    @other.command()
    def decode(odd: str = typer.Option("", metavar="ODD")) -> None:
        """Take an odd thing."""

    @other.command()
    def why() -> None:
        """Do something else."""

    with pytest.raises(ValueError, match="ODD"):
        read_tree(typer.main.get_command(other))


def test_words_load_no_typer() -> None:
    """The question that TAB asks is answered without Typer and rich."""
    program = (
        "import sys; from errdecode.cli import main; main(['completion', '--words', 'ids']);"
        "print(*sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert "talonone\tTalon.One" in done.stdout.splitlines()
    assert set() == set(done.stderr.split()) & {"typer", "click", "rich", "inspect", "dataclasses"}


def test_every_word_leads_somewhere() -> None:
    """What is offered after `explain` and after `explain ID` is explained."""
    catalog = open_catalog()
    offered = {word for word, _ in find_words("explain", [], catalog)}
    lines = {(id, word) for id in catalog.ids() for word, _ in find_words("explain", [id], catalog)}
    silent = [line for line in lines if not look_up(read_words([*line], catalog), None, catalog)]
    bearer = {word: id for id, word in lines} | {id: id for id in catalog.ids()}
    for word in offered:  # each is looked for where it is borne: everywhere takes half a minute
        question = read_words([word], catalog)
        silent += [(word,)] * (not look_up(question, None, only(bearer[word], catalog)))

    assert (len(lines) > 300, silent) == (True, [])


def only(id: str, catalog: Catalog) -> Catalog:
    """The catalog, with one format that is looked through where any may be meant."""
    narrow = copy(catalog)
    narrow.ids = lambda: [id]  # type: ignore[method-assign]
    return narrow


def test_words_without_a_catalog(run: Callable[..., object], tmp_path: Path) -> None:
    """A folder that is not there, or an unknown question, is no reason to complain under TAB."""
    folder = str(tmp_path / "absent")
    ids = run("completion", "--words", "ids")

    assert ids == run("completion", "--words", "formats", "--catalog", folder, "show")
    assert run("completion", "--words", "nonsense") == (0, "", "")
    assert run("completion", "--words") == (0, "", "")
