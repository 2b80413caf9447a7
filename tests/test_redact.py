"""No secret leaves a report, by its shape, its name or its place; ordinary words stay readable."""

from __future__ import annotations

import base64
import json
from typing import NamedTuple

import pytest
from conftest import steps_of
from secret_reports import (
    CARDS,
    INNOCENT,
    INNOCENT_NAMES,
    NAMED,
    SHAPES,
    assert_hidden,
    echoing,
    exchange,
    report,
)

from errdecode.model import Problem
from errdecode.redact import find_secrets, mask, redact
from errdecode.redact.places import find_places


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
    "token", ["abc.def.ghi", "abcdefghij.klmnopqrst", "abcdefghijklmnopqrst", "aBcDeFgHiJkLmNoP"]
)
def test_hides_bearer_tokens_without_digits(token: str) -> None:
    """A token in parts, or longer than a word, is hidden behind its scheme in running text."""
    masked = mask(f"Bearer {token} was refused", find_secrets(exchange()))

    assert masked.startswith("Bearer ")
    assert masked.endswith(" was refused")
    assert token not in masked


@pytest.mark.parametrize("name", ["acceptance_token", "apiKey", "session_id", "X-Signature"])
@pytest.mark.parametrize(
    "message", ["No token given", "Give the key that we made, 3 at most.", "Kein Wert dabei"]
)
def test_leaves_sentences_under_the_name_of_a_token(name: str, message: str) -> None:
    """What a machine made is one word, so a server's sentence under its name is a message."""
    before = report(
        exchange(body=json.dumps({"messages": {name: [message]}})), Problem(detail=message)
    )

    assert redact(before) == before


@pytest.mark.parametrize("name", ["password", "token", "pin"])
@pytest.mark.parametrize(
    "message",
    [
        "can't be blank",
        "can\u2019t be blank",
        "shouldn't be empty",
        "doesn't match Password",
        "isn\u2019t strong enough",
        "'Password' must not be empty.",
        '"pin" is required',
    ],
)
def test_leaves_messages_alone_that_have_an_apostrophe(name: str, message: str) -> None:
    """An apostrophe joins two parts of a word, and quotes stand around one: neither is a secret."""
    before = report(
        exchange(body=json.dumps({"errors": {name: [message]}})), Problem(detail=message)
    )

    assert redact(before) == before


@pytest.mark.parametrize(
    "value", ["correct horse battery staple", "it's o'clock", "Bearer token zq7xzq7xzq7x"]
)
def test_hides_phrases_that_may_be_the_secret(value: str) -> None:
    """A phrase is hidden where a person may have made it up, or where a word of it is random."""
    before = report(exchange(body=json.dumps({"password": value, "api_key": value + " zq7x"})))

    assert value not in repr(redact(before))


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


@pytest.mark.parametrize("names", ["x-api-key:", "token=", "password: ", "secret ", '"pin":'])
def test_many_names_take_linear_time(names: str) -> None:
    """Of names without values, twice as many take about twice as many steps."""
    few, many = (steps_of(find_places, "to " + names * count) for count in (1_000, 2_000))

    assert many <= 3 * few


@pytest.mark.parametrize("behind", ["}", " }", ', "a": 1}', '  "a": 1}', " zq7y}", "\n}"])
def test_a_word_of_damaged_json_is_no_sentence(behind: str) -> None:
    """Without its quotes, and whatever follows it, a value stays one."""
    text = '{"password": zqwx' + behind

    assert "zqwx" in [text[hit.start : hit.end] for hit in find_places(text)]
