"""`errdecode catalog check`: all faults of catalog files, each with its file and line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from errdecode.authoring.advice import check_advice
from errdecode.authoring.clues import find_dead_clues
from errdecode.authoring.salvage import salvage
from errdecode.compile import LocatedFault, list_files, parse_file
from errdecode.errors import InputError
from errdecode.format import Format
from errdecode.index import built_in_folder, overlays
from errdecode.rules import add_blanks, check_format
from errdecode.sanitise import sanitise
from errdecode.schema import read_format

FAULTY = 4


def run_check(paths: list[Path]) -> int:
    """Print the faults of all files named, and of all in the folders named; 4 when there is one.

    Without a path: the folders of the user's own formats. Raises `InputError` when there is
    nothing to check.
    """
    files = list(_files(paths or own_folders()))
    known: dict[Path, dict[str, Format]] = {}
    faults = [fault for file in files for fault in check_file(file, known)]
    for fault in faults:
        print(sanitise(f"{fault.file}:{fault.line}: {fault.message}"))
    print(f"{_count(len(files), 'file')} checked, {_count(len(faults), 'fault')}")
    return FAULTY if faults else 0


def own_folders() -> list[Path]:
    """The folders of the user's own formats that are in force.

    Raises `InputError` when there are none.
    """
    folders = [Path(folder) for folder, _ in overlays(None)]
    if not folders:
        raise InputError(
            "you have no catalog of your own yet",
            "name files or folders, or put formats into ~/.config/errdecode/catalog",
        )
    return folders


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _files(paths: list[Path]) -> Iterator[Path]:
    """The files that the paths stand for. Raises `InputError` for one that leads to none."""
    for path in paths:
        if path.is_dir():
            found = list_files(path)
            if not found:
                hint = "a catalog is a folder of *.toml files"
                raise InputError(f"{path} holds no *.toml file", hint)
            yield from found
        elif not path.exists():
            raise InputError(f"{path}: there is no such file or folder", "check the path")
        elif path.suffix != ".toml":
            raise InputError(f"{path} is no *.toml file", "a catalog takes no others: rename it")
        elif not os.access(path, os.R_OK):
            raise InputError(f"{path} cannot be read: permission denied", "check its permissions")
        else:
            yield path


def _read_known(folder: Path) -> dict[str, Format]:
    """The formats that a file of the folder may extend, by id: the built-in and its neighbours."""
    known = {}
    for file in (*list_files(Path(built_in_folder())), *list_files(folder)):
        parsed = parse_file(file)
        if not isinstance(parsed, LocatedFault):
            known[file.stem] = salvage(parsed.data, file.stem).format
    return known


def check_file(
    file: Path, known: dict[Path, dict[str, Format]] | None = None
) -> list[LocatedFault]:
    """All faults of one file: its TOML, its shape, its sense, its advice and its dead clues.

    What fits is checked even where other parts do not, so one run tells everything. `known` keeps
    the formats that files of a folder may extend from one call to the next.
    """
    parsed = parse_file(file)
    if isinstance(parsed, LocatedFault):
        return [parsed]
    faults = add_blanks(parsed.data, read_format(parsed.data)[1])
    sound = salvage(parsed.data, file.stem)
    formats: dict[str, Format] = {}
    if sound.format.extends is not None:
        known = {} if known is None else known
        if file.parent not in known:
            known[file.parent] = _read_known(file.parent)
        formats = known[file.parent]
    sense = [*check_format(sound.format, file.stem), *check_advice(sound.format, formats)]
    told = {fault.path for fault in faults}
    if not any(path[:1] == ("examples",) or path[-1:] == ("code",) for path in told):
        sense += find_dead_clues(sound.format, formats)  # else what earns a clue may be left out
    for fault in map(sound.restore, sense):
        if not any(path[: len(fault.path)] == fault.path for path in told):
            faults.append(fault)  # else it may follow from what is told already
    located = [parsed.locate(fault) for fault in dict.fromkeys(faults)]
    return sorted(located, key=lambda fault: fault.line)
