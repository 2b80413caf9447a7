"""A log of many kinds of bodies has one account, whatever ranges and windows it is read in."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.scan.run import Progress, ScanOptions, scan
from errdecode.scan.run.account import Account, Item, Lines, complete_lines
from errdecode.scan.run.ranges import Job, Manner, scan_range, split
from errdecode.scan.sources import Source
from errdecode.scan.tally import finish

BODY = {
    "type": "https://example.com/problems/no-credit",
    "title": "No credit",
    "status": 403,
    "detail": "Your balance is 30, but that costs 50.",
}
PLAIN = '{"time":"2026-01-02T03:04:05Z","level":"info","message":"request 7 was answered"}\n'
BLOCKS = (
    PLAIN * 5,
    json.dumps({"time": "2026-01-02T03:04:06Z", "level": "error", "body": BODY}) + "\n",
    json.dumps({"level": "error", "request_id": "r-1", "body": json.dumps(BODY)}) + "\n",
    f"2026-01-02 03:04:07,123 ERROR client - POST /v1/pay answered 403: {json.dumps(BODY)}\n",
    f"{json.dumps(BODY, indent=2)}\n",
    "HTTP/1.1 403 Forbidden\nContent-Type: application/problem+json\n\n"
    f"{json.dumps(BODY, indent=2)}\n\n",
    "ERROR said <Error><Code>NoSuchKey</Code><Message>There is no such key.</Message>"
    "<Resource>/bucket/key</Resource><RequestId>4442587FB7D0A2F9</RequestId></Error>\n",
    f"naïve {PLAIN}\x00\x00\x00\n",
    '$ curl -s https://api.example.com/v1/berths\n{"error":{"code":"no_berth"}}\n',
    "$ curl -sv https://api.example.org/v1\n* Could not resolve host: api.example.org\n"
    "curl: (6) Could not resolve host: api.example.org\n",
    "HTTP/1.1 404 Not Found\nContent-Length: 0\nX-Request-Id: r-9\n\n",
    "AxiosError: Request failed with status code 403\n    at settle (/srv/client.js:19:12) {\n"
    "  config: { method: 'get', url: 'https://api.example.com/v1' },\n  response: {\n"
    "    status: 403,\n    data: { title: 'No credit' }\n  }\n}\n",
    "api | HTTPError: Response code 403 (Forbidden)\napi |     at settle (/srv/client.js:19:12) {\n"
    'api |   response: { statusCode: 403, body: \'{"title":"No credit"}\' }\napi | }\n',
    "api | > GET /v1 HTTP/1.1\napi | > X-Api-Key: tide-harbour-77\napi | > \n"
    "api | < HTTP/1.1 403 Forbidden\napi | < \n"
    'api | {"error":{"code":"no_key","message":"tide-harbour-77 is no key"}}\n',
)


def whole(account: Account, step: int) -> tuple[object, ...]:
    """What an account says, with all lines counted from the file's first."""
    complete_lines(account.tally, Lines(account.newlines, step, lambda file, start: 1 // 0))
    return (
        finish(account.tally),
        account.tally.listed,
        account.tally.unreadable,
        (account.files, account.bytes, account.lines),
        account.skipped,
    )


@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=12), st.data())
@settings(max_examples=8)
def test_an_account_does_not_hang_on_the_split(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[str], data: st.DataObject
) -> None:
    """Ranges and windows of any size, and either engine, come to the account of one range."""
    log = "".join(blocks).encode()
    path = tmp_path_factory.mktemp("logs") / "app.log"
    path.write_bytes(log)
    step = data.draw(st.integers(max(1, len(log) // 5), len(log)), "step")
    window = data.draw(st.integers(max(1, len(log) // 5), len(log)), "window")
    source = Source("app.log", str(path), len(log))
    merged = Account()
    for job in reversed(list(split(source, Manner(engine="stdlib", window=window), step))):
        merged.merge(scan_range(job))

    assert whole(scan_range(Job(source, size=len(log))), step)[:4] == whole(merged, step)[:4]


def test_processes_find_what_one_finds(tmp_path: Path, warm: Path) -> None:
    """Two processes with decoders of their own come to the account of one."""
    (tmp_path / "a.log").write_text("".join(BLOCKS) * 40, encoding="utf-8")
    one = scan([str(tmp_path)], ScanOptions(jobs=1))
    two = scan([str(tmp_path)], ScanOptions(jobs=2, step=40_000))

    assert one._replace(seconds=0, jobs=2) == two._replace(seconds=0)
    assert one.errors == 40 * 12
    assert ("rfc9457", 200) == (one.groups[0].format, one.groups[0].count)


def test_errors_are_handed_over_in_order(tmp_path: Path, warm: Path) -> None:
    """Each error comes once, by file and place, with the line it stands in, and in both ways."""
    (tmp_path / "a.log").write_text("".join(BLOCKS) * 30, encoding="utf-8")
    (tmp_path / "b.log").write_text("".join(BLOCKS), encoding="utf-8")
    one: list[Item] = []
    two: list[Item] = []
    scan([str(tmp_path)], ScanOptions(jobs=1), each=one.append)
    scan([str(tmp_path)], ScanOptions(jobs=2, step=15_000), each=two.append)

    assert one == two
    assert sorted(one, key=lambda item: item.place) == one
    assert 31 * 12 == len(one)


def test_processes_stop_when_asked(tmp_path: Path, warm: Path) -> None:
    """Ctrl-C ends all processes in order: what was found is counted, and how far it came said."""
    (tmp_path / "a.log").write_text(PLAIN * 4000 + "".join(BLOCKS), encoding="utf-8")

    def press(_: Progress) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    found = scan([str(tmp_path)], ScanOptions(jobs=2, step=10_000), Once(press))

    assert found.interrupted
    assert 0 < found.bytes < 4000 * len(PLAIN)


class Once:
    """Calls something the first time it is called."""

    def __init__(self, act: Callable[[Progress], None]) -> None:
        self._act: Callable[[Progress], None] | None = act

    def __call__(self, progress: Progress) -> None:
        """Call it, if that was not done before."""
        act, self._act = self._act, None
        if act:
            act(progress)


def test_a_line_without_end_needs_no_memory(tmp_path: Path) -> None:
    """A hole of NULs and a line of a hundred megabytes cost time, and no memory."""
    import resource

    path = tmp_path / "app.log"
    error = json.dumps({"level": "error", "body": BODY}).encode()
    with path.open("wb") as file:
        file.write(error + b"\n")
        file.truncate(100_000_000)
        file.seek(0, 2)
        file.write(b"\n" + error)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = scan([str(path)], ScanOptions(jobs=1))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert (2, 3) == (found.errors, found.lines)
    assert after - before < 90_000
