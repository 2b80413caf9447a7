"""Terminal manners: whether to colour, how wide to write, whether links can be clicked."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from errdecode.cli.options import Chosen
from errdecode.render import View
from errdecode.render.charset import can_draw


def view_of(chosen: Chosen) -> View:
    """How the reader on standard output wants to see it."""
    color = use_color(chosen.color, sys.stdout)
    return View(
        width=_width(chosen.width),
        color=color,
        ascii=chosen.ascii or not can_draw(sys.stdout.encoding or "ascii"),
        charset=_charset(sys.stdout),
        links=_links(chosen.links, color),
        verbose=chosen.verbose,
        quiet=chosen.quiet,
    )


def use_color(asked: str | None, stream: TextIO) -> bool:
    """Whether to write colour to a stream.

    --color > ERRDECODE_COLOR > NO_COLOR (not empty: https://no-color.org) > CLICOLOR_FORCE and
    FORCE_COLOR (not 0: https://bixense.com/clicolors) > CLICOLOR=0 > TERM=dumb > a terminal or not.
    """
    environment = os.environ
    for word in (asked, environment.get("ERRDECODE_COLOR")):
        if word in ("always", "never"):
            return word == "always"
        if word == "auto":
            break
    if environment.get("NO_COLOR"):
        return False
    forced = (environment.get("CLICOLOR_FORCE"), environment.get("FORCE_COLOR"))
    if any(word not in (None, "", "0") for word in forced):
        return True
    if environment.get("CLICOLOR") == "0" or environment.get("TERM") == "dumb":
        return False
    return stream.isatty()


def _width(asked: int | None) -> int | None:
    """--width > COLUMNS > the terminal > unlimited."""
    if asked:
        return asked
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or None
    except (OSError, ValueError):
        return None


def _links(asked: str | None, color: bool) -> bool:
    if asked in ("always", "never"):
        return asked == "always"
    return color and sys.stdout.isatty()


def _charset(stream: TextIO) -> str | None:
    """The charset of a stream, where that lacks characters."""
    name = stream.encoding or "ascii"
    return None if name.lower().startswith("utf") else name
