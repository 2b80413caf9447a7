"""Splits and unquotes a command line as Windows programs do: double quotes, and backslashes before
them.

The rules are those of Microsoft's C runtime, "Parsing C command-line arguments"
(https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments).
"""

from __future__ import annotations

import re

from errdecode.model import Text
from errdecode.regex import expression
from errdecode.source import Builder

_PLAIN = expression(r"[^\"\\\s]+")
_QUOTED = expression(r"[^\"\\]+")
_BACKSLASHES = expression(r"(\\+)(\"?)")


def split_arguments(line: Text) -> tuple[list[Text], int | None]:
    """Split a line into its arguments, and tell where a quote begins (0-based) that never ends."""
    words: list[Text] = []
    word: Builder | None = None
    opened: int | None = None
    at, value = 0, line.value
    while at < len(value):
        if opened is None and value[at].isspace():
            if word is not None:
                words.append(word.text())
            word, at = None, at + 1
            continue
        word = word or Builder(line)
        if value[at] == '"' and value[at + 1 : at + 2] == '"' and opened is not None:
            word.put('"', at, at + 2)
            at += 2
        elif value[at] == '"':
            opened, at = (at if opened is None else None), at + 1
        else:
            at = _copy(word, at, quoted=opened is not None)
    if word is not None:
        words.append(word.text())
    return words, opened


def unquote_native(argument: Text) -> Text:
    """Undo backslashes before double quotes in an argument that PowerShell hands to a Windows
    program.

    Windows PowerShell wraps an argument in quotes without escaping those in it, so people write
    `\\"` for them; PowerShell 7.3 escapes them itself. The former is meant when every double quote
    has its backslash.
    """
    quotes = argument.value.count('"')
    if not quotes or argument.value.count('\\"') != quotes:
        return argument
    builder, at = Builder(argument), 0
    for match in _BACKSLASHES.finditer(argument.value):
        builder.copy(at, match.start())
        at = _put_backslashes(builder, match)
    builder.copy(at, len(argument.value))
    return builder.text()


def _copy(word: Builder, at: int, *, quoted: bool) -> int:
    """Copy plain characters or backslashes; returns the place behind them."""
    value = word.parent.value
    match = _BACKSLASHES.match(value, at)
    if match:
        return _put_backslashes(word, match)
    plain = (_QUOTED if quoted else _PLAIN).match(value, at)
    end = plain.end() if plain else at + 1
    word.copy(at, end)
    return end


def _put_backslashes(word: Builder, match: re.Match[str]) -> int:
    """Before a quote, two backslashes stand for one and an odd one makes the quote a character.

    Else all stay.
    """
    at, count = match.start(), len(match[1])
    if not match[2]:
        word.copy(at, match.end())
        return match.end()
    for pair in range(at, at + count // 2 * 2, 2):
        word.put("\\", pair, pair + 2)
    if count % 2 == 0:
        return match.end() - 1
    word.put('"', match.end() - 2, match.end())
    return match.end()
