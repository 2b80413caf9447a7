"""The values that a pasted session gives to shell variables, and the words that they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from errdecode.capture.dialects.line import Expansion, Line, Simple
from errdecode.capture.dialects.pieces import concatenate
from errdecode.model import Note, Text
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.source import cut, input_span, to_parent

_ASSIGNMENT = expression(
    r"^[ \t]{0,80}(?:[^\n'\"{}<>|;=]{0,80}[$#%❯»λ›>] {1,4})?"
    r"(?=(?:(?:export|local|readonly|declare|typeset)(?: -\w{1,8})* {1,4})?[A-Za-z_]\w{0,80}="
    r"|read(?: -\w{1,8}| ''| \"\"){1,4} {1,4}[A-Za-z_])",
    re.M,
)
_NAMED = expression(r"([A-Za-z_]\w{0,80})=")
_KEYWORDS = ("export", "local", "readonly", "declare", "typeset")
_PATIENCE = 1_000_000
"""Characters of a session that are read for assignments, and that come of words."""
_LONGEST = 65_536
"""Characters of one assignment, and of what comes of one word."""
_LINES = 5000
_MOST_NAMED = 10


class Value(NamedTuple):
    """What a variable holds."""

    text: Text
    """Descends from the text of the session."""
    at: int
    """Where the assignment stands in it, 0-based."""
    unknown: tuple[str, ...] = ()
    """What only the shell knows of it, as written."""


class Variables:
    """The assignments of a session so far, in order."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.known: dict[str, Value] = {}
        self.at = 0
        self.patience = _PATIENCE

    def fill(self, line: Line, begin: int) -> tuple[Line, tuple[Note, ...]]:
        """Put in what the session's lines before `begin` (0-based), and the line itself, assign.

        The words of the line then descend from the text of the session, each character of a value
        from where it is assigned; a note says where that is.
        """
        if not any(simple.expansions for simple in line.commands):
            return line, ()
        self._read_to(begin)
        filled, used = [], dict[str, Value]()
        for simple in line.commands:
            found = self._fill(simple, used)
            filled.append(found)
            self._assign(found, begin)
        if not used:
            return line, ()
        line = line._replace(text=self.text, commands=tuple(filled))
        places = [
            f"`${name}` (line {input_span(self.text, value.at, value.at).start.line})"
            for name, value in list(used.items())[:_MOST_NAMED]
        ]
        said = f"{', '.join(places)}: taken for what the lines above give it"
        return line, (Note("assigned", said),)

    def _read_to(self, end: int) -> None:
        """Read the assignments that begin before `end`."""
        from errdecode.capture.prompts import without_secondary_prompts
        from errdecode.capture.shell import read_line

        while found := self._next(end):
            behind = found.end()
            view = without_secondary_prompts(self.text, behind, _LINES)
            limit = min(behind + _LONGEST, end)
            if view is None:
                line, notes = read_line(self.text, behind, limit, "posix")
                self.at = max(line.end, behind + 1)
            else:
                line, notes = read_line(view, 0, min(len(view.value), _LONGEST), "posix")
                self.at = max(_in_session(view, line.end), behind + 1)
            self.patience -= limit - behind if notes else self.at - behind
            if not notes:
                for simple in line.commands:
                    self._assign(self._fill(simple, {}), behind)
        self.at = max(self.at, end)

    def _next(self, end: int) -> re.Match[str] | None:
        """The next line that begins with an assignment, while there is patience left."""
        if self.patience <= 0:
            return None
        return _ASSIGNMENT.search(self.text.value, self.at, end)

    def _assign(self, simple: Simple, at: int) -> None:
        """Take what a command assigns, if it does nothing else."""
        words = simple.words
        if not words:
            return
        if words[0].value == "read" and simple.stdin is not None:
            value = simple.stdin.value
            start = len(value) - len(value.lstrip())
            text = cut(simple.stdin, start, max(start, len(value.rstrip())))
            self.known[words[-1].value] = Value(text, at, simple.variables)
            return
        if words[0].value in _KEYWORDS:
            words = tuple(word for word in words[1:] if not word.value.startswith("-"))
        named = [(word, found) for word in words if (found := _NAMED.match(word.value))]
        for word, name in named if len(named) == len(words) else ():
            text = cut(word, name.end(), len(word.value))
            self.known.pop(name[1], None)
            if text.value not in simple.variables and not text.value.startswith("("):
                inside = (one for one in simple.variables if one in text.value)
                self.known[name[1]] = Value(text, at, tuple(inside))

    def _fill(self, simple: Simple, used: dict[str, Value]) -> Simple:
        """The words of a command with the values that are known; `used` takes down which."""
        words, variables = list(simple.words), list(simple.variables)
        by_word: dict[int, list[Expansion]] = {}
        for one in simple.expansions:
            by_word.setdefault(one.word, []).append(one)
        for index, expansions in by_word.items():
            values = [self._value_of(one, words[index].value) for one in expansions]
            size = sum(len(value.text.value) for value in values if value)
            if not any(values) or size > min(_LONGEST, self.patience):
                continue
            self.patience -= size
            words[index] = _put_in(self.text, words[index], expansions, values)
            for one, value in zip(expansions, values, strict=True):
                if value:
                    used[one.name] = value
                    variables.remove(one.written)
                    variables += value.unknown
        return simple._replace(words=tuple(words), variables=tuple(variables), expansions=())

    def _value_of(self, one: Expansion, word: str) -> Value | None:
        """A known value; none where blanks in it would break the word that it stands in."""
        value = self.known.get(one.name)
        whole = one.quoted or _NAMED.match(word) or (value and not value.text.value.split()[1:])
        return value if whole else None


def _in_session(view: Text, at: int) -> int:
    """The place in a session of one in the view of it without secondary prompts."""
    return to_parent(view, max(at - 1, 0), at)[1]


def _put_in(
    ancestor: Text, word: Text, expansions: Sequence[Expansion], values: Sequence[Value | None]
) -> Text:
    """A word with values in place of what stands for them."""
    pieces: list[Text | str] = []
    behind = 0
    for one, value in zip(expansions, values, strict=True):
        if value:
            pieces += [cut(word, behind, one.start), value.text]
            behind = one.end
    return concatenate(ancestor, [*pieces, cut(word, behind, len(word.value))])
