"""Compile a folder of catalog files into one checked index; gather faults; weigh the clues.

`files` reads, with `toml_lines` to say where what stands; `schema` and `rules` check; `dialects`
inherits; `reference` is what clues are weighed against, house styles (`house`) among it, and
`weigh` weighs them; `lines` writes the index: one file, whose first line is all that a start reads.
"""

from __future__ import annotations

from errdecode.compile.dialects import codes_of, family_of, inherit, override, shapes_of
from errdecode.compile.files import (
    Loaded,
    LocatedFault,
    Parsed,
    list_files,
    load_file,
    load_folder,
    parse_file,
)
from errdecode.compile.lines import VERSION, compile_catalog
from errdecode.compile.reference import read_background, reference_of

__all__ = [
    "VERSION",
    "Loaded",
    "LocatedFault",
    "Parsed",
    "codes_of",
    "compile_catalog",
    "family_of",
    "inherit",
    "list_files",
    "load_file",
    "load_folder",
    "override",
    "parse_file",
    "read_background",
    "reference_of",
    "shapes_of",
]
