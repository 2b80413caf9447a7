"""`errdecode catalog check`: all faults of catalog files, each with its file and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from errdecode.clue import check, see
from errdecode.compile import (
    Loaded,
    LocatedFault,
    codes_of,
    find_line,
    inherit,
    load_file,
)
from errdecode.errors import InputError
from errdecode.example import content_type, exchange_of
from errdecode.format import Clue, Format

FAULTY = 4


def run_check(paths: list[Path]) -> int:
    """Print the faults of all files named, and of all in the folders named; 4 when there is one."""
    files = list(_files(paths))
    faults = [fault for file in files for fault in check_file(file)]
    for fault in faults:
        print(f"{fault.file}:{fault.line}: {fault.message}")
    print(f"{len(files)} files checked, {len(faults)} faults")
    return FAULTY if faults else 0


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.glob("*.toml"))
        elif path.is_file():
            yield path
        else:
            raise InputError(f"{path}: there is no such file or folder", "check the path")


def check_file(file: Path) -> list[LocatedFault]:
    """All faults of one file: its TOML, its shape, its sense, and its dead clues."""
    loaded, faults = load_file(file)
    if loaded:
        faults = faults + list(_dead_clues(loaded))
    return sorted(faults, key=lambda fault: fault.line)


def _dead_clues(loaded: Loaded) -> Iterator[LocatedFault]:
    """Clues that no example of the file earns: nobody knows whether they work."""
    format = loaded.format
    text = loaded.file.read_text(encoding="utf-8")
    places: list[tuple[tuple[str | int, ...], Clue]] = [
        (("detect", "supporting", at), clue) for at, clue in enumerate(format.detect.supporting)
    ]
    for number, shape in enumerate(format.shapes):
        places += [(("shapes", number, "required", at), c) for at, c in enumerate(shape.required)]
        places += [
            (("shapes", number, "supporting", at), c) for at, c in enumerate(shape.supporting)
        ]
    for path, clue in places:
        if not _is_earned(format, clue):
            yield LocatedFault(
                loaded.file, find_line(text, path), "no example of this file satisfies this clue"
            )


def _is_earned(format: Format, clue: Clue) -> bool:
    from errdecode.body import read_body

    codes = codes_of(inherit(format, {}))
    for example in format.examples:
        exchange = exchange_of(example)
        text = exchange.response.body if exchange.response else None
        body = read_body(text or exchange.source._replace(value=""), content_type(exchange))
        if check(clue, see(exchange, body), codes).matched:
            return True
    return False
