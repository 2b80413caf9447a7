"""Texts that know where they came from, and the places in them."""

from __future__ import annotations

from typing import TypeAlias

from errdecode.model.record import NamedTuple

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"


class Position(NamedTuple):
    """A place in a text, as the Language Server Protocol means it; line and column 1-based."""

    line: int
    column: int
    """In code points."""
    offset: int
    """0-based, in bytes of the text as it was encoded."""


class Span(NamedTuple):
    """A half-open range of a text."""

    start: Position
    end: Position


class Run(NamedTuple):
    """One piece of an origin map: where consecutive characters of a text came from in its parent.

    Character `i` of the run (0-based, counted from `start`) came from the parent's characters
    `origin + i * step` up to (not including) that plus `width`: an escape such as `\\u00e9` has
    width 6, a block of base64 has step 0 and width 4.
    """

    start: int
    """First character of the run in the text, 0-based; the run ends where the next one starts."""
    origin: int
    """First character of the run's origin in the parent, 0-based."""
    step: int = 1
    width: int = 1


class Text(NamedTuple):
    """A text that knows where it came from: the capture itself, or a text cut out of another."""

    value: str
    runs: tuple[Run, ...] = ()
    """The origin map into `parent`, ordered by `start`; empty for a text without a parent."""
    parent: Text | None = None
    encoding: str = "utf-8"
    """How the text's characters are encoded where it was read; offsets count those bytes."""
    head: int = 0
    """Bytes of a byte order mark before it."""
