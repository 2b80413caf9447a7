"""Elements and forms in bytes: where they begin and end, told by their tags alone."""

from __future__ import annotations

import re

from errdecode.regex import expression

MARKUP = expression(rb"<\?xml\b|<!(?i:doctype)\b|<[A-Za-z_][\w.:-]{0,120}(?=[\s>/])")
"""The beginning of an XML document, a page or an element."""
FORM = expression(
    rb"""(?:^|[\s"':])(?P<form>[\w.%\[\]-]{1,80}=[^\s"'&=<>{}]*&[^\s"'<>{}?]*=[^\s"'<>{}]*)"""
)
"""Two or more members, as forms have them; query strings of addresses are none."""
_NAME = expression(rb"<([A-Za-z_][\w.:-]*)")
_SKIPPED = expression(rb"\s*(?:<\?|<!--|<!)")
_PROLOGS = 20


def find_root(text: bytes, start: int) -> re.Match[bytes] | None:
    """The first element of a document that begins at a place, behind declaration and comments."""
    at = start
    for _ in range(_PROLOGS):
        skipped = _SKIPPED.match(text, at)
        if skipped is None:
            break
        close = b"?>" if skipped[0].endswith(b"?") else b"-->"
        if skipped[0].endswith(b"!"):
            close = b">"
        end = text.find(close, skipped.end())
        if end < 0:
            return None
        at = end + len(close)
    while text[at : at + 1].isspace():
        at += 1
    return _NAME.match(text, at)


def find_element(text: bytes, start: int) -> int | None:
    """Where the document that begins at a place ends: behind the end tag of its first element.

    Elements of the same name inside it are counted; None when the end is not there.
    """
    root = find_root(text, start)
    if root is None:
        return None
    name = re.escape(root[1])
    tag = re.compile(rb"<(/)?" + name + rb"(?:\s[^<>]{0,4000})?(/)?>")
    depth = 0
    for found in tag.finditer(text, root.start()):
        if found[1]:
            depth -= 1
        elif not (found[2] or found[0].endswith(b"/>")):
            depth += 1
        if depth <= 0:
            return found.end()
    return None
