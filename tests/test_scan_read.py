"""Errors are read out of logs, with what stands around them, and the same however fast it goes."""

from __future__ import annotations

import json
import re

import pytest
from cases import load_cases
from hypothesis import given, settings
from hypothesis import strategies as st
from sightings import read_all
from wrappers import har

from errdecode.catalog import open_catalog
from errdecode.model import JSON
from errdecode.scan.cut.carriers import LIMIT
from errdecode.scan.cut.har import read_entries
from errdecode.scan.model import Context, Sighting, Unreadable
from errdecode.scan.read import Reader
from errdecode.scan.reading.outline import leaves_of, number_leaves, outline_of

ERROR = '{"error":{"code":"mvnoAccount","message":"MVNO account not found","status":404}}'
RECORD = (
    '{"time":"2026-11-22T12:00:00Z","level":"error","request_id":"r-17","trace_id":"t-9",'
    '"method":"POST","url":"https://api.example.com/v1/a","status":404,"response":%s}\n'
)


def test_a_sighting_says_all_that_is_known() -> None:
    """Place, format, code, status and what the record around it says."""
    data = b"first line\n" + (RECORD % ERROR).encode()
    (found,) = read_all(data)

    assert isinstance(found, Sighting)
    assert (data.index(ERROR.encode()), 1, len(ERROR)) == (
        found.place.offset,
        found.place.line,
        found.length,
    )
    assert ("member", "telecomx", "mvnoAccount", 404) == (
        found.wrapper,
        found.format,
        found.code,
        found.status,
    )
    assert ("r-17", "t-9", "POST", "error", 1_795_348_800.0) == (
        found.context.request_id,
        found.context.trace_id,
        found.context.method,
        found.context.level,
        found.context.time,
    )


@pytest.mark.parametrize(
    "body",
    [
        '{"error":{"message":"no user has Tr0ub4dor-x9 here","password":"Tr0ub4dor-x9"}}',
        "<error><message>no user has Tr0ub4dor-x9 here</message><password>Tr0ub4dor-x9</password>"
        "</error>",
    ],
)
def test_an_echo_of_a_secret_is_masked(body: str) -> None:
    """What stands under a secret's name in a body is masked where title or message repeat it."""
    data = f"409 answered: {body}\n".encode()
    (found,) = read_all(data)
    (shown,) = read_all(data, show_secrets=True)

    assert "Tr0ub4dor" not in repr(found)
    assert "Tr0ub4dor" in repr(shown)


def test_what_the_server_said_is_kept_where_nothing_is_known_of_its_code() -> None:
    """Each error bears its own message beside its code, unless the catalog explains that."""
    sent = ("the berth is 12 feet", "the pier is closed", "the berth is 14 feet")
    bodies = [json.dumps({"error": {"code": "E_TIDE", "message": one}}) for one in sent]
    bodies.append('{"error": {"type": "card_error", "code": "card_declined", "message": "No."}}')
    found = read_all("".join(f"409 answered: {body}\n" for body in bodies).encode())
    said = ["the berth is … feet", "the pier is closed", "the berth is … feet", None]

    assert said == [one.message for one in found if isinstance(one, Sighting)]


def test_the_outermost_error_is_taken_once() -> None:
    """What stands inside an error is a part of it."""
    inner = {"status": 404, "title": "Not Found", "detail": json.loads(ERROR)}
    body = {"type": "about:blank", "title": "Bad Gateway", "status": 502, "cause": inner}
    found = read_all((RECORD % json.dumps(body)).encode())

    assert ["rfc9457"] == [one.format for one in found if isinstance(one, Sighting)]


def test_two_bodies_in_a_line_are_two() -> None:
    """Bodies beside each other are both found."""
    found = read_all(f"409 from a: {ERROR} then 502 from b: {ERROR}\n".encode())

    assert [409, 502] == [one.context.status for one in found if isinstance(one, Sighting)]


