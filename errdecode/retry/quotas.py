"""Rate limit fields of a response: which quota is used up, and when it is filled again.

The fields of draft-ietf-httpapi-ratelimit-headers are one family. The older ones follow no
standard, and their reset is written in many ways, all of which `times` tells apart: delta seconds
(Reddit, Contentful, Datadog, Kong), Unix seconds (GitHub, Okta, X, Auth0, DigitalOcean, Sentry),
Unix milliseconds, an HTTP date (GoCardless), RFC 3339 (Anthropic, Mastodon), a duration (OpenAI).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from errdecode.model import Field
from errdecode.model.record import NamedTuple
from errdecode.retry.times import read_duration, read_moment

DRAFT = "draft-ietf-httpapi-ratelimit-headers"
_FAMILY = r"((?:[a-z0-9]+-){0,4}rate-?limits?)-([a-z0-9_-]+)"
_LONGEST_NAME = 80
_LONGEST_VALUE = 2000
_LEFT = frozenset({"remaining", "left"})
_RESET = frozenset({"reset", "retryafter"})
_FILLERS = _LEFT | _RESET | {"after", "time", "ms", "at", "in", "retry"}
"""Words of a field's name that do not say which window it counts."""


class Quota(NamedTuple):
    """One limit, as far as the response tells of it."""

    left: float | None = None
    """Units left; None when no field says."""
    wait: float | None = None
    """Seconds until it is filled again, counted from the response."""
    until: float | None = None
    """The point in time when it is filled again, in Unix seconds, where that is what was sent."""
    said_left: str = ""
    """Where `left` was read: `X-RateLimit-Remaining`."""
    said_reset: str = ""
    """Where `wait` or `until` was read."""
    family: str = ""
    """What the names of fields that belong together begin with, in lower case."""


def read_quotas(fields: Sequence[Field]) -> list[Quota]:
    """All quotas that a response tells of, those of the standard to be first."""
    return [*_read_structured(fields), *_read_families(fields)]


# ---------------------------------------------------------------- the Internet-Draft

_MEMBER = r'[ \t]*("(?:[^"\\]|\\.)*"|[^",;]*)((?:;[^",;]*(?:"[^"]*")?){0,20})(?:,|\Z)'


def _read_structured(fields: Sequence[Field]) -> Iterator[Quota]:
    """`RateLimit: "burst";r=0;t=30`, a list of items (RFC 9651); draft 07: `remaining=0, reset=30`.

    Without `t`, the window `w` of the policy of that name is the longest the wait can be.
    """
    windows = {name: kept.get("w") for name, kept in _read_list(fields, "ratelimit-policy")}
    items = list(_read_list(fields, "ratelimit"))
    flat = dict(name.split("=", 1) for name, _ in items if "=" in name)
    if flat:
        yield _structured(flat.get("remaining"), flat.get("reset"), "remaining", "reset")
        return
    for name, kept in items:
        if "t" in kept or not windows.get(name):
            yield _structured(kept.get("r"), kept.get("t"), "r", "t")
        else:
            yield _structured(kept.get("r"), windows[name], "r", "w of RateLimit-Policy")


def _structured(left: str | None, reset: str | None, said_left: str, said_reset: str) -> Quota:
    wait = read_duration(reset or "")
    return Quota(_read_units(left), wait, None, f"{said_left} of RateLimit", said_reset)


def _read_list(fields: Sequence[Field], name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The items of a list and their parameters; what is damaged ends it."""
    values = [field.value.value for field in fields if field.name.lower() == name]
    text = ",".join(values)[:_LONGEST_VALUE]
    at = 0
    while at < len(text):
        member = re.compile(_MEMBER).match(text, at)
        if not member:
            return
        pairs = (part.strip().partition("=") for part in member[2].split(";"))
        yield member[1].strip().strip('"'), {key: value for key, _, value in pairs if key}
        at = member.end()


# ---------------------------------------------------------------- names of many houses


def _read_families(fields: Sequence[Field]) -> Iterator[Quota]:
    """Pairs such as `X-RateLimit-Remaining-Requests` and `X-RateLimit-Reset-Requests`."""
    left: dict[tuple[str, str], Quota] = {}
    resets: dict[tuple[str, str], Quota] = {}
    for field in fields:
        name = field.name.lower()
        match = re.fullmatch(_FAMILY, name) if len(name) <= _LONGEST_NAME else None
        if not match:
            continue
        words = match[2].replace("_", "-").split("-")
        key = match[1], "-".join(word for word in words if word not in _FILLERS)
        if not _LEFT.isdisjoint(words):
            units = _read_units(field.value.value)
            left[key] = Quota(units, None, None, field.name, "", key[0])
        elif not _RESET.isdisjoint(words) or {"retry", "after"} <= set(words):
            quota = _read_reset(field, words)
            if key not in resets or resets[key].wait is None:  # Discord sends both forms
                resets[key] = quota._replace(family=key[0])
    for key in dict.fromkeys((*left, *resets)):
        known, reset = left.get(key, Quota(family=key[0])), resets.get(key, Quota())
        yield known._replace(wait=reset.wait, until=reset.until, said_reset=reset.said_reset)


def _read_reset(field: Field, words: Sequence[str]) -> Quota:
    """A number too large for a wait is a point in time: see `times.read_moment`."""
    text = field.value.value
    until = read_moment(text)
    wait = None if until is not None else read_duration(text, "ms" if "ms" in words else "s")
    return Quota(None, wait, until, "", field.name if (wait, until) != (None, None) else "")


def _read_units(text: str | None) -> float | None:
    """Units left, with fractions (Reddit); -1 stands for unknown (Azure OpenAI)."""
    match = re.fullmatch(r"[0-9]{1,15}(?:\.[0-9]{1,9})?", (text or "").strip())
    return float(match[0]) if match else None


# ---------------------------------------------------------------- what is used up


def used_up(quotas: Sequence[Quota], refused: bool) -> list[Quota]:
    """The quotas with nothing left whose reset is known.

    A reset that nothing is said to be left or not to be left of belongs to a family with an empty
    quota; or to a family that tells of no units at all, when the status itself says that a limit
    was reached (`refused`: 429).
    """
    found = []
    for quota in quotas:
        family = [q.left for q in quotas if q.family == quota.family and q.left is not None]
        empty = quota.left == 0 if quota.left is not None else 0 in family
        if quota.said_reset and (empty or (refused and not family)):
            found.append(quota)
    return [q for q in found if q.wait is not None or q.until is not None]
