"""Makes logs to measure with: ordinary lines of many loggers, and errors of the catalog in between.

`python tests/bench/logs.py FILE --size 100 --share 2 --kind mixed` writes one, and beside it, as
`FILE.manifest.jsonl`, where each body stands and what it is. The same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from cases import Case, load_cases
from wrappers import BY_NAME, Around, wrappers_for

_ACTIONS = ("moored", "left", "fuelled", "painted", "inspected", "lifted", "rented", "sold")
_PLACES = ("north pier", "old quay", "east basin", "slipway 3", "dry dock", "river mouth")
_LOGGERS = ("harbour.client", "harbour.berths", "billing.invoices", "tide.tables", "http.access")
_AGENTS = ("harbour/2.1", "curl/8.9.1", "Mozilla/5.0 (X11; Linux x86_64)", "okhttp/4.12.0")


class Found(NamedTuple):
    """Where a body stands in a log that was made, and what it is."""

    offset: int
    length: int
    format: str
    code: str | None
    wrapper: str
    name: str


def make_log(
    kind: str, size: int, share: float, seed: int = 1, faults: int = 0
) -> Iterator[tuple[bytes, Found | None]]:
    """Yield the lines of a log of about `size` bytes, and for a body where it stands in it.

    `share` is that of lines with an error, in percent of all; kinds are the keys of `KINDS`. One
    system meets some dozen `faults`; 0: all that the catalog has.
    """
    random_ = random.Random(seed)
    ordinary, names = KINDS[kind]
    bodies = _bodies(names, random_, faults)
    at, number = 0, 0
    while at < size:
        number += 1
        around = _around(random_, number)
        if share and random_.random() * 100 < share:
            case, name = next(bodies)
            case = _varied(case, number)
            wrapped = BY_NAME[name].wrap(case, around._replace(status=case.status or 400))
            told = Found(
                at + wrapped.start, wrapped.length, case.format, case.code, name, case.name
            )
            yield wrapped.data, told
            at += len(wrapped.data)
        else:
            line = ordinary(random_, around)
            yield line, None
            at += len(line)


def write_log(
    path: Path, kind: str, size: int, share: float, seed: int = 1, faults: int = 0
) -> int:
    """Write a log and its manifest; return how many bodies are in it."""
    count = 0
    manifest = path.with_name(path.name + ".manifest.jsonl")
    with path.open("wb", 1 << 20) as log, manifest.open("w", encoding="utf-8") as told:
        for data, found in make_log(kind, size, share, seed, faults):
            log.write(data)
            if found:
                told.write(json.dumps(found._asdict()) + "\n")
                count += 1
    return count


def _around(random_: random.Random, number: int) -> Around:
    time = 1_772_352_000 + number * 0.037
    ids = f"{random_.getrandbits(160):040x}"
    path = f"boats/{number % 9973}?page={number % 7}"
    method = "GET" if number % 3 else "POST"
    url = f"https://api.example.com/v2/{path}"
    return Around(number, time, 200, method, url, f"req-{ids[:12]}", ids[8:])


def _bodies(
    names: tuple[str, ...], random_: random.Random, faults: int
) -> Iterator[tuple[Case, str]]:
    """Errors of the catalog in every wrapper of the kind, in an order of its own, for ever."""
    cases = [case for case in load_cases() if case.outcome == "error"]
    pairs = [
        (case, wrapper.name)
        for case in (random_.sample(cases, faults) if faults else cases)
        for wrapper in wrappers_for(case)
        if wrapper.name in names
    ]
    while True:
        random_.shuffle(pairs)
        yield from pairs


_NAMES = re.compile(
    r"(?<![</])\b(?:boats?|quay|pier|tides?|berths?|tea|kettle|heron|swift|harbour|oak)\b"
    r'(?![^"\n]{0,80}"\s*:)'
)
"""Names in values; the names of members do not change from call to call."""
_IDS = re.compile(r"\b[0-9a-f]{8}(?=-[0-9a-f]{4}-[0-9a-f]{4}-)|\b[0-9a-f]{32}\b")
_LETTERS = "bdfglmnprstvz"


def _varied(case: Case, number: int) -> Case:
    """The example with ids and names of its own, so that few bodies are alike."""
    name = "".join(_LETTERS[number // 13**place % 13] + "aeiou"[place] for place in range(4))
    body = _NAMES.sub(name, case.body)
    body = _IDS.sub(lambda hit: f"{number * 2654435761 % 16 ** len(hit[0]):0{len(hit[0])}x}", body)
    return case._replace(body=body, code=case.code and _NAMES.sub(name, case.code))


def _json_line(random_: random.Random, around: Around) -> bytes:
    """As slog, zap and pino write them: the text is `msg`."""
    status = 200 if random_.random() < 0.97 else 304
    return (
        f'{{"time":"{around.iso}","level":"info","logger":"{random_.choice(_LOGGERS)}",'
        f'"msg":"boat {around.number % 997} {random_.choice(_ACTIONS)} at '
        f'{random_.choice(_PLACES)}","request_id":"{around.request_id}","method":'
        f'"{around.method}","url":"{around.url}","status":{status},'
        f'"duration_ms":{around.number % 883},"bytes":{around.number % 70_001}}}\n'
    ).encode()


def _message_line(random_: random.Random, around: Around) -> bytes:
    """As Logstash, Winston and Spring write them: message, level, and an error that is none."""
    return (
        f'{{"@timestamp":"{around.iso}","level":"INFO","thread_name":"worker-{around.number % 16}",'
        f'"logger_name":"{random_.choice(_LOGGERS)}","message":"boat {around.number % 997} '
        f'{random_.choice(_ACTIONS)} at {random_.choice(_PLACES)}","error":null,"errors":[],'
        f'"status":200,"type":"log","trace_id":"{around.trace_id}"}}\n'
    ).encode()


def _text_line(random_: random.Random, around: Around) -> bytes:
    """One of the loggers that write text: syslog, Python, Java, nginx, logfmt, Kubernetes."""
    said = (
        f"boat {around.number % 997} {random_.choice(_ACTIONS)} at {random_.choice(_PLACES)} "
        f"request_id={around.request_id}"
    )
    kind = around.number % 6
    if kind == 0:
        line = f"{around.at('%b %e %H:%M:%S')} quay-3 billing[4711]: INFO {said}"
    elif kind == 1:
        line = f"{around.at('%Y-%m-%d %H:%M:%S')},{around.number % 1000:03} INFO harbour: {said}"
    elif kind == 2:
        line = (
            f"{around.at('%Y-%m-%d %H:%M:%S')}.{around.number % 1000:03}  INFO 1 --- "
            f"[nio-8080-exec-3] c.e.quay.Client : {said}"
        )
    elif kind == 3:
        line = (
            f"192.0.2.{around.number % 250} - - [{around.at('%d/%b/%Y:%H:%M:%S +0000')}] "
            f'"{around.method} /v2/boats/{around.number % 9973} HTTP/1.1" 200 '
            f'{around.number % 70_001} "-" "{random_.choice(_AGENTS)}"'
        )
    elif kind == 4:
        line = f'time={around.iso} level=info msg="{said}" status=200 dur={around.number % 883}ms'
    else:
        line = f"{around.iso[:-1]}345678Z stdout F {said}"
    return line.encode() + b"\n"


def _mixed_line(random_: random.Random, around: Around) -> bytes:
    """A line of any of the three, by the number."""
    kinds = (_json_line, _text_line, _message_line)
    return kinds[around.number // 50 % 3](random_, around)


_JSON_WRAPPERS = ("bare", "member", "member-spaced", "string", "string-twice", "docker",
                  "cloudwatch", "journald")  # fmt: skip
_TEXT_WRAPPERS = ("bare", "kubernetes", "syslog", "python", "java", "nginx", "logfmt", "lines",
                  "lines-crlf", "journald-export", "curl-i", "curl-v")  # fmt: skip
KINDS: dict[str, tuple[Callable[[random.Random, Around], bytes], tuple[str, ...]]] = {
    "json": (_json_line, _JSON_WRAPPERS),
    "text": (_text_line, _TEXT_WRAPPERS),
    "message": (_message_line, _JSON_WRAPPERS),
    "mixed": (_mixed_line, (*_JSON_WRAPPERS, *_TEXT_WRAPPERS)),
    "every": (_mixed_line, tuple(BY_NAME)),
    "member": (_json_line, ("member", "string")),
}
"""What ordinary lines look like, and how bodies stand between them; `every` has all wrappers."""


def main() -> None:
    """Write one log."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--size", type=float, default=10, help="megabytes")
    parser.add_argument("--share", type=float, default=2, help="percent of lines with an error")
    parser.add_argument("--kind", choices=tuple(KINDS), default="mixed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=int, default=0, help="different errors; 0: all there are")
    asked = parser.parse_args()
    size = int(asked.size * 1e6)
    count = write_log(asked.file, asked.kind, size, asked.share, asked.seed, asked.faults)
    print(f"{count} bodies in {asked.file}")


if __name__ == "__main__":
    main()
