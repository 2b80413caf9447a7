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


def _record(around: Around) -> str:
    """The beginning of a structured log line, up to where the body follows."""
    return (
        f'{{"time":"{around.iso}","level":"error","logger":"harbour.client",'
        f'"message":"upstream call failed","method":"{around.method}","url":"{around.url}",'
        f'"status":{around.status},"request_id":"{around.request_id}",'
        f'"trace_id":"{around.trace_id}",'
    )


def _bare(case: Case, around: Around) -> Wrapped:
    return _put("", case.line, "")


def _member(case: Case, around: Around) -> Wrapped:
    return _put(f'{_record(around)}"response":', case.line, ',"attempt":2}')


def _member_spaced(case: Case, around: Around) -> Wrapped:
    """With a blank after each colon, as Python's json writes it."""
    body = case.line
    with suppress(ValueError):
        body = json.dumps(json.loads(body), ensure_ascii=False)
    return _put(
        f'{{"ts": {around.time:.3f}, "level": "ERROR", "msg": "call failed", "response_body": ',
        body,
        f', "request_id": "{around.request_id}"}}',
    )


def _string(case: Case, around: Around) -> Wrapped:
    return _put(f'{_record(around)}"body":"', escape(case.line), '"}')


def _string_of_lines(case: Case, around: Around) -> Wrapped:
    return _put(f'{_record(around)}"body":"', escape(case.lines), '","attempt":2}')


def _string_twice(case: Case, around: Around) -> Wrapped:
    return _put(
        '{"log":"' + escape(f'{_record(around)}"body":"'),
        escape(escape(case.line)),
        escape('"}\n') + f'","stream":"stderr","time":"{around.iso}"}}',
    )


def _docker(case: Case, around: Around) -> Wrapped:
    """A line of Docker's json-file driver that holds a text line with a body in it."""
    return _put(
        '{"log":"' + escape(f"{around.iso} ERROR client: {around.status} from upstream: "),
        escape(case.line),
        f'\\n","stream":"stdout","time":"{around.iso}"}}',
    )


def _kubernetes(case: Case, around: Around) -> Wrapped:
    """A line as the container runtime writes it (CRI), with stream and tag before the content."""
    return _put(f"{around.iso[:-1]}345678Z stderr F upstream answered: ", case.line, "")


def _syslog(case: Case, around: Around) -> Wrapped:
    return _put(
        f"{around.at('%b %e %H:%M:%S')} quay-3 billing[4711]: ERROR {around.method} {around.url} "
        f"returned {around.status} request_id={around.request_id} body: ",
        case.line,
        "",
    )


def _python(case: Case, around: Around) -> Wrapped:
    return _put(
        f"{around.at('%Y-%m-%d %H:%M:%S')},{around.number % 1000:03} ERROR harbour.client "
        f"[trace_id={around.trace_id}] {around.status} Client Error for url: {around.url} - ",
        case.line,
        "",
    )


def _java(case: Case, around: Around) -> Wrapped:
    """As Spring's RestTemplate tells it: the body between quotes, and not escaped."""
    return _put(
        f"{around.at('%Y-%m-%d %H:%M:%S')}.{around.number % 1000:03} ERROR 1 --- "
        f"[nio-8080-exec-3] c.example.quay.Client : request {around.request_id} failed: "
        f'{around.status} Bad Request: "',
        case.line,
        '"',
    )


def _nginx(case: Case, around: Around) -> Wrapped:
    return _put(
        f"{around.at('%Y/%m/%d %H:%M:%S')} [error] 31#31: *{around.number} upstream answered "
        f"{around.status}: ",
        case.line,
        f", client: 192.0.2.7, server: quay.example.com, request: "
        f'"{around.method} /v2/boats HTTP/1.1", request_id: "{around.request_id}"',
    )


def _nginx_escaped(case: Case, around: Around) -> Wrapped:
    """As nginx escapes variables in an access log: `"` is written `\\x22`."""
    body = "".join(
        f"\\x{byte:02X}" if byte < 32 or byte > 126 or byte in b'"\\' else chr(byte)
        for byte in case.line.encode()
    )
    return _put(
        f"192.0.2.7 - - [{around.at('%d/%b/%Y:%H:%M:%S +0000')}] "
        f'"{around.method} /v2/boats HTTP/1.1" {around.status} 312 "-" "harbour/2.1" body="',
        body,
        f'" id={around.request_id}',
    )


