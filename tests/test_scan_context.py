"""What stands around a body in a log is read from records and from words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdecode.model import JSON
from errdecode.scan.context import merge, read_words
from errdecode.scan.model import Context
from errdecode.scan.reading.layouts import is_record
from errdecode.scan.reading.records import read_record
from errdecode.scan.reading.times import epoch_of, read_iso, read_time

NOON = 1_795_348_800.0  # 2026-11-22T12:00:00Z

TIMES = {
    b"2026-11-22T12:00:00Z": NOON,
    b"2026-11-22T13:00:00+01:00": NOON,
    b"2026-11-22T07:30:00.250-0430": NOON + 0.25,
    b"2026-11-22 12:00:00,125 ERROR": NOON + 0.125,
    b"2026/11/22 12:00:00 [error] 31#31": NOON,
    b'192.0.2.7 - - [22/Nov/2026:13:00:00 +0100] "GET /': NOON,
    b"<11>Nov 22 12:00:00 quay billing[7]:": NOON,
    b"__REALTIME_TIMESTAMP=1795348800000000": NOON,
    b"ts=1795348800.5 level=error": NOON + 0.5,
    b"type=USER_AUTH msg=audit(1795348800.250:911): res=failed": NOON + 0.25,
    b"no time at all 12:00": None,
    b"2026-13-45T12:00:00Z": None,
}


@pytest.mark.parametrize(("text", "time"), TIMES.items())
def test_times_in_words(text: bytes, time: float | None) -> None:
    """A time is read as its logger meant it; one without a zone is taken as UTC."""
    assert time == read_time(text, 2026)


LEADING = {
    "Sun, 22 Nov 2026 12:00:00 GMT ": NOON,
    "22-Nov-2026 12:00:00.250 SEVERE ": NOON + 0.25,
    "[22/Nov/2026 12:00:00] ": NOON,
    "1795348800 ": NOON,
    "1795348800.250     12 192.0.2.7 TCP_MISS/402 ": NOON + 0.25,
    "1795348800250,ERROR ": NOON + 0.25,
    "1795348800250000 ": NOON + 0.25,
    "E1122 12:00:00.250000   17 quay.go:4] ": NOON + 0.25,
    "W20261122 12:00:00.250000   17 quay.cc:4] ": NOON + 0.25,
    "Nov 22, 2026 12:00:00 PM app.Quay moor": NOON,
    "Nov 22, 2026, 12:00:00\u202fPM ": NOON,
    "Nov 22 2026 12:00:00: %QUAY-3-GONE: ": NOON,
    "Sun Nov 22 12:00:00 2026 ": NOON,
    "[Sun Nov 22 12:00:00.250000 2026] [proxy:error] ": NOON + 0.25,
    "Sun Nov 22 07:00:00 EST 2026: ": NOON,
    "Sun Nov 22 2026 13:00:00 GMT+0100 (Central European Standard Time) ": NOON,
    "11/22/2026 12:00:00 PM ": NOON,
    "11/22/26, 1:00:00 AM ": NOON - 11 * 3600,
    "11/22/2026 12:00:00 ": NOON,
    "22/11/2026 12:00:00 ": NOON,
    "22.11.2026 12:00:00,250 ": NOON + 0.25,
    "01.12.2026 12:00:00 ": NOON + 9 * 86400,
    "20261122T120000Z ": NOON,
    "20261122 12:00:00.250 ": NOON + 0.25,
    "2026-11-22T12:00Z ": NOON,
    "ERROR [2026-11-22 12:00] ": NOON,
    "<11>1795348800 ": NOON,
    "@400000006a138e0a0ee6b280 ": 1_779_666_432.25,
    "Nov 22 12:00:00 4711 ": NOON,
    "Nov 22 12:00:00 quay: moored since 2026-01-01 00:00:00 ": NOON,
    "02/01/2026 12:00:00 ": None,
    "26/11/22 12:00:00 ": None,
    "31.02.2026x12:00:00 ": None,
    "17953488001 boats ": None,
    "12:00:00.250 ": None,
    "the boats of 22.11.2026 12:00:00 ": None,
    "@40000000 ": None,
}


@pytest.mark.parametrize(("text", "time"), LEADING.items())
def test_times_that_lines_begin_with(text: str, time: float | None) -> None:
    """What may be anything's elsewhere is the time of a line that begins with it; where numbers do
    not tell the day from the month there is none."""
    assert time == read_time(text.encode(), 2026)


ZONES = {
    "Z": 0,
    " UTC": 0,
    " GMT": 0,
    " PST": -8,
    ".000 EST": -5,
    " CEST [7] LOG:": 2,
    "+01": 1,
    " -03 [7] LOG:": -3,
    " GMT+1": 1,
    " UTC-02:30": -2.5,
    "\u221201:00": -1,
    " - 12 boats": 0,
    " -5 boats": 0,
    " ERROR": 0,
    " ESTER moored": 0,
}


@pytest.mark.parametrize(("behind", "hours"), ZONES.items())
def test_zones_behind_a_time(behind: str, hours: float) -> None:
    """An offset and a name of a zone are told from what follows a time without one."""
    text = f"2026-11-22 12:00:00{behind} x"

    assert NOON - hours * 3600 == read_time(text.encode())


@pytest.mark.parametrize("zone", ["CST", "IST"])
def test_a_zone_of_several_places_is_none(zone: str) -> None:
    """A name that stands for hours of several continents tells no time, and no wrong one."""
    assert read_time(f"2026-11-22 12:00:00 {zone} [7] LOG:".encode()) is None
    assert read_time(f"Sun Nov 22 12:00:00 {zone} 2026".encode()) is None


@pytest.mark.parametrize("unit", [1, 1e3, 1e6, 1e9])
def test_epochs_tell_their_unit(unit: float) -> None:
    """Seconds, milliseconds, microseconds and nanoseconds are told apart by their size."""
    assert epoch_of(NOON * unit) == NOON


@given(st.integers(0, 4_000_000_000), st.integers(0, 999))
def test_both_readers_of_iso_agree(seconds: int, thousandths: int) -> None:
    """The fast reader of RFC 3339 gives what the other one does."""
    from datetime import UTC, datetime

    moment = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    text = f"{moment}.{thousandths:03}Z"
    fast = read_iso(text)

    assert fast is not None
    assert abs(fast - (seconds + thousandths / 1000)) < 1e-5
    assert abs(fast - (read_time(text.encode()) or 0)) < 1e-5


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader_of_times(text: str) -> None:
    """What is no time is none."""
    assert read_iso(text) is None or text[-1] == "Z"


WORDS = {
    "Nov 22 12:00:00 quay app: ERROR POST https://api.example.com/v1/a returned 409 "
    "request_id=r-12345 trace_id=4bf92f3577b34da6: ": Context(
        NOON, "error", "r-12345", "4bf92f3577b34da6", "POST", "https://api.example.com/v1/a", 409
    ),
    '192.0.2.7 - - [22/Nov/2026:12:00:00 +0000] "PUT /v1/a HTTP/1.1" 503 12 body="': Context(
        NOON, None, None, None, "PUT", "/v1/a", 503
    ),
    "2026-11-22 12:00:00.000 WARN 1 --- [main] c.e.Client : 400 Bad Request: ": Context(
        NOON, "warning", None, None, None, None, 400
    ),
    "level=info status=404 traceparent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 ": (
        Context(None, "info", None, "0af7651916cd43dd8448eb211c80319c", None, None, 404)
    ),
    "X-Amzn-Trace-Id: Root=1-5759e988-bd862e3fe1be46a994272793 upstream answered 502: ": Context(
        None, None, None, "1-5759e988-bd862e3fe1be46a994272793", None, None, 502
    ),
    "ERROR rid=a1 rid=b2 grid=c3: ": Context(None, "error", "b2"),
    "ERROR [web-1] [0b5e2c1a-77aa-4c1d-9e51-6f0c2d3e4f5a] failed: ": Context(
        None, "error", "0b5e2c1a-77aa-4c1d-9e51-6f0c2d3e4f5a"
    ),
    "took 400 ms, 512 bytes, port 443: ": Context(),
    "E1122 12:00:00.000000   17 quay.go:4] moored: ": Context(NOON, "error"),
    "Nov 22 12:00:00 quay berth[7]: F1122 12:00:00.000000   17 quay.go:4] ": Context(NOON, "fatal"),
    "[400 Bad Request] during [POST] to [https://api.example.com/v1/a] [Client#moor]: ": Context(
        None, None, None, None, "POST", "https://api.example.com/v1/a", 400
    ),
    "POST https://api.example.com/v1/a?ids[]=7 402 ": Context(
        None, None, None, None, "POST", "https://api.example.com/v1/a?ids[]=7", 402
    ),
    "request_id=r-12 409 ": Context(None, None, "r-12", status=409),
}


@pytest.mark.parametrize(("text", "context"), WORDS.items())
def test_words_before_a_body(text: str, context: Context) -> None:
    """Level, ids, method, address and status are read from words and from key=value pairs."""
    assert context == read_words(text.encode(), b"", 2026)


def test_words_behind_a_body() -> None:
    """nginx says behind the body what was asked for."""
    after = b', request: "DELETE /v1/a HTTP/1.1", request_id: "abc-123"'
    context = read_words(b"2026/11/22 12:00:00 [error] upstream answered 400: ", after)

    assert ("DELETE", "/v1/a", "abc-123", "error") == (
        context.method,
        context.url,
        context.request_id,
        context.level,
    )


def test_records_say_the_same_in_many_names() -> None:
    """Members are known by their names, whatever their spelling and type."""
    said = Context(NOON, "error", "r-1", "t-1", "GET", "/v1", 500)
    records: list[dict[str, object]] = [
        {"ts": NOON, "level": "ERROR", "requestId": "r-1", "trace_id": "t-1", "method": "get",
         "url": "/v1", "status": 500},
        {"@timestamp": "2026-11-22T12:00:00Z", "log.level": "err", "x-request-id": "r-1",
         "traceId": "t-1", "http": {"method": "GET", "status_code": 500, "url": "/v1"}},
        {"__REALTIME_TIMESTAMP": "1795348800000000", "PRIORITY": "3", "correlation_id": "r-1",
         "dd.trace_id": "t-1", "verb": "GET", "path": "/v1", "statusCode": "500"},
        {"time": NOON * 1000, "severity": "Error", "trace": 1, "trace-id": "t-1",
         "request": {"id": "r-1", "method": "GET", "uri": "/v1"}, "response": {"status": 500}},
        {"@timestamp": "2026-11-22T12:00:00Z", "log": {"level": "error"}, "trace": {"id": "t-1"},
         "http": {"request": {"id": "r-1", "method": "GET"}, "response": {"status_code": 500}},
         "url": {"path": "/v1"}},
        {"@t": "2026-11-22T12:00:00Z", "@l": "Error", "@tr": "t-1", "RequestId": "r-1",
         "Method": "GET", "Url": "/v1", "StatusCode": 500},
        {"timeUnixNano": "1795348800000000000", "severityText": "ERROR", "traceId": "t-1",
         "attributes": [{"key": "http.method", "value": {"stringValue": "GET"}},
                        {"key": "http.status_code", "value": {"intValue": "500"}},
                        {"key": "request.id", "value": {"stringValue": "r-1"}},
                        {"key": "url.path", "value": {"stringValue": "/v1"}}]},
        {"timestamp": NOON * 1000, "status": "error", "dd": {"trace_id": "t-1"},
         "http": {"method": "GET", "url": "/v1", "status_code": 500, "request_id": "r-1"}},
        {"time": "2026-11-22T12:00:00Z", "level": "error", "request": "GET /v1 HTTP/1.1",
         "status": "500", "request_id": "r-1", "trace_id": "t-1"},
        {"level": "error", "time": NOON, "requestId": "r-1", "traceId": "t-1",
         "config": {"method": "get", "url": "/v1", "timeout": 0}, "response": {"status": 500}},
    ]  # fmt: skip

    assert [said] * 10 == [read_record([record], 2026) for record in records]  # type: ignore[list-item]


def test_the_nearest_record_counts() -> None:
    """An inner record says more about the body than the one around it."""
    outer = {"level": "info", "time": "2026-11-22T12:00:00Z", "status": 200}
    inner = {"status": 404}

    assert 404 == read_record([outer, inner], None).status
    assert Context(NOON, "info", status=404) == merge(
        Context(status=404), Context(NOON, "info", status=200)
    )


@pytest.mark.parametrize(
    ("record", "own"),
    [
        ({"level": "info", "message": "moored"}, True),
        ({"log": "moored", "stream": "stdout", "time": "t"}, True),
        ({"timestamp": 1, "message": "moored", "ingestionTime": 2}, True),
        ({"MESSAGE": "moored", "__REALTIME_TIMESTAMP": "1"}, True),
        ({"method": "GET", "url": "/v1", "response": {"code": 7}}, True),
        ({"time": "t", "response": "not a boat"}, True),
        ({"date": "d", "response": "ko", "code": 700}, False),
        ({"timestamp": 1, "message": '{"error": "e"}'}, True),
        ({"timestamp": 1, "message": "no boat"}, False),
        ({"error": "e"}, False),
        ({"timestamp": 1, "status": 404, "error": "Not Found", "path": "/v1"}, False),
        ({"code": 7, "message": "moored"}, False),
        ({"@timestamp": "t", "http": {}}, True),
        ({"@t": "t", "@mt": "moored {Boat}", "Boat": 7}, True),
        ({"timeUnixNano": "1", "body": {"stringValue": "moored"}}, True),
        ({"timestamp": 1, "status": "error", "dd": {}, "message": "moored"}, True),
        ({"time": "t", "request": "GET /v1 HTTP/1.1", "resp_body": "no such boat"}, True),
    ],
)
def test_records_of_the_log_are_no_bodies(record: dict[str, JSON], own: bool) -> None:
    """A record is told by what only loggers write, and by what it holds."""
    assert own == is_record(record)


@given(st.binary(max_size=300), st.binary(max_size=100))
def test_nothing_crashes(before: bytes, after: bytes) -> None:
    """Whatever stands around a body, the rest goes on."""
    context = read_words(before, after, 2026)

    assert context.status is None or 100 <= context.status <= 599


def test_a_colon_behind_an_id_is_none_of_it() -> None:
    """What ends the words around a request id is not taken with it."""
    said = read_words(b"2026-03-01 08:00:00 ERROR request_id=req-17: upstream said ")

    assert "req-17" == said.request_id
