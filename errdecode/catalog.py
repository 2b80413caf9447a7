"""The catalog at run time: the compiled index with overlay folders over it; look-up by id and code."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from errdecode.errors import CatalogError, UsageError
from errdecode.format import (
    Clue,
    Code,
    Defaults,
    Detect,
    Extract,
    Format,
    Read,
    RetryRule,
    Shape,
)
from errdecode.model import JSON, FormatName, Note

if TYPE_CHECKING:
    from collections.abc import Callable

    from errdecode.compile import LocatedFault

    Compiler = Callable[[Path], tuple[bytes, list[LocatedFault]]]

PACKAGE = Path(__file__).parent
BUILT_IN = PACKAGE / "_catalog"
"""The files in an installed wheel, with their index; a checkout has them beside the package."""
KNOWLEDGE = "http-status"


class ShapeEntry(NamedTuple):
    """One line of the detection index."""

    format: str
    name: str
    keys: tuple[str, ...]
    """Names the body bears at its top, in folded case."""
    codes: frozenset[str]
    fold: bool
    weight: float
    """Bits of the required clues together."""
    body_weight: float
    """Bits of those of them that are about the body: what they are worth without a head."""
    clues: dict[str, JSON]
    """Required, supporting, excluding and success clues, packed; unpacked when the keys fit."""
    extends: str | None
    own: frozenset[int]
    """Which of the required and then the supporting clues are not inherited."""


class Catalog:
    """A compiled index and its overlays; formats are opened when they are asked for."""

    def __init__(self, layers: list[tuple[dict[str, JSON], bytes, int]]) -> None:
        """`layers`, weakest first: the index's head, the whole index, and where its details begin."""
        self._layers = layers
        self._opened: dict[str, Format] = {}
        self._where: dict[str, int] = {}
        for at, (head, _, _) in enumerate(layers):
            self._where.update(dict.fromkeys(_dict(head["formats"]), at))
        self.notes: list[Note] = []

    def __contains__(self, id: str) -> bool:
        return id in self._where

    def ids(self) -> list[str]:
        """Ids of all formats, without the knowledge that is never a format."""
        return sorted(id for id in self._where if self._entry(id)["kind"] != "knowledge")

    def _entry(self, id: str) -> dict[str, JSON]:
        head, _, _ = self._layers[self._where[id]]
        return _dict(_dict(head["formats"])[id])

    def name(self, id: str) -> FormatName:
        """What a report says of a format."""
        entry = self._entry(id)
        source = entry["source"]
        return FormatName(
            id,
            str(entry["name"]),
            str(entry["kind"]),
            str(entry["documentation"]),
            None if source is None else str(source),
        )

    def shapes(self) -> Iterator[ShapeEntry]:
        """The detection index, without the shapes of formats that an overlay replaces."""
        for at, (head, _, _) in enumerate(self._layers):
            for line in _list(head["shapes"]):
                entry = _dict(line)
                if self._where[str(entry["format"])] == at:
                    yield _shape_entry(entry)

    def format(self, id: str) -> Format:
        """All of one format but its examples. Raises `UsageError` with near names for an unknown id."""
        if id not in self._where:
            raise UsageError(f"there is no format {id!r} in the catalog", self.near(id))
        if id not in self._opened:
            _, data, begin = self._layers[self._where[id]]
            entry = self._entry(id)
            start = begin + int(str(entry["offset"]))
            self._opened[id] = unpack_format(json.loads(data[start : start + int(str(entry["length"]))]))
        return self._opened[id]

    def near(self, id: str) -> str:
        """What to do about an unknown id."""
        from difflib import get_close_matches

        close = get_close_matches(id, self.ids(), 3, 0.5)
        if close:
            return f"did you mean {' or '.join(close)}? `errdecode formats` lists them all"
        return "`errdecode formats` lists them all"


def _dict(value: JSON) -> dict[str, JSON]:
    assert isinstance(value, dict)  # noqa: S101  # our own compiled index
    return value


def _list(value: JSON) -> list[JSON]:
    assert isinstance(value, list)  # noqa: S101  # our own compiled index
    return value


