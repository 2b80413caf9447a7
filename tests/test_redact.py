"""No secret leaves a report, every position stays true, and ordinary words stay readable."""

from __future__ import annotations

import base64
import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    Tree,
)
from errdecode.redact import find_secrets, mask, redact
from errdecode.source import Builder, cut, input_span, join

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
    "The password must have at least 8 characters.",
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


@pytest.fixture(autouse=True)
def _own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a user of its own, whose key is not made yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))


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


@pytest.mark.parametrize("kind", SHAPES)
def test_hides_tokens_by_their_shape(kind: str) -> None:
    """A token with a known shape is hidden wherever it stands, though nothing names it."""
    secret = SHAPES[kind]

    assert_hidden(secret, echoing(secret))


@pytest.mark.parametrize("kind", SHAPES)
def test_shapes_need_no_exchange(kind: str) -> None:
    """`mask` hides a token that the exchange does not hold, in an escaped string too."""
    secrets = find_secrets(exchange())
    draft = json.dumps({"a": [f"x\n{SHAPES[kind]} y"]})

    assert json.dumps(SHAPES[kind])[1:-1] not in mask(draft, secrets)
    assert len(mask(draft, secrets)) == len(draft)


@pytest.mark.parametrize("kind", CARDS)
def test_hides_card_numbers_but_four_digits(kind: str) -> None:
    """A card number that passes the Luhn check keeps its last four digits."""
    number = CARDS[kind]
    masked = mask(f"Card {number} was declined", find_secrets(exchange()))

    assert masked == f"Card {'•' * (len(number) - 4)}{number[-4:]} was declined"


@pytest.mark.parametrize("number", [4111111111111111, "4111111111111111"])
def test_hides_card_numbers_in_values(number: int | str) -> None:
    """A card number in parsed JSON is hidden as a number and as a string."""
    masked = redact(report(exchange(body=json.dumps({"source": [number]}))))

    assert masked.body
    assert masked.body.value == {"source": ["••••••••••••1111"]}


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("secret", ["s3cr3t/+ value", 'qu"o\\te & <é>', "hunter2hunter2hunter2"])
def test_hides_named_members_and_their_echoes(name: str, secret: str) -> None:
    """What the caller sends under a secret's name is hidden in the request and in every echo."""
    sent = json.dumps({"user": {name: secret}, "kept": "visible"})
    after = assert_hidden(secret, echoing(secret, request=sent))

    assert '"kept": "visible"' in after.exchange.source.value


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize(
    "template",
    [
        '{{"{name}": "{secret}"}}',
        '{{"{name}" : "{secret}", }} // damaged',
        "{{'{name}': '{secret}'}}",
        '{{"payload": "{{\\"{name}\\": \\"{secret}\\"}}"}}',
        '{{"payload": "{{\\"a\\": \\"{{\\\\\\"{name}\\\\\\": \\\\\\"{secret}\\\\\\"}}\\"}}"}}',
        '{{"{name}": ["x", "{secret}"]}}',
        '{{"{name}": "{secret}',
        '{{"name": "{name}", "value": "{secret}"}}',
        '{{"loc": ["body", "{name}"], "msg": "too short", "input": "{secret}"}}',
        "<{name}>{secret}</{name}>",
        '<x:{name} Type="t">\n {secret}\n</x:{name}>',
        "<{name}><![CDATA[{secret}]]></{name}>",
        "&lt;{name}&gt;{secret}&lt;/{name}&gt;",
        '<a {name}="{secret}"/>',
        "a=b&{name}={secret}&c=d",
        "user%5B{name}%5D={secret}&c=d",
        "https://example.com/?{name}={secret}#top",
        '"https:\\/\\/example.com\\/?a=b\\u0026{name}={secret}"',
        'Content-Disposition: form-data; name="{name}"\r\n\r\n{secret}\r\n--b--',
    ],
)
def test_hides_short_secrets_where_they_stand(name: str, template: str) -> None:
    """Four characters are hidden by the name beside them, in a request and in a response."""
    text = template.format(name=name, secret="zq7x")
    asked, told = exchange(request=text), exchange(body=text)

    assert "zq7x" not in repr(redact(report(asked)))
    assert "zq7x" not in repr(redact(report(told)))


class Sent(NamedTuple):
    """A header field that holds a secret, and what is left of it to read."""

    name: str
    value: str
    secret: str
    shown: str


