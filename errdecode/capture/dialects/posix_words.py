"""Reads the words of POSIX shells: quotes, escapes and substitutions, undone as far as a paste can
show them.

The rules are those of the Bash manual, section 3.1.2 (quoting) and 3.5 (expansions); what only a
running shell could know is kept as it is written.
"""

from __future__ import annotations

import re

from errdecode.capture.dialects.escapes import copy_unescaped
from errdecode.capture.dialects.line import Expansion
from errdecode.model import Text
from errdecode.regex import expression
from errdecode.source import Builder

_VARIABLE = expression(r"\$(?:[A-Za-z_]\w*|[0-9@*#?!$-]|\{[^}\n]{1,200}\})")
_PLAIN_VARIABLE = expression(r"\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})\Z")
_DOUBLE = expression(r"[\"\\$`]")
_CAT = expression(r"\$\([ \t]*cat[ \t]*<<(-?)[ \t]*(['\"]?)(\w+)\2[ \t]*\r?\n")
_CLOSED = expression(r"\s*\)")
_NESTED = expression(r"[()'\"\\]")
_IN_DOCUMENT = expression(r"[\\$`]")


class WordReader:
    """The state of a reading: where it is, and the word being built."""

    def __init__(self, text: Text, start: int, limit: int, apostrophes: bool) -> None:
        self.text, self.value = text, text.value
        self.at, self.limit, self.apostrophes = start, limit, apostrophes
        self.behind = start
        self.word: Builder | None = None
        self.word_start = start
        self.variables: list[str] = []
        self.expansions: list[Expansion] = []
        """Those of the word at hand; which word it is, is told when it ends."""
        self.unclosed: int | None = None

    def build(self) -> Builder:
        """The builder of the word at hand."""
        if self.word is None:
            self.word, self.word_start, self.expansions = Builder(self.text), self.at, []
        return self.word

    def advance(self, to: int) -> bool:
        """Go on behind something that belongs to the command."""
        self.at = self.behind = min(to, self.limit)
        return True

    def fail(self, at: int) -> bool:
        """Note that what begins at `at` never ends, which takes all the rest."""
        self.unclosed = at
        self.at = self.behind = self.limit
        return False

    # ------------------------------------------------------------ quotes

    def single(self) -> bool:
        """'…': nothing in it is special (Bash manual, 3.1.2.2)."""
        opened = self.at
        if self.apostrophes and _between_letters(self.value, opened):
            self.build().copy(opened, opened + 1)
            return self.advance(opened + 1)
        close = self.value.find("'", opened + 1, self.limit)
        while self.apostrophes and close >= 0 and _between_letters(self.value, close):
            close = self.value.find("'", close + 1, self.limit)
        builder = self.build()
        builder.copy(opened + 1, self.limit if close < 0 else close)
        if close < 0 or self.suspicious(opened, close):
            return self.fail(opened)
        return self.advance(close + 1)

    def suspicious(self, opened: int, close: int) -> bool:
        """True for a quote over several lines that ends before a letter: an apostrophe of the
        output, most likely.
        """
        glued = close + 1 < self.limit and self.value[close + 1].isalnum()
        return glued and self.value.find("\n", opened, close) >= 0

    def double(self) -> bool:
        """ "…": backslash before $, `, \\", \\ and the line break.

        Variables stay as written (Bash manual, 3.1.2.3).
        """
        opened, builder = self.at, self.build()
        self.at += 1
        while match := _DOUBLE.search(self.value, self.at, self.limit):
            builder.copy(self.at, match.start())
            self.at = match.start()
            if match[0] == '"':
                if self.suspicious(opened, self.at):
                    return self.fail(opened)
                return self.advance(self.at + 1)
            if match[0] == "\\":
                self.escaped(builder, '$`"\\')
            elif not (self.dollar(quoted=True) if match[0] == "$" else self.backquote()):
                return False
        builder.copy(self.at, self.limit)
        return self.fail(opened)

    def escaped(self, builder: Builder, special: str) -> None:
        """A backslash where only some characters can be escaped."""
        at, value = self.at, self.value
        following = value[at + 1 : min(at + 3, self.limit)]
        if following[:1] == "\n" or following == "\r\n":
            self.at = at + 2 + (following[0] == "\r")
        elif following and following[0] in special:
            builder.put(following[0], at, at + 2)
            self.at = at + 2
        else:
            builder.copy(at, min(at + 2, self.limit))
            self.at = min(at + 2, self.limit)

    def ansi(self) -> bool:
        """$'…' with the escapes of C (Bash manual, 3.1.2.4)."""
        opened, close = self.at, self.at + 2
        while (close := self.value.find("'", close, self.limit)) >= 0:
            if not _escapes_next(self.value, opened + 2, close):
                break
            close += 1
        copy_unescaped(self.build(), opened + 2, self.limit if close < 0 else close)
        return self.fail(opened) if close < 0 else self.advance(close + 1)

    # ------------------------------------------------------------ substitutions

    def dollar(self, *, quoted: bool = False) -> bool:
        """$'…', $"…", $(…), ${…}, $NAME, or just a dollar."""
        at, following = self.at, self.value[self.at + 1 : self.at + 2]
        if following == "'" and not quoted:
            return self.ansi()
        if following == '"' and not quoted:
            self.at += 1
            return self.double()
        if following == "(":
            return self.cat() or self.substitution(at + 1)
        match = _VARIABLE.match(self.value, at, self.limit)
        if match:
            self.expand(self.build(), match[0], quoted=quoted)
        end = match.end() if match else at + 1
        self.build().copy(at, end)
        return self.advance(end)

    def expand(self, builder: Builder, written: str, *, quoted: bool) -> None:
        """Note a variable that is about to be copied."""
        self.variables.append(written)
        plain = _PLAIN_VARIABLE.match(written)
        if plain and builder is self.word:
            at = builder.length
            name = plain[1] or plain[2]
            self.expansions.append(Expansion(0, at, at + len(written), name, written, quoted))

    def cat(self) -> bool:
        """$(cat <<EOF … EOF), whose value can be read; False when it is something else."""
        match = _CAT.match(self.value, self.at, self.limit)
        if match is None:
            return False
        end = document_end(self.value, match.end(), self.limit, match[3], match[1] == "-")
        closed = _CLOSED.match(self.value, end[1], self.limit) if end else None
        if end is None or closed is None:
            return False
        stop = match.end() + len(self.value[match.end() : end[0]].rstrip("\r\n"))
        self.copy_document(self.build(), match.end(), stop, match[1] == "-", not match[2])
        return self.advance(closed.end())

    def substitution(self, parenthesis: int) -> bool:
        """$(…), <(…): kept as written, up to the parenthesis that closes it."""
        depth, at, value = 0, parenthesis, self.value
        builder = self.build()
        while match := _NESTED.search(value, at, self.limit):
            at = match.end()
            if match[0] in "()":
                depth += 1 if match[0] == "(" else -1
                if not depth:
                    self.variables.append(value[self.at : at])
                    builder.copy(self.at, at)
                    return self.advance(at)
            elif match[0] == "\\":
                at += 1
            else:
                at = value.find(match[0], at, self.limit) + 1
                if not at:
                    break
        builder.copy(self.at, self.limit)
        return self.fail(self.at)

    def backquote(self) -> bool:
        """`…`: kept as written."""
        close = self.value.find("`", self.at + 1, self.limit)
        if close < 0:
            self.build().copy(self.at, self.limit)
            return self.fail(self.at)
        self.variables.append(self.value[self.at : close + 1])
        self.build().copy(self.at, close + 1)
        return self.advance(close + 1)

    def copy_document(
        self, builder: Builder, start: int, end: int, strip_tabs: bool, expands: bool
    ) -> None:
        """Copy a here-document line by line.

        Without quotes around its delimiter, `$` and backslash are special.
        """
        while start < end:
            stop = self.value.find("\n", start, end) + 1 or end
            while strip_tabs and start < stop and self.value[start] == "\t":
                start += 1
            while expands and (match := _IN_DOCUMENT.search(self.value, start, stop)):
                builder.copy(start, match.start())
                self.at = match.start()
                if match[0] == "\\":
                    self.escaped(builder, "$`\\")
                    start = self.at
                else:
                    variable = _VARIABLE.match(self.value, match.start(), stop)
                    if variable:
                        self.expand(builder, variable[0], quoted=True)
                    start = variable.end() if variable else match.end()
                    builder.copy(match.start(), start)
            builder.copy(start, stop)
            start = max(start, stop)


def document_end(
    value: str, start: int, limit: int, delimiter: str, strip_tabs: bool
) -> tuple[int, int] | None:
    """Where a here-document's text ends and where its delimiter's line ends.

    An indented delimiter is forgiven.
    """
    word = re.escape(delimiter)
    for indentation in ("\t*" if strip_tabs else "", "[ \t]*"):
        match = re.compile(rf"^{indentation}{word}[ \t]*(?=\r?$|\))", re.M).search(
            value, start, limit
        )
        if match:
            return match.start(), match.end()
    return None


def _between_letters(value: str, at: int) -> bool:
    return value[max(at - 1, 0) : at].isalnum() and value[at + 1 : at + 2].isalnum()


def _escapes_next(value: str, start: int, at: int) -> bool:
    """True when an odd number of backslashes stands before `at`."""
    before = at
    while before > start and value[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1
