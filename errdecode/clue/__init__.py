"""Does a clue hold for a response, and where was it seen? Yes, no, or nothing to compare with.

`gate` tells at a glance whether all the clues of a shape may hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from errdecode.format import Clue
from errdecode.model import JSON, Body, Exchange, Text
from errdecode.model.record import NamedTuple
from errdecode.patterns import scalar, select_tokens, split_pattern
from errdecode.pointer import Tokens, array_index, build, type_name
from errdecode.regex import expression

LONGEST_SUBJECT = 20_000
"""Characters of a text that a catalog's regular expression sees; `re` has no time limit."""


class Seen(NamedTuple):
    """What clues are held against: one response, with what they ask of its request."""

    body: Body
    status: int | None = None
    media_type: str | None = None
    headers: dict[str, str] | None = None
    """Values by lower-case name, repeated ones joined by a comma; None without a header block."""
    host: str | None = None
    path: str | None = None
    failure: str | None = None


class Codes(NamedTuple):
    """The codes of one format, for clues that ask whether a value is one of them."""

    values: frozenset[str] = frozenset()
    """Folded when `fold` is true."""
    fold: bool = False


_NO_CODES = Codes()


class Answer(NamedTuple):
    """Whether a clue holds; `matched` is None when there was nothing to compare with."""

    matched: bool | None
    where: Tokens | str | None = None
    """Reference tokens into the body, or `status`, `host`, `header:NAME`."""

    @property
    def seen_at(self) -> str | None:
        """Where it was seen: a pointer into the body, or the part of the head."""
        return build(self.where) if isinstance(self.where, tuple) else self.where


_NO = Answer(False)


def see(exchange: Exchange, body: Body) -> Seen:
    """Collect from an exchange what clues may ask about."""
    response, request = exchange.response, exchange.request
    fields = response.headers if response else ()
    headers: dict[str, str] = {}
    for field in fields:
        name = field.name.lower()
        headers[name] = (
            f"{headers[name]}, {field.value.value}" if name in headers else field.value.value
        )
    host, path = _host_and_path(request.url.value) if request and request.url else (None, None)
    return Seen(
        body,
        response.status if response else None,
        body.media_type,
        headers if fields else None,
        host,
        path,
        exchange.failure.client if exchange.failure else None,
    )


_SCHEME = expression(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:)?//")
_HOST = expression(r"\[[^\]]*\]|[^:]+")


def _host_and_path(url: str) -> tuple[str | None, str | None]:
    """Cut host and path out of a URL as people write it, with or without a scheme."""
    rest = re.split("[?#]", _SCHEME.sub("", url, count=1), maxsplit=1)[0]
    authority, slash, path = rest.partition("/")
    host = _HOST.match(authority.rpartition("@")[2])
    return host[0].lower() if host else None, slash + path or "/"


def check(clue: Clue, seen: Seen, codes: Codes = _NO_CODES) -> Answer:
    """Hold one clue against a response; `codes` are the format's own."""
    answer = _check(clue, seen, codes)
    return answer._replace(matched=False) if clue.seen and answer.matched is None else answer


def _check(clue: Clue, seen: Seen, codes: Codes) -> Answer:
    if clue.any:
        return _check_any(clue, seen, codes)
    if clue.at is not None:
        return _check_at(clue, seen.body, codes)
    if clue.text is not None:
        hit = search(clue.text, seen.body.text.value)
        return Answer(hit is not None, "" if hit else None)
    if clue.body is not None:
        return Answer(seen.body.kind == clue.body, "")
    if clue.failure is not None:
        return Answer(seen.failure == clue.failure, "failure")
    return _check_head(clue, seen, codes)


def holds(clues: Sequence[Clue], value: JSON, *, xml: bool) -> bool:
    """Whether all of some clues hold for a part of a body, from which their places are counted."""
    part = Body("xml" if xml else "json", None, Text(""), value)
    return all(_check_part(clue, part) for clue in clues)


def _check_part(clue: Clue, part: Body) -> bool:
    if clue.any:
        return any(_check_part(one, part) for one in clue.any)
    return clue.at is not None and _check_at(clue, part, _NO_CODES).matched is True


def cost_of(clue: Clue) -> int:
    """What it takes to check a clue: 0 a look at one place, 1 at many, 2 an expression, which has
    to be compiled first, 3 one that is searched in the whole text."""
    if clue.any:
        return max(map(cost_of, clue.any))
    if clue.text is not None:
        return 3
    if clue.matches is not None or clue.path is not None:
        return 2
    return int("*" in (clue.at or ""))


def is_on_body(clue: Clue) -> bool:
    """Whether a clue is about the content of the body, not about its kind or its head."""
    if clue.any:
        return all(is_on_body(part) for part in clue.any)
    return clue.at is not None or clue.text is not None


def _check_any(clue: Clue, seen: Seen, codes: Codes) -> Answer:
    """The first part that holds, else the first that had nothing to compare with."""
    open = _NO
    for part in clue.any:
        answer = check(part, seen, codes)
        if answer.matched:
            return answer
        if answer.matched is None and open is _NO:
            open = answer
    return open


def _check_head(clue: Clue, seen: Seen, codes: Codes) -> Answer:
    """Clues on what stands around the body; absent parts are neutral."""
    if clue.status:
        if seen.status is None:
            return Answer(None, "status")
        kinds = {seen.status, f"{seen.status // 100}xx"}
        return Answer(bool(kinds & set(clue.status)), "status")
    if clue.host is not None:
        return _glob(clue.host.lower(), seen.host, "host")
    if clue.media_type is not None:
        return _glob(clue.media_type, seen.media_type, "header:Content-Type")
    if clue.path is not None:
        matched = None if seen.path is None else search(clue.path, seen.path) is not None
        return Answer(matched, "path")
    if clue.header is None or seen.headers is None:
        return Answer(None, f"header:{clue.header}")
    value = seen.headers.get(clue.header.lower())
    return Answer(value is not None and _passes(clue, value, codes), f"header:{clue.header}")


