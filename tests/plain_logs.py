"""A reader of logs whose errors are as plain as can be, for the tests of how scans are run."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from errdecode.scan.model import Context, Place, Sighting, Unreadable
from errdecode.scan.run.tools import Tools

SECRET = "Bearer abcdefghijklmnopqrstuvwxyz0123456789"
ERROR = re.compile(rb'\{"error":"(\w+)","said":"([^"]*)"\}|(\{"error":[^}\n]*$)', re.M)


def find(data: bytearray, start: int, end: int) -> list[int]:
    """The lines that hold an error."""
    return sorted(
        {
            max(data.rfind(b"\n", start, hit.start()) + 1, start)
            for hit in ERROR.finditer(data, start, end)
        }
    )


class Reader:
    """Reads each error of the form above; one that is cut cannot be read."""

    def read(
        self,
        data: bytearray,
        lines: list[int],
        base: int,
        file: str,
        begin: int,
        end: int,
        *,
        whole: bool = True,
    ) -> Iterator[Sighting | Unreadable]:
        """See `Reads`."""
        for line in lines:
            stop = data.find(b"\n", line)
            stop = len(data) if stop < 0 else stop
            for hit in ERROR.finditer(data, line, stop):
                if not begin <= hit.start() < end:
                    continue
                place = Place(file, base + hit.start(), 0)
                if hit[3]:
                    yield Unreadable(place, f"cut: {hit[3].decode()}")
                    continue
                code, said = hit[1].decode(), hit[2].decode()
                yield Sighting(
                    place,
                    len(hit[0]),
                    Context(url=said),
                    "body",
                    "rfc9457",
                    "certain",
                    code,
                    None,
                    said,
                    400,
                    "never",
                    completeness=len(said),
                )

    def read_entry(
        self, raw: bytes, base: int, file: str, newlines: int
    ) -> Iterator[Sighting | Unreadable]:
        """See `Reads`."""
        for item in self.read(bytearray(raw), [0], base, file, 0, len(raw)):
            yield item._replace(place=item.place._replace(line=newlines))


def use_fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let scans of this process find and read what is above."""
    tools = Tools(find, Reader(), "fake", bytearray())
    for module in ("ranges", "follow"):
        monkeypatch.setattr(f"errdecode.scan.run.{module}.open_tools", lambda *_: tools)
    monkeypatch.setattr("errdecode.scan.run.open_tools", lambda *_: tools)


def record(number: int) -> bytes:
    """A line of a log; each third one bears an error."""
    if number % 3:
        return b'{"level":"info","message":"request %d was answered"}\n' % number
    code = b"CODE_%d" % (number % 5)
    return b'{"error":"%s","said":"request %d, by %s"}\n' % (code, number, SECRET.encode())


def log(count: int) -> bytes:
    """A log of so many lines."""
    return b"".join(map(record, range(count)))
