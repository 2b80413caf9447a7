"""Exchanges that a log tells line by line are put together again."""

from __future__ import annotations

import pytest
from sightings import read_all

from errdecode.scan.dialogues import find_payload
from errdecode.scan.join import find_request
from errdecode.scan.model import Context, Sighting

BODY = '{"error":{"code":"card_declined","message":"no","type":"card_error"}}'
URL = "https://api.example.com/v1/berths"
ARROWS = (
    f"--> POST {URL} http/1.1",
    "Content-Type: application/json",
    "",
    '{"boat":0}',
    "--> END POST (10-byte body)",
    f"<-- 402 {URL} (300ms)",
    "request-id: r-17",
    "",
    BODY,
)
STATUS_LINE = (
    "[Quay#moor] ---> POST /v1/berths HTTP/1.1",
    "[Quay#moor] Host: api.example.com",
    "[Quay#moor] ---> END HTTP (0-byte body)",
    "[Quay#moor] <--- HTTP/1.1 402 Payment Required (300ms)",
    "[Quay#moor] x-request-id: r-17",
    "[Quay#moor] ",
    f"[Quay#moor] {BODY}",
)
NAMED = (
    f"Request URL: '{URL}'",
    "Request method: 'POST'",
    "Response status: 402",
    "Response headers:",
    "    'x-request-id': 'r-17'",
    "Response content:",
    BODY,
)
SAID = Context(None, None, "r-17", None, "POST", URL, 402)


def context(text: str) -> Context:
    """What is known around the only error of a log, but for when and how bad it was."""
    (found,) = [item for item in read_all(text.encode()) if isinstance(item, Sighting)]
    return found.context._replace(time=None, level=None)


@pytest.mark.parametrize("lines", [ARROWS, STATUS_LINE, NAMED])
@pytest.mark.parametrize(
    "logger", ["2026-11-22 12:00:00.%03d 12-34 I app.Quay: ", "quay.policies: "]
)
def test_an_exchange_behind_the_words_of_a_logger(lines: tuple[str, ...], logger: str) -> None:
    """Status, id, method and address stand in the lines above a body that bear the same words."""
    said = [
        (logger % number if "%" in logger else logger) + one for number, one in enumerate(lines)
    ]

    assert SAID == context("\n".join(said))


def test_lines_of_other_threads_stand_aside() -> None:
    """What others write in between is none of the exchange."""
    lines = []
    for number, one in enumerate(ARROWS):
        lines.append(f"12:00:00.{number:03} [main-1] quay: {one}")
        if number < len(ARROWS) - 2:
            lines.append(f"12:00:00.{number:03} [main-2] quay: <-- 500 https://example.org/x (1ms)")

    assert SAID == context("\n".join(lines))


def test_an_exchange_between_rules() -> None:
    """Members and parts with rules around them are lines of an exchange, too."""
    text = (
        f"==== request start ====\nuri: {URL}\nmethod: POST\n== headers start ==\n"
        "b'authorization': --- Redacted ---\n== headers end ==\n==== request end ====\n"
        "---- response start ----\nstatus: 402\n-- headers start --\nX-Request-Id: r-17\n"
        f"-- headers end --\n-- body start --\n{BODY}\n-- body end --\n"
    )

    assert SAID == context(text)


@pytest.mark.parametrize(
    "above",
    [
        (f"--> POST {URL}", f"<-- 402 {URL}", "", '{"boat":0}', "<-- END HTTP", ""),
        (f"--> POST {URL}", f"<-- 402 {URL}", "", "moored a boat", ""),
        (f"--> POST {URL}", "x-request-id: r-17", ""),
        (f"<-- 402 {URL}", "moored a boat"),
    ],
)
def test_what_does_not_lead_to_an_answer_is_none(above: tuple[str, ...]) -> None:
    """Only fields stand between an answer's status and its body."""
    lines = [f"12:00:00.500 [main] quay: {one}" for one in (*above, BODY)]

    assert Context() == context("\n".join(lines))


def test_an_exchange_that_ended_lends_no_request() -> None:
    """Above the end of another answer stands what that one was for."""
    ended = (f"--> POST {URL}", f"<-- 200 {URL}", "<-- END HTTP", "<-- 402", "", BODY)
    lines = [f"12:00:00.500 [main] quay: {one}" for one in ended]

    assert Context(status=402) == context("\n".join(lines))


