"""Takes the documents out of the lines of a log that bear a signal: in one line or over many, bare,
escaped, in what carries it, in transcripts.

What is cut out is a function of the bytes around it, REACH of them each way at the most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.scan.cut.blocks import Block, Blocks
from errdecode.scan.cut.carriers import (
    LIMIT,
    Buffer,
    Carried,
    Line,
    line_at,
    mend,
    open_line,
)
from errdecode.scan.cut.documents import Document, find_documents, find_others
from errdecode.scan.cut.json_values import MISSING, Missing, load
from errdecode.scan.cut.marked import above_marks, below_marks
from errdecode.scan.cut.transcripts import HEAD_ENDS, Head, find_head
from errdecode.scan.cut.views import View

REACH = 1 << 20
"""Bytes before and behind a signal that may have a say in what is cut out."""
_OVERLAP = 64 << 10
"""Bytes behind a piece of a long line in which a document may end that begins in it."""
_NEWLINE = 0x0A
_WITHIN = b' \t}])"<'
"""What a line begins with that is a part of something that began above it."""


class Cutout(NamedTuple):
    """A document of a log; whether it is or holds an error is for others to say."""

    view: View
    """Its text, freed from its wrapping, and where that stands in the window."""
    kind: str
    """json, markup, form or text; long: a line that is longer than what is read of it."""
    value: JSON | Missing
    """Of undamaged JSON."""
    complete: bool
    how: str
    """body, text, lines or transcript; what is found inside says more."""
    line: int
    """Where the line begins in which it does."""
    head: Head | None = None

    @property
    def start(self) -> int:
        """Its first byte in the window."""
        return self.view.at

    @property
    def end(self) -> int:
        """Behind its last byte in the window."""
        return self.view.locate(len(self.view.text))


def cut(data: Buffer, lines: Sequence[int]) -> Iterator[Cutout]:
    """Cut the documents out of a window, in order; `lines` are the starts of those that bear a
    signal, sorted."""
    done = 0
    blocks = Blocks(data)
    for start in lines:
        if start < done:
            if data[start - 1] == _NEWLINE or _is_over(data, start, done):
                continue
            start = done  # within a piece of a long line
        line = line_at(data, start)
        raw = line.raw
        if len(raw) == LIMIT and line.end < len(data):
            for cutout in _cut_long(data, line, blocks):
                yield cutout
                done = done if cutout.kind == "long" else max(done, cutout.end)
            continue
        if raw[:1] == b"{" and raw[:8] != b'{"log":"' and not _may_be_answer(data, start):
            value = load(raw)
            if not isinstance(value, Missing):
                yield Cutout(View(raw, start), "json", value, True, "body", start)
                continue
        for cutout in _cut_line(data, line, blocks):
            yield cutout
            done = max(done, cutout.end)


def _is_over(data: Buffer, start: int, done: int) -> bool:
    """Whether nothing is left of a piece of a long line when a place in it is done."""
    return done >= start + LIMIT or data.find(b"\n", start, done) >= 0


def _cut_long(data: Buffer, line: Line, blocks: Blocks) -> Iterator[Cutout]:
    """A piece of a line that is too long to be read as a whole, and is no JSON document; then the
    documents that begin in it."""
    yield Cutout(View(line.raw, line.start), "long", MISSING, False, "body", line.start)
    stop = data.find(b"\n", line.end, line.end + _OVERLAP)
    stop = min(len(data), line.end + _OVERLAP) if stop < 0 else stop
    content, found = View(bytes(data[line.start : stop]), line.start), False
    others = find_others(content) if b"<" in content.text or b"&" in content.text else ()
    for document in chain(find_documents(content), others):
        if document.begin >= LIMIT or (found and document.kind != "json"):
            break
        if document.complete:
            found = True
            yield _of_document(document, content, "text", line.start)
        elif document.kind == "json":
            block = blocks.from_place(line, Carried("plain", content), document.begin)
            if block:
                found = True
                yield _of_block(block, "lines", None)


def _may_be_answer(data: Buffer, start: int) -> bool:
    """Whether an empty line stands before a line, as between the head and the body of an answer, or
    a line that curl wrote of itself."""
    before = data[max(0, start - 4) : start]
    return before.endswith(HEAD_ENDS) or (
        not before.endswith(_RECORD_ENDS) and above_marks(data, start) < start
    )


def _cut_line(data: Buffer, line: Line, blocks: Blocks) -> Iterator[Cutout]:
    """What stands in a line, or what the line stands in."""
    carried = open_line(line)
    how = "string" if carried.carrier == "docker" else "text"
    if carried.carrier != "plain":
        mended = mend(data, line, carried)
        if mended:
            yield from _cut_text(mended.content, mended.start, how)
            return
    block = _find_block(line, carried, blocks)
    if block:
        head = find_head(data, block.start)
        yield _of_block(block, "transcript" if head else "lines", head)
        return
    head = find_head(data, line.start)
    if head:
        yield from _cut_answer(data, line.start, head)
        return
    above = _find_answer(data, line) if carried.carrier == "plain" else None
    if above:
        yield above
        return
    for cutout in _cut_text(carried.content, line.start, how, whole=True):
        if not cutout.complete and cutout.kind == "json" and cutout.end >= line.end - 1:
            at = len(carried.content.text) - len(cutout.view.text)
            block = blocks.from_place(line, carried, at)
            if block:
                yield _of_block(block, "lines", None)
                return
        yield cutout


def _find_block(line: Line, carried: Carried, blocks: Blocks) -> Block | None:
    """The document over several lines that a line belongs to, if it looks as if it did."""
    text = carried.content.text
    first = text.lstrip()[:1]
    if text[:1] in _WITHIN or first in (b'"', b"{", b"[") or text.rstrip().endswith((b"{", b"[")):
        block = blocks.around(line, carried)
        if block:
            return block
    if b"<" in text:
        block = blocks.markup(line)
        if block and (block.end > line.end or block.start < line.start):
            return block
    return None


def _of_block(block: Block, how: str, head: Head | None) -> Cutout:
    document = block.document
    return Cutout(
        document.view, document.kind, document.value, document.complete, how, block.start, head
    )


def _cut_text(content: View, start: int, how: str, *, whole: bool = False) -> Iterator[Cutout]:
    """The documents in a text: JSON, else others, else the text itself."""
    found = False
    for document in find_documents(content):
        found = True
        yield _of_document(document, content, how, start)
    if not found:
        for document in find_others(content):
            found = True
            yield _of_document(document, content, how, start)
    if not found and whole:
        yield Cutout(content, "text", MISSING, True, "body", start)


def _of_document(document: Document, content: View, how: str, start: int) -> Cutout:
    bare = document.begin == 0 and not content.text[document.end :].strip()
    return Cutout(
        document.view,
        document.kind,
        document.value,
        document.complete,
        "body" if bare and how == "text" else how,
        start,
    )


def _find_answer(data: Buffer, line: Line) -> Cutout | None:
    """What a server answered, in several lines of which this is one but the first: a text, or a
    document that is not laid out as others are."""
    if _BEGINS.match(line.raw):
        return None
    lowest = max(0, line.start - _PROSE)
    if data.rfind(b"HTTP/", max(0, lowest - _HEAD), line.start) < 0:
        return None
    place = _below_blank(data, lowest, line.start)
    while place and not (head := find_head(data, place)):
        place = _below_blank(data, lowest, place)
    if not place or not head:
        return None
    for cutout in _cut_answer(data, place, head):
        if cutout.end > line.start and (cutout.kind == "text") == _is_prose(head):
            return cutout
    return None


def _below_blank(data: Buffer, lowest: int, start: int) -> int:
    """Behind the last empty line between two places; 0 without one."""
    places = ((data.rfind(end, lowest, start - 1), len(end)) for end in HEAD_ENDS)
    return max((place + length for place, length in places if place >= 0), default=0)


def _is_prose(head: Head) -> bool:
    return any(n.lower() == "content-type" and v.startswith("text/") for n, v in head.fields)


_PROSE = 1 << 10
"""Bytes before a line in which the beginning of a text is looked for."""
_HEAD = 4 << 10
"""Bytes before that in which its head begins."""
_BEGINS = re.compile(rb"(?:\d{4}-\d\d-\d\d|[A-Z][a-z]{2} [ \d]\d )")
"""How a log line begins."""
_RECORD_ENDS = (b"}\n", b"}\r\n")
_BEHIND = (b"* ", b"< ", b"> ", b"$ ", b"HTTP/")


def _cut_answer(data: Buffer, start: int, head: Head) -> Iterator[Cutout]:
    """The body behind a head: a document, else all lines up to what is none of it."""
    line = line_at(data, below_marks(data, start))
    end = line.end
    prose = _is_prose(head)
    while end + 1 < len(data) and end - line.start < LIMIT:
        after = line_at(data, end + 1)
        blank = not after.raw.strip()
        if (blank and not prose) or after.raw.startswith(_BEHIND) or _BEGINS.match(after.raw):
            break
        end = after.end
    content = View(bytes(data[line.start : end]).rstrip(), line.start)
    for document in find_documents(content):
        if document.begin == 0:
            yield _of_document(document, content, "transcript", line.start)._replace(head=head)
            return
        break
    kind = "markup" if content.text[:1] == b"<" else "text"
    if content.text:
        yield Cutout(content, kind, MISSING, True, "transcript", line.start, head)
