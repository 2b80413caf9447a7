"""The laws of a permission that rests on a key: without the key it does not hold."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from errdecode.catalog import open_catalog
from errdecode.format import Code, Format, RetryRule
from errdecode.format.kinds import Verdict
from errdecode.model import Exchange, Field, Request, Response, Retry, Text
from errdecode.pipeline import decode
from errdecode.retry import derive

CATALOG = Path(__file__).parent.parent / "catalog"
VENDOR = Format("x", "X", "vendor", "https://docs.example.com", "2026-11-22")  # type: ignore[arg-type]
KEYS = ("Idempotency-Key", "order_token")


def sent(method: str | None = "POST", field: str = "", body: str | None = None) -> Request:
    """A request with at most one field, `name: value`."""
    name, _, value = field.partition(": ")
    headers = (Field(name, Text(value)),) if name else ()
    return Request(method, None, headers, None if body is None else Text(body))


def derived(
    request: Request | None,
    verdict: Verdict = "once",
    status: int | None = 500,
    keys: tuple[str, ...] = KEYS,
) -> Retry:
    """The verdict by a provider's rule that rests on these keys."""
    entry = Code(code="A", retry=RetryRule(verdict, 30, only_with=keys))
    exchange = Exchange("http", Text(""), request=request, response=Response(status))
    return derive(exchange, status, VENDOR, entry)


@pytest.mark.parametrize("status", [500, 503, 409, None])
@pytest.mark.parametrize("verdict", ["later", "once"])
@pytest.mark.parametrize(
    ("request_", "holds"),
    [
        (sent("POST", "Idempotency-Key: 7f3a"), True),
        (sent("PATCH", "idempotency-key: 7f3a"), True),
        (sent("POST", "", '{"order_token": "7f3a"}'), True),
        (sent("POST", "", "amount=5&order_token=7f3a"), True),
        (sent("GET"), True),
        (sent("DELETE"), True),
        (sent("PATCH", 'If-Match: "v7"'), True),
        (sent("POST"), False),
        (sent("POST", "Idempotency-Key: "), False),
        (sent("POST", "X-Idempotency-Key: 7f3a"), False),
        (sent("POST", "", '{"idempotency_key": "7f3a"}'), False),
        (sent("POST", "", '{"order": {"order_token": "7f3a"}}'), False),
        (sent("POST", "", "amount=5&order_token="), False),
        (sent(None, "", "amount=5"), False),
    ],
)
def test_a_permission_holds_with_its_key(
    request_: Request, holds: bool, verdict: Verdict, status: int | None
) -> None:
    """It holds with one of the documented keys, or where a second request does no harm anyway."""
    found = derived(request_, verdict, status)

    assert (verdict if holds else "reconcile-first") == found.verdict
    assert (30 if holds else None) == found.after_seconds


def test_the_missing_key_is_named() -> None:
    """The trail says what is not there, and what is to be done without it."""
    assert (
        "POST is not idempotent and may have been carried out, and it shows no "
        "`Idempotency-Key` or `order_token`: find out before you send it again "
        "(RFC 9110, section 9.2.2)"
    ) == derived(sent()).trail[-1]


@pytest.mark.parametrize("request_", [None, sent(None)])
def test_an_unseen_request_leaves_a_condition(request_: Request | None) -> None:
    """Where no request is shown the permission stands, and the trail says under which condition."""
    found = derived(request_)

    assert "once" == found.verdict
    assert found.trail[-1].startswith(
        "only if it was sent with `Idempotency-Key` or `order_token`, or is idempotent; else find "
    )


@pytest.mark.parametrize("verdict", ["never", "after-change", "reconcile-first", "unknown"])
def test_a_key_permits_nothing_by_itself(verdict: Verdict) -> None:
    """The keys of a rule only narrow a permission."""
    without = derived(sent("POST", "Idempotency-Key: 7f3a"), verdict, keys=())

    assert without == derived(sent("POST", "Idempotency-Key: 7f3a"), verdict)


# ---------------------------------------------------------------- the catalog


def keyed_rules() -> Iterator[tuple[str, str, dict[str, object]]]:
    """The rules that let a request be repeated, and whose reason speaks of a key."""
    for file in sorted(CATALOG.glob("*.toml")):
        for entry in tomllib.loads(file.read_text("utf-8")).get("codes", []):
            rule = entry.get("retry", {})
            reason = rule.get("reason", "")
            if rule.get("verdict") in ("later", "once") and re.search(
                r"(?i)\bwith the same `|idempot|retry key", reason
            ):
                yield file.stem, str(entry.get("code")), rule


def test_the_catalog_names_its_keys() -> None:
    """A reason that speaks of a key, or of idempotence, comes with the names of the keys."""
    found = list(keyed_rules())

    assert len(found) > 20
    assert [] == [(id, code) for id, code, rule in found if not rule.get("only_with")]


def test_keys_survive_the_index() -> None:
    """The compiled catalog has the keys that the file names."""
    codes = open_catalog().format("stripe").codes
    rules = {code.code: code.retry for code in codes if code.retry}

    assert ("Idempotency-Key",) == rules["api_error"].only_with
    assert () == rules["idempotency_key_in_use"].only_with


@pytest.mark.parametrize(
    ("field", "expected"), [("", "reconcile-first"), ('-H "Idempotency-Key: 7f3a" ', "once")]
)
def test_a_payment_without_a_key_is_not_repeated(field: str, expected: str) -> None:
    """The command shows whether the payment bore a key."""
    (report,) = decode(
        f"$ curl -i -X POST https://api.stripe.com/v1/payment_intents {field}-d amount=700\n"
        "HTTP/2 500\ncontent-type: application/json\n\n"
        '{"error": {"message": "An error occurred", "type": "api_error"}}\n'
    )

    assert expected == report.diagnostics[0].retry.verdict
