"""How a scan is shared out: the number of processes, the bytes of a range, the order of results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from errdecode.scan.run.account import Account
from errdecode.scan.run.ranges import RANGE, Job
from errdecode.scan.sources import Source

FEW = 32 << 20
"""Bytes up to which starting processes costs more than it gives."""
_SHARES = 4  # ranges for each process, at least: a slow one is then a small part of the whole
_SMALLEST = 4 << 20
_STREAMED = 8 << 20  # bytes of a range whose errors are all handed over
_UNFOLDS = 8  # how much larger compressed content is taken to be


def choose_processes(sources: list[Source], asked: int | None, *, in_order: bool) -> int:
    """How many processes scan; `in_order`: every error is handed over.

    A compressed file is one range, and the errors of a large one are too many to hand over at once:
    they are then found in this process.
    """
    if in_order and not all(source.can_be_split() or source.stream for source in sources):
        return 1
    if asked is not None:
        return max(1, asked)
    bytes_ = sum(_weight(source) for source in sources)
    return 1 if bytes_ <= FEW else cores()


def choose_engine(sources: list[Source], asked: str | None) -> str | None:
    """The engine: for little input the one without preparations; None: the fastest there is."""
    sizes = [source.size for source in sources]
    little = None not in sizes and sum(map(_weight, sources)) <= FEW
    return "stdlib" if asked is None and little else asked


def cores() -> int:
    """The processors this process may use."""
    import os

    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def choose_step(total: int, processes: int, *, in_order: bool) -> int:
    """The bytes of a range."""
    if in_order and processes > 1:
        return _STREAMED
    if processes == 1:
        return RANGE
    return min(RANGE, max(_SMALLEST, total // (processes * _SHARES)))


def put_in_order(
    jobs: Iterable[Job], done: Iterable[tuple[Job, Account]]
) -> Iterator[tuple[Job, Account]]:
    """Accounts in the order of the jobs, as soon as all before them are there."""
    order = iter(jobs)
    waiting: dict[tuple[str, int], tuple[Job, Account]] = {}
    awaited = next(order, None)
    for job, account in done:
        waiting[_key(job)] = (job, account)
        while awaited and _key(awaited) in waiting:
            yield waiting.pop(_key(awaited))
            awaited = next(order, None)
    for job in order:  # after a stop some are missing
        if _key(job) in waiting:
            yield waiting.pop(_key(job))


def _key(job: Job) -> tuple[str, int]:
    return job.source.file, job.span.start


def _weight(source: Source) -> int:
    folded = source.layers or source.member is not None
    return (source.size or 0) * (_UNFOLDS if folded else 1)
