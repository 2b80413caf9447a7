"""A scan as a whole: the same account, however it is shared out, stopped or disturbed."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_logs import SECRET, Reader, log, record, use_fakes

from errdecode.errors import InputError
from errdecode.scan.model import Sighting, Skipped
from errdecode.scan.run import Progress, ScanOptions, scan, scan_range
from errdecode.scan.run.account import Account, Lines, complete_lines
from errdecode.scan.run.interrupt import Interruption
from errdecode.scan.run.plan import choose_processes, choose_step, put_in_order
from errdecode.scan.run.pool import run_jobs
from errdecode.scan.run.progress import Meter, size_in_words
from errdecode.scan.run.ranges import Job, Manner, split
from errdecode.scan.sources import Source, find_sources
from errdecode.scan.tally import finish
from errdecode.scan.windows import Span


@pytest.fixture(autouse=True)
def _fake_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    use_fakes(monkeypatch)


def test_an_account_says_it_all(tmp_path: Path) -> None:
    """Files, bytes, lines, errors, groups with places, and what could not be read are counted."""
    (tmp_path / "a.log").write_bytes(log(30) + b'{"error":"CODE_9","said')
    (tmp_path / "b.log.gz").write_bytes(gzip.compress(log(3)))
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    found = scan([str(tmp_path)])
    place = found.groups[0].exemplars[0].place
    line = log(30)[place.offset :].splitlines()[0]

    assert (2, len(log(30)) + 23 + len(log(3)), 34) == (found.files, found.bytes, found.lines)
    assert (11, 1, "fake", 1) == (found.errors, found.unreadable_count, found.engine, found.jobs)
    assert {"CODE_0": 3, "CODE_1": 2, "CODE_2": 2, "CODE_3": 2, "CODE_4": 2} == {
        str(group.code): group.count for group in found.groups
    }
    assert [Skipped(f"{tmp_path}/c.png", "an image")] == list(found.skipped)
    assert 31 == found.unreadable[0].place.line
    assert line == record(place.line - 1).strip()
    assert (None, ()) == (found.interrupted, found.notes)


@given(st.binary(max_size=40), st.integers(1, 400), st.integers(1, 400), st.integers(0, 40))
@settings(max_examples=60)
def test_no_split_changes_the_account(noise: bytes, step: int, window: int, count: int) -> None:
    """Any ranges and windows, merged in any order, come to the account of the whole."""
    data = log(count) + noise + log(count)
    path = Path(os.environ["ERRDECODE_TEST_LOG"])
    path.write_bytes(data)
    source = Source("a.log", str(path), len(data))
    whole = scan_range(Job(source))
    parts = [scan_range(job) for job in split(source, Manner(window=window), step)]
    merged = Account()
    for part in reversed(parts):
        merged.merge(part)
    complete_lines(merged.tally, Lines(merged.newlines, step, lambda file, start: 1 / 0))

    assert finish(whole.tally) == finish(merged.tally)
    assert whole.tally.listed == merged.tally.listed
    assert (whole.bytes, whole.lines, 1) == (merged.bytes, merged.lines, merged.files)


@pytest.fixture(autouse=True)
def _log_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERRDECODE_TEST_LOG", str(tmp_path / "given.log"))


def test_what_leaves_a_process_is_masked(tmp_path: Path) -> None:
    """Neither a tally nor what is handed over holds a secret, unless secrets are asked for."""
    (tmp_path / "a.log").write_bytes(log(10) + b'{"error":"password=hunter2hunter2')
    source = next(iter(find_sources([str(tmp_path / "a.log")])))
    assert isinstance(source, Source)
    account = scan_range(Job(source, manner=Manner(keep=True)))
    shown = scan_range(Job(source, manner=Manner(keep=True, show_secrets=True)))

    assert "abcdefghij" not in repr((account.items, account.tally.__getstate__()))
    assert "abcdefghij" in repr(shown.items)


def test_a_fault_of_ours_costs_one_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When decoding fails, the rest of the scan goes on, and the payload is not told."""

    def fail(*_: object, **_options: object) -> Iterator[Sighting]:
        raise KeyError(SECRET)
        yield  # as a reader does

    monkeypatch.setattr(Reader, "read", fail)
    (tmp_path / "a.log").write_bytes(log(4))
    found = scan([str(tmp_path)])

    assert (1, 4) == (found.files, found.lines)
    assert "a fault in errdecode (KeyError in fail" in found.skipped[0].reason
    assert SECRET not in found.skipped[0].reason


