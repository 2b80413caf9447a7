"""What a terminal leaves around an answer: colours, prompts, and the status that `curl -w` adds."""

from __future__ import annotations

import re

from errdecode.model import Note, Text
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.source import Builder

MOST = 5_000
"""Exchanges, and answers in them, read of one capture; more is for `scan`."""

_ESCAPES = expression(  # SGR (ECMA-48), hyperlinks (OSC 8) around curl's Location
    r"\x1b\[[0-9;:]*m|\x1b\]8;[^\x07\x1b\r\n]*(?:\x07|\x1b\\)|^\ufeff", re.M
)
_PROMPT = expression(
    r"[ \t]*(?:\([\w.-]{1,40}\) ?)?"  # a virtual environment
    r"(?:\[?[\w.+-]{1,64}@[\w.-]{1,64}[^\r\n$%#>]{0,200}[$%#>]"  # user@host:~$, [user@host dir]#
    r"|(?:ba|z|k|da)?sh-[\d.]{1,10}[$#]"
    r"|PS [A-Za-z]:[^\r\n>]{0,250}>|PS>|[A-Za-z]:\\[^\r\n>]{0,250}>"
    r"|➜ [^\r\n]{0,80}|[❯$#%])[ \t]*"
)
_WRITTEN = expression(  # what people give to -w: '%{http_code}', 'HTTP_STATUS:%{http_code}'
    r"(?:(?:HTTP|http|[Ss]tatus|STATUS|[Cc]ode|CODE|RESPONSE|[Rr]esponse)[A-Za-z_/ ]{0,24}[:=]?"
    r"[ ]?)?([1-5]\d\d)"
)
_MOST_ESCAPES = 1_000_000  # in one capture; more are left as they are
_TAIL = 80  # characters looked at for a status after the body


class Trim(NamedTuple):
    """The end of a body without what a terminal or `-w` put after it."""

    end: int
    status: int | None = None
    """The status written after the body."""
    notes: tuple[Note, ...] = ()


def clean(text: Text) -> Text:
    """Take colours, hyperlinks, and byte order marks at the start of lines out of a capture."""
    value = text.value
    if not 0 < value.count("\x1b") + value.count("\ufeff") <= _MOST_ESCAPES:
        return text
    builder = Builder(text)
    at = 0
    for found in _ESCAPES.finditer(value):
        builder.copy(at, found.start())
        at = found.end()
    builder.copy(at, len(value))
    return builder.text() if at else text


def trim(value: str, start: int, end: int) -> Trim:
    """Find the end of a body before a prompt, and before a status that `curl -w` wrote.

    The status is only split off behind a complete JSON value or behind markup, never off a text.
    """
    stop = trim_prompt(value, start, end)
    first = value[start : start + 200].lstrip()[:1]
    if not first or first not in "{[<":
        return Trim(stop)
    content = start + len(value[start:stop].rstrip())
    if value[content - 2 : content] in (
        "}%",
        "]%",
        ">%",
    ):  # zsh marks an output that ends without a line end
        content -= 1
        stop = content
    tail = max(start, content - _TAIL)
    for closer in ("}", "]") if first != "<" else (">",):
        close = value.rfind(closer, tail, content)
        if close < 0 or close + 1 == content:
            continue
        written = _WRITTEN.fullmatch(value[close + 1 : content].strip())
        if written and (first == "<" or json_end(value, start, content) == close + 1):
            note = Note(
                "status-glued",
                f"the {written[1]} after the body is read as the status that curl -w writes",
            )
            return Trim(close + 1, int(written[1]), (note,))
    return Trim(stop)


def trim_prompt(value: str, start: int, end: int) -> int:
    """The end of an output without a shell's prompt that waits on its last line."""
    line = value.rfind("\n", start, end) + 1
    if line <= start or not value[line:end].strip():
        content = start + len(value[start:end].rstrip())
        line = value.rfind("\n", start, content) + 1
        end_of_line = content
    else:
        end_of_line = end
    if (
        start < line < end_of_line
        and end_of_line - line < 400
        and _PROMPT.fullmatch(value, line, end_of_line)
    ):
        return line
    return end


def json_end(value: str, start: int, end: int) -> int | None:
    """Where the JSON object or array ends that the range begins with; None if it is none."""
    import json

    at = start + len(value[start:end]) - len(value[start:end].lstrip())
    if value[at : at + 1] not in ("{", "["):
        return None
    try:
        _, stop = json.JSONDecoder().raw_decode(value, at)
    except (ValueError, RecursionError):
        return None
    return stop if stop <= end else None
