"""catalog/README.md is true: its steps lead to a format, its tables list the whole vocabulary."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple, get_type_hints

import pytest

from errdecode import format as words
from errdecode.compile.schema import toml_key

README = Path(__file__).parent.parent / "catalog" / "README.md"


class Step(NamedTuple):
    """A command of the README and the lines it shows."""

    command: str
    shown: list[str]


def read_steps(text: str) -> list[Step | tuple[str, str]]:
    """The commands, and the files to write (path, text), in the order of the fenced blocks."""
    steps: list[Step | tuple[str, str]] = []
    for match in re.finditer(
        r"(?:^`([^`\n]+)`:\n\n)?^```(\w+)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE
    ):
        path, kind, block = match.groups()
        if path:
            steps.append((path, block))
        elif kind == "console":
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, *shown = part.splitlines()
                steps.append(Step(command, shown))
    return steps


def shows(shown: list[str], output: str) -> bool:
    """Whether lines stand in the output in this order; `...` stands for anything in a line."""
    pattern = ".*".join("[^\n]*".join(map(re.escape, line.split("..."))) for line in shown)
    return re.search(pattern, output, re.DOTALL) is not None


PROGRAM = """\
#!/bin/sh
test "$*" = "catalog test" && PYTHONPATH={small}
exec {python} -m errdecode "$@"
"""
"""The program, with a small catalog where all examples are tried: see `test_catalog` for ours."""


def test_the_readme_leads_to_a_format(tmp_path: Path, warm: Path, small_checkout: Path) -> None:
    """Whoever follows the README step by step sees what it shows."""
    shutil.copytree(warm, tmp_path / ".cache")
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "errdecode"
    python = shlex.quote(sys.executable)
    program.write_text(PROGRAM.format(small=shlex.quote(str(small_checkout)), python=python))
    program.chmod(0o755)
    paths = [str(tmp_path / "bin"), os.environ["PATH"]]
    env = {
        "HOME": str(tmp_path),
        "PATH": os.pathsep.join(paths),
        "PYTHONPATH": str(README.parent.parent),
    }
    for step in read_steps(README.read_text(encoding="utf-8")):
        if not isinstance(step, Step):
            path, text = step
            (tmp_path / path.removeprefix("~/")).write_text(text, encoding="utf-8")
            continue
        done = subprocess.run(
            ["/bin/sh", "-c", step.command],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )

        assert shows(step.shown, done.stdout + done.stderr), (step, done)


@pytest.mark.parametrize("type", [words.Clue, words.Extract, words.Read, words.Code, words.Example])
def test_the_readme_has_every_word(type: type) -> None:
    """The tables of the README list the vocabulary, in the order of `format/`."""
    section = (
        README.read_text(encoding="utf-8").split(f"\n### {type.__name__}\n")[1].split("\n#")[0]
    )
    listed = re.findall(r"^\| `(\w+)` \| \S", section, re.MULTILINE)

    assert [toml_key(name) for name in get_type_hints(type)] == listed
