"""Takes the documents out of the lines of a log that bear a signal: in one line or over many, bare,
escaped, in what carries it, in transcripts.

What is cut out is a function of the bytes around it, REACH of them each way at the most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from errdecode.model import JSON
from errdecode.scan.cut.answers import cut_answer, cut_head, find_answer
from errdecode.scan.cut.blocks import Block, Blocks
from errdecode.scan.cut.carriers import (
    LIMIT,
    MEMBERS,
    Buffer,
    Carried,
    Line,
    line_at,
    mend,
    open_line,
)
from errdecode.scan.cut.commands import find_command, may_follow_command
from errdecode.scan.cut.cutouts import Cutout as Cutout
from errdecode.scan.cut.cutouts import of_block, of_document
from errdecode.scan.cut.documents import find_all, find_documents, find_others
from errdecode.scan.cut.json_values import MISSING, Missing, load
from errdecode.scan.cut.marked import FAILURE, LONGEST, above_marks, above_returned, is_marked
from errdecode.scan.cut.prints import Prints
from errdecode.scan.cut.transcripts import HEAD_ENDS, Head, find_head, is_empty
from errdecode.scan.cut.views import View

REACH = 1 << 20
"""Bytes before and behind a signal that may have a say in what is cut out."""
_OVERLAP = 64 << 10
"""Bytes behind a piece of a long line in which a document may end that begins in it."""
_NEWLINE = 0x0A
_NEAR = 16 << 10
"""Bytes between an answer and what curl says of its failure, at the most."""
_BEGINS_DOCUMENT = (b"{", b"[", b"<")
_GOES_ON, _BEGINS = '"}]', "{["
"""The first character of a line within a document over several lines, and the last one of a line
that begins one."""
_RECORD_ENDS = (b"}\n", b"}\r\n")
_STATUS_LINE = (b"HTTP/", b"< HTTP/")
_WITHIN = b' \t}])"<'
"""What a line begins with that is a part of something that began above it."""


def cut(data: Buffer, lines: Sequence[int]) -> Iterator[Cutout]:
    """Cut the documents out of a window, in order; `lines` are the starts of those that bear a
    signal, sorted."""
    done = 0
    answered: Cutout | None = None
    blocks, prints = Blocks(data), Prints(data)
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
                block = blocks.in_records(line) if _holds_a_line(value) else None
                if block:
                    done = block.end
                    yield of_block(block, "lines", None)
                else:
                    yield Cutout(View(raw, start), "json", value, True, "body", start)
                continue
        carried = open_line(line)
        printed = prints.around(line, carried)
        if printed:
            yield printed
        for cutout in _cut_line(data, line, carried, blocks):
            if answered and raw.startswith(FAILURE) and _goes_with(data, answered.end, start):
                cutout = _belonging(cutout, answered)
            yield cutout
            done = max(done, cutout.end)
            answered = cutout if _is_refused(cutout.head) else answered


def _holds_a_line(value: JSON) -> bool:
    """Whether a record holds a line that looks like one of a document over several lines."""
    for name in MEMBERS if isinstance(value, dict) else ():
        text = value.get(name)  # type: ignore[union-attr]  # it is an object
        if isinstance(text, str) and (line := text.strip()):
            return line[0] in _GOES_ON or line[-1] in _BEGINS
    return False


def _is_refused(head: Head | None) -> bool:
    """Whether what stands behind a head may be an error."""
    return head is not None and (head.status is None or head.status >= 400)


def _goes_with(data: Buffer, answered: int, start: int) -> bool:
    """Whether nothing but words of curl stands between an answer that is done and its failure."""
    if not 0 < answered <= start or start - answered > _NEAR:
        return False
    between = bytes(data[answered : above_marks(data, start)]).strip()
    return not between or (len(between) < LONGEST and is_marked(between))


def _belonging(failure: Cutout, answer: Cutout) -> Cutout:
    """What curl says of its failure, with what is known of the request of the answer above it."""
    told, head = answer.end, failure.head
    if head is None and answer.head:
        head = Head(None, (), answer.head.method, answer.head.url, failure.line)
        return failure._replace(how="transcript", head=head, told=told)
    return failure._replace(told=told)


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
            yield of_document(document, content, "text", line.start)
        elif document.kind == "json":
            block = blocks.from_place(line, Carried("plain", content), document.begin)
            if block:
                found = True
                yield of_block(block, "lines", None)


def _may_be_answer(data: Buffer, start: int) -> bool:
    """Whether an empty line stands before a line, as between the head and the body of an answer, a
    line that curl wrote of itself, or a command."""
    before = data[max(0, start - 4) : start]
    if before.endswith(HEAD_ENDS):
        return True
    if before.endswith(_RECORD_ENDS) or start < 2:
        return False
    above = above_returned(data, above_marks(data, start))
    return above < start or may_follow_command(data, start)


def _asked_above(data: Buffer, block: Block) -> Head | None:
    """The head right above a document, or what the command there asked for."""
    start = block.start
    if start < 2 or data[start : block.document.view.at].strip():
        return None
    head = find_head(data, start)
    if head:
        return None if is_empty(head) else head
    return find_command(data, start)


def _cut_line(data: Buffer, line: Line, carried: Carried, blocks: Blocks) -> Iterator[Cutout]:
    """What stands in a line, or what the line stands in."""
    how = "string" if carried.carrier == "docker" else "text"
    if carried.carrier != "plain":
        mended = mend(data, line, carried)
        if mended:
            yield from _cut_text(mended.content, mended.start, how)
            return
    elif line.raw.startswith((*_STATUS_LINE, FAILURE)):
        told = _cut_told(data, line, blocks)
        if told is not None:
            yield from told
            return
    block = _find_block(line, carried, blocks)
    if block:
        yield of_block(block, "lines", _asked_above(data, block))
        return
    head = find_head(data, line.start)
    answer = cut_answer(data, line.start, head) if head else None
    if answer:
        yield answer
        return
    above = find_answer(data, line) if carried.carrier == "plain" else None
    if above:
        yield above
        return
    asked = find_command(data, line.start) if line.raw[:1] in _BEGINS_DOCUMENT else None
    for cutout in _cut_text(carried.content, line.start, how, whole=True):
        if asked and cutout.start == line.start:
            cutout = cutout._replace(how="transcript", head=asked)
        if not cutout.complete and cutout.kind == "json" and cutout.end >= line.end - 1:
            at = len(carried.content.text) - len(cutout.view.text)
            block = blocks.from_place(line, carried, at)
            if block:
                yield of_block(block, "lines", cutout.head)
                return
        yield cutout


def _cut_told(data: Buffer, line: Line, blocks: Blocks) -> list[Cutout] | None:
    """What a status line begins, or what curl says of its failure; None where it is neither."""
    if not line.raw.startswith(FAILURE):
        answer = cut_head(data, line)
        if isinstance(answer, Cutout):
            return [answer]
        if answer is None:
            return None
        below = line_at(data, answer)
        return list(_cut_line(data, below, open_line(below), blocks))
    head = find_head(data, line.start)
    if head and _is_refused(head):  # it is a part of that answer
        return []
    head = head or find_command(data, line.start)
    how = "transcript" if head else "body"
    view = View(line.raw.rstrip(), line.start)
    return [Cutout(view, "text", MISSING, True, how, line.start, head)]


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


def _cut_text(content: View, start: int, how: str, *, whole: bool = False) -> Iterator[Cutout]:
    """The documents in a text: JSON, else others, else the text itself."""
    found = False
    for document in find_all(content):
        found = True
        yield of_document(document, content, how, start)
    if not found and whole:
        yield Cutout(content, "text", MISSING, True, "body", start)
