"""How bodies stand in logs: each wrapper puts one in its line or lines and says where it went."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from time import gmtime, strftime
from typing import NamedTuple

from cases import KINDS as EVERY
from cases import Case

STRUCTURED = frozenset(("json", "xml", "form"))


class Around(NamedTuple):
    """What a log says around a body."""

    number: int = 0
    time: float = 1_772_352_903.112
    status: int = 400
    method: str = "POST"
    url: str = "https://api.example.com/v2/boats?page=3"
    request_id: str = "req-5f0c2b1e7a"
    trace_id: str = "4bf92f3577b34da6a3ce929d0e0e4736"

    @property
    def iso(self) -> str:
        """The time as RFC 3339 writes it."""
        return self.at("%Y-%m-%dT%H:%M:%S") + f".{int(self.time * 1000) % 1000:03}Z"

    def at(self, pattern: str) -> str:
        """The time in the manner of a logger."""
        return strftime(pattern, gmtime(self.time))


class Wrapped(NamedTuple):
    """A body in its line or lines; always ends with a newline."""

    data: bytes
    start: int
    """Bytes before the body's first one."""
    length: int
    """Bytes of the body as it stands there, escaped or not; without quotes around it."""


class Wrapper(NamedTuple):
    """One way for a body to stand in a log."""

    name: str
    how: str
    """What a sighting calls it: body, member, string, text, lines, transcript."""
    kinds: frozenset[str]
    """Kinds of bodies that can stand so."""
    wrap: Callable[[Case, Around], Wrapped]


def escape(text: str) -> str:
    """A text as it stands inside a JSON string, without the quotes."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _put(before: str, body: str, after: str) -> Wrapped:
    """A body between two texts, and a newline."""
    head, middle = before.encode(), body.encode()
    return Wrapped(head + middle + after.encode() + b"\n", len(head), len(middle))


def _one_line(case: Case) -> str:
    return case.line


def _in_lines(case: Case) -> str:
    return case.lines


def _escaped(case: Case) -> str:
    return escape(case.line)


def _escaped_lines(case: Case) -> str:
    return escape(case.lines)


def _escaped_twice(case: Case) -> str:
    return escape(escape(case.line))


def _indented(case: Case) -> str:
    return case.lines.replace("\n", "\n  ")


def _spaced(case: Case) -> str:
    """With a blank after each colon, as Python's json writes it."""
    with suppress(ValueError):
        return json.dumps(json.loads(case.line), ensure_ascii=False)
    return case.line


def _as_nginx_escapes(case: Case) -> str:
    """As in a variable of an access log: `"` is written `\\x22`."""
    return "".join(
        f"\\x{byte:02X}" if byte < 32 or byte > 126 or byte in b'"\\' else chr(byte)
        for byte in case.line.encode()
    )


def _between(
    before: str, after: str = "", form: Callable[[Case], str] = _one_line
) -> Callable[[Case, Around], Wrapped]:
    """A body in some form between two texts, in which `%(name)s` is what the log says."""

    def wrap(case: Case, around: Around) -> Wrapped:
        words = _words(around)
        return _put(before % words, form(case), after % words)

    return wrap


def _words(around: Around) -> dict[str, object]:
    """What a log says, with its time in the manners of loggers."""
    return {
        **around._asdict(),
        "iso": around.iso,
        "stamp": around.at("%Y-%m-%d %H:%M:%S"),
        "slashed": around.at("%Y/%m/%d %H:%M:%S"),
        "syslog": around.at("%b %e %H:%M:%S"),
        "access": around.at("%d/%b/%Y:%H:%M:%S +0000"),
        "thousandths": f"{around.number % 1000:03}",
        "millis": int(around.time * 1000),
        "ingested": int(around.time * 1000) + 900,
        "micros": int(around.time * 1_000_000),
    }


_RECORD = (
    '{"time":"%(iso)s","level":"error","logger":"harbour.client",'
    '"message":"upstream call failed","method":"%(method)s","url":"%(url)s",'
    '"status":%(status)s,"request_id":"%(request_id)s","trace_id":"%(trace_id)s",'
)
"""The beginning of a structured log line, up to where the body follows."""


