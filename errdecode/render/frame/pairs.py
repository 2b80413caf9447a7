"""Reads forms and URLs piece by piece: the pairs of a form, and those of a URL's query."""

from __future__ import annotations

import re

from errdecode.regex import expression
from errdecode.render.frame.outline import Kind, Piece

_PAIR = expression(r"[&\s]*([^&\r\n]+)")
_QUERY_PAIR = expression(r"&*([^&#]+)")
_PATH = expression(r"[^?#]*")


def query_of(url: str) -> tuple[int, int]:
    """Where the query stands, without its `?` (RFC 3986, section 3.4).

    Without a query, the end of the path twice.
    """
    path = _PATH.match(url)
    start = path.end() if path else 0
    end = url.find("#", start)
    end = len(url.rstrip()) if end < 0 else end
    return min(start + url.startswith("?", start), end), end


def _read_form(text: str, at: int, is_inside: bool) -> Piece:
    pair = _PAIR.match(text, at)
    return _piece(pair) if pair else Piece("end", len(text), len(text), len(text))


def _read_url(text: str, at: int, is_inside: bool) -> Piece:
    """Read what stands before the query as that which holds its pairs."""
    start, _ = query_of(text) if at == 0 else (0, 0)
    if start:
        return Piece("open", 0, start, start)
    pair = _QUERY_PAIR.match(text, at) if is_inside else None
    return _piece(pair) if pair else Piece("end", len(text), len(text), len(text))


def _piece(pair: re.Match[str]) -> Piece:
    start, end = pair.span(1)
    return Piece("whole", start, end, end)


def _is_closed_by(text: str, inside: int, closing: int) -> bool:
    return False


FORM = Kind(_read_form, _is_closed_by)
URL = Kind(_read_url, _is_closed_by)
