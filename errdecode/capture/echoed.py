"""Steps over commands that a terminal shows before their output, whatever program they run."""

from __future__ import annotations

from errdecode.model import Note, Text
from errdecode.regex import expression

ECHOED = Note("echoed-command", "left out the commands that stand before the output")

_PROMPT = expression(
    r"(?:\([\w.-]{1,40}\) )?"
    r"(?:[$%❯➜] {1,4}|PS(?: [^>\n]{0,200})?>{1,2} ?|[A-Za-z]:\\[^>\n]{0,200}> ?"
    r"|\[?[\w.-]{1,64}@[\w.-]{1,64}[: ][^\n\"']{0,80}[$#%] )"
    r"(?=(?:[&!(] ?)?[\"']?[A-Za-z_./~\\])(?!Total\b)"
)
"""A shell's prompt with a command behind it; curl's progress meter begins with `% Total`."""
_MOST = 20
_LONGEST = 1 << 16
"""Characters of one command."""


def skip_commands(text: Text, start: int, end: int) -> int:
    """Find where the output begins behind the commands that a range begins with, 0-based.

    `start` when there is none, or nothing behind them.
    """
    value, at = text.value, start
    if not _PROMPT.match(value, start, end):
        return start
    from errdecode.capture.shell import read_line, tell_dialect

    for _ in range(_MOST):
        at += len(value[at : at + 400]) - len(value[at : at + 400].lstrip())
        prompt = _PROMPT.match(value, at, end)
        if prompt is None:
            break
        dialect = tell_dialect(value, prompt.end(), prompt[0])
        line, _ = read_line(text, prompt.end(), min(end, prompt.end() + _LONGEST), dialect)
        stop = value.find("\n", line.end, end)
        if stop < 0:
            return start
        at = stop + 1
    return at if value[at:end].strip() else start
