"""Exchanges that a client's log tells line by line, each line behind the same words: what was asked
for and what was answered, above the body of the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.scan.cut.answers import BETWEEN_RULES
from errdecode.scan.cut.carriers import LIMIT, Buffer, line_at
from errdecode.scan.cut.commands import names_client, read_command
from errdecode.scan.cut.json_values import Missing, load
from errdecode.scan.cut.marked import is_marked
from errdecode.scan.cut.transcripts import find_head
from errdecode.scan.loggers import LONGEST, MOST, lines_above, logger_before
from errdecode.scan.model import Context

_INTRODUCED = expression(rb"(?:(?:[Rr]esponse )?(?:content|body):|-{2,} ?body start ?-{2,})?\Z")
"""What stands in the line above a body, if anything."""
_METHODS = rb"GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS"
_ANSWERED = expression(
    rb"(?:<[<-]{1,3} ?\"?)?HTTP/[0-9.]{1,3} ([1-5]\d\d)\b"
    rb"|<[<-]{1,3} ?([1-5]\d\d)\b(?: [^/:]{0,40}?(https?://\S+))?"
    rb"|(?:[Rr]esponse )?status(?: code)?: ([1-5]\d\d)\b"
)
_ENDED = expression(rb"<[<-]{1,3} ?END\b")
_ASKED = expression(
    rb"(?:[>-]{1,4}> ?\"?)?(%b) (https?://\S+|/\S*)(?: (?i:HTTP/[0-9.]{1,3}|h2\S{0,20}))?\"?\Z"
    % _METHODS
)
_SENDS = expression(
    rb"(?:[>-]{1,4}> ?\"?(?:%b) \S+(?: (?i:HTTP/[0-9.]{1,3}|h2\S{0,20}))?"
    rb"|\b(?:%b) \S+ HTTP/[0-9.]{1,3})\"?\s*\Z" % (_METHODS, _METHODS)
)
"""A request's line with an arrow or with a version, as those have whose parts follow line by
line."""
_NAMED = expression(
    rb"(?:[Rr]equest )?(?:([Mm]ethod): [\"']?(%b)|(?:UR[LI]|ur[li]): [\"']?(https?://[^\s\"']+))[\"']?\Z"
    % _METHODS
)
_FIELD = expression(rb"b?[\"']?([A-Za-z][\w-]{0,80})[\"']?: ?[\"']?(.{0,400})")
_IDS = (
    b"request-id",
    b"x-request-id",
    b"x-ms-request-id",
    b"x-amzn-requestid",
    b"x-amz-request-id",
)
_MARKS = (b"< ", b"> ")
"""What `curl -v` writes before the lines of heads."""
_RULES = b"-" * 10
_DOCUMENT_ENDS = (b"}\n", b'"\n', b">\n")
"""How a line ends that leads to no body, told at a glance."""
_BLANKS = 64
"""Bytes of empty lines between a head and the rule below it."""
_RULE = expression(rb"[=-]{2,}+ ?[a-z ]{0,40}[=-]*\Z|(?:[Rr]esponse )?headers:\Z")


class Dialogue(NamedTuple):
    """What the lines above a body tell of its exchange."""

    context: Context = Context()
    said: bytes = b""
    """The lines themselves, without the words of a logger."""


_NONE = Dialogue()


def read_dialogue(data: Buffer, line: int, start: int) -> Dialogue:
    """What the lines above a body tell of its exchange: a status, with nothing but the fields of a
    head between them, and the request above that. Lines of others may stand in between.

    The body begins at `start`, in the line that begins at `line`.
    """
    if line == start and data[max(0, line - 1) : line] != b"\n":  # of markup over several lines
        line = data.rfind(b"\n", max(0, start - LONGEST), start) + 1 or start
    if data[max(0, line - 2) : line] in _DOCUMENT_ENDS:
        return _NONE
    above = data.rfind(b"\n", max(0, line - LONGEST), line - 1) + 1 if line > 1 else line
    if data.startswith(_RULES, above):
        return _read_block(data, above)
    logger = logger_before(data, line, start) if above < line else None
    first = logger.behind(data, above) if logger else None
    if logger is None or first is None or not _is_introduced(first.strip()):
        return _NONE
    said: list[bytes] = []
    context = _read_lines(_keep(lines_above(data, line, logger), said))
    return Dialogue(context, b"\n".join(reversed(said))) if context else _NONE


def _keep(messages: Iterable[bytes], said: list[bytes]) -> Iterator[bytes]:
    """The lines as they are asked for, without the marks of curl and what it says of itself."""
    for message in messages:
        said.append(message)
        if not is_marked(message):
            yield _without_mark(message)


def _without_mark(message: bytes) -> bytes:
    """What `curl -v` shows of a line of a head."""
    return message[2:] if message[:2] in _MARKS else b"" if message in (b"<", b">") else message


def _is_introduced(first: bytes) -> bool:
    """Whether the line right above may lead to a body."""
    return is_marked(first) or _INTRODUCED.match(_without_mark(first)) is not None


def _read_lines(messages: Iterator[bytes]) -> Context | None:
    """What lines tell of an exchange, the last one first; None without an answer."""
    status, id, url = _read_answer(messages)
    if status is None:
        return None
    host = method = None
    for message in messages:
        asked, named = _ASKED.match(message), _NAMED.match(message)
        if asked:
            method, url = asked[1], url or _address(host, asked[2])
        elif named:
            method, url = method or named[2], url or named[3]
        elif message[:5].lower() == b"host:":
            host = message[5:].strip()
        elif names_client(message):
            return _asked_by(message, Context(None, None, _str(id), status=int(status)))
        answered = _ANSWERED.match(message) or _ENDED.match(message)
        if asked or answered or (named and method and url):
            break
    return Context(None, None, _str(id), None, _str(method), _str(url), int(status))


def _read_answer(messages: Iterator[bytes]) -> tuple[bytes | None, bytes | None, bytes | None]:
    """Status, request id and address of an answer, with nothing but its fields below its status."""
    id: bytes | None = None
    for message in messages:
        answered = _ANSWERED.match(message)
        if answered:
            return answered[1] or answered[2] or answered[4], id, answered[3]
        field = _FIELD.match(message)
        if field and field[1].lower() in _IDS:
            id = field[2].rstrip(b"\"', ")
        elif message and not (field or _RULE.match(message) or _INTRODUCED.match(message)):
            break
    return None, None, None


def _asked_by(command: bytes, said: Context) -> Context:
    """What is said of an exchange, with what a command asked for."""
    method, url = read_command(command) or (None, None)
    return said._replace(method=method, url=url)


def _read_block(data: Buffer, rule: int) -> Dialogue:
    """What the head of an answer tells that ends right above a rule which begins at a place: its
    body is logged below that, in a record of its own."""
    low = max(0, rule - _BLANKS)
    end = data.find(b"\n", low + len(bytes(data[low:rule]).rstrip()), rule) + 1
    head = find_head(data, line_at(data, end).end + 1) if 0 < end < rule else None
    if not BETWEEN_RULES.match(line_at(data, rule).raw) or head is None:
        return _NONE
    ids = {name.lower().encode(): value for name, value in head.fields}
    id = next((ids[name] for name in _IDS if name in ids), None)
    said = bytes(data[max(0, head.start - LONGEST) : rule])
    return Dialogue(Context(None, None, id, None, head.method, head.url, head.status), said)


def find_payload(data: Buffer, line: int, end: int) -> bytes | None:
    """What was sent by a request that is told line by line, the first of which begins at a place:
    a JSON document behind the same words, in one line or over many, with nothing but the fields of
    a head between them."""
    stop = data.find(b"\n", line, line + LONGEST)
    sends = _SENDS.search(bytes(data[line:stop])) if stop >= 0 else None
    logger = logger_before(data, line, line + sends.start()) if sends else None
    document = b""
    for _ in range(MOST if logger and logger.words else 0):
        line = stop + 1
        stop = data.find(b"\n", line, min(end, line + LIMIT))
        if stop < 0 or logger is None:
            return None
        behind = logger.behind(data, line) or b""
        message = behind.strip()
        if message and (document or message[:1] in (b"{", b"[")):
            document += behind.removeprefix(b" ").rstrip() + b"\n"
            if message[-1:] in (b"}", b"]") and not isinstance(load(document), Missing):
                return document[:-1]
        elif message and (_ANSWERED.match(message) or not _FIELD.match(message)):
            return None
    return None


def _address(host: bytes | None, target: bytes) -> bytes:
    return b"https://" + host + target if host and target[:1] == b"/" else target


def _str(found: bytes | None) -> str | None:
    return None if found is None else found[:400].decode("utf-8", "replace")