def _shape_entry(entry: dict[str, JSON]) -> ShapeEntry:
    words = ("required", "supporting", "excluding", "success")
    return ShapeEntry(
        str(entry["format"]),
        str(entry["name"]),
        tuple(str(key) for key in _list(entry["keys"])),
        frozenset(str(code) for code in _list(entry["codes"])),
        bool(entry["fold"]),
        float(str(entry["weight"])),
        float(str(entry["body_weight"])),
        {word: entry[word] for word in words},
        None if entry["extends"] is None else str(entry["extends"]),
        frozenset(int(str(at)) for at in _list(entry["own"])),
    )


# ---------------------------------------------------------------- unpacking


def unpack_clue(data: JSON) -> Clue:
    """A clue out of the index."""
    members = dict(_dict(data))
    if "any" in members:
        members["any"] = tuple(unpack_clue(part) for part in _list(members["any"]))  # type: ignore[assignment]
    return Clue(**members)  # type: ignore[arg-type]


def unpack_format(data: JSON) -> Format:
    """A format out of the index."""
    members = dict(_dict(data))
    detect = {
        word: tuple(unpack_clue(clue) for clue in _list(clues))
        for word, clues in _dict(members.pop("detect", {})).items()
    }
    extract = _unpack_extract(members.pop("extract", {}))
    shapes = tuple(_unpack_shape(shape) for shape in _list(members.pop("shapes", [])))
    codes = tuple(_unpack_code(code) for code in _list(members.pop("codes", [])))
    defaults = dict(_dict(members.pop("defaults", {})))
    if "retry" in defaults:
        defaults["retry"] = RetryRule(**_dict(defaults["retry"]))  # type: ignore[arg-type,assignment]
    return Format(
        **members,  # type: ignore[arg-type]
        detect=Detect(**detect),
        extract=extract,
        shapes=shapes,
        codes=codes,
        defaults=Defaults(**defaults),  # type: ignore[arg-type]
    )


def _unpack_extract(data: JSON) -> Extract:
    members = {
        word: tuple(Read(**_dict(read)) if isinstance(read, dict) else read for read in value)  # type: ignore[arg-type]
        if isinstance(value, list)
        else value
        for word, value in _dict(data).items()
    }
    return Extract(**members)  # type: ignore[arg-type]


def _unpack_shape(data: JSON) -> Shape:
    members = _dict(data)
    return Shape(
        str(members.get("name", "body")),
        tuple(unpack_clue(clue) for clue in _list(members.get("required", []))),
        tuple(unpack_clue(clue) for clue in _list(members.get("supporting", []))),
        _unpack_extract(members.get("extract", {})),
    )


def _unpack_code(data: JSON) -> Code:
    members = dict(_dict(data))
    if "retry" in members:
        members["retry"] = RetryRule(**_dict(members["retry"]))  # type: ignore[arg-type,assignment]
    lists = ("remedies", "see_also", "expects")
    members.update({word: tuple(_list(members[word])) for word in lists if word in members})  # type: ignore[misc]
    return Code(**members)  # type: ignore[arg-type]


# ---------------------------------------------------------------- opening


def open_catalog(folder: Path | None = None) -> Catalog:
    """Open the built-in catalog with the user's overlays over it.

    `folder` (`--catalog`) over $ERRDECODE_CATALOG over $XDG_CONFIG_HOME/errdecode/catalog. Raises `CatalogError` when the
    built-in files or those of `folder` are wrong; faults of other overlays become notes, and the file is left out.
    """
    notes: list[Note] = []
    layers = [_layer(_built_in())]
    for overlay, asked in _overlays(folder):
        data, faults = _overlay_index(overlay)
        if faults and asked:
            raise CatalogError(say_faults(faults), "`errdecode catalog check` lists all faults")
        notes += [Note("catalog", f"left out of the catalog: {say_faults([f])}") for f in faults]
        layers.append(_layer(data))
    catalog = Catalog(layers)
    catalog.notes = notes
    return catalog


def say_faults(faults: list[LocatedFault]) -> str:
    """The first faults, each with its file and line."""
    lines = [f"{fault.file}:{fault.line}: {fault.message}" for fault in faults[:3]]
    more = f" (and {len(faults) - 3} more)" if len(faults) > 3 else ""
    return "; ".join(lines) + more


