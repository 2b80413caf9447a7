"""Whether sending the request again helps, with the trail of reasons: server, catalog, HTTP."""

from __future__ import annotations

import re
from collections.abc import Sequence

from errdecode.format import Code, Format, RetryRule
from errdecode.model import Exchange, Retry

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""RFC 9110, section 9.2.1."""
IDEMPOTENT = SAFE | {"PUT", "DELETE"}
"""RFC 9110, section 9.2.2."""
_OUTCOME_UNKNOWN = frozenset({500, 502, 504})
"""The request may have been carried out although the answer is an error."""


def derive(
    exchange: Exchange,
    status: int | None,
    format: Format | None,
    entry: Code | None,
    wait: float | None = None,
) -> Retry:
    """Derive the verdict: the catalog's rule for this very code, else what HTTP says of the status.

    A Retry-After field sets the seconds (RFC 9110, section 10.2.3), else `wait`, which the body
    asks for. A call that may have changed something and whose outcome is not known is reconciled
    first.
    """
    rule = (entry.retry if entry else None) or (format.defaults.retry if format and entry else None)
    verdict, seconds, trail = "unknown", None, []
    if rule:
        verdict, seconds = rule.verdict, rule.after_seconds
        trail.append(_because(rule, format))
    elif exchange.response is None and exchange.failure is None:
        verdict = "reconcile-first"
        trail.append("no answer came: the request may have been carried out")
    if rule is None or format is None or format.kind in ("client", "knowledge"):
        verdict = _heed_method(exchange, status, verdict, trail)
    asked = retry_after(exchange)
    source = "Retry-After" if asked is not None else "the body"
    asked = wait if asked is None else asked
    if asked is not None and verdict in ("later", "once", "unknown"):
        seconds, verdict = asked, "once" if verdict == "once" else "later"
        rule_of_http = " (RFC 9110, section 10.2.3)" if source == "Retry-After" else ""
        trail.append(f"{source} asks for {asked:g} s{rule_of_http}")
    return Retry(verdict, seconds, tuple(trail))


def derive_common(
    exchange: Exchange,
    status: int | None,
    format: Format | None,
    entries: Sequence[Code],
    wait: float | None = None,
) -> Retry:
    """Derive the verdict where several entries are equally possible: theirs, if they agree.

    Where they do not, it is unknown, and the trail says what hangs on which.
    """
    found = [derive(exchange, status, format, entry, wait) for entry in entries]
    if len({retry.verdict for retry in found}) == 1:
        return found[0]
    if not found:
        return derive(exchange, status, format, None, wait)
    trail = (f"{e.title}: {r.verdict}" for e, r in zip(entries, found, strict=True))
    return Retry("unknown", None, tuple(dict.fromkeys(trail)))


def _because(rule: RetryRule, format: Format | None) -> str:
    source = "HTTP" if format is None or format.kind == "knowledge" else format.name
    return f"{source}: {rule.reason}" if rule.reason else f"{source} documents: {rule.verdict}"


def _heed_method(exchange: Exchange, status: int | None, verdict: str, trail: list[str]) -> str:
    """Hold general advice against the method: repeating an idempotent call does no harm.

    What a provider documents for its own code stands as it is.
    """
    method = exchange.request.method if exchange.request else None
    if method is None or verdict not in ("later", "reconcile-first"):
        return verdict
    if method.upper() in IDEMPOTENT:
        trail.append(f"{method} is idempotent: repeating it does no harm (RFC 9110, section 9.2.2)")
        return "later"
    if verdict == "later" and status in _OUTCOME_UNKNOWN:
        trail.append(
            f"{method} is not idempotent and may have been carried out: find out before you "
            "send it again (RFC 9110, section 9.2.2)"
        )
        return "reconcile-first"
    return verdict


def retry_after(exchange: Exchange) -> float | None:
    """Seconds that the Retry-After field asks for; None without a usable one.

    A date is held against the response's own Date field: the clock here says nothing about when the
    response came.
    """
    fields = exchange.response.headers if exchange.response else ()
    named = {f.name.lower(): f.value.value.strip() for f in fields}
    value = named.get("retry-after")
    if value is None:
        return None
    if re.fullmatch("[0-9]{1,9}", value):
        return float(value)
    from email.utils import parsedate_to_datetime

    try:
        until = parsedate_to_datetime(value)
        since = parsedate_to_datetime(named["date"])
        return max(0.0, (until - since).total_seconds())
    except (KeyError, ValueError, TypeError, OverflowError):
        return None
