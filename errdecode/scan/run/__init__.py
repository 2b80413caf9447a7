"""A whole scan: paths become ranges, ranges become accounts, accounts become one `Scan`."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial

from errdecode.model.record import NamedTuple
from errdecode.scan.model import Scan, Skipped
from errdecode.scan.run.account import Account, Item, Lines, complete_lines
from errdecode.scan.run.interrupt import Interruption
from errdecode.scan.run.plan import choose_engine, choose_processes, choose_step, put_in_order
from errdecode.scan.run.progress import Meter, Progress
from errdecode.scan.run.ranges import (
    Job,
    Manner,
    count_newlines,
    scan_range,
    split,
)
from errdecode.scan.run.tools import Tools, open_tools
from errdecode.scan.sources import Source, Stop, find_sources
from errdecode.scan.tally import finish
from errdecode.scan.windows import Span

__all__ = ["Progress", "ScanOptions", "scan", "scan_range"]

Done = tuple[Job, Account]
_END = 1 << 62


class ScanOptions(NamedTuple):
    """How to scan."""

    catalog: str | None = None
    """As in `--catalog`."""
    engine: str | None = None
    """None: the fastest there is."""
    jobs: int | None = None
    """Processes; None: as many as there are processors, one for little input."""
    follow: bool = False
    """Go on with what is written to the files, until stopped."""
    scheduler: str | None = None
    """The address of a dask scheduler, or `local`."""
    show_secrets: bool = False
    step: int | None = None
    """Bytes of a range; None: as it suits the input."""


def scan(
    paths: Sequence[str],
    options: ScanOptions | None = None,
    progress: Callable[[Progress], None] | None = None,
    each: Callable[[Item], None] | None = None,
) -> Scan:
    """Find, decode and group every error in files, folders, archives and streams.

    `each` is given every error as it is found, in the order of the files, masked. Ctrl-C ends it in
    order: the account then says how far it came. Raises `InputError` for a path that is not there.
    """
    with Interruption() as interruption:
        return _Run(paths, options or ScanOptions(), progress, each, interruption.stop).run()


class _Run:
    """One scan."""

    def __init__(
        self,
        paths: Sequence[str],
        options: ScanOptions,
        progress: Callable[[Progress], None] | None,
        each: Callable[[Item], None] | None,
        stop: Stop,
    ) -> None:
        found = list(find_sources(paths))
        self._paths = paths
        self._options, self._each, self._stop = options, each, stop
        self._sources = [one for one in found if isinstance(one, Source)]
        in_order = each is not None
        follows = options.follow or options.scheduler is not None
        engine = options.engine if follows else choose_engine(self._sources, options.engine)
        self._manner = Manner(options.catalog, engine, options.show_secrets, in_order)
        sizes = [source.size for source in self._sources]
        total = sum(size or 0 for size in sizes)
        self._meter = Meter(None if None in sizes or options.follow else total, progress)
        self._jobs = choose_processes(self._sources, options.jobs, in_order=in_order)
        self._step = options.step or choose_step(total, self._jobs, in_order=in_order)
        self._whole = Account(show_secrets=options.show_secrets)
        self._whole.skipped += [one for one in found if isinstance(one, Skipped)]
        self._lines = Lines(self._whole.newlines, self._step, self._count)

    def run(self) -> Scan:
        """Scan all sources."""
        if self._options.follow:
            from errdecode.scan.run.follow import follow

            follow(self._paths, self._sources, self._manner, self._whole, self._stop, self._show)
        else:
            self._run_through()
        return self._finish()

    def _run_through(self) -> None:
        files = [source for source in self._sources if not source.stream]
        streams = [source for source in self._sources if source.stream]
        jobs = self._split(files)
        accounts = self._scan_files(jobs)
        with closing(accounts):  # processes end when the taker of errors does not want any more
            for _, account in put_in_order(jobs, accounts) if self._each else accounts:
                self._merge(account)
        self._whole.unfinished |= self._stop() and self._whole.ranges < len(jobs)
        for _, account in self._scan_here(self._split(streams)):
            self._merge(account)

    def _split(self, sources: Iterable[Source]) -> list[Job]:
        return [job for source in sources for job in split(source, self._manner, self._step)]

    def _scan_files(self, jobs: list[Job]) -> Generator[Done, None, None]:
        """The accounts of ranges of files, as they are done."""
        if self._options.scheduler:
            from errdecode.scan.cluster import run_on_cluster

            keep = self._each is not None
            address = self._options.scheduler
            yield from run_on_cluster(jobs, address, self._stop, self._add, apart=keep)
        elif self._jobs > 1 and len(jobs) > 1:
            from errdecode.scan.run.pool import run_jobs

            self._open_tools()  # before processes are made: they have it from the start
            yield from self._measure(run_jobs(jobs, min(self._jobs, len(jobs)), self._stop))
        else:
            yield from self._scan_here(jobs)

    def _open_tools(self) -> Tools:
        return open_tools(self._manner.catalog, self._manner.engine, self._manner.show_secrets)

    def _measure(self, done: Iterable[Done]) -> Iterator[Done]:
        for job, account in done:
            self._add(account.taken)
            yield job, account

    def _scan_here(self, jobs: Iterable[Job]) -> Iterator[Done]:
        for job in jobs:
            if self._stop():
                self._whole.unfinished = True
                return
            tell = partial(self._tell, self._meter.done)
            account = scan_range(job, self._stop, tell, self._show)
            tell(account.taken)
            yield job, account

    def _add(self, taken: int) -> None:
        self._meter.tell(self._meter.done + taken)

    def _tell(self, before: int, taken: int) -> None:
        self._meter.tell(before + taken)

    def _merge(self, account: Account) -> None:
        self._whole.merge(account)
        for item in account.items:
            self._show(item)

    def _show(self, item: Item) -> None:
        if self._each:
            self._each(item._replace(place=self._lines.complete(item.place)))

    def _count(self, file: str, start: int) -> int:
        """Newlines in a range that was not scanned to its end."""
        source = next(one for one in self._sources if one.file == file)
        return count_newlines(source, Span(start, min(start + self._step, source.size or _END)))

    def _finish(self) -> Scan:
        from errdecode.catalog import open_catalog

        whole = self._whole
        complete_lines(whole.tally, self._lines)
        catalog = open_catalog(self._options.catalog)
        return Scan(
            finish(whole.tally, lambda id: catalog.name(id).name),
            tuple(whole.tally.listed),
            whole.tally.unreadable,
            tuple(sorted(whole.skipped)),
            whole.files,
            whole.bytes,
            whole.lines,
            whole.tally.errors,
            self._meter.seconds(),
            whole.engine or self._open_tools().engine,
            self._jobs,
            self._meter.said() if whole.unfinished else None,
            tuple(whole.notes),
        )
