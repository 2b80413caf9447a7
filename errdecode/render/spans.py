"""Code spans in Markdown: foreign text that nothing in it can end."""

from __future__ import annotations

from errdecode.regex import expression
from errdecode.sanitise import sanitise

_TICKS = expression("`+")


def code_span(value: str) -> str:
    """A code span around a value, made harmless (CommonMark 0.31, section 6.1).

    It is closed by the shortest run of backticks that does not stand in the value.
    """
    clean = sanitise(value)
    runs = {len(run) for run in _TICKS.findall(clean)}
    ticks = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    room = " " if runs or not clean else ""
    return f"{ticks}{room}{clean}{room}{ticks}"
