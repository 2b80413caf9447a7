"""What a signal is, for whoever defines one and whoever looks for it."""

from __future__ import annotations

import re
from enum import Enum

from errdecode.model.record import NamedTuple

NEAR = 8192
"""Bytes before and behind a signal within which its companion is looked for, on the same line."""


class Start(Enum):
    """Where a signal begins: what engines look for first, so there are few of them.

    The value is a tuple of expressions. Each begins with a byte as it is or with a line, but for
    the one of quotes.
    """

    QUOTE = (rb"(?:^|[^0-9A-Za-z\n])[\"']", rb"\\x22")
    """A quote as JSON, Python or an access log of nginx writes it, behind no letter or digit."""
    TAG = (rb"<", rb"\\u003c", rb"\\u003C")
    """The beginning of an element, in plain text or in a JSON string."""
    BRACE = (rb"\{",)
    BRACKET = (rb"\[",)
    AMPERSAND = (rb"&",)
    ELEMENT = tuple(start + rb"(?:[\w.-]{1,30}:)?" for start in TAG)
    """The same, and a namespace's prefix."""
    INSIDE = tuple(start + rb"[\w.:-]{0,60}" for start in TAG)
    """The same, and the beginning of the name."""
    LINE = (rb"^[ \t]{0,32}", rb"^[<>*] [ \t]{0,32}", rb"\\n[ \t]{0,32}")
    """The beginning of a line, also of one in a string, and the blanks and marks there."""
    INDENT = (rb"^[ \t]{0,94}(?:  |\t)", rb"\\n {0,94}  ")
    """The beginning of a line, also of one in a string, and two blanks or a tab at least."""
    NONE = (rb"",)
    """The signal's own first bytes."""


class Signal(NamedTuple):
    """A pattern over one line, with the little in it that expressions of all engines have.

    A regular expression over bytes without look-around, references, groups that capture, greed that
    matters, or a repetition inside a repetition; it matches no line break. `^` and `$` are the ends
    of the line.
    """

    start: Start
    literal: bytes
    """What follows the start, as it is."""
    rest: bytes = b""
    """What follows the literal, as an expression; with a companion it has one end for a start."""
    companion: bytes = b""
    """An expression that is found on the same line as well, at most `NEAR` bytes away."""
    leads: tuple[bytes, ...] = ()
    """Expressions for a few bytes each, without repetitions: one follows the literal wherever the
    signal is, and then the line's end at the most. An engine may look for the literal with each of
    them, and then look closer. None: for the whole expression.
    """

    @property
    def pattern(self) -> bytes:
        """The whole expression, to be compiled for several lines."""
        starts = b"|".join(self.start.value)
        return b"(?:" + starts + b")" + escape(self.literal) + self.rest

    @property
    def spellings(self) -> tuple[bytes, ...]:
        """The same as several expressions, one for each way to begin."""
        return tuple(start + escape(self.literal) + self.rest for start in self.start.value)


def escape(text: bytes) -> bytes:
    """A text as an expression, in the spelling that every engine reads."""
    return re.sub(rb"[][(){}.*+?^$|\\]", rb"\\\g<0>", text)


RARE = (b"",)
"""The leads of a literal that hardly stands anywhere: it can be looked for alone."""


class Signals(NamedTuple):
    """All that makes a line a signal line."""

    items: tuple[Signal, ...]
