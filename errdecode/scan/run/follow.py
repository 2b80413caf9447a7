"""Files that are written to while they are read, as `tail -F` follows them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from time import sleep

from errdecode.scan.model import Skipped
from errdecode.scan.run.account import Account, Item
from errdecode.scan.run.ranges import Job, Manner, scan_range
from errdecode.scan.run.teller import Teller
from errdecode.scan.run.tools import open_tools
from errdecode.scan.sources import Content, Source, Stop, open_source
from errdecode.scan.sources.content import FileContent, reason_of
from errdecode.scan.windows import Measures, Span, Window, read_windows

INTERVAL = 0.25
"""Seconds between two looks at files that had nothing new."""
WINDOW = 2 << 20
"""Bytes of a window: each file has a buffer of its own."""


def follow(
    sources: list[Source],
    manner: Manner,
    account: Account,
    stop: Stop,
    show: Callable[[Item], None],
    wait: Callable[[float], None] = sleep,
) -> None:
    """Scan all that is in the sources and then what is added to them, until asked to stop.

    A file that was replaced or cut is read from its start again. What can only be read once through
    is: archives, compressed and remote files.
    """
    followed: list[_Followed] = []
    for source in sources:
        if source.stream or (source.can_be_split() and os.path.isfile(source.path)):
            followed.append(_Followed(Job(source, Span(), manner), account, stop, show))
        elif not stop():
            account.merge(scan_range(Job(source, Span(), manner), stop, hand=show))
    while followed:
        news = [one.step() for one in followed]
        followed = [one for one in followed if not one.ended]
        if followed and not any(news) and not stop():
            wait(INTERVAL)


class _Followed:
    """One source that is followed, and where it is read."""

    def __init__(
        self, job: Job, account: Account, stop: Stop, show: Callable[[Item], None]
    ) -> None:
        self._job, self._account, self._stop, self._show = job, account, stop, show
        manner = job.manner
        self._tools = open_tools(manner.catalog, manner.engine, manner.show_secrets)
        self._teller = self._make_teller()
        self._account.engine = self._tools.engine
        self._account.files += 1
        self._content: Content | None = None
        self._windows: Iterator[Window | None] = iter(())
        self.ended = False

    def step(self) -> bool:
        """Scan the next window; False when there is nothing new for now."""
        if self._content is None and not self._open():
            return False
        for window in self._windows:
            if window:
                self._teller.take(window)
            if window and window.last:
                self._teller.end(window)
            return window is not None
        self._close()
        return True

    def _make_teller(self) -> Teller:
        manner = self._job.manner
        return Teller(
            self._job.source.file,
            self._account,
            self._tools.reader,
            self._tools.find,
            self._show if manner.keep else None,
            show_secrets=manner.show_secrets,
        )

    def _open(self) -> bool:
        source = self._job.source
        try:
            if source.stream:
                opened = open_source(source, 0, self._stop)
                self._content = opened.content
                if opened.reason:
                    self._account.skipped.append(Skipped(source.file, opened.reason))
                    self.ended = True
            else:
                self._content = _Growing(source.path, self._stop)
        except OSError as fault:
            self.ended = source.stream or self._stop()
            if self.ended:
                self._account.skipped.append(Skipped(source.file, reason_of(fault)))
            return False
        self._teller = self._make_teller()
        self._windows = read_windows(
            self._content, Span(), self._tools.find, measures=Measures(WINDOW)
        )
        return not self.ended

    def _close(self) -> None:
        """A file came to its end: it was replaced or cut, or nothing more is asked for."""
        if self._content:
            if self._content.note:
                self._account.skipped.append(Skipped(self._job.source.file, self._content.note))
            self._content.close()
            self._content = None
        self.ended = self._job.source.stream or self._stop()


class _Growing(FileContent):
    """A file that has nothing new at its end, until another one takes its place."""

    def __init__(self, path: str, stop: Stop) -> None:
        file = open(path, "rb", buffering=0)  # noqa: SIM115  # closed with the content
        super().__init__(file)
        self._path, self._stop = path, stop
        self._status = os.fstat(file.fileno())

    def readinto(self, view: memoryview) -> int | None:
        """See `Content`."""
        if self._stop():
            return 0
        replaced = self._is_replaced()
        count = super().readinto(view)
        if count or replaced or self.note:
            return count
        return None

    def _is_replaced(self) -> bool:
        try:
            status = os.stat(self._path)
        except OSError:  # it was moved, and the next one is not there yet
            return False
        here = (self._status.st_dev, self._status.st_ino)
        return (status.st_dev, status.st_ino) != here or status.st_size < self.taken()
