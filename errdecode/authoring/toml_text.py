"""Values as TOML 1.0 writes them: literal strings where they will do, nothing harmful raw."""

from __future__ import annotations

import re
from collections.abc import Mapping

from errdecode.model import JSON
from errdecode.regex import expression
from errdecode.sanitise import sanitise

_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_BARE_KEY = expression(r"[A-Za-z0-9_-]+")
_SURROGATE = expression("[\ud800-\udfff]")


def write_value(value: JSON) -> str:
    """Write a value on one line; members without a value (null) are left out, TOML has none.

    Values are as deep as the vocabulary, so it calls itself a few times at most.
    """
    if isinstance(value, str):
        return write_string(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(write_value(item) for item in value if item is not None)}]"
    if isinstance(value, dict):
        return write_table(value)
    return repr(value)


def write_table(table: Mapping[str, JSON]) -> str:
    """Write an inline table."""
    pairs = (f"{write_key(k)} = {write_value(v)}" for k, v in table.items() if v is not None)
    return f"{{ {', '.join(pairs)} }}"


def write_key(name: str) -> str:
    """Write a key, quoted if it must be."""
    return name if _BARE_KEY.fullmatch(name) else _basic(name)


def write_string(text: str) -> str:
    """Write a string on one line; in a literal one, patterns need no escapes."""
    spares = re.search(r'["\\^]', text) and "'" not in text
    return f"'{text}'" if spares and sanitise(text) == text else _basic(text)


def write_block(text: str) -> str:
    """Write a text of several lines, such as a body; a newline may be added at its end."""
    end = "" if text.endswith("\n") else "\n"
    if sanitise(text, keep_lines=True) == text and "'''" not in text:
        return f"'''\n{text}{end}'''"
    escaped = "".join(c if c in '\n"' else _escape(c) for c in _SURROGATE.sub("\ufffd", text))
    escaped = escaped.replace('"""', '""\\"')
    return f'"""\n{escaped}{end}"""'


def _basic(text: str) -> str:
    return f'"{"".join(map(_escape, _SURROGATE.sub("�", text)))}"'


def _escape(character: str) -> str:
    """A character as a basic string has it: what could harm a terminal, or hide, as its number."""
    if character in _SHORT:
        return _SHORT[character]
    if character.isprintable() and sanitise(character) == character:
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
