"""The answers in what a terminal showed: heads, and what follows them."""

from __future__ import annotations

from errdecode.regex import expression
from errdecode.scan.cut.carriers import LIMIT, Buffer, Line, line_at
from errdecode.scan.cut.commands import names_client
from errdecode.scan.cut.cutouts import Cutout, of_document
from errdecode.scan.cut.documents import find_documents
from errdecode.scan.cut.json_values import MISSING
from errdecode.scan.cut.marked import FAILURE, GIVEN_UP, RETURNED, below_marks
from errdecode.scan.cut.transcripts import FIELD, HEAD_ENDS, REACH, Head, find_head, is_empty
from errdecode.scan.cut.views import View

_PROSE = 1 << 10
"""Bytes before a line in which the beginning of a text is looked for."""
_HEAD = 4 << 10
"""Bytes before that in which its head begins."""
_MOST_FIELDS = 200
BEGINS = expression(
    rb"(?:\d{4}-\d\d-\d\d|[A-Z][a-z]{2} [ \d]\d |(?:INFO|DEBUG|TRACE)[ :]|\[(?:INFO|DEBUG|TRACE)\])"
)
"""How a log line begins."""
_BEHIND = (b"* ", b"< ", b"> ", b"$ ", b"HTTP/", FAILURE)
PROMPT = expression(
    rb"(?:\([\w.-]{1,40}\) ?)?(?:\[?[\w.+-]{1,64}@[\w.-]{1,64}[^\n$%#>]{0,200}[$%#>]"
    rb"|(?:ba|z|k|da)?sh-[\d.]{1,10}[$#]|(?:PS )?[A-Za-z]:\\[^\n>]{0,250}>|[$%]"
    rb"|\xe2\x9d\xaf|\xe2\x9e\x9c)(?:[ \t\r]|$)"
)
"""What a shell writes before a command: its sign, with user and folder or without."""
BETWEEN_RULES = expression(rb"-{10,}(?:[:\s]|$)|-{2,}\[ ?[A-Z]")
"""What the loggers of Go's clients put around what was sent and answered: `---[ RESPONSE ]---`."""
_TRACED = expression(rb"\+{1,8} [\w./~-]{1,80}(?:[ \r\n]|$)")
"""How a shell shows the command that it is about to run (`set -x`)."""
_MOST_BLANK = 16
_BLANK = (b"\n", b"\r")
_NEXT = (b"HTTP/", b"< HTTP/")
_ANSWERS = (b"HTTP/", b"{", b"[", b"<")
_AGAIN = b"* Issue another request"


def cut_head(data: Buffer, line: Line) -> Cutout | int | None:
    """The answer whose status line, one that refuses, stands in a line: its head, where it has no
    body; else where the body begins. None when it is no head, or when another answer follows."""
    end = _end_of_head(data, line)
    head = find_head(data, end) if end else None
    if not end or head is None or head.start != line.start or not (head.fields or head.url):
        return None
    given_up = data.startswith(GIVEN_UP, end)
    below = _below_returned(data, _below_told(data, end), _NEXT if given_up else _ANSWERS)
    told, first = bytes(data[end:below]), line_at(data, below).raw
    if _AGAIN in told or (first.startswith(_NEXT) and _goes_on(head, line.raw, first)):
        return None
    if BETWEEN_RULES.match(first) and not is_empty(head):  # what was answered is logged elsewhere
        return None
    ends = given_up or is_empty(head) or first.startswith(_NEXT) or _is_below(first)
    if below < len(data) and not (ends or names_client(first)):
        return below
    failure = first if first.startswith(FAILURE) else b""
    view = View(bytes(data[line.start : end]).rstrip(), line.start)
    head = head._replace(failure=failure.decode("utf-8", "replace").strip())
    return Cutout(view, "head", MISSING, True, "transcript", line.start, head)


