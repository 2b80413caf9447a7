"""Hyperscan databases that were made before, kept in the user's cache: making one takes a while.

A file's name says of what it was made and by which library; the library checks what it reads, and
refuses what it did not write or what was made for another processor.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from errdecode.cache import cache_path, keep

if TYPE_CHECKING:
    import hyperscan

_OLD = 30 * 86400
"""Seconds after which a database that was not used may go."""


def open_database(patterns: Sequence[bytes]) -> hyperscan.Database:
    """The database of some expressions, numbered in their order; made, if it is not there."""
    import hyperscan

    file = _file_of(patterns)
    try:
        with open(file, "rb") as kept:
            database = hyperscan.loadb(kept.read(), hyperscan.HS_MODE_BLOCK)
        database.scratch = hyperscan.Scratch(database)
        os.utime(file)
    except (OSError, hyperscan.error):
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        flags = [hyperscan.HS_FLAG_MULTILINE] * len(patterns)
        ids = list(range(len(patterns)))
        database.compile(expressions=list(patterns), ids=ids, flags=flags)
        _sweep(os.path.dirname(file))
        keep(file, hyperscan.dumpb(database))
    return database


def _file_of(patterns: Sequence[bytes]) -> str:
    """Where the database of some expressions is, or would be."""
    from hashlib import sha256
    from platform import machine

    import hyperscan

    empty = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    empty.compile(expressions=[b"a"], ids=[0], flags=[0])
    made_by = f"{empty.info()!r} {machine()}".encode()
    digest = sha256(b"\n".join((made_by, *patterns))).hexdigest()
    return cache_path(f"signals-{digest[:32]}.hs")


def _sweep(folder: str) -> None:
    """Remove databases that were not used for long: those of older catalogs."""
    from time import time

    try:
        for entry in os.scandir(folder):
            known = entry.name.startswith("signals-") and entry.name.endswith(".hs")
            if known and entry.stat().st_mtime < time() - _OLD:
                os.unlink(entry.path)
    except OSError:  # there is none yet, or another process was faster
        pass