def _lines_crlf(case: Case, around: Around) -> Wrapped:
    """Over lines, with the line ends of Windows; the first brace stands at a line's end."""
    plain = _put(f"{around.iso} ERROR response body: ", case.lines, "")
    head, body = plain.data[: plain.start], plain.data[plain.start : -1].replace(b"\n", b"\r\n")
    return Wrapped(head + body + b"\r\n", len(head), len(body))


def _curl_i(case: Case, around: Around) -> Wrapped:
    return _put(f"$ curl -sS -i {around.url}\n{_head(case, around)}\n", case.body, "\n")


def _curl_v(case: Case, around: Around) -> Wrapped:
    host, _, path = around.url.removeprefix("https://").partition("/")
    head = "".join(f"< {line}\n" for line in _head(case, around).splitlines())
    return _put(
        f"* Connected to {host} (192.0.2.9) port 443\n> {around.method} /{path} HTTP/1.1\n"
        f"> Host: {host}\n> Accept: */*\n>\n{head}<\n",
        case.body,
        f"\n* Connection #0 to host {host} left intact",
    )


_MEDIA = {"json": "application/json", "xml": "application/xml", "html": "text/html",
          "form": "application/x-www-form-urlencoded", "text": "text/plain"}  # fmt: skip


def _head(case: Case, around: Around) -> str:
    return (
        f"HTTP/1.1 {case.status or around.status} Refused\n"
        f"Content-Type: {case.media_type or _MEDIA[case.kind]}\n"
        f"Date: {around.at('%a, %d %b %Y %H:%M:%S GMT')}\nX-Request-Id: {around.request_id}\n"
    )


