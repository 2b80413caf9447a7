"""Secrets in addresses and on command lines are hidden, and nothing beside them."""

from __future__ import annotations

import re

import pytest
from secret_reports import (
    exchange,
    report,
)

from errdecode.model import Exchange, Text
from errdecode.redact import find_secrets, mask, redact


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://bob:zq7x@example.com/a", "https://bob:••••@example.com/a"),
        ("https://bob:z@q7@example.com/", "https://bob:••••@example.com/"),
        (
            "https://example.com/?access_token=zq7x&page=2",
            "https://example.com/?access_token=••••&page=2",
        ),
        ("https://example.com/?sig=zq%2F7x&sv=2026", "https://example.com/?sig=•••••••&sv=2026"),
        ("https://example.com/?key=zq7xzq7x", "https://example.com/?key=••••••••"),
        ("https://example.com/?sort=key&key=name", "https://example.com/?sort=key&key=name"),
        (
            "https://example.com/?code=4%2F0AbCdEfGh&state=a",
            "https://example.com/?code=•••••••••••••&state=a",
        ),
        (
            "https://example.com/?ticket=T-aA5Yuvrxzpv8Tau1&a=b",
            "https://example.com/?ticket=••••••••••••••••••&a=b",
        ),
        ("https://example.com/?ticket=SHOP-12345", "https://example.com/?ticket=SHOP-12345"),
        (
            "https://example.com/?X-Amz-Credential=AK%2Fx&a=b",
            "https://example.com/?X-Amz-Credential=••••••&a=b",
        ),
    ],
)
def test_hides_secrets_in_urls(url: str, shown: str) -> None:
    """Userinfo and secret-like query parameters are hidden, in the URL and in the capture."""
    after = redact(report(exchange(url=url)))

    assert after.exchange.request
    assert after.exchange.request.url
    assert after.exchange.request.url.value == shown
    assert shown in after.exchange.source.value


def test_hides_passwords_of_commands() -> None:
    """In a pasted command the password of `-u` and the fields of `-H` are hidden."""
    command = (
        "curl -sSu bob:zq7x -H 'X-Api-Key: a b c' -H \"Cookie: s=zq\" https://example.com -d pin=12"
    )
    masked = mask(command, find_secrets(exchange()))

    assert masked == (
        "curl -sSu bob:•••• -H 'X-Api-Key: •••••' -H \"Cookie: s=••\" https://example.com -d pin=••"
    )


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("db --password zq7x -h localhost", "db --password •••• -h localhost"),
        ("db --password letmein", "db --password •••••••"),
        ("db --password zq7xsecret", "db --password ••••••••••"),
        ("db --password ourtoken", "db --password ••••••••"),
        ("tool -Token zq7x; ls", "tool -Token ••••; ls"),
        ("tool --api-key 'a b c' --token=zq7x", "tool --api-key '•••••' --token=••••"),
        (r'{"run": "a --secret \"zq 7x\" b"}', r'{"run": "a --secret \"•••••\" b"}'),
        ("tool --cookie 'sid=zq7x; a=b'", "tool --cookie 'sid=••••; a=•'"),
    ],
)
def test_hides_the_values_of_options(command: str, shown: str) -> None:
    """What stands behind an option that is named as a secret is hidden, whatever the program."""

    assert mask(command, find_secrets(exchange())) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Use --password to set it; --token is required, or the --api-key option.",
        "db --no-password shop, db --password -h localhost, db --token-file a.txt --token TOKEN",
        "set --password, --token and --pin.",
        "write --password password, --api-key api_key or --token <token>",
    ],
)
def test_leaves_options_alone_that_are_only_spoken_of(text: str) -> None:
    """An option in a sentence has no value."""

    assert mask(text, find_secrets(exchange())) == text


@pytest.mark.parametrize(
    ("address", "secret"),
    [
        ("https://hooks.example.com/services/T01/B01/{}", "abcdefghijklmnopqrstuvWX"),
        ("https://example.com/api/webhooks/1234567890/{}", "abc-efghijklmnopqrs_uvw1" * 2),
        ("https:\\/\\/hooks.example.com\\/a\\/b\\/{}", "0123456789abcdefghij"),
        ("https%3A%2F%2Fexample.com%2Fhooks%2F12%2F{}", "abcdefghij0123456789"),
        ("https://a.webhook.example.com/hookb2/a@b/Incoming/{}/c", "0123456789abcdef0123"),
    ],
)
def test_hides_what_gives_access_to_a_hook(address: str, secret: str) -> None:
    """The random segment of a hook's address is hidden, what names the hook is not."""
    text = f"POST {address.format(secret)} failed"
    masked = mask(text, find_secrets(exchange()))
    before, after = text.split(secret)

    assert secret not in masked
    assert (masked[: len(before)], masked[-len(after) :]) == (before, after)


@pytest.mark.parametrize(
    "text",
    [
        "/repos/a/b/hooks/12345678/deliveries/0b989ba4-242f-11e5-81e1-c7b6966d2516",
        "/app/hooks/session/useSessionOfTheVisitor2.js:10",
        "https://example.com/webhooks/1234567890/12345678901234567890",
        "https://example.com/webhooks/events/order-created-notifications",
    ],
)
def test_leaves_names_of_hooks_alone(text: str) -> None:
    """Numbers, UUIDs, words and files in a path give no access."""

    assert mask(text, find_secrets(exchange())) == text


@pytest.mark.parametrize(
    "text",
    [
        "GET https://api.example.com/bot{}/getMe failed",
        '{{"url": "https:\\/\\/api.example.com\\/file\\/bot{}\\/a.jpg"}}',
        "POST /bot{}, then nothing",
    ],
)
@pytest.mark.parametrize(
    "token", ["123456:ABC-DEFghiJKL_mno012", "1234567890%3AAAabcdefghijklmnopqrstuvwxyz0123456789"]
)
def test_hides_the_token_of_a_bot_in_a_path(text: str, token: str) -> None:
    """What stands behind `/bot` in an address is a token, whatever its length."""
    masked = mask(text.format(token), find_secrets(exchange()))
    before, after = text.format(token).split(token)

    assert token not in masked
    assert (masked[: len(before)], masked[-len(after) :]) == (before, after)


def test_a_colon_behind_a_secret_is_none_of_it() -> None:
    """What ends a clause is not masked, so that one secret has one tag wherever it stands."""
    said = "GET /v1?api_key=harbour-77-lantern: refused; GET /v1?api_key=harbour-77-lantern again"
    masked = mask(said, find_secrets(Exchange("log", Text(said))))

    assert 2 * [len("harbour-77-lantern")] == [len(run) for run in re.findall("•+", masked)]
    assert "•: refused" in masked