def test_only_what_begins_in_the_range_is_read() -> None:
    """A body belongs to the range in which its first byte stands."""
    data = ((RECORD % ERROR) * 3).encode()
    places = [found.start() for found in re.finditer(re.escape(ERROR.encode()), data)]
    lines = [0, len(data) // 3, len(data) // 3 * 2]
    reader = Reader(open_catalog(), year=2026)
    split = [
        item.place.offset
        for begin, end in ((0, places[1]), (places[1], places[1] + 1), (places[1] + 1, len(data)))
        for item in reader.read(data, lines, 0, "-", begin, end)
    ]

    assert places == split


def test_half_a_body_is_read_or_told() -> None:
    """A body that is cut off is decoded as far as it goes, or listed; never dropped."""
    whole = f"409 answered: {ERROR}"
    kinds = {at: read_all(whole[:at].encode()) for at in range(30, len(whole))}

    assert {1} == {len(items) for items in kinds.values()}
    assert {Sighting, Unreadable} >= {type(items[0]) for items in kinds.values()}
    assert isinstance(kinds[len(whole) - 1][0], Sighting)


def test_what_a_client_says_of_an_answer_is_read() -> None:
    """An SDK's line is the error that it tells of: in text and in a record's words; what else a
    record tells in words is none."""
    said = "operation error S3: PutObject, https response error StatusCode: 403, RequestID: 0A, "
    said += "api error AccessDenied: Access Denied"
    lines = [
        f"2026-11-22 12:00:00 ERROR upload failed: {said}",
        json.dumps({"time": "2026-11-22T12:00:00Z", "level": "error", "error": said}),
        json.dumps({"time": "2026-11-22T12:00:00Z", "level": "info", "msg": "404 page not found"}),
        json.dumps({"time": "2026-11-22T12:00:00Z", "level": "error", "msg": "error: no boat"}),
    ]
    found = read_all(("\n".join(lines) + "\n").encode())

    assert [("aws-sdk", "AccessDenied", "body"), ("aws-sdk", "AccessDenied", "string")] == [
        (one.format, one.code, one.wrapper) for one in found if isinstance(one, Sighting)
    ]


@pytest.mark.parametrize("name", ["error", "err", "msg"])
def test_what_libraries_print_is_read_of_any_format(name: str) -> None:
    """Words that a format is told by for certain, and that bear its code, are an answer in a record
    as well; the logger's own are none."""
    said = "googleapi: Error 403: The storage is full., storageQuotaExceeded"
    head = {"ts": 1_795_348_800.5, "level": "error"}
    lines = [json.dumps({**head, name: words}) for words in (said, "the storage is full, 403")]
    found = read_all(("\n".join(lines) + "\n").encode())

    assert [("google-legacy", "storageQuotaExceeded", 403)] == [
        (one.format, one.code, one.status) for one in found if isinstance(one, Sighting)
    ]


@pytest.mark.parametrize(("level", "count"), [("ERROR", 1), ("WARN", 1), ("INFO", 0), ("DEBUG", 0)])
def test_a_status_in_words_counts_where_something_failed(level: str, count: int) -> None:
    """Where the log says that nothing failed, a status that is quoted is no error."""
    said = "Request failed with status code 503"
    lines = [
        f"2026-11-22 12:00:00 {level} quay: {said}",
        json.dumps({"time": "2026-11-22T12:00:00Z", "level": level, "msg": f"AxiosError: {said}"}),
    ]
    found = read_all(("\n".join(lines) + "\n").encode())

    assert 2 * count == len(found)


@pytest.mark.parametrize("within", [False, True])
def test_a_message_and_its_stack_are_one(within: bool) -> None:
    """What a client printed stands in the record's own members or in those of its error, and in the
    stack again."""
    said = "AxiosError: Request failed with status code 404"
    error = {"type": "AxiosError", "message": said, "stack": f"{said}\n    at send (/srv/a.js:1:2)"}
    head = {"time": 1_795_348_800_500, "level": 50, "msg": "no boat"}
    record = {**head, "err": error} if within else {**head, **error}
    found = read_all(f"{json.dumps(record)}\n".encode())

    assert [("http-client", 404)] == [
        (one.format, one.status) for one in found if isinstance(one, Sighting)
    ]


def test_a_line_without_end_is_told() -> None:
    """Of a line that is too long the first part is read, and it is said."""
    data = b'409 answered: {"id":1} ' + b"x" * (LIMIT + 10) + b"\n" + (RECORD % ERROR).encode()
    starts = [0, data.index(b"\n") + 1]
    found = list(Reader(open_catalog(), year=2026).read(data, starts))

    assert [Unreadable, Sighting] == [type(one) for one in found]


def test_a_har_entry_is_read() -> None:
    """The body of a failing entry is found at its place, with its request."""
    cases = [case for case in load_cases() if case.outcome == "error" and case.kind == "json"]
    data = har(cases[::97])
    reader = Reader(open_catalog(), year=2026)
    found = [
        item
        for entry in read_entries([data])
        for item in reader.read_entry(entry.raw or b"", entry.offset, "a.har", entry.newlines)
    ]

    assert found
    for one in found:
        stands = data[one.place.offset : one.place.offset + one.length]
        assert one.place.line == data.count(b"\n", 0, one.place.offset)
        assert isinstance(json.loads(b'"' + stands + b'"'), str)
        assert ("har", "POST", "a.har") == (one.wrapper, one.context.method, one.place.file)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        ),
        max_leaves=10,
    )
)
@settings(max_examples=100)
def test_an_outline_numbers_its_leaves(value: JSON) -> None:
    """Every text and number has its way and its number, in the same order."""
    outline = outline_of(value)
    found = []
    for way in leaves_of(value, ()):
        inner = value
        for token in way:
            inner = inner[token]  # type: ignore[index,call-overload]
        found.append(inner)

    assert outline.leaves == found
    assert list(range(len(found))) == list(number_leaves(value).values())