def _logfmt(case: Case, around: Around) -> Wrapped:
    return _put(
        f'time={around.iso} level=error msg="upstream call failed" status={around.status} '
        f'request_id={around.request_id} body="',
        escape(case.line),
        '"',
    )


def _cloudwatch(case: Case, around: Around) -> Wrapped:
    """An event of a CloudWatch Logs export as JSON."""
    stamp = int(around.time * 1000)
    return _put(
        f'{{"timestamp":{stamp},"message":"'
        + escape(f"[ERROR]\t{around.iso}\t{around.request_id}\tupstream answered "),
        escape(case.line),
        f'","ingestionTime":{stamp + 900}}}',
    )


def _journald(case: Case, around: Around) -> Wrapped:
    """What `journalctl -o json` writes."""
    return _put(
        f'{{"__REALTIME_TIMESTAMP":"{int(around.time * 1_000_000)}","PRIORITY":"3",'
        f'"_HOSTNAME":"quay-3","SYSLOG_IDENTIFIER":"billing","MESSAGE":"'
        + escape(f"call {around.request_id} failed: "),
        escape(case.line),
        '","_PID":"4711"}',
    )


def _journald_export(case: Case, around: Around) -> Wrapped:
    """One entry of the journal export format; its `MESSAGE` has no line break."""
    return _put(
        f"__REALTIME_TIMESTAMP={int(around.time * 1_000_000)}\n_HOSTNAME=quay-3\nPRIORITY=3\n"
        f"MESSAGE=call {around.request_id} failed: ",
        case.line,
        "\n_PID=4711\n",
    )


def _lines(case: Case, around: Around) -> Wrapped:
    return _put(
        f"{around.at('%Y-%m-%d %H:%M:%S')} ERROR [{around.request_id}] upstream answered "
        f"{around.status}:\n",
        case.lines,
        f"\n{around.at('%Y-%m-%d %H:%M:%S')} INFO [{around.request_id}] will not be repeated",
    )


def _lines_crlf(case: Case, around: Around) -> Wrapped:
    """Over lines, with the line ends of Windows; the first brace stands at a line's end."""
    plain = _put(f"{around.iso} ERROR response body: ", case.lines, "")
    head, body = plain.data[: plain.start], plain.data[plain.start : -1].replace(b"\n", b"\r\n")
    return Wrapped(head + body + b"\r\n", len(head), len(body))


def _lines_in_record(case: Case, around: Around) -> Wrapped:
    """A record that is pretty-printed as a whole, with the body as its member."""
    inner = case.lines.replace("\n", "\n  ")
    return _put(
        f'{{\n  "time": "{around.iso}",\n  "level": "error",\n  "status": {around.status},\n'
        f'  "request_id": "{around.request_id}",\n  "response": ',
        inner,
        "\n}",
    )


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
_LISTED: tuple[tuple[str, str, frozenset[str], Callable[[Case, Around], Wrapped]], ...] = (
    ("bare", "body", STRUCTURED | {"text"}, _bare),
    ("member", "member", _JSON, _member),
    ("member-spaced", "member", _JSON, _member_spaced),
    ("string", "string", EVERY, _string),
    ("string-of-lines", "string", EVERY, _string_of_lines),
    ("string-twice", "string", EVERY, _string_twice),
    ("docker", "string", STRUCTURED, _docker),
    ("kubernetes", "text", STRUCTURED, _kubernetes),
    ("syslog", "text", STRUCTURED, _syslog),
    ("python", "text", STRUCTURED, _python),
    ("java", "text", _JSON | {"xml"}, _java),
    ("nginx", "text", _JSON | {"xml"}, _nginx),
    ("nginx-escaped", "text", _JSON | {"xml"}, _nginx_escaped),
    ("logfmt", "text", STRUCTURED, _logfmt),
    ("cloudwatch", "string", STRUCTURED, _cloudwatch),
    ("journald", "string", STRUCTURED, _journald),
    ("journald-export", "text", STRUCTURED, _journald_export),
    ("lines", "lines", _JSON | {"xml", "html"}, _lines),
    ("lines-crlf", "lines", _JSON | {"xml"}, _lines_crlf),
    ("lines-in-record", "lines", _JSON, _lines_in_record),
    ("curl-i", "transcript", EVERY, _curl_i),
    ("curl-v", "transcript", EVERY, _curl_v),
)
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
