"""The record of a log that a line goes on with: it begins with a line that bears a time, and goes
on up to the next one, as shippers of logs take stack traces and printed answers together.

Source of the rule: elastic.co/docs, Filebeat, "Manage multiline messages".
"""

from __future__ import annotations

from collections import deque

from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.scan.context import is_dated, merge, read_words
from errdecode.scan.cut.answers import PROMPT
from errdecode.scan.cut.carriers import Buffer
from errdecode.scan.cut.cutouts import Cutout
from errdecode.scan.dialogues import read_dialogue
from errdecode.scan.model import Context, Sighting, Unreadable
from errdecode.scan.reading.layouts import is_record
from errdecode.scan.reading.times import begins_with_time

REACH = 32 << 10
"""Bytes above a line in which its record begins."""
_SEEN = 96
"""Bytes of a line that tell whether a record begins with it."""
_LONGEST = 1 << 10
"""Bytes of such a line that are read."""
_GOES_ON = (b" ", b"\t", b"\r", b"\n", b"")
_APART = expression(
    rb"[\[(]?(?:EMERG|ALERT|CRIT|CRITICAL|FATAL|SEVERE|ERROR|ERR|WARN|WARNING|NOTICE|INFO|DEBUG"
    rb"|TRACE)\b|[\w.:-]{1,60} \S{1,60} \S{1,60} \[\d\d/|[<>*] "
)
"""How a record without a time at its beginning begins, or a line of a client."""
_DOCUMENT = b'{"'


_AS_WRITTEN = b" \t\r\n\\"
"""What the same body may have more or less of in another place."""


_REQUEST = expression(rb"(?i)request[-_ ]?id[\"']?[:=] ?[\"']?([\w=+/-]{3,120})")
"""How words name the request that failed."""
_OF_AN_ID = expression(rb"[\w=+/-]")
_HEAD = 4 << 10
"""Bytes above an answer in which its head bears an id."""
_MOST_ANSWERS = 16


class LogRecords:
    """Finds the records that lines go on with; remembers the line that was asked for last."""

    def __init__(self, data: Buffer) -> None:
        self._data = data
        self._last: tuple[int, int | None] = -1, None

    def begin(self, line: int) -> int | None:
        """Where the record begins that the line which begins at a place belongs to; None where that
        is far above, or where something else stands between them."""
        found = self._walk(line)
        self._last = line, found
        return found if found is not None and line - found <= REACH else None

    def _walk(self, line: int) -> int | None:
        data, at, lowest = self._data, line, max(0, line - REACH)
        while True:
            if at < line and data.startswith(_DOCUMENT, at):
                return None
            if at == self._last[0]:
                return self._last[1]
            if data[at : at + 1] not in _GOES_ON:
                seen = bytes(data[at : at + _SEEN]).partition(b"\n")[0]
                begins = begins_with_time(seen)
                if begins:
                    return at
                if begins is None or _APART.match(seen) or PROMPT.match(seen):
                    return None
            if at <= lowest:
                return None
            at = data.rfind(b"\n", lowest, at - 1) + 1
            if at == 0 and lowest:
                return None

    def complete(self, words: Context, cutout: Cutout, year: int | None) -> Context:
        """What is known around a body, with what the first line of its record says: when it was,
        how bad, and whose; of an answer's head right below that line, what was asked for, too."""
        if cutout.head is None and (words.status is None or words.url is None):
            told = read_dialogue(self._data, cutout.line, cutout.start)
            words = merge(words, told.context)
        if words.time is not None or is_dated(cutout.value):
            return words
        top = _top(cutout)
        record = self.begin(top)
        if record is None:
            return words
        data = self._data
        stop = data.find(b"\n", record, record + _LONGEST)
        line = bytes(data[record : record + _LONGEST if stop < 0 else stop])
        said = read_words(line, b"", year)
        if record < top and said.status is not None and said.status < 400:
            return words
        near = cutout.head is not None and stop + 1 == top
        method, url = (said.method, said.url) if near else (None, None)
        whose = Context(said.time, said.level, said.request_id, said.trace_id, method, url)
        return merge(words, whose)


def _top(cutout: Cutout) -> int:
    """Where the first line begins that belongs to a body."""
    head = cutout.head
    return head.start if head and cutout.how == "transcript" else cutout.line


def is_own_record(cutout: Cutout) -> bool:
    """Whether a document in a line is a record of the log by itself."""
    value = cutout.value
    return cutout.how == "body" and type(value) is dict and is_record(value)


class _Coded(NamedTuple):
    """An answer with a code."""

    code: str
    start: int
    end: int


class Said:
    """What was said already of the failures that one record of a log tells of, and by the answers
    shortly above it."""

    def __init__(self) -> None:
        self._record: int | None = None
        self._answers: deque[_Coded] = deque(maxlen=_MOST_ANSWERS)
        self._bodies: dict[bytes, int] = {}
        """Each with where the document begins that it was first told in."""
        self._codes: set[tuple[str | None, str]] = set()

    def is_new(
        self,
        item: Sighting | Unreadable,
        data: Buffer,
        start: int,
        cutout: Cutout,
        records: LogRecords,
    ) -> bool:
        """Whether an error whose body begins at a place is not what its record told before: in
        words that quote the same body, with other blanks and escapes perhaps, or that bear the same
        code. A document by itself is another answer, and so are the items of one document. Nor are
        words new that say of an answer what it said itself, in whatever record."""
        if isinstance(item, Unreadable):
            return True
        if cutout.kind != "text" and item.code:
            self._answers.append(_Coded(item.code, start, start + item.length))
        elif self._is_answered(item, data, start):
            return False
        return self._is_new_in_record(item, data, start, cutout, records)

    def _is_answered(self, item: Sighting, data: Buffer, start: int) -> bool:
        """Whether words bear the code of an answer shortly above, and name the request by an id
        that stands in that answer or in its head."""
        near = [
            one for one in self._answers if one.code == item.code and start - one.start <= REACH
        ]
        named = _REQUEST.findall(bytes(data[start : start + item.length])) if near else ()
        return any(
            _bears(data, id, max(0, one.start - _HEAD), one.end) for one in near for id in named
        )

    def _is_new_in_record(
        self,
        item: Sighting,
        data: Buffer,
        start: int,
        cutout: Cutout,
        records: LogRecords,
    ) -> bool:
        """Whether the record that an error belongs to did not tell it before."""
        record = None if is_own_record(cutout) else records.begin(_top(cutout))
        if record is None or record != self._record:
            self._bodies.clear()
            self._codes.clear()
            self._record = record
        if record is None:
            return True
        body = bytes(data[start : start + item.length]).translate(None, _AS_WRITTEN)
        code = None if item.code is None else (item.format, item.code)
        first = self._bodies.setdefault(body, cutout.start)
        known = (cutout.how == "text" and first != cutout.start) or (
            cutout.kind == "text" and cutout.how == "body" and code in self._codes
        )
        self._codes.update([code] if code else ())
        return not known


def _bears(data: Buffer, id: bytes, start: int, end: int) -> bool:
    """Whether an id stands between two places, and not as a part of a longer one."""
    at = data.find(id, start, end)
    while at >= 0:
        around = data[max(start, at - 1) : at] + data[at + len(id) : at + len(id) + 1]
        if not _OF_AN_ID.search(around):
            return True
        at = data.find(id, at + 1, end)
    return False
