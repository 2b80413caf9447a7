"""Captures of every kind, told apart without a flag."""

from __future__ import annotations

import subprocess
import sys

import pytest
from exchanges import body_of, read
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.capture import read_exchanges
from errdecode.model import Text
from errdecode.source import to_root

PIECES = st.sampled_from(
    (
        *(
            "HTTP/1.1 404 Not Found",
            "HTTP/2 400",
            "A: b",
            "Content-Length: 9",
            "< ",
            "> ",
            "* x",
            "<",
        ),
        *("> GET /x HTTP/1.1", "> Host: example.com", "< HTTP/1.1 500 E", '{"a": 1}', "[1,", "404"),
        *(
            "curl: (22) The requested URL returned error: 404",
            "* Connection #0 to host x left intact",
        ),
        *(
            "\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0",
            "user@host:~$ ",
        ),
        *(
            "$ curl -d '{}' http://example.com/",
            "5\r\nhello\r\n0\r\n\r\n",
            "...",
            "<p>",
            "  HTTP/1.1 404 No",
        ),
        *("=> Send header, 18 bytes (0x12)", "0000: GET / HTTP/1.1", "<= Recv data, 7 bytes (0x7)"),
        *(
            "0000: {",
            "== Info: x",
            "\x1b[1m",
            "\ufeff",
            "POST /a HTTP/1.1",
            "--batch_1",
            "\u20ac",
            "\r",
        ),
    )
)


@pytest.mark.parametrize(
    "value",
    [
        "",
        " \n",
        '{"error": "HTTP/1.1 404 Not Found"}',
        '{"help": "run: curl -X POST https://example.com/"}',
        '{"log": "\\n* x", "text": "\\n< HTTP/1.1 500"}',
        "[1, 2, 3]",
        '{"a": {"b": 1',
        "<html><body>\n* a\n</body></html>",
        "<?xml version='1.0'?>\n<a/>",
        "error=no&code=7",
        "Something \x1b[1mfailed\x1b[0m",
        "null",
    ],
)
def test_a_bare_body_is_the_whole_text(value: str) -> None:
    """What is nothing else is one body, unchanged, without a request or a note."""
    [exchange] = read(value)

    assert exchange.kind == "body"
    assert (exchange.start, exchange.end) == (0, len(value))
    assert (body_of(exchange), exchange.request, exchange.notes) == (value, None, ())


@settings(max_examples=200)
@given(st.lists(st.tuples(PIECES, st.sampled_from(("", "\n", "\r\n"))), max_size=20))
def test_no_mixture_of_marks_raises(pieces: list[tuple[str, str]]) -> None:
    """Any text gives exchanges, within the text, whose texts all come from it."""
    source = Text("".join(piece + end for piece, end in pieces))
    found = read_exchanges(source)

    assert found
    for exchange in found:
        assert exchange.source is source
        assert 0 <= exchange.start <= exchange.end <= len(source.value)
        for response in (*exchange.earlier, exchange.response):
            for text in (
                [response.body, *(one.value for one in response.headers)] if response else []
            ):
                assert text is None or to_root(text, 0, len(text.value))[0] is source


@settings(max_examples=100)
@given(st.text(max_size=60))
def test_no_text_raises(value: str) -> None:
    """Any characters at all give at least one exchange."""
    assert read(value)


def test_documents_one_after_another_stand_apart() -> None:
    """JSON Lines and concatenated documents give an exchange each, with its range."""
    value = '{"a": 1}\n{"b": 2}\n[3]{}\n'
    found = read(value)

    assert [value[one.start : one.end] for one in found] == ['{"a": 1}', '{"b": 2}', "[3]", "{}"]
    assert [body_of(one) for one in found] == ['{"a": 1}', '{"b": 2}', "[3]", "{}"]


def test_documents_with_damage_are_one_body() -> None:
    """Unless every document is complete it is one body."""
    assert len(read('{"a": 1}\n{"b": \n')) == 1
    assert len(read('{"a": 1}\n{b: 2}')) == 1


def test_a_written_status_is_split_off() -> None:
    """Digits behind a complete JSON value are the status that -w wrote; a note says so."""
    for value in ('{"a": 1}404', '{"a": 1}\n404\n', '{"a": 1}\nHTTP_STATUS:404'):
        [exchange] = read(value)

        assert exchange.response is not None
        assert (exchange.response.status, body_of(exchange)) == (404, '{"a": 1}')
        assert [note.kind for note in exchange.notes] == ["status-glued"]


def test_other_digits_stay() -> None:
    """Digits behind an incomplete value, and those that are no status, are left alone."""
    for value in ('{"a": 1404', '{"a": 1}999', "It failed 404"):
        [exchange] = read(value)

        assert exchange.response is not None
        assert (exchange.response.status, body_of(exchange)) == (None, value)


