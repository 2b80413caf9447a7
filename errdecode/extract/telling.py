"""The line of a plain text that tells the error: not the first one, where a trace or what a
program says of its work stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from errdecode.regex import expression

_TRACE = "Traceback (most recent call last):"
_ERROR = expression(
    r"(?:(?:uncaught|unhandled|caused by:?|\[)\s{0,2})?"
    r"(?:[\w.$]{0,120}(?:error|exception)|fatal|failed|failure|panic|abort(?:ed)?)\b"
    r"[^:\n]{0,80}:\s?\S",
    re.IGNORECASE,
)
"""`Error: ...`, `requests.exceptions.HTTPError: ...`, `error from server (NotFound): ...`."""
_LINES = 1000
_SEARCHED = 1 << 16
"""Characters in which the line is looked for."""
_LONGEST = 500
"""Characters of the line, and of the list below it."""
_MOST = 20
"""Lines of such a list."""
_ITEM = expression(r"(?:[-*•–]|\d{1,3}[.)])\s+\S")


def find_telling(text: str) -> str | None:
    """The line that tells the error, else the first that is not blank; None without one.

    Of Python's traces the last exception counts: it is what the program ended with. To a line that
    ends with a colon belongs the list below it.
    """
    lines = [line for line in islice(text[:_SEARCHED].splitlines(), _LINES) if line.strip()]
    if not lines:
        line = text.lstrip()  # blank as far as was searched
        return line.splitlines()[0].rstrip()[:_LONGEST] if line else None
    found = _behind_trace(lines)
    if found is None:
        at = next((at for at, line in enumerate(lines) if _ERROR.match(line.strip())), 0)
        found = " ".join([lines[at].strip(), *_listed(lines[at : at + _MOST])])
    return found.strip()[:_LONGEST]


def _listed(lines: list[str]) -> Iterator[str]:
    """The items of the list below a line that ends with a colon, without their indent."""
    if not lines[0].rstrip().endswith(":") or lines[0].strip() == _TRACE:
        return
    for line in lines[1:]:
        if not line[0].isspace() and not _ITEM.match(line):
            return
        yield line.strip()


def _behind_trace(lines: list[str]) -> str | None:
    """The exception behind the last of Python's traces: the next line that is not indented."""
    heads = [at for at, line in enumerate(lines) if line.strip() == _TRACE]
    if not heads:
        return None
    head = lines[heads[-1]]
    indent = len(head) - len(head.lstrip())
    behind = lines[heads[-1] + 1 :]
    return next((line for line in behind if not line[indent : indent + 1].isspace()), None)
