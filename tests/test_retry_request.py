"""The laws of repeating a request: what may have been carried out is not sent twice unasked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdecode.format import Code, Format, RetryRule
from errdecode.format.kinds import Kind, Verdict
from errdecode.model import Exchange, Failure, Field, Problem, Request, Response, Text
from errdecode.retry import derive
from errdecode.retry.request import IDEMPOTENT, find_guard, is_open, may_change

FEW = settings(max_examples=150, deadline=None)
VENDOR = Format("x", "X", "vendor", "https://docs.example.com", "2026-11-22")  # type: ignore[arg-type]
HTTP = VENDOR._replace(kind="knowledge")
CLIENT = VENDOR._replace(kind="client")


def request_of(method: str | None, field: str = "", body: str | None = None) -> Request:
    """A request with at most one field, `name: value`."""
    name, _, value = field.partition(": ")
    headers = (Field(name, Text(value)),) if name else ()
    return Request(method, None, headers, None if body is None else Text(body))


def answered(status: int | None, request: Request | None = None) -> Exchange:
    """An exchange that ended with a status."""
    return Exchange("http", Text(""), request=request, response=Response(status))


def failed(code: int, message: str | None = None, request: Request | None = None) -> Exchange:
    """An exchange that ended with a failure of curl."""
    return Exchange("curl", Text(""), request=request, failure=Failure("curl", code, message))


def rule(verdict: Verdict) -> Code:
    """An entry with this rule."""
    return Code(code="A", retry=RetryRule(verdict))


# ---------------------------------------------------------------- how it ended


@pytest.mark.parametrize(
    ("exchange", "status", "expected"),
    [
        (answered(500), 500, True),
        (answered(502), 502, True),
        (answered(504), 504, True),
        (answered(503), 503, None),
        (answered(429), 429, None),
        (answered(409), 409, None),
        (answered(None), None, None),
        (Exchange("body", Text("")), None, True),
        (failed(6), None, False),
        (failed(7), None, False),
        (failed(60), None, False),
        (failed(28, "Resolving timed out after 1000 milliseconds"), None, False),
        (failed(28, "Connection timed out after 1000 milliseconds"), None, False),
        (failed(28, "Operation timed out after 1000 milliseconds with 0 bytes"), None, True),
        (failed(28), None, True),
        (failed(52, "Empty reply from server"), None, True),
        (failed(56, "Recv failure: Connection reset by peer"), None, True),
        (failed(56, "CONNECT tunnel failed, response 407"), None, False),
        (failed(92, "HTTP/2 stream 1 was not closed cleanly: REFUSED_STREAM (err 7)"), None, False),
        (failed(22), None, None),
        (failed(22), 500, True),
        (failed(999), None, None),
    ],
)
def test_whether_it_may_have_been_carried_out(
    exchange: Exchange, status: int | None, expected: bool | None
) -> None:
    """True: it may; False: nothing reached the server; None: settled, or nobody knows."""
    assert is_open(exchange, status) is expected


# ---------------------------------------------------------------- what a second one does


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (request_of("GET"), "section 9.2.2"),
        (request_of("head"), "section 9.2.2"),
        (request_of("DELETE"), "section 9.2.2"),
        (request_of("PROPFIND"), "section 9.2.2"),
        (request_of("POST"), None),
        (request_of("PATCH"), None),
        (request_of(None), None),
        (None, None),
        (request_of("POST", "Idempotency-Key: 7f3a"), "draft-ietf-httpapi-idempotency-key-header"),
        (request_of("POST", "idempotency-key: "), None),
        (request_of("POST", "PayPal-Request-Id: 7f3a"), "PayPal"),
        (request_of("POST", "X-Idempotency-Key: 7f3a"), "Mercado Pago"),
        (request_of("POST", "X-Line-Retry-Key: 7f3a"), "LINE"),
        (request_of("POST", "Repeatability-Request-ID: 7f3a"), "OASIS"),
        (request_of("POST", "X-Request-Id: 7f3a"), None),
        (request_of("PATCH", 'If-Match: "v7"'), "section 13.1.1"),
        (request_of("PATCH", "If-Match: *"), None),
        (request_of("POST", "", '{"idempotency_key": "7f3a"}'), "Square"),
        (request_of("POST", "", '{"idempotency_key": ""}'), None),
        (request_of("POST", "", '{"order": {"idempotency_key": "7f3a"}}'), None),
        (request_of("POST", "", '{"idempotency_key": '), None),
        (request_of("POST", "", '["idempotency_key"]'), None),
        (request_of("POST", "", '{"clientToken": "7f3a"}'), "AWS"),
        (request_of("POST", "", "Action=RunInstances&ClientToken=7f3a"), "AWS"),
        (request_of("POST", "", "Action=RunInstances&ClientToken="), None),
        (request_of("POST", "", '{"clientToken":' + "[" * 100_000), None),
    ],
)
def test_what_makes_a_repetition_harmless(request_: Request | None, expected: str | None) -> None:
    """An idempotent method, a key that makes it recognisable, or a condition, each by its rule."""
    found = find_guard(request_)

    assert (found is None) if expected is None else (found is not None and expected in found)


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (None, None),
        (request_of("GET"), None),
        (request_of("GET", "", "{}"), None),
        (request_of("POST"), "POST is not idempotent"),
        (request_of("DELETE"), None),
        (request_of(None), None),
        (request_of(None, "", " "), None),
        (request_of(None, "", "{}"), "the request has a body, so it may change something,"),
    ],
)
def test_what_may_change_something(request_: Request | None, expected: str | None) -> None:
    """A method that is not idempotent, or a body where the method is not known."""
    assert expected == may_change(request_)


# ---------------------------------------------------------------- the verdict


@pytest.mark.parametrize(
    ("exchange", "kind", "verdict", "expected"),
    [
        (answered(502, request_of("POST")), "knowledge", "later", "reconcile-first"),
        (answered(502, request_of("POST")), "gateway", "later", "reconcile-first"),
        (answered(500, request_of("POST")), "framework", "once", "reconcile-first"),
        (answered(500, request_of("POST")), "vendor", "later", "later"),
        (answered(500, request_of("POST")), "vendor", "unknown", "reconcile-first"),
        (answered(500, request_of("POST")), "vendor", "after-change", "after-change"),
        (answered(500, request_of("GET")), "vendor", "reconcile-first", "reconcile-first"),
        (answered(500, request_of("GET")), "framework", "reconcile-first", "later"),
        (answered(500, request_of("GET")), "framework", "unknown", "unknown"),
        (answered(409, request_of("PUT")), "knowledge", "reconcile-first", "reconcile-first"),
        (answered(503, request_of("POST")), "gateway", "later", "later"),
        (answered(502, request_of("POST", "Idempotency-Key: 7")), "gateway", "later", "later"),
        (answered(504, request_of(None, "", "{}")), "knowledge", "later", "reconcile-first"),
        (answered(504), "knowledge", "later", "later"),
        (failed(7, None, request_of("POST")), "client", "later", "later"),
        (failed(7, None, request_of("POST")), "client", "unknown", "unknown"),
        (failed(7, None, request_of("POST")), "client", "reconcile-first", "later"),
        (failed(52, None, request_of("POST")), "client", "reconcile-first", "reconcile-first"),
        (failed(52, None, request_of("GET")), "client", "reconcile-first", "later"),
        (failed(22, None, request_of("GET")), "client", "reconcile-first", "later"),
        (failed(22, None, request_of("POST")), "client", "reconcile-first", "reconcile-first"),
    ],
)
def test_the_request_decides_where_the_outcome_is_open(
    exchange: Exchange, kind: Kind, verdict: Verdict, expected: str
) -> None:
    """What a provider says of its own call stands; all else yields to what was sent."""
    status = exchange.response.status if exchange.response else None
    found = derive(exchange, status, VENDOR._replace(kind=kind), rule(verdict))

    assert expected == found.verdict


def test_a_documented_repetition_is_told_to_be_one() -> None:
    """Where the provider's word lets a POST be repeated, the trail says whose word that is."""
    found = derive(answered(500, request_of("POST")), 500, VENDOR, rule("later"))
    gateway = derive(answered(502), 502, VENDOR._replace(kind="gateway"), rule("later"))

    assert found.trail[-1] == (
        "POST is not idempotent and may have been carried out, "
        "but X documents that it may be repeated"
    )
    assert "unless it is idempotent, find out before you send it again" in gateway.trail[-1]