def test_colours_and_marks_are_taken_out() -> None:
    """Bold field names and an inner byte order mark are undone; places stay true."""
    source = Text('HTTP/2 400 \n\x1b[1mcontent-type\x1b[0m: application/json\n\n\ufeff{"a": 1}')
    [exchange] = read_exchanges(source)

    assert exchange.response is not None
    assert [one.name for one in exchange.response.headers] == ["content-type"]
    assert body_of(exchange) == '{"a": 1}'
    assert exchange.response.body is not None
    assert to_root(exchange.response.body, 1, 4) == (
        source,
        len(source.value) - 7,
        len(source.value) - 4,
    )


def test_a_command_and_its_output_are_one_exchange() -> None:
    """The -d is the request, the output the answer, a waiting prompt nothing."""
    value = (
        "user@host:~$ curl -sS https://api.example.com/v1/x -d '{\"n\": false}'\n"
        '{"error": "no"}\nuser@host:~$ '
    )
    [exchange] = read(value)

    assert exchange.kind == "command"
    assert exchange.request is not None
    assert exchange.request.body is not None
    assert exchange.request.body.value == '{"n": false}'
    assert (body_of(exchange) or "").strip() == '{"error": "no"}'


def test_a_command_alone_has_no_answer() -> None:
    """A command without output is a request."""
    [exchange] = read("curl https://api.example.com/v1/x -d '{\"error\": 1}'\n")

    assert exchange.kind == "command"
    assert exchange.response is None


def test_commands_stand_apart() -> None:
    """Each command has its own output; a comment belongs to the command below it."""
    found = read(
        "# the first\n$ curl -i https://api.example.com/a\n"
        "HTTP/1.1 404 Not Found\nA: b\n\nno such a\n\n"
        "# the second\n$ curl https://api.example.com/b\n[1]\n"
    )

    assert [(body_of(one) or "").strip() for one in found] == ["no such a", "[1]"]
    assert [one.response and one.response.status for one in found] == [404, None]


def test_a_transcript_completes_its_command() -> None:
    """The body is the command's, the fields as sent are the transcript's."""
    [exchange] = read(
        "$ curl -v https://api.example.com/v1/x -d '{\"n\": 1}'\n"
        "> POST /v1/x HTTP/1.1\n> Host: api.example.com\n> User-Agent: curl/8.0\n> \n"
        "< HTTP/1.1 400 Bad Request\n< \n{}\n"
    )
    request = exchange.request

    assert exchange.kind == "command"
    assert request is not None
    assert request.body is not None
    assert (request.method, request.body.value) == ("POST", '{"n": 1}')
    assert "User-Agent" in [one.name for one in request.headers]
    assert exchange.response is not None
    assert exchange.response.status == 400


def test_a_status_alone_is_the_answer_when_the_command_asks_for_it() -> None:
    """`-w '%{http_code}'` with the body thrown away leaves the status."""
    [exchange] = read("$ curl -s -o /dev/null -w '%{http_code}' https://api.example.com/\n503\n")

    assert exchange.response is not None
    assert exchange.response.status == 503


def test_wget_is_read() -> None:
    """`wget -S` gives the answers with their fields, and the URL."""
    [exchange] = read(
        "--2026-01-02 10:00:00--  https://api.example.com/x\n"
        "Resolving api.example.com... 192.0.2.7\nHTTP request sent, awaiting response... \n"
        "  HTTP/1.1 301 Moved\n  Location: /y\nLocation: /y [following]\n"
        "--2026-01-02 10:00:01--  https://api.example.com/y\n"
        "HTTP request sent, awaiting response... \n  HTTP/1.1 404 Not Found\n  Server: x\n"
        '{"error": "no"}\n2026-01-02 10:00:01 ERROR 404: Not Found.\n\n'
    )

    assert exchange.response is not None
    assert (exchange.response.status, body_of(exchange)) == (404, '{"error": "no"}\n\n')
    assert [one.status for one in exchange.earlier] == [301]
    assert exchange.request is not None
    assert exchange.request.url is not None
    assert exchange.request.url.value == "https://api.example.com/y"


def test_httpie_shows_request_and_answer() -> None:
    """`http --verbose` prints the request, a blank line, and the answer."""
    [exchange] = read(
        'POST /v1/x HTTP/1.1\nHost: api.example.com\n\n{\n    "n": 1\n}\n\n\n'
        "HTTP/1.1 400 Bad Request\nContent-Length: 2\n\n{}\n"
    )

    assert exchange.request is not None
    assert exchange.request.body is not None
    assert exchange.request.body.value == '{\n    "n": 1\n}'
    assert body_of(exchange) == "{}\n"


def test_a_bare_body_loads_nothing_for_other_kinds() -> None:
    """Transcripts, messages, HAR and commands cost a JSON body no import."""
    program = (
        "import sys; from errdecode.capture import read_exchanges; "
        "from errdecode.model import Text; "
        'read_exchanges(Text(\'{"a": [{"b": 1}]}\')); '
        "print(sorted(name for name in sys.modules if name.startswith('errdecode.capture.')))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout

    assert set(eval(shown)) <= {"errdecode.capture.plain", "errdecode.capture.terminal"}
