"""Reads one pasted shell line in the dialect its text shows, each word with a map back to the
paste.
"""

from __future__ import annotations

import re

from errdecode.capture.dialects import posix
from errdecode.capture.dialects.line import Line
from errdecode.model import Note, Text
from errdecode.regex import expression

DIALECTS = ("posix", "cmd", "powershell")

_BACKTICK_END = expression(r"\s`\s*$")
_HERE_STRING = expression(r"(?:^|\s)@['\"]\s*$")
_CARET_QUOTE = expression(r"(?:^|\s)\^\"")
_DOUBLED_QUOTE = expression(r"\"[\[{\s]{1,99}\"\"\w")
_OUTPUT = expression(
    r"^(?:HTTP/[0-9.]{1,3} [0-9]{3}\b|< HTTP/|> [A-Z]{3,10} [^\s]+ HTTP/|curl: \([0-9]+\)|  % Total"
    r"|\* {1,3}(?:Trying|Connected|Host |Could not|Uses proxy|Rebuilt|About to|Closing|TCP_NODELAY)"
    r"|[$%❯➜] \S|PS [A-Z]:\\|[A-Z]:\\[^>\n]{0,200}>"
    r"|\[?[\w.-]{1,64}@[\w.-]{1,64}[: ][^\n\"']{0,80}[$#%] )",
    re.M,
)


def tell_dialect(value: str, start: int, prompt: str = "") -> str:
    """Tell a line's dialect, one of `DIALECTS`, from its prompt and its first line, which begins at
    `start` (0-based).
    """
    prompt = prompt.strip()
    if prompt.startswith("PS") and prompt.endswith(">"):
        return "powershell"
    if prompt[1:3] == ":\\":
        return "cmd"
    end = value.find("\n", start)
    first = value[start : len(value) if end < 0 else end].rstrip()
    ticks = first.count("`")
    if _BACKTICK_END.search(first[-3:]) or _HERE_STRING.search(first[-3:]):
        return "powershell"
    if first.endswith("^") or _CARET_QUOTE.search(first) or _DOUBLED_QUOTE.search(first):
        return "cmd"
    if ticks > 1 and ticks == first.count('`"'):
        return "powershell"
    if ".exe" in first[:200]:
        return "powershell" if "'" in first else "cmd"
    return "posix"


def find_output(value: str) -> list[int]:
    """Find the lines that are surely output or another prompt, where no command can go on.

    0-based, ordered.
    """
    return [match.start() for match in _OUTPUT.finditer(value)]


def read_line(text: Text, start: int, limit: int, dialect: str) -> tuple[Line, tuple[Note, ...]]:
    """Read the logical line that begins at `start` (0-based), at most up to `limit`.

    A quote that never closes is first read with apostrophes between letters taken as characters
    (`'O'Brien'`), then as cut off: up to where its brackets balance, else up to `limit`.
    """
    line = _read(text, start, limit, dialect)
    if line.unclosed is None:
        return line, ()
    if dialect == "posix":
        again = posix.read(text, start, limit, apostrophes=True)
        if again.unclosed is None and again.end > line.unclosed:
            return again, (
                Note(
                    "quoting",
                    "an apostrophe inside '…' was read as text; a shell ends the quote there",
                ),
            )
    stop = _sensible_end(text.value, line.unclosed, limit)
    message = "a quote or here-document never closes; the command was read as far as it seems to go"
    return _read(text, start, stop, dialect), (Note("truncated", message),)


def _read(text: Text, start: int, limit: int, dialect: str) -> Line:
    if dialect == "cmd":
        from errdecode.capture.dialects import cmd

        return cmd.read(text, start, limit)
    if dialect == "powershell":
        from errdecode.capture.dialects import powershell

        return powershell.read(text, start, limit)
    return posix.read(text, start, limit)


def _sensible_end(value: str, opened: int, limit: int) -> int:
    """The end of the first line, from the one where a quote was opened, at which all brackets
    opened since are closed.
    """
    depth, begun, at = 0, False, opened + 1
    while at < limit:
        end = value.find("\n", at, limit)
        end = limit if end < 0 else end
        part = value[at:end]
        begun = begun or bool(part.strip())
        depth += part.count("{") + part.count("[") - part.count("}") - part.count("]")
        if begun and depth <= 0:
            return end - (value[end - 1] == "\r")
        at = end + 1
    return limit
