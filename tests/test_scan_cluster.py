"""A scan on a cluster: the account of the local run, also when a worker is lost on the way."""

from __future__ import annotations

import builtins
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from errdecode.errors import InputError, UsageError
from errdecode.scan.cluster import connect, run_with
from errdecode.scan.run.account import Account, Lines, complete_lines, merge_accounts
from errdecode.scan.run.ranges import Job, Manner, scan_range, split
from errdecode.scan.sources import Source
from errdecode.scan.tally import finish

distributed = pytest.importorskip("distributed", reason="the extra [dask] is not installed")

SECRET = "sk_live_51MzQxYbRkTgVnWpLsHcJdFeA"
STEP = 10_000


def record(number: int) -> str:
    """A line of a log; each twentieth one bears an error, in turn of three formats."""
    time = f'"time":"2026-01-02T03:{number // 60 % 60:02}:{number % 60:02}Z"'
    if number % 20:
        return f'{{{time},"level":"info","message":"request {number} was answered"}}\n'
    bodies = (
        '{"type":"https://example.com/out-of-credit","title":"No credit","status":403,'
        f'"detail":"The key {SECRET} has no credit left."}}',
        f'{{"error":{{"code":"rate_limit","message":"slow down, {number}","type":"rate"}}}}',
        '{"errors":[{"message":"No such field","extensions":{"code":"BAD_FIELD"}}]}',
    )
    return f'{{{time},"level":"error","body":{bodies[number // 20 % 3]}}}\n'


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> list[Job]:
    """The ranges of a log."""
    path = tmp_path_factory.mktemp("logs") / "app.log"
    path.write_text("".join(map(record, range(4_000))))
    source = Source("app.log", str(path), path.stat().st_size)
    return list(split(source, Manner(engine="stdlib", keep=True), STEP))


@pytest.fixture(scope="module")
def client(warm: Path) -> Iterator[object]:
    """Two workers, each a process of its own; the catalog is compiled for all of them."""
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def summary(account: Account) -> tuple[object, ...]:
    """What an account says, in a form that can be compared."""
    lines = Lines(account.newlines, STEP, lambda file, start: 1 // 0)
    complete_lines(account.tally, lines)
    counts = (account.files, account.bytes, account.lines, account.taken, account.ranges)
    return (finish(account.tally), account.tally.errors, counts, account.skipped)


def here(jobs: list[Job]) -> Account:
    """The account of the local run."""
    return merge_accounts(scan_range(job) for job in jobs)


def dying(marker: Path) -> Callable[[Job], Account]:
    """Work that kills its process once, in the midst of the scan."""
    path = str(marker)

    def work(job: Job) -> Account:
        if job.span.start == 20 * 10_000 and not os.path.exists(path):
            open(path, "w").close()
            os.kill(os.getpid(), signal.SIGKILL)
        return scan_range(job)

    return work


def test_a_lost_worker_loses_nothing(jobs: list[Job], client: object, tmp_path: Path) -> None:
    """With a worker killed in mid-scan, what comes back is what the local run counts; masked."""
    marker = tmp_path / "killed"
    done: list[int] = []
    work = dying(marker)
    accounts = list(
        run_with(client, jobs, lambda: False, done.append, apart=False, work=work)  # type: ignore[arg-type]
    )

    assert marker.exists()
    assert 1 == len(accounts)
    assert summary(here(jobs)) == summary(accounts[0][1])
    assert sum(job.size for job in jobs) == sum(done)
    assert SECRET not in repr(accounts[0][1].tally.__getstate__())


def test_each_range_can_come_apart(jobs: list[Job], client: object) -> None:
    """Errors that are asked for come with the account of their range, masked."""
    some = jobs[:5]
    found = dict(run_with(client, some, lambda: False, lambda _: None, apart=True))  # type: ignore[arg-type]

    assert set(some) == set(found)
    assert [scan_range(job).items for job in some] == [found[job].items for job in some]
    assert SECRET not in repr([account.items for account in found.values()])


def test_a_range_that_fails_is_skipped(jobs: list[Job], client: object) -> None:
    """What raises on a worker costs its range alone, and does not tell what it read."""

    def work(job: Job) -> Account:
        if job.span.start:
            raise RuntimeError("payload")
        return scan_range(job)

    ((_, account),) = run_with(
        client,
        jobs[:3],
        lambda: False,
        lambda _: None,
        apart=False,
        work=work,  # type: ignore[arg-type]
    )

    told = "left out, for it failed on the cluster (RuntimeError)"
    reasons = {one.reason for one in account.skipped}  # they come back in any order
    assert 1 == account.files
    assert {f"bytes 10,000 to 20,000: {told}", f"bytes 20,000 to 30,000: {told}"} == reasons


def test_a_stop_gives_what_is_there(jobs: list[Job], client: object) -> None:
    """When the user stops, the ranges that are done are counted."""
    done: list[int] = []
    ((_, account),) = run_with(
        client,
        jobs,
        lambda: len(done) >= 4,
        done.append,
        apart=False,  # type: ignore[arg-type]
    )

    assert 4 <= account.ranges < len(jobs)


def test_without_a_scheduler_it_says_so() -> None:
    """An address where nobody listens is an input error, with an example of one."""
    with pytest.raises(InputError, match=r"no scheduler at tcp://127\.0\.0\.1:9") as caught:
        connect("tcp://127.0.0.1:9", patience=0.2).__enter__()

    assert "tcp://" in str(caught.value.hint)


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--scheduler` without dask.distributed is a usage error."""
    real = builtins.__import__

    def fake(name: str, *arguments: object) -> object:
        if name == "distributed":
            raise ImportError(name)
        return real(name, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", fake)
    with pytest.raises(UsageError, match=r"dask\.distributed"):
        connect("local").__enter__()
