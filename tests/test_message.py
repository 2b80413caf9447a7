"""HTTP messages as text: heads, bodies, several answers in a row, and what pastes do to them."""

from __future__ import annotations

from exchanges import body_of, read
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.capture import read_exchanges
from errdecode.capture.header import read_header_block
from errdecode.capture.message import read_messages
from errdecode.model import Text
from errdecode.source import to_root

NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,15}", fullmatch=True).filter(
    lambda name: name.lower() not in ("content-length", "transfer-encoding", "content-type")
)
VALUES = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=0, max_size=20)
FIELDS = st.lists(st.tuples(NAMES, VALUES), max_size=5)
BODIES = st.sampled_from(
    (
        "",
        '{"error": "no"}',
        '{\n  "errors": []\n}\n',
        "<html>\n</html>",
        "It failed.",
        "é 漢 😀\n* x\n",
    )
)


@settings(max_examples=150)
@given(st.integers(200, 599), FIELDS, BODIES, st.sampled_from(("\n", "\r\n")))
def test_a_message_put_together_reads_back(
    status: int, fields: list[tuple[str, str]], body: str, end: str
) -> None:
    """Status, fields and body of a message are those it was made of."""
    head = "".join(f"{name}: {value}{end}" for name, value in fields)
    [exchange] = read(f"HTTP/1.1 {status} Reason Phrase{end}{head}{end}{body}")
    response = exchange.response

    assert response is not None
    assert (response.status, response.reason, body_of(exchange)) == (status, "Reason Phrase", body)
    assert [(one.name, one.value.value) for one in response.headers] == fields


@settings(max_examples=60)
@given(FIELDS, BODIES)
def test_every_character_is_found_again(fields: list[tuple[str, str]], body: str) -> None:
    """Each character of a body and of a field's value maps to the same character of the capture."""
    value = "HTTP/2 400\n" + "".join(f"{a}: {b}\n" for a, b in fields) + "\n" + body
    source = Text(value)
    [exchange] = read_exchanges(source)

    assert exchange.response is not None
    texts = [exchange.response.body, *(one.value for one in exchange.response.headers)]
    for text in texts:
        for at, character in enumerate(text.value if text else ""):
            root, start, end = to_root(text, at, at + 1)  # type: ignore[arg-type]  # no text has no characters
            assert root is source
            assert value[start:end] == character


def test_http2_has_no_reason() -> None:
    """`HTTP/2 400` has a status and no reason phrase."""
    [exchange] = read('HTTP/2 400\ncontent-type: application/json\n\n{"a": 1}')

    assert exchange.kind == "http"
    assert exchange.response is not None
    assert (exchange.response.status, exchange.response.reason) == (400, None)


def test_the_last_answer_is_the_answer() -> None:
    """100 Continue, a proxy's CONNECT and a redirect come before the answer, bodies kept."""
    [exchange] = read(
        "HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
        "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 12\r\n\r\nMoved to /b\n"
        "HTTP/1.1 404 Not Found\r\nServer: x\r\n\r\n{}\n"
    )

    assert [one.status for one in exchange.earlier] == [200, 100, 302]
    assert exchange.earlier[2].body is not None
    assert exchange.earlier[2].body.value == "Moved to /b\n"
    assert body_of(exchange) == "{}\n"


def test_a_status_line_in_a_body_does_not_split_it() -> None:
    """A status line that no field follows, or that Content-Length covers, belongs to the body."""
    told = "the upstream said:\nHTTP/1.1 500 Oops\nand no more\n"
    log = "seen:\nHTTP/1.1 500 Oops\nServer: z\n\nend"
    first = read(f"HTTP/1.1 502 Bad Gateway\nServer: x\n\n{told}")
    second = read(f"HTTP/1.1 502 Bad Gateway\nContent-Length: {len(log)}\n\n{log}")

    assert [body_of(one) for one in first] == [told]
    assert [body_of(one) for one in second] == [log]


