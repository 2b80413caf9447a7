"""What in a body speaks against a status of success: that it tells of a failure, and of nothing
else.

Data may bear what errors do, a state of `failed` or a code, so beside data these say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from errdecode.extract import MOST_PROBLEMS, as_status
from errdecode.extract.aims import POINTERS, bare_name
from errdecode.extract.claims import (
    CODES,
    DENIALS,
    FLAGS,
    INNER,
    MESSAGES,
    STATES,
    counts,
    denies_error,
    is_fine,
    is_unset,
    is_void,
)
from errdecode.extract.generic import IDENTIFIER
from errdecode.model import JSON, Body
from errdecode.model.record import NamedTuple
from errdecode.patterns import scalar

_ERRORS = re.compile(
    "(error|exception|fault|err)(s|list|code|no|num|number|id|type|name|key|msg|message|messages"
    "|text|string|desc|description|detail|details|info|summary|title)?"
)
"""Members, by their bare names, that hold an error or a part of one."""
_WRAPPERS = frozenset("data body envelope detail".split())
"""Members that an error may stand in as data does."""
_SAYING = MESSAGES - {"description", "detail"} | {"info", "resultmsg", "statusmsg"}
"""Messages that stand beside codes of success as well; what else is described is data."""
_NUMBERS = CODES | {"infocode"}
_ENVELOPE = frozenset(
    "title type name text details info hint fields params value requestid traceid correlationid "
    "transactionid timestamp time datetime date ts instance method version apiversion retryable "
    "documentationurl documentation help moreinfo helpurl docs".split()
)
_PARTS = FLAGS | STATES | _NUMBERS | _SAYING | MESSAGES | INNER | _WRAPPERS | _ENVELOPE
_PARTS |= frozenset(POINTERS)
"""Members, by their bare names, that say how it went and hold no data."""
_DEPTH = 4
_SUCCEEDED = re.compile(r"\b(?<!not )(?<!no )success", re.IGNORECASE)
_PHRASES = frozenset(
    "bad request|unauthorized|payment required|forbidden|not found|method not allowed|gone|conflict"
    "|not acceptable|proxy authentication required|request timeout|length required|error"
    "|precondition failed|content too large|payload too large|uri too long|unsupported media type"
    "|range not satisfiable|expectation failed|misdirected request|unprocessable content"
    "|unprocessable entity|upgrade required|too many requests|internal server error|access denied"
    "|not implemented|bad gateway|service unavailable|service temporarily unavailable"
    "|gateway timeout|http version not supported".split("|")
)
"""Reason phrases of failing statuses (RFC 9110, sections 15.5 and 15.6), and what says as much."""
_LONGEST_NAME = 80
_NAMED = re.compile(
    r"(?:HTTP/[\d.]{1,3} +|(?:http )?error:? +)?(?:[45]\d\d\b[ :-]{0,3})?"
    r"([a-z][a-z ]{0,40}[a-z])?(?: \([45]\d\d\))?[.!]?",
    re.IGNORECASE,
)
"""The name of a status, with its number before or behind it: `404 Not Found`."""
_ERROR_LINE = re.compile(r"(?:fatal )?(?:error|exception)(?: \w{1,20})?: *\S", re.I)


class _Place(NamedTuple):
    """An object that may tell how it went."""

    value: dict[str, JSON]
    is_report: bool
    """Its name says that this is what it tells, so data may stand beside."""
    is_alone: bool
    """There is no data around it."""


def doubts_success(body: Body) -> bool:
    """Whether a body tells of a failure although its status may be one of success."""
    value = body.value
    if denies_error(body):
        return False
    if isinstance(value, str):
        return names_failure(value)
    if body.kind == "html" and isinstance(value, dict):
        headings = value.get("headings")
        titles = [value.get("title"), *(headings[:1] if isinstance(headings, list) else ())]
        return any(isinstance(title, str) and _is_name(title.strip()) for title in titles)
    if isinstance(value, list):
        return bool(value) and all(map(_is_failure, value[:MOST_PROBLEMS]))
    return isinstance(value, dict) and any(map(_fails, _places(value, xml=body.kind == "xml")))


def names_failure(text: str) -> bool:
    """Whether a text is the name of a failing status, or a line that begins with `Error:`."""
    line = text.strip()
    return _is_name(line) or ("\n" not in line and _ERROR_LINE.match(line) is not None)


def _is_name(line: str) -> bool:
    """Whether a line names a failing status: a bare number does not."""
    named = _NAMED.fullmatch(line) if 0 < len(line) <= _LONGEST_NAME else None
    if named is None:
        return False
    return named[1].lower() in _PHRASES if named[1] else not line[0].isdigit()


def _is_failure(item: JSON) -> bool:
    """Whether an item of a list is nothing but a failure, by more than a code of its own."""
    return isinstance(item, dict) and _fails(_Place(item, is_report=False, is_alone=False))


def _places(value: dict[str, JSON], *, xml: bool) -> Iterator[_Place]:
    """The body and the objects in it that may tell how it went, from the outside inwards."""
    level = [_Place(value, is_report=False, is_alone=True)]
    for _ in range(_DEPTH):
        yield from level
        level = [inner for place in level for inner in _inside(place, xml)]


def _inside(place: _Place, xml: bool) -> Iterator[_Place]:
    is_alone = place.is_alone and _is_envelope(place.value)
    for name, member in place.value.items():
        plain = bare_name(name)
        if plain not in INNER and plain not in _WRAPPERS and len(place.value) > 1:
            continue
        if xml and isinstance(member, list) and len(member) == 1:
            member = member[0]
        if isinstance(member, dict):
            yield _Place(member, plain in INNER, is_alone or len(place.value) == 1)


def _is_envelope(value: dict[str, JSON]) -> bool:
    """Whether an object has no data: only what says how it went, and what is empty."""
    return all(
        (name := bare_name(member)) in _PARTS or _ERRORS.fullmatch(name) or is_void(scalar(said))
        for member, said in value.items()
    )


def _fails(place: _Place) -> bool:
    """Whether an object tells of a failure."""
    said = [(bare_name(name), scalar(member)) for name, member in place.value.items()]
    bare = _is_envelope(place.value)
    if not bare and not place.is_report:
        return False
    if any(_ERRORS.fullmatch(name) and not is_void(one) and not counts(one) for name, one in said):
        return True
    if any(name in FLAGS and is_unset(one) for name, one in said):
        return True
    told = [one for name, one in said if name in STATES or name in CODES]
    if any(isinstance(one, str) and one.lower() in DENIALS for one in told):
        return True
    return bare and _blames(said, place.is_alone)


def _blames(said: list[tuple[str, JSON]], is_alone: bool) -> bool:
    """Whether a message comes with a code or a flag of failure, or is itself the name of one.

    A code that nobody knows counts only where there is no data anywhere (`is_alone`).
    """
    messages = [one for name, one in said if name in MESSAGES or name in _SAYING]
    texts = [one for one in messages if isinstance(one, str) and one and not is_fine(one)]
    if any(map(names_failure, texts)):
        return True
    titles = [one for name, one in said if name == "title" and isinstance(one, str) and one]
    told = [one for name, one in said if name in STATES or name in _NUMBERS]
    if (texts or titles) and any(one is False or (as_status(one) or 0) >= 400 for one in told):
        return True
    sayings = [one for name, one in said if name in _SAYING and one in texts]
    if not is_alone or not sayings or any(_SUCCEEDED.search(str(one)) for one in sayings):
        return False
    if any(name in _WRAPPERS and one and isinstance(one, dict | list) for name, one in said):
        return False
    return any(name in _NUMBERS and _is_foreign(one) for name, one in said)


def _is_foreign(code: JSON) -> bool:
    """Whether a code is none that is known for success."""
    if isinstance(code, bool) or not isinstance(code, int | str) or is_void(code) or counts(code):
        return False
    return IDENTIFIER.fullmatch(str(code)) is not None and not _SUCCEEDED.search(str(code))
