"""What of a faulty catalog file fits: the rest of its faults are told in the same run."""

from __future__ import annotations

from datetime import date
from typing import cast

from errdecode.compile.schema import Fault, Path, read_format
from errdecode.format import Format
from errdecode.model import JSON
from errdecode.model.record import NamedTuple

Kept = dict[Path, list[int]]
"""Which items of an array were kept (0-based, as in the file), by its path among the kept."""

_ROUNDS = 50
"""Each round removes what does not fit, at least one step nearer to the root."""


class Salvaged(NamedTuple):
    """A format without what does not fit."""

    format: Format
    kept: Kept

    def restore(self, fault: Fault) -> Fault:
        """A fault of the salvaged format with the path it has in the file."""
        return fault._replace(path=_restore(fault.path, self.kept))


def salvage(data: dict[str, JSON], stem: str) -> Salvaged:
    """Read a parsed file without what does not fit; what every format must have is made up."""
    gone: set[Path] = set()
    for _ in range(_ROUNDS):
        kept: Kept = {}
        rest = cast("dict[str, JSON]", _without(data, gone, (), (), kept))
        format, faults = read_format(_made_up(stem) | rest)
        if format is not None:
            return Salvaged(format, kept)
        for fault in faults:
            gone.add(_restore(_existing(rest, fault.path), kept))
    return Salvaged(cast("Format", read_format(_made_up(stem))[0]), {})


def _made_up(stem: str) -> dict[str, JSON]:
    made_up = {
        "id": stem,
        "name": stem,
        "kind": "vendor",
        "documentation": "https://docs.example.com/",
        "reviewed": date(2000, 1, 1),
    }
    return cast("dict[str, JSON]", made_up)


def _without(value: JSON, gone: set[Path], path: Path, new: Path, kept: Kept) -> JSON:
    """A copy without the places that are gone; values are no deeper than `toml_lines.DEEPEST`."""
    if isinstance(value, dict):
        return {
            key: _without(member, gone, (*path, key), (*new, key), kept)
            for key, member in value.items()
            if (*path, key) not in gone
        }
    if isinstance(value, list):
        kept[new] = [at for at in range(len(value)) if (*path, at) not in gone]
        return [
            _without(value[at], gone, (*path, at), (*new, number), kept)
            for number, at in enumerate(kept[new])
        ]
    return value


def _existing(data: JSON, path: Path) -> Path:
    """As much of a fault's path as there is: a missing member takes the table that lacks it along.

    Where the file gives a single value for a list, the index 0 in the path is that value.
    """
    value, found = data, cast("Path", ())
    for part in path:
        if isinstance(value, dict) and part in value:
            value, found = value[str(part)], (*found, part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value, found = value[part], (*found, part)
        elif part != 0:
            break
    return found


def _restore(path: Path, kept: Kept) -> Path:
    """A path among the kept as it is in the file."""
    restored: Path = ()
    for number, part in enumerate(path):
        indices = kept.get(path[:number])
        if isinstance(part, int) and indices is not None and part < len(indices):
            part = indices[part]
        restored = (*restored, part)
    return restored
