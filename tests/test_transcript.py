"""curl -v transcripts: however stderr and stdout are mixed, the answer is the same."""

from __future__ import annotations

import pytest
from exchanges import body_of, read
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.capture import read_exchanges
from errdecode.model import Failure, Text
from errdecode.source import to_root

SENT = (
    "*   Trying 192.0.2.7:443...\n* Connected to api.example.com (192.0.2.7) port 443 (#0)\n"
    "> POST /v1/items HTTP/1.1\n> Host: api.example.com\n> Accept: */*\n> \n} [9 bytes data]\n"
)
RECEIVED = "< HTTP/1.1 400 Bad Request\n< Content-Type: application/json\n< \n{ [17 bytes data]\n"
METER = (
    "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n"
    "                                 Dload  Upload   Total   Spent    Left  Speed\n"
    "\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0"
    "\r100    26  100    17  100     9    170     90  0:00:01  0:00:01 --:--:--   260\n"
)
LEFT = "* Connection #0 to host api.example.com left intact"
BODY = '{"error": "é no"}'

BODIES = st.sampled_from(
    (
        BODY,
        '{\n  "a": [\n    1\n  ]\n}',
        "<html>\n< p >\n</html>",
        "* one\n* two",
        "It failed > now",
    )
)


@pytest.mark.parametrize(
    "transcript",
    [
        SENT + RECEIVED + BODY + LEFT + "\n",
        SENT + RECEIVED + BODY + "\n" + LEFT + "\n",
        SENT + RECEIVED + LEFT + "\n" + BODY + "\n",
        SENT + RECEIVED + BODY,
        BODY + "\n" + SENT + RECEIVED + LEFT + "\n",
        SENT + METER + RECEIVED + METER + BODY + LEFT + "\n",
        SENT + RECEIVED + METER.rstrip("\n") + BODY + "\n" + LEFT,
        (SENT + RECEIVED).replace("\n", "\r\n") + BODY + "\r\n",
        SENT + RECEIVED + BODY + LEFT + "\nuser@host:~$ ",
        SENT + RECEIVED + BODY + "400\n" + LEFT,
    ],
)
def test_every_mixture_gives_the_same_answer(transcript: str) -> None:
    """Status, fields, body and request do not depend on how the streams were mixed."""
    [exchange] = read(transcript)
    response, request = exchange.response, exchange.request

    assert response is not None
    assert request is not None
    assert (response.status, (body_of(exchange) or "").strip()) == (400, BODY)
    assert [one.name for one in response.headers] == ["Content-Type"]
    assert (request.method, request.url and request.url.value) == (
        "POST",
        "https://api.example.com/v1/items",
    )


@settings(max_examples=60)
@given(BODIES, st.booleans(), st.booleans(), st.sampled_from(("", "\n")))
def test_every_character_of_a_body_is_found_again(
    body: str, meter: bool, left: bool, end: str
) -> None:
    """Each character of a transcript's body maps to the same character of the capture."""
    value = SENT + (METER if meter else "") + RECEIVED + body + end + (LEFT if left else "")
    source = Text(value)
    [exchange] = read_exchanges(source)

    assert body_of(exchange) == body + end
    assert exchange.response is not None
    assert exchange.response.body is not None
    for at, character in enumerate(exchange.response.body.value):
        root, start, stop = to_root(exchange.response.body, at, at + 1)
        assert root is source
        assert value[start:stop] == character


def test_earlier_answers_of_one_command_stay_together() -> None:
    """A redirect that curl follows, and a challenge it answers, belong to one exchange."""
    [exchange] = read(
        "> GET /a HTTP/1.1\n> Host: h.example.com\n>\n< HTTP/1.1 302 Found\n< Location: /b\n<\n"
        "* Issue another request to this URL: 'https://h.example.com/b'\n"
        "> GET /b HTTP/1.1\n> Host: h.example.com\n>\n< HTTP/1.1 401 No\n<\n"
        "> GET /b HTTP/1.1\n> Host: h.example.com\n> Authorization: Basic eDp5\n>\n"
        "< HTTP/1.1 404 Not Found\n<\n{}\n"
    )

    assert [one.status for one in exchange.earlier] == [302, 401]
    assert exchange.request is not None
    assert len(exchange.request.headers) == 2