def _below_told(data: Buffer, start: int) -> int:
    """Behind the empty lines, and what curl says of itself, that a place is followed by."""
    for _ in range(_MOST_BLANK):
        after = below_marks(data, start)
        if after == start and data[start : start + 1] not in _BLANK:
            break
        start = after + (after == start)
    return start


def _below_returned(data: Buffer, start: int, answers: tuple[bytes, ...]) -> int:
    """Behind what curl says of its failure by a status, where an answer begins right below it."""
    if not data.startswith(RETURNED, start):
        return start
    after = line_at(data, start).end + 1
    return after if data.startswith(answers, after) else start


def _goes_on(head: Head, line: bytes, following: bytes) -> bool:
    """Whether the head that follows is that of the same answer, which `-v` and `-i` both show, or
    of the one to a challenge that was met (RFC 9110, section 11.6)."""
    return head.status in (401, 407) or line[:1] != following[:1]


def _end_of_head(data: Buffer, line: Line) -> int | None:
    """Behind the empty line that ends the head which begins in a line."""
    furthest = line.start + REACH
    for _ in range(_MOST_FIELDS):
        if line.end + 1 >= min(len(data), furthest):
            return None
        line = line_at(data, line.end + 1)
        if line.raw.startswith(GIVEN_UP):
            return line.start
        if line.raw.strip() in (b"", b"<"):
            return min(line.end + 1, len(data))
        if not (FIELD.match(line.raw) or line.raw.startswith(b"* ")):
            return None
    return None


def is_behind(raw: bytes) -> bool:
    """Whether a line is none of the answer above it."""
    begun = raw.startswith(_BEHIND) or BEGINS.match(raw) or PROMPT.match(raw)
    return bool(begun or BETWEEN_RULES.match(raw))


def _is_below(raw: bytes) -> bool:
    """Whether the first line below a head is none of its body."""
    return is_behind(raw) or _TRACED.match(raw) is not None


def find_answer(data: Buffer, line: Line) -> Cutout | None:
    """What a server answered, in several lines of which this is one but the first: a text, or a
    document that is not laid out as others are."""
    if BEGINS.match(line.raw):
        return None
    lowest = max(0, line.start - _PROSE)
    if data.rfind(b"HTTP/", max(0, lowest - _HEAD), line.start) < 0:
        return None
    place = _below_blank(data, lowest, line.start)
    while place and not (head := find_head(data, place)):
        place = _below_blank(data, lowest, place)
    if not place or not head:
        return None
    answer = cut_answer(data, place, head)
    if answer and answer.end > line.start and (answer.kind == "text") == _is_prose(head):
        return answer
    return None


def _below_blank(data: Buffer, lowest: int, start: int) -> int:
    """Behind the last empty line between two places; 0 without one."""
    places = ((data.rfind(end, lowest, start - 1), len(end)) for end in HEAD_ENDS)
    return max((place + length for place, length in places if place >= 0), default=0)


def _is_prose(head: Head) -> bool:
    return any(n.lower() == "content-type" and v.startswith("text/") for n, v in head.fields)


def cut_answer(data: Buffer, start: int, head: Head) -> Cutout | None:
    """The body behind a head: a document, else all lines up to what is none of it."""
    line = line_at(data, below_marks(data, start))
    if is_empty(head) or _is_below(line.raw):
        return None
    end = line.end
    prose = _is_prose(head)
    while end + 1 < len(data) and end - line.start < LIMIT:
        after = line_at(data, end + 1)
        blank = not after.raw.strip()
        if (blank and not prose) or is_behind(after.raw):
            break
        end = after.end
    content = View(bytes(data[line.start : end]).rstrip(), line.start)
    document = next(find_documents(content), None)
    if document and document.begin == 0:
        return of_document(document, content, "transcript", line.start)._replace(head=head)
    kind = "markup" if content.text[:1] == b"<" else "text"
    if not content.text:
        return None
    return Cutout(content, kind, MISSING, True, "transcript", line.start, head)