def _glob(pattern: str, value: str | None, seen_at: str) -> Answer:
    return Answer(None if value is None else fnmatchcase(value, pattern), seen_at)


def _check_at(clue: Clue, body: Body, codes: Codes) -> Answer:
    if body.kind in ("empty", "html", "text"):
        return _NO
    first: Tokens | None = None
    for place, value in reach(clue, body):
        if _passes(clue, value, codes):
            if not clue.every:
                return Answer(True, place)
            first = place if first is None else first
        elif clue.every:
            return Answer(False, place)
    return _NO if first is None else Answer(True, first)


def reach(clue: Clue, body: Body) -> Iterable[tuple[Tokens, JSON]]:
    """The places of a clue; most have one at most, found without ado."""
    tokens = split_pattern(clue.at or "")
    if clue.fold or body.kind == "xml" or "*" in tokens or "**" in tokens:
        return select_tokens(body.value, tokens, fold=clue.fold, lists=body.kind == "xml")
    value = body.value
    for token in tokens:
        if isinstance(value, dict) and token in value:
            value = value[token]
        elif isinstance(value, list) and (at := array_index(token, len(value))) is not None:
            value = value[at]
        else:
            return ()
    return ((tokens, value),)


def _passes(clue: Clue, value: JSON, codes: Codes) -> bool:
    """All tests of the clue hold for the value."""
    if clue.is_ and not _is_one_of(scalar(value), clue.is_):
        return False
    if clue.equals is not None and not _same(scalar(value), clue.equals, clue.fold):
        return False
    if clue.in_ and not any(_same(scalar(value), wanted, clue.fold) for wanted in clue.in_):
        return False
    if clue.matches is not None and not _matches(clue, scalar(value)):
        return False
    if clue.known and not _is_code(scalar(value), codes):
        return False
    return _passes_members(clue, value)


def _passes_members(clue: Clue, value: JSON) -> bool:
    """The tests that ask for members."""
    if not (clue.has or clue.lacks or clue.only or clue.namespace):
        return True
    if not isinstance(value, dict):
        return False
    if clue.namespace is not None and value.get("@xmlns") != clue.namespace:
        return False
    names = {name.casefold() for name in value} if clue.fold else set(value)
    has, lacks, only = (
        {name.casefold() for name in part} if clue.fold else set(part)
        for part in (clue.has, clue.lacks, clue.only)
    )
    return has <= names and not (lacks & names) and (not only or names <= only)


def _is_one_of(value: JSON, types: tuple[str, ...]) -> bool:
    name = type_name(value)
    return name in types or (name == "integer" and "number" in types)


def _same(value: JSON, wanted: JSON, fold: bool) -> bool:
    if isinstance(value, bool) != isinstance(wanted, bool):
        return False
    if fold and isinstance(value, str) and isinstance(wanted, str):
        return value.casefold() == wanted.casefold()
    return value == wanted


def _matches(clue: Clue, value: JSON) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    pattern = f"(?i:{clue.matches})" if clue.fold else str(clue.matches)
    return search(pattern, str(value)) is not None


_compiled: dict[str, re.Pattern[str]] = {}


def search(pattern: str, subject: str) -> re.Match[str] | None:
    """Search a catalog's regular expression in the capped subject; a catalog has more of them than
    `re` keeps."""
    if pattern not in _compiled:
        _compiled[pattern] = re.compile(pattern)
    return _compiled[pattern].search(subject[:LONGEST_SUBJECT])


def _is_code(value: JSON, codes: Codes) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return False
    return (fold_code(str(value)) if codes.fold else str(value)) in codes.values


def fold_code(code: str) -> str:
    """A code without regard to letter case and blanks: `OBJECT_ EXISTS` is OBJECT_EXISTS."""
    return "".join(code.split()).casefold()


def describe(clue: Clue) -> str:
    """Say a clue in words, for the score sheet."""
    if clue.any:
        return " or ".join(describe(part) for part in clue.any)
    places = {
        "at": f"{clue.at or 'the body'}",
        "header": f"the field {clue.header}",
        "text": f"the body's text matches {clue.text}",
        "body": f"the body is {clue.body}",
        "status": f"the status is {' or '.join(map(str, clue.status))}",
        "host": f"the host is {clue.host}",
        "path": f"the path matches {clue.path}",
        "media_type": f"the media type is {clue.media_type}",
        "failure": f"{clue.failure} itself failed",
    }
    place = next(text for name, text in places.items() if getattr(clue, name) not in (None, ()))
    tests = _describe_tests(clue)
    if not tests and (clue.at is not None or clue.header is not None):
        tests = ["is there"]
    return " ".join([place, " and ".join(tests)]).strip()


def _describe_tests(clue: Clue) -> list[str]:
    tests = {
        "is_": f"is {_article(' or '.join(clue.is_))}",
        "equals": f"is {clue.equals!r}",
        "in_": f"is one of {', '.join(map(str, clue.in_[:6]))}{', ...' * (len(clue.in_) > 6)}",
        "matches": f"matches {clue.matches}",
        "known": "is a code of this format",
        "has": f"has {', '.join(clue.has)}",
        "lacks": f"has no {', '.join(clue.lacks)}",
        "only": f"has nothing but {', '.join(clue.only)}",
        "namespace": f"is in the namespace {clue.namespace}",
    }
    asked = [name for name in tests if getattr(clue, name) not in (None, ())]
    return [tests[name] for name in asked if getattr(clue, name) is not False or name == "equals"]


def _article(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"
