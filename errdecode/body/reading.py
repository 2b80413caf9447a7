"""Reads a body: charset, kind, value, notes; each kind by its own module, imported when met."""

from __future__ import annotations

from collections.abc import Sequence

from errdecode import jsontext
from errdecode.body.media import media_type, promised_kind
from errdecode.model import Body, Note, Text, Tree
from errdecode.regex import expression

_BLANK = " \t\r\n\f\v\ufeff\u200b\u00a0\0"
_SHIFTS = ("\0", "\x1b", "~{")
"""What ASCII characters may be in UTF-16, ISO-2022 and HZ."""
_MULTIPART = "multipart/form-data"
_FIELDS = expression(r"(?!--|\s*[{\[])[^=\r\n]{1,200}=")
"""Fields of a multipart form that a command shows without the parts around them."""
_NAMES = {"json": "JSON", "xml": "XML", "html": "HTML", "form": "a form", "text": "text"}


def read_body(text: Text, content_type: str | None = None) -> Body:
    """Read a body of any kind; never raises.

    `content_type` is the field's whole value. The content decides the kind, the declared media type
    only what the content leaves open; where they contradict each other a note says so. Values: XML
    as `body.xml` describes it, a form as an object, HTML as an object of its title, headings and
    text, other text as a string, nothing as null.
    """
    media = media_type(content_type)
    notes: tuple[Note, ...] = ()
    if not text.value.isascii() or any(mark in text.value for mark in _SHIFTS):
        from errdecode.body.charset import decode_declared

        text, notes = decode_declared(text, content_type)
    body = _read(text, media)
    return body._replace(notes=(*notes, *body.notes, *_compare(body.kind, media)))


def place(body: Body, tokens: Sequence[str]) -> Tree | None:
    """Find where a value stands in `body.text`; None when the pointer leads nowhere.

    `tokens` are the unescaped reference tokens of a pointer into `body.value`.
    """
    if body.tree is not None:
        return jsontext.place_in(body.tree, tokens)
    if body.kind == "json":
        return jsontext.place(body.text.value, tokens)
    return None if tokens else Tree(0, len(body.text.value))


def _read(text: Text, media: str | None) -> Body:
    """Try the kinds in the order in which they can be told for certain."""
    value = text.value
    if not value.strip(_BLANK):
        return Body("empty", media, text, None)
    promised = promised_kind(media)
    if value.lstrip(_BLANK).startswith("<"):
        from errdecode.body.sniff import sniff_markup

        markup = sniff_markup(value, promised)
        if markup:
            return _read_markup(text, media, markup)
    if promised == "form" and not value.lstrip().startswith(("{", "[")):
        return _read_form(text, media)
    if media == _MULTIPART and _FIELDS.match(value):
        return _read_form(text, media)
    body = _read_json(text, media, promised)
    if body:
        return body
    if promised in (None, "text", "html") and _is_form(value):
        return _read_form(text, media)
    return Body("text", media, text, value)


def _read_json(text: Text, media: str | None, promised: str | None) -> Body | None:
    """Read JSON; a bare number, word or string is JSON only when nothing else was declared."""
    reading = jsontext.read_json(text.value)
    if reading is None:
        return None
    if not isinstance(reading.value, dict | list) and media is not None and promised != "json":
        return None
    return Body("json", media, text, reading.value, reading.notes, reading.tree)


def _read_markup(text: Text, media: str | None, kind: str) -> Body:
    if kind == "html":
        from errdecode.body.html import PAGE, read_html

        size = len(text.value)
        notes = (
            (Note("limit", f"only {PAGE} of {size} characters were read"),) if size > PAGE else ()
        )
        return Body("html", media, text, read_html(text.value), notes)
    from errdecode.body.xml import read_xml

    reading = read_xml(text.value, sure=promised_kind(media) == "xml")
    if reading.tree is None:
        return Body("text", media, text, text.value, reading.notes)
    return Body("xml", media, text, reading.value, reading.notes, reading.tree)


def _read_form(text: Text, media: str | None) -> Body:
    from errdecode.body.form import read_form

    value, tree = read_form(text.value)
    return Body("form", media, text, value, (), tree)


def _is_form(value: str) -> bool:
    if "&" not in value or "=" not in value:
        return False
    from errdecode.body.form import is_form

    return is_form(value)


def _compare(kind: str, media: str | None) -> tuple[Note, ...]:
    """A note where the declared media type promises another kind than the content is."""
    promised = promised_kind(media)
    if kind == "empty" or promised in (None, kind):
        return ()
    if promised == "html" and (kind == "text" or media == "application/xhtml+xml"):
        return ()
    return (Note("media-type-conflict", f"declared as {media}, but the content is {_NAMES[kind]}"),)
