"""Finds pasted curl, HTTPie and wget commands in a transcript, and reads the request each of them
sends.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from errdecode.capture.command_notes import say_cut_off, say_unknown
from errdecode.model import Note, Request, Text
from errdecode.model.record import NamedTuple
from errdecode.source import to_parent

if TYPE_CHECKING:
    from errdecode.capture.clients.reading import Reading
    from errdecode.capture.dialects.line import Line
    from errdecode.capture.shown import Shown

_NAMES = ("curl", "wget", "http", "https")
_LONGEST_HEAD = 600  # characters that may stand before the program's name on its line
_LONGEST_PIPE = 65_536  # characters to look back for the command in front of a pipe
_PATIENCE = 2_000_000  # characters that may be read in vain, or the size of the transcript
_PROMPTED_LINES = 20_000  # lines with secondary prompts, over the whole transcript
_WEAK_PROMPTS = ("", "#", ">", "+")  # a heading or a quotation of prose begins like these


class Command(NamedTuple):
    """A command, where it stands, and the request it sends."""

    start: int
    """First character of the command in the text, its prompt included, 0-based."""
    end: int
    """After its last character, here-documents included and the line break not."""
    program: str
    """curl, http, https or wget."""
    request: Request
    notes: tuple[Note, ...] = ()
    files: tuple[str, ...] = ()
    """Names of the files that the body is read from."""
    others: tuple[Request, ...] = ()
    """The requests that it sends after the first one, in order."""
    pattern: Text | None = None
    """The URL as it is written, if it stands for those of all requests."""
    shown: tuple[tuple[int, int], ...] = ()
    """Where the session writes or shows the files that the body comes from, half-open, 0-based."""


def find_commands(text: Text) -> list[Command]:
    """Find all commands in a transcript, in order."""
    hits = _find_names(text.value)
    return _Finder(text).find(hits) if hits else []


def _find_names(value: str) -> list[tuple[int, int]]:
    """Find lines that hold a program's name followed by a blank: where each begins, and its first
    names.
    """
    hits: list[tuple[int, int]] = []
    for name in _NAMES:
        at, line = value.find(name), 0
        while at >= 0:
            line = value.rfind("\n", line, at) + 1 or line
            if at - line > _LONGEST_HEAD:
                at = value.find("\n", at)
                if at < 0:
                    break
            elif _ends_name(value, at + len(name)) and not value[max(at - 1, 0) : at].isalnum():
                hits.append((line, at))
            at = value.find(name, at + 1)
    return sorted(hits)


def _ends_name(value: str, at: int) -> bool:
    """True when a program's name may end at `at`, before a blank, a quote or a continuation."""
    at += 4 * value.startswith(".exe", at)
    at += value[at : at + 1] in ("'", '"')
    return value[at : at + 1] in (" ", "\t", "\\", "^", "`", "\xa0")


class _Finder:
    """One search: what was found, and how much patience is left for costly places."""

    def __init__(self, text: Text) -> None:
        from errdecode.capture.shell import find_output
        from errdecode.capture.shown import ShownFiles
        from errdecode.capture.variables import Variables

        self.text, self.value = text, text.value
        self.variables = Variables(text)
        self.files = ShownFiles(text)
        self.outputs = find_output(self.value)
        self.commands: list[Command] = []
        self.done = 0
        self.patience = max(_PATIENCE, len(self.value))
        self.refused = -1
        self.prompted_lines = _PROMPTED_LINES

    def find(self, hits: list[tuple[int, int]]) -> list[Command]:
        """Read the line of each hit that is not part of an earlier one."""
        from errdecode.capture.prompts import read_prompt

        for line, hit in hits:
            if hit < self.done or line == self.refused:
                continue
            begin = line + len(self.value[line:hit]) - len(self.value[line:hit].lstrip())
            behind = read_prompt(self.value, begin, hit)
            if self.is_fed(line, hit) and self.read_pipe(line, hit):
                continue
            if behind is not None and line >= self.done:
                self.refused = -1 if self.read(begin, behind, hit) else line
        return self.commands

    def is_fed(self, line: int, hit: int) -> bool:
        """True when a pipe leads into the name at `hit` from a line above."""
        if self.patience <= 0:
            return False
        above = self.value[max(line - 8, 0) : line].rstrip(" \t\r\n\\")
        head = self.value[line:hit].strip()
        return head.endswith("|") if head else above.endswith("|")

    def read_pipe(self, line: int, hit: int) -> bool:
        """Read a command that is fed by one which began on a line above: `echo '{`, for one."""
        from errdecode.capture.prompts import find_feeders

        self.patience -= _LONGEST_PIPE
        for begin, behind in find_feeders(self.value, max(self.done, line - _LONGEST_PIPE), line):
            if self.read(begin, behind, hit):
                return True
        return False

    def read(self, begin: int, behind: int, hit: int) -> bool:
        """Read the logical line from `behind` its prompt.

        True when it holds the name at `hit` and a command.
        """
        from errdecode.capture.shell import read_line, tell_dialect

        dialect = tell_dialect(self.value, behind, self.value[begin:behind])
        text, start, limit = self.view(begin, behind)
        line, notes = read_line(text, start, limit, dialect)
        if line.unclosed is not None or any(note.kind == "quoting" for note in notes):
            self.patience -= limit - start
        if self.place(text, line.end) <= hit:
            self.patience -= line.end - start
            return False
        prompt = self.value[begin:behind].strip()
        found = self.read_commands(text, line, begin, prompted=prompt not in _WEAK_PROMPTS)
        if notes:
            found = [one._replace(notes=notes + one.notes) for one in found]
        if not found:
            self.patience -= line.end - start
            return False
        self.commands += found
        self.done = found[-1].end
        return True

    def view(self, begin: int, behind: int) -> tuple[Text, int, int]:
        """The text to read a command from: without secondary prompts when there are any.

        Where to begin, and the limit.
        """
        from errdecode.capture.prompts import without_secondary_prompts

        if self.prompted_lines > 0:
            plain = without_secondary_prompts(self.text, behind, self.prompted_lines)
            if plain is not None:
                self.prompted_lines -= len(plain.runs)
                return plain, 0, len(plain.value)
        end = self.value.find("\n", behind)
        if end < 0 or self.patience <= 0:
            return self.text, behind, len(self.value) if end < 0 else end
        index = bisect_right(self.outputs, behind)
        return (
            self.text,
            behind,
            self.outputs[index] if index < len(self.outputs) else len(self.value),
        )

    def place(self, text: Text, at: int) -> int:
        """The place in the transcript before character `at` of a view."""
        return (
            at
            if text is self.text
            else to_parent(text, at - 1, at)[1]
            if at
            else to_parent(text, 0, 0)[0]
        )

    def read_commands(self, text: Text, line: Line, begin: int, *, prompted: bool) -> list[Command]:
        """Read the clients among a line's simple commands.

        The last one's place reaches to the end of the line.
        """
        found: list[Command] = []
        written = line
        line, given = self.variables.fill(line, begin)
        for index, simple in enumerate(line.commands):
            seen = len(self.files.used)
            read = _read_client(
                line, index, lambda name: self.files.find(name, begin), prompted=prompted
            )
            if read is None:
                continue
            shown = tuple((one.start, one.end) for one in self.files.used[seen:])
            program, reading = read
            start = self.place(text, simple.start) if found else begin
            if found:
                behind = len(self.value[found[-1].start : start].rstrip())
                found[-1] = found[-1]._replace(end=found[-1].start + behind)
            notes = say_unknown(simple) + given + say_cut_off(written, simple, reading)
            notes += reading.notes
            end = self.place(text, line.end)
            end = start + len(self.value[start:end].rstrip())
            request = _leave_unknown(reading.request, line)._replace(files=reading.files)
            others = tuple(_leave_unknown(other, line) for other in reading.others)
            sent = (request, notes, reading.files, others, reading.pattern)
            found.append(Command(start, end, program, *sent, shown))
        return found


