"""Completion scripts: a template per shell, filled with what every command of the tree takes.

Commands, options and choices stand in the script, so that TAB is instant. Format ids and codes are
asked of the program at each TAB, because the user's own catalogs add to them: see `words`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Callable

    from errdecode.cli.completion.tree import Command

Shell = Literal["bash", "zsh", "fish", "powershell"]
SHELLS: tuple[Shell, ...] = get_args(Shell)
FILES: dict[Shell, str] = {
    "bash": "errdecode.bash",
    "zsh": "_errdecode",
    "fish": "errdecode.fish",
    "powershell": "errdecode.ps1",
}
"""The names of the scripts in the folder `completions/`, as their shells look for them."""
_ENDINGS: dict[Shell, str] = {"bash": "bash", "zsh": "zsh", "fish": "fish", "powershell": "ps1"}
TABLE = "@TABLE@\n"
"""The line of a template that makes room for what the commands take."""


def script_for(shell: Shell, program: object) -> str:
    """Write the script of one of `SHELLS` for a Typer command, `typer.main.get_command(app)`."""
    from errdecode.cli.completion.tree import read_tree

    template = Path(__file__).with_name(f"template.{_ENDINGS[shell]}")
    text = template.read_text(encoding="utf-8")
    return text.replace(TABLE, _writer(shell)(read_tree(program)))


def _writer(shell: Shell) -> Callable[[list[Command]], str]:
    """The function that writes the table as the shell reads it."""
    if shell == "bash":
        from errdecode.cli.completion.bash import write_table
    elif shell == "zsh":
        from errdecode.cli.completion.zsh import write_table
    elif shell == "fish":
        from errdecode.cli.completion.fish import write_table
    else:
        from errdecode.cli.completion.powershell import write_table
    return write_table