_JSON = frozenset(("json",))
_MARKED = _JSON | {"xml"}
# A table: a wrapper in as few lines as its texts need.
# fmt: off
_LISTED: tuple[tuple[str, str, frozenset[str], Callable[[Case, Around], Wrapped]], ...] = (
    ("bare", "body", STRUCTURED | {"text"}, _between("")),
    ("member", "member", _JSON, _between(_RECORD + '"response":', ',"attempt":2}')),
    ("member-spaced", "member", _JSON, _between(
        '{"ts": %(time).3f, "level": "ERROR", "msg": "call failed", "response_body": ',
        ', "request_id": "%(request_id)s"}', _spaced)),
    ("string", "string", EVERY, _between(_RECORD + '"body":"', '"}', _escaped)),
    ("string-of-lines", "string", EVERY, _between(
        _RECORD + '"body":"', '","attempt":2}', _escaped_lines)),
    ("string-twice", "string", EVERY, _between(
        '{"log":"' + escape(_RECORD + '"body":"'),
        escape('"}\n') + '","stream":"stderr","time":"%(iso)s"}', _escaped_twice)),
    # a line of Docker's json-file driver that holds a text line with a body in it
    ("docker", "string", STRUCTURED, _between(
        '{"log":"%(iso)s ERROR client: %(status)s from upstream: ',
        '\\n","stream":"stdout","time":"%(iso)s"}', _escaped)),
    # as the container runtime writes it (CRI), with stream and tag before the content
    ("kubernetes", "text", STRUCTURED, _between(
        "%(iso).23s345678Z stderr F upstream answered: ")),
    ("syslog", "text", STRUCTURED, _between(
        "%(syslog)s quay-3 billing[4711]: ERROR %(method)s %(url)s "
        "returned %(status)s request_id=%(request_id)s body: ")),
    ("python", "text", STRUCTURED, _between(
        "%(stamp)s,%(thousandths)s ERROR harbour.client [trace_id=%(trace_id)s] "
        "%(status)s Client Error for url: %(url)s - ")),
    # as Spring's RestTemplate tells it: the body between quotes, and not escaped
    ("java", "text", _MARKED, _between(
        "%(stamp)s.%(thousandths)s ERROR 1 --- [nio-8080-exec-3] c.example.quay.Client : "
        'request %(request_id)s failed: %(status)s Bad Request: "',
        '"')),
    ("nginx", "text", _MARKED, _between(
        "%(slashed)s [error] 31#31: *%(number)s upstream answered %(status)s: ",
        ", client: 192.0.2.7, server: quay.example.com, request: "
        '"%(method)s /v2/boats HTTP/1.1", request_id: "%(request_id)s"')),
    ("nginx-escaped", "text", _MARKED, _between(
        '192.0.2.7 - - [%(access)s] "%(method)s /v2/boats HTTP/1.1" %(status)s 312 "-" '
        '"harbour/2.1" body="',
        '" id=%(request_id)s', _as_nginx_escapes)),
    ("logfmt", "text", STRUCTURED, _between(
        'time=%(iso)s level=error msg="upstream call failed" status=%(status)s '
        'request_id=%(request_id)s body="',
        '"', _escaped)),
    # an event of a CloudWatch Logs export as JSON
    ("cloudwatch", "string", STRUCTURED, _between(
        '{"timestamp":%(millis)s,"message":"'
        + escape("[ERROR]\t%(iso)s\t%(request_id)s\tupstream answered "),
        '","ingestionTime":%(ingested)s}', _escaped)),
    # what `journalctl -o json` writes
    ("journald", "string", STRUCTURED, _between(
        '{"__REALTIME_TIMESTAMP":"%(micros)s","PRIORITY":"3","_HOSTNAME":"quay-3",'
        '"SYSLOG_IDENTIFIER":"billing","MESSAGE":"call %(request_id)s failed: ',
        '","_PID":"4711"}', _escaped)),
    # an entry of the journal export format; its `MESSAGE` has no line break
    ("journald-export", "text", STRUCTURED, _between(
        "__REALTIME_TIMESTAMP=%(micros)s\n_HOSTNAME=quay-3\nPRIORITY=3\n"
        "MESSAGE=call %(request_id)s failed: ",
        "\n_PID=4711\n")),
    ("lines", "lines", _MARKED | {"html"}, _between(
        "%(stamp)s ERROR [%(request_id)s] upstream answered %(status)s:\n",
        "\n%(stamp)s INFO [%(request_id)s] will not be repeated", _in_lines)),
    ("lines-crlf", "lines", _MARKED, _lines_crlf),
    # a record that is pretty-printed as a whole, with the body as its member
    ("lines-in-record", "lines", _JSON, _between(
        '{\n  "time": "%(iso)s",\n  "level": "error",\n  "status": %(status)s,\n'
        '  "request_id": "%(request_id)s",\n  "response": ',
        "\n}", _indented)),
    ("curl-i", "transcript", EVERY, _curl_i),
    ("curl-v", "transcript", EVERY, _curl_v),
)
# fmt: on
WRAPPERS = tuple(Wrapper(*listed) for listed in _LISTED)
BY_NAME = {wrapper.name: wrapper for wrapper in WRAPPERS}


def wrappers_for(case: Case) -> Iterator[Wrapper]:
    """The ways in which this body can stand in a log."""
    one_line = "\n" not in case.line
    for wrapper in WRAPPERS:
        escapes = wrapper.how in ("string", "lines", "transcript") or wrapper.name == "logfmt"
        if case.kind in wrapper.kinds and (one_line or escapes):
            yield wrapper


def har(cases: list[Case], around: Around = Around()) -> bytes:  # noqa: B008  # a tuple
    """A HAR 1.2 file with one failing entry for each body."""
    entries = [
        {
            "startedDateTime": around.iso,
            "time": 12.5,
            "request": {"method": around.method, "url": around.url, "headers": []},
            "response": {
                "status": case.status or around.status,
                "statusText": "Refused",
                "headers": [],
                "content": {
                    "size": len(case.body),
                    "mimeType": case.media_type or _MEDIA[case.kind],
                    "text": case.body,
                },
            },
        }
        for case in cases
    ]
    return json.dumps({"log": {"version": "1.2", "entries": entries}}, indent=2).encode()
