"""JSON Pointers (RFC 6901): read, write and resolve them, in any dialect.

Every other way to write a path into a document is a row of a table (`dialects`), read by one
grammar (`reading`) into the reference tokens of RFC 6901 and written back by `writing`. What the
tokens mean in a document at hand, whose names may be flat or hold dots themselves, is told by
`names`.
"""

from __future__ import annotations

from errdecode.pointer.dialects import DIALECTS, Dialect
from errdecode.pointer.names import find_flat, settle, split_flat
from errdecode.pointer.reading import read_pointer
from errdecode.pointer.rfc6901 import (
    Parsed,
    Resolution,
    Tokens,
    array_index,
    build,
    parse,
    resolve,
    type_name,
)

__all__ = [
    "DIALECTS",
    "Dialect",
    "Parsed",
    "Resolution",
    "Tokens",
    "array_index",
    "build",
    "find_flat",
    "parse",
    "read_pointer",
    "resolve",
    "settle",
    "split_flat",
    "type_name",
]
