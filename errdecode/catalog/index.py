"""Where the compiled index comes from: the wheel, or a cache of the checkout's files and of the
user's overlays."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from errdecode.catalog.store import Store, has_stamp, open_store
from errdecode.errors import CatalogError
from errdecode.model.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from errdecode.compile import Loaded, LocatedFault
    from errdecode.compile.weigh import Reference

    Compiler = Callable[[str], tuple[bytes, list[LocatedFault]]]

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # pathlib is slow to import
BUILT_IN = os.path.join(PACKAGE, "_catalog")
"""The files in an installed wheel, with their index; a checkout has them beside the package."""


def say_faults(faults: list[LocatedFault], most: int = 3) -> str:
    """The first faults, each with its file and line."""
    lines = [f"{fault.file}:{fault.line}: {fault.message}" for fault in faults[:most]]
    more = f" (and {len(faults) - most} more)" if len(faults) > most else ""
    return "; ".join(lines) + more


def overlays(folder: str | None) -> Iterator[tuple[str, bool]]:
    """The overlay folders that exist, weakest first, and whether the user named it on the
    command line."""
    config = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    for path in (os.path.join(config, "errdecode", "catalog"), os.environ.get("ERRDECODE_CATALOG")):
        if path and os.path.isdir(path):
            yield path, False
    if folder is not None:
        if not os.path.isdir(folder):
            raise CatalogError(f"{folder} is no folder", "--catalog takes a folder of *.toml files")
        yield folder, True


def built_in_folder() -> str:
    """Where the built-in catalog's files are: in the wheel, or beside the package in a checkout."""
    beside = os.path.join(os.path.dirname(PACKAGE), "catalog")
    return BUILT_IN if os.path.isdir(BUILT_IN) else beside


class IndexFile(NamedTuple):
    """A compiled index: equal ones hold the same."""

    path: str
    stamp: bytes = b""
    """What the file begins with, before a line feed: it tells what it was compiled from."""
    data: bytes | None = None
    """The index itself, where it was compiled just now."""
    folder: str | None = None
    """Of an overlay, as the user named it: its files are told by their names in it."""


def built_in() -> IndexFile:
    """The index of the built-in catalog: shipped in a wheel, compiled and cached in a checkout."""
    shipped = os.path.join(BUILT_IN, "index")
    if os.path.exists(shipped):
        return IndexFile(shipped)
    file, faults = _cached(built_in_folder(), "built-in", compile_built_in)
    if faults:
        raise CatalogError(f"the built-in catalog is wrong: {say_faults(faults)}")
    return file


def overlay_index(folder: str) -> tuple[IndexFile, list[LocatedFault]]:
    """The index of an overlay folder, and the faults of the files that were left out of it."""
    file, faults = _cached(folder, "overlay", _compile_overlay)
    return file._replace(folder=folder), faults


def open_index(file: IndexFile) -> Store:
    """Open an index for look-ups. Raises `CatalogError` when it is gone again."""
    if file.data is not None:
        return Store(file.data, folder=file.folder)
    store = open_store(file.path, file.stamp, file.folder)
    if store is None:
        raise CatalogError(f"{file.path} changed while it was opened", "run the command again")
    return store


def compile_built_in(folder: str) -> tuple[bytes, list[LocatedFault]]:
    """Compile the built-in catalog of a checkout: the index, or the faults that stop it."""
    from pathlib import Path

    from errdecode import compile

    loaded, faults = compile.load_folder(Path(folder))
    if faults:
        return b"", faults
    background = compile.read_background(Path(folder) / "background.json")
    return compile.compile_catalog(loaded, compile.reference_of(loaded, background)), []


def _compile_overlay(folder: str) -> tuple[bytes, list[LocatedFault]]:
    """Overlay formats are weighed against the built-in ones and never change them."""
    from pathlib import Path

    from errdecode import compile

    known, reference = _weights_of_built_in(_stamp(built_in_folder(), "built-in"))
    loaded, faults = compile.load_folder(Path(folder))
    return compile.compile_catalog(loaded, reference, overlay=True, known=known), faults


@lru_cache(maxsize=1)
def _weights_of_built_in(stamp: bytes) -> tuple[list[Loaded], Reference]:
    """The built-in formats with their examples, which overlays are weighed against; kept as long as
    their files do not change, which `stamp` tells."""
    from pathlib import Path

    from errdecode import compile

    folder = Path(built_in_folder())
    known, _ = compile.load_folder(folder)
    background = compile.read_background(folder / "background.json")
    return known, compile.reference_of(known, background)


def _cached(folder: str, role: str, build: Compiler) -> tuple[IndexFile, list[LocatedFault]]:
    """The compiled form of a folder, kept until a file's name, size or time changes; replaced
    atomically.

    A folder with faults is compiled anew each time, so that they are told each time.
    """
    from errdecode.cache import cache_path, keep  # what a wheel ships needs no cache

    stamp = _stamp(folder, role)
    path = cache_path(f"{role}-{_digest(os.path.realpath(folder))}.index")
    if has_stamp(path, stamp):
        return IndexFile(path, stamp), []
    data, faults = build(folder)
    if not faults:
        keep(path, stamp + b"\n" + data)
    return IndexFile(path, stamp, data), faults


_COMPILERS = "clue compile example.py expressions format patterns.py".split()
"""Modules and packages whose change makes an index stale; in a checkout only, as they come with the
wheel."""


def _stamp(folder: str, role: str) -> bytes:
    """Names, sizes and times of the files, and of the compiler's own, on one line."""
    sources = [folder] if role == "built-in" else [folder, built_in_folder()]
    parts = []
    for source in sources:
        with os.scandir(source) as entries:
            for entry in entries:
                if entry.name.endswith((".toml", ".json")) and not entry.name.startswith("."):
                    stat = entry.stat()
                    parts.append(f"{entry.name}:{stat.st_size}:{stat.st_mtime_ns}")
    for name in _COMPILERS:
        parts += _stamp_module(os.path.join(PACKAGE, name))
    return f"{sys.version_info[:2]} {_digest(' '.join(sorted(parts)))}".encode()


def _stamp_module(path: str) -> list[str]:
    """Size and time of a module, or of each module of a package."""
    if os.path.isdir(path):
        files = [os.path.join(path, name) for name in os.listdir(path) if name.endswith(".py")]
    else:
        files = [path]
    stats = [(file, os.stat(file)) for file in files]
    return [f"{file}:{stat.st_size}:{stat.st_mtime_ns}" for file, stat in stats]


def _digest(text: str) -> str:
    from zlib import adler32, crc32

    return f"{crc32(text.encode()):08x}{adler32(text.encode()):08x}"
