"""The head before a body in a transcript of curl: status, fields, and what was asked."""

from __future__ import annotations

from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.scan.cut.carriers import Buffer
from errdecode.scan.cut.marked import GIVEN_UP, RETURNED, above_marks, above_returned

REACH = 16 << 10
"""Bytes before a body in which its head is looked for."""
HEAD_ENDS = (b"\n\n", b"\n\r\n", b"\n<\n", b"< \n", b"<\r\n", b"< \r\n")
"""What stands between the head of an answer and its body."""
STATUS = expression(rb"(?:< )?HTTP/[0-9.]{1,3} ([1-5][0-9]{2})\b")
FIELD = expression(rb"(?:< )?([A-Za-z][A-Za-z0-9-]{0,80}):[ \t]*(.*)")
_REQUEST = expression(rb"> ([A-Z]{3,10}) (\S+) HTTP/")
_SENT = expression(rb"([A-Z]{3,10}) (\S+) HTTP/[0-9.]{1,3}$")
_HOST = expression(rb"> (?i:host): *(\S+)")
_COMMAND = expression(rb"(?:^|[\s$#])curl\s(.*)")
_URL = expression(rb"https?://[^\s'\"]+")
_METHOD = expression(rb"(?:-X|--request)[ =]?'?([A-Z]{3,10})")
_SENDS = expression(rb"\s(?:-d|--data|--json|-F|--form)")
_INTERIM = expression(rb"(?:< )?HTTP/[0-9.]{1,3} (?:1[0-9]{2}\b|200 (?i:connection established))")
"""The head before that of the answer: of leave to go on (RFC 9110, section 15.2), of a tunnel."""
_BETWEEN = (b"* ", b"  ", b"{ [", b"} [", RETURNED)
"""What curl writes of itself between a command, or what `-v` shows, and an answer."""
_MOST_LINES = 200


class Head(NamedTuple):
    """The head of a response in a transcript, and what is known of its request."""

    status: int | None
    """None where only the command shows that an answer follows."""
    fields: tuple[tuple[str, str], ...]
    method: str | None = None
    url: str | None = None
    start: int = 0
    """Where the status line begins, else the command."""
    failure: str = ""
    """What curl says below a head without a body."""


def find_head(data: Buffer, start: int) -> Head | None:
    """The head that ends right before the line that begins at a place; None without one.

    What curl says of itself may stand between them.
    """
    if start < 2 or data[start - 1] != 10:
        return None
    start = above_marks(data, above_returned(data, above_marks(data, start)))
    given_up = data.startswith(GIVEN_UP, start)
    if not (given_up or data[max(0, start - 4) : start].endswith(HEAD_ENDS)):
        return None
    lowest = max(0, start - REACH)
    if lowest:
        lowest = data.find(b"\n", lowest, start) + 1
    lines = bytes(data[lowest:start]).split(b"\n")[: -1 if given_up else -2]
    fields: list[tuple[str, str]] = []
    for number, line in enumerate(reversed(lines[-_MOST_LINES:]), 1):
        line = line.rstrip(b"\r")
        status = STATUS.match(line)
        if status:
            earlier = lines[: len(lines) - number]
            method, url = _find_request(earlier, verbose=line.startswith(b"<"))
            at = lowest + sum(len(one) + 1 for one in earlier)
            return Head(int(status[1]), tuple(reversed(fields)), method, url, at)
        if line.startswith(b"* "):  # it may stand among the fields
            continue
        field = FIELD.match(line)
        if field is None:
            return None
        fields.append((field[1].decode("latin-1"), field[2].decode("latin-1").strip()))
    return None


def is_empty(head: Head) -> bool:
    """Whether a head says that no body follows (RFC 9110, section 8.6)."""
    return any(n.lower() == "content-length" and v == "0" for n, v in head.fields)


def _find_request(lines: list[bytes], *, verbose: bool) -> tuple[str | None, str | None]:
    """Method and address, from the marked lines of the request, else from the command."""
    host = None
    lines = lines if verbose else _skip_interim(lines)
    sent = None if verbose else _read_sent(lines[-_MOST_LINES:])
    if sent:
        return sent
    for number, line in enumerate(reversed(lines[-_MOST_LINES:]), 1):
        if verbose:
            asked = _REQUEST.match(line)
            if asked:
                path = asked[2].decode("latin-1")
                url = f"https://{host}{path}" if host and path.startswith("/") else path
                return asked[1].decode(), url
            named = _HOST.match(line)
            host = named[1].decode("latin-1") if named else host
        command = _COMMAND.search(line)
        if command:
            return _read_command(command[1], lines[len(lines) - number :])
        verbose = verbose or line.startswith(b"< ")  # with `-i`, too
        if not verbose and line.strip() and not line.startswith(_BETWEEN):
            break
    return None, None


def _read_sent(lines: list[bytes]) -> tuple[str, str] | None:
    """Method and address of the request that stands above an answer as it was sent (RFC 9112,
    section 2.1): its line, its fields, and behind an empty line perhaps its content."""
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number].rstrip(b"\r")
        if STATUS.match(line) or _COMMAND.search(line) or line.startswith(b"$ "):
            return None
        asked = _SENT.match(line)
        if asked is None:
            continue
        host = None
        for below in lines[number + 1 :]:
            field = FIELD.match(below.rstrip(b"\r"))
            if field is None:
                break
            if field[1].lower() == b"host":
                host = field[2].decode("latin-1").strip()
        path = asked[2].decode("latin-1")
        url = f"https://{host}{path}" if host and path.startswith("/") else path
        return (asked[1].decode(), url) if host or "://" in path else None
    return None


def _read_command(options: bytes, lines: list[bytes]) -> tuple[str | None, str | None]:
    """Method and address of the command of which all but its name and what stands before it is
    given, and the lines from its own on; the method is that which its options imply."""
    from errdecode.capture.command import find_commands
    from errdecode.model import Text

    shown = b"\n".join([b"curl " + options, *lines[1:]]).decode("utf-8", "replace")
    found = find_commands(Text(shown))
    named, asked = _URL.search(options), _METHOD.search(options)
    url = named[0].decode("latin-1") if named else None
    if found and found[0].start == 0 and not any(n.kind == "truncated" for n in found[0].notes):
        request = found[0].request
        sent = request.url.value if request.url else ""
        return request.method, sent if sent.startswith(("http://", "https://")) else url
    if asked:
        return asked[1].decode(), url
    return "POST" if _SENDS.search(b" " + options) else None, url


def _skip_interim(lines: list[bytes]) -> list[bytes]:
    """The lines above the heads that come before an answer's own."""
    end = len(lines)
    for at in range(end - 1, max(-1, end - 1 - _MOST_LINES), -1):
        if _INTERIM.match(lines[at]):
            end = at
        elif lines[at].strip() and not FIELD.match(lines[at]):
            break
    return lines[:end]
