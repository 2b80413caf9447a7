"""What a message demands of a value, as far as its words can be read for certain."""

from __future__ import annotations

import re

from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.pointer import type_name
from errdecode.regex import expression

_LONGEST = 2000
"""Characters of a message that are read."""
_MOST = 60
"""Allowed values, and characters of one of them."""
_TYPES = {
    "string": "string", "str": "string", "text": "string",
    "integer": "integer", "int": "integer", "int32": "integer", "int64": "integer",
    "number": "number", "float": "number", "double": "number", "decimal": "number",
    "numeric": "number",
    "boolean": "boolean", "bool": "boolean",
    "array": "array", "list": "array",
    "object": "object", "dict": "object", "dictionary": "object",
}  # fmt: skip
_WORDS = "|".join(sorted(_TYPES, key=len, reverse=True))
_KIND = (
    r"(?:an? )?(?:json )?(?:valid |positive |non-negative |whole )?(?:of )?(?:type:? )?"
    rf"['\"`]?(?P<type>{_WORDS})['\"`]?(?!\w)"
)
_TYPE = expression(
    r"(?:(?P<not>not )|must be |should be |has to be |must have |expected:? |expects |expecting "
    r"|value of type |be of type )"
    rf"{_KIND}|^(?:a )?valid (?P<first>{_WORDS}) is required",
    re.IGNORECASE,
)
_DEMAND = expression(r"an? valid ", re.IGNORECASE)
"""`A valid string is required`: the value is there."""
_ITEMS = expression(rf" of (?:type )?(?P<items>{_WORDS})s?\b", re.IGNORECASE)
_OTHERS = expression(
    rf",? ?(?:or|/|\||,) (?:an? )?(?:null\b|{_WORDS})|(?: ?\[\]| array| list| string)", re.I
)
_TAIL = expression(
    r"[\s.!]*(?:$|[.;,(]|but\b|got\b|received\b|found\b|instead\b|in (?:the )?(?:body|field)\b)",
    re.IGNORECASE,
)
_NEGATED = expression(
    rf"(?:must|should|can|may|do|does)(?: ?not|n't) be (?:an? )?(?:{_WORDS})"
    rf"|cannot be (?:an? )?(?:{_WORDS})|\beach\b|\bevery\b|\bitems? (?:of|in)\b",
    re.IGNORECASE,
)
_ALLOWED = expression(
    r"(?:(?:must|should|has to|have to) (?:be|equal|match)|expected|is not|not|invalid[\w ]{0,30}"
    r"value[,;:.]?)"
    r"(?: equal to)?(?: any| either)? one of(?: the)?(?: following| these| allowed| permitted| "
    r"accepted| possible| valid)*(?: values?| options?| enum values?)?(?: are| is)?:? ?"
    r"|(?:allowed|valid|possible|accepted|permitted|supported) (?:values?|options?|choices)"
    r"(?: for [\w.'\"`]{1,60})?(?: are| is| include)?:? ?|\binput should be (?=['\"])"
    r"|\benum value\. expected |\bmust be either (?=['\"`])|must be (?=['\"`][^'\"`]{1,60}['\"`],? "
    r"(?:or|\|) ['\"`]|['\"`][^'\"`]{1,60}['\"`],)"
    r"|must be (?=(?:[\w-]{1,40}, ){0,20}[\w-]{1,40},? or [\w-]{1,40}\.?$)",
    re.IGNORECASE,
)
_QUOTED = expression(r"\"([^\"]*)\"|'([^']*)'|`([^`]*)`|\u201c([^\u201d]*)\u201d")
_BETWEEN = expression(r"[\s,|/;\[\]({&]*(?:\b(?:or|and)\b)?[\s,|/]*")
_SENTENCE = expression(r"\.(?:\s|$)|[;\n)\]}]| - | but | got | received ", re.IGNORECASE)
_COMMAS = expression(r"\s*(?:,\s*(?:or |and )?| or | and |\|)\s*")
_LENGTH = expression(
    r"(?:at most|max(?:imum)?(?: of| is|:| size| length)*|no (?:more|longer) than|up to"
    r"|(?:not|cannot|can't|must not|may not) (?:exceed|have more than|be longer than"
    r"|be more than)(?: the maximum(?: length)? of)?|exceeds?(?: the)?(?: maximum)?(?: length)?"
    r"(?: of)?|longer than|limited to|less than or equal to|shorter than or equal to"
    r"|between [0-9]{1,6} (?:and|to)|[0-9]{1,6} ?(?:-|to) ?)"
    r"\s*(?P<most>[0-9]{1,6})\s*(?P<unit>[a-z]*)",
    re.IGNORECASE,
)
_UNITS = expression(r"(?:characters?|chars?|letters?)\b", re.IGNORECASE)
_ABOUT_LENGTH = expression(r"\b(?:length|long|longer|shorter)\b", re.IGNORECASE)
_LEAST = expression(r"(?:at least|min(?:imum)?(?: of| is|:| length)*|between) ([0-9]{1,6})", re.I)
_AMOUNT = r"(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)"
_BETWEEN_TWO = expression(rf"\b(?:between|from) {_AMOUNT} (?:and|to) {_AMOUNT}", re.IGNORECASE)
_LOW = expression(
    rf"(?:at least|minimum(?: value)?(?: of| is|:)?|(?:greater|more|larger) than(?: or equal to)?"
    rf"|>=?) {_AMOUNT}",
    re.IGNORECASE,
)
_HIGH = expression(
    rf"(?:at most|maximum(?: value)?(?: of| is|:)?|(?:less|lower|smaller) than(?: or equal to)?"
    rf"|no more than|up to|not exceed|<=?) {_AMOUNT}",
    re.IGNORECASE,
)
_POSITIVE = expression(r"\b(?:positive|non-negative|greater than zero)\b", re.IGNORECASE)
_LIMITED = expression(
    r"\b(?:between|greater|less|least|most|larger|smaller|positive|negative|multiple|range|even|odd"
    r"|min|max|minimum|maximum|format|matching|match|exactly|longer|shorter|exceed)\b",
    re.IGNORECASE,
)
_REQUIRED = expression(
    r"\b(?:is|are|was) (?:a )?(?:required(?! to\b)|missing|mandatory)\b"
    r"|\bmissing (?:a )?(?:required|mandatory|field|property|member|attribute)"
    r"|\b(?:field|value|property) required\b|\brequired (?:field|property|member|attribute|value)\b"
    r"|^required\.?$|^missing\.?$|must be (?:provided|present|set)|must have required",
    re.IGNORECASE,
)
_NAMED = expression(
    r"(?:required|missing|mandatory)(?: (?:required|field|property|member|attribute))*:? "
    r"['\"`]([^'\"`\s]{1,100})['\"`]"
    r"|^['\"`]([^'\"`\s]{1,100})['\"`] is (?:a )?(?:required|missing)",
    re.IGNORECASE,
)
_UNKNOWN = expression(
    r"\b(?:unknown|unrecogni[sz]ed|unexpected|undefined|unsupported|additional|extra|no such)\b"
    r"|not (?:allowed|permitted|defined|recogni[sz]ed|known)|does not exist",
    re.IGNORECASE,
)
_MEANT = expression(
    r"did you mean:? (?:to use )?(?:the )?(?:field |key |property |enum value )?"
    r"['\"`\u201c]?([^'\"`\u201c\u201d\s?]{1,100})['\"`\u201d]?\s*(or\b|,)?",
    re.IGNORECASE,
)


