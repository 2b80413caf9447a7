"""What the request allows: whether it may have been carried out, and whether a second one harms."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from errdecode.model import Exchange, Failure, Request

SAFE = frozenset("GET HEAD OPTIONS TRACE QUERY PROPFIND REPORT SEARCH".split())
"""RFC 9110, section 9.2.1, and https://www.iana.org/assignments/http-methods."""
IDEMPOTENT = SAFE | frozenset("PUT DELETE PROPPATCH MKCOL COPY MOVE UNLOCK".split())
"""RFC 9110, section 9.2.2, and https://www.iana.org/assignments/http-methods."""
_OPEN = frozenset({500, 502, 504, 520, 524})
"""The request may have been carried out although the answer is an error; 520 and 524 are
Cloudflare's, for an origin that was reached and then gave no proper answer, or none in time."""
_NEVER_SENT = frozenset({5, 6, 7, 35, 51, 58, 59, 60, 77, 83, 89, 90, 91, 96, 97, 98, 101})
"""curl's exit codes of a connection that never came about (libcurl-errors(3))."""
_SENT = frozenset({16, 18, 28, 42, 52, 55, 56, 80, 92, 95, 99})
"""curl's exit codes of a request that may have reached the server (libcurl-errors(3))."""
_BEFORE_SENDING = (  # compiled where curl failed
    r"Resolving timed out|Connection timed out|Failed to connect|SSL connection timeout"
    r"|CONNECT tunnel failed|from proxy after CONNECT|REFUSED_STREAM"
)
"""What curl says when one of those came too early for the request to be processed."""

_KEYS = {
    "idempotency-key": "draft-ietf-httpapi-idempotency-key-header",
    "x-idempotency-key": "as at Mercado Pago",
    "klarna-idempotency-key": "Klarna",
    "paypal-request-id": "PayPal",
    "x-amz-pay-idempotency-key": "Amazon Pay",
    "x-line-retry-key": "LINE",
    "repeatability-request-id": "OASIS Repeatable Requests 1.0",
}
"""Fields that make a request recognisable when it comes again, each with who defines it."""
_MEMBERS = {
    "idempotency_key": "as at Square",
    "clientToken": "as at AWS",
    "ClientToken": "as at AWS",
    "clientRequestToken": "as at AWS",
    "ClientRequestToken": "as at AWS",
}
"""Members of the request's body that do the same; AWS's query protocol has them as parameters."""


def is_open(exchange: Exchange, status: int | None) -> bool | None:
    """Whether the request may have been carried out, going by how the exchange ended.

    False: nothing reached the server. None: neither is known, or the answer settles it.
    """
    failure = exchange.failure
    if status is not None:
        return True if status in _OPEN else None
    if failure is not None:
        return _is_open_after(failure)
    return True if exchange.response is None else None


def _is_open_after(failure: Failure) -> bool | None:
    if failure.client != "curl":
        return None
    early = re.search(_BEFORE_SENDING, (failure.message or "")[:1000]) is not None
    if failure.code in _NEVER_SENT or (failure.code in _SENT and early):
        return False
    return True if failure.code in _SENT else None


def find_guard(request: Request | None, keys: Sequence[str] = ()) -> str | None:
    """Why a second request does no harm, in words with the rule; None when it may.

    `keys`: the only fields and members that the provider knows it again by; none: the usual ones.
    """
    if request is None:
        return None
    if request.method is not None and request.method.upper() in IDEMPOTENT:
        return (
            f"{request.method} is idempotent: repeating it does no harm (RFC 9110, section 9.2.2)"
        )
    documented = dict.fromkeys(keys, "documented for this error")
    known = {key.lower(): why for key, why in documented.items()} or _KEYS
    for field in request.headers:
        name = field.name.lower()
        if name in known and field.value.value.strip():
            return _say_key(field.name, known[name])
        if name == "if-match" and field.value.value.strip() not in ("", "*"):
            return (
                f"{field.name} is sent: if the first request was carried out, the second is "
                "refused with 412 (RFC 9110, section 13.1.1)"
            )
    members = documented or _MEMBERS
    member = _find_member(request, members)
    return _say_key(f"`{member}` in the body", members[member]) if member else None


def _say_key(name: str, source: str) -> str:
    return (
        f"{name} is sent: with the same value it is carried out only once, "
        f"where the server knows it ({source})"
    )


def _find_member(request: Request, names: Collection[str]) -> str | None:
    """The member of a JSON object or parameter of a form that makes a request recognisable."""
    text = request.body.value if request.body else ""
    quoted = [name for name in names if f'"{name}"' in text]
    if quoted:
        import json

        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return None
        return next((n for n in quoted if isinstance(value, dict) and value.get(n)), None)
    if not any(f"{name}=" in text for name in names):
        return None
    parameters = (part.partition("=") for part in text.split("&"))
    return next((name for name, _, value in parameters if name in names and value), None)


def may_change(request: Request | None) -> str | None:
    """Why a request may change something, in words; None when nothing says that it may.

    Without a method, a body is taken for the sign of one: that of a GET means nothing (RFC 9110,
    section 9.3.1).
    """
    if request is None:
        return None
    if request.method is not None:
        word = request.method.upper()
        return None if word in IDEMPOTENT else f"{request.method} is not idempotent"
    if request.body and request.body.value.strip():
        return "the request has a body, so it may change something,"
    return None
