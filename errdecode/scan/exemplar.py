"""An error of a log opened again: its bytes are read once more and decoded in full, with the
request that belongs to it."""

from __future__ import annotations

from errdecode.catalog import Catalog
from errdecode.model import Exchange, Note, Report, Text
from errdecode.model.record import NamedTuple
from errdecode.pipeline import decode_exchange
from errdecode.scan.cut import REACH
from errdecode.scan.cut.records import record_at
from errdecode.scan.join import Joined, find_request
from errdecode.scan.model import Sighting
from errdecode.scan.read import Reader
from errdecode.scan.reading.answers import Answer, Around, exchange_of
from errdecode.scan.sources import read_again
from errdecode.settings import Settings

_LINES = 4000
"""Lines of a body that are looked at to find it again."""
_LARGEST = 64 << 20
"""Bytes of a HAR file, which is read as a whole."""


class Opened(NamedTuple):
    """An exemplar in full, not masked; without a report, the reason."""

    report: Report | None
    reason: str | None = None


def open_exemplar(sighting: Sighting, catalog: Catalog) -> Opened:
    """Read an error's bytes again and decode them with all that the log says of the exchange."""
    place = sighting.place
    if place.file == "-":
        return Opened(None, "standard input cannot be read again; save it to a file")
    low = max(0, place.offset - REACH)
    data = read_again(place.file, low, place.offset + sighting.length + REACH)
    start = place.offset - low
    if not data or len(data) < start + sighting.length:
        return Opened(None, f"{place.file} has changed or cannot be read again")
    exchange, joined = _exchange(data, start, sighting, catalog)
    if exchange is None:
        return Opened(None, f"{place.file} has changed since it was scanned")
    report = decode_exchange(exchange, place.file, 0, Settings(), catalog)
    notes = (_place_note(sighting), *_notes(joined), *report.notes)
    hints = tuple(hint for hint in report.hints if " --" not in hint)  # options of `decode`
    return Opened(report._replace(notes=notes, hints=hints))


def _exchange(
    data: bytes, start: int, sighting: Sighting, catalog: Catalog
) -> tuple[Exchange | None, Joined | None]:
    """The exchange of an error whose body begins at a byte of a part of its file."""
    if sighting.wrapper in ("transcript", "har"):
        whole = _captured(data, start, sighting)
        if whole:
            return _apart(whole), None
    record = record_at(data, sighting.place.offset - start, start)
    data, start = record or (data, start)
    finder = _Finder(catalog)
    found = finder.find(data, start, start + sighting.length)
    if found is None:
        return None, None
    exchange = exchange_of(*found)
    joined = find_request(data, start, start + sighting.length, sighting)
    return (exchange._replace(request=joined.request) if joined else exchange), joined


class _Finder(Reader):
    """A reader that remembers the body it decoded last."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__(catalog, remember=False)
        self._latest: tuple[bytes, Around] | None = None

    def answer(self, raw: bytes, around: Around) -> Answer:
        """Decode a body."""
        self._latest = (raw, around)
        return super().answer(raw, around)

    def find(self, data: bytes, start: int, end: int) -> tuple[bytes, Around] | None:
        """The body that begins at a byte of some data, freed from its wrapping."""
        lines = [data.rfind(b"\n", 0, start) + 1]
        while len(lines) < _LINES and (at := data.find(b"\n", lines[-1], end) + 1):
            lines.append(at)
        for _ in self.read(data, lines, begin=start, end=start + 1):
            return self._latest
        return None


def _captured(data: bytes, start: int, sighting: Sighting) -> Exchange | None:
    """The exchange of a session or a HAR file that holds a body, its request included."""
    from errdecode.capture import read_exchanges
    from errdecode.source import to_root

    first, shift = 0, 0
    if sighting.wrapper == "har":
        low = max(0, sighting.place.offset - start)
        whole = read_again(sighting.place.file, 0, _LARGEST) if low else data
        data, shift = whole or data, low
    else:
        first = max(0, start - (1 << 16))
        first = data.find(b"\n", first) + 1 if first else 0
        data = data[: start + sighting.length + 1]
    text = Text(data[first:].decode("utf-8", "replace"))
    at = len(data[first : start + shift].decode("utf-8", "replace"))
    for exchange in read_exchanges(text):
        body = exchange.response.body if exchange.response else None
        if body and body.value and to_root(body, 0, 1)[1] == at:
            return exchange
    return None


def _apart(exchange: Exchange) -> Exchange:
    """An exchange whose request is a text of its own: places in it count from its own first line,
    not from where the part of the log begins that was read."""
    request = exchange.request
    if request is None:
        return exchange
    body = None if request.body is None else Text(request.body.value)
    url = None if request.url is None else Text(request.url.value)
    return exchange._replace(request=request._replace(body=body, url=url))


def _place_note(sighting: Sighting) -> Note:
    place = sighting.place
    said = f"it stands in {place.file}, line {place.line:,}, byte {place.offset:,}"
    time = sighting.context.time
    if time is None:
        return Note("log", said)
    from datetime import UTC, datetime

    when = datetime.fromtimestamp(int(time), UTC)
    return Note("log", f"{said}, logged at {when:%Y-%m-%d %H:%M:%S} UTC")


def _notes(joined: Joined | None) -> tuple[Note, ...]:
    if joined is None:
        return ()
    return (Note("joined", f"the request is taken from the log: {joined.reason}"),)
