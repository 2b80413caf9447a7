"""Writes reference tokens in a dialect: what `reading` reads, the other way round."""

from __future__ import annotations

import re

from errdecode.pointer.dialects import DIALECTS, Dialect
from errdecode.pointer.reading import read_pointer
from errdecode.pointer.rfc6901 import INDEX, Tokens, build

_PLAIN = r"[^][.'\"\\*]+"
_ESCAPES = {"\b": r"\b", "\f": r"\f", "\n": r"\n", "\r": r"\r", "\t": r"\t"}


def write(tokens: Tokens, dialect: str) -> str | None:
    """Write reference tokens in one of `DIALECTS`; None when it has no words for them.

    What is written reads back as the same tokens. A JSONPath is the normalized one (RFC 9535,
    section 2.7), but for patterns, which have none.
    """
    if dialect == "json-pointer":
        return build(tokens)
    row = DIALECTS[dialect]
    if row.anywhere:
        written = tokens[-1] if tokens else ""
    elif not tokens:
        written = row.root or row.separators
    else:
        written = row.root + "".join(_write(token, at, row) for at, token in enumerate(tokens))
    return written if read_pointer(written, dialect).tokens == tokens else None


def _write(token: str, at: int, row: Dialect) -> str:
    """Write one token, the first of which stands `at` 0."""
    match row.brackets:
        case "predicates":
            return _write_step(token)
        case "selectors":
            return ".." if token == "**" else f"[{_in_brackets(token, row)}]"  # a pattern's token
        case "none":
            return row.separators * (at > 0) + _counted(token, at, row)
    if at == 0 and not row.separators:
        return token
    if row.separators and re.fullmatch(_PLAIN, token) and not INDEX.fullmatch(token):
        return row.separators * (at > 0) + token
    return f"[{_in_brackets(token, row)}]"


def _counted(token: str, at: int, row: Dialect) -> str:
    """A number as the dialect counts."""
    return str(int(token) + 1) if row.from_one and at and INDEX.fullmatch(token) else token


def _in_brackets(token: str, row: Dialect) -> str:
    """Quote a token that is no index, if the dialect does."""
    if not row.quotes or token == "*" or INDEX.fullmatch(token):  # a pattern's token
        return token
    return "'" + re.sub(r"[\x00-\x1f'\\]", _escape, token) + "'"


def _escape(match: re.Match[str]) -> str:
    """Escape a character as normalized paths do (RFC 9535, section 2.7)."""
    char = match[0]
    return _ESCAPES.get(char) or (f"\\u{ord(char):04x}" if char < " " else "\\" + char)


def _write_step(token: str) -> str:
    """A step of an XPath with its slash; `**` is the first slash of two."""
    if token == "**":  # a pattern's token
        return "/"
    if INDEX.fullmatch(token):
        return f"[{int(token) + 1}]"
    if re.fullmatch(r"@?[^\W\d][\w.-]*|\*", token):
        return "/" + token
    quote = '"' if "'" in token else "'"
    return f"/*[local-name()={quote}{token}{quote}]"