def test_lost_carriage_returns_do_not_hide_the_next_answer() -> None:
    """A body that lost the CRs its Content-Length counts still ends at the next answer."""
    [exchange] = read(
        "HTTP/1.1 301 Moved\nContent-Length: 31\n\n<html>\n<p>moved</p>\n</html>\n"
        "HTTP/1.1 404 Not Found\nServer: x\n\n{}"
    )

    assert exchange.response is not None
    assert exchange.response.status == 404


def test_a_part_of_a_batch_keeps_its_status_line() -> None:
    """The status line of an application/http part does not end the answer around it."""
    [exchange] = read(
        "HTTP/1.1 200 OK\nContent-Type: multipart/mixed; boundary=b1\n\n"
        "--b1\nContent-Type: application/http\n\nHTTP/1.1 404 Not Found\nServer: x\n\n{}\n--b1--\n"
    )

    assert exchange.response is not None
    assert exchange.response.status == 200


def test_a_part_alone_ends_at_its_boundary() -> None:
    """A fragment of a batch ends at the boundary, and the next part is an exchange of its own."""
    found = read(
        "HTTP/1.1 404 Not Found\nServer: x\n\n{}\n--batch_12345\n"
        "Content-Type: application/http\n\n"
        "HTTP/1.1 400 Bad Request\nServer: x\n\n[]\n--batch_12345--\n"
    )

    assert [body_of(one) for one in found] == ["{}\n", "[]\n"]


def test_folded_fields_are_joined() -> None:
    """Obsolete line folding becomes one space."""
    [exchange] = read("HTTP/1.1 400 Bad Request\r\nX-Long: one\r\n\t two\r\n\r\n")

    assert exchange.response is not None
    assert [one.value.value for one in exchange.response.headers] == ["one two"]
    assert body_of(exchange) == ""


def test_a_body_without_its_blank_line_is_found() -> None:
    """A body that follows the header at once is a body, and a note says so."""
    [exchange] = read('HTTP/1.1 429 Too Many Requests\nRetry-After: 5\n{"a": 1}')

    assert body_of(exchange) == '{"a": 1}'
    assert [note.kind for note in exchange.notes] == ["message-syntax"]


def test_elided_headers_are_skipped() -> None:
    """Dots that stand for left-out fields are no body."""
    [exchange] = read('HTTP/1.1 401 Unauthorized\n...\nServer: x\n[...]\n{"a": 1}')

    assert exchange.response is not None
    assert [one.name for one in exchange.response.headers] == ["Server"]
    assert body_of(exchange) == '{"a": 1}'
    assert exchange.notes == ()


def test_a_request_before_its_answer_is_read() -> None:
    """A request message gives method, absolute URL, fields and body."""
    [exchange] = read(
        'POST /v1/items?x=1 HTTP/1.1\nHost: api.example.com\n\n{"n": 0}\n\n'
        "HTTP/1.1 422 Unprocessable\nServer: x\n\n{}"
    )
    request = exchange.request

    assert request is not None
    assert (request.method, request.url and request.url.value) == (
        "POST",
        "https://api.example.com/v1/items?x=1",
    )
    assert request.body is not None
    assert request.body.value == '{"n": 0}'


def test_a_request_as_documentation_writes_it_is_read() -> None:
    """A request without the version, and an answer without fields, are told from the body."""
    [exchange] = read(
        'PUT /v1/items\nAccept: */*\n\n{"n": 0}\n\nHTTP/1.1 400 Bad Request\n\n{"e": 1}'
    )

    assert exchange.request is not None
    assert exchange.request.body is not None
    assert exchange.request.body.value == '{"n": 0}'
    assert exchange.request.url is not None
    assert exchange.request.url.value == "/v1/items"
    assert body_of(exchange) == '{"e": 1}'


def test_a_request_alone_has_no_answer() -> None:
    """A request without an answer is an exchange without a response."""
    [exchange] = read("GET /v1/items HTTP/1.1\nHost: api.example.com\n\n")

    assert exchange.request is not None
    assert exchange.response is None