class Statement(NamedTuple):
    """What a value has to be, as the server says."""

    type: str | None = None
    """A JSON type; None when nothing is said of it."""
    items: str | None = None
    """The type of an array's items."""
    whole: bool = True
    """Nothing else is said of the value, as far as can be told."""
    allowed: tuple[str, ...] = ()
    longest: int | None = None
    """Characters of a string."""
    shortest: int = 0
    low: float | None = None
    """The least a number may be; a bound that is excluded counts as allowed."""
    high: float | None = None
    required: bool = False
    name: str | None = None
    """The member that is required, when the message names it in quotes."""
    unknown: bool = False
    meant: str | None = None
    """What the message suggests."""


def read_statement(message: str) -> Statement:
    """Read what a message demands; an empty `Statement` when it cannot be told for certain."""
    message = message[:_LONGEST].strip()
    allowed = _read_allowed(message)
    type_, items, whole = (None, None, True) if allowed else _read_type(message)
    longest = _read_longest(message)
    least = _LEAST.search(message)
    required = not _DEMAND.match(message) and _REQUIRED.search(message) is not None
    named = _NAMED.search(message) if required else None
    meant = _MEANT.search(message)
    return Statement(
        type_,
        items,
        whole,
        allowed,
        longest,
        int(least[1]) if least and longest is not None else 0,
        *_read_bounds(message),
        required,
        next(filter(None, named.groups()), None) if named else None,
        _UNKNOWN.search(message) is not None,
        meant[1] if meant and not meant[2] else None,
    )


