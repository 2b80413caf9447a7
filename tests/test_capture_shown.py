"""The laws of files that a pasted session writes or shows: they are what the commands send."""

from __future__ import annotations

import pytest

from errdecode.capture import read_exchanges
from errdecode.model import Exchange, Text

SENT = '{"items": [{"qty": 1},\n {"qty": "x"}]}'
SEND = "$ curl -s https://api.example.com/orders --json @order.json"
ANSWER = '{"error": "qty is no number"}'


def read_only(paste: str) -> Exchange:
    """The only exchange of a paste."""
    (exchange,) = read_exchanges(Text(paste))
    return exchange


def body_of(exchange: Exchange) -> str | None:
    """What an exchange sends."""
    body = exchange.request.body if exchange.request else None
    return body.value if body else None


@pytest.mark.parametrize(
    "paste",
    [
        f"$ cat order.json\n{SENT}\n{SEND}\n{ANSWER}\n",
        f"{SEND}\n{ANSWER}\n$ cat order.json\n{SENT}\n",
        f"{SEND}\n{ANSWER}\n$ cat ./order.json\n{SENT}\n$ ",
        f"$ cat > order.json <<'EOF'\n{SENT}\nEOF\n{SEND}\n{ANSWER}\n",
        f"cat <<EOF >order.json\n{SENT}\nEOF\n{SEND[2:]} -i\n\n{ANSWER}\n",
        f"$ echo '{SENT}' > order.json\n{SEND}\n{ANSWER}\n",
        f"$ cat order.json\n{{}}\n$ cat order.json\n{SENT}\n{SEND}\n{ANSWER}\n",
    ],
)
def test_what_a_session_shows_of_a_file_is_sent(paste: str) -> None:
    """The file's text is the body, and the output of `cat` is no answer."""
    exchange = read_only(paste)
    answer = exchange.response.body if exchange.response else None

    assert (SENT, ANSWER) == ((body_of(exchange) or "").strip(), answer and answer.value.strip())
    assert ["shown-file"] == [note.kind for note in exchange.notes]


def test_a_file_gives_its_lines_as_the_option_takes_them() -> None:
    """`-d` drops the line breaks of a file, as of standard input."""
    shown = f"$ cat order.json\n{SENT}\n"
    command = SEND.replace("--json", "-d")

    assert SENT.replace("\n", "") == body_of(read_only(f"{shown}{command}\n{ANSWER}\n"))


def test_a_file_behind_a_redirection_is_followed() -> None:
    """Any client that reads the file from its standard input sends it."""
    paste = f"$ cat order.json\n{SENT}\n$ http POST https://api.example.com/x < order.json\n"

    assert SENT == body_of(read_only(f"{paste}{ANSWER}\n"))


def test_an_answer_in_a_file_stays_an_answer() -> None:
    """What `cat` shows of a file that was not sent is not left out."""
    paste = f"$ curl -s -o got.json https://api.example.com/x\n$ cat got.json\n{ANSWER}\n"
    answer = read_only(paste).response

    assert answer is not None
    assert answer.body is not None
    assert ANSWER in answer.body.value


@pytest.mark.parametrize(
    "shown",
    [
        f"$ cat other.json\n{SENT}\n",
        f"$ cat order.json | jq .\n{SENT}\n",
        f"$ cat >> order.json <<EOF\n{SENT}\nEOF\n",
        "$ cat order.json\n$ ls\n",
    ],
)
def test_another_file_or_a_part_is_not_taken(shown: str) -> None:
    """A body whose text is not surely the file's is still said to be missing."""
    for exchange in read_exchanges(Text(f"{shown}{SEND}\n{ANSWER}\n")):
        assert body_of(exchange) is None