def test_pairs_of_requests_and_answers_stand_apart() -> None:
    """A request behind a final answer begins an exchange; one that follows a redirect does not."""
    apart = read(
        "GET /a HTTP/1.1\nHost: h.example.com\n\nHTTP/1.1 404 No\nA: b\n\n{}\n"
        "GET /b HTTP/1.1\nHost: h.example.com\n\nHTTP/1.1 500 No\nA: b\n\n[]\n"
    )
    together = read(
        "GET /a HTTP/1.1\nHost: h.example.com\n\nHTTP/1.1 302 Found\nLocation: /b\n\n"
        "GET /b HTTP/1.1\nHost: h.example.com\n\nHTTP/1.1 500 No\nA: b\n\n[]\n"
    )

    assert [one.response and one.response.status for one in apart] == [404, 500]
    assert [one.request and one.request.url and one.request.url.value for one in together] == [
        "https://h.example.com/b"
    ]


def test_chunks_are_put_together() -> None:
    """Chunk sizes, which count bytes, are taken out of a body; characters keep their places."""
    source = Text(
        "HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n"
        '9\r\n{"a": "é\r\n2;x=1\r\n"}\r\n0\r\n\r\n'
    )
    [exchange] = read_exchanges(source)

    assert body_of(exchange) == '{"a": "é"}'
    assert [note.kind for note in exchange.notes] == ["chunked"]
    assert exchange.response is not None
    assert exchange.response.body is not None
    assert to_root(exchange.response.body, 8, 9)[1] == source.value.index('"}')


def test_a_chunked_field_over_a_whole_body_changes_nothing() -> None:
    """curl undoes the chunks itself: a body without sizes stays as it is."""
    [exchange] = read('HTTP/1.1 400 Bad Request\nTransfer-Encoding: chunked\n\n{"a": 1}')

    assert body_of(exchange) == '{"a": 1}'


def test_an_indented_paste_is_read() -> None:
    """A message that documentation indents is read without the indent of its header."""
    [exchange] = read('    HTTP/1.1 400 Bad Request\n    Server: x\n\n    {"a": 1}\n')

    assert exchange.response is not None
    assert [one.name for one in exchange.response.headers] == ["Server"]


def test_prose_before_a_message_is_left_out() -> None:
    """What stands before the status line is no part of the exchange."""
    [exchange] = read("It says:\nHTTP/1.1 500 Internal Server Error\nServer: x\n\nno")

    assert exchange.start == len("It says:\n")


def test_a_header_block_alone_is_accepted() -> None:
    """Two well-known fields, a blank line and a body are an answer without a status line."""
    [exchange] = read('Content-Type: application/json\nDate: now\n\n{"a": 1}')

    assert exchange.kind == "http"
    assert body_of(exchange) == '{"a": 1}'
    assert [note.kind for note in exchange.notes] == ["no-status-line"]


def test_ordinary_text_is_no_header_block() -> None:
    """A line that looks like a field does not make a text a message."""
    text = Text("Error: it failed\n\nTry again")

    assert read_header_block(text, 0, len(text.value)) is None
    assert read_messages(text, 0, len(text.value)) == []


def test_a_head_that_denies_a_body_has_none() -> None:
    """Words below it are none; a document is one, for the field may be wrong in a paste."""
    head = "HTTP/1.1 500 Internal Server Error\nContent-Length: 0\n\n"
    found = [read(f"{head}{below}")[0] for below in ("10:04 quay opened\n", '{"a": 1}', "")]

    assert ["", '{"a": 1}', ""] == [body_of(one).strip() for one in found]
    assert [["no-body"], [], []] == [[note.kind for note in one.notes] for one in found]


def test_the_next_command_is_no_body() -> None:
    """What a shell shows of the next command, and its output, are none of an answer."""
    head = "HTTP/1.1 404 Not Found\nServer: x\n\n"
    shown = ("+ echo next\nnext\n", "$ ls\nberths.json\n", "+ 2 berths\n", "$ 20 is too little")
    found = [body_of(read(f"{head}{below}")[0]).strip() for below in shown]

    assert ["", "", "+ 2 berths", "$ 20 is too little"] == found
