"""Counts what the windows of a range own: bytes, lines, and the errors in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from errdecode.scan.cut.har import LARGEST, Entry
from errdecode.scan.masking import hide, hide_sighting
from errdecode.scan.model import Sighting, Skipped
from errdecode.scan.run.account import Account, Item
from errdecode.scan.run.parts import read_window
from errdecode.scan.run.tools import Reads
from errdecode.scan.sources.wide import first_byte_of, measure
from errdecode.scan.windows import Find, Window


class Teller:
    """Counts windows, in their order, into an account."""

    def __init__(
        self,
        file: str,
        account: Account,
        reader: Reads,
        find: Find,
        hand: Callable[[Item], None] | None,
        *,
        show_secrets: bool,
        charset: str | None = None,
    ) -> None:
        """`hand` is given each error, masked unless secrets are shown; `charset`: the wide encoding
        of what is stored, whose places are told."""
        self._file, self._account = file, account
        self._reader, self._find = reader, find
        self._hand, self._show_secrets = hand, show_secrets
        self._at = 0  # a byte of the window, up to which newlines are counted
        self.newlines = 0
        """In all windows so far."""
        self._charset = charset
        self._stored = first_byte_of(charset) if charset else 0  # where `_at` is in the file

    def take(self, window: Window) -> None:
        """Decode and count what a window owns; the lines of errors are those from the first window
        on, 1-based."""
        self._at = window.start - window.base
        before = self.newlines
        for item in self._read(window):
            place = item.place
            self._go(window.data, place.offset - window.base)
            item = item._replace(place=place._replace(line=self.newlines + 1))
            self.add(self._put(item, self._stored, window.data, self._at))
        self._go(window.data, window.end - window.base)
        self._account.lines += self.newlines - before
        self._account.bytes += window.end - window.start

    def take_entry(self, entry: Entry, stored: int) -> None:
        """Decode and count an entry of a HAR file, in which it begins at byte `stored`."""
        if entry.raw is None:
            reason = f"an entry of more than {LARGEST:,} bytes was passed over"
            self._account.skipped.append(Skipped(self._file, reason, part=True))
            return
        begin, newlines = entry.offset, entry.newlines
        items = self._reader.read_entry(entry.raw, begin, self._file, newlines)
        for item in self._guard(items, begin, begin + len(entry.raw)):
            item = item._replace(place=item.place._replace(line=item.place.line + 1))
            at = item.place.offset - begin
            before = measure(entry.raw[:at], self._charset) if self._charset else at
            self.add(self._put(item, stored + before, entry.raw, at))

    def _put(self, item: Item, stored: int, data: bytes | bytearray, at: int) -> Item:
        """Give an error, which begins at a byte of the data, the place that it has in the file."""
        if self._charset is None:
            return item
        if isinstance(item, Sighting):
            item = item._replace(length=measure(data[at : at + item.length], self._charset))
        return item._replace(place=item.place._replace(offset=stored))

    def add(self, item: Item) -> None:
        """Count an error, and hand it over if that is asked for."""
        self._account.tally.add(item)
        if self._hand:
            self._hand(item if self._show_secrets else _hide(item))

    def _go(self, data: bytearray, at: int) -> None:
        """Count newlines up to a byte; places come in order but for some."""
        low, high = sorted((self._at, at))
        way = 1 if at >= self._at else -1
        self.newlines += way * data.count(b"\n", low, high)
        if self._charset:
            self._stored += way * measure(data[low:high], self._charset)
        self._at = at

    def end(self, window: Window) -> None:
        """Count the last line of a content, which no newline ends."""
        last = bytes(window.data[at - 1 : at]) if (at := window.end - window.base) else b""
        self._account.lines += int(last not in (b"", b"\n"))

    def _read(self, window: Window) -> Iterator[Item]:
        """The errors a window owns."""
        items = read_window(window, self._reader, self._find, self._file)
        return self._guard(items, window.start, window.end)

    def _guard(self, items: Iterable[Item], start: int, end: int) -> Iterator[Item]:
        """Errors found between two bytes; a fault of errdecode itself costs the rest alone."""
        try:
            yield from items
        except Exception as fault:
            reason = f"left out in part by a fault in errdecode ({_where(fault)})"
            said = f"bytes {start:,} to {end:,}: {reason}"
            self._account.skipped.append(Skipped(self._file, said, part=True))


def _where(fault: Exception) -> str:
    """Where a fault came up, without what it says: that may hold a payload."""
    trace = fault.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    name = trace.tb_frame.f_code.co_name if trace else ""
    return f"{type(fault).__name__} in {name}, line {trace.tb_lineno if trace else 0}"


def _hide(item: Item) -> Item:
    if isinstance(item, Sighting):
        return hide_sighting(item)
    return item._replace(reason=hide(item.reason) or "")
