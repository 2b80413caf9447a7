"""Reads pointers that are not in the dialect they should be in, but in another."""

from __future__ import annotations

import re

from errdecode.model import JSON
from errdecode.pointer.reading import read_pointer
from errdecode.pointer.rfc6901 import Parsed
from errdecode.regex import expression

_NO_PATH = expression(r"\s|://|[?#]|~(?![01])")
"""What stands in sentences and addresses rather than in paths, or is a fault in a JSON Pointer."""
_XPATH = expression(r"\[|//|@|::|(?:\A|/)[^\W\d][\w.-]{0,60}:")
"""What XPaths have and pointers into XML as into JSON have not."""


def read_as_written(sent: JSON) -> tuple[Parsed, str] | None:
    """Read a path in the dialect that it seems to be written in, which comes with it; or nothing.

    It is for paths that `read_pointer` refuses: a JSON Pointer lacks its first slash.
    """
    if not isinstance(sent, str) or _NO_PATH.search(sent):
        return None
    dialect = _dialect_of(sent)
    parsed = read_pointer(f"/{sent}" if dialect == "json-pointer" else sent, dialect)
    return None if parsed.tokens is None else (parsed, dialect)


def _dialect_of(sent: str) -> str:
    """What a path that does not begin with a slash is likely written in."""
    if sent.startswith("$"):
        return "jsonpath"
    if "/" in sent and not re.search(r"[\[.]", sent):
        return "json-pointer"
    return "dotted"


def is_xpath(sent: str) -> bool:
    """Whether a path into XML that was taken for another dialect's can only be an XPath."""
    if "/" not in sent or not _XPATH.search(sent):
        return False
    return read_pointer(sent, "xpath").tokens is not None
