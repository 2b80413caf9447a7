"""Error bodies in house styles: what a thousand APIs without a documented format answer.

A clue must be rarer than these before it speaks for a format. They are made up from the words that
house styles are made of, the same ones each time, so that no clue is weighed against a whim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from errdecode.model import JSON
from errdecode.model.record import NamedTuple

HOW_MANY = 500
"""Bodies in JSON; XML, HTML and text come besides."""


class House(NamedTuple):
    """One answer of an API with a style of its own."""

    status: int
    host: str
    headers: dict[str, str]
    body: JSON
    """A string is the body's text; all else is JSON."""


_SENTENCES = (
    "The berth is taken.", "boat not found", "Invalid request", "Name must not be empty",
    "Something went wrong", "You have no access to this harbour", "Too many requests",
    "Validation failed", "Token expired", "Unexpected value", "Not Found", "Bad Request",
)  # fmt: skip
_CODES: tuple[JSON, ...] = (
    "BERTH_TAKEN", "not_found", "invalid_request", "NotFound", "E1042", "validation_error",
    "bad-request", "InvalidBerth", "harbour.closed", "UNAUTHORIZED", 1042, 20003, 7, 400, 404, 422,
    "400", "1001",
)  # fmt: skip
_NAMES = ("name", "berth", "boat.length", "items[0].price", "/boat/name", "email", "sort")
_MESSAGES = (
    "message message message message message msg error error detail detail detail description"
    " reason title title error_message errorMessage error_description text info Message"
).split()
_CODE_NAMES = (
    "code code code code code type error error_code errorCode status status statusCode status_code"
    " name reason kind id key Code"
).split()
_FIELDS = "field field path param property pointer source location parameter target".split()
_FLAGS: tuple[tuple[str, JSON], ...] = (
    ("success", False), ("ok", False), ("status", "error"), ("status", "fail"), ("status", False),
    ("error", True), ("result", "error"), ("status", 400), ("statusCode", 404), ("code", -1),
)  # fmt: skip
_EXTRAS: tuple[tuple[str, JSON], ...] = (
    ("request_id", "7f3a-11"), ("requestId", "req_81fa"), ("traceId", "4bf92f3577b34da6"),
    ("timestamp", "2026-03-01T08:00:00Z"), ("path", "/boats/9"), ("data", None), ("details", []),
    ("details", {"berth": "taken"}), ("help", "https://docs.example.com/errors"),
    ("documentation_url", "https://docs.example.com/boats"), ("more_info", "https://example.com/e"),
    ("errors", {"name": ["must not be empty"]}), ("errors", []), ("meta", {"version": "2"}),
    ("details", "no such berth"), ("instance", "/boats/9"), ("value", 12), ("params", {}),
)  # fmt: skip
_STATUSES = (400, 400, 404, 404, 401, 403, 409, 422, 429, 500, 503)
_SERVERS = ("nginx", "cloudflare", "Apache", "envoy", "awselb/2.0", "Kestrel", "gunicorn", "")


_ROOTS = "error Error response errors Fault ErrorResponse result exception".split()
_TITLES = ("404 Not Found", "500 Internal Server Error", "403 Forbidden", "502 Bad Gateway")


class _Dice:
    """Numbers that look random and are always the same, on every version of Python."""

    def __init__(self, seed: int) -> None:
        self._state = seed

    def below(self, limit: int) -> int:
        """A number from 0 up to, not including, `limit`; by a linear congruential generator."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self._state >> 33) % limit

    def one(self, choices: Sequence[JSON]) -> JSON:
        """One of several."""
        return choices[self.below(len(choices))]

    def word(self, words: Sequence[str]) -> str:
        """One of several words."""
        return words[self.below(len(words))]


def build_houses() -> list[House]:
    """Make all the bodies, with the heads they come with."""
    dice = _Dice(20261122)
    bodies = [*(_wrap(dice, _item(dice)) for _ in range(HOW_MANY)), *_markup(dice)]
    return [_answer(dice, number, body) for number, body in enumerate(bodies)]


def _answer(dice: _Dice, number: int, body: JSON) -> House:
    kind = "application/json"
    if isinstance(body, str):
        kind = "text/plain" if not body.startswith("<") else "application/xml"
        kind = "text/html" if body.startswith("<html") else kind
    headers = {"content-type": kind, "date": "Sun, 01 Mar 2026 08:00:00 GMT"}
    server = dice.word(_SERVERS)
    if server:
        headers["server"] = server
    if dice.below(2):
        headers["x-request-id"] = f"{number:08x}"
    status = _STATUSES[dice.below(len(_STATUSES))]
    if status == 429:
        headers["retry-after"] = "30"
    return House(status, f"api.house{number}.example.com", headers, body)


def _item(dice: _Dice) -> dict[str, JSON]:
    """One problem: a message, mostly a code, sometimes a field and more."""
    members: list[tuple[str, JSON]] = []
    if dice.below(10):
        members.append((dice.word(_MESSAGES), dice.word(_SENTENCES)))
    codes = (1, 1, 1, 1, 2, 0, 0, 2)[dice.below(8)]
    members += [(dice.word(_CODE_NAMES), dice.one(_CODES)) for _ in range(codes)]
    if not dice.below(4):
        members.append((dice.word(_FIELDS), dice.word(_NAMES)))
    extras = (0, 0, 0, 1, 1, 2)[dice.below(6)]
    members += [_EXTRAS[dice.below(len(_EXTRAS))] for _ in range(extras)]
    return dict(members) or {"message": dice.word(_SENTENCES)}


def _wrap(dice: _Dice, item: dict[str, JSON]) -> JSON:
    """Put the problem where house styles put it."""
    flag = dict([_FLAGS[dice.below(len(_FLAGS))]]) if not dice.below(3) else {}
    told, name = dice.word(_SENTENCES), dice.word(_NAMES)
    ways: tuple[JSON, ...] = (
        {**flag, **item}, {**flag, **item}, {**flag, **item}, {**flag, **item},
        {**flag, "error": item}, {**flag, "error": item}, {**flag, "error": item},
        {**flag, "errors": [item]}, {**flag, "errors": [item]}, {"errors": [item, _item(dice)]},
        {**flag, "error": told}, {**flag, "errors": [told]}, {**flag, "errors": {name: [told]}},
        {**flag, "message": told, "errors": [item]},
        {**flag, "data": item}, {**flag, "result": item}, {**flag, "fault": item}, [item],
        {name: [told]}, {"meta": item}, {"response": item},
        {**flag, "error": {"errors": [item]}}, {**flag, "Error": item},
    )  # fmt: skip
    return dice.one(ways)


def _markup(dice: _Dice) -> Iterator[str]:
    """Errors in XML, HTML and text."""
    for root in _ROOTS:
        for name in ("message", "Message", "description", "text"):
            code, said = dice.one(_CODES), dice.word(_SENTENCES)
            inner = f"<code>{code}</code><{name}>{said}</{name}>"
            yield f"<{root}>{inner}</{root}>"
            yield f"<{root}><error>{inner}</error></{root}>"
    for title in _TITLES:
        for text in ("", "<p>Please try again later.</p>", "<p>There is no such page.</p>"):
            head = f"<head><title>{title}</title></head>"
            yield f"<html>{head}<body><h1>{title}</h1>{text}</body></html>"
    for sentence in _SENTENCES:
        yield sentence
        yield f"Error: {sentence}"
