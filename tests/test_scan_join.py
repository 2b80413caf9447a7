"""The request of an error in a log: found by ids or nearness, told with its reason, not guessed."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from logged import BODY
from sightings import sighting

from errdecode.catalog import open_catalog
from errdecode.render import View, render
from errdecode.scan.exemplar import open_exemplar
from errdecode.scan.join import Joined, find_request
from errdecode.scan.model import Sighting
from errdecode.scan.read import Reader
from errdecode.scan.requests import read_request
from errdecode.scan.run import ScanOptions, scan
from errdecode.scan.run.account import Item

SENT = '{"attributes": {"Name": false, "Age": 7}}'


def join(log: str, **context: str | None) -> Joined | None:
    """The request of the error whose body is the last one in a log."""
    data = log.encode()
    start = data.rindex(BODY.encode())
    error = sighting(start, length=len(BODY), **context)  # type: ignore[arg-type]  # all strings
    return find_request(data, start, start + len(BODY), error)


def told(joined: Joined | None) -> tuple[str | None, str | None, str | None]:
    """Method, URL and payload."""
    assert joined is not None
    request = joined.request
    url = request.url.value if request.url else None
    return request.method, url, request.body.value if request.body else None


# ---------------------------------------------------------------- ids


@pytest.mark.parametrize("name", ["request_id", "trace_id"])
@pytest.mark.parametrize(
    "line",
    [
        f"INFO id=r-1 POST https://api.example.com/a request body: {SENT}",
        f'{{"id": "r-1", "method": "POST", "url": "https://api.example.com/a", "body": {SENT}}}',
        f'{{"id": "r-1", "request": {{"method": "POST", "url": "https://api.example.com/a", '
        f'"body": {json.dumps(SENT)}}}}}',
        f'{{"id": "r-1", "http": {{"method": "POST", "url": "https://api.example.com/a"}}, '
        f'"request_body": {SENT}}}',
        f"DEBUG [r-1] curl -X POST https://api.example.com/a -d '{SENT}'",
        f"INFO [r-1] POST https://api.example.com/a {SENT}",
        f"INFO [r-1] method=POST url=https://api.example.com/a request={SENT}",
    ],
    ids=["text", "record", "within a request", "beside http", "curl", "bare", "request="],
)
def test_an_id_ties_a_request_to_its_error(name: str, line: str) -> None:
    """The line that bears the same id tells method, URL and payload as it was written."""
    log = f"{line}\nINFO r-2 GET https://api.example.com/b\nERROR r-1 failed: {BODY}\n"
    joined = join(log, **{name: "r-1"})

    assert ("POST", "https://api.example.com/a", SENT) == told(joined)
    assert joined is not None
    assert f"same {name.replace('_', ' ')}, r-1, 2 lines above" in joined.reason


def test_two_lines_of_one_id_are_put_together() -> None:
    """Method and URL may stand in one line, the payload in another."""
    log = f"r-1 POST /a\nr-1 payload={SENT}\nr-2 POST /b\nr-1 ERROR {BODY}\n"

    assert ("POST", "/a", SENT) == told(join(log, request_id="r-1"))


def test_an_id_within_a_longer_one_is_another() -> None:
    """`r-1` does not stand in `r-12`."""

    assert join(f"r-12 POST /a\nr-1 {BODY}", request_id="r-1") is None


def test_a_short_id_is_no_word() -> None:
    """An id of two characters ties nothing that only has such a word in it."""

    assert join(f"POST /a1 for a1\nrid=a1 {BODY}", request_id="a1") is None
    assert "/b" == told(join(f"rid=a1 POST /b\nPOST /a1\nrid=a1 {BODY}", request_id="a1"))[1]


def test_the_request_id_comes_before_the_trace_id() -> None:
    """Of several requests in a trace, the one with the error's own id is meant."""
    log = f"t r-1 POST /a\nt r-2 POST /b\nERROR {BODY}\n"

    assert "/a" == told(join(log, request_id="r-1", trace_id="t"))[1]
    assert "/b" == told(join(log, trace_id="t"))[1]


def test_a_trace_may_have_other_requests() -> None:
    """Where the error names its URL, a request to another one is passed over."""
    log = f"t POST /a\nt POST /b\nERROR {BODY}\n"

    assert "/a" == told(join(log, trace_id="t", url="/a"))[1]


# ---------------------------------------------------------------- nearness and the own record