@pytest.mark.parametrize(
    "sent",
    [
        Sent("Authorization", "Bearer zq7x.9", "zq7x.9", "Bearer ••••••"),
        Sent("Authorization", "bob:zq7x", "zq7x", "bob:••••"),
        Sent("authorization", "zq7xzq7x", "zq7xzq7x", "••••••••"),
        Sent("Proxy-Authorization", "Basic Ym9iOnpxN3g=", "Ym9iOnpxN3g=", "Basic ••••••••••••"),
        Sent("Authorization", 'Digest response="zq7x"', "zq7x", "Digest " + "•" * 15),
        Sent("Cookie", "sid=zq7x; lang=zq", "zq7x", "sid=••••; lang=••"),
        *(
            Sent(name, "zq7x", "zq7x", "••••")
            for name in (
                *("X-Api-Key", "Api-Key", "apikey", "X-Auth-Token", "X-Amz-Security-Token"),
                *(
                    "X-CSRF-Token",
                    "X-XSRF-TOKEN",
                    "X-Goog-Api-Key",
                    "PRIVATE-TOKEN",
                    "X-Vault-Token",
                ),
                *("Ocp-Apim-Subscription-Key", "x-functions-key", "X-Client-Secret", "X-Signature"),
            )
        ),
    ],
)
def test_hides_header_fields(sent: Sent) -> None:
    """A credential is hidden, its scheme, its user and the cookies' names are not."""
    after = redact(report(exchange(headers={sent.name: sent.value, "Accept": "text/plain"})))

    assert after.exchange.request
    assert after.exchange.request.headers[0].value.value == sent.shown
    assert sent.secret not in repr(after)
    assert after.exchange.request.headers[1].value.value == "text/plain"


def test_hides_cookies_that_are_set() -> None:
    """The value of Set-Cookie is hidden, its attributes are not."""
    after = redact(report(exchange(answer={"Set-Cookie": "sid=zq7x; Path=/; HttpOnly"})))

    assert after.exchange.response
    assert after.exchange.response.headers[0].value.value == "sid=••••; Path=/; HttpOnly"


def test_hides_the_password_within_a_basic_credential() -> None:
    """The server's echo of a password is hidden though it was only sent as base64."""
    credential = base64.b64encode(b"bob:correct-horse").decode()
    after = redact(
        report(
            exchange(
                headers={"Authorization": f"Basic {credential}"},
                body='{"message": "bob / correct-horse is wrong"}',
            )
        )
    )

    assert after.body
    assert after.body.value == {"message": "bob / ••••••••••••• is wrong"}


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


@pytest.mark.parametrize("value", INNOCENT)
def test_leaves_ordinary_text_alone(value: str) -> None:
    """Text that only looks like a secret's stays as it is, also as a server's body."""
    before = report(exchange(body=value), Problem(detail=value, extensions={"a": value}))

    assert mask(value, find_secrets(exchange())) == value
    assert redact(before) == before


@pytest.mark.parametrize("name", ["connection_string", "cc-number", "samlRequest", "OTP-code"])
def test_finds_every_name_it_knows(name: str) -> None:
    """A name is found in text as well as in values, however its words are joined."""

    assert mask(f"?{name}=zq7xzq7x", find_secrets(exchange())) == f"?{name}=••••••••"


@pytest.mark.parametrize("name", INNOCENT_NAMES)
def test_leaves_names_alone_that_only_look_alike(name: str) -> None:
    """A name that holds a telling word in passing hides nothing."""
    body = json.dumps({name: "zq7x-zq7x-zq7x", "n": {name: 12345678}})
    before = report(exchange(body=body, request=body, url=f"https://example.com/?{name}=zq7xzq7x"))

    assert redact(before) == before


def test_objects_under_a_secret_name_are_walked() -> None:
    """An object or a truth value under a secret's name is no secret itself."""
    body = json.dumps(
        {
            "token": {"type": "bearer", "value": "a"},
            "session": False,
            "secret": {"password": "zq7x"},
        }
    )
    after = redact(report(exchange(body=body)))

    assert after.body
    assert after.body.value == {
        "token": {"type": "bearer", "value": "a"},
        "session": False,
        "secret": {"password": "••••"},
    }


def test_a_short_secret_is_not_looked_for() -> None:
    """Five characters are hidden by place alone, as they may be part of any word."""
    after = redact(
        report(exchange(request='{"pin": "order"}', body='{"message": "no such order"}'))
    )

    assert after.body
    assert after.body.value == {"message": "no such order"}


def test_words_of_ours_survive_a_secret_that_equals_them() -> None:
    """What renderers compare stays, whatever the caller's password is."""
    location = Location("request.body", "/a", found=True)
    before = report(
        exchange(request='{"password": "request.body"}'),
        Problem(role="cause"),
        locations=(location,),
    )
    after = redact(before)

    assert after.diagnostics[0].locations[0].document == "request.body"
    assert after.diagnostics[0].problem.role == "cause"