@given(st.binary(max_size=200), st.sampled_from([ERROR, "<Error><Code>NoSuchKey</Code></Error>"]))
@settings(max_examples=50)
def test_nothing_crashes(noise: bytes, body: str) -> None:
    """Whatever stands around a body, reading ends."""
    data = noise + body.encode() + noise[::-1]

    assert all(0 <= item.place.offset <= len(data) for item in read_all(data))


def test_a_har_entry_without_a_body_is_read() -> None:
    """A status that refuses is an error without a body, too, and so is an answer that never came;
    what went well is none."""
    head = {"request": {"method": "GET", "url": "https://api.example.com/v1"}}
    answers = [
        {"status": 404, "statusText": "Not Found", "content": {"size": 0}},
        {"status": 0, "content": {"size": 0}, "_error": "net::ERR_TIMED_OUT"},
        {"status": 204, "content": {"size": 0}},
        {"status": 503, "content": {"size": 0, "text": ""}},
    ]
    entries = [{**head, "response": answer} for answer in answers]
    data = json.dumps({"log": {"entries": entries}}, indent=1).encode()
    reader = Reader(open_catalog(), year=2026)
    found = [
        item
        for entry in read_entries([data])
        for item in reader.read_entry(entry.raw or b"", entry.offset, "a.har", entry.newlines)
    ]
    responses = [at.end() for at in re.finditer(rb'"response": ', data)]

    assert [(404, None), (None, "net::ERR_TIMED_OUT"), (503, None)] == [
        (one.status, one.code) for one in found
    ]
    assert [responses[at] for at in (0, 1, 3)] == [one.place.offset for one in found]
    assert {"https://api.example.com/v1"} == {one.context.url for one in found}


def test_quotes_of_a_word_processor_are_read() -> None:
    """An object that was pasted through one is read as decode reads it, as far as it goes."""
    body = re.sub('"([^"]*)"', "“\\1”", ERROR)
    (found,) = read_all(f"404 answered: {body} (again)\n".encode())

    assert isinstance(found, Sighting)
    assert ("telecomx", "mvnoAccount", len(body.encode())) == (
        found.format,
        found.code,
        found.length,
    )


def test_an_entry_of_a_journal_knows_nothing_of_the_lines_above_it() -> None:
    """Its fields say what stands around its message; other lines of the log do not."""
    above = b"2026-10-01T00:00:00Z INFO POST /v1/tides 201 request_id=req-above\n" * 2
    entry = b"__REALTIME_TIMESTAMP=1795348800000000\nPRIORITY=3\nMESSAGE=failed: "
    (found,) = read_all(above + entry + ERROR.encode() + b"\n_PID=7\n")

    assert isinstance(found, Sighting)
    assert Context(time=1_795_348_800.0, level="error") == found.context
