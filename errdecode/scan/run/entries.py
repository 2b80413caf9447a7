"""A HAR file, scanned entry by entry: it is one JSON document, and may be larger than memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from errdecode.scan.cut.har import read_entries
from errdecode.scan.model import Skipped
from errdecode.scan.run.account import Account
from errdecode.scan.run.teller import Teller
from errdecode.scan.sources import Content, Stop
from errdecode.scan.sources.wide import first_byte_of, measure

_PIECE = 1 << 20
_CUT_OFF = "it is cut off: its last entry was not read"


def scan_entries(
    content: Content,
    file: str,
    account: Account,
    teller: Teller,
    stop: Stop,
    tell: Callable[[int], None],
    charset: str | None = None,
) -> None:
    """Count the errors in the entries of a HAR file; see `scan_range` and `Teller`."""
    pieces = _Pieces(content, account, stop, tell, charset)
    for entry in read_entries(pieces.read()):
        teller.take_entry(entry, pieces.stored_at(entry.offset))
    for _ in pieces.read():  # what follows the entries
        pass
    if pieces.last not in (b"", b"\n"):
        account.lines += 1
    if not pieces.whole and not account.unfinished and not content.note:
        account.skipped.append(Skipped(file, _CUT_OFF, part=True))


class _Pieces:
    """Reads a content in pieces and counts them."""

    def __init__(
        self,
        content: Content,
        account: Account,
        stop: Stop,
        tell: Callable[[int], None],
        charset: str | None,
    ) -> None:
        self._content, self._account, self._stop, self._tell = content, account, stop, tell
        self.last = b""
        """The last byte."""
        self.whole = False
        """Whether the last byte that is no blank ends a document."""
        self._charset = charset
        self._at, self._stored = 0, first_byte_of(charset) if charset else 0
        self._unmeasured: list[bytes] = []  # what was read from `_at` on

    def read(self) -> Iterator[bytes]:
        """The pieces that were not read yet."""
        buffer = memoryview(bytearray(_PIECE))
        while not self._stop():
            count = self._content.readinto(buffer)
            if count == 0:
                return
            piece = bytes(buffer[: count or 0])
            self._note(piece)
            if self._charset:
                self._unmeasured.append(piece)
            yield piece
        self._account.unfinished = True

    def stored_at(self, place: int) -> int:
        """Where a byte of the text stands in the file; later ones are asked for later."""
        if self._charset is None:
            return place
        text = b"".join(self._unmeasured)
        self._stored += measure(text[: place - self._at], self._charset)
        self._unmeasured = [text[place - self._at :]]
        self._at = place
        return self._stored

    def _note(self, piece: bytes) -> None:
        self._account.bytes += len(piece)
        self._account.lines += piece.count(b"\n")
        self._tell(self._content.taken())
        self.last = piece[-1:] or self.last
        written = piece.rstrip()
        if written:
            self.whole = written.endswith(b"}")
