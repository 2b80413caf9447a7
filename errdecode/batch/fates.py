"""The items of a partial answer that no documented format covers: which failed, which did not.

Such an answer has a list of objects that each tell how they ended, by a status of HTTP's or a flag.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from errdecode.extract import MOST_PROBLEMS, as_status
from errdecode.extract.aims import bare_name
from errdecode.extract.claims import is_void
from errdecode.extract.generic import read_generically
from errdecode.model import JSON, Body, Problem
from errdecode.model.record import NamedTuple
from errdecode.pointer import Tokens, build

MULTI_STATUS = 207
"""Each part of the body has a status of its own (RFC 4918, section 13)."""
_MOST_LISTS = 20
"""Members of the body that may be the list."""
_STATUSES = ("status", "statusCode", "status_code", "httpStatus", "httpStatusCode", "code")
_FLAGS = ("success", "ok", "succeeded", "successful")
_AROUND = frozenset("data result results response body".split())
"""Objects that the list may stand in."""
_PACKED = ("body", "response")
"""Members that hold the whole answer for an item."""


class Items(NamedTuple):
    """The list of a partial answer."""

    place: Tokens
    values: list[JSON]
    fates: list[bool | None]
    """Whether each one failed; None where it does not tell."""


def says_failed(body: Body, status: int | None) -> bool:
    """Whether a response is a multi-status with a part that failed."""
    return status == MULTI_STATUS and find_items(body, status) is not None


def may_have_failed(body: Body) -> bool:
    """Whether an item of the body failed and says so, by more than a number that may be data."""
    return bool(failed_places(body))


def failed_places(body: Body) -> list[Tokens]:
    """Where the items stand that failed and say so, in an answer with a status of success."""
    found = find_items(body, None)
    if found is None:
        return []
    items = enumerate(zip(found.values, found.fates, strict=True))
    told = (at for at, (value, failed) in items if failed and _is_told(body, value))
    return [(*found.place, str(at)) for at in islice(told, MOST_PROBLEMS)]


def _is_told(body: Body, item: JSON) -> bool:
    """Whether an item that failed says why: in an error, a message or an answer of its own, or by a
    code beside its flag."""
    if not isinstance(item, dict):
        return False
    said = {bare_name(name): member for name, member in item.items() if not is_void(member)}
    if any(name in _PACKED or name.startswith("err") for name in said):
        return True
    is_flagged = _flag_of(item) is False
    if is_flagged and "code" in said:
        return True
    numbered = is_flagged or any(name in said for name in ("status", "statuscode", "httpstatus"))
    return numbered and any(one.detail for one in read_generically(body._replace(value=item)))


def find_items(body: Body, status: int | None) -> Items | None:
    """The first list whose items tell how they ended, if at least one of them failed.

    Outside a multi-status others must have succeeded, or all have a flag that says they did not: a
    list of failures alone is one of errors.
    """
    for place, values in _lists(body.value):
        fates = [_failed(value) for value in values]
        if True in fates and (
            False in fates or status == MULTI_STATUS or all(map(_is_flagged, values))
        ):
            return Items(place, values, fates)
    return None


def _lists(value: JSON) -> Iterator[tuple[Tokens, list[JSON]]]:
    """The body if it is a list, else those in it and in the objects around its data."""
    if isinstance(value, list):
        yield (), value
    members = list(value.items())[:_MOST_LISTS] if isinstance(value, dict) else []
    for name, member in members:
        if isinstance(member, list):
            yield (name,), member
    for name, member in members:
        if isinstance(member, dict) and bare_name(name) in _AROUND:
            for inner, values in list(member.items())[:_MOST_LISTS]:
                if isinstance(values, list):
                    yield (name, inner), values


def read_failed(body: Body, status: int | None) -> list[Problem]:
    """Read the failed items of a partial answer generically; nothing when it is none."""
    found = find_items(body, status)
    if found is None:
        return []
    problems: list[Problem] = []
    for index, (value, failed) in enumerate(zip(found.values, found.fates, strict=True)):
        if failed and len(problems) < MOST_PROBLEMS:
            problems += _read(body, value, build((*found.place, str(index))))
    return problems[:MOST_PROBLEMS]


def _read(body: Body, value: JSON, origin: str) -> list[Problem]:
    """The problems of one item, which has its own status."""
    own = _status_of(value)
    inner = read_generically(body._replace(value=value)) or [Problem(unverified=True)]
    return [
        problem._replace(
            origin=origin + problem.origin,
            status=own if problem.status is None else problem.status,
        )
        for problem in inner
    ]


def _failed(value: JSON) -> bool | None:
    """Whether an item failed; None when it does not tell."""
    if not isinstance(value, dict):
        return None
    status = _status_of(value)
    if status is not None:
        return status >= 400
    flag = _flag_of(value)
    return None if flag is None else not flag


def _is_flagged(value: JSON) -> bool:
    return isinstance(value, dict) and _flag_of(value) is False


def _flag_of(value: dict[str, JSON]) -> bool | None:
    return next((flag for name in _FLAGS if isinstance(flag := value.get(name), bool)), None)


def _status_of(value: JSON) -> int | None:
    if not isinstance(value, dict):
        return None
    return next((found for n in _STATUSES if (found := as_status(value.get(n)))), None)