def test_the_trail_goes_from_the_server_to_the_request() -> None:
    """First what the server said, then what the catalog says, then what the request allows."""
    exchange = answered(500, request_of("POST", "Idempotency-Key: 7"))
    response = Response(500, None, (Field("Retry-After", Text("9")),))
    found = derive(exchange._replace(response=response), 500, VENDOR, rule("later"))

    assert ("later", 9.0) == found[:2]
    assert ["Retry-After asks for", "X documents: later", "Idempotency-Key is sent"] == [
        line[: len(start)]
        for line, start in zip(
            found.trail,
            ["Retry-After asks for", "X documents: later", "Idempotency-Key is sent"],
            strict=True,
        )
    ]


METHODS = st.sampled_from([*sorted(IDEMPOTENT), "POST", "PATCH", "FROB", None])
KINDS = st.sampled_from(["standard", "framework", "vendor", "gateway", "client", "knowledge"])
VERDICTS = st.sampled_from(["never", "after-change", "later", "once", "reconcile-first", "unknown"])
ENDS = st.sampled_from(
    [answered(code) for code in (None, 200, 400, 403, 409, 429, 500, 502, 503, 504)]
    + [failed(code) for code in (6, 7, 22, 28, 52, 56, 60)]
    + [Exchange("body", Text(""))]
)
WAITS = st.none() | st.floats(0, 1000)


@given(ENDS, METHODS, KINDS, st.none() | VERDICTS, WAITS)
@settings(max_examples=400, deadline=None)
def test_it_fails_closed(
    exchange: Exchange, method: str | None, kind: Kind, verdict: Verdict | None, wait: float | None
) -> None:
    """A call that may change something and may have been carried out is never simply repeated.

    Unless it bears a key, or its provider documents that it may be.
    """
    exchange = exchange._replace(request=request_of(method))
    status = exchange.response.status if exchange.response else None
    format = VENDOR._replace(kind=kind)
    said = Problem(retry_after=wait)
    found = derive(exchange, status, format, rule(verdict) if verdict else None, said)
    keyed = exchange._replace(request=request_of(method, "Idempotency-Key: 7f3a"))

    if is_open(exchange, status) and method and method not in IDEMPOTENT and kind != "vendor":
        assert found.verdict not in ("later", "once")
        assert "later" != verdict or "later" == derive(keyed, status, format, rule("later")).verdict
    assert found.after_seconds is None or found.after_seconds >= 0
    assert found.verdict == "unknown" or found.trail
    if verdict in ("never", "after-change") and kind == "vendor":
        assert verdict == found.verdict
