"""Ranges scanned by several processes; a process that dies costs nothing but time."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.synchronize import Event

from errdecode.scan.model import Skipped
from errdecode.scan.run.account import Account
from errdecode.scan.run.ranges import Job, scan_range
from errdecode.scan.sources import Stop

Work = Callable[[Job, Stop], Account]
Done = tuple[Job, Account]

_AHEAD = 3
"""Jobs that wait or run for each process."""
_TICK = 0.1
"""Seconds between two looks at whether the user asked to stop."""
_stop: Event | None = None


def run_jobs(
    jobs: Iterable[Job], processes: int, stop: Stop, work: Work = scan_range
) -> Iterator[Done]:
    """Scan ranges in several processes; each comes with its account as soon as it is done.

    What a dying process was at is done again, alone; when it dies of that too, the range is
    skipped. After a stop, what was begun still comes.
    """
    waiting = iter(jobs)
    while True:
        with _Pool(processes, work) as pool:
            yield from pool.run(waiting, stop)
        if not pool.lost or stop():
            return
        note = (
            f"a process died; it was done again: {len(pool.lost)} ranges that it may have been at"
        )
        for job in pool.lost:
            account = _run_alone(job, work, stop)
            account.notes += [note] if note else []
            note = ""
            yield job, account


def _run_alone(job: Job, work: Work, stop: Stop) -> Account:
    with _Pool(1, work) as pool:
        for _, account in pool.run(iter([job]), stop):
            return account
    account = Account(show_secrets=job.manner.show_secrets)
    if not stop():
        part = job.span.end is not None
        account.skipped.append(Skipped(job.source.file, died(job), part=part))
    return account


def died(job: Job) -> str:
    """Why a range was left out at which processes died."""
    start, end = job.span
    where = "" if end is None else f"bytes {start:,} to {end:,}: "
    return f"{where}left out, for each process that scanned it died"


class _Pool:
    """Processes and what they are at."""

    def __init__(self, processes: int, work: Work) -> None:
        context = multiprocessing.get_context(_method())
        self._event = context.Event()
        self._work = work
        self._room = processes * _AHEAD
        self._pool = ProcessPoolExecutor(processes, context, _begin, (self._event,))
        self._running: dict[Future[Account], Job] = {}
        self.lost: list[Job] = []
        """What was handed over when a process died."""

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._event.set()
        self._pool.shutdown(cancel_futures=True)

    def run(self, jobs: Iterator[Job], stop: Stop) -> Iterator[Done]:
        """Scan until all is done, a process dies, or the user asks to stop."""
        self._fill(jobs)
        while self._running:
            done, _ = wait(self._running, _TICK, FIRST_COMPLETED)
            for future in done:
                job = self._running.pop(future)
                try:
                    account = future.result()
                except BrokenProcessPool:
                    self.lost.append(job)
                else:
                    yield job, account
            if stop():
                self._cancel()
            elif not self.lost:
                self._fill(jobs)

    def _fill(self, jobs: Iterator[Job]) -> None:
        for job in islice(jobs, self._room - len(self._running)):
            try:
                self._running[self._pool.submit(_run, self._work, job)] = job
            except BrokenProcessPool:
                self.lost.append(job)
                return

    def _cancel(self) -> None:
        """Let begun jobs end early, and those that wait not begin."""
        self._event.set()
        for future in [future for future in self._running if future.cancel()]:
            del self._running[future]


def _method() -> str:
    """How processes start: copied where that is safe, for the catalog is open then."""
    copies = sys.platform == "linux" and threading.active_count() == 1
    return "fork" if copies else "spawn"


def _begin(event: Event) -> None:
    """Prepare a process: Ctrl-C in a terminal goes to all of them, and only the first one acts."""
    global _stop
    _stop = event
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _run(work: Work, job: Job) -> Account:
    return work(job, _stop.is_set if _stop else _never)


def _never() -> bool:
    return False
