"""Reads a line as PowerShell does: backticks, both kinds of strings and of here-strings, and the
pipe.

The rules are those of about_Quoting_Rules, about_Special_Characters and about_Parsing
(https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules).
"""

from __future__ import annotations

from collections.abc import Callable

from errdecode.capture.dialects.argv import unquote_native
from errdecode.capture.dialects.line import Line, Simple
from errdecode.model import Text
from errdecode.regex import expression
from errdecode.source import Builder

_PLAIN = expression(r"[^\s`'\"$|&;<>#@\u2018-\u201e]+")
_BREAK = expression(r"[ \t]*\r?\n")
_VARIABLE = expression(r"\$(?:[A-Za-z_][\w:]*|[?^$]|\{[^}\n]{1,200}\})")
_HERE = expression(r"@(['\"])[ \t]*\r?\n")
_REDIRECTION = expression(r"[0-9*]?(?:>&[0-9]|>>?[ \t]*\S{0,500}|<)")
_ESCAPED = {
    "0": "",
    "a": "\a",
    "b": "\b",
    "e": "\x1b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}
_CODE = expression(r"`u\{([0-9A-Fa-f]{1,6})\}")


def read(text: Text, start: int, limit: int) -> Line:
    """Read one logical line of `text` from `start` (0-based), at most up to `limit`."""
    return _Reader(text, start, limit).line()


class _Reader:
    """The state of one reading: the word at hand and the commands so far."""

    def __init__(self, text: Text, start: int, limit: int) -> None:
        self.text, self.value = text, text.value
        self.at, self.limit = start, limit
        self.begun = self.behind = start
        self.word: Builder | None = None
        self.words: list[Text] = []
        self.commands: list[Simple] = []
        self.variables: list[str] = []
        self.unclosed: int | None = None
        self.continued = False

    def line(self) -> Line:
        """Read to the end of the logical line."""
        going = True
        while going and self.at < self.limit:
            match = _PLAIN.match(self.value, self.at, self.limit)
            if match:
                self.take(match.end())
            else:
                going = _STEPS.get(self.value[self.at], _Reader.blank)(self)
        self.end_command("")
        commands = tuple(one for one in self.commands if one.words)
        return Line(self.text, commands, self.at, self.unclosed, self.continued)

    def build(self) -> Builder:
        """The builder of the word at hand."""
        self.word = self.word or Builder(self.text)
        return self.word

    def take(self, end: int) -> bool:
        """Copy up to `end` into the word at hand."""
        self.build().copy(self.at, end)
        self.at = self.behind = end
        return True

    def end_word(self) -> None:
        if self.word is not None:
            self.words.append(unquote_native(self.word.text()))
            self.word = None

    def end_command(self, operator: str) -> None:
        self.end_word()
        self.commands.append(
            Simple(
                tuple(self.words),
                self.begun,
                self.behind,
                operator,
                variables=tuple(self.variables),
            )
        )
        self.words, self.variables = [], []

    def fail(self, opened: int) -> bool:
        """Note that what begins at `opened` never ends, which takes all the rest."""
        self.unclosed = opened
        self.at = self.behind = self.limit
        return False

    # ------------------------------------------------------------ what a character begins

    def blank(self) -> bool:
        self.end_word()
        self.at += 1
        if not self.words:
            self.begun = self.at
        return True

    def plain(self) -> bool:
        return self.take(self.at + 1)

    def line_break(self) -> bool:
        """End the line, unless the pipe asks for another command."""
        self.end_word()
        piped = not self.words and bool(self.commands) and self.commands[-1].operator == "|"
        return piped and self.blank()

    def carriage_return(self) -> bool:
        ends = self.value.startswith("\r\n", self.at)
        return self.line_break() if ends else self.blank()

    def operator(self) -> bool:
        """`|`, `;`, `&&`, `||`, and `&`, which calls what follows when it stands first."""
        char = self.value[self.at]
        operator = char * 2 if char != ";" and self.value.startswith(char * 2, self.at) else char
        if operator == "&" and not self.words and self.word is None:
            return self.blank()
        self.end_command(operator)
        self.at = self.begun = self.at + len(operator)
        return True

    def redirection(self) -> bool:
        """Skip a redirection; a stream's number glued in front belongs to it."""
        if self.word is not None and self.word.text().value in ("1", "2", "*"):
            self.word = None
        self.end_word()
        match = _REDIRECTION.match(self.value, self.at, self.limit)
        self.at = self.behind = match.end() if match else self.at + 1
        return True

    def comment(self) -> bool:
        if self.word is not None:
            return self.plain()
        end = self.value.find("\n", self.at, self.limit)
        self.at = self.limit if end < 0 else end
        return True

    def backtick(self) -> bool:
        broken = _BREAK.match(self.value, self.at + 1, self.limit)
        if broken or self.at + 1 >= self.limit:
            self.end_word()
            self.at = broken.end() if broken else self.limit
            self.continued = self.at >= self.limit
            return True
        self.escape(self.build())
        self.behind = self.at
        return True

    # ------------------------------------------------------------ quotes

    def single(self) -> bool:
        """'…', in which only '' is special."""
        opened, builder = self.at, self.build()
        self.at += 1
        while (close := self.value.find("'", self.at, self.limit)) >= 0:
            builder.copy(self.at, close)
            self.at = close + 1
            if not self.value.startswith("'", self.at) or self.at >= self.limit:
                self.behind = self.at
                return True
            builder.put("'", close, close + 2)
            self.at = close + 2
        builder.copy(self.at, self.limit)
        return self.fail(opened)

    def double(self) -> bool:
        """ "…" with backticks and "" for a quote.

        \\" as people write it for Windows programs does not end it.
        """
        opened, builder = self.at, self.build()
        self.at += 1
        while self.at < self.limit:
            char = self.value[self.at]
            if char == '"' and self.value.startswith('"', self.at + 1) and self.at + 1 < self.limit:
                builder.put('"', self.at, self.at + 2)
                self.at += 2
            elif char == '"' and _FOR_THE_PROGRAM.match(self.value, self.at - 1, self.limit):
                builder.copy(self.at, self.at + 1)
                self.at += 1
            elif char == '"':
                self.at = self.behind = self.at + 1
                return True
            else:
                self.expand(builder, self.limit)
        return self.fail(opened)

    def here_string(self) -> bool:
        """@'…'@ and @"…"@: all between the first line break and the last."""
        match = _HERE.match(self.value, self.at, self.limit)
        if match is None:
            return self.plain()
        opened, builder, self.at = self.at, self.build(), match.end()
        close = self.value.find(f"\n{match[1]}@", match.end() - 1, self.limit)
        end = self.limit if close < 0 else close
        end -= self.value[end - 1 : end] == "\r" and close >= 0
        while match[1] == '"' and self.at < end:
            self.expand(builder, end)
        builder.copy(self.at, end)
        if close < 0:
            return self.fail(opened)
        self.at = self.behind = close + 3
        return True

    def dollar(self) -> bool:
        self.expand(self.build(), self.limit)
        self.behind = self.at
        return True

    def expand(self, builder: Builder, end: int) -> None:
        """Copy up to the next quote, undo a backtick, keep a variable as it is written."""
        char = self.value[self.at]
        if char == "`":
            self.escape(builder)
            return
        match = _VARIABLE.match(self.value, self.at, end)
        if match:
            self.variables.append(match[0])
        else:
            match = _UNTIL.match(self.value, self.at, end)
        after = match.end() if match else self.at + 1
        builder.copy(self.at, after)
        self.at = after

    def escape(self, builder: Builder) -> None:
        """Undo the backtick at hand."""
        at = self.at
        code = _CODE.match(self.value, at, self.limit)
        if code:
            number = int(code[1], 16)
            builder.put(chr(number) if _valid(number) else "\ufffd", at, code.end())
            self.at = code.end()
            return
        char = self.value[at + 1 : min(at + 2, self.limit)]
        builder.put(_ESCAPED.get(char, char), at, at + 1 + len(char))
        self.at = at + 1 + len(char)


_FOR_THE_PROGRAM = expression(r"\\\"(?:[^\s\"]|[ \t]{0,20}[:,}\]])")  # inside a string only
_UNTIL = expression(r"[^`\"$]+")
_STEPS: dict[str, Callable[[_Reader], bool]] = {
    "'": _Reader.single,
    '"': _Reader.double,
    "`": _Reader.backtick,
    "$": _Reader.dollar,
    "@": _Reader.here_string,
    "#": _Reader.comment,
    "|": _Reader.operator,
    "&": _Reader.operator,
    ";": _Reader.operator,
    "<": _Reader.redirection,
    ">": _Reader.redirection,
    "\n": _Reader.line_break,
    "\r": _Reader.carriage_return,
}


def _valid(code: int) -> bool:
    return code < 0x110000 and not 0xD800 <= code < 0xE000