def test_the_last_request_to_the_same_path_is_near() -> None:
    """Without ids it is the last one before the error, to the same host and path."""
    log = (
        f"POST https://api.example.com/a?x=1 body={SENT}\n"
        f"POST https://other.example.com/a\nGET https://api.example.com/a\n"
        f"POST https://api.example.com/b\nERROR {BODY}\nPOST https://api.example.com/a\n"
    )
    joined = join(log, url="https://api.example.com/a/", method="POST")

    assert ("POST", "https://api.example.com/a?x=1", SENT) == told(joined)
    assert joined is not None
    assert "the last request to /a before the error, 4 lines above" in joined.reason


def test_a_call_that_is_done_is_not_the_errors() -> None:
    """A line that tells of an answer ends the call that it is about; the request stands above."""
    call = "INFO method=POST url=https://api.example.com/a"
    log = f'{call} body={SENT}\n{call} status=200 body={{"id": 7}}\nERROR {BODY}'

    assert ("POST", "https://api.example.com/a", SENT) == told(
        join(log, url="https://api.example.com/a", method="POST")
    )


def test_what_stands_right_above_is_the_errors_if_nothing_else_is_known() -> None:
    """An error without address and ids takes the request in the very line above, and says so."""
    sent = f"INFO POST https://api.example.com/a {SENT}\n"
    joined = join(f"{sent}ERROR {BODY}")

    assert ("POST", "https://api.example.com/a", SENT) == told(joined)
    assert joined
    assert "in the line above" in joined.reason
    assert join(f"{sent}ERROR {BODY}", request_id="r-9") is None


def test_nothing_is_claimed_without_evidence() -> None:
    """Other ids, other addresses: the lines above may be anybody's."""
    sent = f"POST https://api.example.com/a body={SENT}\n"

    assert join(f"request_id=r-7 {sent}ERROR {BODY}\n") is None
    assert join(f"{sent}INFO moored\nERROR {BODY}\n") is None
    assert join(f"POST /a\nERROR {BODY}\n", url="/b") is None
    assert join("\n".join(["POST /a", *["x"] * 300, BODY]), url="/a") is None


def test_the_own_record_tells_its_request() -> None:
    """What the record that bears the error says of its request comes before all."""
    log = (
        f"r-1 POST /other\n"
        f'{{"request_id": "r-1", "request": {{"method": "PUT", "url": "/a", "body": {SENT}}}, '
        f'"response": {{"status": 400, "body": {BODY}}}}}\n'
    )
    joined = join(log, request_id="r-1")

    assert ("PUT", "/a", SENT) == told(joined)
    assert joined is not None
    assert "own record" in joined.reason


def test_the_answer_is_not_taken_for_the_request() -> None:
    """The `body` of a record that tells of an answer is the answer's."""
    log = f'{{"id": "r-1", "method": "PUT", "url": "/a", "status": 400, "body": {BODY}}}\n'

    assert ("PUT", "/a", None) == told(join(log, request_id="r-1"))
    assert read_request(f"ERROR response body: {BODY}") is None


@settings(max_examples=60)
@given(st.text(max_size=200), st.text(max_size=5))
def test_any_line_can_be_read(line: str, id: str) -> None:
    """No line is too odd: what it does not tell is None."""
    read_request(line)
    join(f"{line}\n{id} {BODY}".encode("utf-8", "replace").decode(), request_id=id, url=id)


@pytest.mark.parametrize(
    "line", ["{" * 100_000, '{"a":' * 50_000, "body=" * 50_000, "GET /" * 50_000]
)
def test_hostile_lines_cost_little(line: str) -> None:
    """A line of any size and depth is read in no time, or not at all."""

    read_request(line)


# ---------------------------------------------------------------- opened


def sightings_in(file: Path, data: bytes) -> list[Sighting]:
    """The errors of a file, each line of which may bear one."""
    lines = [0, *(at + 1 for at, byte in enumerate(data) if byte == 10 and at + 1 < len(data))]
    found = Reader(open_catalog()).read(data, lines, 0, str(file))
    return [one for one in found if isinstance(one, Sighting)]


LOGS = {
    "text": f"x\nrequest_id=req-17 POST /a body={SENT}\nERROR request_id=req-17: {BODY}\n",
    "record": f'{{"trace_id": "t-1", "method": "POST", "url": "/a", "body": {SENT}}}\n'
    f'{{"level": "error", "trace_id": "t-1", "response": {json.dumps(BODY)}}}\n',
    "transcript": f"$ curl -i -X POST https://api.example.com/a -d '{SENT}'\n"
    f"HTTP/1.1 400 Bad Request\nContent-Type: application/json\n\n{BODY}\n",
}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("kind", LOGS)
def test_an_exemplar_is_opened_with_its_request(tmp_path: Path, kind: str, packed: bool) -> None:
    """The full answer shows the fault in the request that the log holds, and where it stands."""
    data = LOGS[kind].encode()
    file = tmp_path / ("app.log.gz" if packed else "app.log")
    file.write_bytes(gzip.compress(data) if packed else data)
    found = sightings_in(file, data)
    opened = open_exemplar(found[-1], open_catalog())

    assert opened.report is not None
    shown = render(opened.report, "terminal", View())
    assert f"it stands in {file}, line" in shown
    assert '{"attributes": {"Name": false, "Age": 7}}' in shown
    assert "^^^^^" in shown


