"""Reports with secrets in every place, for the tests of the redaction."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from urllib.parse import quote

from errdecode.model import (
    JSON,
    Body,
    Candidate,
    Detection,
    Diagnostic,
    Evidence,
    Exchange,
    Explanation,
    Field,
    Location,
    Note,
    Problem,
    Report,
    Request,
    Response,
    Text,
)
from errdecode.redact import redact
from errdecode.source import cut

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJpbnZlbnRlZCJ9.c2lnbmF0dXJlLW9mLW5vLW9uZQ"
PEM = "-----BEGIN PRIVATE KEY-----\nMIIBinventedinventedinvented\nAAAA==\n-----END PRIVATE KEY-----"
HEX32 = "0123456789abcdef" * 2

SHAPES = {
    "jwt": JWT,
    "pem": PEM,
    "aws": "AKIA" + "QWERTYUIOPASDFGH",
    "aws session": "ASIA" + "QWERTYUIOPASDFGH",
    "github": "ghp_" + "a1B2c3D4e5" * 4,
    "github oauth": "gho_" + "a1B2c3D4e5" * 4,
    "github fine-grained": "github_pat_" + "11AAAA_bbbbCCCCdddd" * 3,
    "gitlab": "glpat-" + "x1Y2z3A4b5C6d7E8f9G0",
    "slack": "xoxb-" + "1234567890-abcdefghij",
    "stripe": "sk_live_" + "51AbCdEfGhIjKlMn",
    "stripe test": "sk_test_" + "51AbCdEfGhIjKlMn",
    "stripe restricted": "rk_live_" + "51AbCdEfGhIjKlMn",
    "stripe webhook": "whsec_" + "AbCdEfGh12345678",
    "google": "AIza" + "SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q",
    "google oauth": "ya29." + "a0AbCdEfGhIjKlMnOpQr",
    "sendgrid": "SG." + "AbCdEfGhIjKlMnOp." + "QrStUvWxYz012345",
    "twilio": "SK" + HEX32,
    "npm": "npm_" + "a1B2c3D4e5F6" * 3,
    "pypi": "pypi-" + "AgEIcHlwaS5vcmcC" * 4,
    "pypi of a project": "pypi-" + "AgEIcHlwaS5vcmcCJDAxMjM0NTY3",
    "meta": "EAA" + "CEdEose0cBAmQ3n4O5p6QrStUv",
    "square": "EAA" + "AEa1B2c3D4-_e5F6g7H8i9J0k1L2",
    "openai": "sk-" + "proj-a1B2c3D4e5F6g7H8i9J0",
    "anthropic": "sk-ant-" + "api03-a1B2c3D4e5F6g7H8",
    "shopify": "shpat_" + HEX32,
    "digitalocean": "dop_v1_" + HEX32 * 2,
    "discord": "MTIzNDU2Nzg5MDEyMzQ1Njc4" + ".GabcDE." + "aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789",
    "telegram": "123456789:" + "AAabcdefghijklmnopqrstuvwxyz1234567",
    "mailgun": "key-" + HEX32,
}
CARDS = {
    "visa": "4111111111111111",
    "visa 13": "4222222222222",
    "mastercard": "5555 5555 5555 4444",
    "amex": "3782-822463-10005",
    "discover": "6011111111111117",
    "diners": "30569309025904",
    "jcb": "3530111333300000",
}
NAMED = [
    *(
        "password",
        "passwd",
        "pwd",
        "userPassword",
        "new_password",
        "password_confirmation",
        "secret",
    ),
    *("client_secret", "clientSecret", "client-secret", "token", "access_token", "refreshToken"),
    *("id_token", "api_key", "apiKey", "apikey", "API-KEY", "private_key", "cvv", "cvc", "pin"),
    *("ssn", "otp", "session", "sessionId", "smsKey", "authenticatorToken", "X-Amz-Signature"),
    *("card_number", "authorization", "aws_secret_access_key", "x_csrf_token"),
    *("admin_token", "accountToken"),
]
INNOCENT_NAMES = [
    *(
        "tokens_used",
        "token_type",
        "max_tokens",
        "keyword",
        "error_code",
        "password_policy",
        "pins",
    ),
    *("next_token", "nextPageToken", "page_token", "continuationToken", "secret_name", "shipping"),
    *("api_key_id", "keys", "session_count", "author", "passenger", "compass", "signature_type"),
    *("tokenizer", "pinned", "cardinality", "idempotency_key", "public_key_count", "authority"),
]
INNOCENT = [
    "No 'Authorization: Basic' header was found.",
    "Send Authorization: Bearer",
    "The password must have at least 8 characters.",
    'Error at "/password": property "password" is missing',
    '"password": is required',
    "at '/auth/token': value is not one of the allowed ones",
    "Invalid token: expired",
    'Unexpected token: "}" at position 12',
    "Bearer authentication is required; send an Authorization header.",
    'Bearer realm="api", error="invalid_token"',
    "Missing required parameter: api_key",
    "Your session has expired. Please log in.",
    "order 1234567890123456 of 2026-11-22T10:00:00Z",
    "1732270000000 and 17322700000000000",
    "4111111111111112 is no card number",
    '{"id": 4111111111111111}',
    "4006381333931 is an article",
    "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "git@github.example.com:owner/repo.git",
    "https://example.com:8080/a@b?page=2&sort=key&code=404",
    "sk-button-primary",
    "/robots/bot12345/runs and /bot1234567:3 of EAAbbreviationsWithoutAnyDigitInThem",
    "EAAAB2xhdGVyLXRoYW4tdGhhdA1234== in base64",
    "Set the key in your settings; the code is 42.",
    "pin the version, pass the card, mark the key",
    '{"password": ["This field is required."], "token": "invalid", "secret": "must not be blank"}',
    '{"password": null, "token": true, "secret": {}, "api_key": ""}',
    '{"error": "invalid_token", "type": "secret", "field": "password"}',
    '{"field": "password", "message": "is too short", "code": "too_short"}',
    "token == null; Token::new(); password != confirmation",
    "Authorization: $TOKEN\nX-Api-Key: ${API_KEY}\npassword=<your password>, token={{token}}",
    "Authorization: Bearer ********\npassword=********",
]


def exchange(
    *,
    headers: dict[str, str] | None = None,
    url: str = "https://api.example.com/v1",
    request: str | None = None,
    answer: dict[str, str] | None = None,
    body: str = '{"error": "no"}',
) -> Exchange:
    """Build an exchange as it is read from `curl -v`: every text is cut out of one capture."""
    spots: dict[str, list[tuple[int, int]]] = {}
    paste = ""

    def put(kind: str, value: str, before: str, after: str = "\r\n") -> None:
        nonlocal paste
        paste += before
        spots.setdefault(kind, []).append((len(paste), len(paste) + len(value)))
        paste += value + after

    put("url", url, "> POST ", " HTTP/1.1\r\n")
    for name, value in (headers or {}).items():
        put("sent", value, f"> {name}: ")
    put("request", request or "", ">\r\n")
    paste += "< HTTP/1.1 400 Bad Request\r\n"
    for name, value in (answer or {}).items():
        put("answer", value, f"< {name}: ")
    put("body", body, "<\r\n", "")
    root = Text(paste)

    def texts(kind: str) -> Iterator[Text]:
        return (cut(root, *spot) for spot in spots.get(kind, ()))

    return Exchange(
        "curl",
        root,
        0,
        len(paste),
        Request(
            "POST",
            next(texts("url")),
            tuple(map(Field, headers or {}, texts("sent"))),
            next(texts("request")) if request is not None else None,
        ),
        Response(
            400,
            "Bad Request",
            tuple(map(Field, answer or {}, texts("answer"))),
            next(texts("body")),
        ),
    )


def report(found: Exchange, problem: Problem | None = None, **more: object) -> Report:
    """Make a report of an exchange, with the response body parsed and one problem."""
    assert found.response
    assert found.response.body
    text = found.response.body
    value: JSON
    try:
        value = json.loads(text.value)
    except ValueError:
        value = text.value
    body = Body("json" if isinstance(value, dict | list) else "text", None, text, value)
    diagnostics = (Diagnostic(problem, **more),) if problem else ()  # type: ignore[arg-type]
    return Report("-", 0, "error", found, body, None, Detection(None), diagnostics)


def texts_in(node: object) -> list[Text]:
    """List the texts of a report and their parents, in the order of the fields."""
    if isinstance(node, Text):
        return [node, *(texts_in(node.parent) if node.parent else [])]
    if isinstance(node, tuple):
        return [text for item in node for text in texts_in(item)]
    return []


def forms(secret: str) -> set[str]:
    """Write a secret as others may send it back."""
    raw = secret.encode()
    return {
        secret,
        json.dumps(secret)[1:-1],
        json.dumps(json.dumps(secret)[1:-1])[1:-1],
        quote(secret, safe=""),
        base64.b64encode(raw).decode(),
        base64.urlsafe_b64encode(raw).decode(),
    }


def assert_hidden(secret: str, before: Report) -> Report:
    """Redact a report; no form of the secret is left and no text has changed its length."""
    after = redact(before)
    shown = repr(after)
    dumped = json.dumps(after, default=str)

    assert [form for form in forms(secret) if form in shown or form in dumped] == []
    assert list(map(len_of, texts_in(after))) == list(map(len_of, texts_in(before)))
    assert [text.runs for text in texts_in(after)] == [text.runs for text in texts_in(before)]
    return after


def len_of(text: Text) -> tuple[int, int]:
    """Measure a text: its characters and its lines."""
    return len(text.value), text.value.count("\n")


def echoing(secret: str, **sent: object) -> Report:
    """Make a report whose server repeats the secret in every place it can."""
    echo = f"got [{secret}], that is {quote(secret, safe='')} or {json.dumps(secret)}"
    encoded = base64.b64encode(f"me:{secret}".encode()).decode()
    body = json.dumps(
        {"message": echo, "received": {"raw": encoded, "list": [secret, {secret: 1}]}}
    )
    found = exchange(body=body, answer={"X-Echo": echo}, **sent)  # type: ignore[arg-type]
    location = Location(
        "request.body", "/a", found=True, value={"b": [secret]}, suggestions=(secret,)
    )
    problem = Problem(
        detail=echo,
        instance=f"/orders/{secret}",
        extensions={"input": {"deep": [secret]}, secret: encoded},
        pointer_as_sent=f"/{secret}/x",
    )
    evidence = Evidence(f"/message is {secret}", None, 1.0, matched=True)
    return report(
        found, problem, locations=(location,), explanation=Explanation("t", f"about {secret}")
    )._replace(
        detection=Detection(Candidate("x", "y", "likely", 1.0, (evidence,))),
        notes=(Note("nested", echo),),
        hints=(f"try {secret}",),
        request_id=secret,
    )