def _layer(data: bytes) -> tuple[dict[str, JSON], bytes, int]:
    end = data.index(b"\n")
    return _dict(json.loads(data[:end])), data, end + 1


def _overlays(folder: Path | None) -> Iterator[tuple[Path, bool]]:
    """The overlay folders that exist, weakest first, and whether the user named it on the command line."""
    config = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    for path in (os.path.join(config, "errdecode", "catalog"), os.environ.get("ERRDECODE_CATALOG")):
        if path and os.path.isdir(path):
            yield Path(path), False
    if folder is not None:
        if not folder.is_dir():
            raise CatalogError(f"{folder} is no folder", "--catalog takes a folder of *.toml files")
        yield folder, True


def built_in_folder() -> Path:
    """Where the built-in catalog's files are: in the wheel, or beside the package in a checkout."""
    return BUILT_IN if BUILT_IN.is_dir() else PACKAGE.parent / "catalog"


def _built_in() -> bytes:
    shipped = BUILT_IN / "index"
    if shipped.is_file():
        return shipped.read_bytes()
    folder = built_in_folder()
    data, faults = _cached(folder, "built-in", compile_built_in)
    if faults:
        raise CatalogError(f"the built-in catalog is wrong: {say_faults(faults)}")
    return data


def _overlay_index(folder: Path) -> tuple[bytes, list[LocatedFault]]:
    return _cached(folder, "overlay", _compile_overlay)


def compile_built_in(folder: Path) -> tuple[bytes, list[LocatedFault]]:
    """Compile the built-in catalog of a checkout: the index, or the faults that stop it."""
    from errdecode import compile

    loaded, faults = compile.load_folder(folder)
    if faults:
        return b"", faults
    background = compile.read_background(folder / "background.json")
    return compile.compile_catalog(loaded, compile.reference_of(loaded, background)), []


def _compile_overlay(folder: Path) -> tuple[bytes, list[LocatedFault]]:
    """Overlay formats are weighed against the built-in ones and never change them."""
    from errdecode import compile

    built_in = built_in_folder()
    background = compile.read_background(built_in / "background.json")
    known, _ = compile.load_folder(built_in)
    loaded, faults = compile.load_folder(folder)
    reference = compile.reference_of(known, background)
    return compile.compile_catalog(loaded, reference, overlay=True), faults


def _cached(folder: Path, role: str, build: Compiler) -> tuple[bytes, list[LocatedFault]]:
    """The compiled form of a folder, kept until a file's name, size or time changes; replaced atomically.

    A folder with faults is compiled anew each time, so that they are told each time.
    """
    stamp = _stamp(folder, role)
    file = _cache_folder() / f"{role}-{_digest(str(folder.resolve()))}.index"
    try:
        data = file.read_bytes()
        if data.startswith(stamp + b"\n"):
            return data[len(stamp) + 1 :], []
    except OSError:
        pass
    data, faults = build(folder)
    if not faults:
        _replace(file, stamp + b"\n" + data)
    return data, faults


def _stamp(folder: Path, role: str) -> bytes:
    """Names, sizes and times of the files, and of the compiler's own, on one line."""
    sources = [folder] if role == "built-in" else [folder, built_in_folder()]
    parts = []
    for source in sources:
        with os.scandir(source) as entries:
            for entry in entries:
                if entry.name.endswith((".toml", ".json")):
                    stat = entry.stat()
                    parts.append(f"{entry.name}:{stat.st_size}:{stat.st_mtime_ns}")
    for name in ("compile.py", "weigh.py", "format.py", "clue.py"):
        stat = os.stat(PACKAGE / name)
        parts.append(f"{name}:{stat.st_size}:{stat.st_mtime_ns}")
    return f"{sys.version_info[:2]} {_digest(' '.join(sorted(parts)))}".encode()


def _digest(text: str) -> str:
    from zlib import adler32, crc32

    return f"{crc32(text.encode()):08x}{adler32(text.encode()):08x}"


def _cache_folder() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(cache) / "errdecode"


def _replace(file: Path, data: bytes) -> None:
    """Write a file as a whole or not at all; a cache that cannot be written is no fault."""
    import tempfile

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as out:
            out.write(data)
        os.replace(out.name, file)
    except OSError:
        pass
