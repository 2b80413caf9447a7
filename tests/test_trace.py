"""curl --trace-ascii and --trace: the dumped bytes are put together again."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.capture import read_exchanges
from errdecode.model import Exchange, Text
from errdecode.source import to_root

HEAD = "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\r\n"


def dump(data: bytes, *, hexadecimal: bool) -> str:
    """Write bytes as curl's `dump` does."""
    lines, at, width = [], 0, 16 if hexadecimal else 64
    while at < len(data):
        piece = data[at : at + width]
        step = len(piece)
        broken = not hexadecimal and data.find(b"\r\n", at, at + width + 2)
        if broken is not False and broken >= 0 and broken <= at + width:
            piece, step = data[at:broken], broken + 2 - at
        shown = "".join(chr(one) if 32 <= one < 127 else "." for one in piece)
        numbers = "".join(f"{one:02x} " for one in piece).ljust(48) if hexadecimal else ""
        lines.append(f"{at:04x}: {numbers}{shown}\n")
        at += step
    return "".join(lines)


def trace(body: str, sent: str = "", *, hexadecimal: bool = False) -> str:
    """Write a whole transfer as curl does."""
    blocks = [
        ("=> Send header", "POST /v1/x HTTP/1.1\r\nHost: api.example.com\r\n\r\n"),
        ("=> Send data", sent),
        *(("<= Recv header", f"{line}\r\n") for line in HEAD.split("\r\n")[:-1]),
        ("<= Recv data", body),
    ]
    text = "== Info: Connected to api.example.com (192.0.2.7) port 80\n"
    for title, content in blocks:
        data = content.encode()
        if data:
            text += f"{title}, {len(data)} bytes (0x{len(data):x})\n"
            text += dump(data, hexadecimal=hexadecimal)
    return text + "== Info: Connection #0 to host api.example.com left intact\n"


def read(value: str) -> Exchange:
    """Read a capture of one exchange."""
    [exchange] = read_exchanges(Text(value))
    return exchange


@settings(max_examples=80)
@given(st.text(st.sampled_from('abc {}:,"\r\n1'), max_size=200))
def test_a_dump_in_hexadecimal_reads_back(content: str) -> None:
    """--trace loses nothing: the body is the one that was received, é included."""
    body = '{"é": 1}' + content
    exchange = read(trace(body, hexadecimal=True))

    assert exchange.response is not None
    assert exchange.response.body is not None
    assert exchange.response.body.value == body
    assert exchange.response.status == 400


@settings(max_examples=80)
@given(st.lists(st.text("abc {}.:1", max_size=90), min_size=1, max_size=5))
def test_a_dump_in_characters_reads_back(lines: list[str]) -> None:
    """--trace-ascii keeps CR LF and the characters of ASCII, at any line's length."""
    body = "x" + "\r\n".join(lines)
    source = Text(trace(body))
    [exchange] = read_exchanges(source)

    assert exchange.response is not None
    assert exchange.response.body is not None
    assert exchange.response.body.value == body
    for at, character in enumerate(body):
        if character not in "\r\n":
            _, start, end = to_root(exchange.response.body, at, at + 1)
            assert source.value[start:end] == character


def test_request_and_answer_are_told_apart() -> None:
    """What was sent is the request, its data the request's body."""
    exchange = read(trace('{"error": "no"}', '{"a": false}'))
    request = exchange.request

    assert exchange.kind == "curl"
    assert request is not None
    assert (request.method, request.url and request.url.value) == (
        "POST",
        "http://api.example.com/v1/x",
    )
    assert request.body is not None
    assert request.body.value == '{"a": false}'
    assert exchange.response is not None
    assert [one.name for one in exchange.response.headers] == ["Content-Type"]


def test_dots_between_the_parts_of_json_are_line_breaks() -> None:
    """The LF of a pretty-printed body, shown as a dot, is read as a line break, and noted."""
    exchange = read(trace('{\n  "a": "b.c",\n  "n": 1.5\n}'))

    assert exchange.response is not None
    assert exchange.response.body is not None
    assert exchange.response.body.value == '{\n  "a": "b.c",\n  "n": 1.5\n}'
    assert [note.kind for note in exchange.notes] == ["trace-ascii"]


def test_time_stamps_are_allowed() -> None:
    """--trace-time and --trace-ids change nothing."""
    stamped = "".join(
        line if line[:4].isalnum() and line[4:5] == ":" else f"10:00:00.123456 [0-0] {line}"
        for line in trace("{}").splitlines(keepends=True)
    )
    exchange = read(stamped)

    assert exchange.response is not None
    assert exchange.response.status == 400


def test_transfers_stand_apart() -> None:
    """A second request after a final answer is a second exchange."""
    found = read_exchanges(Text(trace("{}") + trace("[]")))

    assert [one.response and one.response.body and one.response.body.value for one in found] == [
        "{}",
        "[]",
    ]
