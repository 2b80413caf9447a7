"""HTML written element by element: the one place where foreign text enters a page."""

from __future__ import annotations

import html
import re

from errdecode.sanitise import safe_link, sanitise


class Markup(str):
    """HTML that was built here; every other string is foreign, and is escaped on its way in."""

    __slots__ = ()


def element(name: str, /, *content: str, **attributes: str | None) -> Markup:
    """Write an element; content and values are escaped unless they are `Markup`.

    An attribute's name may end in an underscore (`class_`), and each other underscore stands for a
    hyphen; one that is None is left out.
    """
    tag = _open(name, attributes)
    return Markup(f"{tag}{joined(*content)}</{name}>")


def void(name: str, /, **attributes: str | None) -> Markup:
    """Write an element that has no content and no end tag, such as `meta`."""
    return _open(name, attributes)


def joined(*content: str) -> Markup:
    """Set pieces one after the other; those that are not `Markup` are escaped."""
    return Markup("".join(map(_safe, content)))


def prose(line: str) -> Markup:
    """Write words of ours, in which backticks mark code."""
    parts = re.split(r"`([^`]+)`", line)
    return joined(*(element("code", part) if at % 2 else part for at, part in enumerate(parts)))


def link(url: str) -> Markup:
    """Write an address of the catalog: a link when it is a safe one, else its text."""
    safe = safe_link(url)
    return element("a", url, href=safe, rel="noreferrer") if safe else element("span", url)


def to_ascii(page: str) -> str:
    """Write all beyond ASCII as character references, so that no encoding can spoil a page.

    A shell's redirection may write another encoding than the one the page declares.
    """
    return page.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _open(name: str, attributes: dict[str, str | None]) -> Markup:
    words = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_safe(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{words}>")


def _safe(text: str) -> str:
    """The boundary: what could steer or hide is made visible, then nothing is left of markup."""
    return text if isinstance(text, Markup) else html.escape(sanitise(text))
