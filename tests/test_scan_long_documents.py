"""A JSON document of any length is read record by record, as a log of the same records is."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.catalog import open_catalog
from errdecode.scan.exemplar import open_exemplar
from errdecode.scan.model import Place, Sighting
from errdecode.scan.run import ScanOptions, scan
from errdecode.scan.run.account import Account, Item
from errdecode.scan.run.ranges import Job, Manner, scan_range, split
from errdecode.scan.sources import Source
from errdecode.scan.windows import Span

BODY = {
    "type": "https://example.com/problems/no-credit",
    "title": "No credit",
    "status": 403,
    "detail": "Your balance is 30, but that costs 50.",
}
SENT = json.dumps(BODY)


def records(count: int) -> list[Any]:
    """Records of many kinds, one in eight of them with an error."""
    kinds: tuple[Callable[[int], Any], ...] = (
        lambda n: {"time": f"2026-01-02T03:04:{n % 60:02}Z", "level": "error", "body": BODY},
        lambda n: {"level": "error", "request_id": f"r-{n}", "body": SENT},
        lambda n: {"timestamp": 1767322800000 + n, "message": f"POST /v1/{n} answered 403: {SENT}"},
        lambda n: BODY,
        lambda n: {"stream": {"app": "pay"}, "entry": {"values": [{"ts": n, "response": BODY}]}},
        lambda n: [str(1767322800 + n), f"ERROR client - GET /v1/{n} answered 403: {SENT}"],
        lambda n: {"level": "error", "text": 'she said: "},{" and [', "body": BODY, "é": '\\"'},
    )
    plain = {"time": "2026-01-02T03:04:05Z", "level": "info", "message": "it was answered. " * 12}
    return [plain if n % 8 else kinds[n // 8 % len(kinds)](n) for n in range(count)]


RECORDS = records(2400)
COMPACT = (",", ":")
DOCUMENTS: dict[str, Callable[[list[Any]], str]] = {
    "array": lambda all: json.dumps(all, separators=COMPACT),
    "member": lambda all: json.dumps({"next": None, "events": all, "n": 1}, separators=COMPACT),
    "nested": lambda all: json.dumps({"took": 5, "hits": {"total": 9, "hits": all}}),
    "pretty": lambda all: json.dumps({"events": all}, indent=2),
    "tabs": lambda all: json.dumps({"data": {"result": all}}, indent="\t", ensure_ascii=False),
    "narrow": lambda all: json.dumps([all], indent=0),
    "Python 2": lambda all: json.dumps(all, indent=1, separators=(", ", ": ")),
    "Windows": lambda all: json.dumps(all, indent=4).replace("\n", "\r\n"),
    "a line each": lambda all: "[\n" + ",\n".join(map(json.dumps, all)) + "\n]\n",
    "batches": lambda all: "".join(
        json.dumps({"batch": n, "events": all[n : n + 1300]}) + "\n" for n in (0, 1300)
    ),
    "words": lambda all: f"2026-01-02 03:04:05 INFO answer: {json.dumps({'a': all})} in 5 ms\n",
}


def found_in(folder: Path, text: str, **options: Any) -> list[Item]:
    """Every error of a file with that text."""
    path = folder / "export.json"
    path.write_bytes(text.encode())
    items: list[Item] = []
    scan([str(path)], ScanOptions(jobs=1, **options), each=items.append)
    return items


def said(items: list[Item]) -> list[Item]:
    """Errors without their places and lengths."""
    here = Place("", 0, 0)
    return [
        one._replace(place=here, length=0)
        if isinstance(one, Sighting)
        else one._replace(place=here)
        for one in items
    ]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_records_are_read_as_if_each_had_a_line(tmp_path: Path, kind: str) -> None:
    """A document has the errors of the log of its records, each with its own context."""
    log = found_in(tmp_path, "".join(json.dumps(one) + "\n" for one in RECORDS))
    document = found_in(tmp_path, DOCUMENTS[kind](RECORDS))

    assert said(log) == said(document)
    assert len(RECORDS) // 8 == len(log)


@pytest.mark.parametrize("count", [16, 80, 400])
@pytest.mark.parametrize("kind", [kind for kind in DOCUMENTS if kind != "narrow"])
def test_short_documents_are_read_so_too(tmp_path: Path, kind: str, count: int) -> None:
    """Each record has its error; what stands around the records may tell more of it."""
    log = found_in(tmp_path, "".join(json.dumps(one) + "\n" for one in RECORDS[:count]))
    document = found_in(tmp_path, DOCUMENTS[kind](RECORDS[:count]))

    assert count // 8 == len(log) == len(document)
    for one, other in zip(log, document, strict=True):
        assert isinstance(one, Sighting)
        assert isinstance(other, Sighting)
        assert (one.code, one.context.request_id) == (other.code, other.context.request_id)
        assert one.context.time in (None, other.context.time)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_places_are_those_of_the_file(tmp_path: Path, kind: str) -> None:
    """Offset, length and line of an error lead to its bytes, in order and none twice."""
    text = DOCUMENTS[kind](RECORDS)
    items = found_in(tmp_path, text)
    data = text.encode()
    bodies = [data[one.place.offset :][: one.length] for one in items if isinstance(one, Sighting)]
    places = [one.place for one in items]

    assert [data.count(b"\n", 0, one.offset) + 1 for one in places] == [one.line for one in places]
    assert sorted(set(places)) == places
    assert {b"{"} == {body[:1] for body in bodies}
    assert {b"}"} == {body[-1:] for body in bodies}
    assert all(b"no-credit" in body for body in bodies)


@given(st.sampled_from(["member", "nested", "pretty", "batches"]), st.data())
@settings(max_examples=6)
def test_what_is_found_does_not_hang_on_the_split(
    tmp_path_factory: pytest.TempPathFactory, kind: str, data: st.DataObject
) -> None:
    """Ranges and windows of any size come to the errors and the lines of one range."""
    text = DOCUMENTS[kind](RECORDS[: data.draw(st.integers(1300, 2400), "records")]).encode()
    path = tmp_path_factory.mktemp("logs") / "export.json"
    path.write_bytes(text)
    step = data.draw(st.integers(len(text) // 5, len(text)), "step")
    window = data.draw(st.integers(len(text) // 5, len(text)), "window")
    source = Source("export.json", str(path), len(text))
    whole = scan_range(Job(source, Span(), Manner(engine="stdlib", keep=True)))
    manner = Manner(engine="stdlib", window=window, keep=True)
    parts = [scan_range(job) for job in split(source, manner, step)]

    assert offsets(whole) == [place for part in parts for place in offsets(part)]
    assert whole.lines == sum(part.lines for part in parts)


def offsets(account: Account) -> list[tuple[int, str | None]]:
    """Where each error begins, and its code."""
    return [(one.place.offset, getattr(one, "code", None)) for one in account.items]


@pytest.mark.parametrize("engine", ["hyperscan", "rg"])
def test_engines_find_the_same(tmp_path: Path, engine: str) -> None:
    """Each engine finds the records that the standard library finds."""
    from errdecode.scan.engines import choose
    from errdecode.scan.signals import signals

    if choose(signals(open_catalog()), engine) is None:
        pytest.skip(f"{engine} is not installed")
    text = DOCUMENTS["nested"](RECORDS)

    assert found_in(tmp_path, text, engine="stdlib") == found_in(tmp_path, text, engine=engine)


def test_processes_find_the_same(tmp_path: Path, warm: Path) -> None:
    """Two processes share a document's ranges as they share those of a log."""
    path = tmp_path / "export.json"
    path.write_text(DOCUMENTS["member"](RECORDS), encoding="utf-8")
    one = scan([str(path)], ScanOptions(jobs=1))
    two = scan([str(path)], ScanOptions(jobs=2, step=200_000))

    assert one._replace(seconds=0, jobs=2) == two._replace(seconds=0)


