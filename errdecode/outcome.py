"""Was it an error at all? The outcome of an exchange, from status, body and recognised format."""

from __future__ import annotations

from errdecode.batch import says_failed
from errdecode.batch.fates import MULTI_STATUS
from errdecode.extract.claims import denies_error, looks_like_error
from errdecode.model import Body, Detection, Exchange

_SWITCHED = 101
"""The one final answer among the 1xx (RFC 9110, section 15.2.2)."""


def decide_outcome(exchange: Exchange, body: Body, detection: Detection, success: bool) -> str:
    """error, success, redirect, unknown or no-response.

    A recognised error format decides, whatever the status: errors come in 200s, too. Without one
    the status does; and without a status, what the body says of itself.
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
        or looks_like_error(body)
        or says_failed(body, status)
    ):
        return "error"
    if status is not None and (200 <= status < 300 or status == _SWITCHED):
        return "success"
    said = status is None and denies_error(body) and not says_failed(body, MULTI_STATUS)
    return "success" if said else "unknown"
