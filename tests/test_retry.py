"""The laws of the retry verdict: the provider's word, the server's wait, and the request's part."""

from __future__ import annotations

import pytest

from errdecode.format import Code, Defaults, Format, RetryRule, Verdict
from errdecode.model import Exchange, Failure, Field, Problem, Request, Response, Retry, Text
from errdecode.pipeline import decode
from errdecode.retry import derive, derive_common

FORMAT = Format("x", "X", "vendor", "https://docs.example.com", "2026-11-22")  # type: ignore[arg-type]
KNOWLEDGE = FORMAT._replace(kind="knowledge")


def exchange_of(status: int | None = 503, method: str | None = None, **fields: str) -> Exchange:
    """An exchange with these response fields."""
    headers = tuple(Field(name.replace("_", "-"), Text(value)) for name, value in fields.items())
    request = Request(method) if method else None
    return Exchange("http", Text(""), request=request, response=Response(status, None, headers))


def rule(verdict: Verdict, seconds: float | None = None, reason: str | None = None) -> Code:
    """An entry with this rule."""
    return Code(code="A", retry=RetryRule(verdict, seconds, reason))  # type: ignore[arg-type]


@pytest.mark.parametrize("verdict", ["never", "after-change", "reconcile-first"])
def test_the_documented_verdict_stands(verdict: Verdict) -> None:
    """What a provider documents for its code stands against Retry-After and the method."""
    found = derive(exchange_of(503, "GET", Retry_After="5"), 503, FORMAT, rule(verdict))

    assert (verdict, None) == found[:2]


@pytest.mark.parametrize("kind", ["standard", "framework", "client"])
@pytest.mark.parametrize("verdict", ["never", "after-change"])
@pytest.mark.parametrize("status", [429, 503])
def test_an_answer_that_passes_overrules_general_rules(
    kind: str, verdict: Verdict, status: int
) -> None:
    """A status that passes, with Retry-After, is stronger than what a standard or a library says
    of a code: its text may be about another answer. Without the field, or with another status, the
    rule stands."""
    general, entry = FORMAT._replace(kind=kind), rule(verdict, None, "as they say")  # type: ignore[arg-type]
    asked = derive(exchange_of(status, Retry_After="5"), 404, general, entry)
    plain = derive(exchange_of(status), 404, general, entry)
    other = derive(exchange_of(404, Retry_After="5"), 404, general, entry)

    assert ("later", 5.0, ("Retry-After asks for 5 s (RFC 9110, section 10.2.3)",)) == asked
    assert (verdict, ("X: as they say",)) == (plain.verdict, plain.trail)
    assert (verdict, ("X: as they say",)) == (other.verdict, other.trail)


@pytest.mark.parametrize(
    ("own", "origin", "expected"),
    [(404, "", "later"), (404, "/items/0", "never"), (503, "", "never"), (None, "", "never")],
)
def test_an_answer_that_passes_overrules_a_text_of_another_status(
    own: int | None, origin: str, expected: str
) -> None:
    """A provider's word stands against Retry-After, unless the text is about another answer."""
    said = Problem(status=own, origin=origin)
    found = derive(exchange_of(503, Retry_After="5"), own or 503, FORMAT, rule("never"), said)

    assert expected == found.verdict


@pytest.mark.parametrize("verdict", ["later", "once"])
def test_the_server_sets_the_wait(verdict: Verdict) -> None:
    """Retry-After comes before the documented seconds, and those before none."""
    entry = rule(verdict, 30)

    assert (verdict, 5.0) == derive(exchange_of(Retry_After="5"), 503, FORMAT, entry)[:2]
    assert (verdict, 30.0) == derive(exchange_of(), 503, FORMAT, entry)[:2]


def test_the_body_may_ask_for_a_wait() -> None:
    """A wait in the body counts where the field gives none, and turns unknown into later."""
    said = Problem(retry_after=7.0)
    found = derive(exchange_of(), 503, FORMAT, Code(), said)

    assert ("later", 7.0, ("X: the answer asks for 7 s",)) == found
    assert ("later", 5.0) == derive(exchange_of(Retry_After="5"), 503, FORMAT, Code(), said)[:2]


