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
    sounds_failing,
    tells_error,
    words_of,
)
from errdecode.extract.generic import IDENTIFIER
from errdecode.model import JSON, Body
from errdecode.model.record import NamedTuple
from errdecode.patterns import scalar
from errdecode.regex import expression

_ERRORS = expression(
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
_SUCCEEDED = expression(r"\b(?<!not )(?<!no )success|(?<![不未])(?:成功|完成)", re.IGNORECASE)
_DONE = expression(
    r"\b(?<!not )(?<!no )(?:success\w*|accepted|created|updated|deleted|removed|saved|stored|queued"
    r"|scheduled|started|sent|delivered|received|completed?|finished|done|fetched|found|approved"
    r"|authori[sz]ed|confirmed|processed)\b",
    re.IGNORECASE,
)
"""What a code says that tells of success."""
_PHRASES = frozenset(
    "bad request|unauthorized|payment required|forbidden|not found|method not allowed"
    "|not acceptable|proxy authentication required|request timeout|length required|error"
    "|precondition failed|content too large|payload too large|uri too long|unsupported media type"
    "|range not satisfiable|expectation failed|misdirected request|unprocessable content"
    "|unprocessable entity|upgrade required|too many requests|internal server error|access denied"
    "|not implemented|bad gateway|service unavailable|service temporarily unavailable"
    "|gateway timeout|http version not supported".split("|")
)
"""Reason phrases of failing statuses (RFC 9110, sections 15.5 and 15.6), and what says as much."""
_NUMBERED_PHRASES = _PHRASES | {"gone", "conflict"}
"""With these, words of every day that need the number of the status beside them."""
_LONGEST_NAME = 80
_NAMED = expression(
    r"(?:HTTP/[\d.]{1,3} +|(?:http )?error:? +)?(?:[45]\d\d\b[ :-]{0,3})?"
    r"([a-z][a-z ]{0,40}[a-z])?(?: \([45]\d\d\))?[.!]?",
    re.IGNORECASE,
)
"""The name of a status, with its number before or behind it: `404 Not Found`."""
_STATUS = expression(r"\b[45]\d\d\b")
_ERROR_LINE = expression(
    r"(?:fatal )?(?:error|exception)(?: [45]\d\d)?: *+(?!\d|(?:none|no|nil|null|n/a|ok)\b)\w", re.I
)
"""A line that tells of an error; what has a number behind the colon counts errors."""
_FAILING_NUMBER = expression(r"-[1-9]\d{0,8}|(?:4[0-4]\d|45[01]|50\d|51[01])\d{2,3}")
"""A code that is negative, or a failing status of HTTP with further digits: `40001`."""
_LONGEST_TEXT_NUMBER = 5
"""Digits of such a code as text: one of six may be sent to log in with."""


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
        return _is_error_page(value)
    if isinstance(value, list):
        return bool(value) and all(map(_is_failure, value[:MOST_PROBLEMS]))
    return isinstance(value, dict) and any(map(_fails, _places(value, xml=body.kind == "xml")))


def _is_error_page(page: dict[str, JSON]) -> bool:
    """Whether a page's title and first heading both name a failing status, or one with its number.

    One alone may be the name of what is for sale.
    """
    headings = page.get("headings")
    heads = [page.get("title"), *(headings[:1] if isinstance(headings, list) else ())]
    lines = [head.strip() for head in heads if isinstance(head, str)]
    named = [line for line in lines if _is_name(line)]
    return len(named) == 2 or any(_STATUS.search(line) for line in named)


def names_failure(text: str) -> bool:
    """Whether a text is the name of a failing status, or a line that begins with `Error:`."""
    line = text.strip()
    return _is_name(line) or ("\n" not in line and _ERROR_LINE.match(line) is not None)


def is_reason_phrase(text: str) -> bool:
    """Whether a text is no more than the name of a failing status."""
    return text.strip().rstrip(".!").lower() in _NUMBERED_PHRASES


def _is_name(line: str) -> bool:
    """Whether a line names a failing status: a bare number does not."""
    named = _NAMED.fullmatch(line) if 0 < len(line) <= _LONGEST_NAME else None
    if named is None:
        return False
    if not named[1]:
        return not line[0].isdigit()
    phrases = _NUMBERED_PHRASES if _STATUS.search(line) else _PHRASES
    return named[1].lower() in phrases


def _is_failure(item: JSON) -> bool:
    """Whether an item of a list is nothing but a failure, by more than a code of its own.

    A status with its name is an entry of a table of them.
    """
    if not isinstance(item, dict):
        return False
    texts = [said for said in item.values() if isinstance(said, str)]
    is_named = any(map(_is_name, texts)) and not any(map(_ERRORS.fullmatch, map(bare_name, item)))
    return not is_named and _fails(_Place(item, is_report=False, is_alone=False))


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
    if any(_ERRORS.fullmatch(name) and tells_error(name, one, said) for name, one in said):
        return True
    if any(name in FLAGS and is_unset(one) for name, one in said):
        return True
    told = [one for name, one in said if name in STATES or name in CODES]
    if any(isinstance(one, str) and one.lower() in DENIALS for one in told):
        return True
    return bare and _blames(said, place.is_alone)


def _blames(said: list[tuple[str, JSON]], is_alone: bool) -> bool:
    """Whether a message comes with a code or a flag of failure, or is itself the name of one.

    A code that nobody knows counts only where there is no data anywhere (`is_alone`), and where it
    or its message sounds like a failure: services have codes for what went well, too.
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
    if any(name in STATES and isinstance(one, str) and is_fine(one) for name, one in said):
        return False
    codes = [one for name, one in said if name in _NUMBERS and _is_foreign(one)]
    is_told = any(sounds_failing(str(one)) for one in (*sayings, *codes))
    return bool(codes) and (is_told or any(map(_is_failing_number, codes)))


def _is_failing_number(code: JSON) -> bool:
    """Whether a number says by its range or its sign that it is one of failure."""
    is_long = isinstance(code, str) and len(code.lstrip("-")) > _LONGEST_TEXT_NUMBER
    return not is_long and _FAILING_NUMBER.fullmatch(str(code)) is not None


def _is_foreign(code: JSON) -> bool:
    """Whether a code is none that is known for success."""
    if isinstance(code, bool) or not isinstance(code, int | str) or is_void(code) or counts(code):
        return False
    is_done = _DONE.search(words_of(str(code))) and not sounds_failing(str(code))
    return IDENTIFIER.fullmatch(str(code)) is not None and not is_done
