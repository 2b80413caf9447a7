"""Derives the verdict: what the server asks for, what the catalog says, what the request allows."""

from __future__ import annotations

from collections.abc import Sequence

from errdecode.format import Code, Format, RetryRule
from errdecode.model import Exchange, Problem, Request, Retry
from errdecode.retry.asked import Asked, read_asked
from errdecode.retry.request import find_guard, is_open, may_change

_WAITABLE = frozenset({403, 413, 429, 503})
"""Statuses of refusals that may lift with time: 413 and 503 with Retry-After (RFC 9110, sections
15.5.14 and 15.6.4), 429 (RFC 6585, section 4), and 403 for a quota, as GitHub sends it."""
_QUOTA = _WAITABLE - {413}
"""Those among them that a quota without units can be the reason of."""
PASSING = frozenset({429, 503})
"""Those that say of themselves that they pass, whatever their text is about."""
_OWN = ("vendor", "gateway")
"""The kinds of formats whose codes are documented by who sent the answer."""
_RETRYING = ("later", "once")
_FIND_OUT = "find out before you send it again (RFC 9110, section 9.2.2)"


def derive(
    exchange: Exchange,
    status: int | None,
    format: Format | None,
    entry: Code | None,
    problem: Problem | None = None,
) -> Retry:
    """Derive the verdict for one entry of the catalog, and what a problem says of repetitions.

    What a provider documents for its very code stands, unless the answer itself says otherwise;
    what HTTP, a framework or a client says in general yields to the server's own word on this
    answer, and to what the request allows: a call that may have changed something, and whose
    outcome is not known, is reconciled first.
    """
    problem = problem or Problem()
    rule = (entry.retry if entry else None) or _rule_of(format, entry, status, problem)
    verdict: str = rule.verdict if rule else "unknown"
    seconds = rule.after_seconds if rule else None
    trail = []
    asked = read_asked(exchange, status, format, problem.retry_after)
    overruled = asked is not None and _is_overruled(verdict, asked, exchange, format, problem)
    general = _is_of_http(rule, format)
    if asked and (overruled or _is_heeded(asked, verdict, status, general=general)):
        verdict, seconds = "once" if verdict == "once" else "later", asked.seconds
        trail.append(asked.said)
    if rule and not overruled:
        trail.append(_because(rule, format))
    elif rule is None and exchange.response is None and exchange.failure is None:
        trail.append("no answer came: the request may have been carried out")
        verdict = "reconcile-first" if verdict == "unknown" else verdict
    if problem.retryable is not None and verdict != "reconcile-first":
        before = verdict
        verdict, said_so = _heed_answer(verdict, format, problem)
        trail = [said_so] if verdict != before else trail
    if rule and rule.only_with and verdict in _RETRYING:
        verdict, said = _hold_to_key(exchange.request, verdict, rule.only_with)
    else:
        verdict, said = _heed_request(exchange, status, verdict, rule, format)
    waits = verdict in _RETRYING or (rule is not None and rule.verdict == verdict)
    return Retry(verdict, seconds if waits else None, (*trail, *said))


def _rule_of(
    format: Format | None, entry: Code | None, status: int | None, problem: Problem
) -> RetryRule | None:
    """What a format says of all its codes; without an entry, and without a status to go by, only of
    what names a place of the request, as that is refused for what it holds."""
    rule = format.defaults.retry if format else None
    if entry or rule is None:
        return rule
    named = problem.pointer_as_sent is not None or problem.parameter or problem.header
    return rule if named and status is None and rule.verdict == "after-change" else None


def _heed_answer(verdict: str, format: Format | None, problem: Problem) -> tuple[str, str]:
    """What becomes of a verdict when the answer says whether to repeat, with the line for the
    trail, in place of those that it overrules."""
    if verdict in (_RETRYING if problem.retryable else ("never", "after-change")):
        return verdict, ""
    known = format is not None and format.kind != "knowledge"
    source = format.name if format and known else "The server"
    helps = "may help" if problem.retryable else "does not help"
    by = f" (`{problem.retryable_by}`)" if problem.retryable_by else ""
    said = f"{source}: the answer itself says that a repetition {helps}{by}"
    return "later" if problem.retryable else "never", said


def _is_of_http(rule: RetryRule | None, format: Format | None) -> bool:
    """Whether a rule is what HTTP says of a status, whoever sent it."""
    return rule is None or format is None or format.kind == "knowledge"


