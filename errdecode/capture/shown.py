"""The files that a pasted session writes or shows: what `cat`, `echo` and `printf` make of them."""

from __future__ import annotations

import re
from itertools import islice

from errdecode.capture.clients.reading import find_stdin
from errdecode.capture.dialects.line import Simple
from errdecode.capture.shell import find_output, read_line
from errdecode.capture.terminal import json_end
from errdecode.model import Note, Text
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.source import cut, input_span

_LINE = expression(
    r"^[ \t]{0,80}(?P<prompt>(?:[^\n'\"{}<>|;=]{0,120}[$#%❯»λ›>] {1,4})?)(?=(?:cat|echo|printf) )",
    re.M,
)
_MOST_LINES = 200
_MOST_READ = 50
_LONGEST = 65_536
"""Characters of one command that writes a file, and of one that shows it."""
_READER = Simple((), 0, 0)
"""Stands for the file that a command writes into."""


class Shown(NamedTuple):
    """What a session shows of a file."""

    text: Text
    """Its content; descends from the text of the session."""
    start: int
    """First character of the line that shows or writes it, its prompt included, 0-based."""
    end: int
    """After the last character of the command and of its output."""

    def note(self, name: str) -> Note:
        """The note that says where the content was found."""
        line = input_span(self.text, 0, 0).start.line
        return Note("shown-file", f"the file {name}: taken for what line {line} begins to show")


class ShownFiles:
    """The files of one session, looked up by the commands in it."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.used: list[Shown] = []
        """What was found so far, in the order of the look-ups."""
        self.patience = _MOST_READ
        self._lines: list[re.Match[str]] | None = None

    def find(self, name: str, before: int) -> Shown | None:
        """The content of a file as it was last written or shown before a place (0-based).

        Else as it is first shown behind. None for a name that only the shell knows.
        """
        name = name.removeprefix("./")
        if not name or name == "-" or "$" in name or "`" in name:
            return None
        lines = [one for one in self._find_lines() if self._names(one, name)]
        earlier = [one for one in lines if one.start() < before]
        for line in (*reversed(earlier), *lines[len(earlier) :]):
            found = self._read(line, name)
            if found:
                self.used.append(found)
                return found
        return None

    def _find_lines(self) -> list[re.Match[str]]:
        if self._lines is None:
            self._lines = list(islice(_LINE.finditer(self.text.value), _MOST_LINES))
        return self._lines

    def _names(self, line: re.Match[str], name: str) -> bool:
        """Whether a command may be about a file, its later lines included."""
        return self.text.value.find(name, line.end(), line.end() + _LONGEST) >= 0

    def _read(self, line: re.Match[str], name: str) -> Shown | None:
        if self.patience <= 0:
            return None
        self.patience -= 1
        behind = line.end()
        limit = min(behind + _LONGEST, len(self.text.value))
        command, notes = read_line(self.text, behind, limit, "posix")
        if notes or len(command.commands) != 1 or command.commands[0].variables:
            return None
        simple = command.commands[0]
        if _is_written(self.text.value[behind : simple.end], name):
            stdin = find_stdin((simple._replace(operator="|"), _READER), 1, self.text)
            written = stdin.text
            return Shown(written, line.start(), command.end) if written else None
        words = [word.value.removeprefix("./") for word in simple.words]
        shows = words == ["cat", name] and simple.stdin is None and line["prompt"].strip()
        return self._read_output(line.start(), command.end) if shows else None

    def _read_output(self, start: int, at: int) -> Shown | None:
        """What `cat` printed: a JSON value whole, else all up to the next prompt."""
        value = self.text.value
        begin = value.find("\n", at) + 1
        if not begin:
            return None
        limit = min(begin + _LONGEST, len(value))
        end = json_end(value, begin, limit)
        if end is None:
            following = next(iter(find_output(value[begin:limit])), limit - begin)
            end = begin + len(value[begin : begin + following].rstrip())
        return Shown(cut(self.text, begin, end), start, end) if end > begin else None


def _is_written(command: str, name: str) -> bool:
    """Tell whether a command's output goes into a file, from its beginning."""
    target = re.search(
        rf"(?<![>&0-9])>\s{{0,8}}['\"]?(?:\./)?{re.escape(name)}(?![\w./-])", command
    )
    return target is not None
