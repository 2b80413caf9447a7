"""JSON documents that stand one behind the other: where each of them begins and ends."""

from __future__ import annotations

import json

from errdecode.regex import expression

_BLANK = expression(r"[ \t\r\n\x1e]*")


def split_documents(
    value: str, start: int, end: int, most: int | None = None
) -> list[tuple[int, int]]:
    """The ranges of JSON values that stand one after another; empty unless there are two or more.

    Only objects and arrays with nothing else between them; what follows `most` is not looked at.

    JSON Lines, concatenated documents, and JSON text sequences (RFC 7464).
    """
    decode = json.JSONDecoder().raw_decode
    found: list[tuple[int, int]] = []
    at = _skip(value, start, end)
    while at < end and (most is None or len(found) < most):
        if value[at] not in "{[":
            return []
        try:
            _, stop = decode(value, at)
        except (ValueError, RecursionError):
            return []
        found.append((at, stop))
        at = _skip(value, stop, end)
    return found if len(found) > 1 else []


def _skip(value: str, at: int, end: int) -> int:
    found = _BLANK.match(value, at, end)
    return found.end() if found else at
