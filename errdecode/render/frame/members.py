"""Reads JSON piece by piece, strict or damaged: members, items and the brackets around them.

It goes by the marks of JSON alone, with the quotes, comments and commas that the lenient reader
takes, so a text that breaks off or was mixed up has its members all the same.
"""

from __future__ import annotations

import json

from errdecode.jsontext.lexer import skip_blanks
from errdecode.jsontext.repairs import Repairs
from errdecode.jsontext.strings import QUOTES, scan_string
from errdecode.regex import expression
from errdecode.render.frame.outline import Kind, Passed, Piece, Span

_STRING = r"\"[^\"\\\x00-\x1f]*\"|'[^'\\\x00-\x1f]*'"
_PLAIN = expression(
    rf"[ \t\r\n]*((?:(?:{_STRING}|[-+.\w$]+)[ \t]*:[ \t\r\n]*)?(?:{_STRING}|[-+.\w$]+))"
    r"[ \t\r\n]*(?:,|(?=[}\]]))"
)
"""A member or item without members, with the comma behind it."""
_CONTAINER = expression(rf"[ \t\r\n]*((?:(?:{_STRING}|[-+.\w$]+)[ \t]*:[ \t\r\n]*)?[{{\[])")
_BLANK = expression(r"[ \t\r\n]*")
_COMMA = expression(r"[ \t\r\n]*,")
_SCANNER = json.JSONDecoder(parse_int=str, parse_float=str)  # only the ends of values matter here
_OPENING = expression(r"[{\[(]")
_LEAP = 10_000
"""Characters that are passed at once."""
_COMMAS = ",;，；、"
_CLOSED_BY = {"{": "}", "[": "]", "(": ")"}
_WORD = expression(rf"[^\s,;:=，；、\[\]{{}}(){QUOTES}]+(?:://[^\s,;\[\]{{}}(){QUOTES}]+)?")


def read_member(text: str, at: int, is_inside: bool) -> Piece:
    """Read the next member, item or bracket; outside of all brackets only the next that opens."""
    if not is_inside:
        opening = _OPENING.search(text, at)
        if opening is None:
            return Piece("end", len(text), len(text), len(text))
        return Piece("open", opening.start(), opening.end(), opening.end())
    plain = _PLAIN.match(text, at)
    if plain:
        return Piece("whole", plain.start(1), plain.end(1), plain.end())
    container = _CONTAINER.match(text, at)
    if container:
        return Piece("open", container.start(1), container.end(), container.end())
    return _read_odd(text, at)


def is_closed_by(text: str, inside: int, closing: int) -> bool:
    """Whether a bracket fits the one that opened."""
    return _CLOSED_BY.get(text[inside - 1]) == text[closing]


def pass_members(text: str, at: int, limit: int) -> Passed:
    """Pass members up to a limit, those that hold others with the C scanner."""
    last: tuple[int, int, int] | None = None
    rest = min(limit, at + _LEAP)
    while at < rest:
        plain = _PLAIN.match(text, at)
        if plain:
            start, end = plain.span(1)
            if end > limit:
                break
            last, at = (start, end, end), plain.end()
            continue
        container = _CONTAINER.match(text, at)
        if container is None:
            break
        inside = container.end()
        stop, wasted = _scan(text, inside - 1, limit)
        if stop is None:
            return Passed(at, _span(text, last), wasted)
        last, at = (container.start(1), inside, stop), _pass_comma(text, stop)
    return Passed(at, _span(text, last))


def _scan(text: str, at: int, limit: int) -> tuple[int | None, int]:
    """The end of a strict array or object before a limit; else how much was read for nothing."""
    try:
        _, end = _SCANNER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        return None, error.pos  # it has counted the lines up to there
    except RecursionError:
        return None, len(text) - at
    return (end, 0) if end <= limit else (None, end - at)


def _span(text: str, last: tuple[int, int, int] | None) -> Span | None:
    """The span of a member: where it starts, where its opening ends, where it ends itself."""
    if last is None:
        return None
    start, inside, end = last
    blank = _BLANK.match(text, inside)
    is_empty = inside == end or (blank and blank.end() == end - 1)
    return Span(start, end, end, end) if is_empty else Span(start, inside, end - 1, end)


def _pass_comma(text: str, at: int) -> int:
    comma = _COMMA.match(text, at)
    return comma.end() if comma else at


def _read_odd(text: str, at: int) -> Piece:
    """Read up to the next comma or bracket, word by word."""
    repairs, start, end = Repairs(), -1, at
    while True:
        at = skip_blanks(text, at, repairs)
        char = text[at : at + 1]
        if not char or char in "}])":
            if start >= 0:
                return Piece("whole", start, end, at)
            end = at + len(char)
            return Piece("close" if char else "end", at, end, _pass_comma(text, end))
        if char in _COMMAS:
            if start >= 0:
                return Piece("whole", start, end, at + 1)
            at += 1
            continue
        start = at if start < 0 else start
        if char in "{[(":
            return Piece("open", start, at + 1, at + 1)
        at = end = _pass(text, at, char, repairs)


def _pass(text: str, at: int, char: str, repairs: Repairs) -> int:
    """Step over a string, a word, or a sign that is neither."""
    if char in QUOTES:
        return scan_string(text, at, repairs).end
    word = _WORD.match(text, at)
    return word.end() if word else at + 1


JSON = Kind(read_member, is_closed_by, pass_members)
