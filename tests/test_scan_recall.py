"""Every error of the catalog is found in every wrapper, none twice, and none is invented."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import NamedTuple
from zlib import crc32

import pytest
from cases import CATALOG, Case, load_cases
from wrappers import BY_NAME, Around, Wrapped, Wrapper, wrappers_for

from errdecode.catalog import open_catalog
from errdecode.scan.cut.transcripts import find_head
from errdecode.scan.engines import choose
from errdecode.scan.model import Sighting
from errdecode.scan.read import Reader
from errdecode.scan.reading.answers import Answer, decode_body
from errdecode.scan.reading.answers import Around as Known
from errdecode.scan.reading.decide import needs_sign
from errdecode.scan.signals import signals

SHARE = 59
"""One in so many of all pairs of body and wrapper is tried; all wrappers are met."""
_SILENT = frozenset(
    "bare member-spaced kubernetes cloudwatch journald journald-export lines-crlf".split()
)
"""Wrappers that show no status."""
_ADDRESSED = frozenset(
    "member string string-of-lines string-twice syslog python curl-i curl-v".split()
)
"""Wrappers that show the whole address."""
_WITH_PATH = frozenset(("nginx", "nginx-escaped"))
_ODD = frozenset(
    (
        ("drf", "a bare list"),
        ("npm-registry", "a JSON string"),
        ("spreedly-core", "the list alone, as a form in the browser gets it"),
        ("sessionm", "the documented example with its no-break spaces"),
        ("telecomx", "single error, keys without quotes"),  # over lines
        ("docker-engine", "a whole stream"),  # several documents: the one that fails is found
        ("http-client", "Feign"),  # the answer stands in brackets, and is cut out as an array
        ("aws-sdk", "JavaScript 3"),  # over lines, and no signal: all of its words logs have
    )
)
"""Bodies that are no objects, or not even JSON with its blanks: nobody finds them among words."""

Find = Callable[[bytes], list[int]]


class Pair(NamedTuple):
    """A body in a wrapper."""

    case: Case
    wrapper: Wrapper
    wrapped: Wrapped
    around: Around


def pairs(share: int = SHARE) -> Iterator[Pair]:
    """A deterministic part of all pairs; new examples let those that are tried stay the same."""
    number = 0
    for case in load_cases():
        if case.outcome != "error" or (case.format, case.name) in _ODD:
            continue
        for wrapper in wrappers_for(case):
            number += 1
            name = f"{case.format} {case.name} {wrapper.name}"
            if crc32(name.encode()) % share == 0:
                around = Around(number, 1_772_352_903.0 + number, case.status or 400)
                yield Pair(case, wrapper, wrapper.wrap(case, around), around)


def every_line(data: bytes) -> list[int]:
    """The starts of all lines: as if every line bore a signal."""
    starts, at = [], 0
    while at < len(data):
        starts.append(at)
        at = data.find(b"\n", at) + 1 or len(data)
    return starts


def by_signals(data: bytes) -> list[int]:
    """The starts of the lines that the stdlib's engine finds."""
    engine = choose(signals(open_catalog()), "stdlib")
    assert engine is not None
    return list(engine.lines(bytearray(data), len(data)))


def known_of(pair: Pair) -> Known:
    """What a log in this wrapper shows of the exchange."""
    around, name = pair.around, pair.wrapper.name
    fields: tuple[tuple[str, str], ...] = ()
    if pair.wrapper.how == "transcript":
        data = pair.wrapped.data
        head = find_head(data, pair.wrapped.start)
        fields = head.fields if head else ()
    url = around.url if name in _ADDRESSED else "/v2/boats" if name in _WITH_PATH else None
    method = around.method if url and name not in ("python", "curl-i") else None
    return Known(None if name in _SILENT else around.status, method, url, fields)


def text_of(pair: Pair) -> bytes:
    """The body as a reader has it, freed from its wrapping."""
    if pair.wrapper.name in ("member-spaced", "lines-in-record"):
        start = pair.wrapped.start
        return pair.wrapped.data[start : start + pair.wrapped.length]
    if pair.wrapper.name in ("lines", "string-of-lines", "lines-crlf"):
        return pair.case.lines.encode()
    return (pair.case.body if pair.wrapper.how == "transcript" else pair.case.line).encode()


FILLER = b"2026-03-01 07:00:00 INFO [req-0] quay opened, 12 boats, error rate 0.0\n\n"


def log_of(some: list[Pair]) -> tuple[bytes, dict[int, Pair]]:
    """All of them in one log, with the places of the bodies."""
    parts, places, at = [], {}, 0
    for pair in some:
        parts += [FILLER, pair.wrapped.data]
        places[at + len(FILLER) + pair.wrapped.start] = pair
        at += len(FILLER) + len(pair.wrapped.data)
    return b"".join(parts) + FILLER, places


