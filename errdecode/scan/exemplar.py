"""An error of a log opened again: its bytes are read once more and decoded in full, with the
request that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.catalog import Catalog
from errdecode.model import Exchange, Note, Report
from errdecode.model.record import NamedTuple
from errdecode.pipeline import decode_exchange
from errdecode.scan.cut import REACH, Cutout
from errdecode.scan.cut.carriers import Buffer
from errdecode.scan.cut.json_values import as_text
from errdecode.scan.cut.records import record_at
from errdecode.scan.dialogues import read_dialogue
from errdecode.scan.join import ROOM, Joined, find_request, own_line
from errdecode.scan.log_records import LogRecords
from errdecode.scan.model import Sighting
from errdecode.scan.read import Read, Reader
from errdecode.scan.reading.answers import Around, exchange_of
from errdecode.scan.sessions import apart, find_entry, find_exchange
from errdecode.scan.sources import Part, read_again, read_around
from errdecode.scan.veil import LONGEST, repeated
from errdecode.settings import Settings

_LINES = 4000
"""Lines of a body that are looked at to find it again."""
_LARGEST = 64 << 20
"""Bytes of a HAR file, which is read as a whole."""


class Opened(NamedTuple):
    """An exemplar in full, not masked; without a report, the reason."""

    report: Report | None
    reason: str | None = None
    around: tuple[str, ...] = ()
    """What of the log stands around its parts: secrets in it are masked in the report, too."""


class _Found(NamedTuple):
    exchange: Exchange
    alone: Exchange | None = None
    """Without the request that was found for it: as it was decoded when it was counted."""
    joined: Joined | None = None
    around: tuple[str, ...] = ()


def open_exemplar(sighting: Sighting, catalog: Catalog) -> Opened:
    """Read an error's bytes again and decode them with all that the log says of the exchange."""
    place = sighting.place
    if place.file == "-":
        return Opened(None, "standard input cannot be read again; save it to a file")
    part = read_around(place.file, place.offset, sighting.length, REACH)
    if part is None:
        return Opened(None, f"{place.file} has changed or cannot be read again")
    found = _find(part, sighting, catalog)
    if found is None:
        return Opened(None, f"{place.file} has changed since it was scanned")
    report = decode_exchange(found.exchange, place.file, 0, Settings(), catalog, found.alone)
    notes = (_place_note(sighting), *_notes(found.joined), *report.notes)
    hints = tuple(hint for hint in report.hints if " --" not in hint)  # options of `decode`
    return Opened(report._replace(notes=notes, hints=hints), around=found.around)


def _find(part: Part, sighting: Sighting, catalog: Catalog) -> _Found | None:
    """The exchange of an error whose body stands in a part of its file."""
    if sighting.wrapper in ("transcript", "har"):
        whole = _captured(part, sighting)
        if whole:
            return _Found(apart(whole))
    data, start = record_at(part.data, part.base, part.start) or (part.data, part.start)
    end = start + part.end - part.start
    finder = _Finder(catalog)
    found = finder.find(data, start, end)
    if found is None:
        return None
    exchange = alone = exchange_of(*found)
    joined = None
    if found[1].printed:
        told = decode_exchange(exchange, "-", 0, Settings(), catalog).exchange
        exchange = alone = exchange._replace(request=apart(told).request)
    if not (found[1].printed and exchange.request):
        joined = find_request(data, start, end, sighting)
    around = [own_line(data, start, end, 0, ROOM).text, as_text(finder.document)]
    line = data.rfind(b"\n", 0, start) + 1
    around.append(as_text(read_dialogue(data, line, start).said))
    around += repeated(data, line, as_text(bytes(data[start:end])))
    if joined:
        exchange = exchange._replace(request=joined.request)
        around.append(joined.line)
    return _Found(exchange, alone, joined, tuple(text[:LONGEST] for text in around))


class _Finder(Reader):
    """A reader that remembers the body it decoded last."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__(catalog, remember=False, show_secrets=True)
        self._latest: tuple[bytes, Around] | None = None
        self.document = b""
        """The latest one that was cut out of the log."""

    def _read_cutout(self, data: Buffer, cutout: Cutout, records: LogRecords) -> Iterator[Read]:
        self.document = cutout.view.text
        return super()._read_cutout(data, cutout, records)

    def report(self, raw: bytes, around: Around) -> Report:
        """Decode a body."""
        self._latest = (raw, around)
        return super().report(raw, around)

    def find(self, data: bytes, start: int, end: int) -> tuple[bytes, Around] | None:
        """The body that begins at a byte of some data, freed from its wrapping."""
        lines = [data.rfind(b"\n", 0, start) + 1]
        while len(lines) < _LINES and (at := data.find(b"\n", lines[-1], end) + 1):
            lines.append(at)
        for _ in self.read(data, lines, begin=start, end=start + 1):
            return self._latest
        return None


def _captured(part: Part, sighting: Sighting) -> Exchange | None:
    """The exchange of a session or a HAR file that holds a body, its request included."""
    if sighting.wrapper != "har":
        return find_exchange(part.data, part.start, part.end)
    whole = read_again(sighting.place.file, 0, _LARGEST)
    return find_entry(whole, part.base + part.start) if whole else None


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