def test_locations_are_masked_by_their_pointer_and_their_place() -> None:
    """A short secret that a pointer leads to is hidden in the value and in the text."""
    found = exchange(
        request='{"user": {"pin": 1234, "name": "bob"}}', url="https://example.com/?key=ab12"
    )
    assert found.request
    assert found.request.body
    text = found.request.body
    named = Location(
        "request.body", "/user/pin", found=True, value=1234, text=text, start=17, end=21
    )
    parent = Location(
        "request.body", "/user", found=True, value={"pin": 1234, "name": "bob"}, text=text
    )
    cookie = Location("request.cookie", "/lang", found=True, value="zq")
    after = redact(report(found, Problem(), locations=(named, parent, cookie)))
    masked = after.diagnostics[0].locations

    assert [location.value for location in masked] == ["••••", {"pin": "••••", "name": "bob"}, "••"]
    assert masked[0].text
    assert masked[0].text.value == '{"user": {"pin": ••••, "name": "bob"}}'


def test_a_secret_known_in_one_text_is_hidden_in_all_of_its_place() -> None:
    """What is hidden in a text is hidden in the capture and in all that was cut from there."""
    root = Text('run --login "bob:z\\"q" now')
    builder = Builder(root)
    builder.copy(13, 18)
    builder.put('"', 18, 20)
    builder.copy(20, 21)
    field = Field("Authorization", builder.text())
    sibling = cut(root, 4, 22)
    found = Exchange(
        "command",
        root,
        0,
        0,
        Request("GET", None, (field,), sibling),
        Response(401, body=Text("{}")),
    )
    after = redact(report(found))

    assert after.exchange.source.value == 'run --login "bob:••••" now'
    assert after.exchange.request
    assert after.exchange.request.headers[0].value.value == "bob:•••"
    assert after.exchange.request.body
    assert after.exchange.request.body.value == '--login "bob:••••"'


def test_lines_between_the_pieces_of_a_text_stay() -> None:
    """A field joined from the lines of a transcript leaves their prefixes in the capture alone."""
    root = Text("1: zq7x\n2: ab9y\n{}")
    field = Field("X-Api-Key", join(root, [(3, 7), (11, 15)]))
    body = cut(root, 16, 18)
    after = redact(
        report(Exchange("log", root, 0, 0, Request(headers=(field,)), Response(400, body=body)))
    )

    assert after.exchange.source.value == "1: ••••\n2: ••••\n{}"


@pytest.mark.parametrize("prefix", ["", "é ", "日本 ", "😀 "])
@pytest.mark.parametrize("secret", ["hunter2-hunter2-hunter2", "pässwörd日本😀x"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "latin-1"])
def test_positions_in_bytes_stay_true(prefix: str, secret: str, encoding: str) -> None:
    """Lines, columns and byte offsets behind a mask are those of the input."""
    value = f'{prefix}{{"password": "{secret}", "here": 1}}'
    if encoding == "latin-1" and max(value) > "\xff":
        pytest.skip("latin-1 cannot say this")
    root = Text(value, encoding=encoding)
    at = value.index("here")
    after = redact(report(Exchange("body", root, response=Response(400, body=root))))
    masked = after.exchange.source

    assert secret not in masked.value
    assert input_span(masked, at, at + 4) == input_span(root, at, at + 4)


def test_captures_of_many_exchanges_hide_those_of_all() -> None:
    """A report hides in the capture what other exchanges hold too, the second time as the first."""
    line = '{"headers": "X-Api-Key: zq7x\\r\\n", "body": "%s"}\n' % ("a" * 90)
    root = Text(line * 1000)
    first, second = (
        Exchange("log", root, at, at + 9, response=Response(400, body=cut(root, at, at + 9)))
        for at in (0, 5000)
    )

    assert "zq7x" not in redact(report(first)).exchange.source.value
    assert redact(report(second)).exchange.source == redact(report(first)).exchange.source


def test_keeps_the_lines_of_a_private_key() -> None:
    """A key that spans lines is covered line by line."""
    masked = mask(f"a\n{PEM}\nb", find_secrets(exchange()))

    assert [len(line) for line in masked.split("\n")] == [
        len(line) for line in f"a\n{PEM}\nb".split("\n")
    ]
    assert masked.startswith("a\n‹")
    assert masked.endswith("\nb")


def test_long_secrets_have_equal_tags_when_they_are_equal() -> None:
    """A secret of 20 characters gets a tag of its own, the same in a header and in an echo."""
    first, second = "first-secret-of-many-1", "other-secret-of-many-2"
    found = exchange(
        headers={"X-Api-Key": first, "X-Auth-Token": second},
        body=json.dumps({"message": f"bad {first}"}),
    )
    after = redact(report(found))
    assert after.exchange.request
    one, two = (field.value.value for field in after.exchange.request.headers)

    assert re.fullmatch("‹[0-9a-f]{6}›•{14}", one)
    assert one != two
    assert after.body
    assert after.body.value == {"message": f"bad {one}"}


