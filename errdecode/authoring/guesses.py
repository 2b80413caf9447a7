"""Guesses from values: the pattern that codes follow, the dialect that pointers are written in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from errdecode.extract.places import part_named
from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.pointer import read_pointer
from errdecode.regex import expression

_PATTERNS = (
    r"^\d+$",
    r"^[A-Z_]+$",
    r"^[A-Z0-9_]+$",
    r"^[a-z_]+$",
    r"^[a-z0-9_]+$",
    r"^[a-z-]+$",
    r"^[a-z0-9-]+$",
    r"^[A-Z][a-z][A-Za-z]*$",
    r"^[a-z]+[A-Z][A-Za-z]*$",
    r"^[A-Za-z]+$",
    r"^[a-z0-9_.-]+$",
    r"^[A-Z0-9_.-]+$",
    r"^[A-Za-z0-9_.-]+$",
    r"^[A-Za-z0-9_.:/-]+$",
)
"""How codes are written, the most particular first."""
_IDENTIFIERS = (
    (r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", ""),
    (r"^[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}$", ""),
)
_NUMBERED = expression(r"([A-Za-z][A-Za-z_.-]{0,15})[0-9]{1,12}")
_PREFIXED = expression(r"([a-z]{2,8}[_-])[A-Za-z0-9]{8,64}")
_DIALECTS = (
    ("jsonpath", r"\$(?:[.\[].*)?"),
    ("json-pointer", r"#?/.*"),
    ("query-list", r"[A-Za-z]\w*(?:\.\w+)*\.member\.[1-9].*|[A-Z]\w*\.[1-9]\d*(?:\.[A-Z]\w*)*"),
    ("brackets", r"\w+(?:\[\w*\])*\[[A-Za-z_]\w*\](?:\[\w*\])*"),
    ("dotted", r"[^\s/$]+"),
)
"""How a pointer in each dialect looks, the most particular first."""


class Dialect(NamedTuple):
    """The dialect that pointers seem to be written in."""

    name: str
    fitting: int
    """How many of the values look so."""
    told: bool
    """Some value can be nothing else: a bare name would fit several dialects."""
    headed: bool = False
    """The first segment names the part of the request."""


def guess_pattern(values: Sequence[str]) -> str | None:
    """The most particular pattern that all values follow; None when there is none."""
    if not values or any(len(value) > 120 for value in values):
        return None
    prefix = _common_prefix(values, _NUMBERED)
    if prefix:
        return rf"^{_escape(prefix)}\d+$"
    return next((one for one in _PATTERNS if all(re.search(one, v) for v in values)), None)


def guess_identifier(values: Sequence[str]) -> str | None:
    """The pattern of identifiers that never repeat, such as `^T-\\d+$`; None when they show
    none."""
    for pattern, _ in _IDENTIFIERS:
        if values and all(re.search(pattern, value) for value in values):
            return pattern
    prefix = _common_prefix(values, _NUMBERED)
    if prefix:
        return rf"^{_escape(prefix)}\d+$"
    prefix = _common_prefix(values, _PREFIXED)
    return rf"^{_escape(prefix)}\w+$" if prefix else None


def guess_dialect(values: Sequence[JSON], xml: bool = False) -> Dialect:
    """The dialect that fits most values; each is a string, or an array of names and indices."""
    arrays = [value for value in values if isinstance(value, list)]
    if arrays and len(arrays) * 2 >= len(values):
        heads = [str(value[0]) for value in arrays if value]
        headed = bool(heads) and all(part_named(head) for head in heads)
        return Dialect("segments", len(arrays), True, headed)
    texts = [value for value in values if isinstance(value, str)]
    counts: dict[str, int] = {}
    for text in texts:
        name = _dialect_of(text, xml)
        if name:
            counts[name] = counts.get(name, 0) + 1
    if not counts:
        return Dialect("dotted", 0, False)
    best = max(counts, key=lambda name: counts[name])
    bare = all(re.fullmatch(r"[\w-]+", text) for text in texts)
    return Dialect(best, counts[best], not bare)


def _dialect_of(text: str, xml: bool) -> str | None:
    if xml and re.match(r"/|\w+:\w+/", text):
        return "xpath"
    for name, pattern in _DIALECTS:
        if re.fullmatch(pattern, text[:500]) and read_pointer(text, name).tokens is not None:
            return name
    return None


def _common_prefix(values: Sequence[str], shape: re.Pattern[str]) -> str | None:
    """What stands before the changing part in all values."""
    matches = [shape.fullmatch(value) for value in values]
    prefixes = {match[1] if match else None for match in matches}
    return prefixes.pop() if len(prefixes) == 1 else None


def _escape(text: str) -> str:
    return re.sub(r"([.\\^$*+?{}\[\]|()])", r"\\\1", text)