def test_transfers_in_one_paste_stand_apart() -> None:
    """A request after a final answer is another exchange, and the ranges do not overlap."""
    one = "> GET /a HTTP/1.1\n> Host: h.example.com\n>\n< HTTP/1.1 404 No\n<\n{}\n"
    first, second = read(one + one)

    assert first.end <= second.start
    assert [body_of(first), body_of(second)] == ["{}\n", "{}\n"]


def test_plain_http_is_told_by_its_connection() -> None:
    """A connection without TLS gives an http URL."""
    [exchange] = read(
        "* Connected to localhost (127.0.0.1) port 8080 (#0)\n"
        "> GET /x HTTP/1.1\n> Host: localhost:8080\n>\n< HTTP/1.1 500 No\n<\n"
    )

    assert exchange.request is not None
    assert exchange.request.url is not None
    assert exchange.request.url.value == "http://localhost:8080/x"


def test_headers_shown_twice_are_no_body() -> None:
    """`curl -v -i` prints the head on both streams; the body follows the second one."""
    [exchange] = read("< HTTP/1.1 429 No\nHTTP/1.1 429 No\n< A: b\nA: b\n< \n\nslow down\n")

    assert body_of(exchange) == "slow down\n"


def test_stars_in_a_body_stay() -> None:
    """A line with a star behind a head is the body's unless curl is known to write it."""
    [exchange] = read("< HTTP/1.1 400 No\n<\n* a point\n> a quote\n* Closing connection 0\n")

    assert body_of(exchange) == "* a point\n> a quote\n"


def test_a_head_may_end_the_capture() -> None:
    """The empty `<` line on which a capture ends is no body."""
    [exchange] = read("> GET / HTTP/1.1\n>\n< HTTP/1.1 500 No\n< Content-Length: 0\n<")

    assert body_of(exchange) == ""


def test_a_failure_alone_is_an_exchange() -> None:
    """`curl: (6)` is a failure without an answer."""
    [exchange] = read("curl: (6) Could not resolve host: api.example.com\n")

    assert exchange.kind == "curl"
    assert exchange.failure == Failure("curl", 6, "Could not resolve host: api.example.com")
    assert exchange.response is None


def test_the_explanation_of_a_failure_is_no_body() -> None:
    """What curl adds to a certificate's failure is left out."""
    [exchange] = read(
        "curl: (60) SSL certificate problem: certificate has expired\n"
        "More details here: https://curl.se/docs/sslcerts.html\n\ncurl failed to verify it.\n\n"
        "It says more.\n"
    )

    assert exchange.failure is not None
    assert exchange.failure.code == 60
    assert exchange.response is None


def test_a_failure_after_an_answer_keeps_both() -> None:
    """A body and a failure stand side by side, in either order; (22) gives the status, and is no
    more than a note where the answer stands there."""
    failed = "curl: (22) The requested URL returned error: 404\n"
    for capture in ('{"a": 1}\n' + failed, failed + '{"a": 1}\n', failed):
        [exchange] = read(capture)

        assert (capture == failed) == (exchange.failure is not None)
        assert (capture != failed) == ("client-failure" in [note.kind for note in exchange.notes])
        assert exchange.response is not None
        assert exchange.response.status == 404
    [exchange] = read("HTTP/1.1 500 No\nA: b\n\n{}\ncurl: (56) Recv failure\n")

    assert exchange.failure == Failure("curl", 56, "Recv failure")
    assert body_of(exchange) == "{}\n"


def test_a_request_without_an_answer_has_its_failure() -> None:
    """A transfer that timed out shows its request and its failure."""
    [exchange] = read(
        SENT + "* Operation timed out\n* Closing connection 0\ncurl: (28) Timed out\n"
    )

    assert exchange.request is not None
    assert exchange.response is None
    assert exchange.failure == Failure("curl", 28, "Timed out")


def test_a_transcript_that_begins_in_the_middle_is_read() -> None:
    """`<` lines alone, without the blank one, are a head."""
    [exchange] = read('< HTTP/1.1 429 TOO MANY\n< Retry-After: 65\n{\n  "a": 1\n}\n')

    assert exchange.response is not None
    assert exchange.response.status == 429
    assert body_of(exchange) == '{\n  "a": 1\n}\n'


def test_time_stamps_before_the_marks_are_known() -> None:
    """--trace-time writes the time before each mark."""
    [exchange] = read("10:00:00.123456 < HTTP/1.1 404 No\n10:00:00.123457 < \n{}\n")

    assert exchange.response is not None
    assert exchange.response.status == 404
