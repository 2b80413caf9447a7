"""One range of one source, scanned: the function that processes and clusters run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from errdecode.model.record import NamedTuple
from errdecode.scan.model import Skipped
from errdecode.scan.run.account import Account, Item
from errdecode.scan.run.entries import scan_entries
from errdecode.scan.run.teller import Teller
from errdecode.scan.run.tools import open_tools
from errdecode.scan.sources import Content, Source, Stop, open_source
from errdecode.scan.sources.wide import charset_of
from errdecode.scan.windows import WINDOW, Measures, Span, first_byte, read_windows

RANGE = 64 << 20
"""Bytes of a range."""
_LINE_FEED = b"\n"


class Manner(NamedTuple):
    """How ranges are scanned; the same for all of a scan."""

    catalog: str | None = None
    engine: str | None = None
    show_secrets: bool = False
    keep: bool = False
    """Whether each error is handed over as well."""
    window: int = WINDOW


class Job(NamedTuple):
    """A range to scan; it can be sent to another process or machine."""

    source: Source
    span: Span = Span()
    manner: Manner = Manner()
    size: int = 0
    """Bytes of it as stored, as far as is known: for a progress display."""


def split(source: Source, manner: Manner, step: int = RANGE) -> Iterator[Job]:
    """The jobs of a source: its ranges, or all of it in one."""
    size = source.size
    if size is None or not source.can_be_split() or size <= step:
        yield Job(source, Span(), manner, size or 0)
        return
    for start in range(0, size, step):
        end = min(start + step, size)
        yield Job(source, Span(start, end), manner, end - start)


def scan_range(
    job: Job,
    stop: Stop = lambda: False,
    tell: Callable[[int], None] = lambda taken: None,
    hand: Callable[[Item], None] | None = None,
) -> Account:
    """Scan a range; what cannot be read of it is said in the account.

    `stop` is asked before each window; `tell` is told how many bytes were taken so far, as stored;
    `hand` is given what is found, if that is asked for; without it, the account keeps it. Lines of
    what is found are counted from the range's first byte.
    """
    account = Account(show_secrets=job.manner.show_secrets)
    account.ranges = 1
    file = job.source.file
    try:
        opened = open_source(job.source, first_byte(job.span), stop)
    except OSError as fault:
        account.skipped.append(Skipped(file, _reason(fault)))
        return account
    with opened.content as content:
        if opened.reason:
            account.skipped.append(Skipped(file, opened.reason))
            return account
        charset = charset_of(opened.layers)
        teller = _open_teller(job, account, hand or account.items.append, charset)
        if opened.har:
            scan_entries(content, file, account, teller, stop, tell, charset)
        else:
            _scan_lines(job, content, account, teller, stop, tell)
        if not account.unfinished:
            account.taken = job.size or content.taken()
        else:
            account.taken = _scanned(job, content, account)
        if content.note:
            account.skipped.append(Skipped(file, content.note, part=True))
    return account


def _open_teller(
    job: Job, account: Account, hand: Callable[[Item], None], charset: str | None
) -> Teller:
    manner = job.manner
    tools = open_tools(manner.catalog, manner.engine, manner.show_secrets)
    account.engine = tools.engine
    account.files = int(job.span.start == 0)
    kept = hand if manner.keep else None
    return Teller(
        job.source.file,
        account,
        tools.reader,
        tools.find,
        kept,
        show_secrets=manner.show_secrets,
        charset=charset,
    )


def _scan_lines(
    job: Job,
    content: Content,
    account: Account,
    teller: Teller,
    stop: Stop,
    tell: Callable[[int], None],
) -> None:
    manner = job.manner
    tools = open_tools(manner.catalog, manner.engine, manner.show_secrets)
    measures = Measures(job.manner.window, piece=tools.piece)
    limit = job.source.size if job.source.can_be_split() else None
    for window in read_windows(
        content, job.span, tools.find, limit=limit, measures=measures, buffer=tools.buffer
    ):
        if window:
            teller.take(window)
        if window and window.last and job.span.end in (None, job.source.size):
            teller.end(window)
        tell(_scanned(job, content, account))
        if stop() and not (window and window.last):
            account.unfinished = True
            return
    account.unfinished = job.source.stream and stop()
    if job.span.end is not None:
        account.newlines[job.source.file] = {job.span.start: teller.newlines}


def _scanned(job: Job, content: Content, account: Account) -> int:
    """Bytes of what is stored that were scanned; of what lies there as it is, as counted, without
    those that were read ahead."""
    return account.bytes if job.source.can_be_split() else content.taken()


def count_newlines(source: Source, span: Span) -> int:
    """Newlines in a range; 0 for what cannot be read."""
    buffer, left = bytearray(1 << 20), (span.end or 0) - span.start
    newlines = 0
    try:
        with open_source(source, span.start).content as content, memoryview(buffer) as view:
            while left > 0 and (taken := content.readinto(view[: min(left, len(view))])):
                newlines += buffer.count(_LINE_FEED, 0, taken)
                left -= taken
    except OSError:
        pass
    return newlines


def _reason(fault: OSError) -> str:
    said = fault.strerror or str(fault)
    return said[:1].lower() + said[1:]
