"""Files that are written to while they are read, as `tail -F` follows them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from errno import EMFILE, ENFILE
from functools import partial
from time import monotonic, sleep

from errdecode.scan.model import Skipped
from errdecode.scan.run.account import Account, Item
from errdecode.scan.run.ranges import Job, Manner, scan_range
from errdecode.scan.run.teller import Teller
from errdecode.scan.run.tools import open_tools
from errdecode.scan.sources import Content, Source, Stop, open_source
from errdecode.scan.sources.content import FileContent, reason_of
from errdecode.scan.sources.watch import Watch
from errdecode.scan.sources.wide import charset_of
from errdecode.scan.windows import LOOKS, Measures, Span, Window, first_byte, read_windows

INTERVAL = 0.25
"""Seconds between two looks at files that had nothing new."""
LOOK = 1.0
"""Seconds between two looks for files that came."""
MEASURES = Measures(window=2 << 20, piece=64 << 10)
"""Of the windows of a file: each that is awake has a buffer of its own."""
TURN = 16
"""Windows of a file that are read before it is the next one's turn."""
AWAKE = 8
"""Files that keep their buffers: those with the latest news. Of others a little is read again."""


class Clock:
    """The time, and how it is waited for."""

    def now(self) -> float:
        """Seconds since some moment."""
        return monotonic()

    def wait(self, seconds: float) -> None:
        """Do nothing for so long."""
        sleep(seconds)


def follow(
    paths: Sequence[str],
    sources: list[Source],
    manner: Manner,
    account: Account,
    stop: Stop,
    show: Callable[[Item], None],
    clock: Clock | None = None,
) -> None:
    """Scan all that is in the sources and then what is added to them, until asked to stop, and what
    comes to the folders and globs among the paths.

    A file that was replaced or cut is read from its start again. What can only be read once through
    is: archives, compressed and remote files.
    """
    clock = clock or Clock()
    make = partial(_Followed, manner=manner, account=account, stop=stop, show=show)
    watch, looked = Watch(paths, sources), clock.now()
    followed: list[_Followed] = []
    awake: list[_Followed] = []
    for source in sources:
        if source.stream or (source.can_be_split() and os.path.isfile(source.path)):
            followed.append(make(source))
        elif not stop():
            account.merge(scan_range(Job(source, Span(), manner), stop, hand=show))
    while followed or (watch.paths and not stop()):
        idle = True
        for one in followed:
            if one.take_turn() or not (one.rests or one in awake):
                idle, awake = False, _wake(awake, one)
        followed = [one for one in followed if not one.ended]
        if not stop() and clock.now() - looked >= LOOK:
            looked = clock.now()
            came = [make(source) for source in watch.look()]
            idle, followed = idle and not came, followed + came
        if idle and not stop():
            clock.wait(INTERVAL)


def _wake(awake: list[_Followed], one: _Followed) -> list[_Followed]:
    """Those that are awake when one has news, which is the first then; the ones that had none for
    the longest time are put to rest."""
    awake = [one, *(other for other in awake if other is not one)]
    return awake[:AWAKE] + [other for other in awake[AWAKE:] if not other.rest()]


class _Followed:
    """One source that is followed, and where it is read."""

    def __init__(
        self,
        source: Source,
        manner: Manner,
        account: Account,
        stop: Stop,
        show: Callable[[Item], None],
    ) -> None:
        self._source, self._manner, self._account = source, manner, account
        self._stop, self._show = stop, show
        self._tools = open_tools(manner.catalog, manner.engine, manner.show_secrets)
        self._teller = self._make_teller()
        self._account.engine = self._tools.engine
        self._account.files += 1
        self._content: Content | None = None
        self._windows: Iterator[Window | None] = iter(())
        self._done = 0
        """Bytes of the content that were scanned."""
        self._looks = 0
        """How often there was nothing new since there last was."""
        self.rests = False
        """Whether it has no buffer, as there is nothing new."""
        self.ended = False

    def take_turn(self) -> bool:
        """Scan what is new; False when there is nothing for now."""
        for number in range(TURN):
            if not self._step():
                self._looks = 0 if number else self._looks + 1
                return number > 0
        return True

    def rest(self) -> bool:
        """Give the buffer back until there is something new; False where an end is still waited
        for."""
        content = self._content
        if content is None:
            return True
        if not isinstance(content, _Growing):
            return False
        if content.at != self._done and self._looks <= LOOKS:
            return False
        self._windows, self.rests = iter(()), True
        return True

    def _step(self) -> bool:
        """Scan the next window; False when there is nothing new for now."""
        if self.ended or (self._content is None and not self._open()):
            return False
        if self.rests and not self._go_on():
            return False
        for window in self._windows:
            if window:
                self._teller.take(window)
                self._done = window.end
            if window and window.last:
                self._teller.end(window)
            return window is not None
        self._close()
        return True

    def _go_on(self) -> bool:
        """Open the windows of what rested, if there is something new."""
        content = self._content
        if self._stop():
            self._close()
        elif isinstance(content, _Growing) and content.has_news():
            span = Span(self._done)
            content.go_to(first_byte(span))
            self._read_windows(content, span)
        return not self.rests

    def _make_teller(self, charset: str | None = None) -> Teller:
        manner = self._manner
        return Teller(
            self._source.file,
            self._account,
            self._tools.reader,
            self._tools.find,
            self._show if manner.keep else None,
            show_secrets=manner.show_secrets,
            charset=charset,
        )

    def _open(self) -> bool:
        source, charset = self._source, None
        try:
            if source.stream:
                opened = open_source(source, 0, self._stop)
                charset = charset_of(opened.layers)
                self._content = opened.content
                if opened.reason:
                    self._account.skipped.append(Skipped(source.file, opened.reason))
                    self.ended = True
            else:
                self._content = _Growing(source.path, self._stop)
        except OSError as fault:
            too_many = fault.errno in (EMFILE, ENFILE)
            self.ended = source.stream or too_many or self._stop()
            if self.ended:
                self._account.skipped.append(Skipped(source.file, reason_of(fault)))
            return False
        self._teller = self._make_teller(charset)
        self._read_windows(self._content, Span())
        return not self.ended

    def _read_windows(self, content: Content, span: Span) -> None:
        self._windows = read_windows(content, span, self._tools.find, measures=MEASURES)
        self._done, self.rests = span.start, False

    def _close(self) -> None:
        """A file came to its end: it was replaced or cut, or nothing more is asked for."""
        if self._content:
            if self._content.note:
                said = Skipped(self._source.file, self._content.note, part=True)
                self._account.skipped.append(said)
            self._content.close()
            self._content = None
        self.ended = self._source.stream or self._stop()


class _Growing(FileContent):
    """A file that has nothing new at its end, until another one takes its place."""

    def __init__(self, path: str, stop: Stop) -> None:
        file = open(path, "rb", buffering=0)  # noqa: SIM115  # closed with the content
        super().__init__(file)
        self._path, self._stop, self._number = path, stop, file.fileno()
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

    @property
    def at(self) -> int:
        """The byte that is read next."""
        return self._at

    def go_to(self, place: int) -> None:
        """Read on from another byte."""
        self._file.seek(place)
        self._at = place

    def has_news(self) -> bool:
        """Whether there is more to read, or another file."""
        return self._is_replaced() or os.fstat(self._number).st_size > self._at

    def _is_replaced(self) -> bool:
        try:
            status = os.stat(self._path)
        except OSError:  # it was moved, and the next one is not there yet
            return False
        here = (self._status.st_dev, self._status.st_ino)
        return (status.st_dev, status.st_ino) != here or status.st_size < self.taken()
