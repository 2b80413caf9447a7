"""HTML pages, mostly of proxies and frameworks: their title, headings and visible text.

A small tokenizer of its own, linear in the page: `html.parser` is quadratic on damaged tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from errdecode.model import JSON
from errdecode.regex import expression

TEXT = 20_000
"""Characters of visible text that are kept."""
PAGE = 500_000
"""Characters of a page that are read."""

_TAG = expression(r"<(/?)([a-zA-Z][^\s/>]*)")
_TAG_END = expression(r"[^>\"']*")
_RAW_END = expression(r"</(script|style)\b", re.IGNORECASE)
_RAW = frozenset({"script", "style"})
_HIDDEN = frozenset({"head", "iframe", "noscript", "object", "script", "style", "svg", "template"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset(
    {"a", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup", "tt", "u"}
)


def read_html(text: str) -> dict[str, JSON]:
    """Read a page: `{"title": …, "headings": […], "text": …}`, blanks collapsed; never raises."""
    page = _Page()
    for tag, content in _tokenize(text[:PAGE]):
        page.take(tag, content)
    headings: list[JSON] = [heading for heading in map(_collapse, page.headings) if heading]
    return {
        "title": _collapse(page.title),
        "headings": headings,
        "text": _collapse("".join(page.text))[:TEXT].rstrip(),
    }


class _Page:
    """Gathers what a reader of the page sees."""

    def __init__(self) -> None:
        self.title = ""
        self.headings: list[str] = []
        self.text: list[str] = []
        self._hidden = ""
        self._place = ""

    def take(self, tag: str, content: str) -> None:
        """Take one token: a tag (`p`, `/p`), or text when `tag` is empty."""
        if not tag:
            self._put(content)
            return
        name = tag.lstrip("/")
        if tag in ("body", "/" + self._hidden):
            self._hidden = ""
        elif tag in _HIDDEN and not self._hidden:
            self._hidden = tag
        if name == "title" or name in _HEADINGS:
            self._place = tag
        if tag in _HEADINGS:
            self.headings.append("")
        if name not in _INLINE:
            self.text.append(" ")

    def _put(self, content: str) -> None:
        """Put text where it belongs."""
        if self._place == "title":
            self.title = self.title or content
        elif not self._hidden:
            if self._place in _HEADINGS:
                self.headings[-1] += content
            self.text.append(content)


def _tokenize(text: str) -> Iterator[tuple[str, str]]:
    """Yield tags in lower case, `("p", "")` and `("/p", "")`, and texts, `("", "text")`."""
    at = 0
    while at < len(text):
        start = text.find("<", at)
        start = len(text) if start < 0 else start
        if start > at:
            yield "", unescape(text[at:start])
        match = _TAG.match(text, start)
        if match:
            name = match[2].lower()
            yield match[1] + name, ""
            at = _end_of_tag(text, match.end())
            if name in _RAW and not match[1]:
                at = _end_of_raw(text, at, name)
        elif text.startswith(("<!", "<?", "</"), start):
            at = _end_of_comment(text, start)
        else:
            yield "", text[start : start + 1]
            at = start + 1


def _end_of_tag(text: str, at: int) -> int:
    """Step over attributes; a quote that is never closed hides nothing."""
    while True:
        match = _TAG_END.match(text, at)
        at = match.end() if match else at
        if at >= len(text):
            return len(text)
        if text[at] == ">":
            return at + 1
        closing = text.find(text[at], at + 1)
        at = closing + 1 if closing >= 0 else at + 1


def _end_of_comment(text: str, start: int) -> int:
    closing = "-->" if text.startswith("<!--", start) else ">"
    end = text.find(closing, start + 2)
    return end + len(closing) if end >= 0 else len(text)


def _end_of_raw(text: str, at: int, name: str) -> int:
    """Step over the content of a script or style sheet."""
    for match in _RAW_END.finditer(text, at):
        if match[1].lower() == name:
            return match.start()
    return len(text)


def _collapse(text: str) -> str:
    return " ".join(text.split())
