"""An answer as it stands: HTTP messages, JSON documents one after another, or a bare body."""

from __future__ import annotations

from errdecode.capture.terminal import MOST, trim
from errdecode.jsontext.documents import split_documents
from errdecode.model import Exchange, Response, Text
from errdecode.regex import expression
from errdecode.source import cut

_NEXT_DOCUMENT = expression(r"[}\]][ \t\r\n\x1e]*[{\[]")
_MARKUP = expression(r"<[A-Za-z!?]")


def read_plain(text: Text, start: int, end: int) -> list[Exchange]:
    """Read what stands between two characters of a text as answers; empty when it is blank.

    Commands that the range begins with are no part of them.
    """
    value = text.value
    first = start + len(value[start:end]) - len(value[start:end].lstrip())
    if first == end:
        return []
    if _may_be_prompt(value, first, end):
        from errdecode.capture.echoed import ECHOED, skip_commands

        behind = skip_commands(text, first, end)
        if behind > first:
            head, *rest = _read(text, behind, behind, end)
            return [head._replace(start=start, notes=(ECHOED, *head.notes)), *rest]
    return _read(text, first, start, end)


def _may_be_prompt(value: str, first: int, end: int) -> bool:
    """Tell quickly whether the first line may begin with a shell's prompt."""
    second = value[first + 1 : first + 2]
    if value[first] in "{<" or (value[first] == "[" and not second.isalnum()):
        return False
    line = value.find("\n", first, end)
    return line > 0 and any(sign in value[first : min(line, first + 400)] for sign in "$%>❯➜#")


def _read(text: Text, first: int, start: int, end: int) -> list[Exchange]:
    """Read answers; `first` is the first character that is not blank."""
    value = text.value
    if value[first] in "{[":
        return read_documents(text, start, end) or [_read_body(text, start, end)]
    if not _MARKUP.match(value, first, end):
        from errdecode.capture.header import read_header_block
        from errdecode.capture.message import read_messages

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