def test_the_joined_request_does_not_change_the_format(tmp_path: Path) -> None:
    """An application's own answer is not the one of the host that it had asked before."""
    asked = {"request_id": "r-9", "method": "POST", "url": "https://api.stripe.com/v1/charges"}
    body = {"timestamp": "2026-03-01T08:00:00.000+00:00", "status": 500, "path": "/orders"}
    answered = {"error": "Internal Server Error", **body}
    failed = {"level": "error", "request_id": "r-9", "response": json.dumps(answered)}
    data = "\n".join(map(json.dumps, (asked, failed))).encode()
    file = tmp_path / "app.log"
    file.write_bytes(data)
    (found,) = sightings_in(file, data)
    report = open_exemplar(found, open_catalog()).report

    assert report is not None
    assert report.format is not None
    assert ("spring", "spring") == (found.format, report.format.id)
    assert report.exchange.request is not None
    assert "POST" == report.exchange.request.method


def test_what_has_changed_is_told(tmp_path: Path) -> None:
    """A file that is gone, shorter, or says something else by now gives a reason, not a report."""
    file = tmp_path / "app.log"
    data = LOGS["text"].encode()
    file.write_bytes(data)
    found = sightings_in(file, data)[0]

    for now in (b"short", data.replace(b"{", b"_")):
        file.write_bytes(now)
        opened = open_exemplar(found, open_catalog())
        assert (None, True) == (opened.report, "changed" in (opened.reason or ""))
    file.unlink()
    assert "cannot be read again" in (open_exemplar(found, open_catalog()).reason or "")
    stdin = found._replace(place=found.place._replace(file="-"))
    assert "standard input" in (open_exemplar(stdin, open_catalog()).reason or "")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "marked"])
def test_each_entry_that_is_counted_can_be_opened(tmp_path: Path, mark: bytes) -> None:
    """What a scan finds in a HAR file is opened by its place, whatever else failed there."""
    bodies = {402: BODY, 200: '{"errors": [{"message": "no field é"}], "data": null}'}
    entries = [
        {
            "request": {"method": "POST", "url": f"https://api.example.com/{status}"},
            "response": {
                "status": status,
                "content": {"mimeType": "application/json", "text": text},
            },
        }
        for status, text in bodies.items()
    ]
    file = tmp_path / "x.har"
    whole = {"log": {"version": "1.2", "creator": {"name": "é"}, "entries": entries}}
    file.write_bytes(mark + json.dumps(whole, ensure_ascii=False).encode())
    found: list[Item] = []
    scan([str(file)], ScanOptions(jobs=1), None, found.append)
    reports = [
        open_exemplar(one, open_catalog()).report for one in found if isinstance(one, Sighting)
    ]

    assert [402, 200] == [
        report and report.exchange.response and report.exchange.response.status
        for report in reports
    ]


def test_a_har_entry_is_opened_with_its_request(tmp_path: Path) -> None:
    """What stands in a HAR file is opened with the entry's own request."""
    content = {"mimeType": "application/json", "text": BODY}
    sent = {"method": "POST", "url": "https://api.example.com/a", "headers": []}
    bodies = [SENT.replace("7", str(number)) for number in range(3)]
    entries = [
        {
            "request": {**sent, "postData": {"mimeType": "application/json", "text": text}},
            "response": {"status": 400, "statusText": "é", "headers": [], "content": content},
        }
        for text in bodies
    ]
    data = json.dumps({"log": {"entries": entries}}, ensure_ascii=False).encode()
    file = tmp_path / "x.har"
    file.write_bytes(data)
    escaped = json.dumps(BODY)[1:-1].encode()
    second = data.index(escaped, data.index(escaped) + 1)
    found = sighting(second, file=str(file), length=len(escaped))._replace(wrapper="har")
    report = open_exemplar(found, open_catalog()).report

    assert report is not None
    assert report.exchange.request is not None
    assert report.exchange.request.body is not None
    assert bodies[1] == report.exchange.request.body.value
