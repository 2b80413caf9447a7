"""The words of a shell line, as every dialect gives them, and how the line ended."""

from __future__ import annotations

from errdecode.model import Text
from errdecode.model.record import NamedTuple


class Expansion(NamedTuple):
    """A variable in a word: what the shell would have put its value in place of."""

    word: int
    """Index of the word in its command, 0-based."""
    start: int
    """First character in the word, 0-based."""
    end: int
    name: str
    written: str
    """`$BODY`, `${BODY}`."""
    quoted: bool
    """Whether it stands in double quotes, so that blanks in its value do not end the word."""


class Simple(NamedTuple):
    """One simple command: a program and its arguments."""

    words: tuple[Text, ...]
    """Quotes and escapes undone; each descends from the text of the line."""
    start: int
    """First character in the text of the line, 0-based."""
    end: int
    """After the last character, operators and here-documents not included."""
    operator: str = ""
    """What ended it: `|`, `;`, `&&`, `||`, `&`, or nothing at the end of the line."""
    stdin: Text | None = None
    """What a here-document or a here-string feeds it."""
    stdin_file: Text | None = None
    """The name behind `<`."""
    variables: tuple[str, ...] = ()
    """What the shell would have replaced, as written: `$TOKEN`, `$(date)`.

    Kept literally in the words.
    """
    expansions: tuple[Expansion, ...] = ()
    """Those of them in the words that are plain variables, in order."""


class Line(NamedTuple):
    """One logical line: up to the line break that ends it, continuations and here-documents
    included.
    """

    text: Text
    """What the words' origin maps lead to, directly or in steps."""
    commands: tuple[Simple, ...]
    end: int
    """After the last character, the line break not included.

    In the text that was given to the reader.
    """
    unclosed: int | None = None
    """Where a quote, a substitution or a here-document begins that never ends, 0-based, in the
    given text.
    """
    continued: bool = False
    """True when the line promises a continuation but the text ends."""