def test_short_secrets_have_no_tag() -> None:
    """Nineteen characters are covered without a tag."""

    assert mask("password=" + "a1" * 9 + "b", find_secrets(exchange())) == "password=" + "•" * 19


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_key_is_its_owners(tmp_path: Path) -> None:
    """The key is made on first need, 32 bytes that only the user can read, and kept."""
    secrets = find_secrets(exchange())
    path = tmp_path / "state" / "errdecode" / "key"
    mask("nothing secret", secrets)
    before = path.exists()
    first = mask(JWT, secrets)
    key = path.read_bytes()

    assert not before
    assert (len(key), stat.S_IMODE(path.stat().st_mode)) == (32, 0o600)
    assert (mask(JWT, secrets), path.read_bytes()) == (first, key)
    assert [file.name for file in path.parent.iterdir()] == ["key"]


def test_without_a_key_there_is_no_tag(tmp_path: Path) -> None:
    """Where the key cannot be kept, masks have no tags."""
    (tmp_path / "state").write_text("a file stands where the folder should")

    assert mask(JWT, find_secrets(exchange())) == "•" * len(JWT)


def test_names_that_hold_a_secret_are_masked_and_stay_apart() -> None:
    """Members named by secrets are masked in the value and in the tree of places."""
    token = "zq7xzq7x"
    found = exchange(
        headers={"X-Api-Key": token}, body=json.dumps({token: 1, "password": "x", "••••••••": 2})
    )
    before = report(found)
    assert before.body
    tree = Tree(0, 1, None, {name: Tree(0, 1) for name in (token, "password", "••••••••")})
    after = redact(before._replace(body=before.body._replace(tree=tree)))

    assert after.body
    assert after.body.value == {"••••••••": 1, "password": "•", "••••••••(3)": 2}
    assert after.body.tree
    assert list(after.body.tree.children or ()) == ["••••••••", "password", "••••••••(3)"]


def test_depth_is_no_danger() -> None:
    """A value and a tree of any depth are masked."""
    value: JSON = {"password": "zq7x"}
    tree = Tree(0, 1, None, {"zq7xzq7x": Tree(0, 1)})
    for _ in range(20_000):
        value, tree = [value], Tree(0, 1, None, [tree])
    before = report(exchange(headers={"X-Api-Key": "zq7xzq7x"}, body='{"password": "zq7x"}'))
    assert before.body
    after = redact(before._replace(body=before.body._replace(value=value, tree=tree)))
    assert after.body
    inner, leaf = after.body.value, after.body.tree
    while isinstance(inner, list):
        inner = inner[0]
    while leaf and isinstance(leaf.children, list):
        leaf = leaf.children[0]

    assert inner == {"password": "••••"}
    assert leaf
    assert list(leaf.children or ()) == ["••••••••"]


def test_a_report_without_secrets_is_not_rebuilt() -> None:
    """Texts and bodies that hold no secret stay the same objects."""
    before = report(exchange(), Problem(detail="no"))
    after = redact(before)

    assert after.exchange is before.exchange
    assert after.body is before.body


def test_masking_again_changes_nothing() -> None:
    """A masked report is clean."""
    once = redact(echoing("hunter2hunter2hunter2", request='{"password": "hunter2hunter2hunter2"}'))

    assert redact(once) == once


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(codec="utf-8"), min_size=6, max_size=30).filter(
        lambda secret: len(secret.strip()) >= 6 and not secret.isalpha() and "•" not in secret
    )
)
def test_any_secret_is_hidden(secret: str) -> None:
    """Whatever a password is made of, no form of it is left in the request or the echoes."""
    before = echoing(secret, request=json.dumps({"password": secret}))
    after = redact(before)
    shown = "\0".join(text.value for text in texts_in(after))
    told = json.dumps(
        [after.diagnostics, after.notes, after.body and after.body.value], default=str
    )

    assert [text for text in (secret, json.dumps(secret)[1:-1]) if text in shown] == []
    assert json.dumps(secret)[1:-1] not in told


@settings(max_examples=150, deadline=None)
@given(st.text("{}[]\"'\\:=&<>/?%, \npasswordtoken019-eyJ.@", max_size=80))
def test_any_text_keeps_its_length(value: str) -> None:
    """Damaged text of any kind is masked character for character, and again without a change."""
    masked = mask(value, find_secrets(exchange()))

    assert len(masked) == len(value)
    assert [at for at, c in enumerate(masked) if c == "\n"] == [
        at for at, c in enumerate(value) if c == "\n"
    ]
