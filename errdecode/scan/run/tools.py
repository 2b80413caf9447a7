"""What a process needs to scan: made once, and used for all its ranges."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from threading import get_ident
from typing import TYPE_CHECKING, Protocol

from errdecode.errors import UsageError
from errdecode.model.record import NamedTuple
from errdecode.scan.model import Sighting, Unreadable
from errdecode.scan.windows import PIECE, WINDOW, Find

if TYPE_CHECKING:
    from errdecode.scan.engines import Engine


class Reads(Protocol):
    """Decodes what stands in and around lines: see `errdecode.scan.read`."""

    def read(
        self,
        data: bytearray,
        lines: list[int],
        base: int,
        file: str,
        begin: int,
        end: int,
        *,
        whole: bool,
    ) -> Iterable[Sighting | Unreadable]:
        """The errors that begin between two bytes of a window; their lines are not used.

        `whole`: the data are a content's own, and go on as far as they matter.
        """

    def read_entry(
        self, raw: bytes, base: int, file: str, newlines: int
    ) -> Iterable[Sighting | Unreadable]:
        """The error in an entry of a HAR file; its line is counted from 0."""


class Tools(NamedTuple):
    """What a process needs to scan, made once."""

    find: Find
    reader: Reads
    engine: str
    buffer: bytearray
    """Of windows; used for one range after another."""
    piece: int = PIECE
    """Bytes that the engine is given at once."""


def open_tools(catalog: str | None, engine: str | None, show_secrets: bool = False) -> Tools:
    """The tools of this process, or of this one of its threads. Raises `UsageError` for an engine
    that is not installed."""
    return _make_tools(catalog, engine, show_secrets, get_ident())


@lru_cache(maxsize=8)
def _make_tools(catalog: str | None, engine: str | None, show_secrets: bool, _thread: int) -> Tools:
    from errdecode.catalog import open_catalog
    from errdecode.scan.engines import choose
    from errdecode.scan.read import Reader
    from errdecode.scan.signals import signals

    opened = open_catalog(catalog)
    chosen = choose(signals(opened), engine)
    if chosen is None:
        raise UsageError(f"the engine {engine} is not installed", "leave --engine out")
    piece = WINDOW if chosen.name == "rg" else PIECE  # each piece starts a process
    reader = Reader(opened, show_secrets=show_secrets)
    return Tools(_find_with(chosen), reader, chosen.name, bytearray(), piece)


def _find_with(engine: Engine) -> Find:
    """An engine as windows use it; it sees the lines alone, in a buffer of their own."""
    piece = bytearray()

    def find(data: bytearray, start: int, end: int) -> list[int]:
        if start == 0:
            return engine.lines(data, end)
        if len(piece) < end - start:
            piece.extend(bytes(end - start - len(piece)))
        with memoryview(data) as source, memoryview(piece) as target:
            target[: end - start] = source[start:end]
        return [start + line for line in engine.lines(piece, end - start)]

    return find
