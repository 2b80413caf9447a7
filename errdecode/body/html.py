"""HTML pages, mostly of proxies and frameworks: their title, headings and visible text."""

from __future__ import annotations

from html.parser import HTMLParser

from errdecode.model import JSON

TEXT = 20_000
"""Characters of visible text that are kept."""
PAGE = 60_000
"""Characters of a page that are read; `html.parser` takes quadratic time on some damage."""

_HIDDEN = frozenset({"script", "style", "template", "svg", "noscript", "iframe", "object", "head"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset(
    {"a", "b", "i", "u", "em", "strong", "code", "span", "small", "tt", "sub", "sup"}
)


def read_html(text: str) -> dict[str, JSON]:
    """Read a page: `{"title": …, "headings": […], "text": …}`, blanks collapsed; never raises."""
    page = _Page()
    try:
        page.feed(text[:PAGE])
        page.close()
    except (AssertionError, ValueError, NotImplementedError):  # html.parser on odd declarations
        pass
    headings: list[JSON] = [heading for heading in map(_collapse, page.headings) if heading]
    return {
        "title": _collapse(page.title),
        "headings": headings,
        "text": _collapse("".join(page.text))[:TEXT].rstrip(),
    }


class _Page(HTMLParser):
    """Gathers what a reader of the page sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.headings: list[str] = []
        self.text: list[str] = []
        self._hidden: list[str] = []
        self._place = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where the text that follows belongs."""
        if tag == "body":
            self._hidden.clear()
        elif tag in _HIDDEN and not self._hidden:
            self._hidden.append(tag)
        elif tag == "title":
            self._place = "title"
        elif tag in _HEADINGS:
            self._place = "heading"
            self.headings.append("")
        if tag not in _INLINE:
            self.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Leave a hidden element, a title or a heading."""
        if self._hidden and tag == self._hidden[-1]:
            self._hidden.pop()
        if tag == "title" or tag in _HEADINGS:
            self._place = ""
        if tag not in _INLINE:
            self.text.append(" ")

    def handle_data(self, data: str) -> None:
        """Put text where it belongs."""
        if self._place == "title":
            self.title = self.title or data
            return
        if self._hidden:
            return
        if self._place == "heading":
            self.headings[-1] += data
        self.text.append(data)


def _collapse(text: str) -> str:
    return " ".join(text.split())
