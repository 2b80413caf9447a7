"""The documents in a text: JSON as it stands, escaped or as Python shows it, XML, pages, forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.scan.cut.carriers import LIMIT
from errdecode.scan.cut.json_values import MISSING, Found, Missing, balance, load, load_at
from errdecode.scan.cut.markup import FORM, MARKUP, find_element
from errdecode.scan.cut.views import (
    View,
    part,
    undouble,
    unescape_hex,
    unescape_json,
    unescape_python,
)

_OPENER = expression(
    rb"(?:\[(?:\s|\\+[nrt]){0,40})?\{(?:\s|\\+[nrt]){0,40}"
    rb"(?:(\\{0,15})([\"'])|(\\x22)|\xe2\x80[\x98-\x9f]"  # a quote of a word processor
    rb"|[A-Za-z_]\w{0,60}[ \t]{0,3}:[ \t]{1,3}[\"'{\[0-9tfn\\]"
    rb"|:[a-z_]\w{0,60} ?=>)"  # a symbol of Ruby's
)
"""The beginning of a JSON object with a member, or of an array of such, escaped or not."""
_QUOTED = expression(rb'(?:[^"\\]|\\.)*+', re.DOTALL)
_FIELD = expression(rb'(?:[^"]|"")*+')
"""What is left of a field in quotes of a CSV file."""
_DOUBLED = expression(rb'""[^\s:",}]')
"""The beginning of a name there."""
_DOUBLED_VALUE = expression(rb'=""[^\s">/]')
"""The beginning of an attribute's value there."""
_LEVELS = 4
"""How often a text may have been escaped."""
MOST_DAMAGED = 4
"""Damaged documents that are looked at in one text."""
_MOST_FAILURES = 64
"""Openers of one text at which no JSON is read, before it is given up."""
_MOST_READ = 2 << 20
"""Bytes that are read in vain behind such openers, before it is given up."""
_SHORT = 32 << 10
"""Bytes in which a damaged document ends, or nowhere, in a text of more than LIMIT bytes."""


class Document(NamedTuple):
    """A document, cut out of a log and freed from its wrapping."""

    view: View
    """Its text, and where it stands in the log."""
    kind: str
    """json, markup, form or text."""
    value: JSON | Missing = MISSING
    """Of undamaged JSON."""
    complete: bool = True
    """False: its end is not there."""
    begin: int = 0
    """Where it begins in the text it was found in."""
    end: int = 0
    """Where it ends in the text it was found in; what follows belongs to others."""


def find_documents(view: View, level: int = _LEVELS) -> Iterator[Document]:
    """Yield the JSON documents of a text, in order; none inside another that is whole."""
    text = view.text
    if text[:2] == b'{"' and text[-1:] == b"}":  # as a rule a text is a document or holds none
        value = load(text)
        if not isinstance(value, Missing):
            yield Document(view, "json", value, end=len(text))
            return
    latin = text.decode("latin-1")
    at, damaged, failures, read = 0, 0, 0, 0
    while failures < _MOST_FAILURES and read < _MOST_READ and (opener := _OPENER.search(text, at)):
        start = opener.start()
        doubled = opener[2] == b'"' and _DOUBLED.match(text, opener.end() - 1)
        if opener[3] or opener[1] or doubled:
            end = (_FIELD if doubled else _QUOTED).match(text, start).end()  # type: ignore[union-attr]  # matches nothing, too
            if opener[3]:
                end = _find(text, b'"', start)
            yield from _unescaped(view, opener, end, level)
            at = max(opener.end(), end)
            continue
        literal = _read_literal(view, start) if text[start - 2 : start] == b"b'" else None
        if literal:
            yield literal
            at = literal.end
            continue
        found = load_at(text, latin, start) if opener[2] == b'"' else opener.end()
        if isinstance(found, Found):
            inner = part(view, start, found.end)
            yield Document(inner, "json", found.value, begin=start, end=found.end)
            at = found.end
            continue
        failures += 1
        read += found - start
        at = opener.end()
        if damaged < MOST_DAMAGED:
            damaged += 1
            document = _read_damaged(view, start)
            if not document.complete and len(text) > LIMIT:
                damaged = MOST_DAMAGED
            yield document
            at = document.end if document.complete else at


