"""An answer as it stands: HTTP messages, JSON documents one after another, or a bare body."""

from __future__ import annotations

import re

from errdecode.capture.terminal import MOST, trim
from errdecode.jsontext.documents import split_documents
from errdecode.model import Exchange, Response, Text
from errdecode.source import cut

_NEXT_DOCUMENT = re.compile(r"[}\]][ \t\r\n\x1e]*[{\[]")
_MARKUP = re.compile(r"<[A-Za-z!?]")


def read_plain(text: Text, start: int, end: int) -> list[Exchange]:
    """Read what stands between two characters of a text as answers; empty when it is blank."""
    value = text.value
    first = start + len(value[start:end]) - len(value[start:end].lstrip())
    if first == end:
        return []
    if value[first] in "{[":
        return read_documents(text, start, end) or [_read_body(text, start, end)]
    if not _MARKUP.match(value, first, end):
        from errdecode.capture.message import read_header_block, read_messages

        messages = read_messages(text, start, end)
        if messages:
            return messages
        block = read_header_block(text, start, end)
        if block:
            return [block]
    return [_read_body(text, start, end)]


def read_documents(text: Text, start: int, end: int) -> list[Exchange]:
    """Read several complete JSON documents as one exchange each; empty when it is one body."""
    if not _NEXT_DOCUMENT.search(text.value, start, end):
        return []
    return [
        Exchange("body", text, begin, stop, response=Response(body=cut(text, begin, stop)))
        for begin, stop in split_documents(text.value, start, end, MOST)
    ]


def _read_body(text: Text, start: int, end: int) -> Exchange:
    trimmed = trim(text.value, start, end)
    response = Response(trimmed.status, body=cut(text, start, trimmed.end))
    return Exchange("body", text, start, end, response=response, notes=trimmed.notes)
