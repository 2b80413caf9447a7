"""Reads XML piece by piece, well-formed or not: elements with their tags."""

from __future__ import annotations

from errdecode.regex import expression
from errdecode.render.frame.outline import Kind, Passed, Piece, Span

_NAME = expression(r"[^\s<>/]*")
_TAG = expression(r"[^>\"']*")
_OTHERS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">"))
"""What is no element, with its end."""
_LONGEST_TAG = 100_000
_LEAP = 10_000
"""Characters that are passed at once."""


def read_element(text: str, at: int, is_inside: bool) -> Piece:
    """Read the next tag; one that closes itself is an element without members."""
    while (start := text.find("<", at)) >= 0:
        at = _pass_other(text, start)
        if at > start:
            continue
        end = end_of_tag(text, start)
        if end < 0:
            break
        if text.startswith("</", start):
            return Piece("close", start, end, end)
        return Piece("whole" if text[end - 2] == "/" else "open", start, end, end)
    return Piece("end", len(text), len(text), len(text))


def pass_elements(text: str, at: int, limit: int) -> Passed:
    """Pass elements up to a limit, those that have others by a search for their end tag."""
    last: Span | None = None
    rest = min(limit, at + _LEAP)
    while at < rest:
        start = text.find("<", at, limit)
        inside = end_of_tag(text, start) if start >= 0 and text[start + 1] not in "/!?" else -1
        if not 0 < inside <= limit:
            break
        if text[inside - 2] == "/":
            last, at = Span(start, inside, inside, inside), inside
            continue
        closing, end = _find_end_tag(text, start, inside, limit)
        if not inside < end <= limit:
            return Passed(at, last, closing - inside)
        has_others = text.find("<", inside, closing) >= 0
        last = Span(start, inside, closing, end) if has_others else Span(start, end, end, end)
        at = end
    return Passed(at, last)


def _find_end_tag(text: str, start: int, inside: int, limit: int) -> tuple[int, int]:
    """Where an end tag starts and ends; where the search for it was given up, and -1.

    It is, where an element of the same name or something that is no element comes before.
    """
    name = name_of_tag(text, start)
    closing = text.find(f"</{name}>", inside, limit)
    if closing < 0:
        return limit, -1
    if any(text.find(other, inside, closing) >= 0 for other in (f"<{name}", "<!", "<?")):
        return closing, -1
    return closing, closing + len(name) + 3


def end_of_tag(text: str, start: int) -> int:
    """Behind the tag that starts here; -1 when it does not end."""
    at = start
    while True:
        part = _TAG.match(text, at)
        at = part.end() if part else at
        char = text[at : at + 1]
        if char in ("", ">"):
            return at + 1 if char else -1
        at = text.find(char, at + 1) + 1
        if at == 0:
            return -1


def name_of_tag(text: str, start: int) -> str:
    """The name in the tag that starts here, its prefix included."""
    match = _NAME.match(text, start + 1 + text.startswith("</", start))
    return match[0] if match else ""


def _is_closed_by(text: str, inside: int, closing: int) -> bool:
    start = text.rfind("<", max(0, inside - _LONGEST_TAG), inside)
    return start >= 0 and name_of_tag(text, start) == name_of_tag(text, closing)


def _pass_other(text: str, start: int) -> int:
    """Step over a comment, an instruction or CDATA; to the end of the text if it has no end."""
    for opening, closing in _OTHERS:
        if text.startswith(opening, start):
            end = text.find(closing, start + len(opening))
            return end + len(closing) if end >= 0 else len(text)
    return start


XML = Kind(read_element, _is_closed_by, pass_elements)
