"""Reads a line as bash, zsh and sh do: simple commands, operators, redirections, here-documents and
comments.

The grammar is that of the Bash manual, sections 3.2 (commands) and 3.6 (redirections); the words
are read in `posix_words`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from errdecode.capture.dialects.line import Expansion, Line, Simple
from errdecode.capture.dialects.pieces import concatenate
from errdecode.capture.dialects.posix_words import WordReader, document_end
from errdecode.model import Text
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.source import Builder

_PLAIN = expression(r"[^\s\\'\"$`|&;<>#\xa0]+")
_BLANKS = expression(r"[ \t\f\v\xa0]+")
_BREAK = expression(r"[ \t]*\r?\n")
_CONTINUED_BLANKS = expression(r"[ \t]+\r?\n(?=[ \t]*['\"-])")
_NEXT_OPTION = expression(r"\r?\n[ \t]+--?[A-Za-z][\w-]*(?=[ \t'\"=\\]|\r?$)", re.M)
_REDIRECTION = expression(r"<<<|<<-?|<>|<&|&>>?|>>|>&|>\||<|>")
_DELIMITER = expression(r"[ \t]*(?:'([^'\n]*)'|\"([^\"\n]*)\"|\\?([^\s|&;<>()'\"]+))")


class _HereDocument(NamedTuple):
    """A here-document that was announced and not read yet."""

    command: int
    """Index of the simple command it feeds, 0-based."""
    delimiter: str
    strip_tabs: bool
    expands: bool
    at: int


def read(text: Text, start: int, limit: int, *, apostrophes: bool = False) -> Line:
    """Read one logical line of `text` from `start` (0-based), at most up to `limit`.

    With `apostrophes`, an apostrophe between two letters or digits is a character like any other:
    the reading of last resort for a quote that never closes.
    """
    return _Reader(text, start, limit, apostrophes).line()


class _Reader(WordReader):
    """The state of one reading: the word at hand and the commands so far."""

    def __init__(self, text: Text, start: int, limit: int, apostrophes: bool) -> None:
        super().__init__(text, start, limit, apostrophes)
        self.commands: list[Simple] = []
        self.words: list[Text] = []
        self.expanded: list[Expansion] = []
        self.begun = start
        self.target = "word"
        self.stdin: dict[int, Text] = {}
        self.stdin_file: Text | None = None
        self.documents: list[_HereDocument] = []
        self.continued = False

    def line(self) -> Line:
        """Read to the end of the logical line."""
        going = True
        while going and self.at < self.limit:
            match = _PLAIN.match(self.value, self.at, self.limit)
            if match:
                self.build().copy(self.at, match.end())
                self.at = self.behind = match.end()
            else:
                going = _STEPS.get(self.value[self.at], _Reader.blank)(self)
        self.end_command("")
        if self.documents and self.unclosed is None:
            self.unclosed = self.documents[0].at
        commands = tuple(
            one._replace(stdin=self.stdin.get(index))
            for index, one in enumerate(self.commands)
            if one.words
        )
        end = min(self.at, self.limit)
        return Line(self.text, commands, end, self.unclosed, self.continued)

    # ------------------------------------------------------------ words and commands

    def end_word(self) -> None:
        """Put the word at hand where it belongs."""
        if self.word is None:
            return
        word, self.word = self.word.text(), None
        target, self.target = self.target, "word"
        if target == "stdin":
            self.stdin[len(self.commands)] = concatenate(self.text, (word, "\n"))
        elif target == "file":
            self.stdin_file = word
        elif target == "word":
            at = len(self.words)
            self.expanded += (one._replace(word=at) for one in self.expansions)
            self.words.append(word)

    def end_command(self, operator: str) -> None:
        """Close the simple command at hand.

        An empty one keeps its place, so that here-documents find theirs.
        """
        self.end_word()
        self.commands.append(
            Simple(
                tuple(self.words), self.begun, self.behind, operator,
                stdin_file=self.stdin_file, variables=tuple(self.variables),
                expansions=tuple(self.expanded),
            )
        )  # fmt: skip
        self.words, self.variables, self.expanded = [], [], []
        self.stdin_file, self.target = None, "word"

    # ------------------------------------------------------------ what a character begins

    def blank(self) -> bool:
        self.end_word()
        match = _BLANKS.match(self.value, self.at, self.limit)
        self.at = match.end() if match else self.at + 1
        if not self.words:
            self.begun = self.at
        return True

    def line_break(self) -> bool:
        """End the line, unless an operator, a here-document or an indented option on the next line
        goes on.
        """
        if self.value.startswith("\r", self.at) and not self.value.startswith("\r\n", self.at):
            return self.blank()
        self.end_word()
        after = self.value.find("\n", self.at, self.limit) + 1 or self.limit
        if self.documents:
            end = self.read_documents(after)
            if end is None:
                return False
            self.at = end
            return self.open_ended()
        if self.open_ended():
            self.at = after
            return True
        if self.words and _NEXT_OPTION.match(self.value, self.at, self.limit):
            self.at = after
            return True
        return False

    def open_ended(self) -> bool:
        """True when the last operator asks for another command."""
        return (
            not self.words
            and bool(self.commands)
            and self.commands[-1].operator in ("|", "&&", "||")
        )

    def backslash(self) -> bool:
        at = self.at
        match = _BREAK.match(self.value, at + 1, self.limit)
        if match and match.end() - at > 3:
            match = _CONTINUED_BLANKS.match(self.value, at + 1, self.limit)
        if match or at + 1 >= self.limit:
            self.continued = match is None or match.end() >= self.limit
            self.at = match.end() if match else self.limit
            return True
        self.build().put(self.value[at + 1], at, at + 2)
        return self.advance(at + 2)

    def comment(self) -> bool:
        if self.word is not None:
            self.word.copy(self.at, self.at + 1)
            return self.advance(self.at + 1)
        end = self.value.find("\n", self.at, self.limit)
        self.at = self.limit if end < 0 else end
        return True

    def operator(self) -> bool:
        """`|`, `||`, `;`, `&&`, `&`; and `&>`, which is a redirection."""
        two = self.value[self.at : self.at + 2]
        if two == "&>":
            return self.redirection()
        operator = two if two in ("||", "&&", "|&") else two[0]
        self.end_command("|" if operator == "|&" else operator)
        self.at = self.begun = self.at + len(operator)
        return True

    def redirection(self) -> bool:
        """Skip a redirection of output.

        Keep one of input; a number glued in front belongs to it.
        """
        if self.value.startswith(("<(", ">("), self.at):
            return self.substitution(self.at + 1)
        number = self.word is not None and self.value[self.word_start : self.at].isdecimal()
        if number:
            self.word = None
        self.end_word()
        match = _REDIRECTION.match(self.value, self.at, self.limit)
        sign = match[0] if match else ">"
        start, self.at = self.at, self.at + len(sign)
        if sign in ("<<", "<<-"):
            return self.announce(start, sign == "<<-")
        self.target = {"<<<": "stdin", "<": "file"}.get(sign, "skip")
        return True

    # ------------------------------------------------------------ here-documents

    def announce(self, start: int, strip_tabs: bool) -> bool:
        """Remember a here-document, whose text begins on the next line."""
        match = _DELIMITER.match(self.value, self.at, self.limit)
        if match:
            delimiter = match[match.lastindex or 0]
            plain = match.lastindex == 3 and "\\" not in match[0]
            self.documents.append(
                _HereDocument(len(self.commands), delimiter, strip_tabs, plain, start)
            )
            self.advance(match.end())
        return True

    def read_documents(self, at: int) -> int | None:
        """Read the announced here-documents from `at`.

        Returns the place behind the last, None when one never ends.
        """
        while self.documents:
            one = self.documents[0]
            end = document_end(self.value, at, self.limit, one.delimiter, one.strip_tabs)
            builder = Builder(self.text)
            self.copy_document(
                builder, at, end[0] if end else self.limit, one.strip_tabs, one.expands
            )
            self.stdin[one.command] = builder.text()
            if end is None:
                self.at = self.limit
                return None
            at = end[1]
            self.documents.pop(0)
        return at


_STEPS: dict[str, Callable[[_Reader], bool]] = {
    "'": _Reader.single,
    '"': _Reader.double,
    "\\": _Reader.backslash,
    "$": _Reader.dollar,
    "`": _Reader.backquote,
    "#": _Reader.comment,
    "\n": _Reader.line_break,
    "\r": _Reader.line_break,
    "|": _Reader.operator,
    "&": _Reader.operator,
    ";": _Reader.operator,
    "<": _Reader.redirection,
    ">": _Reader.redirection,
}
