"""`errdecode catalog check`: all faults of catalog files, each with its file and line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from errdecode.authoring.advice import check_advice
from errdecode.authoring.clues import find_dead_clues
from errdecode.authoring.greedy import find_greedy, open_beside
from errdecode.authoring.salvage import Salvaged, salvage
from errdecode.authoring.slow import check_speed
from errdecode.catalog import Catalog
from errdecode.catalog.index import built_in_folder, overlays
from errdecode.compile import LocatedFault, list_files, parse_file
from errdecode.compile.rules import add_blanks, check_format
from errdecode.compile.schema import read_format
from errdecode.errors import InputError
from errdecode.format import Format
from errdecode.sanitise import sanitise

FAULTY = 4


def run_check(paths: list[Path]) -> int:
    """Print the faults of all files named, and of all in the folders named; 4 when there is one.

    Without a path: the folders of the user's own formats. Raises `InputError` when there is
    nothing to check.
    """
    files = list(_files(paths or own_folders()))
    known: dict[Path, Neighbours] = {}
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


class Neighbours:
    """The formats that a file of a folder may extend: the built-in ones and those beside it.

    Each is read when it is asked for, and once.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, list[Path]] = {}
        """The files of each id, the strongest last: one that cannot be read gives way."""
        for file in dict.fromkeys((*list_files(Path(built_in_folder())), *list_files(folder))):
            self._files.setdefault(file.stem, []).append(file)
        self._read: dict[str, Format | None] = {}

    def parents_of(self, format: Format) -> dict[str, Format]:
        """The formats that one has something from; all there are when one of them is none."""
        parents: dict[str, Format] = {}
        named = [id for id in (format.extends, *format.shares) if id is not None]
        waiting = list(named)
        for id in waiting:  # grows while it is read
            if id not in parents and (parent := self._get(id)):
                parents[id] = parent
                waiting += [parent.extends] if parent.extends else []
        if any(id not in parents or parents[id].kind == "knowledge" for id in named):
            return {id: one for id in self._files if (one := self._get(id))}
        return parents

    @cached_property
    def catalog(self) -> Catalog | None:
        """The catalog with the formats of this folder; None when the folder has faults."""
        return open_beside(self._folder)

    def _get(self, id: str) -> Format | None:
        if id not in self._read:
            files = reversed(self._files.get(id, []))
            parsed = (one for one in map(parse_file, files) if not isinstance(one, LocatedFault))
            found = next(parsed, None)
            self._read[id] = found and salvage(found.data, id).format
        return self._read[id]


def check_file(file: Path, known: dict[Path, Neighbours] | None = None) -> list[LocatedFault]:
    """All faults of one file: its TOML, its shape, its sense, its advice, its dead clues and its
    slow expressions.

    What fits is checked even where other parts do not, so one run tells everything. `known` keeps
    what files of a folder may extend from one call to the next; with it, clues are weighed against
    all formats, which takes a catalog without faults: so last, and in a file without others.
    """
    parsed = parse_file(file)
    if isinstance(parsed, LocatedFault):
        return [parsed]
    format, faults = read_format(parsed.data)
    sound = Salvaged(format, {}) if format else salvage(parsed.data, file.stem)
    faults = add_blanks(parsed.data, faults)
    formats: dict[str, Format] = {}
    if sound.format.extends is not None or sound.format.shares:
        known = {} if known is None else known
        if file.parent not in known:
            known[file.parent] = Neighbours(file.parent)
        formats = known[file.parent].parents_of(sound.format)
    sense = [*check_format(sound.format, file.stem), *check_advice(sound.format, formats)]
    sense += check_speed(sound.format)
    told = {fault.path for fault in faults}
    if not any(path[:1] == ("examples",) or path[-1:] == ("code",) for path in told):
        sense += find_dead_clues(sound.format, formats)  # else what earns a clue may be left out
    for fault in map(sound.restore, sense):
        if not any(path[: len(fault.path)] == fault.path for path in told):
            faults.append(fault)  # else it may follow from what is told already
    if known is not None and not faults:
        catalog = known.setdefault(file.parent, Neighbours(file.parent)).catalog
        faults += find_greedy(sound.format, catalog) if catalog else ()
    located = [parsed.locate(fault) for fault in dict.fromkeys(faults)]
    return sorted(located, key=lambda fault: fault.line)
