"""Reads a line as Windows cmd does, as people type it and as browsers write it under "Copy as cURL
(cmd)".

cmd first undoes its carets, then the program splits the rest by rules of its own (`argv`); here the
first step makes a text out of the given one, and the second makes words out of that text.
"""

from __future__ import annotations

from errdecode.capture.dialects.argv import split_arguments
from errdecode.capture.dialects.line import Line, Simple
from errdecode.model import Text
from errdecode.regex import expression
from errdecode.source import Builder, to_parent

_PLAIN = expression(r"[^\^\"|&<>\r\n ]+")
_IN_QUOTES = expression(r"[^\^\"\r\n]+")
_BREAK = expression(r"[ \t]*(?:\r\n|\n|\r)")
_LINE_END = expression(r"\r\n|\n|\r")
_REDIRECTION = expression(r" [0-9]?[<>]")
_MEANT = "&|<>%"
"""A caret before one of these is an escape even in quotes: nobody types it otherwise, but browsers
once did.
"""


def read(text: Text, start: int, limit: int) -> Line:
    """Read one logical line of `text` from `start` (0-based), at most up to `limit`."""
    return _Reader(text, start, limit).line()


class _Reader:
    """The state of one reading: the simple command at hand without its carets."""

    def __init__(self, text: Text, start: int, limit: int) -> None:
        self.text, self.value = text, text.value
        self.at, self.limit = start, limit
        self.begun = start
        self.builder = Builder(text)
        self.commands: list[Simple] = []
        self.unclosed: int | None = None
        self.continued = False
        self.quoted = self.skipping = False
        self.careless = self.value.find('^\\^"', start, limit) >= 0
        """Browsers of 2019 to 2023 wrote carets inside plain quotes, too."""

    def line(self) -> Line:
        """Read to the end of the logical line."""
        while self.at < self.limit:
            match = (_IN_QUOTES if self.quoted else _PLAIN).match(self.value, self.at, self.limit)
            if match:
                self.copy(match.end())
            elif self.value[self.at] in "\r\n":
                break
            else:
                self.step(self.value[self.at])
        end = self.at
        self.end_command("")
        return Line(self.text, tuple(self.commands), end, self.unclosed, self.continued)

    def copy(self, end: int) -> None:
        """Copy up to `end`, but nothing behind a redirection."""
        if not self.skipping:
            self.builder.copy(self.at, end)
        self.at = end

    def step(self, char: str) -> None:
        """Take one character that means something to cmd."""
        if char == "^":
            self.caret()
        elif char == '"':
            self.quoted = not self.quoted
            self.copy(self.at + 1)
        elif char in "|&":
            operator = char * 2 if self.value.startswith(char * 2, self.at) else char
            self.end_command(operator)
            self.at = self.begun = self.at + len(operator)
        else:
            redirection = _REDIRECTION.match(self.value, self.at, self.limit)
            self.skipping = self.skipping or redirection is not None or char in "<>"
            self.copy(redirection.end() if redirection else self.at + 1)
            if self.skipping and self.value.startswith("&", self.at):
                self.at += 1

    def caret(self) -> None:
        """`^` takes the meaning from the next character.

        Before a line break it goes on, before two it keeps the second.
        """
        at, following = self.at, self.value[self.at + 1 : self.at + 2]
        broken = _BREAK.match(self.value, at + 1, self.limit)
        if self.quoted and not (
            broken or following in _MEANT or (self.careless and not following.isalnum())
        ):
            self.copy(at + 1)
        elif broken or at + 1 >= self.limit:
            self.at = broken.end() if broken else self.limit
            self.continued = self.at >= self.limit
            second = _LINE_END.match(self.value, self.at, self.limit)
            if second:
                self.builder.put("\n", at, second.end())
                self.at = second.end()
        elif not self.skipping:
            self.builder.put(following, at, at + 2)
            self.at = at + 2
        else:
            self.at = at + 2

    def end_command(self, operator: str) -> None:
        """Split the command at hand into words."""
        line = self.builder.text()
        words, opened = split_arguments(line)
        if words:
            self.commands.append(Simple(tuple(words), self.begun, self.at, operator))
        if opened is not None and self.unclosed is None:
            self.unclosed = to_parent(line, opened, opened + 1)[0]
        self.builder, self.skipping = Builder(self.text), False
