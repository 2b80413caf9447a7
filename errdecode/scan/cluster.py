"""A scan on dask.distributed: the same function on each range, merged as a tree on the workers.

A range goes to a worker as a few hundred bytes and comes back as a tally, masked. `FAN` accounts at
a time are merged on the workers, so one account reaches this process, however many ranges there
are. What a lost worker held, the scheduler computes again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import sleep
from typing import Literal, Protocol

from errdecode.errors import InputError, UsageError
from errdecode.scan.model import Skipped
from errdecode.scan.run.account import Account, merge_accounts
from errdecode.scan.run.ranges import Job, scan_range
from errdecode.scan.sources import Stop, is_remote

FAN = 16
"""Accounts that are merged at once."""
_AHEAD = 4
"""Ranges that wait or run for each thread of the cluster."""
_TICK = 0.05
"""Seconds between two looks at what is done."""

Done = tuple[Job, Account]


class Future(Protocol):
    """What is or will be done on a cluster: the part of `distributed.Future` that is used."""

    status: Literal["pending", "finished", "error", "lost", "cancelled"]

    def result(self) -> Account:
        """Its account, or what it raised."""


class Client(Protocol):
    """The part of `distributed.Client` that is used."""

    loop: object

    def submit(self, function: object, /, *arguments: object, pure: bool) -> Future:
        """Have a function called on a worker; `pure`: equal calls are one."""

    def cancel(self, futures: list[Future], /) -> object:
        """Forget what is not wanted any more."""

    def gather(self, futures: list[Future], /) -> list[Account]:
        """Bring accounts here."""

    def nthreads(self) -> dict[str, int]:
        """The threads of each worker."""


def run_on_cluster(
    jobs: Iterable[Job], scheduler: str, stop: Stop, tell: Callable[[int], None], *, apart: bool
) -> Iterator[Done]:
    """Scan ranges on a cluster: `scheduler` is its address, or `local` for one on this machine.

    `tell` is told the bytes of each range that is done. `apart`: each range comes with its own
    account; otherwise one comes for all. Raises `UsageError` without dask.distributed, `InputError`
    when there is no scheduler at the address.
    """
    with connect(scheduler) as client:
        yield from run_with(client, jobs, stop, tell, apart=apart)


@contextmanager
def connect(scheduler: str, patience: float = 10) -> Iterator[Client]:
    """A client of a scheduler, which is waited for some seconds; see `run_on_cluster`."""
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        hint = "pip install 'errdecode[dask]'"
        raise UsageError("--scheduler needs dask.distributed, which is not there", hint) from None
    if scheduler == "local":
        with (
            LocalCluster(threads_per_worker=1, dashboard_address=None) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(scheduler, timeout=patience)
    except (OSError, ValueError) as fault:  # a TimeoutError is an OSError
        said = str(fault).strip().splitlines()
        hint = "an address looks like tcp://scheduler.example.com:8786"
        raise InputError(f"no scheduler at {scheduler}: {said[0] if said else ''}", hint) from None
    with client:
        yield client


def run_with(
    client: Client,
    jobs: Iterable[Job],
    stop: Stop,
    tell: Callable[[int], None],
    *,
    apart: bool,
    work: Callable[[Job], Account] = scan_range,
) -> Iterator[Done]:
    """Scan ranges with a client; see `run_on_cluster`."""
    crew = _Crew(client, work, tell)
    for job, future in crew.scan(jobs, stop):
        if apart:
            yield job, crew.fetch(job, future)
        else:
            crew.gather(job, future)
    merged = crew.rest()
    if merged:
        yield merged


class _Crew:
    """The workers, and what they are at."""

    def __init__(
        self, client: Client, work: Callable[[Job], Account], tell: Callable[[int], None]
    ) -> None:
        self._client, self._work, self._tell = client, work, tell
        self._job: Job | None = None
        self._ready: list[list[Future]] = []
        """By how often they were merged: accounts that wait for others."""
        self._failed: list[Account] = []
        threads = sum(client.nthreads().values())
        self._room = max(FAN, threads * _AHEAD)

    def scan(self, jobs: Iterable[Job], stop: Stop) -> Iterator[tuple[Job, Future]]:
        """Hand out ranges; each comes back when it is done or has failed."""
        from distributed import as_completed

        waiting = iter(jobs)
        running: dict[Future, Job] = {}
        done = as_completed(loop=self._client.loop)
        while True:
            while not stop() and len(running) < self._room:
                job = next(waiting, None)
                if job is None:
                    break
                future = self._submit(self._work, _with_whole_path(job))
                running[future] = job
                done.add(future)
            if stop():
                self._client.cancel(list(running))
                return
            if not running:
                return
            batch: list[Future] = done.next_batch(block=False)
            if not batch:
                sleep(_TICK)
            for future in batch:
                job = running.pop(future)
                self._tell(job.size)
                yield job, future

    def _submit(self, work: Callable[..., Account], *arguments: object) -> Future:
        return self._client.submit(work, *arguments, pure=False)

    def fetch(self, job: Job, future: Future) -> Account:
        """The account of a range; one that says why when the range failed."""
        try:
            return future.result()
        except Exception as fault:  # what the work raised, or KilledWorker
            account = Account(show_secrets=job.manner.show_secrets)
            reason = f"left out, for it failed on the cluster ({type(fault).__name__})"
            part = job.span.end is not None
            where = f"bytes {job.span[0]:,} to {job.span[1]:,}: " if part else ""
            account.skipped.append(Skipped(job.source.file, where + reason, part=part))
            return account

    def gather(self, job: Job, future: Future) -> None:
        """Let the account of a range be merged with those of others."""
        self._job = self._job or job
        if future.status == "error":
            self._failed.append(self.fetch(job, future))
        else:
            self._add(0, future)

    def _add(self, level: int, future: Future) -> None:
        if level == len(self._ready):
            self._ready.append([])
        ready = self._ready[level]
        ready.append(future)
        if len(ready) == FAN:
            self._ready[level] = []
            self._add(level + 1, self._submit(_merge, ready))

    def rest(self) -> Done | None:
        """What all gathered accounts come to; None when none was gathered."""
        if self._job is None:
            return None
        left = [future for level in self._ready for future in level]
        while len(left) > FAN:
            left = [self._submit(_merge, left[at : at + FAN]) for at in range(0, len(left), FAN)]
        accounts = self._client.gather(left)
        return self._job, merge_accounts([*accounts, *self._failed])


def _merge(accounts: list[Account]) -> Account:
    """Merge accounts on a worker, which may need its own ones again: they stay as they are."""
    first = accounts[0]
    return merge_accounts([Account(show_secrets=first.tally.show_secrets), *accounts])


def _with_whole_path(job: Job) -> Job:
    """A job whose path does not hang on the folder this process is in."""
    source = job.source
    if is_remote(source.path):
        return job
    return job._replace(source=source._replace(path=os.path.abspath(source.path)))