def _find(text: bytes, mark: bytes, start: int) -> int:
    """The next mark, else the end of the text."""
    found = text.find(mark, start)
    return len(text) if found < 0 else found


def _unescaped(view: View, opener: re.Match[bytes], end: int, level: int) -> Iterator[Document]:
    """The documents of an escaped piece of a text; only its first one begins at the opener."""
    start = opener.start()
    inner: View | None
    if opener[3]:
        inner = unescape_hex(view, start, end)
    elif opener[1]:
        inner = unescape_json(view, start, end)
    else:
        inner = undouble(view, start, end)
    if inner is None:
        inner = unescape_python(view, start, end)
    if level and inner.text != view.text[start:end]:
        for document in find_documents(inner, level - 1):
            yield document._replace(begin=start, end=end)


def _read_damaged(view: View, start: int) -> Document:
    """Cut out what is no JSON as it stands: a Python literal, a damaged object, the half of one."""
    text = view.text
    literal = _read_literal(view, start) if text[max(0, start - 1) : start] == b"'" else None
    if literal:
        return literal
    most = _SHORT if len(text) > LIMIT else len(text)
    closed = balance(text[start : start + most], 0)
    end = len(text) if closed is None else start + closed
    complete = closed is not None
    return Document(part(view, start, end), "json", MISSING, complete, start, end)


def _read_literal(view: View, start: int) -> Document | None:
    """The JSON in a Python literal whose content begins at a place; None when it is none."""
    end = _end_of_literal(view.text, start)
    inner = unescape_python(view, start, end)
    found = load_at(inner.text, inner.text.decode("latin-1"), 0)
    if not isinstance(found, Found):
        return None
    return Document(part(inner, 0, found.end), "json", found.value, begin=start, end=end)


_LITERAL = expression(rb"(?:[^'\\\n]|\\.)*+")


def _end_of_literal(text: bytes, start: int) -> int:
    found = _LITERAL.match(text, start)
    return found.end() if found else len(text)


def find_all(view: View) -> Iterator[Document]:
    """Yield the documents of a text: those of JSON, unless the first one stands inside an element;
    else what is no JSON."""
    found = find_documents(view)
    first = next(found, None)
    if first is None:
        yield from find_others(view)
        return
    if b"<" in view.text[: first.begin]:
        around = next(find_others(view), None)
        if around and around.kind == "markup" and around.begin < first.begin < around.end:
            yield around
            return
    yield first
    yield from found


def find_others(view: View) -> Iterator[Document]:
    """Yield the documents of a text that are no JSON: the first element or page, else a form."""
    opener = MARKUP.search(view.text)
    text = view.text
    if opener:
        view, start = _open_markup(view, opener.start())
        text = view.text
        end = find_element(text, start)
        if end is not None:
            yield Document(part(view, start, end), "markup", begin=start, end=end)
            return
        if text.startswith((b"<?xml", b"<!D", b"<!d", b"<html", b"<HTML"), start):
            yield Document(part(view, start, len(text)), "markup", MISSING, False, start, len(text))
            return
    form = FORM.search(text)
    if form:
        start, end = form.span("form")
        yield Document(part(view, start, end), "form", begin=start, end=end)


def _open_markup(view: View, start: int) -> tuple[View, int]:
    """A text in which markup begins at a place, its escapes undone, and where it does then."""
    text = view.text
    before = text[max(0, start - 1) : start]
    stop = _QUOTED.match(text, start) if before == b'"' else None
    if stop and (b'\\"' in stop[0] or b"\\n" in stop[0]):
        inner = unescape_json(view, start, stop.end())
        return inner or unescape_python(view, start, stop.end()), 0
    end = _end_of_literal(text, start) if before == b"'" else start
    if b"\\" in text[start:end]:
        return unescape_python(view, start, end), 0
    if _DOUBLED_VALUE.search(text, start):
        return undouble(view, start, _FIELD.match(text, start).end()), 0  # type: ignore[union-attr]  # matches nothing, too
    if b"\\x22" in text or b"\\x0A" in text:
        return unescape_hex(view, start, _find(text, b'"', start)), 0
    return view, start
