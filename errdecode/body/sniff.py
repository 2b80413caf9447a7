"""Which kind of content a text is, told by the text first and by its declared media type second."""

from __future__ import annotations

import re

from errdecode.regex import expression

_START = expression(r"[\s\ufeff\u200b\0]*")
_PROLOG = expression(r"<\?|<!--")
_HTML_DOCTYPE = expression(r"<!doctype\s+html", re.IGNORECASE)
_HTML_ROOT = expression(r"<html[\s>]", re.IGNORECASE)
_HTML_TAG = expression(
    r"<(?:head|body|title|meta|script|style|div|span|p|br|hr|h[1-6]|center|table|pre|ul|ol)[\s/>]",
    re.IGNORECASE,
)
_TAG = expression(r"<(?:[^\W\d]|[_:!?])")
_PROLOGS = 20


def find_start(text: str) -> int:
    """The first character that is no blank or byte order mark, 0-based."""
    match = _START.match(text)
    return match.end() if match else 0


def sniff_markup(text: str, promised: str | None) -> str | None:
    """Tell XML from HTML by the first element; None when the text begins with neither."""
    start = find_start(text)
    if not _TAG.match(text, start):
        return None
    first = _skip_prolog(text, start)
    if _HTML_DOCTYPE.match(text, first) or _HTML_ROOT.match(text, first):
        return "html"
    if promised == "xml" or text.startswith("<?xml", start):
        return "xml"
    return "html" if _HTML_TAG.match(text, first) or promised == "html" else "xml"


def _skip_prolog(text: str, at: int) -> int:
    """Step over the XML declaration, instructions and comments before the first element."""
    for _ in range(_PROLOGS):
        match = _PROLOG.match(text, at)
        if not match:
            return at
        closing = "?>" if match[0] == "<?" else "-->"
        end = text.find(closing, match.end())
        if end < 0:
            return at
        blank = _START.match(text, end + len(closing))
        at = blank.end() if blank else end
    return at