@pytest.mark.parametrize(
    ("documented", "retryable", "verdict"),
    [
        ("later", False, "never"),
        ("once", False, "never"),
        ("unknown", False, "never"),
        ("after-change", False, "after-change"),
        ("reconcile-first", False, "reconcile-first"),
        ("later", True, "later"),
        ("once", True, "once"),
        ("after-change", True, "later"),
        ("unknown", True, "later"),
        ("reconcile-first", True, "reconcile-first"),
    ],
)
def test_the_answers_own_word_on_repeating_it(
    documented: Verdict, retryable: bool, verdict: str
) -> None:
    """What the server says of this very answer is stronger than what is documented of its code, but
    a call with an open outcome is not repeated for it."""
    said = Problem(retryable=retryable, retryable_by="again: x")
    found = derive(exchange_of(409, "GET"), 409, FORMAT, rule(documented), said)

    assert verdict == found.verdict
    assert (verdict != documented) == ("answer itself says" in found.trail[0])
    assert (verdict != documented) == ("(`again: x`)" in found.trail[0])
    assert len(found.trail) < 3


def test_a_repetition_that_the_answer_allows_is_held_to_the_request() -> None:
    """A POST that failed inside the server, without a key, is reconciled first all the same."""
    exchange = exchange_of(500, "POST")
    standard = FORMAT._replace(kind="standard")
    found = derive(exchange, 500, standard, Code(), Problem(retryable=True))

    assert "reconcile-first" == found.verdict


@pytest.mark.parametrize(
    ("method", "status", "expected"),
    [
        ("GET", 502, "later"),
        ("HEAD", 504, "later"),
        ("put", 500, "later"),
        ("DELETE", 502, "later"),
        ("POST", 500, "reconcile-first"),
        ("POST", 502, "reconcile-first"),
        ("PATCH", 504, "reconcile-first"),
        ("POST", 503, "later"),
        ("POST", 429, "later"),
        (None, 502, "later"),
    ],
)
def test_general_advice_heeds_the_method(method: str | None, status: int, expected: str) -> None:
    """What may have been carried out is reconciled first, unless repeating it is harmless."""
    found = derive(exchange_of(status, method), status, KNOWLEDGE, rule("later"))

    assert expected == found.verdict
    assert any("RFC 9110, section 9.2.2" in reason for reason in found.trail) == (
        method is not None and status in (500, 502, 504)
    )


def test_no_answer_is_reconciled_first() -> None:
    """Without an answer nobody knows what became of the call; an idempotent one is safe."""
    silent = Exchange("body", Text(""))
    get = silent._replace(request=Request("GET"))

    assert "reconcile-first" == derive(silent, None, None, None).verdict
    assert "later" == derive(get, None, None, None).verdict
    assert (
        "unknown" == derive(silent._replace(failure=Failure("curl", 6)), None, None, None).verdict
    )


def test_nothing_known() -> None:
    """Without a rule and a wait the verdict is unknown, with an empty trail."""
    assert Retry() == derive(exchange_of(418), 418, FORMAT, None)


def test_the_trail_names_its_sources() -> None:
    """Each step says where it comes from."""
    assert ("X: as they say",) == derive(
        exchange_of(), 503, FORMAT, rule("never", None, "as they say")
    ).trail
    assert ("X documents: never",) == derive(exchange_of(), 503, FORMAT, rule("never")).trail
    assert ("Retry-After asks for 5 s (RFC 9110, section 10.2.3)", "HTTP: wait") == derive(
        exchange_of(Retry_After="5"), 503, KNOWLEDGE, rule("later", None, "wait")
    ).trail


def test_defaults_hold_for_entries_without_a_rule() -> None:
    """A format's default rule holds for its entries, not for what it has no entry for."""
    format = FORMAT._replace(defaults=Defaults(RetryRule("after-change")))

    assert "after-change" == derive(exchange_of(), 503, format, Code()).verdict
    assert "unknown" == derive(exchange_of(), 503, format, None).verdict


