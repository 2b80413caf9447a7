"""What a log tells of clients' errors: what of a document was told already, and what nobody calls a
failure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from errdecode.model import JSON
from errdecode.regex import expression
from errdecode.scan.context import read_words
from errdecode.scan.cut.carriers import LIMIT, Buffer
from errdecode.scan.cut.marked import RETURNED
from errdecode.scan.model import Context, Sighting, Unreadable
from errdecode.scan.reading.descend import Candidate, is_told

LONG_LINE = f"the line is longer than the {LIMIT:,} bytes that are read of one"
_MILD = frozenset("info debug trace notice".split())
"""Levels of what did not fail."""
_HEAD = 96
"""Bytes of a line in which its level stands."""

_PASSED = expression(
    rb"[ \t]{0,40}(?:(?:\xe2\x9c[\x93\x94\x85]|\xe2\x88\x9a) |ok \d{1,6} |PASS(?:ED)?[: ]"
    rb"|--- PASS: )"
)
"""How runners of tests begin the line of one that passed: a check mark, or TAP's `ok`."""
_RAISES = expression(rb"\b(?:throw (?:new )?|raise )[\w.:]{1,80}\( ?[a-z]?[\"'`]")
_LINE = 4 << 10
"""Bytes of a line in which that is looked for."""
_HEAD_ENDS = 16 << 10
"""Bytes below a failure in which the head of its answer ends."""
_Read = tuple[Sighting | Unreadable, int]


class Told:
    """The answers that were told of a document: parsed beside their text, and printed in a message
    and in the stack below it."""

    def __init__(self) -> None:
        self._values: list[JSON] = []
        self._printed: set[tuple[object, ...]] = set()

    def is_new(self, candidate: Candidate, item: Sighting | Unreadable) -> bool:
        """Whether an error was not told before; the equal items of a list are errors of their
        own."""
        if is_told(candidate) and isinstance(item, Sighting):
            said = (item.format, item.code, item.status)
            if said in self._printed:
                return False
            self._printed.add(said)
        if isinstance(candidate.value, dict) and not candidate.listed:
            if candidate.value in self._values:
                return False
            self._values.append(candidate.value)
        return True


def is_mild(candidate: Candidate, context: Context) -> bool:
    """Whether the log says of words that nothing failed: their record, or they themselves."""
    if candidate.how == "string":
        return context.level in _MILD
    own = candidate.how == "body" and read_words(candidate.view.text[:_HEAD]).level
    return own in _MILD


def is_none(words: bytes) -> bool:
    """Whether words tell of no failure, whatever they say: of a test that passed, or a line of a
    program's source, which would raise an error."""
    line = words[:_LINE].partition(b"\n")[0]
    if _PASSED.match(line):
        return True
    raises = _RAISES.search(line)
    return raises is not None and line.find(b"rror: ", 0, raises.start()) < 0


def tell_lines(items: Iterator[_Read]) -> Iterator[_Read]:
    """Leave out that a line is long where an error is read in that piece of it all the same."""

    def is_long(item: Sighting | Unreadable, start: int) -> bool:
        return isinstance(item, Unreadable) and item.reason == LONG_LINE

    def is_read(long: _Read, item: Sighting | Unreadable, start: int) -> bool:
        return isinstance(item, Sighting) and start < long[1] + LIMIT

    return _leave_out(items, is_long, is_read)


def tell_failures(items: Iterator[_Read], data: Buffer) -> Iterator[_Read]:
    """Leave out that curl failed by a status where the answer with it stands right below."""

    def has_failed(item: Sighting | Unreadable, start: int) -> bool:
        return isinstance(item, Sighting) and data.startswith(RETURNED, start)

    return _leave_out(items, has_failed, partial(_answers, data))


def _leave_out(
    items: Iterator[_Read],
    waits: Callable[[Sighting | Unreadable, int], bool],
    is_told: Callable[[_Read, Sighting | Unreadable, int], bool],
) -> Iterator[_Read]:
    """All items but those that wait for the next one, and are told by it."""
    waiting: _Read | None = None
    for item, start in items:
        if waiting and not is_told(waiting, item, start):
            yield waiting
        waiting = None
        if waits(item, start):
            waiting = item, start
        else:
            yield item, start
    if waiting:
        yield waiting


def _answers(data: Buffer, failure: _Read, item: Sighting | Unreadable, start: int) -> bool:
    """Whether an error that begins at a place is the answer of a failure above it: nothing but its
    head stands between them."""
    failed, begin = failure
    if isinstance(failed, Unreadable) or isinstance(item, Unreadable):
        return False
    between = bytes(data[begin + failed.length : min(start, begin + _HEAD_ENDS)]).strip()
    is_head = between.startswith(b"HTTP/") and b"\n\n" not in between.replace(b"\r", b"")
    return item.status == failed.status and (not between or is_head)
