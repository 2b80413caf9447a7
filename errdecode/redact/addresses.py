"""Secrets that an address holds: the password beside a user, also behind `-u`, and a hook's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errdecode.redact.marks import Hit, is_masked
from errdecode.redact.quoted import decode_percent
from errdecode.regex import expression

_USERINFO = expression(r"([^\s/?#\"'<>:\\@]{0,256})(?::([^\s/?#\"'<>\\]{0,512}))?@", re.ASCII)
_OPTION = expression(
    r"(?:-[A-Za-z]{0,8}[uU]|--user|--proxy-user)(?:[ \t]+|=)?([\"']?)([^\s\"':]{0,128}):"
)
_HOOK = (
    expression(  # `hooks.example.com/a/TOKEN`, `/webhooks/ID/TOKEN`, with slashes escaped or not
        r"hook(?:s|b2)?+(?:\.[\w.:-]{1,250}+)?+(?:\\{0,4}/|%2[Ff])[\w@.~-]{1,200}"
        r"((?:(?:\\{0,4}/|%2[Ff])[\w@.~-]{1,200}){1,8})",
        re.ASCII,
    )
)
_SEGMENT = expression(r"(?:/|%2[Ff])([\w-]{20,})(?![\w-]|\.\w)", re.ASCII)
_UUID = expression(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}")
_PLAIN = expression(r"[^\s\"'\\]*")


def find_userinfo(text: str) -> Iterator[Hit]:
    """Find passwords in URLs (RFC 3986, section 3.2.1), and long users, which are tokens."""
    for slashes in ("://", ":\\/\\/"):
        at = text.find(slashes)
        while at >= 0:
            start = at + len(slashes)
            found = _USERINFO.match(text, start)
            for group in (1, 2):
                part = (found[group] or "") if found else ""
                if found and part and (group == 2 or _is_token(part)) and not is_masked(part):
                    yield Hit(found.start(group), found.end(group), decode_percent(part))
            at = text.find(slashes, start)


def find_options(text: str) -> Iterator[Hit]:
    """Find the password of `-u user:password` in a text that holds a curl command."""
    if "curl" not in text:
        return
    for option in _OPTION.finditer(text):
        if option.start() and not text[option.start() - 1].isspace():
            continue
        start, quote = option.end(), option[1]
        plain = _PLAIN.match(text, start)
        end = text.find(quote, start) if quote else plain.end() if plain else start
        if end > start and not text.startswith("//", start) and not is_masked(text[start:end]):
            yield Hit(start, end, text[start:end])


def find_hooks(text: str) -> Iterator[Hit]:
    """Find what gives access to a hook: who knows its address may post there.

    It is a segment of the path, at least the second behind the word.
    """
    at = text.find("hook")
    while at >= 0:
        found = _HOOK.match(text, at)
        if found:
            yield from (
                Hit(part.start(1), part.end(1), part[1])
                for part in _SEGMENT.finditer(text, found.start(1), found.end())
                if _gives_access(part[1])
            )
        at = text.find("hook", found.end() if found else at + 4)


def _is_token(user: str) -> bool:
    return len(user) >= 16 and any(c.isdigit() for c in user)


def _gives_access(segment: str) -> bool:
    """Tell a random segment from an identifier (a UUID, a number) and from words."""
    if segment.isdigit() or _UUID.fullmatch(segment):
        return False
    return segment != segment.lower() or any(c.isdigit() for c in segment)