def _read_client(
    line: Line, index: int, find_file: Callable[[str], Shown | None], *, prompted: bool
) -> tuple[str, Reading] | None:
    """Read the request of one simple command.

    None when it is no client or does not look like a command.
    """
    from errdecode.capture.clients.reading import find_stdin
    from errdecode.capture.prompts import find_program

    words = line.commands[index].words
    found = find_program(words)
    if found is None:
        return None
    at, program = found
    arguments = words[at + 1 :]
    if not _begins_like_command(program, [one.value for one in arguments[:8]], prompted=prompted):
        return None
    stdin = find_stdin(line.commands, index, line.text)._replace(find_file=find_file)
    name = stdin.file or ""
    shown = find_file(name) if name and program != "curl" else None  # curl's reader asks itself
    if shown:
        stdin = stdin._replace(text=shown.text, file=None)
    if program == "curl":
        from errdecode.capture.clients import curl

        reading = curl.read_request(arguments, stdin, line.text)
    elif program == "wget":
        from errdecode.capture.clients import wget

        reading = wget.read_request(arguments, stdin, line.text)
    else:
        from errdecode.capture.clients import httpie

        reading = httpie.read_request(arguments, stdin, line.text)
    if shown:
        reading = reading._replace(notes=(*reading.notes, shown.note(name)))
    return (program, reading) if _has_target(reading, prompted=prompted) else None


def _begins_like_command(program: str, words: list[str], *, prompted: bool) -> bool:
    """True when an option or an address follows the program's name.

    HTTPie's names are common words and need more.
    """
    from errdecode.capture.prompts import looks_like_address, looks_like_option

    if not words:
        return False
    first = words[0]
    if program in ("curl", "wget"):
        bare = not (prompted or "://" in first or any(map(looks_like_option, words)))
        return looks_like_option(first) or (
            looks_like_address(first) and not (bare and len(words) > 1)
        )
    if prompted or "://" in first:
        return len(words) > 1 or looks_like_option(first) or looks_like_address(first)
    if first.startswith("-") or _is_method(first):
        return any(
            _is_method(word) and looks_like_address(after) for word, after in pairwise(words)
        )
    return False


def _is_method(word: str) -> bool:
    return word.isascii() and word.isalpha() and word.isupper()


def _has_target(reading: Reading, *, prompted: bool) -> bool:
    """True when a request has an address, or enough else to be one whose address is missing."""
    from errdecode.capture.prompts import looks_like_address

    url = reading.request.url
    if url is not None:
        return looks_like_address(url.value) or prompted
    return prompted or bool(reading.request.headers or reading.request.body or reading.files)


def _leave_unknown(request: Request, line: Line) -> Request:
    """Leave out a body that is one variable, or one substitution, and nothing else."""
    variables = {name for simple in line.commands for name in simple.variables}
    if request.body is None or request.body.value.strip() not in variables:
        return request
    return request._replace(body=None)