@pytest.mark.parametrize("kind", ["member", "pretty", "batches"])
def test_an_error_is_opened_again(tmp_path: Path, kind: str) -> None:
    """An error in a long document is read again and decoded in full."""
    items = found_in(tmp_path, DOCUMENTS[kind](RECORDS))
    for one in islice(items, 0, None, 37):
        assert isinstance(one, Sighting)
        report = open_exemplar(one, open_catalog()).report

        assert report
        assert ["No credit"] == [one.problem.title for one in report.diagnostics]


def test_members_of_a_long_object_are_a_record(tmp_path: Path) -> None:
    """An error is found whose object is long because of one of its members."""
    trace = [{"at": f"frame {n}", "line": n} for n in range(12_000)]
    first = json.dumps({**BODY, "trace": trace})
    last = json.dumps({"trace": trace, **BODY})

    assert [403] == [getattr(one, "status", 0) for one in found_in(tmp_path, first)]
    assert [403] == [getattr(one, "status", 0) for one in found_in(tmp_path, last)]


def test_a_document_needs_no_memory(tmp_path: Path) -> None:
    """A document of a hundred megabytes on one line is held in part at any time."""
    import resource

    path = tmp_path / "export.json"
    error = json.dumps({"level": "error", "body": BODY}).encode()
    plain = b'{"level":"info","message":"' + b"x" * 200_000 + b'"},'
    with path.open("wb") as file:
        file.write(b'{"events":[' + error + b",")
        for _ in range(500):
            file.write(plain)
        file.write(error + b"]}")
    warm_up = tmp_path / "small.log"
    warm_up.write_bytes(error)
    scan([str(warm_up)], ScanOptions(jobs=1, engine="stdlib"))  # what all need is there now
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = scan([str(path)], ScanOptions(jobs=1, engine="stdlib"))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert (2, 1, 0) == (found.errors, found.lines, found.unreadable_count)
    assert after - before < 90_000