@pytest.mark.parametrize("content", ["", '\n{\n    "boat": 0\n}\n'])
def test_a_request_as_it_was_sent_stands_above_its_answer(content: str) -> None:
    """Clients that print both heads say so what was asked for."""
    request = f"POST /v1/berths HTTP/1.1\nAccept: */*\nHost: api.example.com\n{content}\n\n"
    answer = f"HTTP/1.1 402 Payment Required\nX-Request-Id: r-17\n\n{BODY}\n"

    assert SAID == context(f"$ http -v POST api.example.com/v1/berths\n{request}{answer}")
    assert Context(None, None, "r-17", status=402) == context(f"{request}$ ls\n{answer}")


LOGGER = "2026-11-22 12:00:00.500 [main] quay: "


def test_what_was_sent_stands_below_the_line_of_a_request() -> None:
    """A request told line by line is joined with its content."""
    data = "\n".join(LOGGER + one for one in ARROWS).encode()
    (found,) = [item for item in read_all(data) if isinstance(item, Sighting)]
    joined = find_request(data, found.place.offset, found.place.offset + found.length, found)

    assert joined is not None
    assert joined.request.body is not None
    assert ("POST", '{"boat":0}') == (joined.request.method, joined.request.body.value)


def test_what_was_sent_is_laid_out_as_it_was() -> None:
    """A request's content over many lines is put together, with its indentation."""
    sent = ["POST /v1/berths HTTP/1.1", "Host: a.example", "", "{", '  "boat": 0', "}", "-----"]
    data = "".join(f"{LOGGER}{one}\n" for one in sent).encode()

    assert b'{\n  "boat": 0\n}' == find_payload(data, 0, len(data))


@pytest.mark.parametrize("rule", ["-" * 53, "-" * 53 + ": timestamp=2026", "---[ REQUEST ]---"])
def test_a_rule_ends_an_answer(rule: str) -> None:
    """What loggers draw around an answer is none of it; they log its body in a record of its own,
    if there is one."""
    head = "HTTP/1.1 409 Conflict\nContent-Type: application/xml\nX-Request-Id: r-17\n"
    empty = f"{head}Content-Length: 0\n\n{rule}\nmoored\n"

    assert Context(None, None, "r-17", status=409) == context(empty)
    assert [] == list(read_all(f"{head}\n{rule}\nmoored\n".encode()))


@pytest.mark.parametrize(
    "below",
    [
        ("<-- 200", "", '{"boat":0}'),
        ("Response status: 200", "", '{"boat":0}'),
        ("--> END POST", '{"boat":0}'),
        ("moored", '{"boat":0}'),
        ('{"boat":',),
        (),
    ],
)
def test_what_is_none_of_a_request_was_not_sent(below: tuple[str, ...]) -> None:
    """Behind a request's end, an answer or other words stands nothing that it sent."""
    data = "".join(f"{LOGGER}{one}\n" for one in (f"--> POST {URL}", *below)).encode()

    assert find_payload(data, 0, len(data)) is None


RULE = "-" * 53
SENT = "---[ REQUEST ]---\nPOST /v1/berths HTTP/1.1\nHost: api.example.com\n"
XML = "<Error><Code>NoSuchBerth</Code><Message>There is no such berth.</Message></Error>"
IN_BODIES = {
    "JSON": BODY,
    "XML": XML.replace("NoSuchBerth", "NoSuchKey"),
    "XML over lines": f'<?xml version="1.0"?>\n{XML.replace("NoSuchBerth", "NoSuchKey")}',
}


@pytest.mark.parametrize("rule", [RULE, f"{RULE}: timestamp=2026-11-22T12:00:00Z"])
@pytest.mark.parametrize("blanks", ["\n", "\n\n\n", "\r\n\r\n"], ids=["one", "three", "CRLF"])
@pytest.mark.parametrize("body", IN_BODIES.values(), ids=IN_BODIES)
def test_a_head_between_rules_is_that_of_the_body_below(rule: str, blanks: str, body: str) -> None:
    """What loggers write between rules is the head of what the record right below it logs."""
    answer = (
        f"---[ RESPONSE ]---\nHTTP/1.1 402 Payment Required\nX-Request-Id: r-17\n{blanks}{rule}\n"
    )
    log = f"{LOGGER}asks\n{SENT}\n\n{RULE}\n{LOGGER}answers\n{answer}{LOGGER}{body}\n"

    assert SAID == context(log)
    assert 402 != context(log.replace(f"\n{LOGGER}{body}", f"\nmoored\n{LOGGER}{body}")).status
