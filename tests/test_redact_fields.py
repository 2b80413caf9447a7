"""Keys in header fields are hidden by the field's name, and what only names something stays."""

from __future__ import annotations

import json

import pytest
from secret_reports import (
    exchange,
    report,
)

from errdecode.redact import find_secrets, mask, redact

KEY = "q7Xk2mPz9LwT4vRb8NcD1sFg"
HEX = "9775a026f1ca7d1c6c5af9d94d9595a4"

KEYS = [
    *("Key", "X-Key", "App-Key", "X-Application-Key", "EXAMPLE-APPLICATION-KEY", "X-Insert-Key"),
    *("X-License-Key", "Example-Key", "X-Query-Key", "X-Auth", "X-Api-Auth", "Authentication"),
    *("X-Forwarded-Authorization", "X-Original-Authorization", "X-Session", "X-HMAC", "X-Api-Sign"),
    *("EX-ACCESS-SIGN", "X-Hub-Signature-256", "X-Example-Hmac-Sha256", "X-Example-Consumer"),
    *("X-Access", "X-Example-Team", "X-Example-Art-Api", "X-Example-Oidc-Data", "x-example"),
]
NAMES = [
    *("Idempotency-Key", "X-Idempotency-Key", "Surrogate-Key", "Sec-WebSocket-Key", "Cache-Key"),
    *("X-Cache-Key", "X-Request-Key", "Routing-Key", "Partition-Key", "Public-Key", "Sort-Key"),
    *("X-Request-Id", "X-Correlation-ID", "X-B3-TraceId", "X-Amzn-Trace-Id", "traceparent"),
    *("X-Cloud-Trace-Context", "ETag", "If-None-Match", "X-RateLimit-Limit", "X-Rate-Limit-Key"),
    *("X-Content-Sha256", "X-Encryption-Key-Sha256", "X-Amz-Meta-Origin", "X-Client-Version"),
    *("Author", "Example-Keyboard", "Signed-Headers", "Example-Account", "Tenant"),
]


@pytest.mark.parametrize("name", KEYS)
def test_hides_keys_by_the_last_word_of_the_field(name: str) -> None:
    """A service's own field for its key is hidden, and so is what the server repeats of it."""
    said = json.dumps({"message": f"key {KEY} is unknown"})
    after = redact(report(exchange(headers={name: KEY, "Accept": "text/plain"}, body=said)))

    assert KEY not in repr(after)
    assert after.exchange.request
    assert after.exchange.request.headers[1].value.value == "text/plain"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [KEY, HEX])
def test_leaves_fields_that_name_something(name: str, value: str) -> None:
    """Identifiers, digests, limits and keys of caches stay, in a request, an answer and a text."""
    before = report(
        exchange(headers={name: value}, answer={name: value}, body=json.dumps({name: value}))
    )

    assert redact(before) == before


@pytest.mark.parametrize("name", ["X-Tenant", "X-Api-Revision", "X-Handler", "X-Client", "Stage"])
@pytest.mark.parametrize(
    "value",
    [
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "507f1f77bcf86cd799439011",
        "Com2ExampleServiceImplementation",
        "release-2026-11-23-build-1234567890",
        "gl-python/3.11.2 grpc/1.59.0",
        "12345678901234567890",
    ],
)
def test_leaves_identifiers_under_unknown_names(name: str, value: str) -> None:
    """A UUID, a number, a name or a lower-case identifier is no key, whatever field it is in."""
    before = report(exchange(headers={name: value}))

    assert redact(before) == before


@pytest.mark.parametrize("name", ["X-Key", "X-Session", "X-Auth", "X-Api-Sign"])
def test_a_word_under_the_name_of_a_key_is_hidden_there_alone(name: str) -> None:
    """What may be a name is covered in the field and left where the server speaks of it."""
    said = '{"message": "eu-west-1 is not active"}'
    after = redact(report(exchange(headers={name: "eu-west-1"}, body=said)))

    assert after.exchange.request
    assert after.exchange.request.headers[0].value.value == "•••••••••"
    assert after.body
    assert after.body.value == {"message": "eu-west-1 is not active"}


@pytest.mark.parametrize("name", ["X-Key", "X-Session", "X-Auth", "X-Access"])
@pytest.mark.parametrize("value", ["required", "active", "must not be empty", "a-b-c-2"])
def test_leaves_words_in_fields_of_an_answer(name: str, value: str) -> None:
    """In an answer only what is random is taken for a key."""
    before = report(exchange(answer={name: value}))

    assert redact(before) == before


@pytest.mark.parametrize(
    "text",
    [
        "curl -H 'Example-Key: {}' https://example.com",
        "> X-Insert-Key: {}\n> Accept: */*",
        '{{"headers": {{"X-App-Auth": "{}"}}}}',
        "{{'X-Api-Sign': '{}', 'a': 1}}",
        '{{"text": "{{\\"Example-Key\\": \\"{}\\"}}"}}',
    ],
)
def test_finds_such_fields_in_any_text(text: str) -> None:
    """A field in a command, a transcript or a printed object is hidden without an exchange."""
    masked = mask(text.format(KEY), find_secrets(exchange()))

    assert KEY not in masked
    assert len(masked) == len(text.format(KEY))
    assert masked.replace("•", "")[:8] == text.format(KEY)[:8]


@pytest.mark.parametrize(
    "text",
    [
        "Send the token in the field `Example-Key: TOKEN`.",
        "X-Key: must not be blank",
        "the foreign-key: order_lines_2026_product",
        f"cache-key: {HEX}",
        "X-Auth: enabled-for-all-of-2026",
    ],
)
def test_leaves_fields_that_are_only_spoken_of(text: str) -> None:
    """Words behind the name of a field are no key."""

    assert mask(text, find_secrets(exchange())) == text