@pytest.mark.parametrize("find", [every_line, by_signals])
def test_every_error_is_found_where_it_stands(find: Find) -> None:
    """What the decoder is sure of, and what stands beside a failing status, is found once, at its
    place, in the format that the decoder names for the same body and head."""
    catalog = open_catalog()
    data, places = log_of(list(pairs()))
    found: dict[int, list[Sighting]] = {}
    for item in Reader(catalog, year=2026).read(data, find(data)):
        if isinstance(item, Sighting):
            found.setdefault(item.place.offset, []).append(item)

    missed, wrong = [], []
    for at, pair in places.items():
        answer = decode_body(catalog, text_of(pair), known_of(pair))
        seen = [(one.format, one.wrapper, one.length) for one in found.get(at, [])]
        if pair.case.format == "zod" and not seen:
            continue  # the error is a document in the body's message, and is found as that
        if pair.case.name == "Logstash's log":
            continue  # a line of a log itself, and no body
        sure = not needs_sign(answer, known_of(pair).status)
        failing = pair.around.status >= 400 and pair.wrapper.name not in _SILENT
        if not seen and answer.outcome == "error" and (sure or (failing and answer.speaks)):
            missed.append((pair.case.format, pair.case.name, pair.wrapper.name))
        want = (answer.format, pair.wrapper.how, pair.wrapped.length)
        if seen and seen != [want] and not is_longer(pair, seen, want):
            wrong.append((pair.case.format, pair.case.name, pair.wrapper.name, seen, want))
    ends = {at: at + pair.wrapped.length for at, pair in places.items()}
    inside = [one for one in found if any(at < one < end for at, end in ends.items())]
    invented = sorted(set(found) - set(places) - set(inside))

    assert ([], [], []) == (missed, wrong, [data[at : at + 99] for at in invented])


def is_longer(
    pair: Pair, seen: list[tuple[str | None, str, int]], want: tuple[str | None, str, int]
) -> bool:
    """Whether only the length differs, by a comment behind a page or an empty line in a text, or
    what is over lines has only one."""
    if len(seen) != 1 or seen[0][0] != want[0]:
        return False
    if want[1] == "lines" and b"\n" not in text_of(pair):
        return seen[0][2] == want[2]
    return pair.case.kind in ("html", "text") and seen[0][1] == want[1]


_ALARMING = _SILENT | {"docker", "python"} - {"bare"}
"""Wrappers whose words say that what follows is an answer, or that it failed, but no status."""


def ordinary() -> Iterator[Case]:
    """Successes and ordinary documents, as if they were errors."""
    for entry in json.loads((CATALOG / "background.json").read_text(encoding="utf-8")):
        if isinstance(entry["body"], dict | list) and (entry.get("status") or 200) < 400:
            body = json.dumps(entry["body"])
            answers = [decode_body(open_catalog(), body.encode(), Known(s)) for s in (200, None)]
            if not any(map(_is_error_to_all, answers)):
                yield Case("", entry["name"], 200, body, "json", "success", None, None)


def _is_error_to_all(answer: Answer) -> bool:
    """Whether the decoder takes an ordinary document for a documented error, wherever it stands."""
    return answer.outcome == "error" and not needs_sign(answer, None)


def test_ordinary_documents_are_no_errors() -> None:
    """Nothing is made of successes, whatever they stand in."""
    data = b"".join(
        FILLER + wrapper.wrap(case, Around(status=200)).data
        for case in ordinary()
        for wrapper in wrappers_for(case)
        if wrapper.name not in _ALARMING
    )

    items = list(Reader(open_catalog(), year=2026).read(data, every_line(data)))

    assert [] == [(i, data[i.place.offset : i.place.offset + 120]) for i in items]


def test_ordinary_documents_are_no_errors_in_files_of_their_own() -> None:
    """Nothing is made of successes where nothing stands around them."""
    reader = Reader(open_catalog(), year=2026)
    found = {case.name for case in ordinary() if list(reader.read(case.body.encode(), [0]))}

    assert found == {"errcode and errmsg"}  # an error to whoever looks at it, answered with 200


RECORDS = (
    '{"level":"error","message":"disk is full","time":"2026-03-01T08:00:00Z"}',
    '{"level":"error","ts":1772352903.1,"msg":"boom","error":"connection reset by peer"}',
    '{"level":50,"time":1772352903112,"msg":"x","err":{"type":"Error","message":"m","stack":"s"}}',
    '{"level":"info","time":"2026-03-01T08:00:00Z","error":null,"status":200,"data":{"id":1}}',
    '{"severity":"ERROR","message":"job failed","timestamp":"2026-03-01T08:00:00Z","code":7}',
    '{"level":"info","msg":"sent","request":{"body":{"code":"A1","message":"hello"}},"status":201}',
    '{"log":"panic: runtime error\\n","stream":"stderr","time":"2026-03-01T08:00:00Z"}',
    "2026-03-01 08:00:00 ERROR harbour failed: {not json} and {'also': 'not'} error",
    '192.0.2.7 - - [01/Mar/2026:08:15:03 +0000] "GET /error?code=5&message=x HTTP/1.1" 200 12',
    '{"name":"app","hostname":"quay","pid":7,"level":30,"msg":"error rate","time":"2026-03-01"}',
)


@pytest.mark.parametrize("record", RECORDS)
def test_ordinary_records_are_no_errors(record: str) -> None:
    """A line of a log that speaks of an error is not the answer of an API."""
    data = record.encode() + b"\n"

    assert [] == list(Reader(open_catalog(), year=2026).read(data, [0]))


def test_all_wrappers_are_tried() -> None:
    """The part of all pairs that is tried leaves no wrapper out."""
    assert set(BY_NAME) == {pair.wrapper.name for pair in pairs()}
