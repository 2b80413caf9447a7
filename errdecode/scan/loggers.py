"""What loggers write before each line of what a program says: a carrier's words, the time, words of
their own."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.scan.cut.carriers import Buffer, line_at, line_before, open_line

MOST = 80
"""Lines above a place that are looked at."""
LONGEST = 4 << 10
"""Bytes of such a line; of the words before what is said."""
_CLOCK = expression(rb"\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?")


class Logger(NamedTuple):
    """What stands before what a line says."""

    carrier: str
    words: bytes
    """Behind the time; without the blanks at their end."""
    clock: int | None
    """Where the time stands in the carried line; None without one."""

    def behind(self, data: Buffer, start: int) -> bytes | None:
        """What the line that begins at a place says behind these words, blanks and all; None where
        others stand there."""
        carried = open_line(line_at(data, start))
        text = carried.content.text
        if carried.carrier != self.carrier:
            return None
        clock = None if self.clock is None or len(text) > LONGEST else _CLOCK.search(text)
        if self.clock is not None and not self.words:
            return text[clock.end() :] if clock and clock.start() == self.clock else None
        if clock and not text.startswith(self.words):
            text = text[clock.end() :]
        return text[len(self.words) :] if text.startswith(self.words) else None


def logger_before(data: Buffer, line: int, start: int) -> Logger | None:
    """What stands before a place in the line that begins at another; None where it is more than a
    logger's words."""
    if start - line > LONGEST:
        return None
    carried = open_line(line_at(data, line))
    content = carried.content
    size = max(0, start - content.locate(0)) if carried.carrier != "docker" else 0
    before = content.text[:size]
    clock = _CLOCK.search(before)
    words = before[clock.end() :] if clock else before
    if before.rstrip()[-1:] in (b"=", b'"', b"'"):
        return None
    return Logger(carried.carrier, words.rstrip(), clock.start() if clock else None)


def lines_above(data: Buffer, line: int, logger: Logger) -> Iterator[bytes]:
    """What the lines above the one that begins at a place say behind the same words, the nearest
    first."""
    for _ in range(MOST):
        above = line_before(data, line)
        if above is None or len(above.raw) > LONGEST:
            return
        said = logger.behind(data, above.start)
        if said is not None:
            yield said.strip()
        line = above.start