def _is_overruled(
    verdict: str, asked: Asked, exchange: Exchange, format: Format | None, problem: Problem
) -> bool:
    """Whether an answer that passes, and says when, overrules what is documented of a code.

    Its text may be about another answer, where it names another status, other than that of an item,
    or where a standard, a framework or a client's library says so in general.
    """
    status = exchange.response.status if exchange.response else None
    of_item = any(token.isdecimal() for token in problem.origin.split("/"))
    other = problem.status not in (None, status) and not of_item
    foreign = format is not None and format.kind not in (*_OWN, "knowledge")
    ruled_out = verdict in ("never", "after-change")
    return status in PASSING and not asked.quota and (other or foreign) and ruled_out


def _is_heeded(asked: Asked, verdict: str, status: int | None, *, general: bool) -> bool:
    """Whether a wait makes sense for this answer.

    An empty quota is no reason for any other error: a repetition must promise something already,
    or the status be one that quotas are refused with.
    """
    if verdict in _RETRYING:
        return True
    if asked.quota:
        return status in _QUOTA and (verdict == "unknown" or general)
    return verdict == "unknown" or (general and status in _WAITABLE)


def _because(rule: RetryRule, format: Format | None) -> str:
    source = "HTTP" if format is None or format.kind == "knowledge" else format.name
    return f"{source}: {rule.reason}" if rule.reason else f"{source} documents: {rule.verdict}"


def _hold_to_key(
    request: Request | None, verdict: str, keys: Sequence[str]
) -> tuple[str, tuple[str, ...]]:
    """Hold a permission to the key that it rests on, with the line for the trail.

    Where the request is not shown, the permission stands with its condition. It does not hang on
    the status: whose provider names a key does not rule out that the work was done.
    """
    guard = find_guard(request, keys)
    if guard:
        return verdict, (guard,)
    named = " or ".join(f"`{key}`" for key in keys)
    call = may_change(request)
    if call:
        said = f"{call} and may have been carried out, and it shows no {named}"
        return "reconcile-first", (f"{said}: {_FIND_OUT}",)
    return verdict, (f"only if it was sent with {named}, or is idempotent; else {_FIND_OUT}",)


def _heed_request(
    exchange: Exchange,
    status: int | None,
    verdict: str,
    rule: RetryRule | None,
    format: Format | None,
) -> tuple[str, tuple[str, ...]]:
    """Hold a verdict against the request, with the line for the trail.

    Only a provider knows what its own call does, so only its word stands where the outcome is open.
    """
    if verdict not in (*_RETRYING, "reconcile-first", "unknown"):
        return verdict, ()
    outcome = is_open(exchange, status)
    if exchange.failure and outcome is None:  # what the client's own rules take for open
        outcome = verdict == "reconcile-first"
    elif outcome is False and verdict in ("reconcile-first", "unknown"):
        safe = "the connection never came about, so nothing was sent (curl)"
        return "later" if verdict == "reconcile-first" else verdict, (safe,)
    if not outcome:
        return verdict, ()
    known = rule is not None and rule.verdict != "unknown"
    documented = known and format is not None and format.kind == "vendor"
    guard = find_guard(exchange.request)
    if guard:
        freed = verdict == "reconcile-first" and not documented
        return "later" if freed else verdict, (guard,)
    call = may_change(exchange.request)
    if call is None or verdict == "reconcile-first":
        return verdict, _warn(verdict, format, documented=documented)
    said = f"{call} and may have been carried out"
    if documented and format is not None:
        return verdict, (f"{said}, but {format.name} documents that it may be repeated",)
    return "reconcile-first", (f"{said}: {_FIND_OUT}",)


def _warn(verdict: str, format: Format | None, *, documented: bool) -> tuple[str, ...]:
    """A word of warning where the method is not known; HTTP's and the client's rules have their
    own."""
    told = documented or format is None or format.kind in ("knowledge", "client")
    if verdict not in _RETRYING or told:
        return ()
    return (f"it may have been carried out; unless it is idempotent, {_FIND_OUT}",)


def derive_common(
    exchange: Exchange,
    status: int | None,
    format: Format | None,
    entries: Sequence[Code],
    problem: Problem | None = None,
) -> Retry:
    """Derive the verdict where several entries are equally possible: theirs, if they agree.

    Where they do not, it is unknown, and the trail says what hangs on which.
    """
    found = [derive(exchange, status, format, entry, problem) for entry in entries]
    if len({retry.verdict for retry in found}) == 1:
        return found[0]
    if not found:
        return derive(exchange, status, format, None, problem)
    trail = (f"{e.title}: {r.verdict}" for e, r in zip(entries, found, strict=True))
    return Retry("unknown", None, tuple(dict.fromkeys(trail)))