def test_a_har_file_is_read_by_its_entries(tmp_path: Path) -> None:
    """Entries are counted with their lines; what follows the last whole one is told."""
    entry = '{"response":{"text":{"error":"CODE","said":"no"}}}'
    entries = ",\n".join([entry] * 3)
    whole = f'{{"log":{{"version":"1.2","creator":{{}},"entries":[\n{entries}\n]}}}}\n'
    (tmp_path / "a.har").write_text(whole)
    (tmp_path / "b.har.gz").write_bytes(gzip.compress(whole[:-30].encode()))
    found = scan([str(tmp_path)])
    places = [one.place for one in found.groups[0].exemplars]

    assert (2, 5, len(whole) * 2 - 30, 9) == (found.files, found.errors, found.bytes, found.lines)
    assert [2, 3, 4] == [place.line for place in places]
    assert whole[places[1].offset :].startswith('{"error"')
    assert ["it is cut off: its last entry was not read"] == [one.reason for one in found.skipped]


def test_what_is_missing_stops_a_scan(tmp_path: Path) -> None:
    """A path that is not there is an input error, before anything is read."""
    with pytest.raises(InputError):
        scan([str(tmp_path), str(tmp_path / "missing")])


def test_archives_and_vanished_files_go_through_processes(tmp_path: Path) -> None:
    """What cannot be split is one range, and a file that vanishes is skipped."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.log", log(50))
    sources = list(find_sources([str(tmp_path)]))
    jobs = [Job(one) for one in sources if isinstance(one, Source)]
    gone = Job(Source("gone.log", str(tmp_path / "gone.log"), 5))
    found = dict(run_jobs([*jobs, gone], 2, lambda: False, Work(tmp_path / "marker")))

    assert 17 == found[jobs[0]].tally.errors
    assert [Skipped("gone.log", "no such file or directory")] == found[gone].skipped


class Work:
    """Work of another process, which dies at the second range so many times."""

    def __init__(self, marker: Path, times: int = 0) -> None:
        self._marker, self._times = marker, times

    def __call__(self, job: Job, stop: Callable[[], bool]) -> Account:
        """Scan a range, or die."""
        if job.span.start == 10_000:
            with self._marker.open("a") as file:
                file.write("x")
            if self._marker.stat().st_size <= self._times:
                os.kill(os.getpid(), signal.SIGKILL)
        with pytest.MonkeyPatch.context() as patch:
            use_fakes(patch)
            return scan_range(job, stop)


@pytest.mark.parametrize(("times", "skipped"), [(1, 0), (9, 1)])
def test_a_process_that_dies_costs_its_range_at_most(
    tmp_path: Path, times: int, skipped: int
) -> None:
    """What it was at is done again; what it dies of twice is skipped; the rest is counted."""
    (tmp_path / "a.log").write_bytes(log(2000))
    (source,) = find_sources([str(tmp_path / "a.log")])
    assert isinstance(source, Source)
    work = Work(tmp_path / "marker", times)
    jobs = list(split(source, Manner(), 10_000))
    accounts = dict(run_jobs(jobs, 2, lambda: False, work))
    lost = [one for account in accounts.values() for one in account.skipped]
    notes = [note for account in accounts.values() for note in account.notes]

    assert len(jobs) == len(accounts)
    assert skipped == len(lost)
    assert 1 == len(notes)
    assert 667 - 67 * skipped <= sum(one.tally.errors for one in accounts.values())
    if skipped:
        assert lost[0].reason.startswith("bytes 10,000 to 20,000: left out")


def test_a_stop_gives_what_was_found(tmp_path: Path) -> None:
    """Ctrl-C ends a scan in order: what was found is counted, and it says how far it came."""
    (tmp_path / "a.log").write_bytes(log(20_000))
    asked = []

    def press(_: Progress) -> None:
        if not asked:
            asked.append(True)
            os.kill(os.getpid(), signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    found = scan([str(tmp_path)], ScanOptions(jobs=1, step=10_000), press)

    assert 0 < found.errors < 6667
    assert found.interrupted
    assert re.fullmatch(r"after [\d.]+ .?B of 1\.\d MB \(\d+ %\)", found.interrupted)
    assert before is signal.getsignal(signal.SIGINT)
    for group in found.groups:
        for one in group.exemplars:
            assert 1 == one.place.line % 3


def test_a_second_ctrl_c_ends_at_once() -> None:
    """Who presses twice does not want to wait."""
    with Interruption() as interruption:
        os.kill(os.getpid(), signal.SIGINT)

        assert interruption.stop()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)


def test_how_far_it_came_is_what_was_scanned(tmp_path: Path) -> None:
    """What was read ahead of the last window counts neither as done nor as scanned."""
    file = tmp_path / "a.log"
    file.write_bytes(log(200_000))
    (source,) = find_sources([str(file)])
    assert isinstance(source, Source)
    told: list[int] = []
    manner = Manner(window=1 << 20)
    account = scan_range(Job(source, Span(), manner), lambda: bool(told), told.append)

    assert account.unfinished
    assert 0 < account.bytes < file.stat().st_size - (2 << 20)
    assert (account.bytes, [account.bytes]) == (account.taken, told)


def test_progress_tells_rate_and_rest() -> None:
    """What was done, how fast, and how long the rest will take."""
    now = [0.0]
    told: list[Progress] = []
    meter = Meter(1000, told.append, clock=lambda: now[0])
    now[0] = 2.0
    meter.tell(400)

    assert [Progress(400, 1000, 200.0, 3.0)] == told
    assert "after 400 bytes of 1.0 kB (40 %)" == meter.said()
    assert ["999 bytes", "1.0 kB", "1.0 MB", "12.3 GB"] == [
        size_in_words(count) for count in (999, 1000, 999_600, 12_300_000_000)
    ]


def test_a_scan_is_shared_out_as_it_pays() -> None:
    """Little input needs no second process; a large one is cut into ranges for all."""
    small, large = Source("a", "a", 1 << 20), Source("b", "b", 10 << 30)
    folded = Source("c", "c", 10 << 20, layers=("gzip",))

    assert 1 == choose_processes([small], None, in_order=False)
    assert 7 == choose_processes([small], 7, in_order=False)
    assert choose_processes([large], None, in_order=False) == choose_processes(
        [folded], None, in_order=False
    )
    assert 1 == choose_processes([folded], 7, in_order=True)
    assert 64 << 20 == choose_step(10 << 30, 8, in_order=False)
    assert 4 << 20 == choose_step(10 << 20, 8, in_order=False)
    assert 12_500_000 == choose_step(100_000_000, 2, in_order=False)


@given(st.permutations(range(6)), st.integers(0, 6))
def test_accounts_are_put_in_order(order: list[int], missing: int) -> None:
    """Accounts that come as they like are given in the order of their jobs."""
    jobs = [Job(Source("a", "a"), Span(number, None)) for number in range(6)]
    done = [(jobs[number], Account()) for number in order if number != missing]
    given_ = [job.span.start for job, _ in put_in_order(jobs, done)]

    assert [number for number in range(6) if number != missing] == given_


def test_json_of_progress_is_plain() -> None:
    """Progress is four numbers, for whoever shows it."""
    assert "[1, null, 0.0, null]" == json.dumps(Progress(1, None, 0.0, None))