def holds(statement: Statement, value: JSON) -> bool:
    """Tell whether a value meets all that was said of its type, its choices and its length."""
    if statement.allowed and value not in statement.allowed:
        return False
    if statement.type and not has_type(value, statement.type):
        return False
    if statement.items and isinstance(value, list):
        items = statement.items
        if not all(has_type(item, items) for item in value):
            return False
    if isinstance(value, int | float) and not isinstance(value, bool):
        low, high = statement.low, statement.high
        return (low is None or value >= low) and (high is None or value <= high)
    if statement.longest is None or not isinstance(value, str):
        return True
    return statement.shortest <= len(value) <= statement.longest


def has_type(value: JSON, name: str) -> bool:
    """Tell whether a value is of a JSON type; an integer is a number, too."""
    found = type_name(value)
    return found == name or (name == "number" and found == "integer")


def _read_bounds(message: str) -> tuple[float | None, float | None]:
    """The least and the most that a number may be."""
    both = _BETWEEN_TWO.search(message)
    if both:
        return float(both[1]), float(both[2])
    low, high = _LOW.search(message), _HIGH.search(message)
    least = 0.0 if _POSITIVE.search(message) else None
    return float(low[1]) if low else least, float(high[1]) if high else None


def _read_type(message: str) -> tuple[str | None, str | None, bool]:
    """The type, that of an array's items, and whether the message says no more."""
    found = None if _NEGATED.search(message) else _TYPE.search(message)
    if found is None:
        return None, None, True
    rest = message[found.end() :]
    if _OTHERS.match(rest):
        return None, None, True
    name = _TYPES[(found["type"] or found["first"]).lower()]
    items = _ITEMS.match(rest) if name == "array" else None
    if items:
        rest = rest[items.end() :]
    item_type = _TYPES[items["items"].lower()] if items else None
    limited = _LIMITED.search(message) is not None
    if name == "array" and limited:  # how many items, say
        return None, None, True
    whole = _TAIL.match(rest) is not None and not limited
    return name, item_type, whole


def _read_allowed(message: str) -> tuple[str, ...]:
    """The values that a message lists; empty when it lists none, or none that can be told apart."""
    found = _ALLOWED.search(message)
    if found is None:
        return ()
    rest = message[found.end() :].lstrip(" :[({")
    quoted = _read_quoted(rest)
    if quoted or _QUOTED.match(rest):
        return quoted
    end = _SENTENCE.search(rest)
    plain = [one.strip(" ,") for one in _COMMAS.split(rest[: end.start()] if end else rest)]
    plain = [one.removesuffix(".") for one in plain]
    fit = all(0 < len(one) <= _MOST and len(one.split()) <= 3 for one in plain)
    fit = fit and not any(mark in one for one in plain for mark in "\"'`[]{}<>")
    return tuple(plain) if fit and 1 < len(plain) <= _MOST and _are_words(plain) else ()


def _read_quoted(rest: str) -> tuple[str, ...]:
    """The values in quotes that a text begins with, up to the first other word."""
    values: list[str] = []
    at = 0
    while len(values) < _MOST and (found := _QUOTED.match(rest, at)):
        values.append(next((one for one in found.groups() if one is not None), ""))
        between = _BETWEEN.match(rest, found.end())
        at = between.end() if between else found.end()
        if at == found.end():
            break
    return tuple(values)


def _are_words(values: list[str]) -> bool:
    """Without quotes nothing tells the string `1` from the number."""
    return all(not re.fullmatch(r"[-+0-9.eE]+|true|false|null", one) for one in values)


def _read_longest(message: str) -> int | None:
    found = _LENGTH.search(message)
    if found is None or int(found["most"]) < 1:
        return None
    if _UNITS.match(found["unit"]) or (not found["unit"] and _ABOUT_LENGTH.search(message)):
        return int(found["most"])
    return None