def test_several_possibilities_have_a_verdict_if_they_agree() -> None:
    """Of entries that are equally possible the common verdict counts; else it is unknown."""
    later, never = rule("later")._replace(title="busy"), rule("never")._replace(title="there")  # type: ignore[arg-type]
    agreed = derive_common(exchange_of(409), 409, FORMAT, (later, later))
    split = derive_common(exchange_of(409, Retry_After="5"), 409, FORMAT, (later, never))
    none = derive_common(exchange_of(418), 418, FORMAT, ())

    assert derive(exchange_of(409), 409, FORMAT, later) == agreed
    assert Retry("unknown", None, ("busy: later", "there: never")) == split
    assert Retry() == none


# ---------------------------------------------------------------- a documented exception

FAULT = '[{"code": "INTERNAL_ERROR", "message": "Internal error"}]'


def verdict_of(content: str, **options: object) -> tuple[Retry, tuple[str, ...]]:
    """The verdict and the remedies of the first problem."""
    (report,) = decode(content, format="soundbite", **options)  # type: ignore[arg-type]
    diagnostic = report.diagnostics[0]
    assert diagnostic.explanation is not None
    return diagnostic.retry, diagnostic.explanation.remedies


def test_an_internal_error_may_be_repeated_once() -> None:
    """INTERNAL_ERROR of other methods, and timeouts, may be tried again once after 30 seconds."""
    for retry, _ in (
        verdict_of(FAULT),
        verdict_of(FAULT, operation="createScript"),
        verdict_of("", timeout=True),
        verdict_of("", timeout=True, operation="deleteScripts"),
    ):
        assert ("once", 30.0) == retry[:2]


def test_the_two_branches_of_create_sub_campaign() -> None:
    """After a success of showSubCampaignState: a timeout is left alone, an error is stopped."""
    fault, stop = verdict_of(FAULT, operation="createSubCampaign")
    timeout, leave = verdict_of("", timeout=True, operation="createSubCampaign")

    assert ["reconcile-first"] * 2 == [fault.verdict, timeout.verdict]
    assert any("OBJECT_NOT_EXISTS" in step and "safe" in step for step in stop)
    assert any("OBJECT_NOT_EXISTS" in step and "safe" in step for step in leave)
    assert any("changeSubCampaignState" in step for step in stop)
    assert not any("changeSubCampaignState" in step for step in leave)
    assert any("returns successfully" in step and "do not call" in step for step in leave)
    assert stop != leave


def test_other_errors_are_final() -> None:
    """A limit that reads like a call rate is still final, as documented, whatever is asked for."""
    content = "HTTP/1.1 500 x\r\nRetry-After: 9\r\n\r\n" + '[{"code": "SYSTEM_LIMIT_EXCEEDED"}]'
    (report,) = decode(content, format="soundbite")

    assert report.diagnostics[0].retry.verdict in ("never", "after-change")


@pytest.mark.parametrize(
    ("problem", "status", "documented", "verdict"),
    [
        (Problem(pointer="/a", pointer_as_sent="a"), None, "after-change", "after-change"),
        (Problem(parameter="a"), None, "after-change", "after-change"),
        (Problem(header="A"), None, "after-change", "after-change"),
        (Problem(pointer="/a", pointer_as_sent="a"), 503, "after-change", "unknown"),
        (Problem(pointer="/a", pointer_as_sent="a"), None, "later", "unknown"),
        (Problem(code="a"), None, "after-change", "unknown"),
    ],
)
def test_what_names_a_place_of_the_request(
    problem: Problem, status: int | None, documented: Verdict, verdict: Verdict
) -> None:
    """Without an entry and a status, a fault of the request needs the change that its format
    documents of all codes; no other problem does."""
    format = FORMAT._replace(defaults=Defaults(retry=RetryRule(documented)))

    assert verdict == derive(exchange_of(status), status, format, None, problem).verdict


def test_a_fault_of_the_payload_without_a_status() -> None:
    """A certain format's validation error is judged where the status is not in the input."""
    answer = '{"message": "The given data was invalid.", "errors": {"berth": ["It is no berth."]}}'
    (report,) = decode(answer)

    assert ["after-change"] == [one.retry.verdict for one in report.diagnostics]
