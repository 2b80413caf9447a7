"""Was it an error at all? The outcome of an exchange, from status, body and recognised format."""

from __future__ import annotations

from errdecode.batch import may_have_failed, says_failed
from errdecode.batch.fates import MULTI_STATUS
from errdecode.extract.claims import denies_error, is_failed_record, looks_like_error
from errdecode.model import Body, Detection, Exchange

_SWITCHED = 101
"""The one final answer among the 1xx (RFC 9110, section 15.2.2)."""


def decide_outcome(
    exchange: Exchange, body: Body, detection: Detection, success: bool, like_error: bool = False
) -> str:
    """error, success, redirect, unknown or no-response.

    A recognised error format decides, whatever the status: errors come in 200s, too. Without one
    the status does, unless the body speaks against its success, by more than the state of a thing
    that was asked for; and without a status, what the body says of itself. `like_error`: but for
    its status it would be in an error format.
    """
    response = exchange.response
    status = response.status if response else None
    if response is None or (exchange.failure and status is None):
        return "no-response"
    if success and (status is None or status < 400):
        return "success"
    if detection.best and (detection.best.shape or (status or 400) >= 400):
        return "error"
    if status is not None and 300 <= status < 400:
        return "redirect"
    if (
        (status is not None and status >= 400)
        or (looks_like_error(body) and not (has_succeeded(exchange) and is_failed_record(body)))
        or says_failed(body, status)
    ):
        return "error"
    if status is not None and (200 <= status < 300 or status == _SWITCHED):
        from errdecode.extract.doubts import doubts_success

        against = like_error or may_have_failed(body) or doubts_success(body)
        return "unknown" if against else "success"
    said = status is None and denies_error(body) and not says_failed(body, MULTI_STATUS)
    return "success" if said else "unknown"


def has_succeeded(exchange: Exchange) -> bool:
    """Whether the response has a status of success."""
    status = exchange.response.status if exchange.response else None
    return status is not None and 200 <= status < 300
