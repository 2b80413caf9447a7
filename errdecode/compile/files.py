"""Reads catalog files: TOML, the vocabulary, the rules; every fault with its line."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from errdecode.compile.rules import add_blanks, check_format
from errdecode.compile.schema import Fault, read_format
from errdecode.compile.toml_lines import DEEPEST, line_at, read_lines
from errdecode.format import Format
from errdecode.model import JSON
from errdecode.model.record import NamedTuple

TOO_DEEP = "nested too deep"


class LocatedFault(NamedTuple):
    """A fault and its place in a catalog file."""

    file: Path
    line: int
    """1-based."""
    message: str


class Loaded(NamedTuple):
    """A catalog file that fits the vocabulary."""

    file: Path
    format: Format


class Parsed(NamedTuple):
    """A catalog file that is TOML."""

    file: Path
    data: dict[str, JSON]
    text: str
    """What `data` was read from, to find the line of a fault in."""

    def locate(self, fault: Fault) -> LocatedFault:
        """Put a fault into words, with its line."""
        where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in fault.path)
        said = f"{where[1:]}: {fault.message}" if where else fault.message
        return LocatedFault(self.file, line_at(_lines_of(self.text), fault.path), said)


def parse_file(file: Path) -> Parsed | LocatedFault:
    """Read a file's TOML, or say why it cannot be read."""
    try:
        data = file.read_bytes()
    except OSError as fault:
        return LocatedFault(file, 1, f"cannot be read: {fault.strerror}")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        return LocatedFault(file, line, "this is not UTF-8; save the file in that encoding")
    try:
        table = tomllib.loads(text)
    except RecursionError:
        return LocatedFault(file, 1, TOO_DEEP)
    except ValueError as fault:  # TOMLDecodeError, or an integer of more digits than Python reads
        return LocatedFault(file, _toml_line(str(fault), text), f"no TOML: {fault}")
    if _is_too_deep(table):
        lines = _lines_of(text)
        return LocatedFault(file, lines[max(lines, key=len)], TOO_DEEP)
    return Parsed(file, table, text)


def load_file(file: Path) -> tuple[Loaded | None, list[LocatedFault]]:
    """Read one catalog file; None with its faults when it is wrong."""
    parsed = parse_file(file)
    if isinstance(parsed, LocatedFault):
        return None, [parsed]
    format, faults = read_format(parsed.data)
    if format is not None:
        faults += check_format(format, file.stem)
    faults = add_blanks(parsed.data, faults)
    located = [parsed.locate(fault) for fault in faults]
    return (Loaded(file, format) if format and not faults else None), located


def list_files(folder: Path) -> list[Path]:
    """The catalog files of a folder by name; hidden ones are an editor's."""
    return sorted(file for file in folder.glob("*.toml") if not file.name.startswith("."))


def load_folder(folder: Path) -> tuple[list[Loaded], list[LocatedFault]]:
    """Read all `*.toml` of a folder in the order of their names; wrong ones are left out, told."""
    loaded, faults = [], []
    for file in list_files(folder):
        one, wrong = load_file(file)
        faults += wrong
        if one:
            loaded.append(one)
    return loaded, faults


def _toml_line(message: str, text: str) -> int:
    """The line that tomllib names in its message."""
    if message.endswith("(at end of document)"):
        return text.rstrip().count("\n") + 1
    digits = message.rpartition("(at line ")[2].partition(",")[0]
    return int(digits) if digits.isdecimal() else 1


def _is_too_deep(table: JSON) -> bool:
    """Whether more than `DEEPEST` keys and indices lead to some value."""
    level = [table]
    for _ in range(DEEPEST + 1):
        level = [
            inner
            for value in level
            if isinstance(value, dict | list)
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
    return bool(level)


_lines_of = lru_cache(maxsize=4)(read_lines)
"""Reading the lines takes as long as reading the values, and only faults ask for them."""
