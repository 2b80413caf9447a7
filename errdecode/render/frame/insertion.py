"""Where something that is missing would stand, in each kind of text, and what to say there."""

from __future__ import annotations

from errdecode.model import Location
from errdecode.pointer import parse
from errdecode.render.frame.elements import end_of_tag, name_of_tag
from errdecode.render.frame.kinds import kind_of
from errdecode.render.frame.pairs import query_of
from errdecode.render.frame.shape import Mark

_LONGEST_NAME = 60
_BLANKS = 10_000
"""White space before a closing mark that is looked through."""


def insertion(location: Location, *, sure: bool) -> Mark | None:
    """Mark the place of what is not there; None where there is no text it could stand in.

    Unless it is `sure` to be missing here, what lacks it is marked, with the reason.
    """
    reason = location.reason or "not here"
    kind = kind_of(location)
    if location.text is None or kind == "field":
        return None
    if location.document == "request.path" or reason.endswith(" has no members"):
        return Mark(location.start, location.end, reason)
    if kind in ("form", "url"):
        return _in_pairs(location, reason, sure=sure)
    if kind == "xml" and location.text.value.startswith("<", location.start):
        return _in_elements(location, reason, sure=sure)
    return _in_brackets(location, reason, sure=sure)


def missing_name(location: Location) -> str:
    """What is not there: the rest of the pointer behind the nearest parent."""
    name = "/".join(_rest(location))
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def _rest(location: Location) -> tuple[str, ...]:
    otherwise = [one.pointer for one in location.repairs if not one.found]
    pointer = otherwise[0] if otherwise else location.pointer
    return parse(pointer.removeprefix(location.nearest or "")).tokens or ()


def _in_brackets(location: Location, reason: str, *, sure: bool) -> Mark:
    """Behind the last member of the object or array that lacks it."""
    value = location.text.value if location.text else ""
    start, end = location.start, location.end
    opening = value[start : start + 1]
    is_item = not reason.startswith("'") or reason.startswith("'-' stands past the end")
    label = f"`{missing_name(location)}` belongs here" if sure and opening == "{" else reason
    if not sure or opening not in ("{", "[") or not is_item or end <= start + 1:
        return Mark(start, min(start + 1, end), label)
    closing = end - (value[end - 1] in "]}")
    return _behind_the_last(value, start + 1, closing, end, label)


def _in_pairs(location: Location, reason: str, *, sure: bool) -> Mark:
    """At the end of a form or a query, with the mark that would part it from what is there."""
    value, is_url = location.text.value if location.text else "", kind_of(location) == "url"
    start, end = query_of(value) if is_url else (0, len(value.rstrip()))
    if not sure or location.nearest:
        return Mark(end, end, reason.replace("member", "parameter", 1) if is_url else reason)
    separator = "&" if end > start else "?"
    if value[end - 1 : end] in ("&", "?"):
        separator = ""
    return Mark(end, end, f"`{separator}{missing_name(location)}=` belongs here")


def _in_elements(location: Location, reason: str, *, sure: bool) -> Mark:
    """Before the end tag of an element; an attribute, before the end of its start tag."""
    value = location.text.value if location.text else ""
    start, end = location.start, location.end
    inside = end_of_tag(value, start)
    parents, rest = parse(location.nearest or "").tokens or (), _rest(location)
    is_item = bool(rest) and (rest[0] == "-" or rest[0].isdecimal())
    if sure and is_item and parents:
        return Mark(end, end, f"`{parents[-1]}` belongs here", inserted=True)
    if not (sure and rest and parents and parents[-1].isdecimal() and start < inside <= end):
        return Mark(start, start + 1 + len(name_of_tag(value, start)), reason)
    name = _element_name(rest)
    label = f"{name} belongs here"
    closes_itself = value[inside - 2] == "/"
    if rest[0].startswith("@") or closes_itself:
        return Mark(inside - 1 - closes_itself, inside, label)
    closing = value.rfind("</", inside, end)
    if closing < 0 or name_of_tag(value, closing) != name_of_tag(value, start):
        closing = end  # it was cut off
    return _behind_the_last(value, inside, closing, end, label)


def _element_name(rest: tuple[str, ...]) -> str:
    """A missing element or attribute in words; its place among others of its name goes unsaid."""
    names = [name for name in rest if not name.isdecimal()]
    if rest[0] == "#text":
        return "text"
    if rest[0].startswith("@"):
        return f"the attribute `{rest[0][1:]}`"
    name = "/".join(names) or rest[0]
    return f"`{name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + '…'}`"


def _behind_the_last(value: str, inside: int, closing: int, end: int, label: str) -> Mark:
    """Behind the last thing before a closing mark, which is marked if it is on the same line."""
    before = value[max(inside, closing - _BLANKS) : closing]
    at = closing - len(before) + len(before.rstrip())
    return Mark(at, end, label, inserted=True, deeper=at == inside)
