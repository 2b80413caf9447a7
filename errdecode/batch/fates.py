"""The items of a partial answer that no documented format covers: which failed, which did not.

Such an answer has a list of objects that each tell how they ended, by a status of HTTP's or a flag.
"""

from __future__ import annotations

from errdecode.extract import MOST_PROBLEMS, as_status
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


class Items(NamedTuple):
    """The list of a partial answer."""

    place: Tokens
    values: list[JSON]
    fates: list[bool | None]
    """Whether each one failed; None where it does not tell."""


def says_failed(body: Body, status: int | None) -> bool:
    """Whether a response is a multi-status with a part that failed."""
    return status == MULTI_STATUS and find_items(body, status) is not None


def find_items(body: Body, status: int | None) -> Items | None:
    """The first list whose items tell how they ended, if at least one of them failed.

    Outside a multi-status others must have succeeded: a list of failures alone is one of errors.
    """
    lists: list[tuple[Tokens, JSON]] = [((), body.value)]
    if isinstance(body.value, dict):
        lists = [((name,), value) for name, value in list(body.value.items())[:_MOST_LISTS]]
    for place, values in lists:
        if isinstance(values, list):
            fates = [_failed(value) for value in values]
            if True in fates and (False in fates or status == MULTI_STATUS):
                return Items(place, values, fates)
    return None


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
    flag = next((value[name] for name in _FLAGS if isinstance(value.get(name), bool)), None)
    return None if flag is None else not flag


def _status_of(value: JSON) -> int | None:
    if not isinstance(value, dict):
        return None
    return next((found for n in _STATUSES if (found := as_status(value.get(n)))), None)
