"""Measures how the time of an answer grows with texts that are made to mislead it.

`python tests/bench/hostile.py [--characters N]` repeats each of many pieces in each of many places
of a capture, once to a length and once four times as long, and prints where the time grows faster
than the text. Nothing printed but the slowest is as it should be.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from time import process_time
from typing import NamedTuple

from errdecode.cli import main as errdecode
from errdecode.redact.shapes import SHAPES

PIECES = [
    *" \n\t\ra1A-=./\\\"'`{[(<>&%|,:;@#$*_~+!?é…",
    *("%20", "\\n", '\\"', "a ", "a\n", " \n", "a.", "a:", "a=", "a&", "a,", "a/", "--", "<a>"),
    *("</a>", "<a ", '{"a":', "[{", '["', '"a",', '"a":1,', "a=1 ", "x (", "[a] ", "'a' ", "`a` "),
    *("http://", "://a:b@", "HTTP/1.1 ", "$ ", "> ", "< ", "* ", "curl ", "error: ", "at a(b:1)\n"),
    *('"\\', "&quot;", "\\u0022", "a-", "1.", "e1", "0x", "a_", "field a ", "missing ", "'a', "),
    *("a or ", "2026-01-01 ", "Bearer ", "key=", "password=", "x-api-key:", 'password\\":\\"'),
    *("-----BEGIN ", "4111 1111", *(literal for literal, _ in SHAPES)),
]
_FAULT = json.dumps({"detail": [{"loc": ["body", "a"], "msg": "no", "type": "missing"}]})
_HEAD = "HTTP/1.1 {} x\nContent-Type: {}\n\n"
_JSON = _HEAD.format(400, "application/json")


def _line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")


PLACES: dict[str, Callable[[str], str]] = {
    "alone": lambda text: text,
    "text": lambda text: _HEAD.format(500, "text/plain") + text,
    "sentence": lambda text: _HEAD.format(400, "text/plain") + f"error: {text} x",
    "message": lambda text: _JSON + json.dumps({"error": {"code": "E1", "message": text}}),
    "code": lambda text: _JSON + json.dumps({"code": text, "message": "no"}),
    "name": lambda text: _JSON + json.dumps({"errors": {text: ["no"]}}),
    "pointer": lambda text: json.dumps({"errors": [{"source": {"pointer": f"/{text}"}}]}),
    "open string": lambda text: _JSON + '{"message": "' + text,
    "page": lambda text: _HEAD.format(502, "text/html") + f"<title>{text}</title>{text}",
    "xml": lambda text: _HEAD.format(403, "text/xml") + f"<Error><Code>A</Code><Message>{text}",
    "challenge": lambda text: f"HTTP/1.1 401 x\nWWW-Authenticate: {_line(text)}\n\n",
    "field": lambda text: f"HTTP/1.1 401 x\n{_line(text)}: 1\nRetry-After: {_line(text)}\n\nno",
    "payload": lambda text: f"POST /a HTTP/1.1\nHost: a.example\n\n{text}\n\n{_JSON}{_FAULT}",
    "command": lambda text: (
        f"$ curl https://a.example/x -d '{text.replace(chr(39), '')}'\n{_FAULT}"
    ),
    "address": lambda text: f"$ curl 'https://a.example/x?{''.join(text.split())}'\n{_FAULT}",
    "print": lambda text: f"Error: Request failed with status code 400\n at a\n  data: '{text}' }}",
}


class Growth(NamedTuple):
    """What became of the time when a text was made four times as long."""

    place: str
    piece: str
    short: float
    """Seconds, of this process."""
    long: float

    def __str__(self) -> str:
        times = f"{self.short:.2f} s, {self.long:.2f} s for four times as much"
        return f"{self.place:12} {self.piece!r:14} {times}"


def seconds(text: str, path: Path) -> float:
    """Processor time of one answer."""
    path.write_text(text, encoding="utf-8", newline="")
    began = process_time()
    unread = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with redirect_stdout(unread), redirect_stderr(unread):
        errdecode(["--json", str(path)])
    return process_time() - began


def growths(characters: int, path: Path) -> Iterator[Growth]:
    """Every piece in every place; the long text only where the short one takes its time."""
    for place, put in PLACES.items():
        seconds(put("abc"), path)  # what is loaded once is no cost of the text
        for piece in PIECES:
            repeated = piece * (4 * characters // len(piece) + 1)
            short = seconds(put(repeated[:characters]), path)
            if short > 0.03:
                yield Growth(place, piece, short, seconds(put(repeated[: 4 * characters]), path))


def main() -> None:
    """Print what grows too fast, and the slowest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=20_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = list(growths(given.characters, Path(folder) / "paste.txt"))
    for growth in found:
        if growth.long > 6 * growth.short and growth.long > 0.4:
            print(f"grows faster   {growth}")
    print(f"slowest        {max(found, key=lambda growth: growth.long)}")


if __name__ == "__main__":
    sys.exit(main())
