"""Finds fields and cookies in the head of the request."""

from __future__ import annotations

from collections.abc import Iterator

from errdecode.locate.spelling import close_names
from errdecode.model import Field, Location, Repair, Request, Text
from errdecode.pointer import build
from errdecode.source import cut

_LONGEST_NAME = 200
_FIELDS = "the head of the request"
_COOKIES = "the cookies of the request"


def locate_in_head(name: str, request: Request) -> list[Location]:
    """Find a field; its name may be spelled as in a program: `x_api_key` for X-Api-Key."""
    if not request.headers:
        return []
    for field in request.headers:
        if field.name.lower() == name.lower():
            return [_at(field)]
    reason = f"there is no field {_show(name)}"
    lost = Location("request.header", build((name,)), False, reason=reason, described=_FIELDS)
    for field in request.headers:
        if _plain(field.name) == _plain(name):
            return [_respelled(lost, _at(field))]
    names = [field.name for field in request.headers]
    return [lost._replace(suggestions=close_names(names, name))]


def _at(field: Field) -> Location:
    text, start, key = _whole(field)
    value = field.value.value
    location = Location("request.header", build((field.name,)), True, value, text=text)
    return location._replace(start=start, end=start + len(value), key=key, described=_FIELDS)


def _respelled(lost: Location, found: Location) -> Location:
    """A field that only has another spelling."""
    reason = f"the request writes {found.pointer[1:]}"
    repair = Repair(found.pointer, "convention", reason, None, found.value)
    repair = repair._replace(start=found.start, end=found.end, key=found.key)
    return lost._replace(text=found.text, start=found.start, end=found.end, repairs=(repair,))


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


def _show(name: str) -> str:
    return repr(name if len(name) <= 60 else name[:59] + "…")


def _whole(field: Field) -> tuple[Text, int, tuple[int, int] | None]:
    """A field with its name, where that stands before it: the text, the value's start, the name."""
    value, parent, runs = field.value, field.value.parent, field.value.runs
    if parent is None or len(runs) != 1 or runs[0].step != 1:
        return value, 0, None
    start = runs[0].origin
    least = max(0, start - _LONGEST_NAME)
    before = parent.value[least:start].rstrip(" \t")
    if not before.lower().endswith(f"{field.name.lower()}:"):
        return value, 0, None
    begin = least + len(before) - len(field.name) - 1
    text = cut(parent, begin, start + len(value.value))
    return text, start - begin, (0, len(field.name))


def locate_in_cookies(name: str, request: Request) -> list[Location]:
    """Find a cookie (RFC 6265, section 4.2)."""
    names: list[str] = []
    for field in request.headers:
        if field.name.lower() != "cookie":
            continue
        text = field.value.value
        for key, (start, end) in _pairs(text):
            names.append(text[slice(*key)])
            if names[-1] == name:
                value = text[start:end]
                found = Location("request.cookie", build((name,)), True, value, text=field.value)
                return [found._replace(start=start, end=end, key=key, described=_COOKIES)]
    if not request.headers:
        return []
    reason = f"there is no cookie {_show(name)}"
    lost = Location("request.cookie", build((name,)), False, reason=reason, described=_COOKIES)
    return [lost._replace(suggestions=close_names(names, name))]


def _pairs(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where names and values of cookies stand, blanks around them left out."""
    start = 0
    while start < len(text):
        stop = text.find(";", start)
        stop = len(text) if stop < 0 else stop
        equals = text.find("=", start, stop)
        if equals >= 0:
            yield _trim(text, start, equals), _trim(text, equals + 1, stop)
        start = stop + 1


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())
